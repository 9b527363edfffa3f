/* Bytes as Base64 and back. */
#include "base/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void mn_base64(struct mn_buf *out, const void *bytes, size_t n) {
    const unsigned char *b = bytes;
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        unsigned word =
            (unsigned)b[i] << 16 | (left > 1 ? b[i + 1] << 8 : 0) | (left > 2 ? b[i + 2] : 0);
        char four[4] = {digits[word >> 18], digits[word >> 12 & 63],
                        left > 1 ? digits[word >> 6 & 63] : '=',
                        left > 2 ? digits[word & 63] : '='};
        mn_buf_add(out, four, sizeof four);
    }
}

bool mn_base64_decode(struct mn_buf *out, const char *text, size_t n) {
    if (n % 4 != 0)
        return false;
    for (size_t i = 0; i < n; i += 4) {
        size_t pads =
            i + 4 < n ? 0 : (text[i + 3] == '=') + (text[i + 2] == '=' && text[i + 3] == '=');
        unsigned word = 0;
        for (size_t k = 0; k < 4; k++) {
            const char *digit = k < 4 - pads && text[i + k] ? strchr(digits, text[i + k]) : NULL;
            if (!digit && k < 4 - pads)
                return false;
            word = word << 6 | (digit ? (unsigned)(digit - digits) : 0);
        }
        if (word & ((1u << 8 * pads) - 1)) /* bits that encode nothing */
            return false;
        char bytes[3] = {(char)(word >> 16), (char)(word >> 8), (char)word};
        mn_buf_add(out, bytes, 3 - pads);
    }
    return true;
}
