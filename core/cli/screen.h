/* Text for a narrow terminal: wrapped by display width, safe to print, bold where there is colour.
 */
#ifndef MN_CLI_SCREEN_H
#define MN_CLI_SCREEN_H

#include "cli/cli.h"

#define MN_SCREEN_WIDTH 60

/* Adds the text in lines of at most `width` columns, broken at spaces (a longer word is cut). The
 * first line begins with `first`, every other one with `rest`; newlines in the text are kept.
 * Control characters become U+FFFD, so that no text can drive the terminal. Ends with a newline. */
void mn_wrap(struct mn_buf *out, const char *text, int width, const char *first, const char *rest);

/* Prints text on the command's output, wrapped to the screen. */
void mn_screen_text(struct mn_cli *cli, const char *text);
void mn_screen_indented(struct mn_cli *cli, const char *first, const char *rest, const char *text);
void mn_screen_title(struct mn_cli *cli, const char *text); /* bold where there is colour */
void mn_screen_blank(struct mn_cli *cli);
/* A message with its arguments, wrapped. */
void mn_screen_say(struct mn_cli *cli, enum mn_message m, const char *const *args);
void mn_screen_heading(struct mn_cli *cli, enum mn_message m, const char *const *args);

/* A command that the reader may type: whole on its line, so that it can be copied. */
void mn_screen_command(struct mn_cli *cli, const char *command);

/* Prints the diagnostics as plain sentences on the screen, as one speaks to a person who has just
 * typed something, and empties the sink. */
void mn_screen_problems(struct mn_cli *cli);

#endif
