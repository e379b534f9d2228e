#include "store/damaged_file.h"

#include <algorithm>

namespace dam {
namespace {

constexpr uint64_t kPage = 4096;
constexpr uint64_t kWindow = 64 * kPage;

}  // namespace

Result<DamagedFile> DamagedFile::open(const std::string& path) {
  DamagedFile opened;
  DAM_ASSIGN(opened.file_, File::open(path, Access::kRead));
  DAM_ASSIGN(opened.size_, opened.file_.size());
  return opened;
}

void DamagedFile::read(uint64_t offset, uint64_t count, std::vector<uint8_t>& out) const {
  out.resize(count);
  if (file_.read(offset, out).ok()) return;
  for (uint64_t done = 0; done < count; done += kPage) {
    const MutableBytes page = MutableBytes(out).subspan(done, std::min(kPage, count - done));
    if (!file_.read(offset + done, page).ok()) std::fill(page.begin(), page.end(), uint8_t{0});
  }
}

const uint8_t* DamagedFile::at(uint64_t offset, uint64_t count) {
  if (offset < window_start_ || offset + count > window_start_ + window_.size()) {
    window_start_ = offset / kPage * kPage;
    read(window_start_, std::min(kWindow, size_ - window_start_), window_);
  }
  return window_.data() + (offset - window_start_);
}

bool DamagedFile::is_zero(uint64_t offset, uint64_t end) {
  while (offset < end) {
    const uint64_t count = std::min(kPage, end - offset);
    const uint8_t* bytes = at(offset, count);
    if (!std::all_of(bytes, bytes + count, [](uint8_t byte) { return byte == 0; })) return false;
    offset += count;
  }
  return true;
}

}  // namespace dam
