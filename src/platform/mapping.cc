#include "platform/mapping.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "platform/calls.h"

namespace dam {
namespace {

constexpr uint64_t kPage = 4096;

}  // namespace

Mapping::Mapping(Mapping&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

Mapping::~Mapping() {
  if (data_ != nullptr) calls().munmap(const_cast<uint8_t*>(data_), size_);
}

Result<Mapping> Mapping::map(const File& file, uint64_t window_size, uint64_t least_size) {
  const uint64_t least = std::max(round_up(least_size, kPage), kPage);
  uint64_t size = std::max(round_up(window_size, kPage), least);
  while (true) {
    void* address =
        calls().mmap(nullptr, size, PROT_READ, MAP_SHARED | MAP_NORESERVE, file.fd(), 0);
    if (address != MAP_FAILED) {
      Mapping mapping;
      mapping.data_ = static_cast<const uint8_t*>(address);
      mapping.size_ = size;
      return mapping;
    }
    // Too large is ENOMEM from the kernel, EINVAL from valgrind.
    const bool too_large = errno == ENOMEM || errno == EINVAL;
    if (!too_large || size == least) return system_error("map", file.path());
    size = std::max(round_up(size / 2, kPage), least);
  }
}

Status Mapping::populate(uint64_t offset, uint64_t count) const {
  constexpr int kPopulateRead = 22;  // MADV_POPULATE_READ: not every C library names it
  const uint64_t start = offset / kPage * kPage;
  auto* address = const_cast<uint8_t*>(data_) + start;
  int result = -1;
  do {
    result = calls().madvise(address, offset + count - start, kPopulateRead);
  } while (result != 0 && errno == EINTR);
  if (result == 0 || errno == EINVAL || errno == ENOSYS) return {};
  return Status::error(Code::kIo, "%llu bytes at offset %llu cannot be read",
                       static_cast<unsigned long long>(count),
                       static_cast<unsigned long long>(offset));
}

void Mapping::expect_random_reads() const {
  if (data_ != nullptr) calls().madvise(const_cast<uint8_t*>(data_), size_, MADV_RANDOM);
}

}  // namespace dam
