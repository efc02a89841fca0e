// ICU's locale data with nothing in it, in the place of the 34 MB that Swift's Foundation carries for them.
//
// Marquee's texts, numbers and dates come from its own files in every language, never from a locale. A library that is linked
// statically takes this table before it looks for its own; what asks ICU for a locale then gets the root's answer. This is
// what ICU's documentation calls "stub data" (https://unicode-org.github.io/icu/userguide/icu_data/). The name holds ICU's version:
// where a toolchain brings one that is not below, its own data are linked, and the program is larger and otherwise the same.

#include <stdint.h>

#if defined(__linux__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
// A header of a common data file ("ToCP", version 1), as ICU's udata.h and ucmndata.h lay it out, and a table of no contents.
typedef struct {
  uint16_t header_bytes;
  uint8_t magic[2];
  uint16_t info_bytes, reserved;
  uint8_t is_big_endian, character_set, character_bytes, reserved_byte;
  uint8_t format[4], format_version[4], data_version[4];
  uint8_t padding[8];
  uint32_t count, unused;
} EmptyData;

#define EMPTY_DATA(version) \
  const EmptyData icudt##version##_dat __attribute__((visibility("hidden"), aligned(16))) = { \
      .header_bytes = 32, .magic = {0xda, 0x27}, .info_bytes = 20, .character_bytes = 2, .format = "ToCP", \
      .format_version = {1}}

EMPTY_DATA(74);
EMPTY_DATA(75);
EMPTY_DATA(76);
EMPTY_DATA(77);
EMPTY_DATA(78);
#endif
