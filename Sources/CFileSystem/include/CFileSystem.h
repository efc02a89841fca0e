// What Swift cannot see of the C library: functions behind _GNU_SOURCE.
#pragma once

// Exchanges two paths in one step of the file system. 0, or -1 with errno.
int marquee_exchange(const char *first, const char *second);
