// What the tests of the index share: cmocka, a directory of their own, seeded numbers, ids.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "index/id_index.h"

// Last, for cmocka's macros have names that the library of the language uses too.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
extern "C" {
#include <cmocka.h>
}

namespace dam::test {

// A directory that goes with its contents when the object goes.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "dam-index-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
      all.push_back(entry.path().filename().string());
    return all;
  }

 private:
  std::string path_;
};

// DAM_TEST_SEED repeats a run; the seed of each is printed.
inline std::mt19937_64 seeded_random() {
  const char* wanted = std::getenv("DAM_TEST_SEED");
  const uint64_t seed =
      wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : std::random_device{}();
  std::printf("# seed %llu\n", static_cast<unsigned long long>(seed));
  return std::mt19937_64(seed);
}

inline std::vector<uint8_t> read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write_bytes(const std::string& path, const std::vector<uint8_t>& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
}

// Turns one bit of a file over, and back when called again.
inline void flip_bit(const std::string& path, uint64_t bit) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  const auto at = static_cast<std::streamoff>(bit / 8);
  file.seekg(at);
  const auto byte = static_cast<unsigned>(file.get()) ^ (1U << (bit % 8));
  file.seekp(at);
  file.put(static_cast<char>(byte));
}

// A hash as good as those of the store, different for each id.
inline uint64_t hash_of_id(uint64_t id) {
  uint64_t x = id + 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

// Slot s has the id s.
inline Status id_is_slot(uint64_t slot, std::vector<uint64_t>& out) {
  out.push_back(hash_of_id(slot));
  return {};
}

inline std::set<uint64_t> candidates(const IdIndex::View& view, uint64_t hash) {
  std::set<uint64_t> slots;
  const IdSearch end = view.find(hash, [&](uint64_t slot) {
    slots.insert(slot);
    return false;
  });
  assert_int_equal(static_cast<int>(end), static_cast<int>(IdSearch::kExhausted));
  return slots;
}

inline bool finds(const IdIndex::View& view, uint64_t hash, uint64_t slot) {
  return view.find(hash, [&](uint64_t found) { return found == slot; }) == IdSearch::kStopped;
}

inline IdIndex::Identity identity_in(const TemporaryDirectory& directory) {
  IdIndex::Identity identity;
  identity.directory = directory.path();
  identity.uuid = {1, 2, 3, 4, 5};
  identity.generation = 7;
  return identity;
}

inline IdStamp stamp_covering(uint64_t slots) {
  IdStamp stamp;
  stamp.uuid = {1, 2, 3, 4, 5};
  stamp.generation = 7;
  stamp.covered_slots = slots;
  stamp.covered_length = 4096 + 64 * slots;
  stamp.salt = 99;
  return stamp;
}

inline std::unique_ptr<IdIndex> open_index(const IdIndex::Identity& identity) {
  auto opened = IdIndex::open(identity);
  assert_true(opened.ok());
  return std::move(opened.value());
}

inline void assert_ok(const Status& status) {
  if (!status.ok()) print_error("%s\n", status.message());
  assert_true(status.ok());
}

// Inserts the ids of slots [first, end).
inline void insert_slots(IdIndex& index, uint64_t first, uint64_t end) {
  for (uint64_t slot = first; slot < end; ++slot) assert_ok(index.insert(hash_of_id(slot), slot));
}

// Freezes and folds, with a stamp that covers `slots`.
inline void checkpoint(IdIndex& index, uint64_t slots) {
  auto frozen = index.freeze(stamp_covering(slots));
  assert_true(frozen.ok() && frozen.value());
  assert_ok(index.fold(id_is_slot));
}

}  // namespace dam::test
