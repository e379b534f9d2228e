// What a power cut may leave: file systems made from one whose pending changes arrived in part.
//
// Each of these is chosen independently: for every sector with pending writes, after how many of
// them, in order, it stands; for every file, which of its pending sizes; for every change of a
// name, whether it is there (a rename as a whole). Bytes of a grown file that did not arrive are
// zero.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "support/memory_file_system.h"

namespace dam::test {

struct CrashOptions {
  uint64_t seed = 1;
  uint64_t limit = 1024;
  // Changes of names reach the disk in order, as journals do it; else each one for itself.
  bool names_in_order = false;
};

// When the combinations number at most `limit` each is given once, less those that differ only in
// what nothing shows (bytes beyond the size, files without a name). Otherwise `limit` of them are
// drawn: the extremes first (nothing, everything, names and sizes without data, data without them),
// then each unit alone missing and alone present, then cuts in time with a few units out of order
// and independent draws of three densities. All follows from the seed.
// When the combinations number at most `limit` each is given once, less those that differ only in
// what nothing shows (bytes beyond the size, files without a name). Otherwise `limit` of them are
// drawn: the extremes first (nothing, everything, names and sizes without data, data without them),
// then each unit alone missing and alone present, then cuts in time with a few units out of order
// and independent draws of three densities. All follows from the seed.
class CrashImages {
 public:
  // `source` must outlive the object and stay as it is meanwhile.
  CrashImages(const MemoryFileSystem& source, const CrashOptions& options);

  // The next file system, with nothing pending; null when all were given.
  std::unique_ptr<MemoryFileSystem> next();

  uint64_t pending_units() const;
  bool is_exhaustive() const { return is_exhaustive_; }
  // The choices of the image given last, for messages: "body.bin sector 3: 1 of 2, ...".
  std::string description() const;
  // Gives that image again: the same choices, from `choices()`.
  const std::vector<uint32_t>& choices() const { return choices_; }
  std::unique_ptr<MemoryFileSystem> image_of(const std::vector<uint32_t>& choices);

 private:
  enum class Kind { kSector, kSize, kNames };
  // One independent choice: 0 is "nothing of it arrived", most() "all of it".
  struct Unit {
    Kind kind;
    NodePointer node;  // of sectors and sizes
    uint64_t place;    // sector number, or the first name change
    std::vector<uint64_t> orders;
    uint32_t most() const { return static_cast<uint32_t>(orders.size()); }
  };
  struct PendingFile {
    NodePointer node;
    size_t size_unit;                // index into units_, or kNone
    std::vector<size_t> patch_unit;  // for each patch, its sector's unit
    std::vector<uint32_t> patch_rank;
  };

  void collect_files();
  void collect_file(const NodePointer& node);
  void collect_names();
  void count_combinations();
  bool advance();
  void draw();
  void draw_extreme(uint64_t number);
  void draw_single(uint64_t number);
  void draw_cut_in_time();
  void draw_densely();
  uint64_t size_chosen(const PendingFile& file) const;
  const PendingFile* pending_file(const MemoryNode* node) const;
  std::unique_ptr<MemoryFileSystem> build(bool skip_twins);
  bool is_twin(const std::vector<const MemoryNode*>& reachable) const;

  const MemoryFileSystem& source_;
  CrashOptions options_;
  uint64_t random_state_;
  std::vector<Unit> units_;
  std::vector<PendingFile> files_;
  std::vector<uint32_t> choices_;
  uint64_t drawn_ = 0;
  bool is_exhaustive_ = true;
};

}  // namespace dam::test
