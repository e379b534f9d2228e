// A document out of JSON events, in the caller's builder.
//
// The table of a document can be built only after those of its chunks and matches, but these take
// defaults (parent_id, granularity, adjacency) from it, wherever its members stand in the text. So
// every document stays a record in a list, in the order they start, until the text ends; then one
// pass forward hands the defaults down and one backward builds the tables. Nothing recurses.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "document/document_builder.h"
#include "document/document_table.h"
#include "document/json_event.h"
#include "document/score_assembler.h"
#include "document/tag_assembler.h"
#include "document/tensor_assembler.h"

namespace dam {

class DocumentAssembler {
 public:
  DocumentAssembler(DocumentBuffer* builder, bool unknown_to_tags)
      : builder_(builder),
        tags_(builder),
        tensor_(builder),
        scores_(builder),
        unknown_to_tags_(unknown_to_tags) {}

  void reset();
  Status take(const JsonEvent& event);
  // Whether the bytes can break a rule of documents. All that is not seen to here is the rules of
  // tensors, and levels where unknown members become tags.
  bool needs_verification() const { return needs_verification_; }
  // After the last event: the offset of the root's table.
  Result<flatbuffers::uoffset_t> finish();

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Children {
    uint32_t first = kNone, last = kNone;
  };

  struct Record {
    DocumentTable table;
    uint32_t seen = 0;  // fields, by bit
    uint32_t parent = kNone, next_sibling = kNone;
    uint32_t level = 1, child_count = 0;
    bool is_match = false;
    Children chunks, matches;
    std::string_view id;
    uint32_t first_tag = kNone;  // in pending_tags_, if tags and unknown members are merged
    bool has_open_tags = false;  // the table of the tags is built at the end
  };

  enum class State : uint8_t { kMembers, kValue, kDocuments, kLocation };

  // A document whose end has not come.
  struct Open {
    uint32_t record;
    uint32_t field;
    State state;
  };

  struct PendingTag {
    TagEntry entry;
    uint32_t next;
  };

  Status take_part(const JsonEvent& event);
  Status take_key(std::string_view key);
  Status take_value(const JsonEvent& event);
  Status take_text(const JsonEvent& event);
  Status take_bytes(const JsonEvent& event);
  Status take_number(const JsonEvent& event);
  Status take_location(const JsonEvent& event);
  Status take_documents(const JsonEvent& event);
  Status start_document();
  Status end_document();
  Status end_tag();
  void add_pending_tag(Record& record, const TagEntry& entry);
  void set(uint32_t value);
  std::string_view field_name() const;

  void inherit(Record& record);
  Status build_tags(Record& record);
  void build_children(Record& record, uint32_t field, const Children& children);

  DocumentBuffer* builder_;
  TagAssembler tags_;
  TensorAssembler tensor_;
  ScoreAssembler scores_;
  bool unknown_to_tags_;
  std::vector<Record> records_;
  std::vector<flatbuffers::uoffset_t> tables_;  // of records_, while they are built
  std::vector<Open> open_;
  std::vector<PendingTag> pending_tags_;
  std::vector<TagEntry> merged_;
  std::vector<float> location_;
  std::vector<uint8_t> decoded_;
  std::vector<flatbuffers::uoffset_t> children_;
  std::string_view unknown_key_;  // of the tag being read, if an unknown member
  bool needs_verification_ = false;
};

}  // namespace dam
