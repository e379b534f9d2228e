// Scanning the log behind a checkpoint: which commits are there, and what the header must say of
// them.
//
// A frame counts while it is whole, carries the salt of the session in force, and its batch is
// whole up to the COMMIT frame. The scan ends at the first that does not; it tells a torn tail (to
// be cut) from rot (a later frame claims that these bytes were durable: CORRUPT). Pure reading;
// recovery writes.
#pragma once

#include <unordered_map>
#include <vector>

#include "log/log_view.h"

namespace dam {

// Later versions of a slot, by offset; 0: none.
struct LaterVersions {
  uint64_t newest = 0;
  uint64_t published = 0;  // the newest below the length last published: what readers live on
};

// A slot whose PUT lies behind the checkpoint.
struct AddedSlot {
  HeaderEntry entry;
  LaterVersions later;
};

struct ScanResult {
  CommitPoint point;             // after the last whole batch; suspect as the checkpoint has it
  std::vector<AddedSlot> added;  // slots from the checkpoint's count on
  std::unordered_map<uint64_t, LaterVersions> changed;  // older slots
  uint32_t tail_crc = 0;      // CRC-32C of body bytes from the checkpoint to point.body_length
  bool dropped_any = false;   // whole frames of an unfinished batch, or of no known session, follow
  uint64_t greatest_seq = 0;  // of all frames seen, dropped ones included
};

struct ScanOptions {
  uint64_t body_size = 0;    // of the file: nothing beyond is touched
  bool accept_loss = false;  // rot ends the log instead of failing the scan
};

// Scans from the end of `checkpoint`.
Result<ScanResult> scan_log(const ArrayMaps& maps, const CommitPoint& checkpoint,
                            const ScanOptions& options);

// Whether a whole frame that continues the salt chain stands right behind the point.
bool log_continues(const ArrayMaps& maps, const CommitPoint& point, uint64_t body_size);

// What one frame changes in a commit point; sizes of superseded frames are read from the log.
// CORRUPT when the frame contradicts the point (a slot out of turn, a history that is none).
Status apply_frame(const LogView& view, const FrameHead& head, uint64_t offset, CommitPoint& point);

}  // namespace dam
