#include "document/json_tree.h"

#include <algorithm>

#include "document/verify_document.h"

namespace dam {
namespace {

// A level of documents is an object in a list; what else nests takes one level each.
constexpr size_t kMostOpen = size_t{2} * kMaxDocumentLevels + 64;

}  // namespace

Status JsonTree::take(const JsonEvent& event) {
  if (event.step == JsonStep::kKey) {
    key_ = event.text;
    return {};
  }
  if (event.ends()) {
    const uint32_t ended = open_.back().node;
    open_.pop_back();
    return event.step == JsonStep::kEndObject ? check_members(ended) : Status();
  }
  const auto node = static_cast<uint32_t>(nodes_.size());
  nodes_.push_back({event.step, key_, event.text});
  if (!open_.empty()) {
    Open& around = open_.back();
    uint32_t& link = around.last == kNone ? nodes_[around.node].first : nodes_[around.last].next;
    link = node;
    around.last = node;
  }
  if (!event.starts()) return {};
  if (open_.size() == kMostOpen)
    return Status::error(Code::kInvalidArgument, "values are nested deeper than %zu levels",
                         kMostOpen);
  open_.push_back({node});
  return {};
}

Status JsonTree::check_members(uint32_t object) {
  std::vector<std::string_view> keys;
  for (uint32_t i = nodes_[object].first; i != kNone; i = nodes_[i].next)
    keys.push_back(nodes_[i].key);
  std::sort(keys.begin(), keys.end());
  const auto twice = std::adjacent_find(keys.begin(), keys.end());
  return twice == keys.end() ? Status() : repeated_member(*twice);
}

}  // namespace dam
