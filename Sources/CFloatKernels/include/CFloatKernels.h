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
