#include "match/embedding_matrix.h"

#include <optional>

#include "document/document_view.h"
#include "document/tensor_numbers.h"
#include "match/embedding_vector.h"

namespace dam {
namespace {

template <typename Number>
class Gatherer {
 public:
  explicit Gatherer(uint64_t rows) : rows_(rows) {}

  Status add(const TensorView& tensor, uint64_t position) {
    const uint64_t dim = dimension_of(tensor);
    if (!dim_) {
      dim_ = dim;
      found_.values.reserve(rows_ * dim * sizeof(Number));
    }
    if (*dim_ != dim)
      return Status::error(Code::kInvalidArgument,
                           "the embedding at position %llu has %llu components, those before %llu",
                           static_cast<unsigned long long>(position),
                           static_cast<unsigned long long>(dim),
                           static_cast<unsigned long long>(*dim_));
    row_.assign(dim, 0);
    write_row(tensor);
    const auto* bytes = reinterpret_cast<const uint8_t*>(row_.data());
    found_.values.insert(found_.values.end(), bytes, bytes + dim * sizeof(Number));
    found_.positions.push_back(static_cast<int64_t>(position));
    return {};
  }

  EmbeddingMatrix take() { return std::move(found_); }

 private:
  void write_row(const TensorView& tensor) {
    if (tensor.format == schema::TensorFormat::Dense) return copy_numbers(tensor, row());
    stored_.resize(tensor.values);
    copy_numbers(tensor, std::span<Number>(stored_));
    flatten_coordinates(tensor, indices_);
    for (size_t i = 0; i < stored_.size(); i++) row_[indices_[i]] = stored_[i];
  }
  std::span<Number> row() { return row_; }

  uint64_t rows_;
  std::optional<uint64_t> dim_;
  std::vector<Number> row_, stored_;
  std::vector<uint64_t> indices_;
  EmbeddingMatrix found_;
};

template <typename Number>
Result<EmbeddingMatrix> gather(const View& view) {
  Gatherer<Number> gatherer(view.count());
  uint64_t slot = 0;
  for (uint64_t position = 0; position < view.count(); position++) {
    DAM_TRY(view.next_slot(position == 0 ? 0 : slot + 1, slot));
    Record record;
    DAM_TRY(view.record(slot, View::Check::kFirstTouch, record));
    if (const auto tensor = document_embedding(record.document))
      DAM_TRY(gatherer.add(*tensor, position));
  }
  return gatherer.take();
}

}  // namespace

Result<EmbeddingMatrix> gather_embeddings(const View& view, schema::Dtype dtype) {
  return dtype == schema::Dtype::F32 ? gather<float>(view) : gather<double>(view);
}

}  // namespace dam
