/* Escaping. */
#include "diagram/xml.h"

#include "base/unicode.h"

#include <string.h>

/* Characters that XML 1.0 or HTML forbids. */
static bool is_forbidden(uint32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xFFFD ||
           (c >= 0xD800 && c <= 0xDFFF) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

void mn__xml_text(struct mn_buf *out, const char *s) {
    size_t n = strlen(s), used;
    for (size_t i = 0; i < n; i += used) {
        uint32_t c = mn_utf8_decode(s + i, n - i, &used);
        const char *entity = c == '&'          ? "&amp;"
                             : c == '<'        ? "&lt;"
                             : c == '>'        ? "&gt;"
                             : c == '"'        ? "&quot;"
                             : is_forbidden(c) ? "\xEF\xBF\xBD"
                                               : NULL;
        if (entity)
            mn_buf_puts(out, entity);
        else
            mn_buf_add(out, s + i, used);
    }
}

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

void mn__xml_id(struct mn_buf *out, const char *name) {
    for (; *name; name++) {
        if (is_plain(*name))
            mn_buf_putc(out, *name);
        else if (*name == '/')
            mn_buf_puts(out, "__");
        else
            mn_buf_printf(out, "_%02x", (unsigned char)*name);
    }
}

void mn__xml_address(struct mn_buf *out, const char *name) {
    for (; *name; name++) {
        if (is_plain(*name) || (*name && strchr("._~", *name)))
            mn_buf_putc(out, *name);
        else
            mn_buf_printf(out, "%%%02X", (unsigned char)*name);
    }
}
