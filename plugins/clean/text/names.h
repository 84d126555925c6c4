/* names - one-word lines that are names of image files. */
#ifndef GALLEY_CLEAN_TEXT_NAMES_H
#define GALLEY_CLEAN_TEXT_NAMES_H

#include "kit/phrases.h"

typedef enum name_kind {
    NAME_NONE,
    NAME_LIKELY, /* cop-blue, hero_banner: where it stands must speak for it too */
    NAME_SURE,   /* sunset.jpg, DSC_0031                                         */
} name_kind;

name_kind name_of_image(const phrases *, gly_str word);

#endif
