// The two files of one generation, and the windows on them that everything reads through.
//
// ArrayFiles owns descriptors, superblock and seed; ArrayMaps the maps, which are replaced by
// larger ones when a file outgrows them while the old ones live on for whoever holds pointers into
// them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "format/check_seed.h"
#include "format/commit_point.h"
#include "format/superblock.h"
#include "platform/file.h"
#include "platform/mapping.h"

namespace dam {

std::string header_path(const std::string& directory);
std::string body_path(const std::string& directory);
std::string lock_path(const std::string& directory);
// Where a prune builds the next generation.
std::string new_header_path(const std::string& directory);
std::string new_body_path(const std::string& directory);

class ArrayFiles {
 public:
  // NOT_FOUND when neither file is there; CORRUPT when they are no pair. Of a generation whose
  // header is in place and whose body is not yet, the body is taken where it was built; with
  // kReadWrite it is put in place: the caller holds the writer's lock.
  static Result<std::shared_ptr<const ArrayFiles>> open(const std::string& directory,
                                                        Access access);
  // The pair that a prune has built, known by the names it will bear.
  static Result<std::shared_ptr<const ArrayFiles>> open_new(const std::string& directory);
  // The same for a pair of files without names.
  static Result<std::shared_ptr<const ArrayFiles>> share(const std::string& directory,
                                                         const File& header, const File& body);

  const File& header() const { return header_; }
  const File& body() const { return body_; }
  const Superblock& superblock() const { return superblock_; }
  const CheckSeed& seed() const { return seed_; }
  const FileIdentity& identity() const { return identity_; }  // of header.bin
  // Whether they have no names, and go with the process.
  bool are_temporary() const { return header_.is_temporary(); }
  // Whether open() put the body in place that a crash had left beside it.
  bool was_rolled_forward() const { return was_rolled_forward_; }

 private:
  struct Pair;
  static Status open_pair(const std::string& directory, Access access, Pair& out);
  static Status roll_forward(const std::string& directory);
  static Result<bool> names_moved(const std::string& directory, const Pair& pair);
  static Result<std::shared_ptr<const ArrayFiles>> hold(const std::string& directory, Pair&& pair,
                                                        bool was_rolled_forward);

  File header_;
  File body_;
  Superblock superblock_;
  CheckSeed seed_;
  FileIdentity identity_;
  bool was_rolled_forward_ = false;
};

struct MapOptions {
  uint64_t window_bytes = 0;  // at least; four times the file where that is more
  // What is needed to find and copy documents is read by system calls, and what is used from the
  // maps is brought into memory first: a file that was cut off answers IO.
  bool safe_reads = false;
  // The system is not to read ahead.
  bool random_reads = false;
};

class ArrayMaps {
 public:
  static Result<std::shared_ptr<const ArrayMaps>> map(std::shared_ptr<const ArrayFiles> files,
                                                      const MapOptions& options);

  bool reads_safely() const { return reads_safely_; }
  // By system calls; IO when a file ends early or cannot be read.
  Status read_header(uint64_t offset, MutableBytes to) const;
  Status read_body(uint64_t offset, MutableBytes to) const;
  // For safe reads only: before bytes of the body are used from the map.
  Status prefault_body(uint64_t offset, uint64_t count) const;

  const ArrayFiles& files() const { return *files_; }
  const std::shared_ptr<const ArrayFiles>& shared_files() const { return files_; }
  const uint8_t* header() const { return header_.data(); }
  const uint8_t* body() const { return body_.data(); }
  // The whole commit point with the greater sequence of a pair, if any is whole.
  struct PlacedPoint {
    CommitPoint point;
    size_t index = 0;  // which of the pair
  };
  std::optional<PlacedPoint> newest_checkpoint() const { return newest_of(kCheckpointAt); }
  std::optional<PlacedPoint> newest_publication() const { return newest_of(kPublicationAt); }

  // The open commit of writers that take turns; 0: none.
  uint64_t open_commit() const;

  // Whether files of these sizes lie inside the windows.
  bool cover(uint64_t header_size, uint64_t body_size) const {
    return header_size <= header_.size() && body_size <= body_.size();
  }

 private:
  std::optional<PlacedPoint> newest_of(const std::array<uint64_t, 2>& places) const;

  std::shared_ptr<const ArrayFiles> files_;
  Mapping header_;
  Mapping body_;
  bool reads_safely_ = false;
};

// Makes an empty array in an existing directory: both files built aside, synced, put in place body
// first, so that a crash leaves no header without its body. The caller holds the writer's lock, and
// syncs the names before the first commit.
Status create_array_files(const std::string& directory, const Superblock& superblock,
                          uint32_t salt);
// The same without names, for a temporary array; they lie in the parent of `directory`, which is
// only what messages call the array.
Result<std::shared_ptr<const ArrayFiles>> create_temporary_files(const std::string& directory,
                                                                 const Superblock& superblock,
                                                                 uint32_t salt);

}  // namespace dam
