#pragma once
#include <stddef.h>

// One HTTP exchange through libcurl, which is loaded when it is first needed: most commands never touch the network,
// and loading it costs a program's start more than all the rest.

typedef struct {
  const char *method;
  const char *url;
  // Lines such as "Accept: text/plain", ended by NULL; may be NULL.
  const char *const *headers;
  // Sent with the request; `upload`, a file open for reading, takes its place where it is not negative.
  const void *body;
  size_t body_length;
  int upload;
  long long upload_length;
  // Ask for the bytes from here on; 0 asks for all.
  long long resume_from;
  long connect_timeout;
  // Give up when fewer than 1 byte a second arrives for so long.
  long stall_timeout;
  // Give up after so long; 0 never.
  long total_timeout;
  const char *user_agent;
  // A file of certificates in the place of the system's; NULL for those.
  const char *authorities;
} marquee_web_request;

typedef struct {
  long status;
  // libcurl's number of what went wrong, 0 for nothing; -1 where libcurl is missing.
  int failure;
  char message[512];
} marquee_web_result;

// Gets a part of the body (or a line of the header) and returns its length, or anything else to stop.
typedef size_t (*marquee_web_receive)(const char *bytes, size_t size, size_t count, void *context);

void marquee_web_perform(
    const marquee_web_request *request, marquee_web_receive body, marquee_web_receive header, void *context,
    marquee_web_result *result);

// libcurl's version, or NULL where it is missing.
const char *marquee_web_version(void);
