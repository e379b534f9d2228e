#include "exchange/wire_document.h"

#include <algorithm>
#include <bit>
#include <cinttypes>
#include <cmath>
#include <cstdio>

#include "document/verify_document.h"
#include "document/verify_place.h"
#include "exchange/wire_tensor.h"

namespace dam {
namespace {

using flatbuffers::Offset;
using flatbuffers::uoffset_t;
using protozero::data_view;
using protozero::pbf_reader;

// A content takes the place of the one before it: they are one field of three forms.
void set_content(DocumentTable& table, uint32_t field, uint32_t value) {
  table.present &= ~kContentFields;
  table.set(field, value);
}

void set_part(DocumentTable& table, uint32_t field, uint32_t value) {
  if ((kContentFields & field_bit(field)) != 0) return set_content(table, field, value);
  table.set(field, value);
}

data_view view_of_bytes(Bytes wire) {
  return {reinterpret_cast<const char*>(wire.data()), wire.size()};
}

// What the reader of wires means, in the words of this format.
const char* reason_of(const protozero::exception& broken) {
  if (dynamic_cast<const protozero::end_of_buffer_exception*>(&broken) != nullptr)
    return "a length leads beyond its end";
  if (dynamic_cast<const protozero::varint_too_long_exception*>(&broken) != nullptr)
    return "a number has more than 64 bits";
  if (dynamic_cast<const protozero::unknown_pbf_wire_type_exception*>(&broken) != nullptr)
    return "a wire type is none of the four";
  if (dynamic_cast<const protozero::invalid_tag_exception*>(&broken) != nullptr)
    return "a field number is none";
  return "a length is impossible";
}

Result<uoffset_t> build_tables(DocumentBuffer& buffer, const std::vector<uoffset_t>& tables) {
  DAM_TRY(check_room(buffer, tables.size() * sizeof(uoffset_t)));
  buffer.StartVector(tables.size(), sizeof(uoffset_t));
  for (size_t i = tables.size(); i-- > 0;) buffer.PushElement(Offset<void>(tables[i]));
  return buffer.EndVector(tables.size());
}

}  // namespace

std::string_view wire_document_id(Bytes wire) {
  std::string_view id;
  try {
    pbf_reader message(view_of_bytes(wire));
    while (message.next(wire::document::kId, wire::Type::length_delimited)) {
      const data_view found = message.get_view();
      id = {found.data(), found.size()};
    }
  } catch (const protozero::exception&) {
    return id;
  }
  return id;
}

Result<Bytes> WireDocumentReader::read(Bytes wire, std::string_view id) {
  losses_.clear();
  under_way_ = "";
  buffer_.Clear();
  begin_document(&buffer_);
  tags_.reset();
  try {
    DAM_ASSIGN(const uoffset_t root, read_message(view_of_bytes(wire), 1, id));
    buffer_.Finish(Offset<schema::Document>(root), schema::DocumentIdentifier());
  } catch (const protozero::exception& broken) {
    // The one place where the reader of wires hands out what it found: damaged input is a Status.
    return Status::error(Code::kCorrupt, "does not parse%s%s: %s", *under_way_ ? ", in " : "",
                         under_way_, reason_of(broken));
  }
  const Bytes document(buffer_.GetBufferPointer(), buffer_.GetSize());
  DAM_TRY(verify_document(document));
  return document;
}

Result<uoffset_t> WireDocumentReader::read_message(data_view wire, uint32_t level,
                                                   std::string_view id) {
  if (level > kMaxDocumentLevels)
    return Status::error(Code::kInvalidDocument, "nested deeper than %" PRIu32 " levels",
                         kMaxDocumentLevels);
  Open document = {level, {}, {}, {}, {}, {}, {}};
  for (pbf_reader message(wire); message.next();) DAM_TRY(take(message, document));
  if (!id.empty()) {
    DAM_TRY(check_room(buffer_, id.size()));
    document.table.set(field::kId, buffer_.add_text(id));
  }
  return finish(document);
}

Status WireDocumentReader::take(pbf_reader& message, Open& document) {
  switch (message.tag_and_type()) {
    case wire::bytes_of(wire::document::kId):
      return take_text(message, document, field::kId);
    case wire::bytes_of(wire::document::kText):
      return take_text(message, document, field::kText);
    case wire::bytes_of(wire::document::kUri):
      return take_text(message, document, field::kUri);
    case wire::bytes_of(wire::document::kMimeType):
      return take_text(message, document, field::kMimeType);
    case wire::bytes_of(wire::document::kParentId):
      return take_text(message, document, field::kParentId);
    case wire::bytes_of(wire::document::kModality):
      return take_text(message, document, field::kModality);
    case wire::bytes_of(wire::document::kBuffer):
      return take_bytes(message, document);
    case wire::bytes_of(wire::document::kBlob):
      return take_tensor(message, document, field::kBlob);
    case wire::bytes_of(wire::document::kEmbedding):
      return take_tensor(message, document, field::kEmbedding);
    case wire::bytes_of(wire::document::kTags):
      return take_tags(message, document);
    case wire::bytes_of(wire::document::kChunks):
    case wire::bytes_of(wire::document::kMatches):
      return take_child(message, document);
    default:
      return take_other(message, document);
  }
}

Status WireDocumentReader::take_other(pbf_reader& message, Open& document) {
  under_way_ = "a field";
  switch (message.tag_and_type()) {
    case wire::fixed32_of(wire::document::kWeight):
      document.table.set(field::kWeight, std::bit_cast<uint32_t>(message.get_float()));
      return {};
    case wire::varint_of(wire::document::kGranularity):
      document.table.set(field::kGranularity, message.get_uint32());
      return {};
    case wire::varint_of(wire::document::kAdjacency):
      document.table.set(field::kAdjacency, message.get_uint32());
      return {};
    case wire::bytes_of(wire::document::kScores):
      under_way_ = "scores";
      return read_wire_scores(message.get_view(), document.level + 1, document.scores);
    case wire::bytes_of(wire::document::kEvaluations):
      under_way_ = "evaluations";
      return read_wire_scores(message.get_view(), document.level + 1, document.evaluations);
    default:
      break;
  }
  switch (message.tag()) {
    case wire::document::kLocation:
      take_location(message, document);
      return {};
    case wire::document::kOffset:
      take_offset(message, document);
      return {};
    case wire::document::kContentHash:
      break;
    case wire::document::kGraph:
      lose("its graph", "documents have none");
      break;
    default:
      lose("a field", "number " + std::to_string(message.tag()) + " with wire type " +
                          std::to_string(static_cast<unsigned>(message.wire_type())) +
                          " is in no release");
  }
  message.skip();
  return {};
}

Status WireDocumentReader::take_text(pbf_reader& message, Open& document, uint32_t field) {
  under_way_ = field_shape(field).name;
  const data_view text = message.get_view();
  // Empty is absent on the wire, but for a content, which is what was set last.
  if (text.size() == 0 && field != field::kText) return {};
  DAM_TRY(check_room(buffer_, text.size()));
  set_part(document.table, field, buffer_.add_text({text.data(), text.size()}));
  return {};
}

Status WireDocumentReader::take_bytes(pbf_reader& message, Open& document) {
  under_way_ = "buffer";
  const data_view bytes = message.get_view();
  DAM_TRY(check_room(buffer_, bytes.size()));
  uint8_t* to = buffer_.add_vector(bytes.size(), 1);
  std::copy_n(bytes.data(), bytes.size(), to);
  set_part(document.table, field::kBuffer, buffer_.GetSize());
  return {};
}

Status WireDocumentReader::take_tensor(pbf_reader& message, Open& document, uint32_t field) {
  under_way_ = field_shape(field).name;
  const data_view wire = message.get_view();
  const Status read = read_wire_tensor({wire.data(), wire.size()}, tensor_);
  if (!read.ok()) {
    if (read.code() != Code::kNotFound) lose(under_way_, read.message());
    if (field == field::kBlob) document.table.present &= ~kContentFields;
    return {};
  }
  DAM_ASSIGN(const uoffset_t table, build_tensor(&buffer_, tensor_));
  set_part(document.table, field, table);
  return {};
}

Status WireDocumentReader::take_tags(pbf_reader& message, Open& document) {
  under_way_ = "tags";
  const data_view wire = message.get_view();
  // A message without content is what looking at the tags left behind in the writer.
  if (wire.size() == 0) return {};
  DAM_ASSIGN(const uoffset_t table, tags_.read_map(wire, document.level + 1));
  document.table.set(field::kTags, table);
  return {};
}

Status WireDocumentReader::take_child(pbf_reader& message, Open& document) {
  const bool is_chunk = message.tag() == wire::document::kChunks;
  under_way_ = is_chunk ? "chunks" : "matches";
  DAM_ASSIGN(const uoffset_t table, read_message(message.get_view(), document.level + 1, {}));
  (is_chunk ? document.chunks : document.matches).push_back(table);
  return {};
}

void WireDocumentReader::take_location(pbf_reader& message, Open& document) {
  under_way_ = "location";
  std::vector<float>& out = document.location;
  if (message.wire_type() == wire::Type::varint) {
    out.push_back(static_cast<float>(message.get_uint32()));
  } else if (message.wire_type() == wire::Type::fixed32) {
    out.push_back(message.get_float());
  } else if (message.wire_type() != wire::Type::length_delimited) {
    lose("location", "its wire type is in no release");
    message.skip();
  } else {
    pbf_reader copy = message;
    const size_t size = message.get_view().size();
    if (options_.float_locations && size % sizeof(float) == 0) {
      for (const float number : copy.get_packed_float()) out.push_back(number);
    } else {
      for (const uint32_t number : copy.get_packed_uint32())
        out.push_back(static_cast<float>(number));
    }
  }
}

void WireDocumentReader::take_offset(pbf_reader& message, Open& document) {
  under_way_ = "offset";
  if (message.wire_type() == wire::Type::varint) {
    document.table.set(field::kOffset, message.get_uint32());
    return;
  }
  if (message.wire_type() != wire::Type::fixed32) {
    lose("offset", "its wire type is in no release");
    return message.skip();
  }
  const float offset = message.get_float();
  if (std::trunc(offset) == offset && offset >= 0 && offset < 4294967296.0F) {
    document.table.set(field::kOffset, static_cast<uint32_t>(offset));
    return;
  }
  char why[64];
  std::snprintf(why, sizeof why, "%.9g is no whole number from 0 to 4294967295",
                static_cast<double>(offset));
  lose("offset", why);
}

Result<uoffset_t> WireDocumentReader::finish(Open& document) {
  DAM_TRY(add_children(document, field::kChunks, document.chunks));
  DAM_TRY(add_children(document, field::kMatches, document.matches));
  DAM_TRY(add_scores(document, field::kScores, document.scores));
  DAM_TRY(add_scores(document, field::kEvaluations, document.evaluations));
  if (!document.location.empty()) {
    DAM_TRY(check_room(buffer_, document.location.size() * sizeof(float)));
    document.table.set(field::kLocation, buffer_.CreateVector(document.location).o);
  }
  DAM_TRY(check_room(buffer_, 0));
  return document.table.build(&buffer_);
}

Status WireDocumentReader::add_children(Open& document, uint32_t field,
                                        const std::vector<uoffset_t>& tables) {
  if (tables.empty()) return {};
  DAM_ASSIGN(const uoffset_t vector, build_tables(buffer_, tables));
  document.table.set(field, vector);
  return {};
}

Status WireDocumentReader::add_scores(Open& document, uint32_t field, const ScoreNodes& scores) {
  if (scores.empty()) return {};
  DAM_ASSIGN(const uoffset_t vector, build_scores(&buffer_, scores));
  document.table.set(field, vector);
  return {};
}

void WireDocumentReader::lose(const char* what, std::string_view why) {
  losses_.push_back(std::string(what) + " is left out: " + std::string(why));
}

}  // namespace dam
