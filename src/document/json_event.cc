// Failures carry no position: the reader puts line and column in front.
#include "document/json_event.h"

#include "document/verify_place.h"

namespace dam {

const char* step_name(JsonStep step) {
  switch (step) {
    case JsonStep::kNull:
      return "null";
    case JsonStep::kFalse:
      return "false";
    case JsonStep::kTrue:
      return "true";
    case JsonStep::kNumber:
      return "a number";
    case JsonStep::kString:
      return "a string";
    case JsonStep::kKey:
      return "a member";
    case JsonStep::kStartObject:
    case JsonStep::kEndObject:
      return "an object";
    default:
      return "a list";
  }
}

Status wrong_json(std::string_view member, const char* wanted, const JsonEvent& found) {
  bool has_text = !found.text.empty();
  return Status::error(Code::kInvalidArgument, "%s must be %s, not %s%s%s%s",
                       printable(member).c_str(), wanted, step_name(found.step),
                       has_text ? " (" : "", printable(found.text).c_str(), has_text ? ")" : "");
}

Status repeated_member(std::string_view member) {
  return Status::error(Code::kInvalidArgument, "member \"%s\" is there twice",
                       printable(member).c_str());
}

Status unknown_member(std::string_view member, const char* of) {
  return Status::error(Code::kInvalidArgument, "member \"%s\" is unknown in %s",
                       printable(member).c_str(), of);
}

}  // namespace dam
