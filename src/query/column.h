// A column of values, one for each row, laid out as Apache Arrow has it.
//
// Which type a column gets, its values say: a survey sees them all first, then the column is filled
// in a second pass, at its final size. docs/select.md has the rule.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/status.h"
#include "query/field_value.h"

namespace dam {

// The numbers are those of dam.h.
enum class ColumnKind : int32_t {
  kEmpty = 0,  // no row has a value
  kInteger = 1,
  kReal = 2,
  kBoolean = 3,
  kText = 4,
  kBytes = 5,
  kFloats = 6,  // `width` of them a row
  kDoubles = 7,
  kJson = 8
};

struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::kEmpty;
  int64_t width = 0;  // values a row of kFloats and kDoubles
  int64_t null_count = 0;
  std::vector<uint8_t> validity;  // a bit a row, the lowest first; set where there is a value
  std::vector<int64_t> offsets;   // of kText, kBytes, kJson: one more than rows
  std::vector<uint8_t> data;

  bool has_offsets() const {
    return kind == ColumnKind::kText || kind == ColumnKind::kBytes || kind == ColumnKind::kJson;
  }
};

class ColumnSurvey {
 public:
  void note(const FieldValue& value);

  // An empty column of the type that all values noted fit into.
  Column settle() const;

 private:
  enum Seen : uint32_t {
    kIntegers = 1,
    kReals = 2,
    kBooleans = 4,
    kTexts = 8,
    kByteStrings = 16,
    kSingles = 32,  // dense tensors whose numbers a float holds
    kWides = 64,
    kOthers = 128
  };

  void note_numbers(uint64_t count, Seen seen);

  uint32_t seen_ = 0;
  bool integers_fit_ = true;  // each is a double too
  uint64_t width_ = 0;
};

// Fills a settled column, in the order of rows.
class ColumnFill {
 public:
  ColumnFill(Column* column, size_t rows);

  void add(const FieldValue& value);

 private:
  void add_value(const FieldValue& value);
  void add_text(const FieldValue& value);
  template <typename Number>
  void add_number(Number number);
  template <typename Number>
  void add_numbers(const FieldValue& value);

  Column& column_;
  size_t row_ = 0;
  std::string json_;
};

}  // namespace dam
