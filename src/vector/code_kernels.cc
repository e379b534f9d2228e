#include "vector/code_kernels.h"

#include <atomic>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "vector/code_kernels_sets.h"

namespace dam {
namespace {

// Worst first.
std::vector<const CodeKernels*> find_available() {
  std::vector<const CodeKernels*> found = {&kPortableKernels};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return found;
  found.push_back(&kAvx2Kernels);
  const bool has_vnni = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                        __builtin_cpu_supports("avx512vnni");
  if (has_vnni) found.push_back(&kAvx512Kernels);
#endif
  return found;
}

std::atomic<const CodeKernels*>& chosen() {
  static std::atomic<const CodeKernels*> kernels = nullptr;
  return kernels;
}

const CodeKernels& choose() {
  const char* const forced = std::getenv("DAM_SIMD");
  for (const CodeKernels* kernels : available_kernels()) {
    if (forced != nullptr && std::string_view(forced) == kernels->name) return *kernels;
  }
  return *available_kernels().back();
}

}  // namespace

std::span<const CodeKernels* const> available_kernels() {
  static const auto* const found = new std::vector<const CodeKernels*>(find_available());
  return *found;
}

const CodeKernels& code_kernels() {
  const CodeKernels* found = chosen().load(std::memory_order_acquire);
  if (found == nullptr) {
    found = &choose();
    chosen().store(found, std::memory_order_release);
  }
  return *found;
}

void force_kernels(const CodeKernels& kernels) {
  chosen().store(&kernels, std::memory_order_release);
}

}  // namespace dam
