// Scores that change, with memory of their own.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "document/document_builder.h"
#include "document/document_lookup.h"

namespace dam {

struct ScoreNode {
  double value = 0;
  std::optional<std::string> op_name;
  std::optional<std::string> description;
  std::optional<std::string> ref_id;
  std::optional<std::vector<ScoreNode>> operands;
};

using ScoreNodes = std::map<std::string, ScoreNode, std::less<>>;

ScoreNodes score_nodes_of(const ScoreVector* scores);

// The score at a path (a name, then indexes of operands), made where it is the next operand or an
// absent name. kInvalidArgument for a part that is no index, kOutOfRange for one beyond.
Result<ScoreNode*> reach_score(ScoreNodes* scores, std::span<const std::string> path);

// The offset of the vector.
Result<flatbuffers::uoffset_t> build_scores(DocumentBuffer* buffer, const ScoreNodes& scores);

}  // namespace dam
