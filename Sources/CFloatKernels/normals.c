#include "CFloatKernels.h"

#pragma clang fp contract(off)

// Eight lanes; AVX2 has them in one register, elsewhere the compiler takes two.
typedef float lanes __attribute__((vector_size(32), aligned(4)));
typedef int ints __attribute__((vector_size(32), aligned(4)));
typedef unsigned words __attribute__((vector_size(32), aligned(4)));

#define INLINE static inline __attribute__((always_inline))
#define SPLAT(x) ((lanes){x, x, x, x, x, x, x, x})
#define CHOOSE(mask, yes, no) ((lanes)(((mask) & (ints)(yes)) | (~(mask) & (ints)(no))))

INLINE unsigned long long mix(unsigned long long z) {
  z += 0x9e3779b97f4a7c15ull;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

// The natural logarithm of positive normal numbers, as `NormalMath.logarithm` has it.
#define LOGARITHM(result, x)                                                                                           \
  {                                                                                                                    \
    const words bits = (words)(x);                                                                                     \
    lanes exponent = (lanes)((bits >> 23) | 0x4b000000u) - 8388735.0f;                                                 \
    lanes mantissa = (lanes)((bits & 0x007fffffu) | 0x3f800000u);                                                      \
    const ints isLarge = mantissa > 1.4142136f;                                                                        \
    mantissa = CHOOSE(isLarge, mantissa * 0.5f, mantissa);                                                             \
    exponent = CHOOSE(isLarge, exponent + 1.0f, exponent);                                                             \
    const lanes part = (mantissa - 1.0f) / (mantissa + 1.0f);                                                          \
    const lanes square = part * part;                                                                                  \
    lanes sum = SPLAT(0.2222222f);                                                                                     \
    sum = sum * square + 0.2857143f;                                                                                   \
    sum = sum * square + 0.4f;                                                                                         \
    sum = sum * square + 0.6666667f;                                                                                   \
    result = part * (sum * square + 2.0f) + exponent * 0.69314718f;                                                    \
  }

#define NORMALS(suffix, features)                                                                                      \
  features static void normals_##suffix(                                                                               \
    unsigned long long key, unsigned long long counter, float *target, long count) {                                   \
    for (long place = 0; place < count; place += 8) {                                                                  \
      words bits;                                                                                                      \
      for (int pair = 0; pair < 4; pair++) {                                                                           \
        const unsigned long long word = mix(key + ++counter * 0x9e3779b97f4a7c15ull);                                  \
        bits[2 * pair] = (unsigned)(word >> 41);                                                                       \
        bits[2 * pair + 1] = (unsigned)word >> 9;                                                                      \
      }                                                                                                                \
      const lanes p = (lanes)(bits | 0x3f800000u) - (1 - 0x1p-24f);                                                    \
      const lanes q = p - 0.5f;                                                                                        \
      const lanes r = 0.180625f - q * q;                                                                               \
      lanes above = r * 59.1093747f + 159.2911320f;                                                                    \
      above = above * r + 50.4342719f;                                                                                 \
      above = above * r + 3.38713272f;                                                                                 \
      lanes below = r * 67.1875636f + 78.7577577f;                                                                     \
      below = below * r + 17.8951695f;                                                                                 \
      below = below * r + 1.0f;                                                                                        \
      const lanes central = q * above / below;                                                                         \
      const ints isUpper = q > 0.0f;                                                                                   \
      const ints isLower = q < 0.0f;                                                                                   \
      lanes small = CHOOSE(isUpper, 1.0f - p, p);                                                                      \
      small = CHOOSE(small < 1.4e-11f, SPLAT(1.4e-11f), small);                                                        \
      small = CHOOSE(small > 0.5f, SPLAT(0.5f), small);                                                                \
      lanes s;                                                                                                         \
      LOGARITHM(s, small)                                                                                              \
      s = -s;                                                                                                          \
      s = __builtin_elementwise_sqrt(s);                                                                               \
      s = s - 1.6f;                                                                                                    \
      above = s * 0.170238211f + 1.30672848f;                                                                          \
      above = above * s + 2.75681539f;                                                                                 \
      above = above * s + 1.42343728f;                                                                                 \
      below = s * 0.12021133f + 0.737001642f;                                                                          \
      below = below * s + 1.0f;                                                                                        \
      lanes tail = above / below;                                                                                      \
      tail = CHOOSE(isLower, -tail, tail);                                                                             \
      const lanes magnitude = CHOOSE(isLower, -q, q);                                                                  \
      *(lanes *)(target + place) = CHOOSE(magnitude > 0.425f, tail, central);                                          \
    }                                                                                                                  \
  }

NORMALS(base, )
#if defined(__x86_64__)
NORMALS(avx2, __attribute__((target("avx2"))))
#endif

void marquee_normals(unsigned long long key, unsigned long long counter, float *target, long count) {
#if defined(__x86_64__)
  if (marquee_vector_bits()) {
    normals_avx2(key, counter, target, count);
    return;
  }
#endif
  normals_base(key, counter, target, count);
}
