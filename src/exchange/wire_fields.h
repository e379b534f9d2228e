// The messages of Jina 2.x and DocArray 0.x by field number: DocumentProto and what is inside.
//
// Numbers never changed their meaning but for three, which src/exchange/wire_era.h tells apart:
// location, offset, and the nesting of scores. Packages and names of messages are not on the wire.
#pragma once

#include <cstdint>
#include <protozero/pbf_reader.hpp>

namespace dam::wire {

namespace document {
enum Field : uint32_t {
  kId = 1,
  kBuffer = 3,
  kChunks = 4,
  kWeight = 5,
  kMatches = 8,
  kUri = 9,
  kMimeType = 10,
  kTags = 11,
  kBlob = 12,
  kText = 13,
  kGranularity = 14,
  kParentId = 16,
  kLocation = 17,
  kOffset = 18,
  kEmbedding = 19,
  kModality = 21,
  kAdjacency = 22,
  kContentHash = 24,
  kMetadata = 26,
  kGraph = 27,
  kScores = 28,
  kEvaluations = 29,
};
}  // namespace document

namespace array {
enum Field : uint32_t { kDense = 1, kSparse = 2, kClassName = 3, kParameters = 4 };
}  // namespace array

namespace dense {
enum Field : uint32_t {
  kBuffer = 1,
  kShape = 2,
  kDtype = 3,
  kQuantization = 4,
  kMaximum = 5,
  kMinimum = 6,
  kScale = 7,
  kOriginalDtype = 8,
};
}  // namespace dense

namespace sparse {
enum Field : uint32_t { kIndices = 1, kValues = 2, kShape = 3 };
}  // namespace sparse

namespace score {
enum Field : uint32_t {
  kValue = 1,
  kOpName = 2,
  kDescription = 3,
  kOperands = 4,
  kRefId = 5,
};
}  // namespace score

// Every entry of a map: its key, then its value.
namespace entry {
enum Field : uint32_t { kKey = 1, kValue = 2 };
}  // namespace entry

// google.protobuf.Struct holds entries, ListValue values, both as field 1.
inline constexpr uint32_t kElements = 1;

namespace value {
enum Field : uint32_t {
  kNull = 1,
  kNumber = 2,
  kString = 3,
  kBool = 4,
  kStruct = 5,
  kList = 6,
};
}  // namespace value

using Type = protozero::pbf_wire_type;

// Field and wire type in one number, for switch. A field of another type is an unknown one.
constexpr uint32_t bytes_of(uint32_t field) {
  return protozero::tag_and_type(field, Type::length_delimited);
}
constexpr uint32_t varint_of(uint32_t field) {
  return protozero::tag_and_type(field, Type::varint);
}
constexpr uint32_t fixed32_of(uint32_t field) {
  return protozero::tag_and_type(field, Type::fixed32);
}
constexpr uint32_t fixed64_of(uint32_t field) {
  return protozero::tag_and_type(field, Type::fixed64);
}

}  // namespace dam::wire
