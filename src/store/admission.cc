#include "store/admission.h"

#include <algorithm>

#include "document/document_view.h"

namespace dam {
namespace {

uint64_t dimension_of(const TensorView& tensor) {
  uint64_t dim = 1;
  for (const uint32_t extent : tensor.shape) dim *= extent;  // the verifier bounded the product
  return dim;
}

// Of valid UTF-8: every byte but those that continue a character.
size_t count_code_points(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

const char* printed_dtype(uint32_t dtype) {
  return dtype == ArrayFacts::kAnyDtype ? "any" : dtype_name(static_cast<schema::Dtype>(dtype));
}

}  // namespace

Result<ArrayFacts> read_facts(const LogView& view, const CommitPoint& point) {
  if (point.newest_meta == 0) return ArrayFacts();
  FrameHead head;
  DAM_TRY(read_frame(view, point.newest_meta, view.limit, head));
  if (head.kind == FrameKind::kMeta) return head.facts;
  return Status::error(Code::kCorrupt, "the frame at offset %llu of body.bin is no META",
                       static_cast<unsigned long long>(point.newest_meta));
}

// Why a new array still takes a key length: the process that made it may have died before this.
Status choose_facts(const StoreOptions& options, const CommitPoint& point, const std::string& path,
                    ArrayFacts& facts) {
  const uint32_t dim = options.embedding_dim;
  if (dim != 0 && facts.embedding_dim != 0 && facts.embedding_dim != dim)
    return Status::error(Code::kInvalidArgument,
                         "the embedding column of %s has %u dimensions, not %u", path.c_str(),
                         facts.embedding_dim, dim);
  const bool is_new = point.generation == 1 && point.slots == 0 && facts.key_length == 0;
  if (options.key_length != 0 && options.key_length != facts.key_length && !is_new)
    return Status::error(Code::kInvalidArgument, "the key length of %s is %u, not %u", path.c_str(),
                         facts.key_length, options.key_length);
  if (dim != 0) facts.embedding_dim = dim;
  if (options.key_length != 0) facts.key_length = options.key_length;
  return {};
}

std::optional<ArrayFacts> column_of(Bytes document) {
  const std::optional<TensorView> embedding = document_embedding(document);
  const uint64_t dim = embedding ? dimension_of(*embedding) : 0;
  if (dim == 0 || dim > UINT32_MAX) return std::nullopt;
  return ArrayFacts{static_cast<uint32_t>(dim), static_cast<uint32_t>(embedding->dtype), 0};
}

Status check_key_length(std::string_view id, uint32_t key_length) {
  if (key_length == 0 || id.size() <= key_length) return {};
  const size_t length = count_code_points(id);
  if (length <= key_length) return {};
  return Status::error(Code::kTooBig,
                       "an id has %zu code points, the key length of the array is %u", length,
                       key_length);
}

Status Admission::admit(Bytes document, FrameBatch& batch) {
  if (facts.key_length != 0) DAM_TRY(check_key_length(document_id(document), facts.key_length));
  return admit_embedding(document, batch);
}

Status Admission::admit_embedding(Bytes document, FrameBatch& batch) {
  const std::optional<TensorView> embedding = document_embedding(document);
  if (!embedding) return {};
  const uint64_t found = dimension_of(*embedding);
  const auto found_dtype = static_cast<uint32_t>(embedding->dtype);
  if (!all_finite(*embedding))
    return Status::error(Code::kInvalidDocument, "an embedding has a component that is not finite");
  if (any_embedding) return {};
  if (found == 0 || found > UINT32_MAX)
    return Status::error(Code::kInvalidDocument, "an embedding has %llu components",
                         static_cast<unsigned long long>(found));
  const uint32_t dim = facts.embedding_dim;
  const uint32_t dtype = facts.embedding_dtype;
  const bool has_dtype = dtype != ArrayFacts::kAnyDtype;
  if ((dim != 0 && dim != found) || (has_dtype && dtype != found_dtype))
    return Status::error(Code::kInvalidDocument,
                         "an embedding of %llu x %s does not fit the column of %u x %s",
                         static_cast<unsigned long long>(found), dtype_name(embedding->dtype), dim,
                         printed_dtype(dtype));
  if (dim != 0 && has_dtype) return {};
  facts.embedding_dim = static_cast<uint32_t>(found);
  facts.embedding_dtype = found_dtype;
  batch.set_facts(facts);
  return {};
}

}  // namespace dam
