#pragma once
#include <stdint.h>

// The functions of XGBoost's C interface that are used here, from a library that is loaded when the first is called: most
// commands train no trees, and loading it costs a program's start more than their own work. Zero is success.

typedef uint64_t bst_ulong;
typedef void *DMatrixHandle;
typedef void *BoosterHandle;

// Whether the library is installed; 1 or 0.
int marquee_xgboost_is_there(void);
// What went wrong last in this thread; where there is no library, what to install.
const char *XGBGetLastError(void);
int XGDMatrixCreateFromMat_omp(
    const float *data, bst_ulong rows, bst_ulong columns, float missing, DMatrixHandle *out, int threads);
int XGDMatrixSetFloatInfo(DMatrixHandle handle, const char *field, const float *array, bst_ulong count);
int XGDMatrixFree(DMatrixHandle handle);
int XGBoosterCreate(const DMatrixHandle matrices[], bst_ulong count, BoosterHandle *out);
int XGBoosterFree(BoosterHandle handle);
int XGBoosterSetParam(BoosterHandle handle, const char *name, const char *value);
int XGBoosterUpdateOneIter(BoosterHandle handle, int round, DMatrixHandle matrix);
int XGBoosterPredict(
    BoosterHandle handle, DMatrixHandle matrix, int options, unsigned trees, int training, bst_ulong *count,
    const float **out);
int XGBoosterSaveModelToBuffer(BoosterHandle handle, const char *config, bst_ulong *count, const char **out);
