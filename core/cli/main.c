/* The program. */
#include "cli/cli.h"

int main(int argc, char **argv) {
    return mn_cli_main(argc, (const char *const *)argv);
}
