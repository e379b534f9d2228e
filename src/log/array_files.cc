#include "log/array_files.h"

#include <algorithm>

#include "base/seeded_mistake.h"
#include "format/frame.h"
#include "format/header_entry.h"

namespace dam {
namespace {

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
  if (size <= kBodyStart) return {};
  return Status::error(Code::kCorrupt, "%s has %llu bytes, but %s is missing",
                       body.value().path().c_str(), static_cast<unsigned long long>(size),
                       header_path(directory).c_str());
}

Result<File> create_anew(const std::string& path) {
  DAM_TRY(remove_file(path));
  return File::create(path);
}

}  // namespace

std::string header_path(const std::string& directory) { return directory + "/header.bin"; }
std::string body_path(const std::string& directory) { return directory + "/body.bin"; }
std::string lock_path(const std::string& directory) { return directory + "/lock"; }

Result<std::shared_ptr<const ArrayFiles>> ArrayFiles::open(const std::string& directory,
                                                           Access access) {
  Result<File> header = File::open(header_path(directory), access);
  if (header.status().code() == Code::kNotFound) DAM_TRY(refuse_lost_header(directory));
  if (!header.ok()) return std::move(header).status();
  Result<File> body = File::open(body_path(directory), access);
  if (body.status().code() == Code::kNotFound)
    return Status::error(Code::kCorrupt, "%s is missing beside header.bin",
                         body_path(directory).c_str());
  if (!body.ok()) return std::move(body).status();

  auto files = std::make_shared<ArrayFiles>();
  DAM_ASSIGN(files->superblock_, read_superblock(header.value(), FileKind::kHeader));
  DAM_ASSIGN(const Superblock other, read_superblock(body.value(), FileKind::kBody));
  if (files->superblock_ != other)
    return Status::error(Code::kCorrupt,
                         "header.bin and body.bin of %s belong to different arrays (generations "
                         "%llu and %llu)",
                         directory.c_str(),
                         static_cast<unsigned long long>(files->superblock_.generation),
                         static_cast<unsigned long long>(other.generation));
  DAM_ASSIGN(files->identity_, identify(header.value()));
  files->seed_ = CheckSeed(files->superblock_);
  files->header_ = std::move(header.value());
  files->body_ = std::move(body.value());
  return std::shared_ptr<const ArrayFiles>(std::move(files));
}

Result<std::shared_ptr<const ArrayMaps>> ArrayMaps::map(std::shared_ptr<const ArrayFiles> files,
                                                        uint64_t window_bytes) {
  constexpr uint64_t kGrowth = 4;
  auto maps = std::make_shared<ArrayMaps>();
  DAM_ASSIGN(const uint64_t header_size, files->header().size());
  DAM_ASSIGN(const uint64_t body_size, files->body().size());
  DAM_ASSIGN(maps->header_,
             Mapping::map(files->header(), std::max(window_bytes, kGrowth * header_size),
                          header_size + header_size / 2));
  DAM_ASSIGN(maps->body_, Mapping::map(files->body(), std::max(window_bytes, kGrowth * body_size),
                                       body_size + body_size / 2));
  maps->files_ = std::move(files);
  return std::shared_ptr<const ArrayMaps>(std::move(maps));
}

std::optional<ArrayMaps::PlacedPoint> ArrayMaps::newest_of(
    const std::array<uint64_t, 2>& places) const {
  std::optional<PlacedPoint> newest;
  for (size_t i = 0; i < places.size(); ++i) {
    CommitPoint point;
    if (!decode_commit_point(header() + places[i], places[i], files_->seed(), point)) continue;
    if (!newest || point.seq > newest->point.seq) newest = {point, i};
  }
  return newest;
}

Status create_array_files(const std::string& directory, const Superblock& superblock,
                          uint32_t salt) {
  DAM_TRY(refuse_lost_header(directory));
  const std::string header_aside = header_path(directory) + ".made";
  const std::string body_aside = body_path(directory) + ".made";
  DAM_ASSIGN(const File body, create_anew(body_aside));
  DAM_ASSIGN(const File header, create_anew(header_aside));
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
  DAM_TRY(header.sync());
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
