// The description of formats (site-templates/assets/scripts/formats.json), as it stood when the program was compiled.
#pragma once

#include <stddef.h>

extern const unsigned char marquee_formats[];
extern const size_t marquee_formats_length;
