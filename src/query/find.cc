#include "query/find.h"

#include <algorithm>
#include <array>
#include <utility>

#include "document/document_view.h"
#include "query/filter_run.h"

namespace dam {
namespace {

// The documents of one block, and where their outermost ones stand.
struct Block {
  std::array<const schema::Document*, BlockRows::kMost> documents;
  std::array<const uint8_t*, BlockRows::kMost> records;
  std::array<int64_t, BlockRows::kMost> positions;
  size_t size = 0;

  // Asks memory for a record without waiting for it; find_roots, when more were asked for, reads
  // where its document begins.
  void add_record(Bytes record, int64_t position) {
    constexpr size_t kLine = 64;
    const size_t asked = std::min(record.size(), size_t{1024});
    for (size_t at = 0; at < asked; at += kLine) __builtin_prefetch(record.data() + at);
    records[size] = record.data();
    add(nullptr, position);
  }
  void find_roots(size_t first) {
    for (size_t row = first; row < size; ++row) documents[row] = schema::GetDocument(records[row]);
  }

  bool is_full() const { return size == BlockRows::kMost; }
  void add(const schema::Document* document, int64_t position) {
    documents[size] = document;
    positions[size++] = position;
  }
};

// Fills blocks, path by path.
class BlockSource {
 public:
  BlockSource(std::shared_ptr<const View> view, const std::vector<TraversePath>& paths)
      : view_(std::move(view)), paths_(paths) {}

  // An empty block: all paths are done.
  Status fill(Block& block) {
    block.size = 0;
    while (path_ < paths_.size() && !block.is_full()) {
      DAM_TRY(paths_[path_].empty() ? fill_with_records(block) : fill_with_children(block));
      if (block.is_full()) break;
      ++path_;
      position_ = 0;
      slot_ = 0;
      walk_.reset();
    }
    return {};
  }

  uint64_t done() const { return path_ * view_->count() + static_cast<uint64_t>(position_); }
  uint64_t total() const { return paths_.size() * view_->count(); }

 private:
  Status fill_with_records(Block& block) {
    const auto count = static_cast<int64_t>(view_->count());
    const size_t first = block.size;
    while (position_ < count && !block.is_full()) {
      uint64_t slot = 0;
      DAM_TRY(view_->next_slot(slot_, slot));
      Record record;
      DAM_TRY(view_->record(slot, View::Check::kFirstTouch, record));
      block.add_record(record.document, position_++);
      slot_ = slot + 1;
    }
    block.find_roots(first);
    return {};
  }

  Status fill_with_children(Block& block) {
    if (!walk_) walk_.emplace(view_, std::vector<TraversePath>{paths_[path_]});
    while (!block.is_full()) {
      TraverseStep step;
      const Status next = walk_->next(step);
      if (next.code() == Code::kNotFound) return {};
      DAM_TRY(next);
      position_ = step.position;
      block.add(step.document, step.position);
    }
    return {};
  }

  const std::shared_ptr<const View> view_;
  const std::vector<TraversePath>& paths_;
  size_t path_ = 0;
  int64_t position_ = 0;
  uint64_t slot_ = 0;
  std::optional<TraverseWalk> walk_;
};

std::string explain(const View& view, const FindQuery& query, uint64_t blocks,
                    const FilterRun& run) {
  const auto text = [](uint64_t number) { return std::to_string(number); };
  std::string levels;
  for (const TraversePath& path : query.paths) {
    levels += levels.empty() ? "" : ",";
    levels += path.empty() ? "r" : path;
  }
  return "scan of " + text(view.count()) + " documents at " + levels +
         ", in place, in blocks: " + text(blocks) + "\n" + run.explain();
}

// Gives keep(block, rows) what passes, block by block, until that answers false.
template <typename Keep>
Status run_blocks(const std::shared_ptr<const View>& view, const FindQuery& query, Keep&& keep,
                  std::string& out_explain) {
  const auto block = std::make_unique<Block>();
  BlockSource source(view, query.paths);
  FilterRun run(query.filter ? query.filter : filter_all());
  uint64_t blocks = 0;
  for (bool goes_on = true; goes_on;) {
    if (query.follow && !query.follow(source.done(), source.total()))
      return Status::error(Code::kCancelled, "the search was cancelled");
    DAM_TRY(source.fill(*block));
    if (block->size == 0) break;
    ++blocks;
    BlockRows rows(block->size);
    run.narrow({block->documents.data(), block->size}, rows);
    goes_on = keep(*block, rows);
  }
  out_explain = explain(*view, query, blocks, run);
  return {};
}

}  // namespace

Status find_rows(std::shared_ptr<const View> view, const FindQuery& query, FoundRows& out) {
  if (query.limit == 0) return {};
  const auto keep = [&](const Block& block, const BlockRows& rows) {
    rows.each([&](size_t row) {
      if (out.rows.size() == query.limit) return;
      if (out.count++ < query.offset) return;
      out.rows.push_back({block.positions[row], block.documents[row]});
    });
    return out.rows.size() < query.limit;
  };
  return run_blocks(view, query, keep, out.explain);
}

Status count_rows(std::shared_ptr<const View> view, const FindQuery& query, FoundRows& out) {
  const auto keep = [&out](const Block&, const BlockRows& rows) {
    out.count += rows.count();
    return true;
  };
  return run_blocks(view, query, keep, out.explain);
}

Status find_positions(std::shared_ptr<const View> view, const FindQuery& query, PositionBits& out) {
  out.words.assign((view->count() + 63) / 64, 0);
  out.count = 0;
  const auto keep = [&out](const Block& block, const BlockRows& rows) {
    rows.each([&](size_t row) {
      const auto position = static_cast<uint64_t>(block.positions[row]);
      uint64_t& word = out.words[position / 64];
      const uint64_t bit = uint64_t{1} << (position % 64);
      out.count += (word & bit) == 0;
      word |= bit;
    });
    return true;
  };
  std::string unused;
  return run_blocks(view, query, keep, unused);
}

}  // namespace dam
