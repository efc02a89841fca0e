#include "CXGBoost.h"

#include <CPlatform.h>
#include <pthread.h>
#include <stddef.h>

// Hidden, so that the library itself never calls these in the place of its own.
#define HIDDEN __attribute__((visibility("hidden")))

static struct {
  int whole;
  const char *(*last_error)(void);
  int (*matrix_create)(const float *, bst_ulong, bst_ulong, float, DMatrixHandle *, int);
  int (*matrix_set)(DMatrixHandle, const char *, const float *, bst_ulong);
  int (*matrix_free)(DMatrixHandle);
  int (*create)(const DMatrixHandle[], bst_ulong, BoosterHandle *);
  int (*destroy)(BoosterHandle);
  int (*set)(BoosterHandle, const char *, const char *);
  int (*update)(BoosterHandle, int, DMatrixHandle);
  int (*predict)(BoosterHandle, DMatrixHandle, int, unsigned, int, bst_ulong *, const float **);
  int (*save)(BoosterHandle, const char *, bst_ulong *, const char **);
} api;

static void load(void) {
  static const char *names[] = {
    "libxgboost.so.0", "libxgboost.so", "/opt/homebrew/lib/libxgboost.dylib", "/usr/local/lib/libxgboost.dylib",
    "libxgboost.dylib", NULL,
  };
  const marquee_function functions[] = {
    {"XGBGetLastError", (void **)&api.last_error},
    {"XGDMatrixCreateFromMat_omp", (void **)&api.matrix_create},
    {"XGDMatrixSetFloatInfo", (void **)&api.matrix_set},
    {"XGDMatrixFree", (void **)&api.matrix_free},
    {"XGBoosterCreate", (void **)&api.create},
    {"XGBoosterFree", (void **)&api.destroy},
    {"XGBoosterSetParam", (void **)&api.set},
    {"XGBoosterUpdateOneIter", (void **)&api.update},
    {"XGBoosterPredict", (void **)&api.predict},
    {"XGBoosterSaveModelToBuffer", (void **)&api.save},
    {NULL, NULL},
  };
  api.whole = marquee_library(names, functions) != NULL;
}

static int is_there(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return api.whole;
}

HIDDEN int marquee_xgboost_is_there(void) { return is_there(); }

HIDDEN const char *XGBGetLastError(void) {
  if (is_there()) return api.last_error();
  return "XGBoost is not installed; install libxgboost0 (Debian, Ubuntu) or xgboost (brew)";
}

HIDDEN int XGDMatrixCreateFromMat_omp(
    const float *data, bst_ulong rows, bst_ulong columns, float missing, DMatrixHandle *out, int threads) {
  return is_there() ? api.matrix_create(data, rows, columns, missing, out, threads) : -1;
}

HIDDEN int XGDMatrixSetFloatInfo(DMatrixHandle handle, const char *field, const float *array, bst_ulong count) {
  return is_there() ? api.matrix_set(handle, field, array, count) : -1;
}

HIDDEN int XGDMatrixFree(DMatrixHandle handle) { return is_there() ? api.matrix_free(handle) : -1; }

HIDDEN int XGBoosterCreate(const DMatrixHandle matrices[], bst_ulong count, BoosterHandle *out) {
  return is_there() ? api.create(matrices, count, out) : -1;
}

HIDDEN int XGBoosterFree(BoosterHandle handle) { return is_there() ? api.destroy(handle) : -1; }

HIDDEN int XGBoosterSetParam(BoosterHandle handle, const char *name, const char *value) {
  return is_there() ? api.set(handle, name, value) : -1;
}

HIDDEN int XGBoosterUpdateOneIter(BoosterHandle handle, int round, DMatrixHandle matrix) {
  return is_there() ? api.update(handle, round, matrix) : -1;
}

HIDDEN int XGBoosterPredict(
    BoosterHandle handle, DMatrixHandle matrix, int options, unsigned trees, int training, bst_ulong *count,
    const float **out) {
  return is_there() ? api.predict(handle, matrix, options, trees, training, count, out) : -1;
}

HIDDEN int XGBoosterSaveModelToBuffer(BoosterHandle handle, const char *config, bst_ulong *count, const char **out) {
  return is_there() ? api.save(handle, config, count, out) : -1;
}
