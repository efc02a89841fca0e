// The description of formats (site-templates/assets/scripts/formats.json), as it stood when the program was compiled.
#pragma once

#include <stddef.h>

const unsigned char *marquee_formats(void);
size_t marquee_formats_length(void);
