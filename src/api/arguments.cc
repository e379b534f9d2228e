#include "api/arguments.h"

#include <bit>
#include <cstring>

#include "api/fresh_id.h"
#include "dam.h"
#include "document/document_edit.h"
#include "document/document_view.h"
#include "document/verify_document.h"

namespace dam {
namespace {

constexpr uint32_t kDurabilityFlags = DAM_BUFFERED | DAM_VISIBLE | DAM_DURABLE;

bool is_aligned(const void* data) { return reinterpret_cast<uintptr_t>(data) % 8 == 0; }

}  // namespace

Status is_null(const char* name) {
  return Status::error(Code::kInvalidArgument, "%s is NULL", name);
}

Status take_id(const char* id, size_t size, std::string_view& out_id) {
  DAM_TRY(require(id, "id"));
  if (size == DAM_NUL_TERMINATED) size = strnlen(id, kMaxIdBytes + 1);
  out_id = std::string_view(id, size);
  return check_id(out_id);
}

Status take_text(const char* text, size_t size, const char* name, std::string_view& out_text) {
  if (text == nullptr && size == 0) return {};
  DAM_TRY(require(text, name));
  out_text = size == DAM_NUL_TERMINATED ? std::string_view(text) : std::string_view(text, size);
  return {};
}

Status take_ids(const char* ids, const int64_t* offsets, int64_t count,
                std::vector<std::string_view>& out_ids) {
  DAM_TRY(take_count(count));
  if (count == 0) return {};
  DAM_TRY(require(ids, "ids"));
  DAM_TRY(require(offsets, "id_offsets"));
  out_ids.reserve(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) {
    if (offsets[i] < 0 || offsets[i + 1] < offsets[i])
      return Status::error(Code::kInvalidArgument,
                           "id_offsets do not ascend from 0: entry %lld is %lld, the next %lld",
                           static_cast<long long>(i), static_cast<long long>(offsets[i]),
                           static_cast<long long>(offsets[i + 1]));
    const std::string_view id(ids + offsets[i], static_cast<size_t>(offsets[i + 1] - offsets[i]));
    DAM_TRY(check_id(id));
    out_ids.push_back(id);
  }
  return {};
}

Status take_count(int64_t count) {
  if (count < 0)
    return Status::error(Code::kInvalidArgument, "count is %lld", static_cast<long long>(count));
  return {};
}

Status check_option(int32_t option, int64_t value, int64_t least, int64_t most) {
  if (value >= least && value <= most) return {};
  return Status::error(Code::kInvalidArgument, "option %d is to be %lld to %lld, not %lld", option,
                       static_cast<long long>(least), static_cast<long long>(most),
                       static_cast<long long>(value));
}

Status take_revision(int64_t revision, uint64_t& out_revision) {
  if (revision < 0)
    return Status::error(Code::kInvalidArgument, "expected_revision is %lld",
                         static_cast<long long>(revision));
  out_revision = static_cast<uint64_t>(revision);
  return {};
}

Status take_flags(uint32_t flags, uint32_t allowed, Durability& durability) {
  const uint32_t level = flags & kDurabilityFlags;
  if ((flags & ~(allowed | kDurabilityFlags)) != 0)
    return Status::error(Code::kInvalidArgument, "flags %#x hold one that this call does not know",
                         flags);
  if (std::popcount(level) > 1)
    return Status::error(Code::kInvalidArgument, "flags %#x hold more than one durability", flags);
  if (level == DAM_BUFFERED) durability = Durability::kBuffered;
  if (level == DAM_VISIBLE) durability = Durability::kVisible;
  if (level == DAM_DURABLE) durability = Durability::kDurable;
  return {};
}

Status DocumentArgument::take(const void* data, size_t size, Id id) {
  DAM_TRY(require(data, "data"));
  bytes_ = Bytes(static_cast<const uint8_t*>(data), size);
  DAM_TRY(verify_document(bytes_));
  if (!is_aligned(data)) {
    owned_.assign(bytes_.begin(), bytes_.end());
    bytes_ = owned_;
  }
  if (id == Id::kAsIs || !document_id(bytes_).empty()) return {};
  UuidSequence::Text fresh;
  DAM_TRY(fresh_id(fresh));
  DAM_ASSIGN(owned_, document_with_id(bytes_, std::string_view(fresh.data(), fresh.size())));
  bytes_ = owned_;
  return {};
}

Status copy_text(std::string_view text, Handed<char>& out) {
  DAM_TRY(allocate(text.size(), out));
  std::memcpy(out.get(), text.data(), text.size());
  out.get()[text.size()] = '\0';
  return {};
}

}  // namespace dam
