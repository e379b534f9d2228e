// Store: the thin face of Store::Core. What each call does stands in the store_<verb>.cc files.
#include "store/store.h"

#include "store/fork_guard.h"
#include "store/store_core.h"

namespace dam {

Result<std::shared_ptr<Store>> Store::open(const std::string& path, const StoreOptions& options) {
  auto core = std::make_unique<Core>(path, options);
  DAM_TRY(core->open());
  return std::shared_ptr<Store>(new Store(std::move(core)));
}

Store::Store(std::unique_ptr<Core> core) : core_(std::move(core)) {}

Store::~Store() {
  // A failure here was answered by no one who asked; dam_close is for those who do.
  const Status ignored = core_->close();
}

const std::string& Store::path() const { return core_->path_; }

bool Store::is_temporary() const { return core_->options_.temporary; }

Durability Store::durability() const { return core_->options_.durability; }

std::shared_ptr<const View> Store::view() const { return core_->view(); }

Result<CommitResult> Store::commit(std::span<const WriteOperation> operations,
                                   Durability durability) {
  return core_->commit(operations, durability);
}

Result<CommitResult> Store::commit_at(WriteOperation operation, int64_t position,
                                      Durability durability) {
  return core_->commit_at(operation, position, durability);
}

Result<uint64_t> Store::delete_slice(const Slice& slice, Durability durability) {
  return core_->delete_slice(slice, durability);
}

Status Store::prune(const PruneOptions& options) { return core_->prune(options); }

Result<uint64_t> Store::clear() { return core_->clear(); }

Result<std::string> Store::seal(
    const std::function<bool(uint64_t done, uint64_t total)>& progress) {
  return core_->seal(progress);
}

Result<bool> Store::reload() { return core_->reload(); }

Status Store::flush() { return core_->flush(); }

Status Store::sync() { return core_->sync(); }

Status Store::close() { return core_->close(); }

Result<int64_t> Store::stat(Stat which) const { return core_->stat(which); }

Status Store::checkpoint_begin() { return core_->checkpoint_begin(); }

Status Store::checkpoint_finish() { return core_->checkpoint_finish(); }

}  // namespace dam
