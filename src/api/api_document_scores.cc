// Scores and evaluations of a document, with their operands.
#include "api/arguments.h"
#include "api/boundary.h"
#include "api/document_handle.h"
#include "api/field_argument.h"
#include "document/document_lookup.h"

using dam::FieldUse;
using dam::Status;
using dam::schema::NamedScore;

namespace dam {
namespace {

Result<const ScoreVector*> take_scores(const dam_document* document, int32_t field) {
  DAM_TRY(require(document, "document"));
  DAM_ASSIGN(const uint32_t number, take_field(field, FieldUse::kScores));
  return FieldReader(document->root()).part<ScoreVector>(number);
}

struct ScorePath {
  const char* text;
  size_t size;
};

// Absent: NOT_FOUND without a text.
Result<const NamedScore*> take_score(const dam_document* document, int32_t field,
                                     const ScorePath& path) {
  std::string_view wanted;
  DAM_TRY(take_text(path.text, path.size, "path", wanted));
  DAM_ASSIGN(const ScoreVector* scores, take_scores(document, field));
  DAM_ASSIGN(const PathParts parts, split_path(wanted));
  const NamedScore* score = find_score_at(scores, parts);
  if (score == nullptr) return Status::absent();
  return score;
}

Result<const flatbuffers::String*> take_part(const NamedScore* score, int32_t part) {
  switch (part) {
    case DAM_SCORE_OP_NAME:
      return score->op_name();
    case DAM_SCORE_DESCRIPTION:
      return score->description();
    case DAM_SCORE_REF_ID:
      return score->ref_id();
    default:
      return Status::error(Code::kInvalidArgument, "part %d of a score is not known", part);
  }
}

}  // namespace
}  // namespace dam

dam_status dam_document_score(const dam_document* document, int32_t field, const char* path,
                              size_t path_size, double* out_number, int64_t* out_count) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_number, "out_number"));
    DAM_ASSIGN(const NamedScore* score, dam::take_score(document, field, {path, path_size}));
    *out_number = score->value();
    if (out_count != nullptr) *out_count = score->operands() ? score->operands()->size() : 0;
    return {};
  });
}

dam_status dam_document_score_string(const dam_document* document, int32_t field, const char* path,
                                     size_t path_size, int32_t part, const char** out_string,
                                     size_t* out_string_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_string, "out_string"));
    DAM_TRY(dam::require(out_string_size, "out_string_size"));
    DAM_ASSIGN(const NamedScore* score, dam::take_score(document, field, {path, path_size}));
    DAM_ASSIGN(const flatbuffers::String* text, dam::take_part(score, part));
    if (text == nullptr) return Status::absent();
    *out_string = text->c_str();
    *out_string_size = text->size();
    return {};
  });
}

dam_status dam_document_score_name(const dam_document* document, int32_t field, int64_t position,
                                   const char** out_string, size_t* out_string_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_string, "out_string"));
    DAM_TRY(dam::require(out_string_size, "out_string_size"));
    DAM_ASSIGN(const dam::ScoreVector* scores, dam::take_scores(document, field));
    if (scores == nullptr) return Status::absent();
    DAM_ASSIGN(const uint64_t rank, dam::resolve_position(position, scores->size()));
    const flatbuffers::String* name = scores->Get(static_cast<uint32_t>(rank))->name();
    *out_string = name->c_str();
    *out_string_size = name->size();
    return {};
  });
}
