#include "query/split.h"

#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <unordered_map>

#include "document/document_view.h"
#include "query/field_value.h"
#include "query/record_scan.h"
#include "query/sample.h"

namespace dam {
namespace {

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

// The same bytes for values that are equal, others for others; nothing for what is no single value.
class GroupKey {
 public:
  std::optional<std::string_view> of(const FieldValue& value) {
    switch (value.kind) {
      case ValueKind::kNull:
        return key_of(value.kind, {});
      case ValueKind::kBoolean:
      case ValueKind::kInteger:
        return number_key(value.kind, value.integer);
      case ValueKind::kReal:
        return real_key(value.real);
      case ValueKind::kText:
      case ValueKind::kBytes:
        return key_of(value.kind, value.text);
      default:
        return std::nullopt;
    }
  }

 private:
  std::string_view key_of(ValueKind kind, std::string_view content) {
    key_.assign(1, static_cast<char>(kind));
    key_.append(content);
    return key_;
  }
  template <typename T>
  std::string_view number_key(ValueKind kind, T number) {
    return key_of(kind, {reinterpret_cast<const char*>(&number), sizeof number});
  }
  std::string_view real_key(double real) {
    constexpr double kLimit = 9223372036854775808.0;
    if (std::isnan(real)) real = std::numeric_limits<double>::quiet_NaN();
    const bool is_integer = real >= -kLimit && real < kLimit && std::trunc(real) == real;
    if (is_integer) return number_key(ValueKind::kInteger, static_cast<int64_t>(real));
    return number_key(ValueKind::kReal, real);
  }

  std::string key_;
};

// Brings rows in order of position into the order of their groups, by counting.
GroupedPositions in_groups(const GroupedPositions& rows, size_t group_count) {
  std::vector<size_t> next(group_count + 1);
  for (const int64_t group : rows.groups) ++next[static_cast<size_t>(group) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  GroupedPositions ordered;
  ordered.positions.resize(rows.positions.size());
  ordered.groups.resize(rows.groups.size());
  for (size_t row = 0; row < rows.positions.size(); ++row) {
    const size_t at = next[static_cast<size_t>(rows.groups[row])]++;
    ordered.positions[at] = rows.positions[row];
    ordered.groups[at] = rows.groups[row];
  }
  return ordered;
}

}  // namespace

Result<GroupedPositions> split_by_path(const View& view, std::string_view path) {
  DAM_ASSIGN(const FieldPath parsed, FieldPath::parse(path));
  std::unordered_map<std::string, int64_t, TextHash, std::equal_to<>> numbers;
  FieldPath::Hints hints = parsed.hints();
  GroupKey key;
  GroupedPositions rows;
  DAM_TRY(scan_records(view, [&](int64_t position, Bytes document) -> Status {
    const auto content = key.of(parsed.read(document_root(document), &hints));
    if (!content) return {};
    auto found = numbers.find(*content);
    if (found == numbers.end())
      found = numbers.emplace(*content, static_cast<int64_t>(numbers.size())).first;
    rows.positions.push_back(position);
    rows.groups.push_back(found->second);
    return {};
  }));
  return in_groups(rows, numbers.size());
}

Result<GroupedPositions> split_by_size(int64_t total, int64_t size, std::optional<uint64_t> seed) {
  if (size < 1)
    return Status::error(Code::kInvalidArgument, "portion_size is %lld",
                         static_cast<long long>(size));
  GroupedPositions rows;
  rows.positions.resize(static_cast<size_t>(total));
  std::iota(rows.positions.begin(), rows.positions.end(), int64_t{0});
  rows.groups = rows.positions;
  for (int64_t& group : rows.groups) group /= size;
  if (!seed) return rows;
  DAM_ASSIGN(rows.positions, shuffle_positions(total, *seed));
  return rows;
}

}  // namespace dam
