#include "store/fresh_array.h"

#include "document/document_view.h"
#include "platform/clock.h"
#include "store/array_seal.h"
#include "store/array_view.h"
#include "store/successor.h"

namespace dam {
namespace {

Status require_vacant(const std::string& directory) {
  for (const std::string& path :
       {header_path(directory), body_path(directory), seal_path(directory)}) {
    const Status found = exists(path);
    if (found.ok()) return Status::error(Code::kAlreadyExists, "%s is there already", path.c_str());
    if (found.code() != Code::kNotFound) return found;
  }
  return {};
}

Status require_space(const std::string& directory, uint64_t needed) {
  if (needed == 0) return {};
  DAM_ASSIGN(const File lock, File::open(lock_path(directory), Access::kRead));
  DAM_ASSIGN(const uint64_t available, available_space(lock));
  if (available >= needed) return {};
  return Status::error(Code::kNoSpace, "%s needs %llu bytes, %llu are free", directory.c_str(),
                       static_cast<unsigned long long>(needed),
                       static_cast<unsigned long long>(available));
}

}  // namespace

Result<std::unique_ptr<FreshArray>> FreshArray::start(const std::string& directory,
                                                      const FreshArrayOptions& options) {
  DAM_TRY(require_vacant(directory));
  DAM_TRY(make_directories(directory));
  DAM_ASSIGN(LockFile lock, LockFile::open(lock_path(directory), Access::kReadWrite));
  DAM_TRY(lock.acquire(0));
  DAM_TRY(require_vacant(directory));  // nobody made one meanwhile
  DAM_TRY(require_space(directory, options.bytes_needed));
  std::unique_ptr<FreshArray> array(new FreshArray(directory, std::move(lock)));
  DAM_TRY(random_bytes(array->superblock_.uuid));
  DAM_TRY(random_bytes(array->superblock_.hash_key));
  array->superblock_.generation = options.former_generation + 1;
  DAM_ASSIGN(array->files_, GenerationWriter::start({directory}, array->superblock_));
  return array;
}

FreshArray::~FreshArray() {
  if (files_ != nullptr && !files_->is_in_force())
    remove_derived_files(directory_, superblock_.generation);
}

Status FreshArray::put(Bytes document, uint64_t revision) {
  const IdKey key = make_id_key(document_id(document), superblock_.hash_key);
  DAM_ASSIGN([[maybe_unused]] const uint64_t slot, files_->put(key, document, revision));
  return {};
}

void FreshArray::set_facts(const ArrayFacts& facts, uint64_t revision) {
  files_->set_facts(facts, revision);
}

// So that the first look-up by id need not read every entry.
Status FreshArray::build_ids() const {
  constexpr uint64_t kWindow = 1 << 20;  // the maps take four times the files in any case
  DAM_ASSIGN(std::shared_ptr<const ArrayFiles> opened, files_->open());
  DAM_ASSIGN(const std::shared_ptr<const ArrayMaps> maps, ArrayMaps::map(opened, {kWindow}));
  LogView log;
  log.maps = maps.get();
  log.limit = files_->point().body_length;
  IdDirectory ids(directory_, *maps, Access::kReadWrite);
  return ids.build(log, files_->point());
}

Status FreshArray::finish(uint64_t revision) {
  DAM_TRY(files_->seal(revision));
  DAM_TRY(build_ids());
  DAM_TRY(files_->take_name());
  DAM_TRY(files_->finish_names());
  // Durability: of the body's name; those of the directories were synced as they were made.
  return sync_directory(directory_);
}

}  // namespace dam
