// All embeddings of an array at once: out as a matrix, and in.
#include "api/arguments.h"
#include "api/matrix_argument.h"
#include "api/open_handles.h"
#include "api/results_object.h"
#include "exchange/set_column.h"
#include "match/embedding_matrix.h"

using dam::OpenArray;
using dam::OpenSnapshot;
using dam::Status;

namespace dam {
namespace {

Result<schema::Dtype> take_real_dtype(int32_t dtype) {
  DAM_ASSIGN(const schema::Dtype taken, take_dtype(dtype));
  if (taken == schema::Dtype::F32 || taken == schema::Dtype::F64) return taken;
  return Status::error(Code::kInvalidArgument, "embeddings are given out as f32 or f64, not %s",
                       dtype_name(taken));
}

// `matrix`: nullptr takes the embeddings away.
Result<CommitResult> set_embeddings(Store& store, const Matrix* matrix, Durability durability) {
  const std::shared_ptr<const View> view = store.view();
  if (matrix != nullptr && matrix->rows != view->count())
    return Status::error(Code::kInvalidArgument, "%llu rows are not one for each of %llu documents",
                         static_cast<unsigned long long>(matrix->rows),
                         static_cast<unsigned long long>(view->count()));
  const DocumentChange change = [&](size_t position, DocumentDraft& draft) -> Status {
    if (matrix == nullptr)
      draft.clear(field::kEmbedding);
    else
      draft.set_tensor(field::kEmbedding, parts_of(matrix->row(position)));
    return {};
  };
  return change_every_document(store, *view, change, durability);
}

}  // namespace
}  // namespace dam

dam_status dam_embeddings(dam_snapshot* snapshot, int32_t dtype, dam_results** out_results) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_results, "out_results"));
    DAM_ASSIGN(const dam::schema::Dtype taken, dam::take_real_dtype(dtype));
    DAM_ASSIGN(dam::EmbeddingMatrix found, dam::gather_embeddings(*open.view, taken));
    dam::OwnedResults results(new dam_results);
    results->view = open.view;
    results->count = static_cast<int64_t>(found.positions.size());
    results->columns = {{DAM_RESULTS_POSITION, std::move(found.positions)}};
    results->embeddings = std::move(found.values);
    *out_results = results.release();
    return {};
  });
}

dam_status dam_embeddings_set(dam_array* array, int32_t dtype, const uint32_t* shape,
                              int64_t shape_count, const void* data, size_t size, uint32_t flags,
                              int64_t* out_revision) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    dam::Durability durability = open.store->durability();
    DAM_TRY(dam::take_flags(flags, 0, durability));
    const bool takes_away = shape_count == 0 && size == 0;
    dam::Matrix matrix;
    if (!takes_away) {
      DAM_ASSIGN(matrix, dam::take_matrix({dtype, shape, shape_count, data, size}));
    }
    DAM_ASSIGN(const dam::CommitResult done,
               dam::set_embeddings(*open.store, takes_away ? nullptr : &matrix, durability));
    if (out_revision != nullptr) *out_revision = static_cast<int64_t>(done.revision);
    return {};
  });
}
