/* The program's own messages and how their arguments are put in. */
#include "base/text.h"

#include <assert.h>
#include <errno.h>
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

struct mn_text mn_message_with(struct mn_arena *a, enum mn_message m, const struct mn_text *args,
                               size_t n) {
    const char *texts[MN_EN + 1], *said[5] = {NULL};
    for (int lang = MN_VI; lang <= MN_EN; lang++) {
        struct mn_buf b = MN_BUF_INIT;
        for (size_t i = 0; i < n && i < MN_COUNT(said) - 1; i++) {
            const char *text = mn_text_in(args[i], (enum mn_lang)lang);
            said[i] = text ? text : "";
        }
        mn_msg_add(&b, m, (enum mn_lang)lang, said);
        texts[lang] = mn_arena_strdup(a, mn_buf_text(&b));
        mn_buf_fini(&b);
    }
    return (struct mn_text){texts[MN_VI], texts[MN_EN]};
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

struct mn_text mn_reason(int error) {
    static const struct {
        int error;
        enum mn_message reason;
    } known[] = {
        {EACCES, MN_M_reason_denied},     {EPERM, MN_M_reason_denied},
        {ENOENT, MN_M_reason_missing},    {ENOTDIR, MN_M_reason_no_folder},
        {EISDIR, MN_M_reason_folder},     {EROFS, MN_M_reason_read_only},
        {ENOSPC, MN_M_reason_full},       {EDQUOT, MN_M_reason_quota},
        {EFBIG, MN_M_reason_too_big},     {EIO, MN_M_reason_disk},
        {EMFILE, MN_M_reason_too_many},   {ENFILE, MN_M_reason_too_many},
        {ENOMEM, MN_M_reason_memory},     {EAGAIN, MN_M_reason_busy},
        {EBUSY, MN_M_reason_busy},        {ELOOP, MN_M_reason_links},
        {ENAMETOOLONG, MN_M_reason_name},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].error == error)
            return mn_message(known[i].reason);
    return (struct mn_text){strerror(error), strerror(error)};
}
