/* Pages rendered into documents, and documents carried from the worker that drew them. */
#include "diagram/documents.h"

#include "base/mem.h"
#include "diagram/book.h"
#include "diagram/render.h"

#include <stdlib.h>
#include <string.h>

void mn__pages_add(struct mn__pages *pages, struct mn__scene *scene) {
    pages->scenes =
        mn_grow(pages->scenes, &pages->cap, (size_t)pages->n + 1, sizeof(struct mn__scene *));
    pages->scenes[pages->n++] = scene;
}

void mn__pages_keep(struct mn__pages *pages, struct mn__sheet *sheet) {
    pages->kept = mn_grow(pages->kept, &pages->cap_kept, (size_t)pages->n_kept + 1,
                          sizeof(struct mn__sheet *));
    pages->kept[pages->n_kept++] = sheet;
}

void mn__pages_fini(struct mn__pages *pages) {
    for (int i = 0; i < pages->n_kept; i++)
        mn__sheet_free(pages->kept[i]);
    free(pages->kept);
    for (int i = 0; i < pages->n; i++)
        mn__scene_free(pages->scenes[i]);
    free(pages->scenes);
    *pages = (struct mn__pages){0};
}

struct mn_buf *mn__documents_add(struct mn_documents *documents, const char *note) {
    documents->at = mn_resize(documents->at, (size_t)documents->n + 1, sizeof *documents->at);
    struct mn_document *document = &documents->at[documents->n++];
    *document = (struct mn_document){.note = mn_strdup(note), .bytes = MN_BUF_INIT};
    return &document->bytes;
}

void mn_documents_fini(struct mn_documents *documents) {
    for (int i = 0; i < documents->n; i++) {
        free(documents->at[i].note);
        mn_buf_fini(&documents->at[i].bytes);
    }
    free(documents->at);
    *documents = (struct mn_documents){0};
}

bool mn__pages_render(const struct mn__pages *pages, enum mn_format format,
                      struct mn_documents *out) {
    bool ok = pages->n > 0;
    if (ok && format == MN_PDF) {
        const struct mn__scene *first = pages->scenes[0];
        struct mn__book *book = mn__book_new(
            first->title, first->date, mn__documents_add(out, pages->n == 1 ? first->note : ""));
        for (int i = 0; i < pages->n && ok; i++)
            ok = mn__book_page(book, pages->scenes[i]);
        return mn__book_end(book) && ok;
    }
    for (int i = 0; i < pages->n && ok; i++)
        ok = mn__render(pages->scenes[i], format, mn__documents_add(out, pages->scenes[i]->note));
    return ok;
}

/* Before each document: how long its note and its bytes are. */
struct sizes {
    size_t note, bytes;
};

void mn__documents_pack(const struct mn_documents *documents, struct mn_buf *out) {
    for (int i = 0; i < documents->n; i++) {
        const struct mn_document *document = &documents->at[i];
        struct sizes sizes = {strlen(document->note), document->bytes.size};
        mn_buf_add(out, &sizes, sizeof sizes);
        mn_buf_add(out, document->note, sizes.note);
        mn_buf_add(out, document->bytes.data, sizes.bytes);
    }
}

/* The next document's sizes, or false where the bytes do not hold it. */
static bool read_sizes(const char *data, size_t size, struct sizes *sizes) {
    if (size < sizeof *sizes)
        return false;
    memcpy(sizes, data, sizeof *sizes);
    size -= sizeof *sizes;
    return sizes->note <= size && sizes->bytes <= size - sizes->note &&
           !memchr(data + sizeof *sizes, '\0', sizes->note);
}

bool mn__documents_unpack(const char *data, size_t size, struct mn_documents *out) {
    struct sizes sizes;
    size_t at = 0;
    if (size == 0)
        return false;
    for (; at < size; at += sizeof sizes + sizes.note + sizes.bytes)
        if (!read_sizes(data + at, size - at, &sizes))
            return false;
    for (at = 0; at < size; at += sizeof sizes + sizes.note + sizes.bytes) {
        read_sizes(data + at, size - at, &sizes);
        struct mn_buf note = MN_BUF_INIT;
        mn_buf_add(&note, data + at + sizeof sizes, sizes.note);
        mn_buf_add(mn__documents_add(out, mn_buf_text(&note)),
                   data + at + sizeof sizes + sizes.note, sizes.bytes);
        mn_buf_fini(&note);
    }
    return true;
}
