// Power lost at any point of a fold or a growth: what the surviving stamp covers is found.
//
// A disk in memory follows each system call: what was synced stays, and of the writes since then
// each 512-byte sector is kept or lost on its own. At each write, sync, rename and removal the test
// makes such a disk real in a second directory and opens the index there.
#include <map>

#include "platform/calls.h"
#include "unit/index/index_fixture.h"

namespace dam::test {
namespace {

constexpr size_t kSector = 512;

struct DiskFile {
  std::vector<uint8_t> synced;
  std::vector<uint8_t> written;
};

// Follows the calls; one at a time, for the table of calls holds plain functions.
struct Disk {
  std::map<int, std::string> names;  // of open descriptors
  std::map<std::string, std::shared_ptr<DiskFile>> files;
  std::map<int, std::shared_ptr<DiskFile>> open;
  std::function<void()> at_each_step;
  bool is_stepping = false;

  void step() {
    if (is_stepping) return;
    is_stepping = true;
    at_each_step();
    is_stepping = false;
  }
};
Disk* disk = nullptr;
const Calls& real() { return operating_system_calls(); }

int following_open(const char* path, int flags, mode_t mode) {
  const int fd = real().open(path, flags, mode);
  if (fd < 0 || disk->is_stepping) return fd;
  auto& file = disk->files[path];
  if (file == nullptr) file = std::make_shared<DiskFile>();
  disk->open[fd] = file;
  return fd;
}
ssize_t following_pwrite(int fd, const void* from, size_t size, off_t offset) {
  const ssize_t n = real().pwrite(fd, from, size, offset);
  if (disk->is_stepping || n < 0) return n;
  auto& written = disk->open[fd]->written;
  const size_t end = static_cast<size_t>(offset) + static_cast<size_t>(n);
  if (written.size() < end) written.resize(end);
  std::memcpy(&written[static_cast<size_t>(offset)], from, static_cast<size_t>(n));
  disk->step();
  return n;
}
int following_fdatasync(int fd) {
  if (disk->is_stepping) return real().fdatasync(fd);
  disk->step();
  disk->open[fd]->synced = disk->open[fd]->written;
  disk->step();
  return 0;
}
int following_rename(const char* from, const char* to) {
  const int result = real().rename(from, to);
  if (disk->is_stepping || result != 0) return result;
  disk->files[to] = disk->files[from];
  disk->files.erase(from);
  disk->step();
  return result;
}
int following_unlink(const char* path) {
  const int result = real().unlink(path);
  if (disk->is_stepping || result != 0) return result;
  disk->files.erase(path);
  disk->step();
  return result;
}

Calls following_calls() {
  Calls calls = operating_system_calls();
  calls.open = following_open;
  calls.pwrite = following_pwrite;
  calls.fdatasync = following_fdatasync;
  calls.rename = following_rename;
  calls.unlink = following_unlink;
  return calls;
}

std::vector<uint8_t> after_power_loss(const DiskFile& file, std::mt19937_64& random) {
  std::vector<uint8_t> bytes = file.synced;
  const uint64_t kept_in_eight = random() % 9;
  bytes.resize(file.written.size());
  for (size_t at = 0; at < bytes.size(); at += kSector) {
    const size_t size = std::min(kSector, bytes.size() - at);
    if (random() % 8 < kept_in_eight) std::memcpy(&bytes[at], &file.written[at], size);
  }
  return bytes;
}

// One run: a writer that folds again and again, and a look at what would be left at each step.
class CrashRun {
 public:
  explicit CrashRun(std::mt19937_64& random) : random_(random) { disk = &disk_; }

  void fold_and_crash(uint64_t step_slots, uint64_t end) {
    const Calls calls = following_calls();
    const CallsInForce in_force(calls);
    disk_.at_each_step = [this] { lose_power(); };
    const auto index = open_index(identity_in(original_));
    for (uint64_t slots = 0; slots < end; slots += step_slots) {
      insert_slots(*index, slots, slots + step_slots);
      if (slots > 0) redirect_one(*index, slots);
      frozen_slots_ = slots + step_slots;
      assert_true(index->freeze(stamp_covering(frozen_slots_)).value());
      assert_ok(index->fold(all_hashes()));
    }
    assert_true(crashes_ > 100);
  }

 private:
  // The id of slot `slots - 1` dies and comes back in a slot of its own.
  void redirect_one(IdIndex& index, uint64_t slots) {
    assert_ok(index.redirect(hash_of_id(slots - 1), slots - 1, slots - 1 + kReborn));
  }
  static HashesOf all_hashes() {
    return [](uint64_t slot, std::vector<uint64_t>& out) {
      return id_is_slot(slot >= kReborn ? slot - kReborn : slot, out);
    };
  }

  void lose_power() {
    for (const std::string& name : crashed_.names()) std::filesystem::remove(crashed_.file(name));
    for (const auto& [path, file] : disk_.files)
      if (std::filesystem::path(path).parent_path() == original_.path())
        write_bytes(crashed_.file(std::filesystem::path(path).filename().string()),
                    after_power_loss(*file, random_));
    const auto index = open_index(identity_in(crashed_));
    const uint64_t covered = index->stamp().covered_slots;
    assert_true(covered <= frozen_slots_);
    assert_covered(*index, covered);
    if (++crashes_ % 4 == 0) recover(*index, covered);
  }

  // As the store does: whatever lies beyond the stamp is inserted again, and folded.
  void recover(IdIndex& index, uint64_t covered) {
    insert_slots(index, covered, frozen_slots_ + 20);
    assert_covered(index, frozen_slots_ + 20);
    assert_true(index.freeze(stamp_covering(frozen_slots_ + 20)).value());
    assert_ok(index.fold(all_hashes()));
    assert_covered(index, frozen_slots_ + 20);
    assert_covered(*open_index(identity_in(crashed_)), frozen_slots_ + 20);
  }

  void assert_covered(const IdIndex& index, uint64_t slots) {
    const auto view = index.view();
    for (uint64_t slot = 0; slot < slots; ++slot) {
      const IdSearch end = view.find(hash_of_id(slot), [&](uint64_t found) {
        return found == slot || found == slot + kReborn;
      });
      assert_int_equal(static_cast<int>(end), static_cast<int>(IdSearch::kStopped));
    }
    assert_false(index.needs_rebuild());
  }

  static constexpr uint64_t kReborn = 1'000'000;
  std::mt19937_64& random_;
  TemporaryDirectory original_;
  TemporaryDirectory crashed_;
  Disk disk_;
  uint64_t frozen_slots_ = 0;
  uint64_t crashes_ = 0;
};

void a_crash_in_a_fold_loses_nothing_the_stamp_covers(void**) {
  auto random = seeded_random();
  CrashRun(random).fold_and_crash(50, 1500);
}

void a_crash_in_a_growth_loses_nothing_the_stamp_covers(void**) {
  auto random = seeded_random();
  CrashRun(random).fold_and_crash(700, 8400);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_crash_in_a_fold_loses_nothing_the_stamp_covers),
      cmocka_unit_test(a_crash_in_a_growth_loses_nothing_the_stamp_covers),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
