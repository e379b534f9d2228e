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
#include <span>
#include <string_view>
#include <vector>

#include "document/document_builder.h"
#include "document/json_event.h"
#include "document/tag_table.h"

namespace dam {

class TagAssembler {
 public:
  explicit TagAssembler(DocumentBuffer* buffer) : buffer_(buffer), tables_(buffer) {}

  void reset();
  // The events of one value follow, for as long as active(). Its own table would be at this level
  // + 1, and none may be beyond kMaxDocumentLevels. A map that is kept open gets no table.
  void begin(uint32_t level, bool keep_map_open);
  bool active() const { return active_; }
  Status take(const JsonEvent& event);
  // The value, once not active.
  const TagEntry& result() const { return result_; }
  // What is in the map that was kept open, until the next begin().
  std::span<const TagEntry> open_map() const { return entries_; }
  TagTableBuilder& tables() { return tables_; }

 private:
  enum class Special : uint8_t { kNone, kBytes, kDouble, kDone };

  struct Frame {
    size_t first;  // its first entry
    std::string_view key;
    bool is_map;
    Special special;
  };

  Status take_key(std::string_view key);
  Status take_special(const JsonEvent& event);
  Status take_number(std::string_view number);
  Status open(bool is_map);
  Status close();
  void add(schema::TagKind kind, uint64_t value);

  DocumentBuffer* buffer_;
  TagTableBuilder tables_;
  std::vector<TagEntry> entries_;
  std::vector<Frame> frames_;
  std::vector<uint8_t> decoded_;
  TagEntry result_ = {};
  uint32_t level_ = 0;
  bool active_ = false;
  bool keep_map_open_ = false;
};

}  // namespace dam
