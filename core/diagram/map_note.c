/* How a document of a map tells where its panels are. */
#include "diagram/map.h"

#include <string.h>

#define NOTE "metronet-panels:"

/* A panel's place decides where all dots on it stand. */
const char *mn__map_note(const struct mn__map *map) {
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_puts(&b, NOTE);
    for (int i = 0; i < map->n_panels; i++) {
        const struct mn__map_panel *p = &map->panels[i];
        if (i)
            mn_buf_printf(&b, " %c", 'A' + i - 1);
        else
            mn_buf_puts(&b, " main");
        mn_buf_printf(&b, "=%.2f,%.2f@%.1f,%.1f*%.4f", p->x, p->y, p->origin.x, p->origin.y,
                      p->scale);
    }
    mn_buf_puts(&b, ";");
    const char *note = mn_arena_strdup(map->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return note;
}

int mn_diagram_panels_told(const char *document, size_t size, struct mn_arena *a,
                           const struct mn_diagram_panel **panels) {
    char *text = mn__note_in(document, size, NOTE, a), *save;
    *panels = NULL;
    if (!text)
        return 0;
    struct mn_diagram_panel *list =
        MN_ARENA_ARRAY(a, struct mn_diagram_panel, strlen(text) / 2 + 1);
    int n = 0;
    for (char *word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        char *is = strchr(word, '=');
        if (!is)
            continue;
        *is = '\0';
        list[n++] = (struct mn_diagram_panel){word, is + 1};
    }
    *panels = list;
    return n;
}
