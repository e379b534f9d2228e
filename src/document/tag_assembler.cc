// A value goes to the innermost map or list in progress; when that ends, its entries become a table
// and one value of the map or list around it.
#include "document/tag_assembler.h"

#include <bit>
#include <cinttypes>

#include "document/base64.h"
#include "document/json_number.h"
#include "document/verify_document.h"
#include "document/verify_place.h"

namespace dam {
namespace {

using flatbuffers::uoffset_t;
using schema::TagKind;

// The part of a key behind its dollars, if that makes it one with a meaning of its own.
std::string_view special_name(std::string_view key) {
  size_t dollars = key.find_first_not_of('$');
  if (dollars == 0 || dollars == std::string_view::npos) return {};
  std::string_view name = key.substr(dollars);
  return name == "bytes" || name == "double" ? name : std::string_view();
}

}  // namespace

void TagAssembler::reset() {
  tables_.reset();
  entries_.clear();
  frames_.clear();
  active_ = false;
}

void TagAssembler::begin(uint32_t level, bool keep_map_open) {
  level_ = level;
  keep_map_open_ = keep_map_open;
  active_ = true;
  entries_.clear();
}

Status TagAssembler::take(const JsonEvent& event) {
  if (!frames_.empty() && frames_.back().special != Special::kNone) return take_special(event);
  switch (event.step) {
    case JsonStep::kNull:
      add(TagKind::Null, 0);
      return {};
    case JsonStep::kFalse:
      add(TagKind::False, 0);
      return {};
    case JsonStep::kTrue:
      add(TagKind::True, 0);
      return {};
    case JsonStep::kNumber:
      return take_number(event.text);
    case JsonStep::kString:
      add(TagKind::Text, buffer_->add_text(event.text));
      return {};
    case JsonStep::kKey:
      return take_key(event.text);
    case JsonStep::kStartObject:
      return open(true);
    case JsonStep::kStartArray:
      return open(false);
    default:
      return close();
  }
}

Status TagAssembler::take_key(std::string_view key) {
  Frame& frame = frames_.back();
  if (key.starts_with('$')) {
    std::string_view name = special_name(key);
    if (name.size() + 1 == key.size()) {
      if (entries_.size() != frame.first)
        return Status::error(Code::kInvalidArgument,
                             "\"%s\" must be the only member (a key of "
                             "this name is written with two dollars)",
                             printable(key).c_str());
      frame.special = name == "bytes" ? Special::kBytes : Special::kDouble;
      return {};
    }
    if (!name.empty()) key.remove_prefix(1);
  }
  frame.key = key;
  return {};
}

// Within {"$bytes": ...} or {"$double": ...}: its value, then its end.
Status TagAssembler::take_special(const JsonEvent& event) {
  Frame& frame = frames_.back();
  if (frame.special == Special::kDone) {
    if (event.step != JsonStep::kEndObject)
      return wrong_json(event.text, "the only member beside $bytes or $double", event);
    TagEntry value = entries_.back();
    entries_.pop_back();
    frames_.pop_back();
    add(value.kind, value.value);
    return {};
  }
  bool is_bytes = frame.special == Special::kBytes;
  frame.special = Special::kDone;
  if (is_bytes) {
    if (event.step != JsonStep::kString || !decode_base64(event.text, &decoded_))
      return wrong_json("$bytes", "base64 in a string", event);
    auto bytes = buffer_->CreateVector(decoded_.data(), decoded_.size());
    entries_.push_back({TagKind::Bytes, {}, schema::CreateBuffer(*buffer_, bytes).o});
    return {};
  }
  auto real = event.step == JsonStep::kString ? parse_non_finite(event.text) : std::nullopt;
  if (!real) return wrong_json("$double", "\"NaN\", \"Infinity\" or \"-Infinity\"", event);
  entries_.push_back({TagKind::Real, {}, std::bit_cast<uint64_t>(*real)});
  return {};
}

Status TagAssembler::take_number(std::string_view number) {
  if (is_integer(number)) {
    auto integer = parse_int64(number);
    if (!integer) {
      return Status::error(Code::kInvalidArgument,
                           "integer %s is beyond 64 bits (write %s.0 for a "
                           "double)",
                           printable(number).c_str(), printable(number).c_str());
    }
    add(TagKind::Int, static_cast<uint64_t>(*integer));
    return {};
  }
  auto real = parse_double(number);
  if (!real) {
    return Status::error(Code::kInvalidArgument, "number %s is beyond double",
                         printable(number).c_str());
  }
  add(TagKind::Real, std::bit_cast<uint64_t>(*real));
  return {};
}

Status TagAssembler::open(bool is_map) {
  if (level_ + frames_.size() >= kMaxDocumentLevels) {
    return Status::error(Code::kInvalidArgument, "tags are nested deeper than %" PRIu32 " levels",
                         kMaxDocumentLevels);
  }
  frames_.push_back({entries_.size(), {}, is_map, Special::kNone});
  return {};
}

Status TagAssembler::close() {
  Frame frame = frames_.back();
  frames_.pop_back();
  auto entries = std::span(entries_).subspan(frame.first);
  if (!frame.is_map) {
    DAM_ASSIGN(uoffset_t list, tables_.build_list(entries));
    entries_.resize(frame.first);
    add(TagKind::List, list);
    return {};
  }
  if (frames_.empty() && keep_map_open_) {
    active_ = false;
    result_ = {TagKind::Map, {}, 0};
    return TagTableBuilder::sort(entries);
  }
  DAM_ASSIGN(uoffset_t map, tables_.build_map(entries));
  entries_.resize(frame.first);
  add(TagKind::Map, map);
  return {};
}

void TagAssembler::add(TagKind kind, uint64_t value) {
  if (frames_.empty()) {
    result_ = {kind, {}, value};
    active_ = false;
    return;
  }
  entries_.push_back({kind, frames_.back().key, value});
}

}  // namespace dam
