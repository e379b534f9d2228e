#include "document/content_hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <bit>
#include <cmath>
#include <memory>
#include <string>

#include "document/document_field.h"
#include "document/document_lookup.h"
#include "document/document_view.h"
#include "document/tag_view.h"

namespace dam {
namespace {

using enum field::Number;
using schema::TagKind;

constexpr uint32_t kIdentity =
    field_bit(kId) | field_bit(kParentId) | field_bit(kGranularity) | field_bit(kAdjacency);

class HashSink {
 public:
  HashSink() { XXH3_64bits_reset(&state_); }
  void put(const void* bytes, size_t size) { XXH3_64bits_update(&state_, bytes, size); }
  uint64_t result() const { return XXH3_64bits_digest(&state_); }

 private:
  XXH3_state_t state_;
};

class TextSink {
 public:
  void put(const void* bytes, size_t size) { text_.append(static_cast<const char*>(bytes), size); }
  const std::string& result() const { return text_; }

 private:
  std::string text_;
};

// Writes documents to a sink; one function for each kind of table, as deep as documents nest.
template <typename Sink>
class Canonical {
 public:
  Canonical(Sink* to, uint32_t excluded) : to_(*to), excluded_(excluded) {}

  void document(const schema::Document* document) {
    const FieldReader reader(document);
    for (uint32_t number = 0; number < kCount; number++) {
      if ((excluded_ & field_bit(number)) != 0 || !reader.has(number)) continue;
      put(static_cast<uint8_t>(number + 1));
      field(reader, number);
    }
    put(uint8_t{0});
  }

 private:
  using Documents = flatbuffers::Vector<flatbuffers::Offset<schema::Document>>;

  template <typename T>
  void put(T value) {
    to_.put(&value, sizeof value);
  }

  // All NaN are one.
  void put(float value) {
    put(std::bit_cast<uint32_t>(std::isnan(value) ? std::bit_cast<float>(0x7fc00000) : value));
  }

  void put(double value) {
    constexpr uint64_t kNaN = 0x7ff8000000000000;
    put(std::isnan(value) ? kNaN : std::bit_cast<uint64_t>(value));
  }

  void count(size_t count) { put(static_cast<uint32_t>(count)); }

  void bytes(Bytes value) {
    count(value.size());
    if (!value.empty()) to_.put(value.data(), value.size());
  }

  void text(const flatbuffers::String* value) { bytes(as_bytes(as_view(value))); }

  void field(const FieldReader& reader, uint32_t number) {
    switch (number) {
      case kTags:
        return map(reader.part<schema::Tags>(number));
      case kEmbedding:
      case kBlob:
        return tensor(view_of(reader.part<schema::Tensor>(number)));
      case kChunks:
      case kMatches:
        return documents(reader.part<Documents>(number));
      case kScores:
      case kEvaluations:
        return scores(reader.part<ScoreVector>(number), true);
      case kWeight:
        return put(std::bit_cast<float>(reader.bits(number)));
      case kLocation:
        return floats(reader.part<flatbuffers::Vector<float>>(number));
      case kGranularity:
      case kAdjacency:
      case kOffset:
      case kSiblings:
        return put(reader.bits(number));
      default: {  // strings and bytes are laid out alike
        const auto* vector = reader.part<flatbuffers::Vector<uint8_t>>(number);
        return bytes({vector->data(), vector->size()});
      }
    }
  }

  void floats(const flatbuffers::Vector<float>* numbers) {
    count(numbers->size());
    for (float number : *numbers) put(number);
  }

  void documents(const Documents* below) {
    count(below->size());
    for (const schema::Document* one : *below) document(one);
  }

  void tensor(const TensorView& tensor) {
    put(static_cast<uint8_t>(tensor.dtype));
    put(static_cast<uint8_t>(tensor.format));
    put(static_cast<uint8_t>(tensor.scale ? 1 : 0));
    if (tensor.scale) put(*tensor.scale);
    if (tensor.scale) put(tensor.zero_point);
    numbers(tensor.shape);
    numbers(tensor.indices);
    bytes(tensor.data);
  }

  void numbers(std::span<const uint32_t> values) {
    count(values.size());
    if (!values.empty()) to_.put(values.data(), values.size_bytes());
  }

  void scores(const ScoreVector* values, bool named) {
    count(values->size());
    for (const schema::NamedScore* score : *values) {
      if (named) text(score->name());
      put(score->value());
      part(score->op_name());
      part(score->description());
      part(score->ref_id());
      put(static_cast<uint8_t>(score->operands() != nullptr ? 1 : 0));
      if (score->operands() != nullptr) scores(score->operands(), false);
    }
  }

  // A text that may be absent.
  void part(const flatbuffers::String* value) {
    put(static_cast<uint8_t>(value != nullptr ? 1 : 0));
    if (value != nullptr) text(value);
  }

  void map(const schema::Tags* tags) {
    count(tag_count(tags));
    for (TagWalk walk(tags); !walk.done();) {
      bytes(as_bytes(walk.key()));
      value(walk.next());
    }
  }

  void list(const schema::Tags* tags) {
    count(tag_count(tags));
    for (TagWalk walk(tags); !walk.done();) value(walk.next());
  }

  void value(const TagValue& value) {
    put(static_cast<uint8_t>(value.kind));
    switch (value.kind) {
      case TagKind::Int:
        return put(value.integer);
      case TagKind::Real:
        return put(value.real);
      case TagKind::Text:
        return bytes(as_bytes(value.text));
      case TagKind::Bytes:
        return bytes(value.bytes);
      case TagKind::List:
        return list(value.nested);
      case TagKind::Map:
        return map(value.nested);
      default:
        return;
    }
  }

  Sink& to_;
  uint32_t excluded_;
};

std::string canonical_bytes(const schema::Document* document) {
  TextSink sink;
  Canonical<TextSink>(&sink, 0).document(document);
  return sink.result();
}

}  // namespace

uint64_t content_hash(const schema::Document* document) {
  // Why not on the stack: the state is over-aligned, and gcc 12's address sanitizer misplaces such
  // variables.
  const auto sink = std::make_unique<HashSink>();
  Canonical<HashSink>(sink.get(), kIdentity).document(document);
  return sink->result();
}

bool equal_documents(const schema::Document* a, const schema::Document* b) {
  return canonical_bytes(a) == canonical_bytes(b);
}

}  // namespace dam
