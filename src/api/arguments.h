// Checks of what callers pass, the same for every entry of dam.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/status.h"
#include "store/store_options.h"

namespace dam {

Status is_null(const char* name);
// INVALID_ARGUMENT naming the parameter when it is NULL.
inline Status require(const void* pointer, const char* name) {
  return pointer == nullptr ? is_null(name) : Status();
}

// An id as a caller gives it.
struct IdArgument {
  const char* text;
  size_t size;
};

// An id as pointer and length, DAM_NUL_TERMINATED included: 1 to 65,535 bytes of UTF-8.
Status take_id(const char* id, size_t size, std::string_view& out_id);

// Any text as pointer and length, DAM_NUL_TERMINATED included. `name` is the parameter's.
Status take_text(const char* text, size_t size, const char* name, std::string_view& out_text);

// Many ids, packed: id i lies at ids[offsets[i]] up to ids[offsets[i + 1]].
Status take_ids(const char* ids, const int64_t* offsets, int64_t count,
                std::vector<std::string_view>& out_ids);

Status take_count(int64_t count);
// The value of an option; INVALID_ARGUMENT names the option and its range.
Status check_option(int32_t option, int64_t value, int64_t least, int64_t most);
Status take_revision(int64_t revision, uint64_t& out_revision);

// The flags of a writing entry. `allowed` are those it knows besides the durabilities, of which at
// most one may be given; `durability` is the array's own on entry.
Status take_flags(uint32_t flags, uint32_t allowed, Durability& durability);

// A document as a caller passes it, ready to be stored: verified, at an address that is a multiple
// of 8. Copied only when it lies elsewhere or gets an id.
class DocumentArgument {
 public:
  enum class Id { kFreshIfNone, kAsIs };

  Status take(const void* data, size_t size, Id id);
  Bytes bytes() const { return bytes_; }

 private:
  Bytes bytes_;
  std::vector<uint8_t> owned_;
};

// Memory that a caller will free by dam_free.
struct FreeMemory {
  void operator()(void* memory) const { std::free(memory); }
};
template <typename T>
using Handed = std::unique_ptr<T, FreeMemory>;

template <typename T>
Status allocate(size_t count, Handed<T>& out) {
  if (count > SIZE_MAX / sizeof(T) - 1)
    return Status::error(Code::kNoMemory, "%zu items are more than memory can hold", count);
  out.reset(static_cast<T*>(std::malloc((count + 1) * sizeof(T))));
  if (!out) return Status::error(Code::kNoMemory, "no memory for %zu items", count);
  return {};
}

// A copy of `text` for the caller, with a NUL behind it.
Status copy_text(std::string_view text, Handed<char>& out);

}  // namespace dam
