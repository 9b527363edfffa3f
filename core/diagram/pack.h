/* Nested boxes packed on a sheet: areas side by side, in each its clusters on shelves, in each
 * cluster cells in columns. Sizes follow from the reserved slots alone, so that what a cluster
 * holds moves nothing outside of it. */
#ifndef MN_DIAGRAM_PACK_H
#define MN_DIAGRAM_PACK_H

#include "diagram/scene.h"

struct mn__pack_cluster {
    int slots;            /* given */
    int shelf, columns;   /* result */
    struct mn__rect at;   /* result */
    double column, pitch; /* result: width of a column, height of a row */
};

struct mn__pack_area {
    int n; /* given */
    struct mn__pack_cluster *clusters;
    int columns, shelves; /* result */
    struct mn__rect at;   /* result */
};

struct mn__pack_rules {
    double least, most; /* size of names, points */
    double em;          /* width that a cell needs for each point of that size */
    double cell;        /* and besides */
    double area_head, area_side, area_gap;
    double head, foot, pad, gap; /* of a cluster */
};

/* Fills the results; *size gets the size of names, *rows how many rows of areas there are. False
 * when nothing fits. */
bool mn__pack(struct mn__pack_area *areas, int n, struct mn__rect body,
              const struct mn__pack_rules *rules, double *size, int *rows);

/* Height of a row for names of that size. */
#define MN__PITCH 1.8

#endif
