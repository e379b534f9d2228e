#include "log/array_files.h"

#include <algorithm>
#include <atomic>

#include "base/seeded_mistake.h"
#include "format/frame.h"
#include "format/header_entry.h"

namespace dam {
namespace {

struct OpenedFile {
  File file;
  Superblock superblock;
};

// Why the whole beginning of the file is asked for: the rest of it is read through maps, which end
// in a signal where the file does.
Result<Superblock> read_superblock(const File& file, FileKind kind) {
  SuperblockBytes bytes;
  const uint64_t least = kind == FileKind::kHeader ? kEntriesStart : kBodyStart;
  DAM_ASSIGN(const uint64_t size, file.size());
  if (size < least)
    return Status::error(Code::kCorrupt, "%s has %llu bytes, an empty one has %llu",
                         file.path().c_str(), static_cast<unsigned long long>(size),
                         static_cast<unsigned long long>(least));
  DAM_TRY(file.read(0, bytes));
  return decode_superblock(bytes, kind, file.path().c_str());
}

// A body without a header is what a crashed creation leaves, if it holds no frame.
Status refuse_lost_header(const std::string& directory) {
  Result<File> body = File::open(body_path(directory), Access::kRead);
  if (body.status().code() == Code::kNotFound) return {};
  if (!body.ok()) return std::move(body).status();
  DAM_ASSIGN(const uint64_t size, body.value().size());
  if (size == 0) return {};
  // A superblock alone is what a creation leaves that stopped between its two names.
  if (size <= kBodyStart) return read_superblock(body.value(), FileKind::kBody).status();
  return Status::error(Code::kCorrupt, "%s has %llu bytes, but %s is missing",
                       body.value().path().c_str(), static_cast<unsigned long long>(size),
                       header_path(directory).c_str());
}

Result<OpenedFile> open_file(const std::string& path, FileKind kind, Access access) {
  OpenedFile opened;
  DAM_ASSIGN(opened.file, File::open(path, access));
  DAM_ASSIGN(opened.superblock, read_superblock(opened.file, kind));
  return opened;
}

}  // namespace

std::string header_path(const std::string& directory) { return directory + "/header.bin"; }
std::string body_path(const std::string& directory) { return directory + "/body.bin"; }
std::string lock_path(const std::string& directory) { return directory + "/lock"; }

std::string new_header_path(const std::string& directory) {
  return header_path(directory) + ".new";
}
std::string new_body_path(const std::string& directory) { return body_path(directory) + ".new"; }

// What the names led to at one moment.
struct ArrayFiles::Pair {
  OpenedFile header;
  OpenedFile body;
  bool body_is_new = false;

  bool matches() const { return header.superblock == body.superblock; }
};

Status ArrayFiles::open_pair(const std::string& directory, Access access, Pair& out) {
  Result<OpenedFile> header = open_file(header_path(directory), FileKind::kHeader, access);
  if (header.status().code() == Code::kNotFound) DAM_TRY(refuse_lost_header(directory));
  if (!header.ok()) return std::move(header).status();
  Result<OpenedFile> body = open_file(body_path(directory), FileKind::kBody, access);
  const bool is_missing = body.status().code() == Code::kNotFound;
  if (!body.ok() && !is_missing) return std::move(body).status();
  out.header = std::move(header.value());
  if (!is_missing) {
    out.body = std::move(body.value());
    if (out.matches() || seeded(Mistake::kReaderIgnoresNewBody)) return {};
  }
  // A switch that stopped, or is, between its two renames; where there was no array before, there
  // is no former body.
  Result<OpenedFile> aside = open_file(new_body_path(directory), FileKind::kBody, access);
  out.body_is_new = aside.ok() && aside.value().superblock == out.header.superblock;
  if (out.body_is_new) out.body = std::move(aside.value());
  const bool is_none =
      aside.status().code() == Code::kNotFound || aside.status().code() == Code::kCorrupt;
  if (!aside.ok() && !is_none) return std::move(aside).status();
  if (!is_missing || out.body_is_new) return {};
  return Status::error(Code::kCorrupt, "%s is missing beside header.bin",
                       body_path(directory).c_str());
}

// Durability: the header's new name first. Were the body's to arrive alone, nothing would fit any
// more.
Status ArrayFiles::roll_forward(const std::string& directory) {
  if (!seeded(Mistake::kRollForwardSkipsSync)) DAM_TRY(sync_directory(directory));
  return rename_file(new_body_path(directory), body_path(directory));
}

// Whether a switch went on between the openings of the two files: then they are worth another try.
Result<bool> ArrayFiles::names_moved(const std::string& directory, const Pair& pair) {
  DAM_ASSIGN(const FileIdentity header, identify(pair.header.file));
  DAM_ASSIGN(const FileIdentity body, identify(pair.body.file));
  DAM_ASSIGN(const FileIdentity header_now, identify(header_path(directory)));
  DAM_ASSIGN(const FileIdentity body_now, identify(body_path(directory)));
  return header != header_now || body != body_now;
}

Result<std::shared_ptr<const ArrayFiles>> ArrayFiles::open(const std::string& directory,
                                                           Access access) {
  constexpr int kTries = 1000;
  Pair pair;
  DAM_TRY(open_pair(directory, access, pair));
  for (int i = 0; i < kTries && !pair.matches(); ++i) {
    DAM_ASSIGN(const bool moved, names_moved(directory, pair));
    if (!moved) break;
    DAM_TRY(open_pair(directory, access, pair));
  }
  if (!pair.matches())
    return Status::error(Code::kCorrupt,
                         "header.bin and body.bin of %s belong to different arrays (generations "
                         "%llu and %llu)",
                         directory.c_str(),
                         static_cast<unsigned long long>(pair.header.superblock.generation),
                         static_cast<unsigned long long>(pair.body.superblock.generation));
  const uint32_t unknown = pair.header.superblock.read_only_features;
  if (access == Access::kReadWrite && unknown != 0)
    return Status::error(Code::kUnsupported,
                         "%s needs a newer version to be written (unknown features %#x)",
                         directory.c_str(), unknown);
  const bool rolls = pair.body_is_new && access == Access::kReadWrite;
  if (rolls) DAM_TRY(roll_forward(directory));
  return hold(directory, std::move(pair), rolls);
}

Result<std::shared_ptr<const ArrayFiles>> ArrayFiles::open_new(const std::string& directory) {
  Pair pair;
  DAM_ASSIGN(pair.header,
             open_file(new_header_path(directory), FileKind::kHeader, Access::kReadWrite));
  DAM_ASSIGN(pair.body, open_file(new_body_path(directory), FileKind::kBody, Access::kReadWrite));
  return hold(directory, std::move(pair), false);
}

Result<std::shared_ptr<const ArrayFiles>> ArrayFiles::share(const std::string& directory,
                                                            const File& header, const File& body) {
  Pair pair;
  DAM_ASSIGN(pair.header.file, header.share());
  DAM_ASSIGN(pair.header.superblock, read_superblock(header, FileKind::kHeader));
  DAM_ASSIGN(pair.body.file, body.share());
  DAM_ASSIGN(pair.body.superblock, read_superblock(body, FileKind::kBody));
  return hold(directory, std::move(pair), false);
}

Result<std::shared_ptr<const ArrayFiles>> ArrayFiles::hold(const std::string& directory,
                                                           Pair&& pair, bool was_rolled_forward) {
  auto files = std::make_shared<ArrayFiles>();
  DAM_ASSIGN(files->identity_, identify(pair.header.file));
  files->superblock_ = pair.header.superblock;
  files->seed_ = CheckSeed(files->superblock_);
  files->header_ = std::move(pair.header.file);
  files->body_ = std::move(pair.body.file);
  files->header_.take_name(header_path(directory));
  files->body_.take_name(body_path(directory));
  files->was_rolled_forward_ = was_rolled_forward;
  return std::shared_ptr<const ArrayFiles>(std::move(files));
}

Result<std::shared_ptr<const ArrayMaps>> ArrayMaps::map(std::shared_ptr<const ArrayFiles> files,
                                                        const MapOptions& options) {
  constexpr uint64_t kGrowth = 4;
  auto maps = std::make_shared<ArrayMaps>();
  DAM_ASSIGN(const uint64_t header_size, files->header().size());
  DAM_ASSIGN(const uint64_t body_size, files->body().size());
  DAM_ASSIGN(maps->header_,
             Mapping::map(files->header(), std::max(options.window_bytes, kGrowth * header_size),
                          header_size + header_size / 2));
  DAM_ASSIGN(maps->body_,
             Mapping::map(files->body(), std::max(options.window_bytes, kGrowth * body_size),
                          body_size + body_size / 2));
  if (options.random_reads) {
    maps->header_.expect_random_reads();
    maps->body_.expect_random_reads();
  }
  maps->reads_safely_ = options.safe_reads;
  maps->files_ = std::move(files);
  return std::shared_ptr<const ArrayMaps>(std::move(maps));
}

namespace {

// Of bytes that a commit point vouches for: where they end early, something cut the file off.
Status read_committed(const File& file, uint64_t offset, MutableBytes to) {
  Status status = file.read(offset, to);
  return status.code() == Code::kCorrupt ? Status::error(Code::kIo, "%s", status.message())
                                         : status;
}

}  // namespace

Status ArrayMaps::read_header(uint64_t offset, MutableBytes to) const {
  return read_committed(files_->header(), offset, to);
}

Status ArrayMaps::read_body(uint64_t offset, MutableBytes to) const {
  return read_committed(files_->body(), offset, to);
}

Status ArrayMaps::prefault_body(uint64_t offset, uint64_t count) const {
  const Status status = body_.populate(offset, count);
  if (status.ok()) return {};
  return Status::error(status.code(), "%s: %s", files_->body().path().c_str(), status.message());
}

std::optional<ArrayMaps::PlacedPoint> ArrayMaps::newest_of(
    const std::array<uint64_t, 2>& places) const {
  std::optional<PlacedPoint> newest;
  for (size_t i = 0; i < places.size(); ++i) {
    CommitPoint point;
    std::array<uint8_t, kCommitPointSize> copy;
    const uint8_t* bytes = header() + places[i];
    if (reads_safely_) {
      if (!read_header(places[i], copy).ok()) continue;
      bytes = copy.data();
    }
    if (!decode_commit_point(bytes, places[i], files_->seed(), point)) continue;
    if (!newest || point.seq > newest->point.seq) newest = {point, i};
  }
  return newest;
}

uint64_t ArrayMaps::open_commit() const {
  auto* word = reinterpret_cast<uint64_t*>(const_cast<uint8_t*>(header()) + kOpenCommitAt);
  return std::atomic_ref<uint64_t>(*word).load(std::memory_order_acquire);
}

namespace {

Status write_empty_pair(const File& header, const File& body, const Superblock& superblock,
                        uint32_t salt) {
  const CheckSeed seed(superblock);
  CommitPoint empty;
  empty.body_length = kBodyStart;
  empty.generation = superblock.generation;
  empty.salt = salt;

  DAM_TRY(body.truncate(kBodyStart));
  DAM_TRY(body.write(0, encode_superblock(superblock, FileKind::kBody)));
  DAM_TRY(header.truncate(kEntriesStart));
  DAM_TRY(header.write(0, encode_superblock(superblock, FileKind::kHeader)));
  for (const uint64_t place : {kCheckpointAt[0], kCheckpointAt[1], kPublicationAt[0]})
    DAM_TRY(header.write(place, encode_commit_point(empty, place, seed)));
  DAM_TRY(body.sync());
  return header.sync();
}

}  // namespace

Result<std::shared_ptr<const ArrayFiles>> create_temporary_files(const std::string& directory,
                                                                 const Superblock& superblock,
                                                                 uint32_t salt) {
  DAM_ASSIGN(const File body, File::create_temporary(parent_of(directory)));
  DAM_ASSIGN(const File header, File::create_temporary(parent_of(directory)));
  DAM_TRY(write_empty_pair(header, body, superblock, salt));
  return ArrayFiles::share(directory, header, body);
}

Status create_array_files(const std::string& directory, const Superblock& superblock,
                          uint32_t salt) {
  DAM_TRY(refuse_lost_header(directory));
  const std::string header_aside = header_path(directory) + ".made";
  const std::string body_aside = body_path(directory) + ".made";
  DAM_ASSIGN(const File body, File::create_anew(body_aside));
  DAM_ASSIGN(const File header, File::create_anew(header_aside));
  DAM_TRY(write_empty_pair(header, body, superblock, salt));
  if (seeded(Mistake::kCreateHeaderFirst)) {
    DAM_TRY(rename_file(header_aside, header_path(directory)));
    return rename_file(body_aside, body_path(directory));
  }
  // Why two syncs: a directory may remember renames in any order.
  DAM_TRY(rename_file(body_aside, body_path(directory)));
  DAM_TRY(sync_directory(directory));
  return rename_file(header_aside, header_path(directory));
}

}  // namespace dam
