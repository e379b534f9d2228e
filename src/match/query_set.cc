#include "match/query_set.h"

namespace dam {

Status QuerySet::add(std::string_view id, const std::optional<TensorView>& embedding) {
  Query query;
  query.id = id;
  if (embedding) {
    const auto number = static_cast<unsigned long long>(queries_.size());
    if (!read_embedding(*embedding, query.embedding.emplace()))
      return Status::error(Code::kInvalidArgument,
                           "query %llu has a component that is not finite or beyond 2^500", number);
    if (dim_ && *dim_ != query.embedding->dim)
      return Status::error(Code::kInvalidArgument,
                           "query %llu has %llu components, those before it %llu", number,
                           static_cast<unsigned long long>(query.embedding->dim),
                           static_cast<unsigned long long>(*dim_));
    dim_ = query.embedding->dim;
  }
  queries_.push_back(std::move(query));
  return {};
}

void QuerySet::shrink(size_t size) {
  queries_.resize(size);
  dim_.reset();
  for (const Query& query : queries_) {
    if (query.embedding) dim_ = query.embedding->dim;
  }
}

}  // namespace dam
