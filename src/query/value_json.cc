#include "query/value_json.h"

#include "document/document_json.h"
#include "document/document_view.h"
#include "document/json_number.h"
#include "document/json_tensor.h"

namespace dam {
namespace {

using schema::TagKind;

TagValue as_tag(const FieldValue& value) {
  TagValue tag;
  switch (value.kind) {
    case ValueKind::kBoolean:
      tag.kind = value.integer != 0 ? TagKind::True : TagKind::False;
      break;
    case ValueKind::kInteger:
      tag.kind = TagKind::Int;
      break;
    case ValueKind::kReal:
      tag.kind = TagKind::Real;
      break;
    case ValueKind::kText:
      tag.kind = TagKind::Text;
      break;
    case ValueKind::kBytes:
      tag.kind = TagKind::Bytes;
      tag.bytes = {reinterpret_cast<const uint8_t*>(value.text.data()), value.text.size()};
      break;
    case ValueKind::kList:
    case ValueKind::kMap:
      tag.kind = value.kind == ValueKind::kList ? TagKind::List : TagKind::Map;
      tag.nested = value.tags();
      break;
    default:
      break;
  }
  tag.integer = value.integer;
  tag.real = value.real;
  tag.text = value.text;
  return tag;
}

void append_numbers(const flatbuffers::Vector<float>* numbers, std::string* out) {
  char before = '[';
  for (const float number : *numbers) {
    *out += before;
    append_real(number, out);
    before = ',';
  }
  *out += before == '[' ? "[]" : "]";
}

void append_documents(const FieldValue::Documents* documents, std::string* out) {
  JsonWriter writer;
  char before = '[';
  for (const schema::Document* document : *documents) {
    *out += before;
    *out += writer.write(document);
    before = ',';
  }
  *out += before == '[' ? "[]" : "]";
}

}  // namespace

void append_value_json(const FieldValue& value, std::string* out) {
  switch (value.kind) {
    case ValueKind::kTensor:
      return append_tensor(view_of(value.tensor()), false, out);
    case ValueKind::kNumbers:
      return append_numbers(value.numbers(), out);
    case ValueKind::kDocuments:
      return append_documents(value.documents(), out);
    case ValueKind::kDocument: {
      JsonWriter writer;
      *out += writer.write(value.document());
      return;
    }
    case ValueKind::kScores:
      return append_json(value.scores(), value.scores_by_name, out);
    case ValueKind::kScore:
      return append_json(value.score(), out);
    default:
      return append_json(as_tag(value), out);
  }
}

}  // namespace dam
