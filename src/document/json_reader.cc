// The assemblers do the work; here they get their events, and their result its last check.
#include <cassert>

#include "document/document_assembler.h"
#include "document/document_builder.h"
#include "document/document_json.h"
#include "document/json_parse.h"
#include "document/verify_document.h"

namespace dam {

class JsonReader::State {
 public:
  explicit State(JsonReadOptions options) : assembler_(&builder_, options.unknown_to_tags) {}

  Result<Bytes> read(std::string_view json) {
    // A document is not longer than its JSON by more than the default fields, so this bounds both.
    if (json.size() > kMaxDocumentBytes) {
      return Status::error(Code::kTooBig, "JSON has %zu bytes, the limit is %llu", json.size(),
                           static_cast<unsigned long long>(kMaxDocumentBytes));
    }
    builder_.Clear();
    begin_document(&builder_);
    assembler_.reset();
    DAM_TRY(parse_.run(json, &assembler_));
    DAM_ASSIGN(flatbuffers::uoffset_t root, assembler_.finish());
    builder_.Finish(flatbuffers::Offset<schema::Document>(root), schema::DocumentIdentifier());
    Bytes document(builder_.GetBufferPointer(), builder_.GetSize());
    // Why not always: what the assemblers build keeps the rules; an import verifies again anyway.
    if (assembler_.needs_verification()) DAM_TRY(verify_document(document));
    assert(verify_document(document).ok());
    return document;
  }

 private:
  DocumentBuffer builder_;
  DocumentAssembler assembler_;
  JsonParse parse_;
};

JsonReader::JsonReader(JsonReadOptions options) : state_(std::make_unique<State>(options)) {}
JsonReader::~JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;

Result<Bytes> JsonReader::read(std::string_view json) { return state_->read(json); }

}  // namespace dam
