// Traversing chunks and matches: documents are lent one at a time, none is copied.
#include "api/arguments.h"
#include "api/document_handle.h"
#include "api/filter_object.h"
#include "api/open_handles.h"
#include "query/filter_run.h"
#include "query/traverse.h"

using dam::Status;

namespace dam {
namespace {

// A walk, and the one document handle that it lends again and again.
//
// What it lends belongs to a handle of the record around it, so that children taken of it may
// outlive both. Nobody else has that handle unless there are such children; then the next record
// gets a new one.
class Traversal {
 public:
  static constexpr HandleKind kKind = HandleKind::kTraversal;

  // Every document when `filter` is null.
  Traversal(const std::shared_ptr<const View>& view, std::vector<TraversePath> paths,
            const Filter& filter)
      : view_(view), walk_(view, std::move(paths)) {
    if (filter) filter_.emplace(filter);
  }
  ~Traversal() { forget_copy(); }

  Status next() {
    do {
      DAM_TRY(walk_.next(step_));
    } while (!passes());
    if (!outermost_ || outermost_->bytes.data() != step_.outermost.data()) show_record();
    forget_copy();
    const bool is_outermost = step_.document == document_root(step_.outermost);
    lent_.child = is_outermost ? nullptr : step_.document;
    return {};
  }

  const TraverseStep& step() const { return step_; }
  const dam_document* lent() const { return &lent_; }

 private:
  bool passes() {
    if (!filter_) return true;
    BlockRows rows(1);
    filter_->narrow({&step_.document, 1}, rows);
    return !rows.none();
  }

  void show_record() {
    if (outermost_ && outermost_->uses.load(std::memory_order_acquire) == 1)
      outermost_->bytes = step_.outermost;
    else
      outermost_ = pinned_document(view_, step_.outermost);
    lent_.bytes = step_.outermost;
    lent_.owner = outermost_.get();
  }
  // The bytes of a chunk as a document of its own, if the caller asked for them.
  void forget_copy() { delete lent_.alone.exchange(nullptr, std::memory_order_relaxed); }

  std::shared_ptr<const View> view_;
  TraverseWalk walk_;
  std::optional<FilterRun> filter_;
  TraverseStep step_;
  OwnedDocument outermost_;
  dam_document lent_;
};

}  // namespace
}  // namespace dam

using dam::Traversal;

dam_status dam_traverse(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                        size_t path_size, dam_traversal** out_traversal) {
  return dam::with<dam::OpenSnapshot>(snapshot, [&](dam::OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_traversal, "out_traversal"));
    std::string_view text;
    DAM_TRY(dam::take_text(path, path_size, "path", text));
    DAM_ASSIGN(std::vector<dam::TraversePath> paths, dam::parse_traverse_paths(text));
    return dam::hand_out(
        std::make_unique<Traversal>(open.view, std::move(paths), dam::filter_or_all(filter)),
        out_traversal);
  });
}

dam_status dam_traversal_next(dam_traversal* traversal, const dam_document** out_lent,
                              int64_t* out_position, int64_t* out_group, int32_t* out_path) {
  return dam::with<Traversal>(traversal, [&](Traversal& open) -> Status {
    DAM_TRY(dam::require(out_lent, "out_lent"));
    DAM_TRY(open.next());
    *out_lent = open.lent();
    if (out_position != nullptr) *out_position = open.step().position;
    if (out_group != nullptr) *out_group = open.step().group;
    if (out_path != nullptr) *out_path = open.step().path;
    return {};
  });
}

dam_status dam_traversal_close(dam_traversal* traversal) {
  return dam::close_handle<Traversal>(traversal);
}
