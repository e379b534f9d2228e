// Building tags and scores: what is reached by a dotted path.
#include <bit>

#include "api/arguments.h"
#include "api/field_argument.h"
#include "api/open_builder.h"
#include "document/utf8.h"

using dam::FieldUse;
using dam::OpenBuilder;
using dam::Status;
using dam::TagNode;
using dam::schema::TagKind;

namespace dam {
namespace {

struct PathArgument {
  const char* text;
  size_t size;
};

Result<PathParts> take_path(const PathArgument& path) {
  std::string_view text;
  DAM_TRY(take_text(path.text, path.size, "path", text));
  return split_path(text);
}

Status set_tag(OpenBuilder& open, const PathArgument& path, TagNode value) {
  DAM_ASSIGN(const PathParts parts, take_path(path));
  return open.draft.set_tag(parts, std::move(value));
}

TagNode node_of(TagKind kind, uint64_t bits) {
  TagNode node;
  node.kind = kind;
  node.bits = bits;
  return node;
}

bool is_constant(int32_t kind) {
  return (kind >= DAM_TAG_NULL && kind <= DAM_TAG_TRUE) || kind == DAM_TAG_LIST ||
         kind == DAM_TAG_MAP;
}

Status take_string(const char* string, size_t size, std::string_view& out) {
  DAM_TRY(take_text(string, size, "string", out));
  const size_t bad = find_invalid_utf8(out);
  if (bad == std::string_view::npos) return {};
  return Status::error(Code::kInvalidArgument, "string is not UTF-8 at byte %zu", bad);
}

Result<std::optional<std::string> ScoreNode::*> part_of_score(int32_t part) {
  switch (part) {
    case DAM_SCORE_OP_NAME:
      return &ScoreNode::op_name;
    case DAM_SCORE_DESCRIPTION:
      return &ScoreNode::description;
    case DAM_SCORE_REF_ID:
      return &ScoreNode::ref_id;
    default:
      return Status::error(Code::kInvalidArgument, "part %d of a score is not known", part);
  }
}

}  // namespace
}  // namespace dam

dam_status dam_builder_set_tag(dam_builder* builder, const char* path, size_t path_size,
                               int32_t kind) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    if (!dam::is_constant(kind))
      return Status::error(dam::Code::kInvalidArgument, "kind %d has a value of its own", kind);
    return dam::set_tag(open, {path, path_size}, dam::node_of(static_cast<TagKind>(kind), 0));
  });
}

dam_status dam_builder_set_tag_integer(dam_builder* builder, const char* path, size_t path_size,
                                       int64_t integer) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    const auto bits = static_cast<uint64_t>(integer);
    return dam::set_tag(open, {path, path_size}, dam::node_of(TagKind::Int, bits));
  });
}

dam_status dam_builder_set_tag_number(dam_builder* builder, const char* path, size_t path_size,
                                      double number) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    const auto bits = std::bit_cast<uint64_t>(number);
    return dam::set_tag(open, {path, path_size}, dam::node_of(TagKind::Real, bits));
  });
}

dam_status dam_builder_set_tag_string(dam_builder* builder, const char* path, size_t path_size,
                                      const char* string, size_t string_size) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    std::string_view text;
    DAM_TRY(dam::take_string(string, string_size, text));
    TagNode node = dam::node_of(TagKind::Text, 0);
    node.bytes = text;
    return dam::set_tag(open, {path, path_size}, std::move(node));
  });
}

dam_status dam_builder_set_tag_buffer(dam_builder* builder, const char* path, size_t path_size,
                                      const void* data, size_t size) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    TagNode node = dam::node_of(TagKind::Bytes, 0);
    if (size > 0) {
      DAM_TRY(dam::require(data, "data"));
      node.bytes.assign(static_cast<const char*>(data), size);
    }
    return dam::set_tag(open, {path, path_size}, std::move(node));
  });
}

dam_status dam_builder_clear_tag(dam_builder* builder, const char* path, size_t path_size) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const dam::PathParts parts, dam::take_path({path, path_size}));
    return open.draft.clear_tag(parts);
  });
}

dam_status dam_builder_set_score(dam_builder* builder, int32_t field, const char* path,
                                 size_t path_size, double number) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t scores, dam::take_field(field, FieldUse::kScores));
    DAM_ASSIGN(const dam::PathParts parts, dam::take_path({path, path_size}));
    return open.draft.change_score(scores, parts,
                                   [&](dam::ScoreNode& score) { score.value = number; });
  });
}

dam_status dam_builder_set_score_string(dam_builder* builder, int32_t field, const char* path,
                                        size_t path_size, int32_t part, const char* string,
                                        size_t string_size) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t scores, dam::take_field(field, FieldUse::kScores));
    DAM_ASSIGN(const auto member, dam::part_of_score(part));
    DAM_ASSIGN(const dam::PathParts parts, dam::take_path({path, path_size}));
    std::string_view text;
    DAM_TRY(dam::take_string(string, string_size, text));
    return open.draft.change_score(scores, parts,
                                   [&](dam::ScoreNode& score) { score.*member = text; });
  });
}
