// Tags that change: a tree with memory of its own, made from stored tags or from nothing.
//
// Nesting is bounded by kMaxDocumentLevels wherever a value is put in, so functions may recurse.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "document/dotted_path.h"
#include "document/tag_table.h"
#include "document/tag_view.h"

namespace dam {

struct TagNode {
  schema::TagKind kind = schema::TagKind::Null;
  uint64_t bits = 0;  // of Int and Real
  std::string bytes;  // of Text and Bytes
  std::map<std::string, TagNode, std::less<>> members;
  std::vector<TagNode> elements;
};

TagNode tag_node_of(const TagValue& value);

// Puts a value at a path below a map. Maps on the way are made where nothing is; an element of a
// list is replaced, or appended if the index is the number of elements. kInvalidArgument where the
// path leads through a value that has no elements, kOutOfRange for an index beyond.
Status put_tag(TagNode* root, std::span<const std::string> path, TagNode value);

// kNotFound without a text if the path leads nowhere. Later elements of a list move up.
Status remove_tag(TagNode* root, std::span<const std::string> path);

// Maps are merged, every other value of `from` takes the place of what is there.
void merge_tags(TagNode* into, TagNode&& from);

// The table of a map or list.
Result<flatbuffers::uoffset_t> build_tags(DocumentBuffer* buffer, TagTableBuilder* tables,
                                          const TagNode& node);

}  // namespace dam
