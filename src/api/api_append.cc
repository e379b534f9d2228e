// Adding documents at the end, one at a time or many in one commit.
#include <vector>

#include "api/arguments.h"
#include "api/open_handles.h"

namespace dam {
namespace {

// The commit is done, so what cannot be told any more (another thread deleted the document) is -1
// and no failure.
int64_t position_now(const Store& store, uint64_t slot) {
  uint64_t position = 0;
  return store.view()->position_of(slot, position).ok() ? static_cast<int64_t>(position) : -1;
}

Status check_offsets(const int64_t* offsets, int64_t count) {
  for (int64_t i = 0; i <= count; ++i) {
    if (offsets[i] % 8 != 0 || offsets[i] < (i == 0 ? 0 : offsets[i - 1]))
      return Status::error(Code::kInvalidArgument,
                           "offset %lld of entry %lld is no multiple of 8, or does not ascend",
                           static_cast<long long>(offsets[i]), static_cast<long long>(i));
  }
  return {};
}

struct PackedDocuments {
  const void* data;
  const int64_t* offsets;
  int64_t count;
};

// The documents as operations of one batch; `arguments` own what had to be copied.
Status take_documents(const PackedDocuments& packed, bool upsert,
                      std::vector<DocumentArgument>& arguments,
                      std::vector<WriteOperation>& operations) {
  DAM_TRY(take_count(packed.count));
  if (packed.count == 0) return {};
  DAM_TRY(require(packed.data, "data"));
  DAM_TRY(require(packed.offsets, "offsets"));
  DAM_TRY(check_offsets(packed.offsets, packed.count));
  const auto* data = static_cast<const uint8_t*>(packed.data);
  arguments.resize(static_cast<size_t>(packed.count));
  operations.resize(arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i) {
    const int64_t begin = packed.offsets[i];
    const auto size = static_cast<size_t>(packed.offsets[i + 1] - begin);
    DAM_TRY(arguments[i].take(data + begin, size, DocumentArgument::Id::kFreshIfNone));
    operations[i].upsert = upsert;
    operations[i].document = arguments[i].bytes();
  }
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_append(dam_array* array, const void* data, size_t size, uint32_t flags,
                      int64_t* out_position, int64_t* out_revision) {
  return dam::with<dam::OpenArray>(array, [&](dam::OpenArray& open) -> dam::Status {
    dam::Durability durability = open.store->durability();
    DAM_TRY(dam::take_flags(flags, DAM_UPSERT, durability));
    dam::DocumentArgument document;
    DAM_TRY(document.take(data, size, dam::DocumentArgument::Id::kFreshIfNone));
    dam::WriteOperation operation;
    operation.upsert = (flags & DAM_UPSERT) != 0;
    operation.document = document.bytes();
    DAM_ASSIGN(const dam::CommitResult done, open.store->commit({&operation, 1}, durability));
    if (out_position != nullptr) *out_position = dam::position_now(*open.store, done.last_slot);
    if (out_revision != nullptr) *out_revision = static_cast<int64_t>(done.revision);
    return {};
  });
}

dam_status dam_extend(dam_array* array, const void* data, const int64_t* offsets, int64_t count,
                      uint32_t flags, int64_t* out_first, int64_t* out_revision) {
  return dam::with<dam::OpenArray>(array, [&](dam::OpenArray& open) -> dam::Status {
    dam::Durability durability = open.store->durability();
    DAM_TRY(dam::take_flags(flags, DAM_UPSERT, durability));
    std::vector<dam::DocumentArgument> arguments;
    std::vector<dam::WriteOperation> operations;
    DAM_TRY(dam::take_documents({data, offsets, count}, (flags & DAM_UPSERT) != 0, arguments,
                                operations));
    DAM_ASSIGN(const dam::CommitResult done, open.store->commit(operations, durability));
    const bool told = count > 0 && !done.replaced_any;
    if (out_first != nullptr)
      *out_first = told ? dam::position_now(*open.store, done.first_slot) : -1;
    if (out_revision != nullptr) *out_revision = static_cast<int64_t>(done.revision);
    return {};
  });
}
