// Prune and clear: a new generation is built aside and takes the array's place by two renames.
//
// Commits go on while it is built, and wait for the last pass and the renames only. The order of
// syncs and renames is the protocol (docs/durability.md, "Prune"); the model test holds it.
#include <algorithm>
#include <new>

#include "base/seeded_mistake.h"
#include "store/store_core.h"
#include "store/successor.h"

namespace dam {
namespace {

unsigned long long print(uint64_t value) { return value; }

Status require_space(const ArrayView& view, uint64_t needed) {
  const File& body = view.pins().maps->files().body();
  DAM_ASSIGN(const uint64_t available, available_space(body));
  if (available >= needed) return {};
  return Status::error(Code::kNoSpace, "a prune of %s needs %llu bytes, %llu are free",
                       view.pins().generation->directory.c_str(), print(needed), print(available));
}

// Of several writers one prunes or clears at a time.
class OnlyPrune {
 public:
  static Result<OnlyPrune> begin(LockFile& lock, const StoreOptions& options) {
    if (!options.shared_writer) return OnlyPrune(nullptr);
    DAM_TRY(lock.acquire_prune(options.lock_wait_ms()));
    return OnlyPrune(&lock);
  }
  ~OnlyPrune() {
    if (lock_ != nullptr) lock_->release_prune();
  }
  OnlyPrune(OnlyPrune&& other) noexcept : lock_(std::exchange(other.lock_, nullptr)) {}
  OnlyPrune& operator=(OnlyPrune&&) = delete;

 private:
  explicit OnlyPrune(LockFile* lock) : lock_(lock) {}
  LockFile* lock_;
};

}  // namespace

Status Store::Core::prune(const PruneOptions& options) {
  DAM_TRY(require_writable());
  const std::lock_guard turn(prune_mutex_);
  DAM_ASSIGN(const OnlyPrune only, OnlyPrune::begin(lock_, options_));
  std::shared_ptr<const ArrayView> now;
  DAM_TRY(settle(now));
  if (!options.order && garbage_percent(now->point()) < options.garbage_percent) return {};
  const PruneProgress progress = [&](uint64_t done, uint64_t total) {
    return !closed_ && (!options.progress || options.progress(done, total));
  };
  PruneCopy copy(now, progress);
  if (options.order) DAM_TRY(copy.set_order(*options.order));
  DAM_TRY(require_space(*now, copy.size_estimate()));
  DAM_ASSIGN(const std::unique_ptr<Successor> next, Successor::start(*now, map_options()));
  Status status = prune_into(*next, copy, options.last_pass_bytes);
  if (status.code() == Code::kCancelled) DAM_TRY(require_writable());
  return status;
}

Status Store::Core::prune_into(Successor& next, PruneCopy& copy, uint64_t last_pass_bytes) {
  // Lets waiting commits go on, however this ends.
  struct NoLimit {
    explicit NoLimit(Core& core) : core_(core) {}
    ~NoLimit() { core_.set_copy_limit(UINT64_MAX); }
    Core& core_;
  };
  const NoLimit at_the_end(*this);
  DAM_TRY(copy_aside(next, copy, last_pass_bytes));
  return switch_to(next, [&](GenerationWriter& files) -> Status {
    if (seeded(Mistake::kPruneSkipsLastPass)) return {};
    DAM_TRY(flush_tail());
    show(writer_->point());
    return copy.catch_up(view(), files);
  });
}

// Copies pass after pass until no more than `last_pass_bytes` are left. Each pass is synced, so
// that the last one has little to wait for.
Status Store::Core::copy_aside(Successor& next, PruneCopy& copy, uint64_t last_pass_bytes) {
  const auto limit_of = [&](uint64_t end, uint64_t pass) {
    return end + std::max(last_pass_bytes, pass / 2);
  };
  const uint64_t length = copy.copied_length();
  set_copy_limit(limit_of(length, length));
  DAM_TRY(copy.copy_all(next.files()));
  uint64_t former_left = UINT64_MAX;
  while (true) {
    DAM_TRY(next.files().sync());
    DAM_TRY(next.follow());
    DAM_TRY(copy.advance(0));
    std::shared_ptr<const ArrayView> now;
    DAM_TRY(settle(now));
    const uint64_t end = now->point().body_length;
    const uint64_t left = end - copy.copied_length();
    if (left <= last_pass_bytes) return {};
    // Writers in other processes know no limit: where passes do not shrink, the switch takes what
    // is left in its turn.
    if (options_.shared_writer && left >= former_left) return {};
    former_left = left;
    set_copy_limit(limit_of(end, left));
    DAM_TRY(copy.catch_up(now, next.files()));
  }
}

// A view of all that is committed, in the files.
Status Store::Core::settle(std::shared_ptr<const ArrayView>& out_view) {
  const std::lock_guard lock(write_mutex_);
  DAM_TRY(require_writable());
  DAM_ASSIGN(const Turn turn, Turn::begin(*this));
  if (writer_->is_poisoned()) return writer_->sync_body();
  DAM_TRY(flush_tail());
  show(writer_->point());
  out_view = view();
  return {};
}

// Every pass is to be shorter than the one before, so commits may outrun a pass by half of it.
void Store::Core::set_copy_limit(uint64_t limit) {
  const std::lock_guard lock(write_mutex_);
  copy_limit_ = limit;
  checkpoint_done_->notify_all();
}

void Store::Core::await_copy_room(std::unique_lock<std::mutex>& lock) {
  if (latest().body_length <= copy_limit_) return;
  checkpoint_done_->wait(lock, [this] {
    return latest().body_length <= copy_limit_ || closed_ || writer_->is_poisoned();
  });
}

Result<uint64_t> Store::Core::clear() {
  DAM_TRY(require_writable());
  const std::lock_guard turn(prune_mutex_);
  DAM_ASSIGN(const OnlyPrune only, OnlyPrune::begin(lock_, options_));
  std::shared_ptr<const ArrayView> now = view();
  if (options_.shared_writer) DAM_TRY(settle(now));  // others may have switched before
  DAM_ASSIGN(const std::unique_ptr<Successor> next, Successor::start(*now, map_options()));
  DAM_TRY(switch_to(*next, [&](GenerationWriter& files) -> Status {
    files.set_facts(admission_.facts, latest().seq);
    return {};
  }));
  return next->files().point().seq;
}

// Puts the next generation in the place of the present one; `fill` adds what it lacks.
Status Store::Core::switch_to(Successor& next, const Successor::Fill& fill) {
  const std::lock_guard no_checkpoint(checkpoint_mutex_);
  const std::lock_guard no_sync(sync_mutex_);
  const std::lock_guard lock(write_mutex_);
  DAM_TRY(require_writable());
  DAM_ASSIGN(const Turn turn, Turn::begin(*this));
  if (writer_->is_poisoned()) return writer_->sync_body();
  DAM_TRY(fill(next.files()));
  DAM_TRY(next.files().seal(latest().seq + 1));
  DAM_TRY(next.complete(options_.check_payloads));
  {
    const std::lock_guard view_lock(view_mutex_);
    retired_.reserve(retired_.size() + 1);
  }
  DAM_TRY(next.files().take_name());
  // Nothing from here on may fail but the names, and then this writer ends.
  DAM_TRY(finish_switch(next));
  if (!options_.shared_writer) adopt(next);
  // By turns this writer follows as the others do; what it cannot do now, its next turn does.
  if (options_.shared_writer) static_cast<void>(follow_switch());
  return {};
}

Status Store::Core::finish_switch(Successor& next) {
  try {
    next.remove_former_files();
    Status named = next.files().finish_names();
    return named.ok() ? named : writer_->give_up(named);
  } catch (const std::bad_alloc&) {
    return writer_->give_up(Status::absent());
  }
}

void Store::Core::adopt(Successor& next) {
  {
    const std::lock_guard no_fork(reload_mutex_);
    retire(maps_->shared_files());
    shown_pins_ = next.pins();
    pins_ = *shown_pins_;
    maps_ = pins_.maps;
    generation_ = pins_.generation;
    next.exchange_writer(writer_);
    const std::lock_guard lock(view_mutex_);
    next.exchange_view(view_);
  }
  tail_.clear();
  sweep_next_ = 0;
  durable_seq_ = writer_->point().seq;
  checkpoint_done_->notify_all();
}

void Store::Core::retire(std::shared_ptr<const ArrayFiles> files) {
  const std::lock_guard lock(view_mutex_);
  std::erase_if(retired_, [](const auto& former) { return former.expired(); });
  retired_.push_back(files);
}

uint64_t Store::Core::pinned_bytes() const {
  std::vector<std::shared_ptr<const ArrayFiles>> pinned;
  {
    const std::lock_guard lock(view_mutex_);
    for (const auto& former : retired_) pinned.push_back(former.lock());
  }
  uint64_t bytes = 0;
  for (const auto& files : pinned) {
    if (files == nullptr) continue;
    const Result<uint64_t> header = files->header().size();
    const Result<uint64_t> body = files->body().size();
    bytes += (header.ok() ? header.value() : 0) + (body.ok() ? body.value() : 0);
  }
  return bytes;
}

// What a prune that a crash stopped has left, in one state or the other.
void Store::Core::remove_leftovers() {
  const std::string aside[] = {new_header_path(path_), new_body_path(path_)};
  bool is_any = maps_->files().was_rolled_forward();
  for (const std::string& path : aside) is_any = is_any || exists(path).ok();
  if (!is_any) return;
  const uint64_t generation = maps_->files().superblock().generation;
  remove_derived_files(path_, generation - 1);
  remove_derived_files(path_, generation + 1);
  for (const std::string& path : aside) static_cast<void>(remove_file(path));
}

}  // namespace dam
