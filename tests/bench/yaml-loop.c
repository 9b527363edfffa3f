/* The peer in the benchmark of the loader: reads a file and does nothing with libyaml's events. */
#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

int main(int argc, char **argv) {
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!f)
        return 2;
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, f);
    size_t events = 0;
    for (int more = 1; more; events++) {
        yaml_event_t e;
        if (!yaml_parser_parse(&parser, &e))
            return 1;
        more = e.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&e);
    }
    yaml_parser_delete(&parser);
    fclose(f);
    printf("%zu\n", events);
    return 0;
}
