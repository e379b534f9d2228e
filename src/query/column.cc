#include "query/column.h"

#include <bit>
#include <span>

#include "document/document_view.h"
#include "document/tensor_numbers.h"
#include "query/value_json.h"

namespace dam {
namespace {

using schema::Dtype;

bool is_absent(const FieldValue& value) {
  return value.kind == ValueKind::kMissing || value.kind == ValueKind::kNull;
}

bool fits_double(int64_t integer) {
  constexpr int64_t kLimit = int64_t{1} << 53;
  return integer >= -kLimit && integer <= kLimit;
}

bool needs_doubles(Dtype dtype) {
  return dtype == Dtype::F64 || dtype == Dtype::I32 || dtype == Dtype::U32;
}

bool is_wider_than_double(Dtype dtype) { return dtype == Dtype::I64 || dtype == Dtype::U64; }

size_t bytes_a_row(const Column& column) {
  switch (column.kind) {
    case ColumnKind::kInteger:
    case ColumnKind::kReal:
      return 8;
    case ColumnKind::kFloats:
      return static_cast<size_t>(column.width) * sizeof(float);
    case ColumnKind::kDoubles:
      return static_cast<size_t>(column.width) * sizeof(double);
    default:
      return 0;
  }
}

}  // namespace

void ColumnSurvey::note_numbers(uint64_t count, Seen seen) {
  const bool is_first = (seen_ & (kSingles | kWides)) == 0;
  if (!is_first && width_ != count) seen_ |= kOthers;
  width_ = count;
  seen_ |= seen;
}

void ColumnSurvey::note(const FieldValue& value) {
  switch (value.kind) {
    case ValueKind::kMissing:
    case ValueKind::kNull:
      return;
    case ValueKind::kInteger:
      seen_ |= kIntegers;
      integers_fit_ = integers_fit_ && fits_double(value.integer);
      return;
    case ValueKind::kReal:
      seen_ |= kReals;
      return;
    case ValueKind::kBoolean:
      seen_ |= kBooleans;
      return;
    case ValueKind::kText:
      seen_ |= kTexts;
      return;
    case ValueKind::kBytes:
      seen_ |= kByteStrings;
      return;
    case ValueKind::kNumbers:
      return note_numbers(value.numbers()->size(), kSingles);
    case ValueKind::kTensor: {
      const TensorView tensor = view_of(value.tensor());
      const bool is_plain = tensor.format == schema::TensorFormat::Dense;
      if (!is_plain || is_wider_than_double(tensor.dtype))
        seen_ |= kOthers;
      else
        note_numbers(tensor.values, needs_doubles(tensor.dtype) ? kWides : kSingles);
      return;
    }
    default:
      seen_ |= kOthers;
  }
}

Column ColumnSurvey::settle() const {
  struct Rule {
    uint32_t seen;
    ColumnKind kind;
  };
  static constexpr Rule kRules[] = {{0, ColumnKind::kEmpty},
                                    {kIntegers, ColumnKind::kInteger},
                                    {kReals, ColumnKind::kReal},
                                    {kBooleans, ColumnKind::kBoolean},
                                    {kTexts, ColumnKind::kText},
                                    {kByteStrings, ColumnKind::kBytes},
                                    {kSingles, ColumnKind::kFloats},
                                    {kWides, ColumnKind::kDoubles},
                                    {kSingles | kWides, ColumnKind::kDoubles}};
  Column column;
  column.kind = ColumnKind::kJson;
  for (const Rule& rule : kRules) {
    if (rule.seen == seen_) column.kind = rule.kind;
  }
  if (seen_ == (kIntegers | kReals) && integers_fit_) column.kind = ColumnKind::kReal;
  if (column.kind == ColumnKind::kFloats || column.kind == ColumnKind::kDoubles)
    column.width = static_cast<int64_t>(width_);
  return column;
}

ColumnFill::ColumnFill(Column* column, size_t rows) : column_(*column) {
  column_.null_count = 0;
  column_.validity.assign((rows + 7) / 8, 0);
  if (column_.has_offsets()) {
    column_.offsets.reserve(rows + 1);
    column_.offsets.push_back(0);
  }
  if (column_.kind == ColumnKind::kBoolean) column_.data.assign((rows + 7) / 8, 0);
  column_.data.reserve(rows * bytes_a_row(column_));
}

void ColumnFill::add(const FieldValue& value) {
  if (is_absent(value)) {
    ++column_.null_count;
    column_.data.resize(column_.data.size() + bytes_a_row(column_));
  } else {
    column_.validity[row_ / 8] |= static_cast<uint8_t>(1u << (row_ % 8));
    add_value(value);
  }
  if (column_.has_offsets()) column_.offsets.push_back(static_cast<int64_t>(column_.data.size()));
  ++row_;
}

void ColumnFill::add_value(const FieldValue& value) {
  switch (column_.kind) {
    case ColumnKind::kInteger:
      return add_number(value.integer);
    case ColumnKind::kReal:
      return add_number(value.kind == ValueKind::kReal ? value.real
                                                       : static_cast<double>(value.integer));
    case ColumnKind::kBoolean:
      column_.data[row_ / 8] |= static_cast<uint8_t>((value.integer != 0 ? 1u : 0u) << (row_ % 8));
      return;
    case ColumnKind::kFloats:
      return add_numbers<float>(value);
    case ColumnKind::kDoubles:
      return add_numbers<double>(value);
    case ColumnKind::kText:
    case ColumnKind::kBytes:
    case ColumnKind::kJson:
      return add_text(value);
    case ColumnKind::kEmpty:
      return;
  }
}

void ColumnFill::add_text(const FieldValue& value) {
  std::string_view text = value.text;
  if (column_.kind == ColumnKind::kJson) {
    json_.clear();
    append_value_json(value, &json_);
    text = json_;
  }
  column_.data.insert(column_.data.end(), text.begin(), text.end());
}

template <typename Number>
void ColumnFill::add_number(Number number) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(&number);
  column_.data.insert(column_.data.end(), bytes, bytes + sizeof number);
}

template <typename Number>
void ColumnFill::add_numbers(const FieldValue& value) {
  if (value.kind == ValueKind::kNumbers) {
    for (const float number : *value.numbers()) add_number(static_cast<Number>(number));
    return;
  }
  const TensorView tensor = view_of(value.tensor());
  const size_t before = column_.data.size();
  column_.data.resize(before + tensor.values * sizeof(Number));
  auto* to = reinterpret_cast<Number*>(column_.data.data() + before);
  copy_numbers(tensor, std::span<Number>(to, tensor.values));
}

}  // namespace dam
