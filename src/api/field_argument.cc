#include "api/field_argument.h"

#include "dam.h"

namespace dam {
namespace {

using enum field::Number;

constexpr uint32_t fields() { return 0; }

template <typename... More>
constexpr uint32_t fields(field::Number first, More... more) {
  return field_bit(first) | fields(more...);
}

constexpr uint32_t kIntegers = fields(kGranularity, kAdjacency, kOffset, kSiblings);
constexpr uint32_t kTensors = fields(kEmbedding, kBlob);
constexpr uint32_t kBelow = fields(kChunks, kMatches);
constexpr uint32_t kNamed = fields(kScores, kEvaluations);

struct Use {
  uint32_t fields;
  const char* what;
};

// By FieldUse.
constexpr Use kUses[] = {
    {field_bit(kCount) - 1, "a field"},
    {fields(kId, kText, kUri, kMimeType, kParentId, kModality, kLevelName), "a string"},
    {fields(kBuffer, kMetaInfo), "bytes"},
    {kIntegers, "an integer"},
    {kIntegers | fields(kWeight), "a number"},
    {kTensors, "a tensor"},
    {kTensors | fields(kLocation), "numbers"},
    {kBelow | kNamed | fields(kTags, kLocation), "elements"},
    {kBelow, "documents"},
    {kNamed, "scores"},
};

static_assert(std::size(kUses) == static_cast<size_t>(FieldUse::kScores) + 1);
static_assert(DAM_FIELD_ID == kId + 1 && DAM_FIELD_TEXT == kText + 1 &&
              DAM_FIELD_TAGS == kTags + 1 && DAM_FIELD_EMBEDDING == kEmbedding + 1 &&
              DAM_FIELD_URI == kUri + 1 && DAM_FIELD_MIME_TYPE == kMimeType + 1 &&
              DAM_FIELD_BUFFER == kBuffer + 1 && DAM_FIELD_BLOB == kBlob + 1 &&
              DAM_FIELD_PARENT_ID == kParentId + 1 && DAM_FIELD_GRANULARITY == kGranularity + 1 &&
              DAM_FIELD_ADJACENCY == kAdjacency + 1 && DAM_FIELD_WEIGHT == kWeight + 1 &&
              DAM_FIELD_CHUNKS == kChunks + 1 && DAM_FIELD_MATCHES == kMatches + 1 &&
              DAM_FIELD_SCORES == kScores + 1 && DAM_FIELD_EVALUATIONS == kEvaluations + 1 &&
              DAM_FIELD_MODALITY == kModality + 1 && DAM_FIELD_LOCATION == kLocation + 1 &&
              DAM_FIELD_OFFSET == kOffset + 1 && DAM_FIELD_LEVEL_NAME == kLevelName + 1 &&
              DAM_FIELD_SIBLINGS == kSiblings + 1 && DAM_FIELD_META_INFO == kMetaInfo + 1);

}  // namespace

Result<uint32_t> take_field(int32_t argument, FieldUse use) {
  if (argument < 1 || argument > static_cast<int32_t>(kCount))
    return Status::error(Code::kInvalidArgument, "field %d is not known", argument);
  const uint32_t number = static_cast<uint32_t>(argument) - 1;
  const Use& wanted = kUses[static_cast<size_t>(use)];
  if ((wanted.fields & field_bit(number)) != 0) return number;
  return Status::error(Code::kInvalidArgument, "field %d (%s) does not hold %s", argument,
                       field_shape(number).name, wanted.what);
}

}  // namespace dam
