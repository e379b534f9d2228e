// Nested lists must be regular: all lists of a depth equally long, all numbers at one depth. What
// else must hold (bytes against shape, coordinates) is verification's to say, but for the length
// of the data, which the text at hand explains better.
#include "document/tensor_assembler.h"

#include <algorithm>
#include <cinttypes>
#include <limits>

#include "document/base64.h"
#include "document/document_view.h"
#include "document/json_number.h"
#include "document/verify_place.h"

namespace dam {
namespace {

using schema::Dtype;

constexpr uint32_t kUnknown = UINT32_MAX;
constexpr size_t kMaxDimensions = 64;
constexpr std::string_view kMembers[] = {"data",  "dtype", "format",    "indices",
                                         "scale", "shape", "zero_point"};

template <typename T>
void append_bytes(T value, std::vector<uint8_t>* out) {
  const auto* from = reinterpret_cast<const uint8_t*>(&value);
  out->insert(out->end(), from, from + sizeof value);
}

template <typename T>
bool append_integer(std::string_view number, std::vector<uint8_t>* out) {
  if constexpr (std::is_same_v<T, uint64_t>) {
    auto value = parse_uint64(number);
    if (value) append_bytes(*value, out);
    return value.has_value();
  } else {
    auto value = parse_int64(number);
    if (!value || *value < std::numeric_limits<T>::min() || *value > std::numeric_limits<T>::max())
      return false;
    append_bytes(static_cast<T>(*value), out);
    return true;
  }
}

bool append_bool(std::string_view value, std::vector<uint8_t>* out) {
  bool is_true = value == "true" || value == "1";
  if (!is_true && value != "false" && value != "0") return false;
  append_bytes(static_cast<uint8_t>(is_true), out);
  return true;
}

// The value of a float: a number, or one of the strings for what is none.
bool append_float(Dtype dtype, std::string_view number, std::vector<uint8_t>* out) {
  auto special = parse_non_finite(number);
  if (dtype == Dtype::F32) {
    auto value = special ? static_cast<float>(*special) : parse_float(number);
    if (value) append_bytes(*value, out);
    return value.has_value();
  }
  auto value = special ? special : parse_double(number);
  if (!value) return false;
  if (dtype == Dtype::F64)
    append_bytes(*value, out);
  else
    append_bytes(dtype == Dtype::F16 ? f16_of_double(*value) : bf16_of_double(*value), out);
  return true;
}

}  // namespace

void TensorAssembler::begin(std::string_view member) {
  name_ = member;
  active_ = true;
  is_object_ = data_is_list_ = false;
  seen_ = 0;
  member_ = Member::kNone;
  depth_ = leaf_depth_ = 0;
  parts_.clear();
  numbers_.clear();
  lengths_.clear();
  counts_.clear();
}

Status TensorAssembler::take(const JsonEvent& event) {
  if (depth_ > 0) return take_list(event);
  if (is_object_) {
    if (event.step == JsonStep::kKey) return take_key(event.text);
    return event.step == JsonStep::kEndObject ? finish() : take_member(event);
  }
  if (event.step == JsonStep::kStartObject) {
    is_object_ = true;
    return {};
  }
  if (event.step != JsonStep::kStartArray)
    return wrong_json(name_, "a tensor (an object or a list of numbers)", event);
  member_ = Member::kData;
  return start_list();
}

Status TensorAssembler::take_key(std::string_view key) {
  const auto* found = std::find(std::begin(kMembers), std::end(kMembers), key);
  if (found == std::end(kMembers)) return unknown_member(key, "a tensor");
  member_ = static_cast<Member>(found - std::begin(kMembers));
  if (has(member_)) return repeated_member(key);
  seen_ |= 1u << static_cast<unsigned>(member_);
  return {};
}

Status TensorAssembler::take_member(const JsonEvent& event) {
  bool is_string = event.step == JsonStep::kString, is_list = event.step == JsonStep::kStartArray;
  switch (member_) {
    case Member::kData:
      if (is_list) return start_list();
      if (is_string && decode_base64(event.text, &parts_.data)) return {};
      return wrong_json("data", "base64 in a string, or a list of numbers", event);
    case Member::kShape:
    case Member::kIndices:
      if (is_list) return start_list();
      return wrong_json(kMembers[static_cast<size_t>(member_)], "a list of integers", event);
    case Member::kDtype: {
      auto dtype = is_string ? dtype_named(event.text) : std::nullopt;
      if (!dtype) return wrong_json("dtype", "the name of a dtype", event);
      parts_.dtype = *dtype;
      return {};
    }
    case Member::kFormat: {
      auto format = is_string ? format_named(event.text) : std::nullopt;
      if (!format) return wrong_json("format", "dense, coo, csr, csc or bsr", event);
      parts_.format = *format;
      return {};
    }
    case Member::kScale: {
      auto scale = event.step == JsonStep::kNumber ? parse_float(event.text) : std::nullopt;
      if (!scale) return wrong_json("scale", "a number", event);
      parts_.scale = *scale;
      return {};
    }
    default: {
      auto zero = event.step == JsonStep::kNumber ? parse_int64(event.text) : std::nullopt;
      if (!zero || *zero != static_cast<int32_t>(*zero))
        return wrong_json("zero_point", "an integer of 32 bits", event);
      parts_.zero_point = static_cast<int32_t>(*zero);
      return {};
    }
  }
}

Status TensorAssembler::take_list(const JsonEvent& event) {
  if (event.step == JsonStep::kStartArray && member_ != Member::kShape) return start_list();
  if (event.step == JsonStep::kEndArray) return end_list();
  if (member_ == Member::kShape) return take_count(&parts_.shape, event);
  if (member_ == Member::kIndices) return take_count(&parts_.indices, event);
  return take_data_element(event);
}

Status TensorAssembler::take_count(std::vector<uint32_t>* to, const JsonEvent& event) {
  auto value = event.step == JsonStep::kNumber ? parse_int64(event.text) : std::nullopt;
  if (!value || *value < 0 || *value > UINT32_MAX) {
    return wrong_json(kMembers[static_cast<size_t>(member_)], "integers from 0 to 4294967295",
                      event);
  }
  to->push_back(static_cast<uint32_t>(*value));
  return {};
}

Status TensorAssembler::take_data_element(const JsonEvent& event) {
  switch (event.step) {
    case JsonStep::kTrue:
      numbers_.push_back("true");
      break;
    case JsonStep::kFalse:
      numbers_.push_back("false");
      break;
    case JsonStep::kNumber:
    case JsonStep::kString:
      numbers_.push_back(event.text);
      break;
    default:
      return wrong_json(name_, "lists of numbers", event);
  }
  if (leaf_depth_ == 0) leaf_depth_ = depth_;
  if (leaf_depth_ != depth_) {
    return Status::error(Code::kInvalidArgument, "%s mixes numbers and lists",
                         printable(name_).c_str());
  }
  return count_element();
}

Status TensorAssembler::count_element() {
  uint32_t limit = lengths_[depth_ - 1];
  if (++counts_[depth_ - 1] <= limit) return {};
  return Status::error(Code::kInvalidArgument, "%s has lists of unequal length (%u, then more)",
                       printable(name_).c_str(), limit);
}

Status TensorAssembler::start_list() {
  if (member_ == Member::kData) {
    if (depth_ > 0) DAM_TRY(count_element());
    data_is_list_ = true;
    if (depth_ == kMaxDimensions || (leaf_depth_ != 0 && depth_ == leaf_depth_)) {
      return Status::error(Code::kInvalidArgument, "%s has lists nested too deep",
                           printable(name_).c_str());
    }
    if (depth_ == lengths_.size()) {
      lengths_.push_back(kUnknown);
      counts_.push_back(0);
    }
    counts_[depth_] = 0;
  } else if (depth_ == 2) {
    return Status::error(Code::kInvalidArgument, "indices has lists nested too deep");
  }
  depth_++;
  return {};
}

Status TensorAssembler::end_list() {
  depth_--;
  if (member_ == Member::kData) {
    uint32_t& length = lengths_[depth_];
    if (length == kUnknown) length = counts_[depth_];
    if (length != counts_[depth_]) {
      return Status::error(Code::kInvalidArgument, "%s has lists of unequal length (%u and %u)",
                           printable(name_).c_str(), length, counts_[depth_]);
    }
  }
  return depth_ == 0 && !is_object_ ? finish() : Status();
}

// Nesting gives the shape; a flat list leaves it to the member.
Status TensorAssembler::settle_shape() {
  bool is_sparse = parts_.format != schema::TensorFormat::Dense;
  if (!has(Member::kShape)) {
    if (!data_is_list_ || is_sparse) {
      return Status::error(Code::kInvalidArgument, "%s has no shape", printable(name_).c_str());
    }
    parts_.shape = lengths_;
  }
  if (!data_is_list_ || is_sparse || lengths_.size() == 1 || lengths_ == parts_.shape) return {};
  return Status::error(Code::kInvalidArgument, "%s has data nested unlike its shape",
                       printable(name_).c_str());
}

Status TensorAssembler::convert() {
  parts_.data.reserve(numbers_.size() * item_size(parts_.dtype));
  for (std::string_view number : numbers_) DAM_TRY(convert_one(number));
  return {};
}

Status TensorAssembler::convert_one(std::string_view number) {
  bool fits = false;
  switch (parts_.dtype) {
    case Dtype::I8:
      fits = append_integer<int8_t>(number, &parts_.data);
      break;
    case Dtype::U8:
      fits = append_integer<uint8_t>(number, &parts_.data);
      break;
    case Dtype::I16:
      fits = append_integer<int16_t>(number, &parts_.data);
      break;
    case Dtype::U16:
      fits = append_integer<uint16_t>(number, &parts_.data);
      break;
    case Dtype::I32:
      fits = append_integer<int32_t>(number, &parts_.data);
      break;
    case Dtype::U32:
      fits = append_integer<uint32_t>(number, &parts_.data);
      break;
    case Dtype::I64:
      fits = append_integer<int64_t>(number, &parts_.data);
      break;
    case Dtype::U64:
      fits = append_integer<uint64_t>(number, &parts_.data);
      break;
    case Dtype::Bool:
      fits = append_bool(number, &parts_.data);
      break;
    default:
      fits = append_float(parts_.dtype, number, &parts_.data);
      break;
  }
  if (fits) return {};
  return Status::error(Code::kInvalidArgument, "%s: %s is no %s", printable(name_).c_str(),
                       printable(number).c_str(), dtype_name(parts_.dtype));
}

Status TensorAssembler::finish() {
  if (is_object_ && !has(Member::kData)) {
    return Status::error(Code::kInvalidArgument, "%s has no data", printable(name_).c_str());
  }
  DAM_TRY(settle_shape());
  DAM_TRY(convert());
  parts_.has_indices = has(Member::kIndices);
  DAM_TRY(sort_coordinates(&parts_, name_));
  DAM_ASSIGN(result_, build_tensor(builder_, parts_));
  active_ = false;
  return {};
}

}  // namespace dam
