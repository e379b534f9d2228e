// RapidJSON tokenizes, in a copy that it unescapes in place; the assemblers do the rest. It
// recurses into what the assemblers open, and these bound all nesting. Numbers come as text,
// because a parser that chooses the type loses large integers.
#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <cassert>

#include "document/document_assembler.h"
#include "document/document_builder.h"
#include "document/document_json.h"
#include "document/utf8.h"
#include "document/verify_document.h"

namespace dam {
namespace {

constexpr size_t kPadding = 64;  // zeros behind the text: its end, and room for vector loads
constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseFullPrecisionFlag;

// RapidJSON's handler: hands events on and keeps the failure that stopped them.
class EventSink {
 public:
  EventSink(DocumentAssembler* to, bool check_text) : to_(to), check_text_(check_text) {}

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

  DocumentAssembler* to_;
  bool check_text_;
  Status failure_;
};

Status failure_at(std::string_view json, size_t offset, const char* what,
                  Code code = Code::kInvalidArgument) {
  std::string_view before = json.substr(0, std::min(offset, json.size()));
  auto line = std::count(before.begin(), before.end(), '\n') + 1;
  size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return Status::error(code, "JSON line %td, column %zu: %s", line, before.size() - line_start + 1,
                       what);
}

}  // namespace

class JsonReader::State {
 public:
  explicit State(JsonReadOptions options) : assembler_(&builder_, options.unknown_to_tags) {}

  Result<Bytes> read(std::string_view json) {
    // A document is not longer than its JSON by more than the default fields, so this bounds both.
    if (json.size() > kMaxDocumentBytes) {
      return Status::error(Code::kTooBig, "JSON has %zu bytes, the limit is %llu", json.size(),
                           static_cast<unsigned long long>(kMaxDocumentBytes));
    }
    size_t bad = find_invalid_utf8(json);
    if (bad != std::string_view::npos) return failure_at(json, bad, "byte is not UTF-8");
    builder_.Clear();
    begin_document(&builder_);
    assembler_.reset();
    DAM_TRY(parse(json));
    DAM_ASSIGN(flatbuffers::uoffset_t root, assembler_.finish());
    builder_.Finish(flatbuffers::Offset<schema::Document>(root), schema::DocumentIdentifier());
    Bytes document(builder_.GetBufferPointer(), builder_.GetSize());
    // Why not always: what the assemblers build keeps the rules; an import verifies again anyway.
    if (assembler_.needs_verification()) DAM_TRY(verify_document(document));
    assert(verify_document(document).ok());
    return document;
  }

 private:
  Status parse(std::string_view json) {
    text_.assign(json);
    text_.append(kPadding, '\0');
    bool has_escapes = json.find('\\') != std::string_view::npos;
    EventSink sink(&assembler_, has_escapes);
    rapidjson::InsituStringStream stream(text_.data());
    tokenizer_.Parse<kFlags>(stream, sink);
    if (!sink.failure().ok())
      return failure_at(json, tokenizer_.GetErrorOffset(), sink.failure().message(),
                        sink.failure().code());
    if (tokenizer_.HasParseError()) {
      return failure_at(json, tokenizer_.GetErrorOffset(),
                        rapidjson::GetParseError_En(tokenizer_.GetParseErrorCode()));
    }
    // The tokenizer takes a zero byte for the end.
    if (stream.Tell() != json.size()) return failure_at(json, stream.Tell(), "zero byte");
    return {};
  }

  DocumentBuffer builder_;
  DocumentAssembler assembler_;
  rapidjson::Reader tokenizer_;
  std::string text_;
};

JsonReader::JsonReader(JsonReadOptions options) : state_(std::make_unique<State>(options)) {}
JsonReader::~JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;

Result<Bytes> JsonReader::read(std::string_view json) { return state_->read(json); }

}  // namespace dam
