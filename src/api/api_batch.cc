// Batches: writes gathered in memory, then committed as one.
//
// A batch owns copies of all it is given. A position is resolved when the call is made, to a slot
// and the version seen there, which the commit compares; behind a prune it finds that version by id
// and revision.
#include <vector>

#include "api/arguments.h"
#include "api/byte_arena.h"
#include "api/open_handles.h"
#include "api/view_lookup.h"
#include "api/write_requests.h"
#include "document/document_view.h"

using dam::DocumentArgument;
using dam::Status;
using dam::WriteOperation;

namespace dam {
namespace {

class PendingBatch {
 public:
  static constexpr HandleKind kKind = HandleKind::kBatch;

  explicit PendingBatch(std::shared_ptr<Store> store) : store_(std::move(store)) {}

  // Copies what the operation refers to.
  void add(WriteOperation operation) {
    operation.id = as_text(arena_.keep(as_bytes(operation.id)));
    operation.document = arena_.keep(operation.document);
    operations_.push_back(operation);
  }

  // Aims the operation at the document that is at the position now.
  Status aim(int64_t position, WriteOperation& operation) {
    const std::shared_ptr<const View> view = store_->view();
    Record seen;
    DAM_TRY(locate_at(*view, position, operation.slot));
    DAM_TRY(view->record(operation.slot, View::Check::kFirstTouch, seen));
    DAM_TRY(view->revision_of(operation.slot, operation.seen.revision));
    operation.seen.generation = view->generation();
    operation.seen.offset = seen.offset;
    operation.seen.id = as_text(arena_.keep(as_bytes(document_id(seen.document))));
    return {};
  }

  Status commit(uint32_t flags, int64_t* out_revision) {
    Durability durability = store_->durability();
    DAM_TRY(take_flags(flags, 0, durability));
    DAM_ASSIGN(const CommitResult done, store_->commit(operations_, durability));
    if (out_revision != nullptr) *out_revision = static_cast<int64_t>(done.revision);
    return {};
  }

 private:
  std::shared_ptr<Store> store_;
  ByteArena arena_;
  std::vector<WriteOperation> operations_;
};

}  // namespace
}  // namespace dam

using dam::PendingBatch;

dam_status dam_batch_begin(dam_array* array, dam_batch** out_batch) {
  return dam::with<dam::OpenArray>(array, [&](dam::OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_batch, "out_batch"));
    return dam::hand_out(std::make_unique<PendingBatch>(open.store), out_batch);
  });
}

dam_status dam_batch_append(dam_batch* batch, const void* data, size_t size, uint32_t flags) {
  return dam::with<PendingBatch>(batch, [&](PendingBatch& pending) -> Status {
    if ((flags & ~uint32_t{DAM_UPSERT}) != 0)
      return Status::error(dam::Code::kInvalidArgument,
                           "flags %#x hold one that this call does not know", flags);
    WriteOperation operation;
    DocumentArgument document;
    DAM_TRY(document.take(data, size, DocumentArgument::Id::kFreshIfNone));
    operation.upsert = (flags & DAM_UPSERT) != 0;
    operation.document = document.bytes();
    pending.add(operation);
    return {};
  });
}

dam_status dam_batch_set(dam_batch* batch, const char* id, size_t id_size, const void* data,
                         size_t size, int64_t expected_revision) {
  return dam::with<PendingBatch>(batch, [&](PendingBatch& pending) -> Status {
    WriteOperation operation;
    DocumentArgument document;
    DAM_TRY(dam::take_set({id, id_size}, {data, size}, document, operation));
    DAM_TRY(dam::take_revision(expected_revision, operation.expected_revision));
    pending.add(operation);
    return {};
  });
}

dam_status dam_batch_set_at(dam_batch* batch, int64_t position, const void* data, size_t size,
                            int64_t expected_revision) {
  return dam::with<PendingBatch>(batch, [&](PendingBatch& pending) -> Status {
    WriteOperation operation;
    DocumentArgument document;
    DAM_TRY(dam::take_set_at({data, size}, document, operation));
    DAM_TRY(dam::take_revision(expected_revision, operation.expected_revision));
    DAM_TRY(pending.aim(position, operation));
    pending.add(operation);
    return {};
  });
}

dam_status dam_batch_delete(dam_batch* batch, const char* id, size_t id_size,
                            int64_t expected_revision) {
  return dam::with<PendingBatch>(batch, [&](PendingBatch& pending) -> Status {
    WriteOperation operation;
    DAM_TRY(dam::take_delete({id, id_size}, operation));
    DAM_TRY(dam::take_revision(expected_revision, operation.expected_revision));
    pending.add(operation);
    return {};
  });
}

dam_status dam_batch_delete_at(dam_batch* batch, int64_t position, int64_t expected_revision) {
  return dam::with<PendingBatch>(batch, [&](PendingBatch& pending) -> Status {
    WriteOperation operation;
    operation.kind = WriteOperation::Kind::kDeleteAt;
    DAM_TRY(dam::take_revision(expected_revision, operation.expected_revision));
    DAM_TRY(pending.aim(position, operation));
    pending.add(operation);
    return {};
  });
}

dam_status dam_batch_commit(dam_batch* batch, uint32_t flags, int64_t* out_revision) {
  return dam::boundary([&]() -> Status {
    std::unique_ptr<PendingBatch> pending;
    DAM_TRY(dam::take_back(batch, pending));
    return pending->commit(flags, out_revision);
  });
}

dam_status dam_batch_discard(dam_batch* batch) { return dam::close_handle<PendingBatch>(batch); }
