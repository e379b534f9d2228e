#include "exchange/wire_tags.h"

#include <algorithm>
#include <bit>
#include <cinttypes>
#include <cmath>

#include "document/verify_document.h"

namespace dam {
namespace {

using flatbuffers::uoffset_t;
using protozero::data_view;
using protozero::pbf_reader;
using schema::TagKind;

constexpr double kMostExact = 9007199254740992.0;  // beyond it neighbours of a double are missing

std::string_view text_of(data_view view) { return {view.data(), view.size()}; }

Status check_level(uint32_t level) {
  if (level <= kMaxDocumentLevels) return {};
  return Status::error(Code::kInvalidDocument, "tags are nested deeper than %" PRIu32 " levels",
                       kMaxDocumentLevels);
}

}  // namespace

void WireTags::reset() {
  tables_.reset();
  entries_.clear();
}

Result<uoffset_t> WireTags::read_map(data_view wire, uint32_t level) {
  DAM_TRY(check_level(level));
  const size_t first = entries_.size();
  for (pbf_reader map(wire); map.next();) {
    if (map.tag_and_type() == wire::bytes_of(wire::kElements))
      DAM_TRY(read_entry(map.get_view(), level));
    else
      map.skip();
  }
  DAM_ASSIGN(const uoffset_t table, tables_.build_map(last_of_each_key(first)));
  entries_.resize(first);
  return table;
}

Status WireTags::read_entry(data_view wire, uint32_t level) {
  TagEntry found = {TagKind::Null, {}, 0};
  for (pbf_reader entry(wire); entry.next();) {
    if (entry.tag_and_type() == wire::bytes_of(wire::entry::kKey)) {
      found.key = text_of(entry.get_view());
    } else if (entry.tag_and_type() == wire::bytes_of(wire::entry::kValue)) {
      DAM_ASSIGN(const TagEntry value, read_value(entry.get_view(), level));
      found.kind = value.kind;
      found.value = value.value;
    } else {
      entry.skip();
    }
  }
  entries_.push_back(found);
  return {};
}

Result<uoffset_t> WireTags::read_list(data_view wire, uint32_t level) {
  DAM_TRY(check_level(level));
  const size_t first = entries_.size();
  for (pbf_reader list(wire); list.next();) {
    if (list.tag_and_type() != wire::bytes_of(wire::kElements)) {
      list.skip();
      continue;
    }
    DAM_ASSIGN(const TagEntry value, read_value(list.get_view(), level));
    entries_.push_back(value);
  }
  DAM_ASSIGN(const uoffset_t table, tables_.build_list(std::span(entries_).subspan(first)));
  entries_.resize(first);
  return table;
}

Result<TagEntry> WireTags::read_value(data_view wire, uint32_t level) {
  TagEntry found = {TagKind::Null, {}, 0};
  for (pbf_reader value(wire); value.next();) {
    switch (value.tag_and_type()) {
      case wire::fixed64_of(wire::value::kNumber):
        found = number_entry(value.get_double());
        break;
      case wire::varint_of(wire::value::kBool):
        found.kind = value.get_bool() ? TagKind::True : TagKind::False;
        break;
      case wire::bytes_of(wire::value::kString): {
        DAM_ASSIGN(found, text_entry(text_of(value.get_view())));
        break;
      }
      case wire::bytes_of(wire::value::kStruct): {
        DAM_ASSIGN(const uoffset_t map, read_map(value.get_view(), level + 1));
        found = {TagKind::Map, {}, map};
        break;
      }
      case wire::bytes_of(wire::value::kList): {
        DAM_ASSIGN(const uoffset_t list, read_list(value.get_view(), level + 1));
        found = {TagKind::List, {}, list};
        break;
      }
      default:
        found.kind = TagKind::Null;
        value.skip();
    }
  }
  return found;
}

TagEntry WireTags::number_entry(double number) const {
  const bool is_whole = std::trunc(number) == number && std::fabs(number) <= kMostExact;
  const bool is_negative_zero = number == 0 && std::signbit(number);
  if (!integers_ || !is_whole || is_negative_zero)
    return {TagKind::Real, {}, std::bit_cast<uint64_t>(number)};
  return {TagKind::Int, {}, static_cast<uint64_t>(static_cast<int64_t>(number))};
}

Result<TagEntry> WireTags::text_entry(std::string_view text) {
  DAM_TRY(check_room(*buffer_, text.size()));
  return TagEntry{TagKind::Text, {}, buffer_->add_text(text)};
}

std::span<TagEntry> WireTags::last_of_each_key(size_t first) {
  const auto begin = entries_.begin() + static_cast<ptrdiff_t>(first);
  std::stable_sort(begin, entries_.end(),
                   [](const TagEntry& a, const TagEntry& b) { return a.key < b.key; });
  auto kept = begin;
  for (auto entry = begin; entry != entries_.end(); ++entry) {
    if (kept != begin && (kept - 1)->key == entry->key)
      *(kept - 1) = *entry;
    else
      *kept++ = *entry;
  }
  entries_.erase(kept, entries_.end());
  return std::span(entries_).subspan(first);
}

}  // namespace dam
