/* The program. */
#include "base/mem.h"
#include "cli/cli.h"

int main(int argc, char **argv) {
    mn_heap_keep();
    return mn_cli_main(argc, (const char *const *)argv);
}
