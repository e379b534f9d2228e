#include "store/fork_guard.h"

#include <pthread.h>

#include <vector>

namespace dam {
namespace {

// Never destroyed: handlers and stores may outlive the end of main.
struct Registry {
  std::mutex mutex;
  std::vector<Store::Core*> cores;
  std::atomic<uint32_t> epoch{0};
};

Registry& registry() {
  static auto* const instance = new Registry();
  return *instance;
}

}  // namespace

uint32_t ForkGuard::epoch() { return registry().epoch.load(std::memory_order_relaxed); }

void ForkGuard::install() { pthread_atfork(before, after_in_parent, after_in_child); }

void ForkGuard::add(Store::Core* core) {
  static std::once_flag once;
  std::call_once(once, install);
  const std::lock_guard lock(registry().mutex);
  registry().cores.push_back(core);
}

void ForkGuard::remove(Store::Core* core) {
  const std::lock_guard lock(registry().mutex);
  std::erase(registry().cores, core);
}

void ForkGuard::lock_all() {
  for (Store::Core* core : registry().cores) {
    core->reload_mutex_.lock();  // from here on generation_ stays
    core->generation_->derive_mutex.lock();
    core->generation_->ids->lock_for_fork();
    core->generation_->positions->mutex().lock();
    core->view_mutex_.lock();
  }
}

void ForkGuard::unlock_all() {
  for (Store::Core* core : registry().cores) {
    core->view_mutex_.unlock();
    core->generation_->positions->mutex().unlock();
    core->generation_->ids->unlock_after_fork();
    core->generation_->derive_mutex.unlock();
    core->reload_mutex_.unlock();
  }
}

void ForkGuard::before() {
  registry().mutex.lock();
  lock_all();
}

void ForkGuard::after_in_parent() {
  unlock_all();
  registry().mutex.unlock();
}

void ForkGuard::after_in_child() {
  registry().epoch.fetch_add(1, std::memory_order_relaxed);
  for (Store::Core* core : registry().cores)
    if (core->can_write_) core->lock_.abandon();
  unlock_all();
  registry().mutex.unlock();
}

}  // namespace dam
