// TailWriter: commits at the level `buffered`, gathered in memory until they are written in one go.
//
// Frames and entries are laid out exactly as they will stand in the files. A full buffer is handed
// to the log and replaced; views that show it keep it until their last pin goes. Only new documents
// are gathered: what changes an older slot writes through.
#pragma once

#include <memory>

#include "log/frame_batch.h"
#include "log/log_view.h"

namespace dam {

class TailWriter {
 public:
  bool is_empty() const { return buffer_ == nullptr || used_ == 0; }
  const CommitPoint& point() const { return point_; }
  const std::shared_ptr<TailBuffer>& buffer() const { return buffer_; }

  // Whether the batch can be gathered at all, and whether there is room for it now.
  static bool can_gather(const FrameBatch& batch);
  bool has_room(const FrameBatch& batch) const;
  void add(const FrameBatch& batch);
  // What is gathered, to be written behind the point it was gathered on.
  LogChange change() const;
  // It was written.
  void clear();

 private:
  std::shared_ptr<TailBuffer> buffer_;
  uint64_t used_ = 0;
  uint64_t entries_used_ = 0;
  CommitPoint point_;
  VersionMap no_versions_;
};

}  // namespace dam
