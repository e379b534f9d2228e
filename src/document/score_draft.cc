#include "document/score_draft.h"

#include <cinttypes>

#include "document/document_view.h"
#include "document/verify_document.h"
#include "document/verify_place.h"

namespace dam {
namespace {

using flatbuffers::Offset;
using flatbuffers::uoffset_t;

std::optional<std::string> text_of(const flatbuffers::String* text) {
  if (text == nullptr) return std::nullopt;
  return std::string(as_view(text));
}

ScoreNode score_node_of(const schema::NamedScore* score) {
  ScoreNode node = {score->value(), text_of(score->op_name()), text_of(score->description()),
                    text_of(score->ref_id()), std::nullopt};
  if (score->operands() == nullptr) return node;
  node.operands.emplace();
  for (const schema::NamedScore* operand : *score->operands())
    node.operands->push_back(score_node_of(operand));
  return node;
}

Status add_text(DocumentBuffer* buffer, const std::optional<std::string>& text, uoffset_t* offset) {
  if (!text) return {};
  DAM_TRY(check_room(*buffer, text->size()));
  *offset = buffer->add_text(*text);
  return {};
}

uoffset_t build_vector(DocumentBuffer* buffer, std::span<const uoffset_t> tables) {
  buffer->StartVector(tables.size(), sizeof(uoffset_t));
  for (size_t i = tables.size(); i-- > 0;) buffer->PushElement(Offset<void>(tables[i]));
  return buffer->EndVector(tables.size());
}

// `name` is nullopt in operands.
Result<uoffset_t> build_score(DocumentBuffer* buffer, const ScoreNode& node,
                              const std::optional<std::string>& name) {
  uoffset_t texts[4] = {};
  uoffset_t operands = 0;
  DAM_TRY(add_text(buffer, name, &texts[0]));
  DAM_TRY(add_text(buffer, node.op_name, &texts[1]));
  DAM_TRY(add_text(buffer, node.description, &texts[2]));
  DAM_TRY(add_text(buffer, node.ref_id, &texts[3]));
  if (node.operands) {
    std::vector<uoffset_t> tables;
    for (const ScoreNode& operand : *node.operands) {
      DAM_ASSIGN(const uoffset_t table, build_score(buffer, operand, std::nullopt));
      tables.push_back(table);
    }
    DAM_TRY(check_room(*buffer, tables.size() * sizeof(uoffset_t)));
    operands = build_vector(buffer, tables);
  }
  DAM_TRY(check_room(*buffer, 0));
  schema::NamedScoreBuilder score(*buffer);
  buffer->AddElement(schema::NamedScore::VT_VALUE, node.value);
  score.add_name(texts[0]);
  score.add_op_name(texts[1]);
  score.add_description(texts[2]);
  score.add_operands(operands);
  score.add_ref_id(texts[3]);
  return score.Finish().o;
}

}  // namespace

ScoreNodes score_nodes_of(const ScoreVector* scores) {
  ScoreNodes nodes;
  if (scores == nullptr) return nodes;
  for (const schema::NamedScore* score : *scores)
    nodes.emplace_hint(nodes.end(), as_view(score->name()), score_node_of(score));
  return nodes;
}

Result<ScoreNode*> reach_score(ScoreNodes* scores, std::span<const std::string> path) {
  if (path.empty()) return Status::error(Code::kInvalidArgument, "path is empty");
  if (path.size() >= kMaxDocumentLevels)
    return Status::error(Code::kInvalidArgument, "path has %zu parts, the limit is %" PRIu32,
                         path.size(), kMaxDocumentLevels - 1);
  auto found = scores->find(path.front());
  if (found == scores->end() && path.size() > 1)
    return Status::error(Code::kInvalidArgument,
                         "path leads to an operand of \"%s\", which is no score",
                         printable(path.front()).c_str());
  if (found == scores->end()) found = scores->emplace(path.front(), ScoreNode()).first;
  ScoreNode* node = &found->second;
  for (const std::string& part : path.subspan(1)) {
    const auto index = index_of_part(part);
    if (!index)
      return Status::error(Code::kInvalidArgument, "path leads to \"%s\" in a list of operands",
                           printable(part).c_str());
    const size_t count = node->operands ? node->operands->size() : 0;
    const bool appends = *index == count && &part == &path.back();
    if (*index >= count && !appends)
      return Status::error(Code::kOutOfRange, "path leads to operand %u of %zu", *index, count);
    if (!node->operands) node->operands.emplace();
    if (appends) node->operands->emplace_back();
    node = &(*node->operands)[*index];
  }
  return node;
}

Result<uoffset_t> build_scores(DocumentBuffer* buffer, const ScoreNodes& scores) {
  std::vector<uoffset_t> tables;
  for (const auto& [name, node] : scores) {
    DAM_ASSIGN(const uoffset_t table, build_score(buffer, node, name));
    tables.push_back(table);
  }
  DAM_TRY(check_room(*buffer, tables.size() * sizeof(uoffset_t)));
  return build_vector(buffer, tables);
}

}  // namespace dam
