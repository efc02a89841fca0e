// Inner loops that gain most from wide vector units, in C because Swift cannot compile one function for several of them.
// Which version runs is found out once. All versions give the same bits: each number is added up in the same order, and
// nothing multiplies and adds in one rounding.
#pragma once

/// The widest of the vector units known here that this processor and its system offer: 512 for AVX-512 (F, DQ, BW, VL),
/// 256 for AVX2 with FMA, 0 for what every processor has.
int marquee_vector_bits(void);

/// C += A'A for A of rows x stride, C of stride x stride, row-major; stride is a multiple of 8. The upper triangle of C
/// is whole, what is left of the diagonal is not.
void marquee_add_gram(const float *a, long rows, long stride, float *c);

/// row[column] -= sum over the rows p above `pivot` of U[p][pivot] * U[p][column], for `columns` columns from `first` on;
/// both are multiples of 8.
void marquee_eliminate(const float *u, long stride, long pivot, long first, long columns, float *row);

/// sum[lane] = sum over `count` entries e of values[e] * base[rows[e] * stride + lane], for eight lanes.
void marquee_sum_rows(
  const float *base, long stride, const int *rows, const float *values, long count, float *sum);

/// base[rows[e] * stride + lane] += values[e] * change[lane] for `count` entries e and eight lanes.
void marquee_add_to_rows(
  float *base, long stride, const int *rows, const float *values, long count, const float *change);

/// Fills `count` places, a multiple of 8, with standard normal numbers: the quantiles of the uniform numbers that the
/// `count` / 2 draws after `counter` of a counter-based generator with `key` make (SplitMix64; Wichura 1988, PPND7).
void marquee_normals(unsigned long long key, unsigned long long counter, float *target, long count);
