/* Inside incident/ only: one document, written as Markdown or as HTML. Texts are escaped here. */
#ifndef MN_INCIDENT_PAGE_H
#define MN_INCIDENT_PAGE_H

#include "base/buf.h"
#include "base/text.h"

#include <stdbool.h>

struct mn__page {
    struct mn_buf *out;
    enum mn_lang lang;
    bool html;
};

void mn__page_begin(const struct mn__page *p, const char *title);
void mn__page_end(const struct mn__page *p);
void mn__page_heading(const struct mn__page *p, enum mn_message m);
void mn__page_paragraph(const struct mn__page *p, const char *text);
void mn__page_warning(const struct mn__page *p, const char *text);

/* A table of two columns, name and value; rows without a value are left out. */
void mn__page_facts_begin(const struct mn__page *p);
void mn__page_fact(const struct mn__page *p, enum mn_message name, const char *value);
void mn__page_facts_end(const struct mn__page *p);

/* A list of what happened: when, who, what; `gone` for what was rewound over. `more` (or NULL)
 * stands below, as it was written. */
void mn__page_events_begin(const struct mn__page *p);
void mn__page_event(const struct mn__page *p, const char *when, const char *who, const char *what,
                    const char *more, bool gone);
void mn__page_events_end(const struct mn__page *p);

/* A link to a file beside the document; only in HTML. The name is of letters that an address needs
 * not escape. */
void mn__page_link(const struct mn__page *p, const char *file, const char *text);

/* Text that keeps its lines. */
void mn__page_lines(const struct mn__page *p, const char *text);
/* An SVG document that the program itself made; only in HTML. */
void mn__page_svg(const struct mn__page *p, const struct mn_buf *svg);
/* Places to sign. */
void mn__page_signatures(const struct mn__page *p, const enum mn_message *who, size_t n);

#endif
