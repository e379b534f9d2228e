#include "exchange/wire_scores.h"

#include <cinttypes>

#include "document/verify_document.h"
#include "exchange/wire_era.h"

namespace dam {
namespace {

using protozero::data_view;
using protozero::pbf_reader;

// Empty ones are absent on the wire.
std::optional<std::string> text_of(data_view view) {
  if (view.size() == 0) return std::nullopt;
  return std::string(view.data(), view.size());
}

Status read_score(data_view wire, uint32_t level, ScoreNode& out) {
  if (level > kMaxDocumentLevels)
    return Status::error(Code::kInvalidDocument, "scores are nested deeper than %" PRIu32 " levels",
                         kMaxDocumentLevels);
  for (pbf_reader message(wire); message.next();) {
    switch (message.tag_and_type()) {
      case wire::fixed32_of(wire::score::kValue):
        out.value = static_cast<double>(message.get_float());
        break;
      case wire::bytes_of(wire::score::kOpName):
        out.op_name = text_of(message.get_view());
        break;
      case wire::bytes_of(wire::score::kDescription):
        out.description = text_of(message.get_view());
        break;
      case wire::bytes_of(wire::score::kRefId):
        out.ref_id = text_of(message.get_view());
        break;
      case wire::bytes_of(wire::score::kOperands):
        if (!out.operands) out.operands.emplace();
        DAM_TRY(read_score(message.get_view(), level + 1, out.operands->emplace_back()));
        break;
      default:
        message.skip();
    }
  }
  return {};
}

Status read_entry(data_view wire, uint32_t level, ScoreNodes& out) {
  std::string_view name;
  ScoreNode score;
  for (pbf_reader entry(wire); entry.next();) {
    if (entry.tag_and_type() == wire::bytes_of(wire::entry::kKey)) {
      const data_view key = entry.get_view();
      name = {key.data(), key.size()};
    } else if (entry.tag_and_type() == wire::bytes_of(wire::entry::kValue)) {
      DAM_TRY(read_score(entry.get_view(), level, score));
    } else {
      entry.skip();
    }
  }
  out.insert_or_assign(std::string(name), std::move(score));
  return {};
}

}  // namespace

Status read_wire_scores(data_view wire, uint32_t level, ScoreNodes& out) {
  if (wire.size() == 0) return {};
  if (!are_grouped_scores({wire.data(), wire.size()})) return read_entry(wire, level, out);
  for (pbf_reader group(wire); group.next();) DAM_TRY(read_entry(group.get_view(), level, out));
  return {};
}

}  // namespace dam
