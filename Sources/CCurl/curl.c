#include "CCurl.h"

#include <CPlatform.h>
#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

// Their macros check the types of arguments at compile time and hide the functions.
#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct {
  void *library;
  CURL *(*easy_init)(void);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
  CURLcode (*easy_perform)(CURL *);
  void (*easy_cleanup)(CURL *);
  void (*easy_reset)(CURL *);
  const char *(*easy_strerror)(CURLcode);
  struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
  void (*slist_free_all)(struct curl_slist *);
  CURLcode (*global_init)(long);
  char *(*version)(void);
} api;

// Each thread keeps its handle, and with it the connections that are open.
static pthread_key_t handle;

static void give_back(void *curl) { api.easy_cleanup(curl); }

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  static const char *names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib", "libcurl.dylib", NULL};
  const marquee_function functions[] = {
    {"curl_easy_init", (void **)&api.easy_init},
    {"curl_easy_setopt", (void **)&api.easy_setopt},
    {"curl_easy_getinfo", (void **)&api.easy_getinfo},
    {"curl_easy_perform", (void **)&api.easy_perform},
    {"curl_easy_cleanup", (void **)&api.easy_cleanup},
    {"curl_easy_reset", (void **)&api.easy_reset},
    {"curl_easy_strerror", (void **)&api.easy_strerror},
    {"curl_slist_append", (void **)&api.slist_append},
    {"curl_slist_free_all", (void **)&api.slist_free_all},
    {"curl_global_init", (void **)&api.global_init},
    {"curl_version", (void **)&api.version},
    {NULL, NULL},
  };
  void *library = marquee_library(names, functions);
  if (library && api.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK && pthread_key_create(&handle, give_back) == 0) {
    api.library = library;
  }
}

const char *marquee_web_version(void) {
  pthread_once(&once, load);
  return api.library ? api.version() : NULL;
}

// Nothing but the web: a redirect to file:// or the like is refused. What was asked for in secret is not taken from
// anybody on the way. A libcurl before 7.85 knows protocols by their numbers alone, whatever its header at hand says.
static void allow_protocols(CURL *curl, int is_secret) {
  CURLcode code = CURLE_UNKNOWN_OPTION;
#if LIBCURL_VERSION_NUM >= 0x075500
  code = api.easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  if (code == CURLE_OK) code = api.easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, is_secret ? "https" : "http,https");
#endif
  if (code == CURLE_OK) return;
  const long http = 1, https = 2;                       // CURLPROTO_HTTP, CURLPROTO_HTTPS
  const CURLoption protocols = 181, redirected = 182;   // CURLOPT_PROTOCOLS, CURLOPT_REDIR_PROTOCOLS: deprecated since
  api.easy_setopt(curl, protocols, http | https);
  api.easy_setopt(curl, redirected, is_secret ? https : http | https);
}

static size_t send_file(char *buffer, size_t size, size_t count, void *context) {
  ssize_t got = read(*(const int *)context, buffer, size * count);
  return got < 0 ? CURL_READFUNC_ABORT : (size_t)got;
}

void marquee_web_perform(
    const marquee_web_request *request, marquee_web_receive body, marquee_web_receive header, void *context,
    marquee_web_result *result) {
  memset(result, 0, sizeof *result);
  pthread_once(&once, load);
  CURL *curl = api.library ? pthread_getspecific(handle) : NULL;
  if (curl) {
    api.easy_reset(curl);
  } else if (api.library) {
    curl = api.easy_init();
    pthread_setspecific(handle, curl);
  }
  if (!curl) {
    result->failure = -1;
    return;
  }
  struct curl_slist *headers = NULL;
  for (int i = 0; request->headers && request->headers[i]; i++) headers = api.slist_append(headers, request->headers[i]);
  int file = request->upload;
  char message[CURL_ERROR_SIZE] = "";
  api.easy_setopt(curl, CURLOPT_URL, request->url);
  api.easy_setopt(curl, CURLOPT_ERRORBUFFER, message);
  // A key of a bucket may hold "." and ".." between slashes.
  api.easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  api.easy_setopt(curl, CURLOPT_USERAGENT, request->user_agent);
  api.easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  allow_protocols(curl, strncasecmp(request->url, "https:", 6) == 0);
  if (request->authorities) api.easy_setopt(curl, CURLOPT_CAINFO, request->authorities);
  api.easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  api.easy_setopt(curl, CURLOPT_MAXREDIRS, 10L);
  api.easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  api.easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, request->connect_timeout);
  api.easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  api.easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, request->stall_timeout);
  api.easy_setopt(curl, CURLOPT_TIMEOUT, request->total_timeout);
  api.easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)request->resume_from);
  api.easy_setopt(curl, CURLOPT_WRITEFUNCTION, body);
  api.easy_setopt(curl, CURLOPT_WRITEDATA, context);
  api.easy_setopt(curl, CURLOPT_HEADERFUNCTION, header);
  api.easy_setopt(curl, CURLOPT_HEADERDATA, context);
  if (file >= 0) {
    api.easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    api.easy_setopt(curl, CURLOPT_READFUNCTION, send_file);
    api.easy_setopt(curl, CURLOPT_READDATA, &file);
    api.easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->upload_length);
  } else if (request->body_length > 0) {
    api.easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
    api.easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
  }
  if (strcmp(request->method, "HEAD") == 0) {
    api.easy_setopt(curl, CURLOPT_NOBODY, 1L);
  } else {
    api.easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
  }
  CURLcode code = api.easy_perform(curl);
  api.easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &result->status);
  result->failure = (int)code;
  if (code != CURLE_OK) {
    snprintf(result->message, sizeof result->message, "%s", message[0] ? message : api.easy_strerror(code));
  }
  // The options point at what the caller owns.
  api.easy_reset(curl);
  api.slist_free_all(headers);
}
