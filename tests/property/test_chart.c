/* The chart of any flow of steps can be read: every step that can be reached stands on it once,
 * and every way says where it leads. */
#include "property/chance.h"
#include "property/legible.h"
#include "property/loaded.h"

enum { MOST_STEPS = 140, MOST_WAYS = 5, MOST_LINES = 6 };

static int any(int n) {
    return (int)draw((unsigned)n);
}

static const char *const words[] = {
    "Đèn nguồn trên bộ chuyển đổi quang điện có sáng không?",
    "Gọi trung tâm điều hành mạng, đọc mã kênh truyền ghi trên nhãn, rồi chờ họ xác nhận. Nói rõ "
    "đơn vị nào, từ lúc nào, đã thử những gì, và còn đường truyền dự phòng hay không; ghi lại tên "
    "người nghe máy và giờ hẹn gọi lại.",
    "Không",
    "Có, tất cả",
    "Không rõ, không xem được",
    "Rút phích nguồn, đợi 30 giây, cắm lại",
    "Nghiêng",
    "Mộtchữrấtdàikhôngcókhoảngtrắngnàođểxuốngdòngcảnênphảicắtngắn",
};

static struct mn_text text(void) {
    const char *s = words[any((int)MN_COUNT(words))];
    return (struct mn_text){.vi = s, .en = s};
}

/* A way to that step, of as many; now and then it depends on what came before. */
static struct mn_chart_way made_way(struct mn_arena *a, int ways, int to, int n) {
    struct mn_chart_way way = {.to = to, .given = MN_CHART_ALWAYS};
    int *steps = MN_ARENA_ARRAY(a, int, 2);
    if (ways > 1)
        way.answer = text();
    switch (any(8)) {
    case 0:
        steps[0] = 0, steps[1] = to < 0 ? 0 : to; /* steps that are on the chart */
        way.given = MN_CHART_CAME;
        way.came = (struct mn_ints){2, steps};
        break;
    case 1:
        way.given = any(n);
        way.given_answers = text();
        break;
    case 2:
        way.given = MN_CHART_DEPENDS;
        break;
    default:
        break;
    }
    return way;
}

/* Steps that mostly lead on, sometimes back or anywhere. */
static struct mn_chart *made_chart(struct mn_arena *a, int n) {
    struct mn_chart *chart = MN_ARENA_ARRAY(a, struct mn_chart, 1);
    struct mn_chart_step *steps = MN_ARENA_ARRAY(a, struct mn_chart_step, (size_t)n);
    for (int i = 0; i < n; i++) {
        int ways = i == n - 1 || any(8) == 0 ? 0 : 1 + any(MOST_WAYS);
        struct mn_chart_way *way = MN_ARENA_ARRAY(a, struct mn_chart_way, MOST_WAYS);
        for (int w = 0; w < ways; w++)
            way[w] = made_way(a, ways, w == 0 && i + 1 < n ? i + 1 : any(12) == 0 ? -1 : any(n), n);
        struct mn_chart_line *lines = MN_ARENA_ARRAY(a, struct mn_chart_line, MOST_LINES);
        int n_lines = any(MOST_LINES);
        for (int k = 0; k < n_lines; k++)
            lines[k] = (struct mn_chart_line){text(), any(2) == 0};
        steps[i] = (struct mn_chart_step){.id = mn_arena_printf(a, "s%d", i),
                                          .kind = ways ? (enum mn_chart_kind)any(MN_CHART_END)
                                                       : MN_CHART_END,
                                          .text = text(),
                                          .who = any(3) ? (struct mn_text){0} : text(),
                                          .minutes = any(4) ? -1 : any(200),
                                          .n_ways = ways,
                                          .ways = way};
    }
    *chart = (struct mn_chart){"made", {"Quy trình", "Runbook"}, {"Để thử", "A trial"}, n, steps};
    return chart;
}

static int reachable(const struct mn_chart *chart, bool *seen) {
    int n = 1, list[MOST_STEPS] = {0};
    seen[0] = true;
    for (int i = 0; i < n; i++)
        for (int w = 0; w < chart->steps[list[i]].n_ways; w++) {
            int to = chart->steps[list[i]].ways[w].to;
            if (to >= 0 && !seen[to]) {
                seen[to] = true;
                list[n++] = to;
            }
        }
    return n;
}

static int elements_of(const struct mn__scene *s, const char *id) {
    int n = 0;
    for (int i = 0; i < s->n; i++)
        n += s->elements[i].id && strcmp(s->elements[i].id, id) == 0;
    return n;
}

/* Adds how often each step stands on the sheet. */
static void count_steps(const struct mn__sheet *sheet, const struct mn_chart *chart, int *times) {
    for (int i = 0; i < chart->n; i++) {
        char id[40];
        snprintf(id, sizeof id, "step-%s", chart->steps[i].id);
        times[i] += elements_of(sheet->scene, id);
    }
}

/* Draws the chart, or all sheets of a card. */
static int faults_of(const struct mn_model *m, struct mn_picture *p, const char *what) {
    bool seen[MOST_STEPS] = {false};
    int faults = 0, pages = 1, times[MOST_STEPS] = {0};
    reachable(p->chart, seen);
    for (p->page = p->card; p->page <= pages && pages < 100; p->page++) {
        struct mn__refusal refusal = {.code = -1};
        struct mn__sheet *sheet = mn__sheet_draw(m, p, &refusal);
        if (!sheet) {
            fprintf(stderr, "%s: refused: %s\n", what,
                    mn_code_info((enum mn_code)refusal.code)->name);
            return 1;
        }
        pages = p->card ? sheet->pages : 0;
        faults += illegible(sheet, what);
        count_steps(sheet, p->chart, times);
        mn__sheet_free(sheet);
    }
    for (int i = 0; i < p->chart->n; i++)
        if (times[i] != seen[i]) {
            fprintf(stderr, "%s: step %d is there %d times\n", what, i, times[i]);
            faults++;
        }
    return faults;
}

static void test_made(void **state) {
    (void)state;
    struct mn_files *files = mn_files_dir("topology/tiny", "topology/tiny");
    struct mn_model *m = load(files);
    int faults = 0;
    for (int k = 0; k < 60; k++) {
        struct mn_arena *a = mn_arena_new();
        char what[40];
        seed = (unsigned)k;
        struct mn_chart *chart = made_chart(a, k < 3 ? k + 1 : 2 + any(MOST_STEPS - 2));
        snprintf(what, sizeof what, "seed %d, %d steps", k, chart->n);
        for (int card = 0; card <= 1; card++) {
            struct mn_picture p = {.chart = chart,
                                   .card = card,
                                   .lang = (enum mn_lang)(k % 2),
                                   .paper = card ? MN_A4 : MN_PAPER_AUTO};
            faults += faults_of(m, &p, what);
        }
        mn_arena_free(a);
    }
    assert_int_equal(faults, 0);
    mn_model_free(m);
    mn_files_free(files);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_made)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
