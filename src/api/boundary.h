// The one guard around every entry of dam.h: what happens inside leaves as a status and a text.
//
// libdam throws nothing itself, but memory can run out anywhere in the standard library. Nothing
// that C++ raises crosses into the caller.
#pragma once

#include <exception>
#include <new>
#include <stdexcept>
#include <utility>

#include "api/last_error.h"

namespace dam {

// Runs `body`, which answers a Status. Success and absence leave no text.
template <typename Body>
dam_status boundary(Body&& body) noexcept {
  thread_state.has_error = false;
  try {
    const Status status = std::forward<Body>(body)();
    if (status.ok()) [[likely]]
      return DAM_OK;
    return report(status.code(), status.message());
  } catch (const std::bad_alloc&) {
    return report(Code::kNoMemory, "no memory could be had");
  } catch (const std::length_error&) {
    return report(Code::kNoMemory, "more memory was asked for than there can be");
  } catch (const std::exception& defect) {
    return report(Code::kInternal, defect.what());
  } catch (...) {
    return report(Code::kInternal, "an exception of an unknown kind was raised");
  }
}

}  // namespace dam
