// The tables of tags: values of one list or map in, an offset in the builder out.
//
// Maps of the same keys (a list of like maps, most often) share one vector of them. What is shared
// counts on every use when a document is verified, so it is bounded: all shared uses together are
// at most as large as the document.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "document/document_builder.h"

namespace dam {

struct TagEntry {
  schema::TagKind kind;
  std::string_view key;  // of maps; good until the document is built
  uint64_t value;        // the bits of Int and Real; the offset of Text, Bytes, List and Map
};

class TagTableBuilder {
 public:
  explicit TagTableBuilder(DocumentBuffer* buffer) : buffer_(buffer) {}

  // Forgets the document before.
  void reset();
  Result<flatbuffers::uoffset_t> build_list(std::span<const TagEntry> entries);
  // Sorts the entries.
  Result<flatbuffers::uoffset_t> build_map(std::span<TagEntry> entries);
  // By their keys; fails if one is there twice.
  static Status sort(std::span<TagEntry> entries);

 private:
  static constexpr size_t kFields = 7;
  using Fields = std::array<flatbuffers::uoffset_t, kFields>;

  // Keys that were written for a map, in known_keys_.
  struct KeySet {
    size_t first = 0, count = 0;
    uint64_t bytes = 0;
    flatbuffers::uoffset_t vector = 0;
  };

  KeySet& place_of(std::span<const TagEntry> entries);
  bool share_keys(std::span<const TagEntry> entries, flatbuffers::uoffset_t* vector);
  Status write_keys(std::span<TagEntry> entries, flatbuffers::uoffset_t* vector);
  void write_values(std::span<const TagEntry> entries, Fields* fields);
  flatbuffers::uoffset_t write_numbers(std::span<const TagEntry> entries, schema::TagKind kind,
                                       size_t count);
  flatbuffers::uoffset_t write_parts(std::span<const TagEntry> entries, unsigned kinds,
                                     size_t count);
  flatbuffers::uoffset_t write_kinds(std::span<const TagEntry> entries);
  flatbuffers::uoffset_t write_table(const Fields& fields);
  flatbuffers::uoffset_t vtable_of(unsigned present);

  DocumentBuffer* buffer_;
  std::array<flatbuffers::uoffset_t, 1 << kFields> vtables_ = {};  // by the fields they have
  std::array<KeySet, 8> key_sets_ = {};                            // by a hash of the keys
  std::vector<std::string_view> known_keys_;
  std::vector<flatbuffers::uoffset_t> key_offsets_;  // of the map being written
  uint64_t shared_bytes_ = 0;
};

}  // namespace dam
