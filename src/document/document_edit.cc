// Documents are re-encoded whole: a new id of another length has no room where the old one is, and
// bytes that nothing points to would stay for the life of the document.
#include "document/document_edit.h"

#include "document/document_builder.h"
#include "document/document_view.h"
#include "document/table_copy.h"
#include "document/verify_document.h"

namespace dam {
namespace {

std::vector<uint8_t> finished(DocumentBuffer& builder, flatbuffers::uoffset_t root) {
  builder.Finish(flatbuffers::Offset<schema::Document>(root), schema::DocumentIdentifier());
  const uint8_t* bytes = builder.GetBufferPointer();
  return std::vector<uint8_t>(bytes, bytes + builder.GetSize());
}

}  // namespace

Result<std::vector<uint8_t>> document_with_id(Bytes document, std::string_view id) {
  DAM_TRY(check_id(id));
  DocumentBuffer builder(document.size() + id.size() + 64);
  begin_document(&builder);
  TableCopy copy(&builder);
  copy.replace(schema::Document::VT_ID, builder.add_text(id));
  DAM_ASSIGN(flatbuffers::uoffset_t root, copy.copy(document_root(document), kDocumentShape));
  return finished(builder, root);
}

Result<std::vector<uint8_t>> merged_document(const DocumentSource& base,
                                             const DocumentSource& update) {
  const FieldReader reader(update.document);
  DocumentDraft draft;
  draft.take_all(base);
  for (uint32_t field = 0; field < field::kCount; field++) {
    if (reader.has(field) && field != field::kTags) draft.take(field, update);
  }
  draft.merge_tags_of(update);
  return draft.build();
}

Result<std::vector<uint8_t>> document_alone(const schema::Document* document) {
  DocumentBuffer builder;
  begin_document(&builder);
  TableCopy copy(&builder);
  DAM_ASSIGN(flatbuffers::uoffset_t root, copy.copy(document, kDocumentShape));
  return finished(builder, root);
}

}  // namespace dam
