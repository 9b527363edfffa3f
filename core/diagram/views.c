/* The table of views. */
#include "diagram/sheet.h"

#include <strings.h>

static const struct mn__view views[MN_VIEWS] = {
    [MN_VIEW_CITY] = {{"city", MN_M_view_city, 0, 0, 0}, .large = true, .draw = mn__draw_city},
    [MN_VIEW_AREA] = {{"area", MN_M_view_area, MN_SCOPE_AREA, 1, 1},
                      .large = true,
                      .draw = mn__draw_area},
    [MN_VIEW_SITE] = {{"site", MN_M_view_site, MN_SCOPE_SITE, 1, 1}, .draw = mn__draw_site},
    [MN_VIEW_DATA_CENTRE] = {{"data-centre", MN_M_view_data_centre, MN_SCOPE_SITE, 0, 1},
                             .draw = mn__draw_data_centre},
    [MN_VIEW_PATH] = {{"path", MN_M_view_path, MN_SCOPE_SITE | MN_SCOPE_COMPONENT, 1, 2},
                      .portrait = true,
                      .draw = mn__draw_path},
    [MN_VIEW_SERVICE] = {{"service", MN_M_view_service, MN_SCOPE_SERVICE, 1, 1},
                         .draw = mn__draw_service},
    [MN_VIEW_ESCALATION] = {{"escalation", MN_M_view_escalation, MN_SCOPE_SITE | MN_SCOPE_COMPONENT,
                             0, 1},
                            .draw = mn__draw_escalation},
    [MN_VIEW_IMPACT] = {{"impact", MN_M_view_impact, MN_SCOPE_COMPONENT, 1, MN_MOST_SUBJECTS, true},
                        .large = true,
                        .draw = mn__draw_impact},
    [MN_VIEW_MEETING] = {{"meeting", MN_M_view_meeting, MN_SCOPE_SITE | MN_SCOPE_SERVICE, 0, 1},
                         .large = true,
                         .draw = mn__draw_meeting},
    [MN_VIEW_DIFF] = {{"diff", MN_M_view_diff, 0, 0, 2, .models = true},
                      .large = true,
                      .draw = mn__draw_diff},
    [MN_VIEW_ATLAS] = {{"atlas", MN_M_view_atlas, 0, 0, 0}, .large = true},
    [MN_VIEW_MAP] = {{"map", MN_M_view_map, 0, 0, 0}, .large = true, .draw = mn__draw_map},
};

const struct mn__view *mn__view_of(const struct mn_picture *p) {
    static const struct mn__view bridge_point = {.portrait = true, .draw = mn__draw_bridge_point};
    static const struct mn__view chart = {.draw = mn__draw_chart};
    static const struct mn__view card = {.portrait = true, .draw = mn__draw_chart};
    if (p->chart)
        return p->card ? &card : &chart;
    if (p->view == MN_VIEW_MEETING && p->n_subjects && p->subjects[0].scope == MN_SCOPE_SITE)
        return &bridge_point;
    return &views[p->view];
}

const struct mn_view_info *mn_view_info(enum mn_view v) {
    return &views[v].info;
}

int mn_view_parse(const char *s) {
    for (int i = 0; i < MN_VIEWS; i++)
        if (strcasecmp(views[i].info.name, s) == 0)
            return i;
    return -1;
}
