// Replacing and deleting, each call one commit.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/write_requests.h"

using dam::OpenArray;
using dam::Status;
using dam::WriteOperation;

namespace dam {
namespace {

void tell_revision(const CommitResult& done, int64_t* out_revision) {
  if (out_revision != nullptr) *out_revision = static_cast<int64_t>(done.revision);
}

// Commits an operation on an id, durably as the flags say.
Status commit_one(Store& store, const WriteOperation& operation, uint32_t flags,
                  int64_t* out_revision) {
  Durability durability = store.durability();
  DAM_TRY(take_flags(flags, 0, durability));
  DAM_ASSIGN(const CommitResult done, store.commit({&operation, 1}, durability));
  tell_revision(done, out_revision);
  return {};
}

struct PositionChange {
  WriteOperation operation;
  int64_t position;
};

Status commit_one_at(Store& store, const PositionChange& change, uint32_t flags,
                     int64_t* out_revision) {
  Durability durability = store.durability();
  DAM_TRY(take_flags(flags, 0, durability));
  DAM_ASSIGN(const CommitResult done,
             store.commit_at(change.operation, change.position, durability));
  tell_revision(done, out_revision);
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_set(dam_array* array, const char* id, size_t id_size, const void* data, size_t size,
                   int64_t expected_revision, uint32_t flags, int64_t* out_revision) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    WriteOperation operation;
    dam::DocumentArgument document;
    DAM_TRY(dam::take_set({id, id_size}, {data, size}, document, operation));
    DAM_TRY(dam::take_revision(expected_revision, operation.expected_revision));
    return dam::commit_one(*open.store, operation, flags, out_revision);
  });
}

dam_status dam_set_at(dam_array* array, int64_t position, const void* data, size_t size,
                      int64_t expected_revision, uint32_t flags, int64_t* out_revision) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    dam::PositionChange change = {{}, position};
    dam::DocumentArgument document;
    DAM_TRY(dam::take_set_at({data, size}, document, change.operation));
    DAM_TRY(dam::take_revision(expected_revision, change.operation.expected_revision));
    return dam::commit_one_at(*open.store, change, flags, out_revision);
  });
}

dam_status dam_delete(dam_array* array, const char* id, size_t id_size, int64_t expected_revision,
                      uint32_t flags, int64_t* out_revision) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    WriteOperation operation;
    DAM_TRY(dam::take_delete({id, id_size}, operation));
    DAM_TRY(dam::take_revision(expected_revision, operation.expected_revision));
    return dam::commit_one(*open.store, operation, flags, out_revision);
  });
}

dam_status dam_delete_at(dam_array* array, int64_t position, int64_t expected_revision,
                         uint32_t flags, int64_t* out_revision) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    dam::PositionChange change = {{}, position};
    change.operation.kind = WriteOperation::Kind::kDeleteAt;
    DAM_TRY(dam::take_revision(expected_revision, change.operation.expected_revision));
    return dam::commit_one_at(*open.store, change, flags, out_revision);
  });
}

dam_status dam_delete_range(dam_array* array, int64_t start, int64_t stop, int64_t step,
                            uint32_t flags, int64_t* out_deleted) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    dam::Durability durability = open.store->durability();
    DAM_TRY(dam::take_flags(flags, 0, durability));
    DAM_ASSIGN(const uint64_t deleted, open.store->delete_slice({start, stop, step}, durability));
    if (out_deleted != nullptr) *out_deleted = static_cast<int64_t>(deleted);
    return {};
  });
}
