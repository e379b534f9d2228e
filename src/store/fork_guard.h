// ForkGuard: what a fork does to open stores.
//
// The parent holds every store's read-path locks while it is copied, so that the child finds them
// free. In the child, descriptors of lock files are closed without unlocking (the locks are the
// parent's) and writable stores answer FORKED; reads go on.
#pragma once

#include <cstdint>

#include "store/store_core.h"

namespace dam {

class ForkGuard {
 public:
  // Grows by one in every child.
  static uint32_t epoch();
  static void add(Store::Core* core);
  static void remove(Store::Core* core);

 private:
  static void install();
  static void before();
  static void after_in_parent();
  static void after_in_child();
  static void lock_all();
  static void unlock_all();
};

}  // namespace dam
