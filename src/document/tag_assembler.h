// Tags out of JSON events: any value becomes a TagEntry, whose nested parts are in the builder.
//
// FlatBuffers are built from the leaves up, so entries wait on one stack until their map or list
// ends; nesting is a stack as well, and recursion is not needed.
//
// What JSON has no spelling for is an object with one member: {"$bytes": "<base64>"} for bytes and
// {"$double": "NaN"} for a number that is not finite. A real key of that form, with any number of
// dollars, has one more of them in JSON.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "document/document_generated.h"
#include "document/json_event.h"

namespace dam {

struct TagEntry {
  schema::TagKind kind;
  flatbuffers::uoffset_t key;   // offset of the key's string, 0 in lists
  flatbuffers::uoffset_t part;  // of Text, Bytes, List, Map
  int64_t integer;              // of Int
  double real;                  // of Real
};

class TagAssembler {
 public:
  explicit TagAssembler(flatbuffers::FlatBufferBuilder* builder) : builder_(builder) {}

  void reset();
  // The events of one value follow, for as long as active(). The value is nested below `level`
  // levels and may reach kMaxDocumentLevels.
  void begin(uint32_t level);
  bool active() const { return active_; }
  Status take(const JsonEvent& event);
  // The value, once not active.
  const TagEntry& result() const { return result_; }

  // The table of these entries, which it may reorder.
  Result<flatbuffers::uoffset_t> build(TagEntry* entries, size_t count, bool is_map);
  // The entries of a map built before; its keys and parts are used again.
  void append_entries(flatbuffers::uoffset_t map, std::vector<TagEntry>* out) const;
  flatbuffers::uoffset_t make_key(std::string_view key);
  // The string at an offset of the builder.
  std::string_view text_at(flatbuffers::uoffset_t offset) const;

 private:
  enum class Special : uint8_t { kNone, kBytes, kDouble, kDone };

  struct Frame {
    size_t first;  // its first entry
    flatbuffers::uoffset_t key;
    bool is_map;
    Special special;
  };

  Status take_key(std::string_view key);
  Status take_special(const JsonEvent& event);
  Status take_number(std::string_view number);
  Status open(bool is_map);
  Status close();
  void add(TagEntry entry);
  void add_part(schema::TagKind kind, flatbuffers::uoffset_t part);
  flatbuffers::uoffset_t build_texts(const TagEntry* entries, size_t count);
  template <typename Member, typename Kinds>
  flatbuffers::uoffset_t build_vector(const TagEntry* entries, size_t count, Kinds kinds,
                                      Member member);

  flatbuffers::FlatBufferBuilder* builder_;
  std::vector<TagEntry> entries_;
  std::vector<Frame> frames_;
  std::vector<uint8_t> decoded_;
  TagEntry result_ = {};
  uint32_t level_ = 0;
  bool active_ = false;
};

}  // namespace dam
