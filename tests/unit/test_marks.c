/* Marks are told apart by everybody: in grey, and by people who are blind to red, green or blue, as
 * simulated by the matrices for full severity of Machado, Oliveira, Fernandes: A Physiologically-
 * based Model for Simulation of Color Vision Deficiency (2009). Differences are CIEDE2000 (Sharma,
 * Wu, Dalal 2005), contrast is WCAG 2.1's. */
#include "diagram/diagram.h"
#include "diagram/sheet.h"
#include "property/made_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka needs those first */
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NORMAL, PROTANOPIA, DEUTERANOPIA, TRITANOPIA, GREY, EYES };
static const char *const eyes[EYES] = {"normal", "protanopia", "deuteranopia", "tritanopia",
                                       "grey"};

static const double matrices[EYES][3][3] = {
    [NORMAL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    [PROTANOPIA] = {{0.152286, 1.052583, -0.204868},
                    {0.114503, 0.786281, 0.099216},
                    {-0.003882, -0.048116, 1.051998}},
    [DEUTERANOPIA] = {{0.367322, 0.860646, -0.227968},
                      {0.280085, 0.672501, 0.047413},
                      {-0.011820, 0.042940, 0.968881}},
    [TRITANOPIA] = {{1.255528, -0.076749, -0.178779},
                    {-0.078411, 0.930809, 0.147602},
                    {0.004733, 0.691367, 0.303900}},
    [GREY] = {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}},
};

struct light {
    double r, g, b; /* linear */
};

/* The colour as those eyes see it. */
static struct light seen(uint32_t colour, int eye) {
    double in[3], out[3];
    for (int i = 0; i < 3; i++) {
        double c = (colour >> (16 - 8 * i) & 0xFF) / 255.0;
        in[i] = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    }
    for (int i = 0; i < 3; i++) {
        out[i] = 0;
        for (int k = 0; k < 3; k++)
            out[i] += matrices[eye][i][k] * in[k];
        out[i] = fmin(fmax(out[i], 0), 1);
    }
    return (struct light){out[0], out[1], out[2]};
}

static double luminance(struct light c) {
    return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
}

static double contrast(uint32_t a, uint32_t b, int eye) {
    double x = luminance(seen(a, eye)), y = luminance(seen(b, eye));
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

struct lab {
    double l, a, b;
};

static double root(double t) {
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* sRGB's primaries, white D65. */
static struct lab lab_of(struct light c) {
    double x = 0.4124564 * c.r + 0.3575761 * c.g + 0.1804375 * c.b;
    double y = 0.2126729 * c.r + 0.7151522 * c.g + 0.0721750 * c.b;
    double z = 0.0193339 * c.r + 0.1191920 * c.g + 0.9503041 * c.b;
    x = root(x / 0.95047), y = root(y), z = root(z / 1.08883);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double hue(double b, double a) {
    double h = a == 0 && b == 0 ? 0 : atan2(b, a) * 180 / M_PI;
    return h < 0 ? h + 360 : h;
}

static double radians(double degrees) {
    return degrees * M_PI / 180;
}

static double ciede2000(struct lab p, struct lab q) {
    double c7 = pow((hypot(p.a, p.b) + hypot(q.a, q.b)) / 2, 7);
    double g = 0.5 * (1 - sqrt(c7 / (c7 + pow(25, 7))));
    double a1 = (1 + g) * p.a, a2 = (1 + g) * q.a;
    double c1 = hypot(a1, p.b), c2 = hypot(a2, q.b), h1 = hue(p.b, a1), h2 = hue(q.b, a2);
    double dl = q.l - p.l, dc = c2 - c1, dh = h2 - h1, mean = h1 + h2;
    if (c1 * c2 == 0) {
        dh = 0;
    } else {
        dh += dh > 180 ? -360 : dh < -180 ? 360 : 0;
        mean = fabs(h1 - h2) <= 180 ? mean / 2 : mean < 360 ? (mean + 360) / 2 : (mean - 360) / 2;
    }
    double big_dh = 2 * sqrt(c1 * c2) * sin(radians(dh / 2)), l = (p.l + q.l) / 2,
           c = (c1 + c2) / 2;
    double t = 1 - 0.17 * cos(radians(mean - 30)) + 0.24 * cos(radians(2 * mean)) +
               0.32 * cos(radians(3 * mean + 6)) - 0.20 * cos(radians(4 * mean - 63));
    double sl = 1 + 0.015 * pow(l - 50, 2) / sqrt(20 + pow(l - 50, 2));
    double sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    double turn = -sin(radians(60 * exp(-pow((mean - 275) / 25, 2)))) * 2 *
                  sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)));
    return sqrt(pow(dl / sl, 2) + pow(dc / sc, 2) + pow(big_dh / sh, 2) +
                turn * (dc / sc) * (big_dh / sh));
}

/* Pairs of Sharma, Wu, Dalal's table 1: the yardstick itself is right. */
static void test_difference(void **state) {
    (void)state;
    static const struct {
        struct lab p, q;
        double is;
    } pairs[] = {{{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
                 {{50, -1, 2}, {50, 0, 0}, 2.3669},
                 {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
                 {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
                 {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082}};
    for (size_t i = 0; i < MN_COUNT(pairs); i++)
        assert_true(fabs(ciede2000(pairs[i].p, pairs[i].q) - pairs[i].is) < 0.0001);
}

static double least_difference(uint32_t a, uint32_t b, int *eye) {
    double least = INFINITY;
    for (int e = 0; e < EYES; e++) {
        double d = ciede2000(lab_of(seen(a, e)), lab_of(seen(b, e)));
        if (d < least) {
            least = d;
            *eye = e;
        }
    }
    return least;
}

static bool borders_differ(const struct mn__look *a, const struct mn__look *b) {
    return a->dash != b->dash || fabs(a->width - b->width) >= 0.99;
}

/* Every two marks, and no mark: another symbol always, and besides it another fill for all eyes,
 * another border, or another pattern. */
static void test_pairs(void **state) {
    (void)state;
    for (int i = MN_MARK_NONE; i < MN_MARKS; i++)
        for (int k = i + 1; k < MN_MARKS; k++) {
            const struct mn__mark_style *a = mn__mark_style((enum mn_mark_as)i);
            const struct mn__mark_style *b = mn__mark_style((enum mn_mark_as)k);
            int eye = 0;
            double fill = least_difference(a->look.fill, b->look.fill, &eye);
            if (i != MN_MARK_NONE && strcmp(a->symbol, b->symbol) == 0)
                fail_msg("%s and %s have one symbol", a->name, b->name);
            if (a->sign == b->sign && a->sign != MN__SIGN_TEXT)
                fail_msg("%s and %s are drawn with one sign", a->name, b->name);
            if (fill < 10 && a->hatch == b->hatch && !borders_differ(&a->look, &b->look))
                fail_msg("%s and %s: fills differ by %.1f only (%s), borders and patterns do not",
                         a->name, b->name, fill, eyes[eye]);
        }
}

/* Letters, signs, borders and lines stand out, whoever looks. */
static void test_contrast(void **state) {
    (void)state;
    for (int i = MN_MARK_NONE; i < MN_MARKS; i++) {
        const struct mn__mark_style *s = mn__mark_style((enum mn_mark_as)i);
        for (int e = 0; e < EYES; e++) {
            double least = contrast(s->ink, s->look.fill, e);
            if (s->hatch)
                least = fmin(least, contrast(s->ink, s->hatch_colour, e));
            if (i != MN_MARK_NONE) {
                least = fmin(least, contrast(s->tile_ink, s->tile, e));
                if (contrast(s->look.line, MN__WHITE, e) < 3)
                    fail_msg("%s: the border is pale (%s)", s->name, eyes[e]);
                if (contrast(s->line.line, MN__WHITE, e) < 3)
                    fail_msg("%s: the line is pale (%s)", s->name, eyes[e]);
            }
            if (least < 4.5)
                fail_msg("%s: contrast %.2f (%s)", s->name, least, eyes[e]);
        }
    }
}

/* Names are read back, words are in both languages, and none is another's. */
static void test_names(void **state) {
    (void)state;
    char *names = mn_mark_names(", ");
    assert_string_equal(names, "cleared, changed, lost-redundancy, degraded, suspect, in-repair, "
                               "cut-off, failed, added, removed, here");
    free(names);
    for (int i = MN_MARK_NONE + 1; i < MN_MARKS; i++) {
        assert_int_equal(mn_mark_parse(mn_mark_name((enum mn_mark_as)i)), i);
        for (int k = i + 1; k < MN_MARKS; k++)
            for (int lang = MN_VI; lang <= MN_EN; lang++)
                assert_string_not_equal(mn__mark_word((enum mn_mark_as)i, (enum mn_lang)lang),
                                        mn__mark_word((enum mn_mark_as)k, (enum mn_lang)lang));
    }
}

static bool says(const struct mn__scene *s, const char *text) {
    for (int i = 0; i < s->n; i++)
        if (s->elements[i].text && strcmp(s->elements[i].text, text) == 0)
            return true;
    return false;
}

/* The legend names the marks that are to be seen: not one under a stronger one. */
static void test_legend(void **state) {
    (void)state;
    const struct made_shape shape = {.areas = 1, .points = 1, .units = 4};
    struct made *t = made_model(&shape);
    const struct mn_mark marks[] = {{MN_MARK_SUSPECT, {MN_SCOPE_SITE, t->m.n_sites - 1}},
                                    {MN_MARK_IN_REPAIR, {MN_SCOPE_SITE, t->m.n_sites - 1}},
                                    {MN_MARK_CLEARED, {MN_SCOPE_SITE, t->m.n_sites - 2}}};
    struct mn_picture p = {.view = MN_VIEW_CITY, .n_marks = (int)MN_COUNT(marks), .marks = marks};
    struct mn__refusal refusal;
    struct mn__sheet *sheet = mn__sheet_draw(&t->m, &p, &refusal);
    assert_non_null(sheet);
    for (int as = MN_MARK_NONE + 1; as < MN_MARKS; as++)
        assert_int_equal(says(sheet->scene, mn__mark_word((enum mn_mark_as)as, MN_VI)),
                         as == MN_MARK_IN_REPAIR || as == MN_MARK_CLEARED);
    mn__sheet_free(sheet);
    made_free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_difference), cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_contrast),   cmocka_unit_test(test_names),
        cmocka_unit_test(test_legend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
