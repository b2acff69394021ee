/* Random numbers as a C author would take them: xoshiro256++ (Blackman and Vigna, 2019), ziggurats of 256 layers
 * (Marsaglia and Tsang, 2000), gamma by Marsaglia and Tsang. A sequence, unless compiled with KEYED: then they are
 * addressed by who draws them, for what and at which visit, as in the engine (Philox4x32-10; Salmon and others, 2011). */
#ifndef RANDOM_H
#define RANDOM_H
#include <math.h>
#include <stdint.h>

#ifdef KEYED
static uint32_t random_key[2], random_counter[4], random_block[4];
static int random_next = 4;

static inline void philox(void) {
  uint32_t c0 = random_counter[0], c1 = random_counter[1], c2 = random_counter[2], c3 = random_counter[3];
  uint32_t k0 = random_key[0], k1 = random_key[1];
  for (int round = 0; round < 10; round++) {
    const uint64_t a = (uint64_t)c0 * 0xd2511f53u, b = (uint64_t)c2 * 0xcd9e8d57u;
    c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)b;
    c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)a;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  random_block[0] = c0;
  random_block[1] = c1;
  random_block[2] = c2;
  random_block[3] = c3;
}

/* The draws that follow are those of somebody of a kind, for a purpose, at the nth visit. */
static inline void random_for(uint32_t who, uint32_t whose, uint32_t what, uint32_t visit) {
  random_counter[0] = who;
  random_counter[1] = whose;
  random_counter[2] = what;
  random_counter[3] = visit << 12;
  random_next = 4;
}

static inline uint64_t random_bits(void) {
  if (random_next == 4) {
    philox();
    random_counter[3]++;
    random_next = 0;
  }
  const uint64_t bits = random_block[random_next] | (uint64_t)random_block[random_next + 1] << 32;
  random_next += 2;
  return bits;
}
#else
static uint64_t random_state[4];

static inline void random_for(uint32_t who, uint32_t whose, uint32_t what, uint32_t visit) {
  (void)who, (void)whose, (void)what, (void)visit;
}

static inline uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t random_bits(void) {
  uint64_t *s = random_state;
  const uint64_t result = rotate(s[0] + s[3], 23) + s[0];
  const uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate(s[3], 45);
  return result;
}
#endif

static inline double uniform(void) { return ((random_bits() >> 12) + 0.5) * 0x1p-52; }

static double exponential_x[257], exponential_y[257], normal_x[257], normal_y[257];

static void random_begin(uint64_t seed) {
#ifdef KEYED
  random_key[0] = (uint32_t)seed;
  random_key[1] = (uint32_t)(seed >> 32);
#else
  for (int i = 0; i < 4; i++) { /* splitmix64 */
    uint64_t z = (seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    random_state[i] = z ^ (z >> 31);
  }
#endif
  const double er = 7.69711747013104972, ev = 0.0039496598225815571993;
  const double nr = 3.6541528853610088, nv = 0.00492867323399;
  exponential_x[0] = ev / exp(-er);
  exponential_x[1] = er;
  normal_x[0] = nv / exp(-0.5 * nr * nr);
  normal_x[1] = nr;
  for (int i = 2; i < 256; i++) {
    exponential_x[i] = -log(ev / exponential_x[i - 1] + exp(-exponential_x[i - 1]));
    normal_x[i] = sqrt(-2 * log(nv / normal_x[i - 1] + exp(-0.5 * normal_x[i - 1] * normal_x[i - 1])));
  }
  exponential_x[256] = normal_x[256] = 0;
  for (int i = 0; i <= 256; i++) {
    exponential_y[i] = exp(-exponential_x[i]);
    normal_y[i] = exp(-0.5 * normal_x[i] * normal_x[i]);
  }
}

static inline double exponential(void) {
  double offset = 0;
  for (;;) {
    const uint64_t bits = random_bits();
    const int layer = bits & 255;
    const double x = ((bits >> 12) + 0.5) * 0x1p-52 * exponential_x[layer];
    if (x < exponential_x[layer + 1]) return offset + x;
    if (layer == 0) {
      offset += 7.69711747013104972;
      continue;
    }
    if (exponential_y[layer] + uniform() * (exponential_y[layer + 1] - exponential_y[layer]) < exp(-x)) return offset + x;
  }
}

static inline double normal(void) {
  for (;;) {
    const uint64_t bits = random_bits();
    const int layer = bits & 255;
    const double sign = bits & 256 ? -1 : 1;
    const double x = ((bits >> 12) + 0.5) * 0x1p-52 * normal_x[layer];
    if (x < normal_x[layer + 1]) return sign * x;
    if (layer == 0) {
      for (;;) {
        const double a = -log(uniform()) / 3.6541528853610088, b = -log(uniform());
        if (b + b > a * a) return sign * (3.6541528853610088 + a);
      }
    }
    if (normal_y[layer] + uniform() * (normal_y[layer + 1] - normal_y[layer]) < exp(-0.5 * x * x)) return sign * x;
  }
}

/* Gamma with this shape, at least 1, and scale 1. */
static inline double gamma_of(double shape) {
  const double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
  for (;;) {
    const double x = normal(), t = 1 + c * x;
    if (t <= 0) continue;
    const double v = t * t * t, u = uniform(), square = x * x;
    if (u < 1 - 0.0331 * square * square) return d * v;
    if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
  }
}
#endif
