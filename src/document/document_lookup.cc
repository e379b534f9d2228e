#include "document/document_lookup.h"

#include "document/document_view.h"

namespace dam {

using schema::TagKind;

std::optional<TagValue> find_tag_at(const schema::Tags* tags, std::span<const std::string> parts) {
  if (!tags) return std::nullopt;
  TagValue value;
  value.kind = tags->keys() ? TagKind::Map : TagKind::List;
  value.nested = tags;
  for (const std::string& part : parts) {
    std::optional<TagValue> below;
    if (value.kind == TagKind::Map) below = find_tag(value.nested, part);
    if (value.kind == TagKind::List) {
      const auto index = index_of_part(part);
      if (index && *index < tag_count(value.nested)) below = tag_at(value.nested, *index);
    }
    if (!below) return std::nullopt;
    value = *below;
  }
  return value;
}

const schema::NamedScore* find_score(const ScoreVector* scores, std::string_view name) {
  uint32_t low = 0;
  uint32_t high = scores ? scores->size() : 0;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const int order = as_view(scores->Get(middle)->name()).compare(name);
    if (order == 0) return scores->Get(middle);
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return nullptr;
}

const schema::NamedScore* find_score_at(const ScoreVector* scores,
                                        std::span<const std::string> parts) {
  if (parts.empty()) return nullptr;
  const schema::NamedScore* score = find_score(scores, parts.front());
  for (const std::string& part : parts.subspan(1)) {
    if (!score) return nullptr;
    const auto index = index_of_part(part);
    const ScoreVector* operands = score->operands();
    score = index && operands && *index < operands->size() ? operands->Get(*index) : nullptr;
  }
  return score;
}

}  // namespace dam
