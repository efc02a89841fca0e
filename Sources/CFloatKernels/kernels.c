#include "CFloatKernels.h"

#pragma clang fp contract(off)

#if defined(__x86_64__)
#include <cpuid.h>

static int find_vector_bits(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  const unsigned fma = 1u << 12, osxsave = 1u << 27, avx = 1u << 28;
  if ((c & (fma | osxsave | avx)) != (fma | osxsave | avx)) return 0;
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0)); // which registers the system saves
  if ((low & 0x06) != 0x06) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  if (!(b & (1u << 5))) return 0; // AVX2
  const unsigned wide = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31; // AVX-512 F, DQ, BW, VL
  return (low & 0xe6) == 0xe6 && (b & wide) == wide ? 512 : 256;
}
#else
static int find_vector_bits(void) { return 0; }
#endif

int marquee_vector_bits(void) {
  static int bits = -1; // every thread finds the same
  int known = __atomic_load_n(&bits, __ATOMIC_RELAXED);
  if (known < 0) {
    known = find_vector_bits();
    __atomic_store_n(&bits, known, __ATOMIC_RELAXED);
  }
  return known;
}

// Lanes of N floats that need no alignment.
typedef float lanes4 __attribute__((vector_size(16), aligned(4)));
typedef float lanes8 __attribute__((vector_size(32), aligned(4)));
typedef float lanes16 __attribute__((vector_size(64), aligned(4)));

#define KERNEL static inline __attribute__((always_inline)) void

// One tile of C: 4 rows and `vectors` times the lanes of columns, kept in registers throughout.
#define TILE(name, lanes, vectors)                                                                                     \
  KERNEL name(const float *a, long rows, long stride, long top, long left, float *c) {                                 \
    lanes sums[4][vectors];                                                                                            \
    const long width = sizeof(lanes) / sizeof(float);                                                                  \
    for (int r = 0; r < 4; r++)                                                                                        \
      for (int v = 0; v < vectors; v++) sums[r][v] = *(const lanes *)(c + (top + r) * stride + left + v * width);      \
    for (long row = 0; row < rows; row++, a += stride)                                                                 \
      for (int v = 0; v < vectors; v++) {                                                                              \
        const lanes values = *(const lanes *)(a + left + v * width);                                                   \
        for (int r = 0; r < 4; r++) sums[r][v] += a[top + r] * values;                                                 \
      }                                                                                                                \
    for (int r = 0; r < 4; r++)                                                                                        \
      for (int v = 0; v < vectors; v++) *(lanes *)(c + (top + r) * stride + left + v * width) = sums[r][v];            \
  }

// `count` columns of the elimination of a pivot's row, kept in registers throughout.
#define STRIP(name, lanes, vectors)                                                                                    \
  KERNEL name(const float *u, long stride, long pivot, long first, float *row) {                                       \
    lanes sums[vectors];                                                                                               \
    const long width = sizeof(lanes) / sizeof(float);                                                                  \
    for (int v = 0; v < vectors; v++) sums[v] = *(const lanes *)(row + first + v * width);                             \
    for (long above = 0; above < pivot; above++, u += stride)                                                          \
      for (int v = 0; v < vectors; v++) sums[v] -= u[pivot] * *(const lanes *)(u + first + v * width);                 \
    for (int v = 0; v < vectors; v++) *(lanes *)(row + first + v * width) = sums[v];                                   \
  }

// How many rows ahead of the one in work memory is asked for.
#define AHEAD 12

static inline __attribute__((always_inline)) void fetch(const float *row, long stride) {
  for (long place = 0; place < stride; place += 16) __builtin_prefetch(row + place);
  __builtin_prefetch(row + stride - 1);
}

// Sums of `vectors` times eight columns of the chosen rows, kept in registers throughout.
#define SUMS(name, vectors)                                                                                            \
  KERNEL name(                                                                                                         \
    const float *rows, long stride, const int *chosen, long count, long following, long first, float *sums) {          \
    lanes8 values[vectors];                                                                                            \
    for (int v = 0; v < vectors; v++) values[v] = *(const lanes8 *)(sums + first + v * 8);                             \
    const long known = count + following;                                                                              \
    for (long index = 0; index < count; index++) {                                                                     \
      if (chosen && index + AHEAD < known) fetch(rows + chosen[index + AHEAD] * stride + first, vectors * 8);          \
      const float *row = rows + (chosen ? chosen[index] : index) * stride + first;                                     \
      for (int v = 0; v < vectors; v++) values[v] += *(const lanes8 *)(row + v * 8);                                   \
    }                                                                                                                  \
    for (int v = 0; v < vectors; v++) *(lanes8 *)(sums + first + v * 8) = values[v];                                   \
  }

static inline __attribute__((always_inline)) float product(const float *x, const float *y, long stride) {
  lanes8 low = {0}, high = {0};
  long place = 0;
  for (; place + 16 <= stride; place += 16) {
    low += *(const lanes8 *)(x + place) * *(const lanes8 *)(y + place);
    high += *(const lanes8 *)(x + place + 8) * *(const lanes8 *)(y + place + 8);
  }
  if (place < stride) low += *(const lanes8 *)(x + place) * *(const lanes8 *)(y + place);
  low += high;
  return ((low[0] + low[4]) + (low[2] + low[6])) + ((low[1] + low[5]) + (low[3] + low[7]));
}

static inline __attribute__((always_inline)) double descend(
  float *users, float *movies, long stride, const struct marquee_ratings *ratings, const struct marquee_steps *steps) {
  double sum = 0;
  for (long index = 0; index < ratings->count; index++) {
    if (index + 4 < ratings->count) {
      fetch(users + ratings->users[index + 4] * stride, stride);
      fetch(movies + ratings->movies[index + 4] * stride, stride);
    }
    const int user = ratings->users[index], movie = ratings->movies[index];
    float *const p = users + user * stride, *const q = movies + movie * stride;
    const float error = ratings->values[index] - product(p, q, stride);
    const float user_frequency = steps->user_frequencies[user], movie_frequency = steps->movie_frequencies[movie];
    sum += (double)(error * error);
    for (long place = 0; place < stride; place += 8) {
      const lanes8 x = *(const lanes8 *)(p + place), y = *(const lanes8 *)(q + place);
      *(lanes8 *)(p + place) = x + (error * *(const lanes8 *)(steps->user_rates + place) * y -
                                    user_frequency * *(const lanes8 *)(steps->user_pulls + place) * x);
      *(lanes8 *)(q + place) = y + (error * *(const lanes8 *)(steps->movie_rates + place) * x -
                                    movie_frequency * *(const lanes8 *)(steps->movie_pulls + place) * y);
    }
  }
  return sum;
}

SUMS(sums_1, 1)
SUMS(sums_3, 3)
SUMS(sums_4, 4)
SUMS(sums_8, 8)

TILE(tile_4x8, lanes4, 2)
TILE(tile_4x16, lanes4, 4)
TILE(tile_8x8, lanes8, 1)
TILE(tile_8x16, lanes8, 2)
TILE(tile_16x16, lanes16, 1)
TILE(tile_16x64, lanes16, 4)
STRIP(strip_4x8, lanes4, 2)
STRIP(strip_4x16, lanes4, 4)
STRIP(strip_8x8, lanes8, 1)
STRIP(strip_8x32, lanes8, 4)
STRIP(strip_16x16, lanes16, 1)
STRIP(strip_16x64, lanes16, 4)

// Sums of lanes of rows that are named one by one.
#define SUM_ROWS(name, features, lanes, vectors)                                                                       \
  features static void name(                                                                                           \
    const float *base, long stride, const int *rows, const float *values, long count, float *sum) {                    \
    lanes sums[vectors] = {{0}};                                                                                       \
    for (long e = 0; e < count; e++)                                                                                   \
      for (int v = 0; v < vectors; v++) sums[v] += values[e] * ((const lanes *)(base + rows[e] * stride))[v];          \
    for (int v = 0; v < vectors; v++) ((lanes *)sum)[v] = sums[v];                                                     \
  }

// Such sums, additions to eight lanes of such rows, and of a row times a factor to another.
#define ROWS(suffix, features, lanes, vectors)                                                                         \
  SUM_ROWS(sum_rows_##suffix, features, lanes, vectors)                                                                \
  SUM_ROWS(sum_wide_rows_##suffix, features, lanes, 2 * vectors)                                                       \
  features static void add_to_rows_##suffix(                                                                           \
    float *base, long stride, const int *rows, const float *values, long count, const float *change) {                 \
    for (long e = 0; e < count; e++)                                                                                   \
      for (int v = 0; v < vectors; v++) {                                                                              \
        lanes *row = (lanes *)(base + rows[e] * stride) + v;                                                           \
        *row += values[e] * ((const lanes *)change)[v];                                                                \
      }                                                                                                                \
  }                                                                                                                    \
  features static void add_times_##suffix(float factor, const float *x, float *y, long count) {                        \
    const long width = sizeof(lanes) / sizeof(float);                                                                  \
    long index = 0;                                                                                                    \
    for (; index + width <= count; index += width)                                                                     \
      *(lanes *)(y + index) += factor * *(const lanes *)(x + index);                                                   \
    for (; index < count; index++) y[index] += factor * x[index];                                                      \
  }

// A dot product in two sums of eight lanes, and the solution of U'Ux = b for eight b, one in each lane.
#define PRODUCTS(suffix, features)                                                                                     \
  features static float dot_##suffix(const float *x, const float *y, long count) {                                     \
    const long whole = count & ~7L;                                                                                    \
    float sum = product(x, y, whole);                                                                                  \
    for (long index = whole; index < count; index++) sum += x[index] * y[index];                                       \
    return sum;                                                                                                        \
  }                                                                                                                    \
  features static void solve_eight_##suffix(const float *u, long stride, long count, float *numbers) {                 \
    lanes8 *const b = (lanes8 *)numbers;                                                                               \
    for (long row = 0; row < count; row++) {                                                                           \
      const float *const factors = u + row * stride;                                                                   \
      const lanes8 x = b[row] / factors[row];                                                                          \
      b[row] = x;                                                                                                      \
      for (long next = row + 1; next < count; next++) b[next] -= factors[next] * x;                                    \
    }                                                                                                                  \
    for (long row = count - 1; row >= 0; row--) {                                                                      \
      const float *const factors = u + row * stride;                                                                   \
      lanes8 even = b[row], odd = {0};                                                                                 \
      long next = row + 1;                                                                                             \
      for (; next + 2 <= count; next += 2) {                                                                           \
        even -= factors[next] * b[next];                                                                               \
        odd -= factors[next + 1] * b[next + 1];                                                                        \
      }                                                                                                                \
      if (next < count) even -= factors[next] * b[next];                                                               \
      b[row] = (even + odd) / factors[row];                                                                            \
    }                                                                                                                  \
  }

// Scores are held against the limit 32 at a time, which compilers turn into comparisons of whole vectors.
#define SEARCH(suffix, features)                                                                                       \
  features static long first_above_##suffix(const float *scores, long first, long count, float limit) {                \
    long index = first;                                                                                                \
    for (; index + 32 <= count; index += 32) {                                                                         \
      int found = 0;                                                                                                   \
      for (int lane = 0; lane < 32; lane++) found |= scores[index + lane] > limit;                                     \
      if (found) break;                                                                                                \
    }                                                                                                                  \
    while (index < count && !(scores[index] > limit)) index++;                                                         \
    return index;                                                                                                      \
  }

// Both kernels for one kind of vector unit: tiles of `wide` columns, then of `middle`, then of 8.
#define VERSION(                                                                                                       \
  suffix, features, wide, wideTile, middle, middleTile, tile, wideColumns, wideStrip, middleStrip, strip)              \
  features static void add_gram_##suffix(const float *a, long rows, long stride, float *c) {                           \
    for (long top = 0; top < stride; top += 4) {                                                                       \
      long left = top & ~7L;                                                                                           \
      for (; left + wide <= stride; left += wide) wideTile(a, rows, stride, top, left, c);                             \
      for (; left + middle <= stride; left += middle) middleTile(a, rows, stride, top, left, c);                       \
      for (; left < stride; left += 8) tile(a, rows, stride, top, left, c);                                            \
    }                                                                                                                  \
  }                                                                                                                    \
  features static void eliminate_##suffix(                                                                             \
    const float *u, long stride, long pivot, long first, long columns, float *row) {                                   \
    const long end = first + columns;                                                                                  \
    for (; first + wideColumns <= end; first += wideColumns) wideStrip(u, stride, pivot, first, row);                  \
    for (; first + middle <= end; first += middle) middleStrip(u, stride, pivot, first, row);                          \
    for (; first < end; first += 8) strip(u, stride, pivot, first, row);                                               \
  }                                                                                                                    \
  features static void gather_##suffix(                                                                                \
    const float *rows, long stride, const int *chosen, long count, long following, float *target) {                    \
    const long known = count + following;                                                                              \
    for (long index = 0; index < count; index++, target += stride) {                                                   \
      if (index + AHEAD < known) fetch(rows + chosen[index + AHEAD] * stride, stride);                                 \
      const float *row = rows + chosen[index] * stride;                                                                \
      for (long place = 0; place < stride; place += 8)                                                                 \
        *(lanes8 *)(target + place) = *(const lanes8 *)(row + place);                                                  \
    }                                                                                                                  \
  }                                                                                                                    \
  features static double descend_##suffix(                                                                             \
    float *users, float *movies, long stride, const struct marquee_ratings *ratings,                                   \
    const struct marquee_steps *steps) {                                                                               \
    return descend(users, movies, stride, ratings, steps);                                                             \
  }                                                                                                                    \
  features static void add_rows_##suffix(                                                                              \
    const float *rows, long stride, const int *chosen, long count, long following, float *sums) {                      \
    long first = 0;                                                                                                    \
    for (; first + 64 <= stride; first += 64) sums_8(rows, stride, chosen, count, following, first, sums);             \
    for (; first + 32 <= stride; first += 32) sums_4(rows, stride, chosen, count, following, first, sums);             \
    for (; first + 24 <= stride; first += 24) sums_3(rows, stride, chosen, count, following, first, sums);             \
    for (; first < stride; first += 8) sums_1(rows, stride, chosen, count, following, first, sums);                    \
  }

VERSION(base, , 16, tile_4x16, 8, tile_4x8, tile_4x8, 16, strip_4x16, strip_4x8, strip_4x8)
ROWS(base, , lanes4, 2)
SEARCH(base, )
PRODUCTS(base, )
#if defined(__x86_64__)
#define FEATURES(list) __attribute__((target(list)))
VERSION(avx2, FEATURES("avx2"), 16, tile_8x16, 8, tile_8x8, tile_8x8, 32, strip_8x32, strip_8x8, strip_8x8)
VERSION(
  avx512, FEATURES("avx512f,avx512vl,avx512dq,avx512bw"), 64, tile_16x64, 16, tile_16x16, tile_8x8, 64, strip_16x64,
  strip_16x16, strip_8x8)
ROWS(avx2, FEATURES("avx2"), lanes8, 1)
SEARCH(avx2, FEATURES("avx2"))
PRODUCTS(avx2, FEATURES("avx2"))
#define PICK(call)                                                                                                     \
  switch (marquee_vector_bits()) {                                                                                     \
  case 512: return call(avx512);                                                                                       \
  case 256: return call(avx2);                                                                                         \
  default: return call(base);                                                                                          \
  }
#else
#define PICK(call) return call(base);
#endif

void marquee_add_gram(const float *a, long rows, long stride, float *c) {
#define CALL(suffix) add_gram_##suffix(a, rows, stride, c)
  PICK(CALL)
#undef CALL
}

void marquee_eliminate(const float *u, long stride, long pivot, long first, long columns, float *row) {
#define CALL(suffix) eliminate_##suffix(u, stride, pivot, first, columns, row)
  PICK(CALL)
#undef CALL
}

void marquee_gather(
  const float *rows, long stride, const int *chosen, long count, long following, float *target) {
#define CALL(suffix) gather_##suffix(rows, stride, chosen, count, following, target)
  PICK(CALL)
#undef CALL
}

void marquee_add_rows(
  const float *rows, long stride, const int *chosen, long count, long following, float *sums) {
#define CALL(suffix) add_rows_##suffix(rows, stride, chosen, count, following, sums)
  PICK(CALL)
#undef CALL
}

void marquee_add_all_rows(const float *rows, long stride, long count, float *sums) {
#define CALL(suffix) add_rows_##suffix(rows, stride, 0, count, 0, sums)
  PICK(CALL)
#undef CALL
}

double marquee_descend(
  float *users, float *movies, long stride, const struct marquee_ratings *ratings, const struct marquee_steps *steps) {
#define CALL(suffix) descend_##suffix(users, movies, stride, ratings, steps)
  PICK(CALL)
#undef CALL
}

// Eight lanes fill what AVX2 has: wider units add nothing.
#if defined(__x86_64__)
#define PICK_EIGHT(call)                                                                                               \
  if (marquee_vector_bits()) return call(avx2);                                                                        \
  return call(base);
#else
#define PICK_EIGHT(call) return call(base);
#endif

long marquee_first_above(const float *scores, long first, long count, float limit) {
#define CALL(suffix) first_above_##suffix(scores, first, count, limit)
  PICK_EIGHT(CALL)
#undef CALL
}

void marquee_sum_rows(
  const float *base, long stride, const int *rows, const float *values, long count, float *sum) {
#define CALL(suffix) sum_rows_##suffix(base, stride, rows, values, count, sum)
  PICK_EIGHT(CALL)
#undef CALL
}

float marquee_dot(const float *x, const float *y, long count) {
#define CALL(suffix) dot_##suffix(x, y, count)
  PICK_EIGHT(CALL)
#undef CALL
}

void marquee_solve_eight(const float *u, long stride, long count, float *b) {
#define CALL(suffix) solve_eight_##suffix(u, stride, count, b)
  PICK_EIGHT(CALL)
#undef CALL
}

void marquee_sum_wide_rows(
  const float *base, long stride, const int *rows, const float *values, long count, float *sum) {
#define CALL(suffix) sum_wide_rows_##suffix(base, stride, rows, values, count, sum)
  PICK_EIGHT(CALL)
#undef CALL
}

void marquee_add_times(float factor, const float *x, float *y, long count) {
#define CALL(suffix) add_times_##suffix(factor, x, y, count)
  PICK_EIGHT(CALL)
#undef CALL
}

void marquee_add_to_rows(
  float *base, long stride, const int *rows, const float *values, long count, const float *change) {
#define CALL(suffix) add_to_rows_##suffix(base, stride, rows, values, count, change)
  PICK_EIGHT(CALL)
#undef CALL
}
