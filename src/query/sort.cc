#include "query/sort.h"

#include <algorithm>
#include <compare>
#include <numeric>

#include "document/document_view.h"
#include "query/field_value.h"
#include "query/record_scan.h"
#include "query/value_order.h"

namespace dam {
namespace {

// Where values of a kind stand; those of one place are compared by value.
enum class Place : uint8_t { kBoolean, kNumber, kText, kBytes, kWithoutOrder, kMissing };

struct Entry {
  FieldValue value;  // points into the view
  int64_t position;
  Place place;
};

Place place_of(const FieldValue& value) {
  switch (value.kind) {
    case ValueKind::kMissing:
      return Place::kMissing;
    case ValueKind::kBoolean:
      return Place::kBoolean;
    case ValueKind::kInteger:
      return Place::kNumber;
    case ValueKind::kReal:
      return value.real == value.real ? Place::kNumber : Place::kWithoutOrder;
    case ValueKind::kText:
      return Place::kText;
    case ValueKind::kBytes:
      return Place::kBytes;
    default:
      return Place::kWithoutOrder;
  }
}

// Whether `a` comes before `b`.
class Before {
 public:
  explicit Before(bool descending) : descending_(descending) {}

  bool operator()(const Entry& a, const Entry& b) const {
    const bool is_turned = descending_ && std::max(a.place, b.place) < Place::kWithoutOrder;
    if (a.place != b.place) return is_turned ? a.place > b.place : a.place < b.place;
    if (a.place < Place::kWithoutOrder) {
      const std::partial_ordering order = order_of_values(a.value, b.value);
      if (order != 0) return is_turned ? order > 0 : order < 0;
    }
    return a.position < b.position;
  }

 private:
  bool descending_;
};

std::vector<int64_t> by_position(const View& view, const SortChoices& choices, size_t wanted) {
  std::vector<int64_t> positions(wanted);
  const auto last = static_cast<int64_t>(view.count()) - 1;
  std::iota(positions.begin(), positions.end(), int64_t{0});
  if (choices.descending)
    for (int64_t& position : positions) position = last - position;
  return positions;
}

}  // namespace

Result<std::vector<int64_t>> sort_positions(const View& view, const SortChoices& choices) {
  const uint64_t count = view.count();
  const size_t wanted =
      choices.limit < 0 ? count : std::min(count, static_cast<uint64_t>(choices.limit));
  if (choices.path.empty()) return by_position(view, choices, wanted);
  DAM_ASSIGN(const FieldPath path, FieldPath::parse(choices.path));
  FieldPath::Hints hints = path.hints();
  std::vector<Entry> entries;
  entries.reserve(count);
  DAM_TRY(scan_records(view, [&](int64_t position, Bytes document) -> Status {
    const FieldValue value = path.read(document_root(document), &hints);
    entries.push_back({value, position, place_of(value)});
    return {};
  }));
  const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(wanted);
  if (middle == entries.end())
    std::sort(entries.begin(), middle, Before(choices.descending));
  else
    std::partial_sort(entries.begin(), middle, entries.end(), Before(choices.descending));
  std::vector<int64_t> positions;
  positions.reserve(wanted);
  for (auto entry = entries.begin(); entry != middle; ++entry) positions.push_back(entry->position);
  return positions;
}

}  // namespace dam
