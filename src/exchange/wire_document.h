// A serialized DocumentProto of Jina 2.x or DocArray 0.x, as a document of libdam.
//
// One pass over the wire builds the parts, verification is the last word on the result. What a
// document of libdam has no place for is left out and named, the rest comes over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "document/document_table.h"
#include "document/tensor_table.h"
#include "exchange/wire_scores.h"
#include "exchange/wire_tags.h"

namespace dam {

class WireDocumentReader {
 public:
  struct Options {
    bool float_locations = true;  // where a location could be integers as well
    bool integers = false;        // whole numbers in tags become integers
  };

  explicit WireDocumentReader(const Options& options)
      : options_(options), tags_(&buffer_, options.integers) {}

  // The document, verified, until the next call; its id is `id` unless that is empty. kCorrupt for
  // what does not parse, kInvalidDocument for what breaks a rule of documents, kTooBig.
  Result<Bytes> read(Bytes wire, std::string_view id);

  // What the last document had and could not bring along, a line each.
  const std::vector<std::string>& losses() const { return losses_; }

 private:
  // A document while its fields are read.
  struct Open {
    uint32_t level;
    DocumentTable table;
    std::vector<flatbuffers::uoffset_t> chunks;
    std::vector<flatbuffers::uoffset_t> matches;
    ScoreNodes scores;
    ScoreNodes evaluations;
    std::vector<float> location;
  };

  Result<flatbuffers::uoffset_t> read_message(protozero::data_view wire, uint32_t level,
                                              std::string_view id);
  Status take(protozero::pbf_reader& message, Open& document);
  Status take_text(protozero::pbf_reader& message, Open& document, uint32_t field);
  Status take_bytes(protozero::pbf_reader& message, Open& document);
  Status take_tensor(protozero::pbf_reader& message, Open& document, uint32_t field);
  Status take_tags(protozero::pbf_reader& message, Open& document);
  Status take_child(protozero::pbf_reader& message, Open& document);
  Status take_other(protozero::pbf_reader& message, Open& document);
  void take_location(protozero::pbf_reader& message, Open& document);
  void take_offset(protozero::pbf_reader& message, Open& document);
  Result<flatbuffers::uoffset_t> finish(Open& document);
  Status add_children(Open& document, uint32_t field,
                      const std::vector<flatbuffers::uoffset_t>& tables);
  Status add_scores(Open& document, uint32_t field, const ScoreNodes& scores);
  void lose(const char* what, std::string_view why);

  Options options_;
  DocumentBuffer buffer_;
  WireTags tags_;
  TensorParts tensor_;
  const char* under_way_ = "";  // the field that is read, for messages
  std::vector<std::string> losses_;
};

// The id that a serialized document bears: empty for none, or if it does not parse that far.
std::string_view wire_document_id(Bytes wire);

}  // namespace dam
