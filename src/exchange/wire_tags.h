// A google.protobuf.Struct as tags, in the caller's builder.
//
// Its numbers are all doubles, because the reference made them so; on request whole ones become
// integers again. Of a key that is there twice the last one counts, as for every map on the wire.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "document/tag_table.h"
#include "exchange/wire_fields.h"

namespace dam {

class WireTags {
 public:
  WireTags(DocumentBuffer* buffer, bool integers)
      : buffer_(buffer), tables_(buffer), integers_(integers) {}

  // Forgets the document before.
  void reset();
  // The offset of the table, which would stand at this level of nesting. All of these may throw
  // protozero::exception.
  Result<flatbuffers::uoffset_t> read_map(protozero::data_view wire, uint32_t level);

 private:
  Result<flatbuffers::uoffset_t> read_list(protozero::data_view wire, uint32_t level);
  Status read_entry(protozero::data_view wire, uint32_t level);
  Result<TagEntry> read_value(protozero::data_view wire, uint32_t level);
  TagEntry number_entry(double number) const;
  Result<TagEntry> text_entry(std::string_view text);
  std::span<TagEntry> last_of_each_key(size_t first);

  DocumentBuffer* buffer_;
  TagTableBuilder tables_;
  bool integers_;
  std::vector<TagEntry> entries_;  // of all maps and lists that are open
};

}  // namespace dam
