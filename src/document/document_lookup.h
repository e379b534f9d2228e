// Tags and scores of a verified document by the parts of a dotted path.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "document/document_generated.h"
#include "document/dotted_path.h"
#include "document/tag_view.h"

namespace dam {

// The value that the parts lead to from `tags`; without parts, `tags` itself. Nothing if there is
// none, and if `tags` is nullptr.
std::optional<TagValue> find_tag_at(const schema::Tags* tags, std::span<const std::string> parts);

using ScoreVector = flatbuffers::Vector<flatbuffers::Offset<schema::NamedScore>>;

// The score of a name, by binary search; nullptr if there is none.
const schema::NamedScore* find_score(const ScoreVector* scores, std::string_view name);

// The first part is the name of a score, those behind it are indexes of operands.
const schema::NamedScore* find_score_at(const ScoreVector* scores,
                                        std::span<const std::string> parts);

}  // namespace dam
