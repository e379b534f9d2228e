#include "query/field_value.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <optional>
#include <span>

#include "document/document_field.h"
#include "document/document_lookup.h"
#include "document/document_view.h"
#include "document/dotted_path.h"
#include "document/verify_place.h"

namespace dam {
namespace {

using schema::TagKind;

namespace score_part {
enum Number : uint32_t { kWhole, kName, kValue, kOpName, kDescription, kOperands, kRefId, kCount };
}
constexpr const char* kScoreParts[] = {"",         "name",  "value", "op_name", "description",
                                       "operands", "ref_id"};
static_assert(std::size(kScoreParts) == score_part::kCount);

namespace tensor_part {
enum Number : uint32_t { kShape, kDtype, kFormat, kCount };
}
constexpr const char* kTensorParts[] = {"shape", "dtype", "format"};
static_assert(std::size(kTensorParts) == tensor_part::kCount);

// Read as if it were a field: which of the three contents there is.
constexpr uint32_t kContentType = field::kCount;

// `names`.size() for a name that is none of them.
uint32_t number_of(std::string_view name, std::span<const char* const> names) {
  uint32_t number = 0;
  while (number < names.size() && name != names[number]) ++number;
  return number;
}

std::optional<uint32_t> field_named(std::string_view name) {
  if (name == "content_type") return kContentType;
  for (uint32_t number = 0; number < field::kCount; ++number) {
    if (name == field_shape(number).name) return number;
  }
  return std::nullopt;
}

FieldValue text_value(const flatbuffers::String* text) {
  FieldValue value;
  if (text == nullptr) return value;
  value.kind = ValueKind::kText;
  value.text = as_view(text);
  return value;
}

FieldValue name_value(const char* name) {
  FieldValue value;
  value.kind = ValueKind::kText;
  value.text = name;
  return value;
}

FieldValue bytes_value(const flatbuffers::Vector<uint8_t>* bytes) {
  FieldValue value;
  if (bytes == nullptr) return value;
  value.kind = ValueKind::kBytes;
  value.text = as_text({bytes->data(), bytes->size()});
  return value;
}

FieldValue integer_value(int64_t integer) {
  FieldValue value;
  value.kind = ValueKind::kInteger;
  value.integer = integer;
  return value;
}

FieldValue real_value(double real) {
  FieldValue value;
  value.kind = ValueKind::kReal;
  value.real = real;
  return value;
}

FieldValue part_value(ValueKind kind, const void* part) {
  FieldValue value;
  if (part == nullptr) return value;
  value.kind = kind;
  value.part = part;
  return value;
}

FieldValue tag_value(const TagValue& tag) {
  FieldValue value;
  switch (tag.kind) {
    case TagKind::Null:
      value.kind = ValueKind::kNull;
      return value;
    case TagKind::False:
    case TagKind::True:
      value.kind = ValueKind::kBoolean;
      value.integer = tag.kind == TagKind::True;
      return value;
    case TagKind::Int:
      return integer_value(tag.integer);
    case TagKind::Real:
      return real_value(tag.real);
    case TagKind::Text:
      value.kind = ValueKind::kText;
      value.text = tag.text;
      return value;
    case TagKind::Bytes:
      value.kind = ValueKind::kBytes;
      value.text = as_text(tag.bytes);
      return value;
    case TagKind::List:
      return part_value(ValueKind::kList, tag.nested);
    case TagKind::Map:
      return part_value(ValueKind::kMap, tag.nested);
  }
  return value;
}

FieldValue score_value(const schema::NamedScore* score, uint32_t number) {
  switch (number) {
    case score_part::kValue:
      return real_value(score->value());
    case score_part::kName:
      return text_value(score->name());
    case score_part::kOpName:
      return text_value(score->op_name());
    case score_part::kDescription:
      return text_value(score->description());
    case score_part::kRefId:
      return text_value(score->ref_id());
    case score_part::kOperands: {
      FieldValue operands = part_value(ValueKind::kScores, score->operands());
      operands.scores_by_name = false;
      return operands;
    }
    default:
      return part_value(ValueKind::kScore, score);
  }
}

FieldValue content_type_value(const schema::Document* document) {
  switch (content_type(document)) {
    case ContentType::kText:
      return name_value("text");
    case ContentType::kBuffer:
      return name_value("buffer");
    case ContentType::kBlob:
      return name_value("blob");
    case ContentType::kNone:
      break;
  }
  return {};
}

FieldValue scalar_value(const schema::Document* document, uint32_t number) {
  const FieldReader reader(document);
  if (!reader.has(number)) {
    const bool is_level = number == field::kGranularity || number == field::kAdjacency;
    return is_level ? integer_value(0) : FieldValue();
  }
  const uint32_t bits = reader.bits(number);
  if (number == field::kWeight) return real_value(static_cast<double>(std::bit_cast<float>(bits)));
  return integer_value(bits);
}

}  // namespace

Result<FieldPath> FieldPath::parse(std::string_view text) {
  DAM_ASSIGN(const PathParts keys, split_path(text));
  if (keys.empty())
    return Status::error(Code::kInvalidArgument, "a path is empty, it begins with a field");
  FieldPath path;
  path.text_ = text;
  for (const std::string& key : keys)
    path.parts_.push_back({key, index_of_part(key).value_or(UINT32_MAX), 0});
  DAM_TRY(path.resolve_documents());
  return path;
}

Status FieldPath::wrong_part(size_t part, const char* why) const {
  const std::string& key = parts_[std::min(part, parts_.size() - 1)].key;
  return Status::error(Code::kInvalidArgument, "path \"%s\": \"%s\" %s", printable(text_).c_str(),
                       printable(key).c_str(), why);
}

// Down through chunks and matches to a field that holds no documents, or to their end.
Status FieldPath::resolve_documents() {
  for (size_t part = 0; part < parts_.size(); ++part) {
    const std::optional<uint32_t> number = field_named(parts_[part].key);
    if (!number) return wrong_part(part, "is no field of a document");
    parts_[part].number = *number;
    if (*number != field::kChunks && *number != field::kMatches) return resolve_below(part);
    if (++part < parts_.size() && parts_[part].index == UINT32_MAX)
      return wrong_part(part, "is no index of documents");
  }
  return {};
}

Status FieldPath::resolve_below(size_t field_part) {
  const size_t first = field_part + 1;
  if (first == parts_.size()) return {};
  switch (parts_[field_part].number) {
    case field::kTags:
      return {};
    case field::kScores:
    case field::kEvaluations:
      return resolve_score(first);
    case field::kEmbedding:
    case field::kBlob:
      return resolve_tensor(first);
    case field::kLocation:
      if (first + 1 < parts_.size()) return wrong_part(first, "has nothing below it");
      return parts_[first].index == UINT32_MAX ? wrong_part(first, "is no index of numbers")
                                               : Status();
    default:
      return wrong_part(field_part, "has nothing below it");
  }
}

// Behind the name of a score: a part of it, or operands and an index, which is a score again.
Status FieldPath::resolve_score(size_t name) {
  for (size_t part = name + 1; part < parts_.size(); ++part) {
    parts_[part].number = number_of(parts_[part].key, kScoreParts);
    if (parts_[part].number == score_part::kCount || parts_[part].key.empty())
      return wrong_part(part, "is no part of a score");
    if (part + 1 == parts_.size()) return {};
    if (parts_[part].number != score_part::kOperands)
      return wrong_part(part, "has nothing below it");
    if (parts_[++part].index == UINT32_MAX) return wrong_part(part, "is no index of operands");
  }
  return {};
}

Status FieldPath::resolve_tensor(size_t first) {
  parts_[first].number = number_of(parts_[first].key, kTensorParts);
  if (parts_[first].number == tensor_part::kCount)
    return wrong_part(first, "is not shape, dtype or format of a tensor");
  const bool is_shape = parts_[first].number == tensor_part::kShape;
  const size_t last = is_shape ? first + 1 : first;
  if (last + 1 < parts_.size()) return wrong_part(last, "has nothing below it");
  if (is_shape && (last == parts_.size() || parts_[last].index == UINT32_MAX))
    return wrong_part(first, "is followed by the index of a dimension");
  return {};
}

FieldValue FieldPath::read(const schema::Document* document, Hints* hints) const {
  size_t part = 0;
  for (;;) {
    const uint32_t number = parts_[part].number;
    if (number == field::kTags) return read_tags(document->tags(), part + 1, hints);
    if (number != field::kChunks && number != field::kMatches) return read_field(document, part);
    const auto* children = number == field::kChunks ? document->chunks() : document->matches();
    if (++part == parts_.size()) return part_value(ValueKind::kDocuments, children);
    const uint32_t index = parts_[part].index;
    if (children == nullptr || index >= children->size()) return {};
    document = children->Get(index);
    if (++part == parts_.size()) return part_value(ValueKind::kDocument, document);
  }
}

FieldValue FieldPath::read_field(const schema::Document* document, size_t part) const {
  const uint32_t number = parts_[part].number;
  switch (number) {
    case field::kEmbedding:
      return read_tensor(document->embedding(), part + 1);
    case field::kBlob:
      return read_tensor(document->blob(), part + 1);
    case field::kScores:
      return read_scores(document->scores(), part + 1);
    case field::kEvaluations:
      return read_scores(document->evaluations(), part + 1);
    case field::kLocation:
      return read_location(document->location(), part + 1);
    case field::kBuffer:
      return bytes_value(document->buffer());
    case field::kMetaInfo:
      return bytes_value(document->meta_info());
    case kContentType:
      return content_type_value(document);
    default:
      break;
  }
  if (field_shape(number).kind == FieldKind::kText)
    return text_value(FieldReader(document).part<flatbuffers::String>(number));
  return scalar_value(document, number);
}

FieldValue FieldPath::read_tags(const schema::Tags* tags, size_t part, Hints* hints) const {
  if (tags == nullptr) return {};
  TagValue value;
  value.kind = TagKind::Map;
  value.nested = tags;
  for (; part < parts_.size(); ++part) {
    std::optional<TagValue> below;
    if (value.kind == TagKind::Map) {
      uint32_t nowhere = 0;
      const bool has_hint = hints != nullptr && part < hints->size();
      below = find_tag(value.nested, parts_[part].key, has_hint ? (*hints)[part] : nowhere);
    } else if (value.kind == TagKind::List && parts_[part].index < tag_count(value.nested)) {
      below = tag_at(value.nested, parts_[part].index);
    }
    if (!below) return {};
    value = *below;
  }
  return tag_value(value);
}

FieldValue FieldPath::read_scores(const FieldValue::Scores* scores, size_t part) const {
  if (part == parts_.size()) return part_value(ValueKind::kScores, scores);
  const schema::NamedScore* score = find_score(scores, parts_[part].key);
  while (score != nullptr && ++part < parts_.size()) {
    const uint32_t number = parts_[part].number;
    if (number != score_part::kOperands || part + 1 == parts_.size())
      return score_value(score, number);
    const uint32_t index = parts_[++part].index;
    const FieldValue::Scores* operands = score->operands();
    score = operands != nullptr && index < operands->size() ? operands->Get(index) : nullptr;
  }
  return part_value(ValueKind::kScore, score);
}

FieldValue FieldPath::read_tensor(const schema::Tensor* tensor, size_t part) const {
  if (tensor == nullptr || part == parts_.size()) return part_value(ValueKind::kTensor, tensor);
  switch (parts_[part].number) {
    case tensor_part::kDtype:
      return name_value(dtype_name(tensor->dtype()));
    case tensor_part::kFormat:
      return name_value(format_name(tensor->format()));
    default:
      break;
  }
  const auto* shape = tensor->shape();
  const uint32_t index = parts_[part + 1].index;
  if (shape == nullptr || index >= shape->size()) return {};
  return integer_value(shape->Get(index));
}

FieldValue FieldPath::read_location(const flatbuffers::Vector<float>* location, size_t part) const {
  if (part == parts_.size()) return part_value(ValueKind::kNumbers, location);
  const uint32_t index = parts_[part].index;
  if (location == nullptr || index >= location->size()) return {};
  return real_value(static_cast<double>(location->Get(index)));
}

}  // namespace dam
