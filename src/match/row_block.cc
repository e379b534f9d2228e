#include "match/row_block.h"

#include <utility>

namespace dam {
namespace {

Status wrong_dimension(uint64_t position, uint64_t found, uint64_t wanted) {
  return Status::error(Code::kInvalidArgument,
                       "the embedding at position %llu has %llu components, the queries %llu",
                       static_cast<unsigned long long>(position),
                       static_cast<unsigned long long>(found),
                       static_cast<unsigned long long>(wanted));
}

}  // namespace

Status RowBlock::read(const View& view, uint64_t first, uint64_t last, const Wanted& wanted) {
  size_ = 0;
  has_sparse_ = false;
  uint64_t slot = 0;
  bool has_slot = false;  // of the position before
  for (uint64_t position = first; position < last; position++) {
    const bool passes = wanted.filter == nullptr || wanted.filter->has(position);
    const bool follows = std::exchange(has_slot, passes);
    if (!passes) continue;
    DAM_TRY(follows ? view.next_slot(slot + 1, slot) : view.slot_at(position, slot));
    Record record;
    DAM_TRY(view.record(slot, View::Check::kFirstTouch, record));
    DAM_TRY(add(record.document, position, wanted));
  }
  return {};
}

Status RowBlock::add(Bytes document, uint64_t position, const Wanted& wanted) {
  const std::optional<TensorView> tensor = document_embedding(document);
  if (!tensor) return {};
  if (size_ == rows_.size()) rows_.emplace_back();
  BlockRow& row = rows_[size_];
  row.position = position;
  if (!read_embedding(*tensor, row.vector))
    return Status::error(Code::kInvalidDocument,
                         "the embedding at position %llu has a component beyond 2^500",
                         static_cast<unsigned long long>(position));
  if (row.vector.dim != wanted.dim) return wrong_dimension(position, row.vector.dim, wanted.dim);
  has_sparse_ |= row.vector.is_sparse;
  if (wanted.listed && !row.vector.is_sparse) {
    list_components(row.vector, row.listed);
    prepare(wanted.metric, row.listed);
  }
  prepare(wanted.metric, row.vector);
  size_++;
  return {};
}

}  // namespace dam
