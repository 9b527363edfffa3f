/* Texts that a person reads: always in Vietnamese and in English.
 *
 * The program's own messages are one table, made of one file per room in base/text/. A message has
 * places {0} … {9} for its arguments, so that each language may order them as it needs. */
#ifndef MN_BASE_TEXT_H
#define MN_BASE_TEXT_H

#include "base/buf.h"
#include "base/mem.h"

enum mn_lang { MN_VI, MN_EN };

struct mn_text {
    const char *vi, *en; /* UTF-8, NFC; both or neither */
};

/* The text in that language. */
const char *mn_text_in(struct mn_text t, enum mn_lang lang);

/* "vi" or "en". */
const char *mn_lang_name(enum mn_lang lang);

enum mn_message {
#define MN_DIAG(ident, code, severity, tag, vi, en)
#define MN_MSG(ident, vi, en) MN_M_##ident,
#include "base/text/all.def"
#undef MN_DIAG
#undef MN_MSG
    MN_MESSAGES
};

/* The message as it stands in the table. */
struct mn_text mn_message(enum mn_message m);
/* The same with its arguments, each in either language; at most four. In the arena. */
struct mn_text mn_message_with(struct mn_arena *a, enum mn_message m, const struct mn_text *args,
                               size_t n);
const char *mn_msg(enum mn_message m, enum mn_lang lang);

/* Adds `template` to b with {0}, {1} … replaced by args (ended by NULL; a missing one stays). */
void mn_format(struct mn_buf *b, const char *template, const char *const *args);

/* Adds a message with its arguments. */
void mn_msg_add(struct mn_buf *b, enum mn_message m, enum mn_lang lang, const char *const *args);

/* Why the system refused something (an errno), to stand after a colon. */
struct mn_text mn_reason(int error);

#define MN_ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define MN_NO_ARGS ((const char *const[]){NULL})

#endif
