// One step of a JSON text, as the assemblers take it, and the failures they share.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/status.h"

namespace dam {

enum class JsonStep : uint8_t {
  kNull,
  kFalse,
  kTrue,
  kNumber,
  kString,
  kKey,
  kStartObject,
  kEndObject,
  kStartArray,
  kEndArray
};

// `text` is the string, the key or the number as written; it lies in the text being read, and so
// is good until all of that is read.
struct JsonEvent {
  JsonStep step;
  std::string_view text = {};

  bool starts() const { return step == JsonStep::kStartObject || step == JsonStep::kStartArray; }
  bool ends() const { return step == JsonStep::kEndObject || step == JsonStep::kEndArray; }
};

// "a number", for messages.
const char* step_name(JsonStep step);

Status wrong_json(std::string_view member, const char* wanted, const JsonEvent& found);
Status repeated_member(std::string_view member);
Status unknown_member(std::string_view member, const char* of);

}  // namespace dam
