/* Choosing fonts, and cutting them down to the characters of a scene. */
#include "diagram/fonts.h"

#include "base/base64.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "diagram/font_libraries.h"
#include "diagram/type.h"

#include <stdlib.h>
#include <string.h>

#define REPLACEMENT 0xFFFD

/* A file of a font, and which characters come from it. */
struct face {
    const char *file; /* fontconfig's */
    int index;
    hb_set_t *characters;
};

/* The faces of one weight, the main one first. */
struct weight {
    bool bold;
    size_t n, cap;
    struct face *faces;
    hb_set_t *missing;
};

struct mn__fonts {
    struct weight weights[2]; /* regular, bold */
};

static const char *family_of(const FcPattern *p) {
    FcChar8 *family;
    return mn__fc->PatternGetString(p, FC_FAMILY, 0, &family) == FcResultMatch
               ? (const char *)family
               : "";
}

static bool is(const FcPattern *p, const char *what, int value) {
    int found;
    return mn__fc->PatternGetInteger(p, what, 0, &found) == FcResultMatch && found == value;
}

static bool says_yes(const FcPattern *p, const char *what) {
    FcBool found;
    return mn__fc->PatternGetBool(p, what, 0, &found) == FcResultMatch && found;
}

/* Whether it is an upright outline font of that weight and of normal width. */
static bool suits(const FcPattern *p, bool bold) {
    return is(p, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR) &&
           is(p, FC_SLANT, FC_SLANT_ROMAN) && is(p, FC_WIDTH, FC_WIDTH_NORMAL) &&
           says_yes(p, FC_SCALABLE) && !says_yes(p, FC_COLOR) && !says_yes(p, FC_VARIABLE);
}

/* Families in the order in which they are asked: 0 first; -1: never. */
static int rank(const char *family) {
    static const char second[] = "DejaVu Sans";
    return strcmp(family, MN__FONT) == 0                         ? 0
           : strcmp(family, second) == 0                         ? 1
           : strncmp(family, MN__FONT " ", sizeof MN__FONT) == 0 ? 2
                                                                 : -1;
}

static int compare(const FcPattern *a, const FcPattern *b) {
    int ra = rank(family_of(a)), rb = rank(family_of(b));
    return ra != rb ? ra - rb : strcmp(family_of(a), family_of(b));
}

/* The best installed font of that weight that has the character, or NULL. */
static const FcPattern *find(uint32_t c, bool bold) {
    const FcFontSet *all = mn__fc->ConfigGetFonts(NULL, FcSetSystem);
    const FcPattern *best = NULL;
    for (int i = 0; all && i < all->nfont; i++) {
        const FcPattern *p = all->fonts[i];
        FcCharSet *has;
        if (rank(family_of(p)) >= 0 && suits(p, bold) &&
            mn__fc->PatternGetCharSet(p, FC_CHARSET, 0, &has) == FcResultMatch &&
            mn__fc->CharSetHasChar(has, c) && (!best || compare(p, best) < 0))
            best = p;
    }
    return best;
}

static void use(struct weight *w, const FcPattern *font, uint32_t c) {
    FcChar8 *file;
    int index = 0;
    if (mn__fc->PatternGetString(font, FC_FILE, 0, &file) != FcResultMatch)
        return;
    mn__fc->PatternGetInteger(font, FC_INDEX, 0, &index);
    size_t i = 0;
    while (i < w->n &&
           (strcmp(w->faces[i].file, (const char *)file) != 0 || w->faces[i].index != index))
        i++;
    if (i == w->n) {
        w->faces = mn_grow(w->faces, &w->cap, w->n + 1, sizeof *w->faces);
        w->faces[w->n++] = (struct face){(const char *)file, index, mn__hb->set_create()};
    }
    mn__hb->set_add(w->faces[i].characters, c);
}

/* Shares the characters out among fonts: the main one first, as it has nearly all. */
static void choose(struct weight *w, const hb_set_t *characters) {
    const FcPattern *main = find('A', w->bold);
    FcCharSet *has = NULL;
    if (main)
        mn__fc->PatternGetCharSet(main, FC_CHARSET, 0, &has);
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID; mn__hb->set_next(characters, &c);) {
        const FcPattern *font = has && mn__fc->CharSetHasChar(has, c) ? main : find(c, w->bold);
        if (font)
            use(w, font, c);
        else if (main) /* without any font inside it is the reader's fonts that count */
            mn__hb->set_add(w->missing, c);
    }
}

struct mn__fonts *mn__fonts_new(const struct mn__scene *s) {
    struct mn__fonts *fonts = mn_new0(1, sizeof *fonts);
    hb_set_t *characters[2] = {mn__hb->set_create(), mn__hb->set_create()};
    for (int i = 0; i < s->n; i++) {
        const struct mn__element *e = &s->elements[i];
        size_t n = e->is == MN__TEXT ? strlen(e->text) : 0, used;
        for (size_t k = 0; k < n; k += used)
            mn__hb->set_add(characters[e->bold], mn_utf8_decode(e->text + k, n - k, &used));
    }
    for (int i = 0; i < 2; i++) {
        struct weight *w = &fonts->weights[i];
        if (!mn__hb->set_is_empty(characters[i]))
            mn__hb->set_add(characters[i], 0xA0); /* Graphviz's second of two spaces */
        w->bold = i;
        w->missing = mn__hb->set_create();
        choose(w, characters[i]);
        if (!mn__hb->set_is_empty(w->missing) || mn__hb->set_has(characters[i], REPLACEMENT)) {
            mn__hb->set_clear(characters[i]);
            mn__hb->set_add(characters[i], REPLACEMENT);
            choose(w, characters[i]);
        }
        mn__hb->set_destroy(characters[i]);
    }
    return fonts;
}

void mn__fonts_free(struct mn__fonts *fonts) {
    if (!fonts)
        return;
    for (int i = 0; i < 2; i++) {
        for (size_t k = 0; k < fonts->weights[i].n; k++)
            mn__hb->set_destroy(fonts->weights[i].faces[k].characters);
        free(fonts->weights[i].faces);
        mn__hb->set_destroy(fonts->weights[i].missing);
    }
    free(fonts);
}

bool mn__fonts_have(const struct mn__fonts *fonts, uint32_t c, bool bold) {
    return !mn__hb->set_has(fonts->weights[bold].missing, c);
}

/* The features by which scripts are written rightly. Kerning and ligatures are left out: texts are
 * measured without. */
static void keep_features(hb_subset_input_t *input) {
    static const char features[][5] = {
        "ccmp", "locl", "mark", "mkmk", "rlig", "isol", "init", "medi", "fina", "curs",
        "nukt", "akhn", "rphf", "rkrf", "pref", "blwf", "abvf", "half", "pstf", "vatu",
        "cjct", "pres", "abvs", "blws", "psts", "haln", "abvm", "blwm", "dist"};
    hb_set_t *keep = mn__hb_subset->input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    mn__hb->set_clear(keep);
    for (size_t i = 0; i < MN_COUNT(features); i++)
        mn__hb->set_add(keep, mn__hb->tag_from_string(features[i], 4));
}

/* The font with nothing but those characters; NULL when the file cannot be read as a font. */
static hb_blob_t *cut(const struct face *face) {
    hb_blob_t *file = mn__hb->blob_create_from_file_or_fail(face->file);
    hb_face_t *whole = file ? mn__hb->face_create(file, (unsigned)face->index) : NULL;
    hb_subset_input_t *input = mn__hb_subset->input_create_or_fail();
    hb_blob_t *out = NULL;
    if (whole && input) {
        mn__hb_subset->input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
        mn__hb->set_union(mn__hb_subset->input_unicode_set(input), face->characters);
        keep_features(input);
        hb_face_t *part = mn__hb_subset->or_fail(whole, input);
        if (part)
            out = mn__hb->face_reference_blob(part);
        mn__hb->face_destroy(part);
    }
    mn__hb_subset->input_destroy(input);
    mn__hb->face_destroy(whole);
    mn__hb->blob_destroy(file);
    return out;
}

static void add_ranges(const hb_set_t *characters, struct mn_buf *out) {
    hb_codepoint_t first = HB_SET_VALUE_INVALID, last = HB_SET_VALUE_INVALID;
    const char *comma = "";
    while (mn__hb->set_next_range(characters, &first, &last)) {
        mn_buf_printf(out, "%sU+%X", comma, first);
        if (last > first)
            mn_buf_printf(out, "-%X", last);
        comma = ",";
    }
}

void mn__fonts_style(const struct mn__fonts *fonts, struct mn_buf *out) {
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < fonts->weights[i].n; k++) {
            const struct face *face = &fonts->weights[i].faces[k];
            hb_blob_t *data = cut(face);
            if (!data)
                continue;
            unsigned size;
            const char *bytes = mn__hb->blob_get_data(data, &size);
            mn_buf_printf(out,
                          "@font-face{font-family:" MN__FONT_INSIDE ";font-weight:%d;"
                          "src:url(data:font/ttf;base64,",
                          fonts->weights[i].bold ? 700 : 400);
            mn_base64(out, bytes, size);
            mn_buf_puts(out, ")");
            mn_buf_puts(out, " format(\"truetype\");unicode-range:");
            add_ranges(face->characters, out);
            mn_buf_puts(out, "}\n");
            mn__hb->blob_destroy(data);
        }
}

void mn__fonts_keep_letters(void) {
    static const char rule[] =
        "<fontconfig><match target=\"font\"><edit name=\"fontfeatures\" mode=\"append\">"
        "<string>liga off</string><string>kern off</string></edit></match></fontconfig>";
    mn__fc->ConfigParseAndLoadFromMemory(mn__fc->ConfigGetCurrent(), (const FcChar8 *)rule, FcTrue);
}
