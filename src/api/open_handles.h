// What the handles of dam.h stand for, and how an entry gets at it.
//
// Objects hold shared pointers only: an array may be closed before its children, the last one
// frees.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "api/boundary.h"
#include "api/handle_table.h"
#include "store/store.h"
#include "store/view.h"

namespace dam {

class IndexCache;

struct OpenArray {
  static constexpr HandleKind kKind = HandleKind::kArray;
  std::shared_ptr<Store> store;
  // Of its snapshots too: what one match made, the next finds.
  std::shared_ptr<IndexCache> indexes;
};

struct OpenSnapshot {
  static constexpr HandleKind kKind = HandleKind::kSnapshot;
  std::shared_ptr<const View> view;
  std::shared_ptr<IndexCache> indexes;
  // Safe reads: what was lent, copied; by the mutex.
  std::mutex mutex;
  std::vector<std::unique_ptr<uint8_t[]>> copies;
};

// Written by the work, read by whoever asks.
struct TaskProgress {
  std::atomic<int64_t> done{0};
  std::atomic<int64_t> total{0};
  std::atomic<bool> cancelled{false};
};

struct OpenTask {
  static constexpr HandleKind kKind = HandleKind::kTask;
  std::shared_ptr<TaskProgress> progress;
};

// Runs `body` on the open object of a handle, which cannot end meanwhile.
template <typename Object, typename Body>
dam_status with(const void* handle, Body&& body) noexcept {
  return boundary([&]() -> Status {
    HandleUse use;
    Status why_not;
    if (!use.try_enter(Object::kKind, handle, why_not)) [[unlikely]]
      return why_not;
    return body(*static_cast<Object*>(use.object()));
  });
}

template <typename Object, typename Handle>
Status hand_out(std::unique_ptr<Object> object, Handle** out_handle) {
  void* handle = nullptr;
  DAM_TRY(add_handle(Object::kKind, object.get(), handle));
  (void)object.release();  // the table's from here on
  *out_handle = static_cast<Handle*>(handle);
  return {};
}

// Ends the handle once the calls that run in it have ended.
template <typename Object>
Status take_back(const void* handle, std::unique_ptr<Object>& out_object) {
  void* object = nullptr;
  DAM_TRY(end_handle(Object::kKind, handle, object));
  out_object.reset(static_cast<Object*>(object));
  return {};
}

// The whole of an entry that only ends a handle.
template <typename Object>
dam_status close_handle(const void* handle) noexcept {
  return boundary([&]() -> Status {
    std::unique_ptr<Object> object;
    return take_back(handle, object);
  });
}

}  // namespace dam
