// Which rows of a block are meant, as bits: a filter narrows them down, word by word.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace dam {

class BlockRows {
 public:
  static constexpr size_t kMost = 1024;

  BlockRows() = default;
  // The first `count` rows.
  explicit BlockRows(size_t count) {
    for (size_t word = 0; word < kWords; ++word) {
      const size_t before = word * 64;
      if (count >= before + 64)
        words_[word] = ~uint64_t{0};
      else if (count > before)
        words_[word] = (uint64_t{1} << (count - before)) - 1;
    }
  }

  void add(size_t row) { words_[row / 64] |= uint64_t{1} << (row % 64); }

  size_t count() const {
    size_t total = 0;
    for (const uint64_t word : words_) total += static_cast<size_t>(std::popcount(word));
    return total;
  }
  bool none() const {
    for (const uint64_t word : words_) {
      if (word != 0) return false;
    }
    return true;
  }

  // Keeps the rows that `meets` says yes to, ascending.
  template <typename Meets>
  void keep_if(Meets&& meets) {
    for (size_t word = 0; word < kWords; ++word) {
      uint64_t kept = words_[word];
      for (uint64_t left = kept; left != 0; left &= left - 1) {
        const auto bit = static_cast<size_t>(std::countr_zero(left));
        if (!meets(word * 64 + bit)) kept ^= uint64_t{1} << bit;
      }
      words_[word] = kept;
    }
  }

  // Calls visit(row) for each, ascending.
  template <typename Visit>
  void each(Visit&& visit) const {
    for (size_t word = 0; word < kWords; ++word) {
      for (uint64_t left = words_[word]; left != 0; left &= left - 1)
        visit(word * 64 + static_cast<size_t>(std::countr_zero(left)));
    }
  }

  BlockRows& operator|=(const BlockRows& other) {
    for (size_t word = 0; word < kWords; ++word) words_[word] |= other.words_[word];
    return *this;
  }
  // Takes away the rows of `other`.
  BlockRows& operator-=(const BlockRows& other) {
    for (size_t word = 0; word < kWords; ++word) words_[word] &= ~other.words_[word];
    return *this;
  }

 private:
  static constexpr size_t kWords = kMost / 64;
  std::array<uint64_t, kWords> words_ = {};
};

}  // namespace dam
