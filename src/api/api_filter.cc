// Making filters: from JSON, and condition by condition.
#include <utility>
#include <vector>

#include "api/arguments.h"
#include "api/boundary.h"
#include "api/filter_object.h"

using dam::Filter;
using dam::Result;
using dam::Status;

namespace dam {
namespace {

Status not_taken(int32_t operation) {
  return Status::error(Code::kInvalidArgument, "operation %d is none that this call takes",
                       operation);
}

Result<FieldPath> take_path(const char* path, size_t size) {
  std::string_view text;
  DAM_TRY(take_text(path, size, "path", text));
  return FieldPath::parse(text);
}

// The comparison of an operation; kUnequal ones are made of kEqual.
Result<Comparison> take_comparison(int32_t operation) {
  switch (operation) {
    case DAM_FILTER_EQ:
    case DAM_FILTER_NE:
      return Comparison::kEqual;
    case DAM_FILTER_LT:
      return Comparison::kLess;
    case DAM_FILTER_LTE:
      return Comparison::kLessOrEqual;
    case DAM_FILTER_GT:
      return Comparison::kGreater;
    case DAM_FILTER_GTE:
      return Comparison::kGreaterOrEqual;
    default:
      return not_taken(operation);
  }
}

Filter negated_if(bool negated, Filter filter) {
  return negated ? filter_negated(std::move(filter)) : filter;
}

Result<Filter> compared(FieldPath path, int32_t operation, FilterOperand operand) {
  DAM_ASSIGN(const Comparison comparison, take_comparison(operation));
  return negated_if(operation == DAM_FILTER_NE,
                    filter_compare(std::move(path), comparison, std::move(operand)));
}

Result<Filter> integer_filter(FieldPath path, int32_t operation, int64_t integer) {
  const bool is_flag = integer == 0 || integer == 1;
  FilterOperand operand;
  operand.kind = ValueKind::kInteger;
  operand.integer = integer;
  switch (operation) {
    case DAM_FILTER_EXISTS:
      if (!is_flag) break;
      return negated_if(integer == 0, filter_exists(std::move(path)));
    case DAM_FILTER_BOOLEAN:
      if (!is_flag) break;
      operand.kind = ValueKind::kBoolean;
      return filter_compare(std::move(path), Comparison::kEqual, std::move(operand));
    case DAM_FILTER_SIZE:
      if (integer < 0) break;
      return filter_size(std::move(path), integer);
    default:
      return compared(std::move(path), operation, std::move(operand));
  }
  return Status::error(Code::kInvalidArgument, "operation %d does not take %lld", operation,
                       static_cast<long long>(integer));
}

Result<Filter> string_filter(FieldPath path, int32_t operation, std::string_view string) {
  if (operation == DAM_FILTER_REGEX || operation == DAM_FILTER_MATCH) {
    const bool at_start = operation == DAM_FILTER_MATCH;
    DAM_ASSIGN(TextPattern pattern,
               TextPattern::compile(string, at_start ? TextPattern::Anchor::kAtStart
                                                     : TextPattern::Anchor::kAnywhere));
    return filter_pattern(std::move(path), std::move(pattern));
  }
  if ((operation & DAM_FILTER_FIELD) == 0) {
    FilterOperand operand;
    operand.kind = ValueKind::kText;
    operand.text = string;
    return compared(std::move(path), operation, std::move(operand));
  }
  const int32_t plain = operation - DAM_FILTER_FIELD;
  DAM_ASSIGN(const Comparison comparison, take_comparison(plain));
  DAM_ASSIGN(FieldPath other, FieldPath::parse(string));
  return negated_if(plain == DAM_FILTER_NE,
                    filter_compare_fields(std::move(path), comparison, std::move(other)));
}

Result<Filter> joined(int32_t operation, const dam_filter* first, const dam_filter* second) {
  const bool takes_two = operation == DAM_FILTER_AND || operation == DAM_FILTER_OR;
  if (!takes_two && operation != DAM_FILTER_NOT) return not_taken(operation);
  DAM_TRY(require(first, "first"));
  if (!takes_two && second != nullptr)
    return Status::error(Code::kInvalidArgument, "second is to be NULL with DAM_FILTER_NOT");
  if (!takes_two) return filter_negated(first->tree);
  DAM_TRY(require(second, "second"));
  const FilterStep step = operation == DAM_FILTER_AND ? FilterStep::kAnd : FilterStep::kOr;
  return filter_joined(step, {first->tree, second->tree});
}

Status hand_out_filter(Result<Filter> made, dam_filter** out_filter) {
  if (!made.ok()) return std::move(made).status();
  *out_filter = new dam_filter{std::move(made.value())};
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_filter_parse(const char* json, size_t json_size, dam_filter** out_filter) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_filter, "out_filter"));
    std::string_view text;
    DAM_TRY(dam::take_text(json, json_size, "json", text));
    return dam::hand_out_filter(dam::parse_filter(text), out_filter);
  });
}

dam_status dam_filter_integer(const char* path, size_t path_size, int32_t operation,
                              int64_t integer, dam_filter** out_filter) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_filter, "out_filter"));
    DAM_ASSIGN(dam::FieldPath field, dam::take_path(path, path_size));
    return dam::hand_out_filter(dam::integer_filter(std::move(field), operation, integer),
                                out_filter);
  });
}

dam_status dam_filter_number(const char* path, size_t path_size, int32_t operation, double number,
                             dam_filter** out_filter) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_filter, "out_filter"));
    DAM_ASSIGN(dam::FieldPath field, dam::take_path(path, path_size));
    dam::FilterOperand operand;
    operand.kind = dam::ValueKind::kReal;
    operand.real = number;
    return dam::hand_out_filter(dam::compared(std::move(field), operation, std::move(operand)),
                                out_filter);
  });
}

dam_status dam_filter_string(const char* path, size_t path_size, int32_t operation,
                             const char* string, size_t string_size, dam_filter** out_filter) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_filter, "out_filter"));
    DAM_ASSIGN(dam::FieldPath field, dam::take_path(path, path_size));
    std::string_view text;
    DAM_TRY(dam::take_text(string, string_size, "string", text));
    return dam::hand_out_filter(dam::string_filter(std::move(field), operation, text), out_filter);
  });
}

dam_status dam_filter_join(int32_t operation, const dam_filter* first, const dam_filter* second,
                           dam_filter** out_filter) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_filter, "out_filter"));
    return dam::hand_out_filter(dam::joined(operation, first, second), out_filter);
  });
}

dam_status dam_filter_tags(const char* json, size_t json_size, int32_t operation, int64_t integer,
                           dam_filter** out_filter) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_filter, "out_filter"));
    std::string_view text;
    DAM_TRY(dam::take_text(json, json_size, "json", text));
    DAM_ASSIGN(const dam::Comparison comparison, dam::take_comparison(operation));
    DAM_ASSIGN(std::vector<Filter> parts, dam::parse_tag_patterns(text));
    Filter tally = dam::filter_tally(std::move(parts), comparison, integer);
    return dam::hand_out_filter(dam::negated_if(operation == DAM_FILTER_NE, std::move(tally)),
                                out_filter);
  });
}

void dam_filter_free(dam_filter* filter) { delete filter; }
