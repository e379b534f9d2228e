#include "query/traverse.h"

#include <algorithm>
#include <utility>

namespace dam {
namespace {

constexpr char kSeparator = ',';

Status malformed(const char* what, size_t at) {
  return Status::error(Code::kInvalidArgument, "%s at place %zu of the traversal paths", what,
                       at + 1);
}

uint32_t size_of(const flatbuffers::Vector<flatbuffers::Offset<schema::Document>>* documents) {
  return documents == nullptr ? 0 : documents->size();
}

}  // namespace

Result<std::vector<TraversePath>> parse_traverse_paths(std::string_view text) {
  std::vector<TraversePath> paths;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find(kSeparator, begin), text.size());
    if (end == begin) return malformed("a path without letters", begin);
    TraversePath& path = paths.emplace_back();
    for (size_t at = begin; at < end; ++at) {
      if (text[at] == 'r') continue;
      if (text[at] != 'c' && text[at] != 'm')
        return malformed("a letter other than r, c and m", at);
      path += text[at];
    }
    begin = end + 1;
  }
  return paths;
}

TraverseWalk::TraverseWalk(std::shared_ptr<const View> view, std::vector<TraversePath> paths)
    : view_(std::move(view)), paths_(std::move(paths)) {
  size_t deepest = 0;
  for (const TraversePath& path : paths_) deepest = std::max(deepest, path.size());
  levels_.reserve(deepest);
}

Status TraverseWalk::next(TraverseStep& out_step) {
  while (!step_below(out_step)) {
    const Status entered = enter_record();
    if (entered.ok()) continue;
    if (entered.code() != Code::kNotFound || path_ + 1 >= paths_.size()) return entered;
    ++path_;
    slot_ = 0;
    entered_ = 0;
  }
  return {};
}

// Goes to the next record of the view; NOT_FOUND when there is none.
Status TraverseWalk::enter_record() {
  if (entered_ == static_cast<int64_t>(view_->count())) return Status::absent();
  uint64_t slot = 0;
  DAM_TRY(view_->next_slot(slot_, slot));
  if (slot == View::kNoSlot) return Status::absent();
  // The whole array is one group.
  if (path().empty() && entered_ == 0) ++groups_;
  slot_ = slot + 1;
  ++entered_;
  Record record;
  DAM_TRY(view_->record(slot, View::Check::kFirstTouch, record));
  record_ = record.document;
  gives_record_ = path().empty();
  if (!gives_record_) go_down(document_root(record_));
  return {};
}

void TraverseWalk::go_down(const schema::Document* parent) {
  const char letter = path()[levels_.size()];
  levels_.push_back({letter == 'c' ? parent->chunks() : parent->matches(), 0});
  if (levels_.size() == path().size()) ++groups_;
}

// The next document of the record that was entered; false when there is none left.
bool TraverseWalk::step_below(TraverseStep& out_step) {
  const schema::Document* found = gives_record_ ? document_root(record_) : nullptr;
  gives_record_ = false;
  while (found == nullptr && !levels_.empty()) {
    Level& level = levels_.back();
    if (level.next == size_of(level.documents)) {
      levels_.pop_back();
      continue;
    }
    const schema::Document* document = level.documents->Get(level.next++);
    if (levels_.size() == path().size())
      found = document;
    else
      go_down(document);
  }
  if (found == nullptr) return false;
  out_step = {found, record_, entered_ - 1, groups_ - 1, static_cast<int32_t>(path_)};
  return true;
}

}  // namespace dam
