// A JSON text into events, whoever takes them.
//
// RapidJSON tokenizes, in a copy that it unescapes in place. It recurses into what the taker lets
// open, so takers bound all nesting. Numbers come as text, because a parser that chooses the type
// loses large integers.
#pragma once

#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <string>
#include <string_view>

#include "base/status.h"
#include "document/json_event.h"
#include "document/utf8.h"

namespace dam {

// A failure with line and column.
Status json_failure_at(std::string_view json, size_t offset, const char* what,
                       Code code = Code::kInvalidArgument);

// RapidJSON's handler: hands events on and keeps the failure that stopped them.
template <typename Taker>
class EventSink {
 public:
  EventSink(Taker* to, bool check_text) : to_(to), check_text_(check_text) {}

  bool Null() { return pass({JsonStep::kNull}); }
  bool Bool(bool value) { return pass({value ? JsonStep::kTrue : JsonStep::kFalse}); }
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return pass({JsonStep::kNumber, {text, size}});
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return pass_text({JsonStep::kString, {text, size}});
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    return pass_text({JsonStep::kKey, {text, size}});
  }
  bool StartObject() { return pass({JsonStep::kStartObject}); }
  bool EndObject(rapidjson::SizeType) { return pass({JsonStep::kEndObject}); }
  bool StartArray() { return pass({JsonStep::kStartArray}); }
  bool EndArray(rapidjson::SizeType) { return pass({JsonStep::kEndArray}); }

  const Status& failure() const { return failure_; }

 private:
  bool pass(const JsonEvent& event) {
    Status status = to_->take(event);
    if (status.ok()) [[likely]]
      return true;
    failure_ = std::move(status);
    return false;
  }

  // Escapes can spell halves of surrogate pairs, which are no characters.
  bool pass_text(const JsonEvent& event) {
    if (!check_text_ || find_invalid_utf8(event.text) == std::string_view::npos) return pass(event);
    failure_ = Status::error(Code::kInvalidArgument, "escape of half a surrogate pair");
    return false;
  }

  Taker* to_;
  bool check_text_;
  Status failure_;
};

class JsonParse {
 public:
  // Calls to->take(event) until it fails or the text ends. What events point to is valid until the
  // next call.
  template <typename Taker>
  Status run(std::string_view json, Taker* to) {
    constexpr unsigned kFlags = rapidjson::kParseInsituFlag |
                                rapidjson::kParseNumbersAsStringsFlag |
                                rapidjson::kParseFullPrecisionFlag;
    constexpr size_t kPadding = 64;  // zeros behind: the end, and room for vector loads
    size_t bad = find_invalid_utf8(json);
    if (bad != std::string_view::npos) return json_failure_at(json, bad, "byte is not UTF-8");
    text_.assign(json);
    text_.append(kPadding, '\0');
    bool has_escapes = json.find('\\') != std::string_view::npos;
    EventSink<Taker> sink(to, has_escapes);
    rapidjson::InsituStringStream stream(text_.data());
    tokenizer_.Parse<kFlags>(stream, sink);
    if (!sink.failure().ok())
      return json_failure_at(json, tokenizer_.GetErrorOffset(), sink.failure().message(),
                             sink.failure().code());
    if (tokenizer_.HasParseError()) {
      return json_failure_at(json, tokenizer_.GetErrorOffset(),
                             rapidjson::GetParseError_En(tokenizer_.GetParseErrorCode()));
    }
    // The tokenizer takes a zero byte for the end.
    if (stream.Tell() != json.size()) return json_failure_at(json, stream.Tell(), "zero byte");
    return {};
  }

  // Where a text that an event gave began in the JSON of the latest run; an event without a text
  // has no place of its own.
  size_t offset_of(std::string_view text) const {
    return text.data() == nullptr ? 0 : static_cast<size_t>(text.data() - text_.data());
  }

 private:
  rapidjson::Reader tokenizer_;
  std::string text_;
};

}  // namespace dam
