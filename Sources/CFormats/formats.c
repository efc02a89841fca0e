#include "CFormats.h"

// The browser gets the same file as an asset of the theme, so the two readers know the same.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char formats[] = {
#embed "../../site-templates/assets/scripts/formats.json"
};

const unsigned char *marquee_formats(void) { return formats; }
size_t marquee_formats_length(void) { return sizeof formats; }
