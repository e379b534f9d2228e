// Seal: an array is finished. Its files are synced and listed, and nothing is written any more.
#include "store/array_seal.h"
#include "store/store_core.h"

namespace dam {
namespace {

std::string name_in(const std::string& directory, const std::string& path) {
  return path.substr(directory.size() + 1);
}

}  // namespace

bool Store::Core::is_sealed() const {
  return is_sealed_ || (!options_.temporary && exists(seal_path(path_)).ok());
}

Result<std::string> Store::Core::seal(const VerifyProgress& progress) {
  if (closed_) return Status::error(Code::kClosed, "%s is closed", path_.c_str());
  if (options_.temporary)
    return Status::error(Code::kInvalidArgument, "%s has no files that could be kept",
                         path_.c_str());
  if (options_.shared_writer)
    return Status::error(Code::kInvalidArgument,
                         "%s may have other writers: open it without "
                         "sharing to seal it",
                         path_.c_str());
  const std::lock_guard turn(prune_mutex_);
  Result<std::string> present = read_seal_text(path_);
  if (present.status().code() != Code::kNotFound) return present;
  DAM_TRY(require_writable());
  const std::lock_guard no_checkpoint(checkpoint_mutex_);
  DAM_TRY(settle_for_ever());
  Result<std::string> sealed = list_and_seal(progress);
  if (!sealed.ok()) is_sealed_ = exists(seal_path(path_)).ok();
  return sealed;
}

// The last checkpoint. Why not a clean one: should the rest fail, the writer goes on, and its next
// version word relies on the mark.
Status Store::Core::settle_for_ever() {
  const std::lock_guard no_sync(sync_mutex_);
  const std::lock_guard lock(write_mutex_);
  DAM_TRY(require_writable());
  if (writer_->is_poisoned()) return writer_->sync_body();
  DAM_TRY(flush_tail());
  show(writer_->point());
  writer_->begin_checkpoint();
  if (generation_->ids->is_worth_folding(writer_->point()))
    DAM_TRY(generation_->ids->freeze(writer_->point()));
  DAM_TRY(writer_->sync_checkpoint());
  DAM_TRY(writer_->finish_checkpoint(false));
  DAM_TRY(writer_->sync_checkpoint());
  durable_seq_ = writer_->point().seq;
  checkpoint_done_->notify_all();
  is_sealed_ = true;
  return {};
}

// Nothing changes the files from here on.
Result<std::string> Store::Core::list_and_seal(const VerifyProgress& progress) {
  DAM_TRY(fold_derived());
  const ArrayFiles& files = maps_->files();
  ArraySeal seal;
  seal.uuid = files.superblock().uuid;
  seal.generation = files.superblock().generation;
  // What readers will show: that of the checkpoint, which may have a number of its own.
  seal.revision = writer_->last_checkpoint().seq;
  seal.documents = view()->count();
  DAM_ASSIGN(const uint64_t header_size, files.header().size());
  DAM_ASSIGN(const uint64_t body_size, files.body().size());
  uint64_t done = 0;
  const SealProgress advance = [&](uint64_t bytes) {
    done += bytes;
    return !closed_ && (!progress || progress(done, std::max(done, header_size + body_size)));
  };
  seal.files = {{"header.bin", 0, ""}, {"body.bin", 0, ""}};
  for (const std::string& path :
       {generation_->ids->table_path(), generation_->positions->base_path()})
    if (!path.empty() && exists(path).ok()) seal.files.push_back({name_in(path_, path), 0, ""});
  for (SealedFile& file : seal.files) DAM_TRY(digest_file(path_, advance, file));
  DAM_TRY(write_seal_text(path_, seal.text()));
  return seal.text();
}

}  // namespace dam
