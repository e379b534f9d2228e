#include "store/embedding_column.h"

#include "document/document_view.h"

namespace dam {
namespace {

uint64_t dimension_of(const TensorView& tensor) {
  uint64_t dim = 1;
  for (const uint32_t extent : tensor.shape) dim *= extent;  // the verifier bounded the product
  return dim;
}

}  // namespace

Result<EmbeddingColumn> EmbeddingColumn::read(const LogView& view, const CommitPoint& point) {
  EmbeddingColumn column;
  if (point.newest_meta == 0) return column;
  FrameHead head;
  DAM_TRY(read_frame(view, point.newest_meta, view.limit, head));
  if (head.kind != FrameKind::kMeta)
    return Status::error(Code::kCorrupt, "the frame at offset %llu of body.bin is no META",
                         static_cast<unsigned long long>(point.newest_meta));
  column.dim = head.embedding_dim;
  column.dtype = head.embedding_dtype;
  return column;
}

Status EmbeddingColumn::admit(Bytes document, FrameBatch& batch) {
  const std::optional<TensorView> embedding = document_embedding(document);
  if (!embedding) return {};
  const uint64_t found = dimension_of(*embedding);
  const auto found_dtype = static_cast<uint32_t>(embedding->dtype);
  if (!all_finite(*embedding))
    return Status::error(Code::kInvalidDocument, "an embedding has a component that is not finite");
  if (admit_any) return {};
  if (found == 0 || found > UINT32_MAX)
    return Status::error(Code::kInvalidDocument, "an embedding has %llu components",
                         static_cast<unsigned long long>(found));
  const bool fits = (dim == 0 || dim == found) && (dtype == kAnyDtype || dtype == found_dtype);
  if (!fits)
    return Status::error(
        Code::kInvalidDocument, "an embedding of %llu x %s does not fit the column of %u x %s",
        static_cast<unsigned long long>(found), dtype_name(embedding->dtype), dim,
        dtype == kAnyDtype ? "any" : dtype_name(static_cast<schema::Dtype>(dtype)));
  if (dim != 0 && dtype != kAnyDtype) return {};
  dim = static_cast<uint32_t>(found);
  dtype = found_dtype;
  batch.set_embedding(dim, dtype);
  return {};
}

}  // namespace dam
