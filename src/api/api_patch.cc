// Patching a stored document: read, merged and replaced as one change.
//
// The patch is applied outside of the writers' lock, to the version that is current, and replaces
// exactly that version; if another writer was faster, it is applied again to what that one wrote.
// Some writer always gets on, and no patch is lost.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/view_lookup.h"
#include "document/document_patch.h"
#include "document/document_view.h"

using dam::OpenArray;
using dam::Status;

namespace dam {
namespace {

struct PatchRequest {
  std::string_view id;
  std::string_view patch;
  uint64_t expected_revision;
  Durability durability;
};

// A document as some view sees it.
struct SeenVersion {
  std::shared_ptr<const View> view;
  Record record;
  uint64_t revision = 0;
};

Status see(const Store& store, std::string_view id, SeenVersion& out) {
  out.view = store.view();
  DAM_TRY(out.view->find_record(id, View::Check::kAlways, out.record));
  return out.view->revision_of(out.record.slot, out.revision);
}

// CONFLICT when the version is not current any more.
Result<CommitResult> replace_version(Store& store, const PatchRequest& request,
                                     const SeenVersion& seen) {
  const DocumentSource source = {nullptr, document_root(seen.record.document)};
  DAM_ASSIGN(const std::vector<uint8_t> bytes, patched_document(source, request.patch));
  WriteOperation operation;
  operation.kind = WriteOperation::Kind::kSet;
  operation.id = request.id;
  operation.document = bytes;
  operation.expected_revision = seen.revision;
  if (document_id(bytes) != request.id)
    return Status::error(Code::kInvalidArgument, "the patch changes the id");
  return store.commit({&operation, 1}, request.durability);
}

Result<CommitResult> patch_stored(Store& store, const PatchRequest& request) {
  while (true) {
    SeenVersion seen;
    DAM_TRY(see(store, request.id, seen));
    if (request.expected_revision != 0 && request.expected_revision != seen.revision)
      return Status::error(Code::kConflict, "the document has revision %llu, not %llu",
                           static_cast<unsigned long long>(seen.revision),
                           static_cast<unsigned long long>(request.expected_revision));
    Result<CommitResult> done = replace_version(store, request, seen);
    const bool lost = !done.ok() && done.status().code() == Code::kConflict;
    if (!lost || request.expected_revision != 0) return done;
  }
}

}  // namespace
}  // namespace dam

dam_status dam_patch(dam_array* array, const char* id, size_t id_size, const char* patch,
                     size_t patch_size, int64_t expected_revision, uint32_t flags,
                     int64_t* out_revision) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    dam::PatchRequest request = {{}, {}, 0, open.store->durability()};
    DAM_TRY(dam::take_id(id, id_size, request.id));
    DAM_TRY(dam::require(patch, "patch"));
    DAM_TRY(dam::take_text(patch, patch_size, "patch", request.patch));
    DAM_TRY(dam::take_revision(expected_revision, request.expected_revision));
    DAM_TRY(dam::take_flags(flags, 0, request.durability));
    DAM_ASSIGN(const dam::CommitResult done, dam::patch_stored(*open.store, request));
    if (out_revision != nullptr) *out_revision = static_cast<int64_t>(done.revision);
    return {};
  });
}
