// Collecting the queries of a match: out of documents, snapshots and matrices.
#include "api/arguments.h"
#include "api/document_handle.h"
#include "api/matrix_argument.h"
#include "api/open_handles.h"
#include "api/queries_object.h"
#include "api/slice_walk.h"

using dam::OpenSnapshot;
using dam::Status;

namespace dam {
namespace {

// Runs `add`, and takes back what it added if it fails.
template <typename Add>
Status add_all(dam_queries& queries, Add add) {
  const size_t before = queries.set.size();
  Status status = add(queries.set);
  if (!status.ok()) queries.set.shrink(before);
  return status;
}

Status add_slice(QuerySet& set, SliceWalk walk) {
  while (true) {
    Bytes document;
    const Status status = walk.peek(document);
    if (status.code() == Code::kNotFound) return {};
    DAM_TRY(status);
    DAM_TRY(set.add(document_id(document), document_embedding(document)));
    walk.pass();
  }
}

Status add_ids(QuerySet& set, const View& view, const std::vector<std::string_view>& ids) {
  for (const std::string_view id : ids) {
    Record record;
    const Status status = view.find_record(id, View::Check::kFirstTouch, record);
    if (status.code() == Code::kNotFound)
      return Status::error(Code::kNotFound, "no document has the id \"%.*s\"",
                           static_cast<int>(std::min<size_t>(id.size(), 200)), id.data());
    DAM_TRY(status);
    DAM_TRY(set.add(id, document_embedding(record.document)));
  }
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_queries_create(dam_queries** out_queries) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_queries, "out_queries"));
    *out_queries = new dam_queries;
    return {};
  });
}

dam_status dam_queries_add_document(dam_queries* queries, const dam_document* document) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(queries, "queries"));
    DAM_TRY(dam::require(document, "document"));
    const dam::schema::Document* root = document->root();
    std::optional<dam::TensorView> embedding;
    if (root->embedding() != nullptr) embedding = dam::view_of(root->embedding());
    return queries->set.add(dam::as_view(root->id()), embedding);
  });
}

dam_status dam_queries_add_slice(dam_queries* queries, dam_snapshot* snapshot, int64_t start,
                                 int64_t stop, int64_t step) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(queries, "queries"));
    DAM_ASSIGN(const dam::SliceRange range,
               dam::resolve_slice(start, stop, step, open.view->count()));
    return dam::add_all(*queries, [&](dam::QuerySet& set) {
      return dam::add_slice(set, dam::SliceWalk(open.view, range));
    });
  });
}

dam_status dam_queries_add_ids(dam_queries* queries, dam_snapshot* snapshot, const char* ids,
                               const int64_t* id_offsets, int64_t count) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(queries, "queries"));
    std::vector<std::string_view> taken;
    DAM_TRY(dam::take_ids(ids, id_offsets, count, taken));
    return dam::add_all(*queries,
                        [&](dam::QuerySet& set) { return dam::add_ids(set, *open.view, taken); });
  });
}

dam_status dam_queries_add_matrix(dam_queries* queries, int32_t dtype, const uint32_t* shape,
                                  int64_t shape_count, const void* data, size_t size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(queries, "queries"));
    DAM_ASSIGN(const dam::Matrix matrix, dam::take_matrix({dtype, shape, shape_count, data, size}));
    return dam::add_all(*queries, [&](dam::QuerySet& set) -> Status {
      for (uint64_t row = 0; row < matrix.rows; row++) DAM_TRY(set.add({}, matrix.row(row)));
      return {};
    });
  });
}

dam_status dam_queries_count(const dam_queries* queries, int64_t* out_count) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(queries, "queries"));
    DAM_TRY(dam::require(out_count, "out_count"));
    *out_count = static_cast<int64_t>(queries->set.size());
    return {};
  });
}

void dam_queries_free(dam_queries* queries) { delete queries; }
