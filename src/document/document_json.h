// Documents as JSON, exact both ways. docs/document.md shows the mapping.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/status.h"
#include "document/document_generated.h"
#include "document/tag_view.h"

namespace dam {

struct JsonReadOptions {
  bool unknown_to_tags = false;  // else a member that documents do not have is an error
};

// Reads documents one after the other. Keeps its memory between them, so use one for many.
class JsonReader {
 public:
  explicit JsonReader(JsonReadOptions options = {});
  ~JsonReader();
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;

  // The verified document, a multiple of 8 bytes long, valid until the next call. Fails with
  // kInvalidArgument, and line and column, for text that is no document in JSON; with
  // kInvalidDocument or kTooBig for a document that breaks a rule of verify_document.h.
  Result<Bytes> read(std::string_view json);

 private:
  class State;
  std::unique_ptr<State> state_;
};

struct JsonWriteOptions {
  bool plain_lists = false;  // tensors as lists of numbers instead of base64
};

// Writes documents one after the other: members sorted, no spaces, the same text for the same
// document on every machine. Keeps its memory as the reader does.
class JsonWriter {
 public:
  explicit JsonWriter(JsonWriteOptions options = {}) : options_(options) {}

  // Of a verified document; valid until the next call.
  std::string_view write(Bytes document);
  // The same of a document within one, such as a chunk.
  std::string_view write(const schema::Document* document);

 private:
  JsonWriteOptions options_;
  std::string text_;
};

// Parts of a verified document as they stand in its JSON, added to `out`. Scores are written by
// name, as documents have them, or as a list, as operands are.
void append_json(const TagValue& value, std::string* out);
void append_json(const schema::NamedScore* score, std::string* out);
void append_json(const flatbuffers::Vector<flatbuffers::Offset<schema::NamedScore>>* scores,
                 bool by_name, std::string* out);

}  // namespace dam
