/* What drawing calls of fontconfig and HarfBuzz. The one gate to them. */
#ifndef MN_DIAGRAM_FONT_LIBRARIES_H
#define MN_DIAGRAM_FONT_LIBRARIES_H

#include "diagram/libraries.h"

#include <fontconfig/fontconfig.h>
#include <hb-subset.h>

#define MN__FC(X)                                                                                  \
    X(Fc, CharSetHasChar)                                                                          \
    X(Fc, ConfigGetCurrent)                                                                        \
    X(Fc, ConfigGetFonts)                                                                          \
    X(Fc, ConfigParseAndLoadFromMemory)                                                            \
    X(Fc, PatternGetBool)                                                                          \
    X(Fc, PatternGetCharSet)                                                                       \
    X(Fc, PatternGetInteger)                                                                       \
    X(Fc, PatternGetString)
MN__LIBRARY(fc, MN__FC);

#define MN__HB(X)                                                                                  \
    X(hb_, blob_create_from_file_or_fail)                                                          \
    X(hb_, blob_destroy)                                                                           \
    X(hb_, blob_get_data)                                                                          \
    X(hb_, face_create)                                                                            \
    X(hb_, face_destroy)                                                                           \
    X(hb_, face_reference_blob)                                                                    \
    X(hb_, set_add)                                                                                \
    X(hb_, set_clear)                                                                              \
    X(hb_, set_create)                                                                             \
    X(hb_, set_destroy)                                                                            \
    X(hb_, set_has)                                                                                \
    X(hb_, set_is_empty)                                                                           \
    X(hb_, set_next)                                                                               \
    X(hb_, set_next_range)                                                                         \
    X(hb_, set_union)                                                                              \
    X(hb_, tag_from_string)
MN__LIBRARY(hb, MN__HB);

#define MN__HB_SUBSET(X)                                                                           \
    X(hb_subset_, input_create_or_fail)                                                            \
    X(hb_subset_, input_destroy)                                                                   \
    X(hb_subset_, input_set)                                                                       \
    X(hb_subset_, input_set_flags)                                                                 \
    X(hb_subset_, input_unicode_set)                                                               \
    X(hb_subset_, or_fail)
MN__LIBRARY(hb_subset, MN__HB_SUBSET);

#endif
