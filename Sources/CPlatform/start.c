#include "CPlatform.h"

static int count;
static char **words;

// The C library gives constructors what it gives to main.
__attribute__((constructor)) static void keep(int argument_count, char **arguments) {
  count = argument_count;
  words = arguments;
}

int marquee_argument_count(void) { return count; }
const char *marquee_argument(int index) { return index < count ? words[index] : ""; }
