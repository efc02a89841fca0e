#include "CFormats.h"

// The browser gets the same file as an asset of the theme, so the two readers know the same.
#pragma clang diagnostic ignored "-Wc23-extensions"

const unsigned char marquee_formats[] = {
#embed "../../site-templates/assets/scripts/formats.json"
};
const size_t marquee_formats_length = sizeof marquee_formats;
