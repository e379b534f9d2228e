#include "query/value_size.h"

#include <algorithm>

#include "document/tag_view.h"

namespace dam {
namespace {

int64_t characters_in(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<uint8_t>(byte) & 0xC0) != 0x80;  // the first byte of a character
  });
}

}  // namespace

int64_t size_of_value(const FieldValue& value) {
  switch (value.kind) {
    case ValueKind::kText:
      return characters_in(value.text);
    case ValueKind::kBytes:
      return static_cast<int64_t>(value.text.size());
    case ValueKind::kList:
    case ValueKind::kMap:
      return tag_count(value.tags());
    case ValueKind::kNumbers:
      return value.numbers()->size();
    case ValueKind::kDocuments:
      return value.documents()->size();
    case ValueKind::kScores:
      return value.scores()->size();
    default:
      return -1;
  }
}

}  // namespace dam
