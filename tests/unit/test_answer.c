/* Answers: what fits, what is told when it does not, and when a record no longer fits its runbook.
 */
#include "runbook/answer.h"
#include "runbook/runbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct mn_choice YES_NO[] = {
    {"yes", {"Có", "Yes"}}, {"no", {"Không", "No"}}, {"cannot-tell", {"Không rõ", "Cannot tell"}}};
static const int64_t CUTS[] = {10000000, 59500000};

static struct mn_step step_of(enum mn_step_kind kind, enum mn_input input) {
    struct mn_step s = {.kind = kind,
                        .input = input,
                        .key = "lights",
                        .visit = 2,
                        .record = "lights#2",
                        .text = {"Đèn sáng không?", "Are the lights on?"},
                        .minutes = -1,
                        .deadline_s = -1};
    if (input == MN_INPUT_CHOICE) {
        s.outcomes = YES_NO;
        s.n_outcomes = MN_COUNT(YES_NO);
    } else if (input == MN_INPUT_CHECKLIST) {
        s.items = YES_NO;
        s.n_items = MN_COUNT(YES_NO);
    } else if (input == MN_INPUT_NUMBER) {
        s.cuts = CUTS;
        s.n_cuts = MN_COUNT(CUTS);
        s.unit = (struct mn_text){"phút", "minutes"};
    }
    return s;
}

static void test_the_clock_gives_what_no_person_may(void **state) {
    (void)state;
    static const struct mn_choice late[] = {{"fixed", {"Đã sửa", "Repaired"}},
                                            {MN_OUTCOME_OVERDUE, {"Quá hẹn", "Overdue"}},
                                            {"gave-up", {"Không sửa được", "Cannot be repaired"}}};
    struct mn_step s = step_of(MN_STEP_ASK, MN_INPUT_CHOICE);
    struct mn_arena *a = mn_arena_new();
    struct mn_diags *d = mn_diags_new();
    const char *value;
    s.outcomes = late;
    s.n_outcomes = MN_COUNT(late);
    /* Without a deadline it is an outcome like any other. */
    assert_true(mn_answer_fits(&s, "2", MN_NOWHERE, a, &value, d));
    assert_string_equal(value, MN_OUTCOME_OVERDUE);
    s.deadline_s = 60;
    assert_true(mn_answer_fits(&s, "2", MN_NOWHERE, a, &value, d));
    assert_string_equal(value, "gave-up");
    assert_false(mn_answer_fits(&s, MN_OUTCOME_OVERDUE, MN_NOWHERE, a, &value, d));
    assert_false(mn_answer_fits(&s, "3", MN_NOWHERE, a, &value, d));
    /* On record it fits. */
    struct mn_answer on_record = mn_answer_to(&s, MN_OUTCOME_OVERDUE, 0, "metronet", a);
    assert_int_equal(mn_answer_differs(&on_record, &s), MN_SAME);
    s.outcomes = &late[1];
    s.n_outcomes = 1;
    mn_diags_free(d);
    d = mn_diags_new();
    assert_false(mn_answer_fits(&s, "1", MN_NOWHERE, a, &value, d));
    assert_int_equal(mn_diags_view(d, 0).code, MN_D_answer_by_itself);
    mn_diags_free(d);
    mn_arena_free(a);
}

/* given → value on record, or the name of the diagnostic */
static const struct {
    enum mn_input input;
    const char *given, *value, *code;
} FITS[] = {
    {MN_INPUT_CHOICE, "yes", "yes", NULL},
    {MN_INPUT_CHOICE, " 2 ", "no", NULL},
    {MN_INPUT_CHOICE, "3", "cannot-tell", NULL},
    {MN_INPUT_CHOICE, "0", NULL, "answer-choice"},
    {MN_INPUT_CHOICE, "4", NULL, "answer-choice"},
    {MN_INPUT_CHOICE, "", NULL, "answer-choice"},
    {MN_INPUT_CHOICE, "Yes", NULL, "answer-choice"},
    {MN_INPUT_CHOICE, "99999999999999999999", NULL, "answer-choice"},
    {MN_INPUT_CHOICE, "yess", NULL, "answer-choice"},
    {MN_INPUT_NONE, "", "ok", NULL},
    {MN_INPUT_NONE, "1", "ok", NULL},
    {MN_INPUT_NONE, "ok", "ok", NULL},
    {MN_INPUT_NONE, "no", NULL, "answer-none"},
    {MN_INPUT_TEXT, "  lúc 7 giờ 40 ", "lúc 7 giờ 40", NULL},
    {MN_INPUT_TEXT, "", NULL, "answer-text"},
    {MN_INPUT_TEXT, "\033[2J", NULL, "answer-text"},
    {MN_INPUT_TEXT, "\xff", NULL, "answer-text"},
    {MN_INPUT_NUMBER, "12", "12", NULL},
    {MN_INPUT_NUMBER, "12,50", "12.5", NULL},
    {MN_INPUT_NUMBER, "-0.000001", "-0.000001", NULL},
    {MN_INPUT_NUMBER, "007", "7", NULL},
    {MN_INPUT_NUMBER, "1.2.3", NULL, "answer-number"},
    {MN_INPUT_NUMBER, "1e3", NULL, "answer-number"},
    {MN_INPUT_NUMBER, "12.", NULL, "answer-number"},
    {MN_INPUT_NUMBER, ",5", NULL, "answer-number"},
    {MN_INPUT_NUMBER, "0.0000001", NULL, "answer-number"},
    {MN_INPUT_NUMBER, "99999999999999999999999", NULL, "answer-number"},
    {MN_INPUT_NUMBER, "nan", NULL, "answer-number"},
    {MN_INPUT_CHECKLIST, "done", "yes=done,no=done,cannot-tell=done", NULL},
    {MN_INPUT_CHECKLIST, "d s c", "yes=done,no=skipped,cannot-tell=cannot", NULL},
    {MN_INPUT_CHECKLIST, "no=s, yes=d, 3=cannot", "yes=done,no=skipped,cannot-tell=cannot", NULL},
    {MN_INPUT_CHECKLIST, "d s", NULL, "answer-checklist-missing"},
    {MN_INPUT_CHECKLIST, "d s c d", NULL, "answer-checklist"},
    {MN_INPUT_CHECKLIST, "yes=perhaps no=d 3=d", NULL, "answer-checklist"},
    {MN_INPUT_CHECKLIST, "yess=done", NULL, "answer-checklist"},
    {MN_INPUT_CHECKLIST, "yes=d yes=d 3=d", NULL, "answer-checklist"},
};

static void test_fits(void **state) {
    (void)state;
    for (size_t i = 0; i < MN_COUNT(FITS); i++) {
        struct mn_arena *a = mn_arena_new();
        struct mn_diags *d = mn_diags_new();
        struct mn_step s = step_of(MN_STEP_CHECK, FITS[i].input);
        const char *value = NULL;
        bool fits = mn_answer_fits(&s, FITS[i].given, MN_NOWHERE, a, &value, d);
        if (fits != (FITS[i].value != NULL))
            fail_msg("\"%s\" %s", FITS[i].given, fits ? "fits" : "does not fit");
        if (fits) {
            assert_string_equal(value, FITS[i].value);
            /* What is on record fits again, as it is. */
            struct mn_answer kept = mn_answer_to(&s, value, 0, "x", a);
            assert_int_equal(mn_answer_differs(&kept, &s), MN_SAME);
        } else {
            assert_int_equal(mn_diags_errors(d), 1);
            assert_string_equal(mn_code_info(mn_diags_view(d, 0).code)->name, FITS[i].code);
        }
        mn_diags_free(d);
        mn_arena_free(a);
    }
}

static void test_says_what_fits(void **state) {
    (void)state;
    struct mn_arena *a = mn_arena_new();
    struct mn_diags *d = mn_diags_new();
    struct mn_step s = step_of(MN_STEP_CHECK, MN_INPUT_CHOICE);
    struct mn_buf b = MN_BUF_INIT;
    const char *value;
    assert_false(mn_answer_fits(&s, "cannot-tel", MN_NOWHERE, a, &value, d));
    mn_diags_render(d, 0, MN_EN, false, &b);
    assert_string_equal(
        mn_buf_text(&b),
        "error: \"cannot-tel\" is no answer to step \"lights#2\"; possible answers: "
        "1 yes, 2 no, 3 cannot-tell [answer-choice]\n"
        "note: did you mean \"cannot-tell\"?\n");
    mn_buf_fini(&b);
    mn_diags_free(d);
    mn_arena_free(a);
}

static void test_differs(void **state) {
    (void)state;
    struct mn_arena *a = mn_arena_new();
    struct mn_step s = step_of(MN_STEP_CHECK, MN_INPUT_CHOICE), now = s;
    struct mn_answer kept = mn_answer_to(&s, "yes", 0, "x", a);
    assert_string_equal(kept.outcomes, "yes|no|cannot-tell");
    now.text = (struct mn_text){"Khác", "Other words"};
    assert_int_equal(mn_answer_differs(&kept, &now), MN_SAME);
    now.record = "lights";
    assert_int_equal(mn_answer_differs(&kept, &now), MN_DIFFERENT_STEP);
    now = s;
    now.kind = MN_STEP_ASK;
    assert_int_equal(mn_answer_differs(&kept, &now), MN_DIFFERENT_KIND);
    now = s;
    now.n_outcomes = 2;
    assert_int_equal(mn_answer_differs(&kept, &now), MN_DIFFERENT_OUTCOMES);
    struct mn_buf b = MN_BUF_INIT;
    mn_difference_tell(MN_DIFFERENT_OUTCOMES, &kept, &now, MN_EN, &b);
    assert_string_equal(mn_buf_text(&b),
                        "The possible answers to step \"lights#2\" have changed: when "
                        "\"yes\" was recorded yes | no | cannot-tell, now yes | no.");
    mn_buf_fini(&b);
    kept.value = "perhaps";
    assert_int_equal(mn_answer_differs(&kept, &s), MN_DIFFERENT_VALUE);
    assert_int_equal(mn_answer_differs(&kept, NULL), MN_DIFFERENT_END);
    mn_arena_free(a);
}

static void test_json_round_trip(void **state) {
    (void)state;
    static const struct mn_evidence EVIDENCE[] = {{{NULL, NULL}, "note"}, {{"Ảnh", "Photo"}, NULL}};
    for (int input = 0; input < MN_INPUTS; input++) {
        struct mn_arena *a = mn_arena_new();
        struct mn_step s = step_of(MN_STEP_ACT, (enum mn_input)input), back;
        struct mn_buf x = MN_BUF_INIT, y = MN_BUF_INIT;
        s.interrupts = s.undo = s.why = s.help = s.cause = s.text;
        s.evidence = EVIDENCE;
        s.n_evidence = MN_COUNT(EVIDENCE);
        s.at = s.to = s.team = s.runbook = s.subject = "a";
        s.minutes = 0;
        s.deadline_s = 1800;
        s.file = "f.lua";
        s.line = 7;
        json_t *doc = mn_step_json(&s);
        assert_true(mn_step_from_json(doc, a, &back));
        mn_json_write(&x, doc, 0, false);
        json_decref(doc);
        doc = mn_step_json(&back);
        mn_json_write(&y, doc, 0, false);
        json_decref(doc);
        assert_string_equal(mn_buf_text(&x), mn_buf_text(&y));
        mn_buf_fini(&x);
        mn_buf_fini(&y);

        struct mn_answer kept = mn_answer_to(&s, "yes", 1795334400, "lan", a), again;
        doc = mn_answer_json(&kept);
        assert_true(mn_answer_from_json(doc, a, &again));
        json_decref(doc);
        assert_string_equal(again.record, kept.record);
        assert_string_equal(again.outcomes, kept.outcomes);
        assert_int_equal(again.at, kept.at);
        mn_arena_free(a);
    }
}

/* What a worker that was taken over might send: refused, never read past. */
static void test_json_refused(void **state) {
    (void)state;
    static const char *const BAD[] = {
        "[]",
        "{}",
        "{\"step\":\"a\",\"key\":\"a\",\"kind\":\"tell\",\"input\":\"none\"}",
        "{\"step\":\"a\",\"key\":\"a\",\"kind\":\"sing\",\"input\":\"none\",\"text\":{\"vi\":\"x\",\"en\":\"x\"}}",
        "{\"step\":\"a\",\"key\":\"a\",\"kind\":\"ask\",\"input\":\"choice\",\"text\":{\"vi\":\"x\",\"en\":\"x\"}}",
        "{\"step\":\"a\",\"key\":\"a\",\"kind\":\"ask\",\"input\":\"choice\",\"outcomes\":[1],\"text\":{\"vi\":\"x\",\"en\":\"x\"}}",
        "{\"step\":\"a\",\"key\":\"a\",\"kind\":\"ask\",\"input\":\"number\",\"cuts\":[2,1],\"text\":{\"vi\":\"x\",\"en\":\"x\"}}",
        "{\"step\":\"a\",\"key\":\"a\",\"kind\":\"tell\",\"input\":\"none\",\"text\":{\"vi\":\"x\"}}",
        "{\"step\":\"a\",\"key\":\"a\",\"kind\":\"tell\",\"input\":\"none\",\"text\":{\"vi\":\"x\","
        "\"en\":\"\\u001b[2J\"}}",
        "{\"step\":\"a\",\"key\":\"a\",\"kind\":\"tell\",\"input\":\"none\",\"visit\":0,\"text\":{\"vi\":\"x\",\"en\":\"x\"}}",
    };
    struct mn_arena *a = mn_arena_new();
    for (size_t i = 0; i < MN_COUNT(BAD); i++) {
        json_t *doc = json_loads(BAD[i], 0, NULL);
        struct mn_step s;
        assert_non_null(doc);
        assert_false(mn_step_from_json(doc, a, &s));
        json_decref(doc);
    }
    mn_arena_free(a);
}

static void test_told(void **state) {
    (void)state;
    static const struct {
        enum mn_input input;
        const char *value, *vi, *en;
    } TOLD[] = {
        {MN_INPUT_CHOICE, "no", "Không", "No"},
        {MN_INPUT_NUMBER, "12.5", "12.5 phút", "12.5 minutes"},
        {MN_INPUT_NONE, "ok", "đã đọc", "read"},
        {MN_INPUT_TEXT, "7 giờ", "7 giờ", "7 giờ"},
        {MN_INPUT_CHECKLIST, "yes=done,no=skipped,cannot-tell=cannot",
         "Có: xong; Không: bỏ qua; Không rõ: không làm được",
         "Yes: done; No: skipped; Cannot tell: cannot be done"},
    };
    for (size_t i = 0; i < MN_COUNT(TOLD); i++) {
        struct mn_step s = step_of(MN_STEP_CHECK, TOLD[i].input);
        struct mn_buf vi = MN_BUF_INIT, en = MN_BUF_INIT;
        mn_answer_text(&s, TOLD[i].value, MN_VI, &vi);
        mn_answer_text(&s, TOLD[i].value, MN_EN, &en);
        assert_string_equal(mn_buf_text(&vi), TOLD[i].vi);
        assert_string_equal(mn_buf_text(&en), TOLD[i].en);
        mn_buf_fini(&vi);
        mn_buf_fini(&en);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_clock_gives_what_no_person_may),
        cmocka_unit_test(test_fits),
        cmocka_unit_test(test_says_what_fits),
        cmocka_unit_test(test_differs),
        cmocka_unit_test(test_json_round_trip),
        cmocka_unit_test(test_json_refused),
        cmocka_unit_test(test_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
