// Layout: a header page, a directory of 16 bytes a leaf, then the leaves, each 640 bytes.
//
//   header     0 magic 8 | 8 version u32 | 12 salt u32 | 16 uuid 16 | 32 generation u64
//              40 covered_length u64 | 48 newest_delete u64 | 56 dead_count u64 | 64 leaf_count u64
//              72 crc of the directory u32 | zeros | 4092 crc of bytes 0..4091 u32
//   directory  0 leaf number u32 | 4 dead count u32 | 8 crc of the leaf u32 | 12 zero u32;
//   ascending leaves     at the next multiple of 64, in the order of the directory
#include "index/position_base.h"

#include <cstring>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "platform/file.h"

namespace dam {
namespace {

constexpr uint8_t kMagic[8] = {0x89, 'D', 'P', 'O', '\r', '\n', 0x1A, '\n'};
constexpr uint32_t kVersion = 1;
constexpr size_t kHeaderSize = 4096;
constexpr size_t kCrcAt = kHeaderSize - 4;
constexpr size_t kDirectoryEntry = 16;
constexpr uint64_t kMostLeaves = PositionTree::kCapacity / PositionLeaf::kSlots;
constexpr size_t kWriteSize = size_t{1} << 20;

uint64_t leaves_at(uint64_t leaf_count) {
  return round_up(kHeaderSize + leaf_count * kDirectoryEntry, 64);
}

uint64_t file_size(uint64_t leaf_count) {
  return leaves_at(leaf_count) + leaf_count * sizeof(PositionLeaf);
}

void encode_header(uint8_t* page, const PositionStamp& stamp, Bytes directory) {
  std::memcpy(page, kMagic, sizeof kMagic);
  store<uint32_t>(page + 8, kVersion);
  store<uint32_t>(page + 12, stamp.salt);
  std::memcpy(page + 16, stamp.uuid.data(), stamp.uuid.size());
  store<uint64_t>(page + 32, stamp.generation);
  store<uint64_t>(page + 40, stamp.covered_length);
  store<uint64_t>(page + 48, stamp.newest_delete);
  store<uint64_t>(page + 56, stamp.dead_count);
  store<uint64_t>(page + 64, directory.size() / kDirectoryEntry);
  store<uint32_t>(page + 72, crc32c(0, directory.data(), directory.size()));
  store<uint32_t>(page + kCrcAt, crc32c(0, page, kCrcAt));
}

PositionStamp decode_stamp(const uint8_t* page) {
  PositionStamp stamp;
  stamp.salt = load<uint32_t>(page + 12);
  std::memcpy(stamp.uuid.data(), page + 16, stamp.uuid.size());
  stamp.generation = load<uint64_t>(page + 32);
  stamp.covered_length = load<uint64_t>(page + 40);
  stamp.newest_delete = load<uint64_t>(page + 48);
  stamp.dead_count = load<uint64_t>(page + 56);
  return stamp;
}

Status damaged(const std::string& path, const char* what) {
  return Status::error(Code::kCorrupt, "%s of %s differs from its checksum or form", what,
                       path.c_str());
}

Status write_leaves(const File& file, uint64_t offset, const PositionTree& tree) {
  std::vector<uint8_t> pending;
  pending.reserve(kWriteSize + sizeof(PositionLeaf));
  Status outcome;
  const auto flush = [&] {
    if (outcome.ok()) outcome = file.write(offset, pending);
    offset += pending.size();
    pending.clear();
  };
  tree.visit_leaves([&](uint64_t, const PositionLeaf& leaf) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(&leaf);
    pending.insert(pending.end(), bytes, bytes + sizeof leaf);
    if (pending.size() >= kWriteSize) flush();
  });
  flush();
  return outcome;
}

Status write_whole(const std::string& path, const PositionStamp& stamp, const PositionTree& tree) {
  std::vector<uint8_t> directory;
  tree.visit_leaves([&](uint64_t number, const PositionLeaf& leaf) {
    const size_t at = directory.size();
    directory.resize(at + kDirectoryEntry);
    store<uint32_t>(&directory[at], static_cast<uint32_t>(number));
    store<uint32_t>(&directory[at + 4], leaf.dead_count());
    store<uint32_t>(&directory[at + 8], crc32c(0, &leaf, sizeof leaf));
  });
  std::vector<uint8_t> front(leaves_at(directory.size() / kDirectoryEntry));
  encode_header(front.data(), stamp, directory);
  if (!directory.empty())
    std::memcpy(front.data() + kHeaderSize, directory.data(), directory.size());
  DAM_ASSIGN(File file, File::create(path));
  DAM_TRY(file.write(0, front));
  DAM_TRY(write_leaves(file, front.size(), tree));
  return file.sync();
}

}  // namespace

Status write_position_base(const std::string& path, const PositionStamp& stamp,
                           const PositionTree& tree) {
  PositionStamp full = stamp;
  full.dead_count = tree.dead_count();
  const std::string temporary = path + ".new";
  DAM_TRY(remove_file(temporary));
  Status written = write_whole(temporary, full, tree);
  if (written.ok()) written = rename_file(temporary, path);
  // The outcome of the write is what counts; a leftover is removed by the next attempt.
  if (!written.ok()) static_cast<void>(remove_file(temporary));
  return written;
}

Result<PositionBase> PositionBase::open(const std::string& path) {
  DAM_ASSIGN(const File file, File::open(path, Access::kRead));
  DAM_ASSIGN(const uint64_t size, file.size());
  if (size < kHeaderSize) return damaged(path, "header");
  DAM_ASSIGN(Mapping mapping, Mapping::map(file, size, size));
  const uint8_t* page = mapping.data();
  if (std::memcmp(page, kMagic, sizeof kMagic) != 0 || load<uint32_t>(page + 8) != kVersion ||
      load<uint32_t>(page + kCrcAt) != crc32c(0, page, kCrcAt))
    return damaged(path, "header");
  const uint64_t leaf_count = load<uint64_t>(page + 64);
  if (leaf_count > kMostLeaves || size != file_size(leaf_count)) return damaged(path, "size");
  if (load<uint32_t>(page + 72) != crc32c(0, page + kHeaderSize, leaf_count * kDirectoryEntry))
    return damaged(path, "directory");
  PositionBase base;
  base.path_ = path;
  base.stamp_ = decode_stamp(page);
  base.leaf_count_ = leaf_count;
  base.mapping_ = std::make_shared<const Mapping>(std::move(mapping));
  return base;
}

Result<PositionTree> PositionBase::tree() const {
  const uint8_t* entry = mapping_->data() + kHeaderSize;
  const uint8_t* bytes = mapping_->data() + leaves_at(leaf_count_);
  PositionTree::Editor editor{PositionTree()};
  uint64_t least = 0;
  for (uint64_t i = 0; i < leaf_count_; ++i) {
    const uint64_t number = load<uint32_t>(entry);
    const auto* leaf = reinterpret_cast<const PositionLeaf*>(bytes);
    if (number < least || number >= kMostLeaves) return damaged(path_, "directory");
    if (load<uint32_t>(entry + 8) != crc32c(0, leaf, sizeof *leaf) ||
        load<uint32_t>(entry + 4) != leaf->dead_count())
      return damaged(path_, "leaf");
    editor.adopt(number, std::shared_ptr<const PositionLeaf>(mapping_, leaf));
    least = number + 1;
    entry += kDirectoryEntry;
    bytes += sizeof *leaf;
  }
  if (editor.dead_count() != stamp_.dead_count) return damaged(path_, "directory");
  return editor.finish();
}

}  // namespace dam
