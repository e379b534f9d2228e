// One function for each kind of table; they recurse as deep as verification allows a document to
// nest.
#include <charconv>

#include "document/base64.h"
#include "document/document_json.h"
#include "document/document_view.h"
#include "document/json_number.h"
#include "document/json_tensor.h"
#include "document/json_text.h"
#include "document/tag_view.h"

namespace dam {
namespace {

using flatbuffers::Offset;
using flatbuffers::Vector;
using schema::TagKind;

class Writer {
 public:
  Writer(std::string* out, bool plain_lists) : out_(*out), plain_lists_(plain_lists) {}

  void document(const schema::Document* document) {
    bool first = true;
    out_ += '{';
    number("adjacency", document->adjacency(), &first);
    tensor("blob", document->blob(), &first);
    bytes("buffer", document->buffer(), &first);
    documents("chunks", document->chunks(), &first);
    tensor("embedding", document->embedding(), &first);
    scores("evaluations", document->evaluations(), &first);
    number("granularity", document->granularity(), &first);
    text("id", document->id(), &first);
    text("level_name", document->level_name(), &first);
    location(document->location(), &first);
    documents("matches", document->matches(), &first);
    bytes("meta_info", document->meta_info(), &first);
    text("mime_type", document->mime_type(), &first);
    text("modality", document->modality(), &first);
    number("offset", document->offset(), &first);
    text("parent_id", document->parent_id(), &first);
    scores("scores", document->scores(), &first);
    number("siblings", document->siblings(), &first);
    if (document->tags()) {
      name("tags", &first);
      map(document->tags());
    }
    text("text", document->text(), &first);
    text("uri", document->uri(), &first);
    if (auto weight = document->weight()) {
      name("weight", &first);
      append_real(*weight, &out_);
    }
    out_ += '}';
  }

  void score_map(const Vector<Offset<schema::NamedScore>>* values) {
    bool first = true;
    out_ += '{';
    for (const schema::NamedScore* value : *values) {
      separate(&first);
      append_json_string(as_view(value->name()), &out_);
      out_ += ':';
      score(value);
    }
    out_ += '}';
  }

  void score(const schema::NamedScore* value) {
    bool first = true;
    out_ += '{';
    text("description", value->description(), &first);
    text("op_name", value->op_name(), &first);
    if (const auto* operands = value->operands()) {
      name("operands", &first);
      score_list(operands);
    }
    text("ref_id", value->ref_id(), &first);
    name("value", &first);
    append_real(value->value(), &out_);
    out_ += '}';
  }

  void score_list(const Vector<Offset<schema::NamedScore>>* values) {
    bool first = true;
    out_ += '[';
    for (const schema::NamedScore* value : *values) {
      separate(&first);
      score(value);
    }
    out_ += ']';
  }

  void value(const TagValue& value) {
    switch (value.kind) {
      case TagKind::Null:
        out_ += "null";
        break;
      case TagKind::False:
        out_ += "false";
        break;
      case TagKind::True:
        out_ += "true";
        break;
      case TagKind::Int:
        append_int(value.integer, &out_);
        break;
      case TagKind::Real:
        real(value.real);
        break;
      case TagKind::Text:
        append_json_string(value.text, &out_);
        break;
      case TagKind::Bytes:
        out_ += "{\"$bytes\":";
        base64(value.bytes);
        out_ += '}';
        break;
      case TagKind::List:
        list(value.nested);
        break;
      case TagKind::Map:
        map(value.nested);
        break;
    }
  }

 private:
  void separate(bool* first) {
    if (!*first) out_ += ',';
    *first = false;
  }

  void name(std::string_view member, bool* first) {
    separate(first);
    out_ += '"';
    out_ += member;
    out_ += "\":";
  }

  void text(std::string_view member, const flatbuffers::String* value, bool* first) {
    if (!value) return;
    name(member, first);
    append_json_string(as_view(value), &out_);
  }

  void number(std::string_view member, flatbuffers::Optional<uint32_t> value, bool* first) {
    if (!value) return;
    name(member, first);
    append_uint(*value, &out_);
  }

  void base64(Bytes value) {
    out_ += '"';
    append_base64(value, &out_);
    out_ += '"';
  }

  void bytes(std::string_view member, const Vector<uint8_t>* value, bool* first) {
    if (!value) return;
    name(member, first);
    base64({value->data(), value->size()});
  }

  void tensor(std::string_view member, const schema::Tensor* value, bool* first) {
    if (!value) return;
    name(member, first);
    append_tensor(view_of(value), plain_lists_, &out_);
  }

  void location(const Vector<float>* values, bool* first) {
    if (!values) return;
    name("location", first);
    bool first_value = true;
    out_ += '[';
    for (float value : *values) {
      separate(&first_value);
      append_real(value, &out_);
    }
    out_ += ']';
  }

  void documents(std::string_view member, const Vector<Offset<schema::Document>>* values,
                 bool* first) {
    if (!values) return;
    name(member, first);
    bool first_value = true;
    out_ += '[';
    for (const schema::Document* value : *values) {
      separate(&first_value);
      document(value);
    }
    out_ += ']';
  }

  void scores(std::string_view member, const Vector<Offset<schema::NamedScore>>* values,
              bool* first) {
    if (!values) return;
    name(member, first);
    score_map(values);
  }

  void map(const schema::Tags* tags) {
    bool first = true;
    out_ += '{';
    for (TagWalk walk(tags); !walk.done();) {
      separate(&first);
      key(walk.key());
      value(walk.next());
    }
    out_ += '}';
  }

  // A key that would read back as a spelling of bytes or of a number has one more dollar.
  void key(std::string_view key) {
    size_t dollars = key.find_first_not_of('$');
    bool special = dollars != 0 && dollars != std::string_view::npos &&
                   (key.substr(dollars) == "bytes" || key.substr(dollars) == "double");
    if (special) {
      out_ += "\"$";
      out_ += key;
      out_ += '"';
    } else {
      append_json_string(key, &out_);
    }
    out_ += ':';
  }

  void list(const schema::Tags* tags) {
    bool first = true;
    out_ += '[';
    for (TagWalk walk(tags); !walk.done();) {
      separate(&first);
      value(walk.next());
    }
    out_ += ']';
  }

  void real(double value) {
    bool finite = value - value == 0;
    if (!finite) out_ += "{\"$double\":";
    append_real(value, &out_);
    if (!finite) out_ += '}';
  }

  std::string& out_;
  bool plain_lists_;
};

}  // namespace

std::string_view JsonWriter::write(Bytes document) { return write(document_root(document)); }

std::string_view JsonWriter::write(const schema::Document* document) {
  text_.clear();
  Writer(&text_, options_.plain_lists).document(document);
  return text_;
}

void append_json(const TagValue& value, std::string* out) { Writer(out, false).value(value); }

void append_json(const schema::NamedScore* score, std::string* out) {
  Writer(out, false).score(score);
}

void append_json(const Vector<Offset<schema::NamedScore>>* scores, bool by_name, std::string* out) {
  Writer writer(out, false);
  by_name ? writer.score_map(scores) : writer.score_list(scores);
}

}  // namespace dam
