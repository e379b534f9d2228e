#include "document/tag_draft.h"

#include <bit>
#include <cinttypes>
#include <utility>

#include "document/verify_document.h"
#include "document/verify_place.h"

namespace dam {
namespace {

using flatbuffers::uoffset_t;
using schema::TagKind;

Status no_elements(std::string_view part) {
  return Status::error(Code::kInvalidArgument, "path leads to \"%s\" in a value without elements",
                       printable(part).c_str());
}

// An element to replace, or the place behind the last.
Result<TagNode*> list_place(TagNode* list, std::string_view part) {
  const auto index = index_of_part(part);
  if (!index)
    return Status::error(Code::kInvalidArgument, "path leads to \"%s\" in a list",
                         printable(part).c_str());
  if (*index > list->elements.size())
    return Status::error(Code::kOutOfRange, "path leads to element %u of a list of %zu", *index,
                         list->elements.size());
  if (*index == list->elements.size()) list->elements.emplace_back();
  return &list->elements[*index];
}

// The node at a path, as far as it is there already; nullptr if it is not.
TagNode* find_node(TagNode* root, std::span<const std::string> path) {
  for (const std::string& part : path) {
    if (root->kind == TagKind::Map) {
      auto found = root->members.find(part);
      if (found == root->members.end()) return nullptr;
      root = &found->second;
      continue;
    }
    const auto index = index_of_part(part);
    if (root->kind != TagKind::List || !index || *index >= root->elements.size()) return nullptr;
    root = &root->elements[*index];
  }
  return root;
}

// Whether put_tag can succeed, before it changes anything.
Status check_way(const TagNode* node, std::span<const std::string> path) {
  for (const std::string& part : path) {
    if (node->kind == TagKind::Map) {
      auto found = node->members.find(part);
      if (found == node->members.end()) return {};
      node = &found->second;
      continue;
    }
    if (node->kind != TagKind::List) return no_elements(part);
    const auto index = index_of_part(part);
    if (!index || *index >= node->elements.size()) return {};  // list_place tells the rest
    node = &node->elements[*index];
  }
  return {};
}

Result<TagEntry> build_entry(DocumentBuffer* buffer, TagTableBuilder* tables, const TagNode& node) {
  TagEntry entry = {node.kind, {}, node.bits};
  switch (node.kind) {
    case TagKind::Text:
      DAM_TRY(check_room(*buffer, node.bytes.size()));
      entry.value = buffer->add_text(node.bytes);
      break;
    case TagKind::Bytes: {
      DAM_TRY(check_room(*buffer, node.bytes.size()));
      const Bytes bytes = as_bytes(node.bytes);
      auto vector = buffer->CreateVector(bytes.data(), bytes.size());
      entry.value = schema::CreateBuffer(*buffer, vector).o;
      break;
    }
    case TagKind::List:
    case TagKind::Map: {
      DAM_ASSIGN(entry.value, build_tags(buffer, tables, node));
      break;
    }
    default:
      break;
  }
  return entry;
}

}  // namespace

TagNode tag_node_of(const TagValue& value) {
  TagNode node;
  node.kind = value.kind;
  if (value.kind == TagKind::Int) node.bits = static_cast<uint64_t>(value.integer);
  if (value.kind == TagKind::Real) node.bits = std::bit_cast<uint64_t>(value.real);
  if (value.kind == TagKind::Text) node.bytes = value.text;
  if (value.kind == TagKind::Bytes) node.bytes = as_text(value.bytes);
  if (value.nested == nullptr) return node;
  for (TagWalk walk(value.nested); !walk.done();) {
    if (walk.has_keys()) {
      std::string key(walk.key());
      node.members.emplace_hint(node.members.end(), std::move(key), tag_node_of(walk.next()));
    } else {
      node.elements.push_back(tag_node_of(walk.next()));
    }
  }
  return node;
}

Status put_tag(TagNode* root, std::span<const std::string> path, TagNode value) {
  if (path.empty()) return Status::error(Code::kInvalidArgument, "path is empty");
  if (path.size() >= kMaxDocumentLevels)
    return Status::error(Code::kInvalidArgument, "path has %zu parts, the limit is %" PRIu32,
                         path.size(), kMaxDocumentLevels - 1);
  DAM_TRY(check_way(root, path));
  // A list can still refuse, but then nothing was made: lists are only met where all is there.
  for (const std::string& part : path) {
    if (root->kind == TagKind::List) {
      DAM_ASSIGN(root, list_place(root, part));
    } else {
      root = &root->members[part];
    }
    if (root->kind == TagKind::Null && &part != &path.back()) root->kind = TagKind::Map;
  }
  *root = std::move(value);
  return {};
}

Status remove_tag(TagNode* root, std::span<const std::string> path) {
  if (path.empty()) return Status::error(Code::kInvalidArgument, "path is empty");
  TagNode* around = find_node(root, path.first(path.size() - 1));
  if (around == nullptr || find_node(around, path.last(1)) == nullptr) return Status::absent();
  if (around->kind == TagKind::Map) {
    around->members.erase(path.back());
  } else {
    const auto index = static_cast<ptrdiff_t>(*index_of_part(path.back()));
    around->elements.erase(around->elements.begin() + index);
  }
  return {};
}

void merge_tags(TagNode* into, TagNode&& from) {
  if (into->kind != TagKind::Map || from.kind != TagKind::Map) {
    *into = std::move(from);
    return;
  }
  for (auto& [key, value] : from.members) {
    auto found = into->members.find(key);
    if (found == into->members.end())
      into->members.emplace(key, std::move(value));
    else
      merge_tags(&found->second, std::move(value));
  }
}

Result<uoffset_t> build_tags(DocumentBuffer* buffer, TagTableBuilder* tables, const TagNode& node) {
  std::vector<TagEntry> entries;
  entries.reserve(node.members.size() + node.elements.size());
  for (const TagNode& element : node.elements) {
    DAM_ASSIGN(const TagEntry entry, build_entry(buffer, tables, element));
    entries.push_back(entry);
  }
  for (const auto& [key, member] : node.members) {
    DAM_ASSIGN(TagEntry entry, build_entry(buffer, tables, member));
    entry.key = key;
    entries.push_back(entry);
  }
  return node.kind == TagKind::Map ? tables->build_map(entries) : tables->build_list(entries);
}

}  // namespace dam
