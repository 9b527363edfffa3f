/* What a model may at most ask of the program. All are far above what a city needs. */
#ifndef MN_MODEL_LIMITS_H
#define MN_MODEL_LIMITS_H

#define MN__MAX_FILE (64u << 20)   /* bytes of one file */
#define MN__MAX_TOTAL (256u << 20) /* bytes of all files */
#define MN__MAX_FILES 4000         /* files of a model */
#define MN__MAX_INCLUDE_DEPTH 16   /* files that include one another */
#define MN__MAX_DEPTH 24           /* maps and lists within one another */
#define MN__MAX_ALIASED 100000     /* items that aliases may repeat */
#define MN__MAX_ANCHORS 1000       /* anchors of one file */
#define MN__MAX_ITEMS 4000000      /* items of all files */
#define MN__MAX_COMPONENTS 2000000 /* after expansion */
#define MN__MAX_ID 60              /* characters of an id, or of a port */
#define MN__MAX_WORD 192           /* bytes of what is held as an atom: two ids and a port fit */
#define MN__MAX_TEXT 20000         /* bytes of one text */
#define MN__MAX_DIAGS 1000         /* diagnostics of one load */

#endif
