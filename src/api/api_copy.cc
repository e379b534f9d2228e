// Arrays as wholes: copied into others, compared by directory and by content.
//
// Both walk snapshots, batch by batch, so memory is bounded by a batch and its largest document.
#include <algorithm>
#include <vector>

#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/slice_walk.h"
#include "api/task_progress.h"
#include "document/content_hash.h"
#include "document/document_view.h"
#include "platform/file.h"
#include "store/admission.h"

using dam::OpenArray;
using dam::SliceRange;
using dam::Status;
using dam::View;

namespace dam {
namespace {

constexpr size_t kBatchDocuments = 1024;
constexpr size_t kBatchBytes = size_t{4} << 20;

Status cancelled(int64_t done, int64_t total) {
  return Status::error(Code::kCancelled, "cancelled after %lld of %lld documents",
                       static_cast<long long>(done), static_cast<long long>(total));
}

SliceRange whole(const View& view) { return {0, 1, static_cast<int64_t>(view.count())}; }

// One copy: what of which view, to where, and how far it is.
class CopyRun {
 public:
  CopyRun(std::shared_ptr<const View> from, const SliceRange& range)
      : from_(std::move(from)), range_(range), walk_(from_, range) {}

  Status take_target(const dam_array* target, uint32_t flags) {
    DAM_TRY(target_.enter(HandleKind::kArray, target));
    durability_ = store().durability();
    upsert_ = (flags & DAM_UPSERT) != 0;
    return take_flags(flags, DAM_UPSERT, durability_);
  }

  Status run(TaskProgress& progress) {
    DAM_TRY(check_ids());
    while (true) {
      if (!tell_progress(progress, static_cast<uint64_t>(copied_),
                         static_cast<uint64_t>(range_.size)))
        return cancelled(copied_, range_.size);
      DAM_TRY(gather());
      if (batch_.empty()) break;
      DAM_TRY(store().commit(batch_, level()).status());
      copied_ += static_cast<int64_t>(batch_.size());
    }
    return durability_ == Durability::kDurable ? store().sync() : Status();
  }

  int64_t copied() const { return copied_; }

 private:
  Store& store() const { return *static_cast<OpenArray*>(target_.object())->store; }

  // Durability: one sync at the end serves all batches.
  Durability level() const {
    return durability_ == Durability::kDurable ? Durability::kVisible : durability_;
  }

  // Ids that the target must refuse are found before anything is written.
  Status check_ids() const {
    const std::shared_ptr<const View> target = store().view();
    const bool may_meet = !upsert_ && target->count() != 0;
    DAM_ASSIGN(const int64_t key_length, store().stat(Stat::kKeyLength));
    if (!may_meet && key_length == 0) return {};
    std::string id;
    for (int64_t i = 0; i < range_.size; ++i) {
      uint64_t slot = 0;
      id.clear();
      DAM_TRY(from_->slot_at(static_cast<uint64_t>(range_.at(i)), slot));
      DAM_TRY(from_->append_id(slot, id));
      DAM_TRY(check_key_length(id, static_cast<uint32_t>(key_length)));
      if (!may_meet) continue;
      Status found = target->find(id, slot);
      if (found.ok())
        return Status::error(Code::kAlreadyExists, "the target has the id at position %lld: %.80s",
                             static_cast<long long>(range_.at(i)), id.c_str());
      if (found.code() != Code::kNotFound) return found;
    }
    return {};
  }

  Status gather() {
    batch_.clear();
    size_t bytes = 0;
    while (batch_.size() < kBatchDocuments && bytes < kBatchBytes) {
      WriteOperation operation;
      operation.upsert = upsert_;
      const Status status = walk_.peek(operation.document);
      if (status.code() == Code::kNotFound) break;
      DAM_TRY(status);
      bytes += operation.document.size();
      batch_.push_back(operation);
      walk_.pass();
    }
    return {};
  }

  std::shared_ptr<const View> from_;
  SliceRange range_;
  SliceWalk walk_;
  HandleUse target_;
  Durability durability_ = Durability::kVisible;
  bool upsert_ = false;
  int64_t copied_ = 0;
  std::vector<WriteOperation> batch_;  // documents lie in `from_`
};

bool is_equal(Bytes a, Bytes b) {
  // Most equal documents are equal byte for byte.
  return std::ranges::equal(a, b) || equal_documents(document_root(a), document_root(b));
}

Status compare(std::shared_ptr<const View> first, std::shared_ptr<const View> second,
               TaskProgress& progress, bool& out_equal) {
  const SliceRange range = whole(*first);
  out_equal = first->count() == second->count();
  SliceWalk first_walk(std::move(first), range);
  SliceWalk second_walk(std::move(second), range);
  for (int64_t i = 0; out_equal && i < range.size; ++i) {
    if (i % static_cast<int64_t>(kBatchDocuments) == 0 &&
        !tell_progress(progress, static_cast<uint64_t>(i), static_cast<uint64_t>(range.size)))
      return cancelled(i, range.size);
    Bytes a;
    Bytes b;
    DAM_TRY(first_walk.peek(a));
    DAM_TRY(second_walk.peek(b));
    out_equal = is_equal(a, b);
    first_walk.pass();
    second_walk.pass();
  }
  return {};
}

// Runs `body` on two arrays, which may be one.
template <typename Body>
dam_status with_both(const dam_array* array, const dam_array* other, Body&& body) noexcept {
  return with<OpenArray>(array, [&](OpenArray& first) -> Status {
    HandleUse use;
    DAM_TRY(use.enter(HandleKind::kArray, other));
    return body(*first.store, *static_cast<OpenArray*>(use.object())->store);
  });
}

}  // namespace
}  // namespace dam

dam_status dam_copy_into(dam_array* array, dam_array* target, uint32_t flags, dam_task* task,
                         int64_t* out_count) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    std::shared_ptr<dam::TaskProgress> progress;
    DAM_TRY(dam::follow_task(task, progress));
    const std::shared_ptr<const View> view = open.store->view();
    dam::CopyRun copy(view, dam::whole(*view));
    DAM_TRY(copy.take_target(target, flags));
    Status status = copy.run(*progress);
    if (out_count != nullptr) *out_count = copy.copied();
    return status;
  });
}

dam_status dam_snapshot_copy_into(dam_snapshot* snapshot, int64_t start, int64_t stop, int64_t step,
                                  dam_array* target, uint32_t flags) {
  return dam::with<dam::OpenSnapshot>(snapshot, [&](dam::OpenSnapshot& open) -> Status {
    DAM_ASSIGN(const SliceRange range, dam::resolve_slice(start, stop, step, open.view->count()));
    dam::CopyRun copy(open.view, range);
    DAM_TRY(copy.take_target(target, flags));
    dam::TaskProgress progress;
    return copy.run(progress);
  });
}

dam_status dam_same(dam_array* array, dam_array* other, int32_t* out_same) {
  return dam::with_both(array, other, [&](dam::Store& first, dam::Store& second) -> Status {
    DAM_TRY(dam::require(out_same, "out_same"));
    bool same = &first == &second;
    if (!same && !first.is_temporary() && !second.is_temporary()) {
      DAM_ASSIGN(const dam::FileIdentity first_identity, dam::identify(first.path()));
      DAM_ASSIGN(const dam::FileIdentity second_identity, dam::identify(second.path()));
      same = first_identity == second_identity;
    }
    *out_same = same ? 1 : 0;
    return {};
  });
}

dam_status dam_equal(dam_array* array, dam_array* other, dam_task* task, int32_t* out_equal) {
  return dam::with_both(array, other, [&](dam::Store& first, dam::Store& second) -> Status {
    DAM_TRY(dam::require(out_equal, "out_equal"));
    std::shared_ptr<dam::TaskProgress> progress;
    DAM_TRY(dam::follow_task(task, progress));
    bool equal = false;
    DAM_TRY(dam::compare(first.view(), second.view(), *progress, equal));
    *out_equal = equal ? 1 : 0;
    return {};
  });
}
