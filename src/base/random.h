// Numbers that look random and are the same everywhere: docs/random.md has every step of it.
//
// xoshiro256** (Blackman and Vigna), its state from splitmix64. Not for secrets, and not for what
// must differ between two runs: the seed is the caller's.
#pragma once

#include <bit>
#include <cstdint>

namespace dam {

class Random {
 public:
  explicit Random(uint64_t seed) {
    for (uint64_t& word : state_) word = split(seed);
  }

  uint64_t next() {
    const uint64_t answer = std::rotl(state_[1] * 5, 7) * 9;
    const uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return answer;
  }

  // One of 0 .. bound - 1, each as likely as the others. `bound` is 1 or more; for 1 nothing is
  // drawn.
  // Why not a multiplication (Lemire): it needs 128 bits, which the languages above do not have.
  uint64_t below(uint64_t bound) {
    if (bound <= 1) return 0;
    const int unused_bits = std::countl_zero(bound - 1);
    uint64_t draw = next() >> unused_bits;
    while (draw >= bound) draw = next() >> unused_bits;
    return draw;
  }

 private:
  static uint64_t split(uint64_t& seed) {
    seed += 0x9e3779b97f4a7c15;
    uint64_t mixed = seed;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }

  uint64_t state_[4];
};

}  // namespace dam
