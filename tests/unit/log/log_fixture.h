// What the tests of the log share: an empty array's files, batches written through a LogWriter, and
// what a process that comes after a crash finds.
#pragma once

#include <cstring>
#include <memory>
#include <string>

#include "log/log_recovery.h"
#include "log/log_writer.h"
#include "unit/support/mounted_memory.h"

namespace dam::test {

inline constexpr const char* kDirectory = "/log";
inline constexpr uint32_t kFirstSalt = 0x11111111;

inline void assert_ok(const Status& status) {
  if (!status.ok()) print_error("answered: %s\n", status.message());
  assert_true(status.ok());
}

inline void assert_code(const Status& status, Code code) {
  if (status.code() != code) print_error("answered: %s\n", status.message());
  assert_int_equal(status.code(), code);
}

template <typename T>
T value_of(Result<T> result) {
  assert_ok(result.status());
  return std::move(result.value());
}

inline Superblock test_superblock() {
  Superblock superblock;
  superblock.uuid = {1, 2, 3};
  superblock.hash_key = {4, 5, 6};
  superblock.generation = 1;
  return superblock;
}

inline void create_log() {
  assert_ok(make_directories(kDirectory));
  assert_ok(create_array_files(kDirectory, test_superblock(), kFirstSalt));
}

inline std::shared_ptr<const ArrayMaps> map_log(uint64_t window_bytes = 1 << 20) {
  auto files = value_of(ArrayFiles::open(kDirectory, Access::kReadWrite));
  return value_of(ArrayMaps::map(std::move(files), {window_bytes}));
}

// A writer on a log that is clean.
inline std::unique_ptr<LogWriter> clean_writer(const std::shared_ptr<const ArrayMaps>& maps) {
  const auto newest = maps->newest_checkpoint();
  assert_true(newest.has_value());
  return std::make_unique<LogWriter>(maps, newest->point, newest->index, false);
}

inline IdKey key_of(const std::string& id) { return make_id_key(id, test_superblock().hash_key); }

// Payloads are plain bytes here: the log does not look into documents.
inline Bytes payload_of_text(const std::string& text) { return as_bytes(text); }

// One commit of one document; its slot.
inline uint64_t put(LogWriter& writer, const std::string& id, const std::string& text) {
  FrameBatch batch = value_of(writer.begin_batch(writer.point()));
  const uint64_t slot = batch.put(key_of(id), payload_of_text(text), 0);
  batch.seal();
  assert_ok(writer.commit(batch.change()));
  return slot;
}

inline LogView view_of(const std::shared_ptr<const ArrayMaps>& maps, const CommitPoint& point) {
  LogView view;
  view.maps = maps.get();
  view.limit = point.body_length;
  return view;
}

inline Version version_in(const LogView& view, uint64_t slot) {
  Version version;
  assert_ok(find_version(view, slot, version));
  return version;
}

inline Superseded superseded_by_next(const LogView& view, uint64_t slot) {
  const Version now = version_in(view, slot);
  return {now.offset, now.payload_size};
}

// One commit that replaces the document of a slot.
inline void replace(LogWriter& writer, const std::shared_ptr<const ArrayMaps>& maps, uint64_t slot,
                    const std::string& text) {
  FrameBatch batch = value_of(writer.begin_batch(writer.point()));
  const Superseded former = superseded_by_next(view_of(maps, writer.point()), slot);
  batch.replace(slot, key_of("id" + std::to_string(slot)), payload_of_text(text), former);
  batch.seal();
  assert_ok(writer.commit(batch.change()));
}

inline void erase(LogWriter& writer, const std::shared_ptr<const ArrayMaps>& maps, uint64_t slot) {
  FrameBatch batch = value_of(writer.begin_batch(writer.point()));
  batch.erase(slot, superseded_by_next(view_of(maps, writer.point()), slot));
  batch.seal();
  assert_ok(writer.commit(batch.change()));
}

inline void checkpoint(LogWriter& writer, bool clean = false) {
  writer.begin_checkpoint();
  assert_ok(writer.sync_checkpoint());
  assert_ok(writer.finish_checkpoint(clean));
}

// The text of a slot as the view has it, "-" when it is dead.
inline std::string text_at(const LogView& view, uint64_t slot) {
  const Version version = version_in(view, slot);
  if (!version.is_live()) return "-";
  assert_ok(check_payload(view, version.offset, version.payload_size, version.payload_crc));
  return std::string(as_text(payload_of(view, version.offset, version.payload_size)));
}

inline Result<ScanResult> scan_from_checkpoint(const ArrayMaps& maps, bool accept_loss = false) {
  const uint64_t size = value_of(maps.files().body().size());
  return scan_log(maps, maps.newest_checkpoint()->point, {size, accept_loss});
}

// What a recovery makes of the log as it is now, and the writer that goes on from there.
inline std::unique_ptr<LogWriter> recovered_writer(const std::shared_ptr<const ArrayMaps>& maps,
                                                   uint32_t salt = 0x22222222) {
  const auto newest = maps->newest_checkpoint();
  const ScanResult scan = value_of(scan_from_checkpoint(*maps));
  const CommitPoint point = value_of(recover(*maps, newest->point, scan, salt));
  return std::make_unique<LogWriter>(maps, point, 1 - newest->index, true);
}

inline void flip_bit_of(const File& file, uint64_t offset, uint8_t mask = 1) {
  uint8_t byte[1];
  assert_ok(file.read(offset, byte));
  byte[0] ^= mask;
  assert_ok(file.write(offset, byte));
}

}  // namespace dam::test
