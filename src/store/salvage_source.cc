#include "store/salvage_source.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "log/array_files.h"
#include "store/seed_search.h"

namespace dam {
namespace {

struct Candidate {
  std::string path;
  FileKind kind;
  const char* name;
  std::optional<DamagedFile> file;
  std::optional<Superblock> superblock;
};

// Absent files and damaged superblocks are no failure; a format that is newer is.
Status look_at(Candidate& candidate) {
  Result<DamagedFile> file = DamagedFile::open(candidate.path);
  if (file.status().code() == Code::kNotFound) return {};
  if (!file.ok()) return std::move(file).status();
  candidate.file = std::move(file.value());
  if (!candidate.file->holds(0, kSuperblockSize)) return {};
  const Result<Superblock> superblock =
      decode_superblock({candidate.file->at(0, kSuperblockSize), kSuperblockSize}, candidate.kind,
                        candidate.path.c_str());
  if (superblock.status().code() == Code::kUnsupported) return superblock.status();
  if (superblock.ok()) candidate.superblock = superblock.value();
  return {};
}

class SourceSearch {
 public:
  explicit SourceSearch(const std::string& directory)
      : directory_(directory),
        header_{header_path(directory), FileKind::kHeader, "header.bin", {}, {}},
        new_header_{new_header_path(directory), FileKind::kHeader, "header.bin.new", {}, {}},
        body_{body_path(directory), FileKind::kBody, "body.bin", {}, {}},
        new_body_{new_body_path(directory), FileKind::kBody, "body.bin.new", {}, {}} {}

  Result<SalvageSource> run(SalvageReport& report) {
    for (Candidate* candidate : {&header_, &new_header_, &body_, &new_body_})
      DAM_TRY(look_at(*candidate));
    if (!body_.file && !new_body_.file) return no_body();
    Candidate* order[] = {&body_, &new_body_};
    if (new_body_was_in_force()) std::swap(order[0], order[1]);
    for (Candidate* body : order) {
      if (!body->file) {
        if (body == order[0]) report.remark("%s is missing", body->name);
        continue;
      }
      CheckSeed seed;
      if (seed_of(*body, seed)) return found(*body, seed, report);
      report.damage(body->name, 0, std::max<uint64_t>(body->file->size(), 1),
                    "no frame is whole in all of it");
    }
    return Status::error(Code::kCorrupt, "nothing can be saved of %s: no frame is whole",
                         directory_.c_str());
  }

 private:
  Status no_body() const {
    if (header_.file || new_header_.file)
      return Status::error(Code::kCorrupt,
                           "nothing can be saved of %s: body.bin, which held the documents, is "
                           "missing",
                           directory_.c_str());
    return Status::error(Code::kNotFound, "there is no array at %s", directory_.c_str());
  }

  bool new_body_was_in_force() const {
    if (!new_body_.file) return false;
    if (!header_.superblock) return header_.file ? !new_header_.file : !body_.file;
    const bool names_new = new_body_.superblock == header_.superblock;
    return names_new ||
           (!new_body_.superblock && body_.superblock && body_.superblock != header_.superblock);
  }

  // The seed under which the body has frames: its own superblock's, a header's, or one computed.
  bool seed_of(Candidate& body, CheckSeed& out) {
    for (const Candidate* witness : {&body, &header_, &new_header_}) {
      if (!witness->superblock) continue;
      out = CheckSeed(*witness->superblock);
      if (has_frame(*body.file, out)) return true;
    }
    const std::optional<CheckSeed> computed = find_seed(*body.file);
    if (computed) out = *computed;
    // An array that never held anything has no frame, and nothing that was lost.
    const bool is_empty = body.superblock && body.file->size() == kBodyStart;
    if (!computed && is_empty) out = CheckSeed(*body.superblock);
    return computed || is_empty;
  }

  SalvageSource found(Candidate& body, const CheckSeed& seed, SalvageReport& report) {
    constexpr uint64_t kMostGeneration = uint64_t{1} << 40;
    SalvageSource source;
    for (const Candidate* witness : {&body, &header_, &new_header_})
      if (witness->superblock && CheckSeed(*witness->superblock).start() == seed.start())
        source.generation = std::min(witness->superblock->generation, kMostGeneration);
    if (!body.superblock || CheckSeed(*body.superblock).start() != seed.start())
      report.damage(body.name, 0, kSuperblockSize, "the superblock is damaged");
    source.name = body.name;
    source.seed = seed;
    source.body = std::move(*body.file);
    return source;
  }

  const std::string directory_;
  Candidate header_;
  Candidate new_header_;
  Candidate body_;
  Candidate new_body_;
};

}  // namespace

Result<SalvageSource> SalvageSource::find(const std::string& directory, SalvageReport& report) {
  return SourceSearch(directory).run(report);
}

}  // namespace dam
