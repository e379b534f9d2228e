// Reload: adopting what another process committed, in about two system calls when nothing is new.
// That of a writer that takes turns is in store_turn.cc.
#include "store/store_core.h"

namespace dam {

Result<bool> Store::Core::reload() {
  if (closed_) return Status::error(Code::kClosed, "%s is closed", path_.c_str());
  if (can_write_) return options_.shared_writer ? reload_shared() : false;
  const std::lock_guard lock(reload_mutex_);
  DAM_ASSIGN(const FileIdentity identity, identify(header_path(path_)));
  const auto published = maps_->newest_publication();
  const bool same_files = identity == maps_->files().identity();
  if (same_files && published && published->point.seq == adopted_publication_) return false;
  const CommitPoint before = view()->point();
  bool settled = false;
  if (same_files) {
    DAM_ASSIGN(const uint64_t header_size, maps_->files().header().size());
    DAM_ASSIGN(const uint64_t body_size, maps_->files().body().size());
    if (!maps_->cover(header_size, body_size)) {
      DAM_ASSIGN(maps_, ArrayMaps::map(maps_->shared_files(), map_options()));
      pins_.maps = maps_;
    }
  }
  Status adopted = same_files ? adopt_for_reading(settled) : Status();
  if (adopted.ok() && !settled) adopted = open_readable();
  // What failed is not adopted: the next reload must look again.
  if (!adopted.ok()) adopted_publication_ = UINT64_MAX;
  DAM_TRY(adopted);
  return view()->point() != before;
}

}  // namespace dam
