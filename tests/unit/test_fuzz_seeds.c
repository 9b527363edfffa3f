/* The fuzzer's seeds, whole, cut short, and with single bytes changed, in every test run. */
#define MN_LIBFUZZER
#include "../fuzz/fuzz_model.c"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static char *read_seed(const char *path, size_t *size) {
    struct mn_buf b = MN_BUF_INIT;
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        mn_buf_add(&b, chunk, n);
    fclose(f);
    *size = b.size;
    return mn_buf_take(&b);
}

static void test_seeds(void **state) {
    (void)state;
    static const char bytes[] = "\0\n\t :,[]{}#&*!|>'\"%@`-?x\xc4\xff";
    glob_t seeds;
    assert_int_equal(glob("tests/fuzz/seeds/*", 0, NULL, &seeds), 0);
    assert_true(seeds.gl_pathc >= 5);
    for (size_t i = 0; i < seeds.gl_pathc; i++) {
        size_t size;
        char *seed = read_seed(seeds.gl_pathv[i], &size);
        LLVMFuzzerTestOneInput((const uint8_t *)seed, size);
        for (size_t k = 1; k < 64; k++)
            LLVMFuzzerTestOneInput((const uint8_t *)seed, size * k / 64);
        for (size_t k = 0; k < 400; k++) {
            size_t at = (k * 2654435761u) % size;
            char was = seed[at];
            seed[at] = bytes[k % (sizeof bytes - 1)];
            LLVMFuzzerTestOneInput((const uint8_t *)seed, size);
            seed[at] = was;
        }
        free(seed);
    }
    globfree(&seeds);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_seeds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
