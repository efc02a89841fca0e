// OpenBLAS carries LAPACK, but Debian ships LAPACK's C header in another package; the few Fortran entry
// points used here are declared by hand. Arguments go by reference, matrices are column-major.
#pragma once
#include <cblas.h>

// Cholesky factorization of a symmetric positive definite matrix.
void spotrf_(const char *uplo, const int *n, float *a, const int *lda, int *info);
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
// Solves with a Cholesky factor.
void spotrs_(const char *uplo, const int *n, const int *nrhs, const float *a, const int *lda, float *b,
             const int *ldb, int *info);
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b,
             const int *ldb, int *info);
// Inverse from a Cholesky factor.
void spotri_(const char *uplo, const int *n, float *a, const int *lda, int *info);
// Inverse of a triangular matrix.
void strtri_(const char *uplo, const char *diag, const int *n, float *a, const int *lda, int *info);
