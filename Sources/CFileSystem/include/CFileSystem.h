// What Swift cannot see of the C library: functions behind _GNU_SOURCE.
#pragma once

// Exchanges two paths in one step of the file system. 0, or -1 with errno.
int marquee_exchange(const char *first, const char *second);

// The words that the program was started with. Swift reads them from /proc, which a bare chroot does not have.
int marquee_argument_count(void);
const char *marquee_argument(int index);
