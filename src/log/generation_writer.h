// GenerationWriter: the two files of an array's next generation, built aside while the present one
// is in use, and the switch of names that puts them in its place.
//
//   start --put, replace, erase, set_facts, sync--> aside --seal--> sealed
//   sealed --take_name--> in force (the commit point) --finish_names--> done
//   aside or sealed --destroyed--> removed
//
// The log of a new generation begins with one session of copies: each frame keeps the number of the
// commit that wrote it and is a batch of its own. docs/durability.md, "Prune". Threads: one.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "log/array_files.h"
#include "log/frame_batch.h"
#include "platform/file.h"

namespace dam {

class GenerationWriter {
 public:
  struct Place {
    std::string directory;
    uint32_t permissions = 0600;  // of the new files, less the umask
    bool is_temporary = false;    // without names, as create_temporary_files makes them
  };
  // Makes both files, empty but for the SESSION frame, in place of what an earlier try left.
  static Result<std::unique_ptr<GenerationWriter>> start(const Place& place,
                                                         const Superblock& superblock);
  ~GenerationWriter();
  GenerationWriter(const GenerationWriter&) = delete;
  GenerationWriter& operator=(const GenerationWriter&) = delete;

  // The slot of the copy. `seq` is the commit that wrote the version.
  Result<uint64_t> put(const IdKey& id, Bytes document, uint64_t seq);
  Status replace(uint64_t slot, const IdKey& id, Bytes document, uint64_t seq);
  Status erase(uint64_t slot, uint64_t seq);
  void set_facts(const ArrayFacts& facts, uint64_t seq);

  // The pair as whoever adopts it opens it; it has what was synced.
  Result<std::shared_ptr<const ArrayFiles>> open() const;
  // Of all that was added so far, written or not.
  const CommitPoint& point() const { return batch_.point(); }
  // Durability: all that was added so far is on disk, though no commit point vouches for it yet.
  Status sync();
  // Writes the commit points, which vouch for everything; all synced. `seq` is the switch's own.
  Status seal(uint64_t seq);

  // The header gets its name: from here on the array is the new one, whatever happens. A failure
  // leaves the array as it was.
  Status take_name();
  // The body gets its name. After a failure it is uncertain which generation a power loss leaves;
  // the next open finds out.
  Status finish_names();
  bool is_in_force() const { return is_in_force_; }

 private:
  GenerationWriter(const Place& place, const CheckSeed& seed, const CommitPoint& empty)
      : directory_(place.directory),
        is_temporary_(place.is_temporary),
        seed_(seed),
        batch_(empty, seed, 0) {}

  Status create_files(uint32_t permissions);

  Status flush();
  Status flush_when_full();
  Status sync_files();
  Result<Superseded> newest_version(uint64_t slot);

  const std::string directory_;
  const bool is_temporary_;
  const CheckSeed seed_;
  File header_;
  File body_;
  FrameBatch batch_;  // what is not written yet
  // Slots that were changed after their first copy.
  std::unordered_map<uint64_t, Superseded> changed_;
  bool is_in_force_ = false;
};

}  // namespace dam
