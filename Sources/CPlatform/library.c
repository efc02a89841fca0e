#include "CPlatform.h"

#include <dlfcn.h>
#include <stddef.h>

void *marquee_library(const char *const *libraries, const marquee_function *functions) {
  for (; *libraries; libraries++) {
    void *library = dlopen(*libraries, RTLD_NOW | RTLD_LOCAL);
    if (!library) continue;
    const marquee_function *function = functions;
    while (function->name && (*function->address = dlsym(library, function->name))) function++;
    if (!function->name) return library;
  }
  return NULL;
}

void *marquee_library_function(void *library, const char *name) { return dlsym(library, name); }
