#include "api/write_requests.h"

#include "document/document_view.h"

namespace dam {

Status take_set(const IdArgument& id, const DocumentBytes& bytes, DocumentArgument& document,
                WriteOperation& out) {
  out.kind = WriteOperation::Kind::kSet;
  DAM_TRY(take_id(id.text, id.size, out.id));
  DAM_TRY(document.take(bytes.data, bytes.size, DocumentArgument::Id::kAsIs));
  out.document = document.bytes();
  const std::string_view inside = document_id(out.document);
  if (inside == out.id) return {};
  if (inside.empty()) return Status::error(Code::kInvalidArgument, "the document bears no id");
  constexpr size_t kShown = 80;
  return Status::error(Code::kInvalidArgument, "the document bears another id: %.*s",
                       static_cast<int>(std::min(inside.size(), kShown)), inside.data());
}

Status take_set_at(const DocumentBytes& bytes, DocumentArgument& document, WriteOperation& out) {
  out.kind = WriteOperation::Kind::kSetAt;
  DAM_TRY(document.take(bytes.data, bytes.size, DocumentArgument::Id::kFreshIfNone));
  out.document = document.bytes();
  return {};
}

Status take_delete(const IdArgument& id, WriteOperation& out) {
  out.kind = WriteOperation::Kind::kDelete;
  return take_id(id.text, id.size, out.id);
}

}  // namespace dam
