// SalvageScan: one pass over a body that may be damaged anywhere, taking every frame that is whole.
//
// A frame belongs to the log when it continues the salt chain, or, behind damage, when its session
// is not one that was given up and its commit is later than those before. A batch whose COMMIT is
// known counts; one that provably never had it does not; what lies between is kept as uncertain.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "format/frame.h"
#include "store/damaged_file.h"
#include "store/salvage_report.h"

namespace dam {

// Told how many bytes are done of how many; false asks the work to stop (CANCELLED).
using SalvageProgress = std::function<bool(uint64_t done, uint64_t total)>;

// What one frame says of a slot.
struct FoundVersion {
  enum class State : uint8_t {
    kIntact,
    kUncertain,  // intact, but whether its batch was committed is not known
    kDamaged,    // its head is whole, its document is not
    kDelete,
  };

  uint64_t slot = 0;
  uint64_t offset = 0;
  IdKey id;  // of the document, under the key that the scan was given
  State state = State::kIntact;
  uint32_t payload_size = 0;

  bool has_document() const { return state == State::kIntact || state == State::kUncertain; }
};

// Reads the document of a frame, whole and verified; why not, otherwise.
class SalvageReader {
 public:
  SalvageReader(DamagedFile& body, const CheckSeed& seed) : body_(body), seed_(seed) {}

  bool read_head(uint64_t offset, FrameHead& out);
  // Null, or what is wrong. The bytes are valid until the next call.
  const char* read_document(uint64_t offset, const FrameHead& head, Bytes& out);
  DamagedFile& body() { return body_; }

 private:
  DamagedFile& body_;
  const CheckSeed seed_;
  std::vector<uint8_t> document_;
};

class SalvageScan {
 public:
  struct Setting {
    const char* name;        // of the body
    uint64_t published = 0;  // body length that a commit point names; 0: unknown
    HashKey id_key{};        // for the keys of ids
  };

  SalvageScan(SalvageReader& reader, const Setting& setting, SalvageReport& report)
      : reader_(reader), setting_(setting), report_(report) {}

  // CANCELLED, or done: damage is no failure here.
  Status run(const SalvageProgress& progress, uint64_t progress_total);

  std::vector<FoundVersion>& versions() { return versions_; }
  const ArrayFacts& facts() const { return facts_; }  // of the last META that is whole
  uint64_t greatest_seq() const { return greatest_seq_; }
  uint64_t end() const { return end_; }            // of the last frame that belongs
  uint64_t gaps_end() const { return gaps_end_; }  // behind the last damaged range; 0: none
  uint64_t frames() const { return frames_; }

 private:
  bool belongs(uint64_t offset, const FrameHead& head) const;
  void accept(uint64_t offset, const FrameHead& head);
  void close_gap(uint64_t offset);
  void add_version(uint64_t offset, const FrameHead& head);
  void end_batch(bool was_committed);
  void finish();

  SalvageReader& reader_;
  const Setting setting_;
  SalvageReport& report_;
  std::vector<FoundVersion> versions_;
  ArrayFacts facts_;
  uint64_t end_ = kBodyStart;
  uint64_t gaps_end_ = 0;
  uint64_t greatest_seq_ = 0;
  uint64_t frames_ = 0;
  std::optional<uint32_t> salt_;  // none before the first frame
  std::unordered_set<uint32_t> given_up_;
  // The batch in hand: since which version, of which commit; none between two batches.
  std::optional<uint64_t> batch_seq_;
  size_t batch_first_ = 0;
  bool batch_is_broken_ = false;  // damage lies in it or right behind it
};

}  // namespace dam
