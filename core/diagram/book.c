/* PDF and PNG by way of cairo. */
#include "diagram/book.h"

#include "base/mem.h"
#include "diagram/cairo_library.h"
#include "diagram/render.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mn__book {
    cairo_surface_t *surface; /* made with the first page, whose size it takes */
    cairo_t *pen;
    const char *title, *date;
    struct mn_buf *out;
    int pages;
    /* Bookmarks to the page that comes next; cairo wants the page to be there. */
    struct bookmark {
        int under;
        char *title;
    } * waiting;
    int n_waiting, n_bookmarks;
    size_t cap_waiting;
    int *outline; /* cairo's number of each bookmark */
    size_t cap_outline;
    bool layout_told; /* by the first page that has any */
    bool ok;
};

static cairo_status_t add_bytes(void *out, const unsigned char *data, unsigned size) {
    mn_buf_add(out, data, size);
    return CAIRO_STATUS_SUCCESS;
}

struct mn__book *mn__book_new(const char *title, const char *date, struct mn_buf *out) {
    struct mn__book *book = mn_new0(1, sizeof *book);
    *book = (struct mn__book){.title = title, .date = date, .out = out, .ok = true};
    return book;
}

/* The model's date, not the clock's: the same sheet is the same bytes on any day. */
static void begin(struct mn__book *book, const struct mn__scene *s) {
    char date[40];
    book->surface =
        mn__cairo->pdf_surface_create_for_stream(add_bytes, book->out, s->width, s->height);
    snprintf(date, sizeof date, "%.10sT00:00:00Z", *book->date ? book->date : "2000-01-01");
    mn__cairo->pdf_surface_set_metadata(book->surface, CAIRO_PDF_METADATA_TITLE, book->title);
    mn__cairo->pdf_surface_set_metadata(book->surface, CAIRO_PDF_METADATA_SUBJECT, s->description);
    mn__cairo->pdf_surface_set_metadata(book->surface, CAIRO_PDF_METADATA_CREATOR, "metronet");
    mn__cairo->pdf_surface_set_metadata(book->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    book->pen = mn__cairo->create(book->surface);
}

int mn__book_bookmark(struct mn__book *book, int under, const char *title) {
    book->waiting = mn_grow(book->waiting, &book->cap_waiting, (size_t)book->n_waiting + 1,
                            sizeof *book->waiting);
    book->waiting[book->n_waiting++] = (struct bookmark){under, mn_strdup(title)};
    return book->n_bookmarks + book->n_waiting;
}

static void set_bookmarks(struct mn__book *book) {
    for (int i = 0; i < book->n_waiting; i++) {
        struct bookmark *b = &book->waiting[i];
        char where[40];
        snprintf(where, sizeof where, "page=%d pos=[0 0]", book->pages);
        book->outline = mn_grow(book->outline, &book->cap_outline, (size_t)book->n_bookmarks + 1,
                                sizeof *book->outline);
        book->outline[book->n_bookmarks++] = mn__cairo->pdf_surface_add_outline(
            book->surface, b->under ? book->outline[b->under - 1] : CAIRO_PDF_OUTLINE_ROOT,
            b->title, where, 0);
        free(b->title);
    }
    book->n_waiting = 0;
}

/* Links go to names of pages: to the number of one that is not there yet cairo makes none. */
static void set_links(struct mn__book *book, const struct mn__scene *s) {
    char where[160];
    snprintf(where, sizeof where, "name='page-%d' x=0 y=0", book->pages);
    mn__cairo->tag_begin(book->pen, CAIRO_TAG_DEST, where);
    mn__cairo->tag_end(book->pen, CAIRO_TAG_DEST);
    for (int i = 0; i < s->n; i++) {
        const struct mn__element *e = &s->elements[i];
        if (!e->page)
            continue;
        snprintf(where, sizeof where, "rect=[%.2f %.2f %.2f %.2f] dest='page-%d'", e->at.x, e->at.y,
                 e->at.w, e->at.h, e->page);
        mn__cairo->tag_begin(book->pen, CAIRO_TAG_LINK, where);
        mn__cairo->tag_end(book->pen, CAIRO_TAG_LINK);
    }
}

bool mn__book_page(struct mn__book *book, const struct mn__scene *s) {
    if (!book->surface)
        begin(book, s);
    book->pages++;
    if (s->layout && !book->layout_told) {
        mn__cairo->pdf_surface_set_metadata(book->surface, CAIRO_PDF_METADATA_KEYWORDS, s->layout);
        book->layout_told = true;
    }
    mn__cairo->pdf_surface_set_size(book->surface, s->width, s->height);
    set_bookmarks(book);
    set_links(book, s);
    book->ok = mn__render_page(s, book->surface, 1) && book->ok;
    mn__cairo->show_page(book->pen);
    return book->ok;
}

bool mn__book_end(struct mn__book *book) {
    bool ok = book->ok && book->surface;
    if (book->surface) {
        mn__cairo->destroy(book->pen);
        mn__cairo->surface_finish(book->surface);
        ok = ok && mn__cairo->surface_status(book->surface) == CAIRO_STATUS_SUCCESS;
        mn__cairo->surface_destroy(book->surface);
    }
    for (int i = 0; i < book->n_waiting; i++)
        free(book->waiting[i].title);
    free(book->waiting);
    free(book->outline);
    free(book);
    return ok;
}

bool mn__draw_png(const struct mn__scene *s, struct mn_buf *out) {
    double scale = (s->dpi ? s->dpi : 72) / 72.0;
    /* A whole number of pixels that arithmetic makes a hair larger is not one more. */
    int w = (int)ceil(s->width * scale - 0.001), h = (int)ceil(s->height * scale - 0.001);
    cairo_surface_t *image = mn__cairo->image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    bool ok = mn__cairo->surface_status(image) == CAIRO_STATUS_SUCCESS &&
              mn__render_page(s, image, scale) &&
              mn__cairo->surface_write_to_png_stream(image, add_bytes, out) == CAIRO_STATUS_SUCCESS;
    mn__cairo->surface_destroy(image);
    return ok;
}
