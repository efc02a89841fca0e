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

/// The first index from `first` on whose score is greater than `limit`; `count` where there is none.
long marquee_first_above(const float *scores, long first, long count, float limit);

/// Copies `count` chosen rows of `stride` floats (a multiple of 8) to `target`, one behind the other. `chosen` goes on for
/// `following` numbers more, of rows that will be asked for next: their memory is fetched in time.
void marquee_gather(
  const float *rows, long stride, const int *chosen, long count, long following, float *target);

/// Adds the chosen rows to `sums`, one after the other.
void marquee_add_rows(
  const float *rows, long stride, const int *chosen, long count, long following, float *sums);

/// Adds `count` rows of `stride` floats that stand one behind the other to `sums`.
void marquee_add_all_rows(const float *rows, long stride, long count, float *sums);

/// Ratings to learn from, in this order.
struct marquee_ratings {
  const int *users;
  const int *movies;
  const float *values;
  long count;
};

/// How far a step goes: for each place in a row the learning rate and what pulls to 0, for each row its frequency.
struct marquee_steps {
  const float *user_rates;
  const float *user_pulls;
  const float *user_frequencies;
  const float *movie_rates;
  const float *movie_pulls;
  const float *movie_frequencies;
};

/// One step of stochastic gradient descent for each rating, with p and q the rows of its user and movie and e what p q lacks:
/// p += e rates q - frequency pulls p, and q in the same way with the old p. The sum of e squared.
double marquee_descend(
  float *users, float *movies, long stride, const struct marquee_ratings *ratings, const struct marquee_steps *steps);

/// sum[lane] = sum over `count` entries e of values[e] * base[rows[e] * stride + lane], for eight lanes.
void marquee_sum_rows(
  const float *base, long stride, const int *rows, const float *values, long count, float *sum);

/// The same for sixteen lanes.
void marquee_sum_wide_rows(
  const float *base, long stride, const int *rows, const float *values, long count, float *sum);

/// The sum of x[n] * y[n] over `count` numbers.
float marquee_dot(const float *x, const float *y, long count);

/// Overwrites b, `count` rows of eight lanes, by the solutions of U'Ux = b for the upper triangle U.
void marquee_solve_eight(const float *u, long stride, long count, float *b);

/// y += factor x over `count` numbers.
void marquee_add_times(float factor, const float *x, float *y, long count);

/// base[rows[e] * stride + lane] += values[e] * change[lane] for `count` entries e and eight lanes.
void marquee_add_to_rows(
  float *base, long stride, const int *rows, const float *values, long count, const float *change);

/// Fills `count` places, a multiple of 8, with standard normal numbers: the quantiles of the uniform numbers that the
/// `count` / 2 draws after `counter` of a counter-based generator with `key` make (SplitMix64; Wichura 1988, PPND7).
void marquee_normals(unsigned long long key, unsigned long long counter, float *target, long count);
