/* The program's own messages and how their arguments are put in. */
#include "base/text.h"

#include <assert.h>
#include <string.h>

static const struct mn_text messages[] = {
#define MN_DIAG(ident, code, severity, tag, vi, en)
#define MN_MSG(ident, vi, en) {vi, en},
#include "base/text/all.def"
#undef MN_DIAG
#undef MN_MSG
};

const char *mn_text_in(struct mn_text t, enum mn_lang lang) {
    return lang == MN_VI ? t.vi : t.en;
}

const char *mn_lang_name(enum mn_lang lang) {
    return lang == MN_VI ? "vi" : "en";
}

struct mn_text mn_message(enum mn_message m) {
    assert(m < MN_MESSAGES);
    return messages[m];
}

const char *mn_msg(enum mn_message m, enum mn_lang lang) {
    return mn_text_in(mn_message(m), lang);
}

void mn_format(struct mn_buf *b, const char *template, const char *const *args) {
    size_t n = 0;
    while (args[n])
        n++;
    for (const char *p = template; *p;) {
        const char *open = strchr(p, '{');
        if (!open) {
            mn_buf_puts(b, p);
            return;
        }
        mn_buf_add(b, p, (size_t)(open - p));
        size_t place = (size_t)(open[1] - '0');
        if (open[1] >= '0' && open[1] <= '9' && open[2] == '}' && place < n) {
            mn_buf_puts(b, args[place]);
            p = open + 3;
        } else {
            mn_buf_putc(b, '{');
            p = open + 1;
        }
    }
}

void mn_msg_add(struct mn_buf *b, enum mn_message m, enum mn_lang lang, const char *const *args) {
    mn_format(b, mn_msg(m, lang), args);
}
