// What Swift cannot see of the C library: functions behind _GNU_SOURCE.
#pragma once

// Exchanges two paths in one step of the file system. 0, or -1 with errno.
int marquee_exchange(const char *first, const char *second);

// The words that the program was started with. Swift reads them from /proc, which a bare chroot does not have.
int marquee_argument_count(void);
const char *marquee_argument(int index);

// A function of a library that is loaded while the program runs, and the variable that takes its address.
typedef struct {
  const char *name;
  void **address;
} marquee_function;

// Loads the first of the libraries that has all of the functions, and gives their addresses. NULL where there is none; the list
// of libraries ends with NULL, that of functions with a NULL name. Nothing is unloaded.
void *marquee_library(const char *const *libraries, const marquee_function *functions);

// A function of a loaded library, or NULL.
void *marquee_library_function(void *library, const char *name);
