// Each object in progress is a frame; finished ones wait on a stack for the vector they belong to.
#include "document/score_assembler.h"

#include <algorithm>
#include <cinttypes>
#include <optional>

#include "document/document_builder.h"
#include "document/json_number.h"
#include "document/verify_document.h"

namespace dam {
namespace {

using flatbuffers::Offset;
using flatbuffers::String;
using flatbuffers::uoffset_t;

constexpr std::string_view kMembers[] = {"description", "op_name", "operands", "ref_id", "value"};

}  // namespace

void ScoreAssembler::begin(std::string_view member, uint32_t level) {
  member_ = member;
  level_ = level;
  active_ = true;
  opened_ = false;
  frames_.clear();
  done_.clear();
}

Status ScoreAssembler::take(const JsonEvent& event) {
  if (frames_.empty()) return take_top(event);
  Frame& frame = frames_.back();
  if (frame.in_operands) {
    if (event.step == JsonStep::kStartObject) return open(false);
    if (event.step != JsonStep::kEndArray)
      return wrong_json("operands", "a list of objects", event);
    DAM_TRY(check_room(*builder_, done_.size() * sizeof(uoffset_t)));
    frame.in_operands = false;
    frame.texts[static_cast<size_t>(Member::kOperands)] = build_vector(frame.first_operand);
    return {};
  }
  if (event.step == JsonStep::kKey) return take_key(event.text);
  if (event.step != JsonStep::kEndObject) return take_value(event);
  close();
  return {};
}

Status ScoreAssembler::take_top(const JsonEvent& event) {
  if (!opened_) {
    if (event.step != JsonStep::kStartObject)
      return wrong_json(member_, "an object of scores by name", event);
    opened_ = true;
    return {};
  }
  if (event.step == JsonStep::kEndObject) return finish();
  if (event.step == JsonStep::kKey) {
    name_ = event.text;
    return {};
  }
  if (event.step == JsonStep::kStartObject) return open(true);
  return wrong_json(name_, "an object with a value", event);
}

Status ScoreAssembler::open(bool named) {
  if (level_ + frames_.size() >= kMaxDocumentLevels) {
    return Status::error(Code::kInvalidArgument,
                         "operands are nested deeper than %" PRIu32 " levels", kMaxDocumentLevels);
  }
  Frame frame = {};
  frame.name = named ? name_ : std::string_view();
  frame.named = named;
  frame.member = Member::kNone;
  frames_.push_back(frame);
  return {};
}

Status ScoreAssembler::take_key(std::string_view key) {
  Frame& frame = frames_.back();
  const auto* found = std::find(std::begin(kMembers), std::end(kMembers), key);
  if (found == std::end(kMembers)) return unknown_member(key, "a score");
  auto index = static_cast<unsigned>(found - std::begin(kMembers));
  if (frame.seen >> index & 1) return repeated_member(key);
  frame.seen |= 1u << index;
  frame.member = static_cast<Member>(index);
  return {};
}

Status ScoreAssembler::take_value(const JsonEvent& event) {
  Frame& frame = frames_.back();
  auto index = static_cast<size_t>(frame.member);
  if (frame.member == Member::kOperands) {
    if (event.step != JsonStep::kStartArray) return wrong_json("operands", "a list", event);
    frame.in_operands = true;
    frame.first_operand = done_.size();
    return {};
  }
  if (frame.member == Member::kValue) {
    std::optional<double> value;
    if (event.step == JsonStep::kNumber) value = parse_double(event.text);
    if (event.step == JsonStep::kString) value = parse_non_finite(event.text);
    if (!value) return wrong_json("value", "a number", event);
    frame.value = *value;
    return {};
  }
  if (event.step != JsonStep::kString) return wrong_json(kMembers[index], "a string", event);
  frame.texts[index] = builder_->CreateString(event.text.data(), event.text.size()).o;
  return {};
}

void ScoreAssembler::close() {
  Frame frame = frames_.back();
  frames_.pop_back();
  Offset<String> name;
  if (frame.named) name = builder_->CreateString(frame.name.data(), frame.name.size());
  schema::NamedScoreBuilder score(*builder_);
  builder_->AddElement(schema::NamedScore::VT_VALUE, frame.value);
  score.add_name(name);
  score.add_op_name(frame.texts[static_cast<size_t>(Member::kOpName)]);
  score.add_description(frame.texts[static_cast<size_t>(Member::kDescription)]);
  score.add_operands(frame.texts[static_cast<size_t>(Member::kOperands)]);
  score.add_ref_id(frame.texts[static_cast<size_t>(Member::kRefId)]);
  done_.push_back({frame.name, score.Finish().o});
}

uoffset_t ScoreAssembler::build_vector(size_t first) {
  size_t count = done_.size() - first;
  builder_->StartVector(count, 4);
  for (size_t i = done_.size(); i-- > first;) builder_->PushElement(Offset<void>(done_[i].table));
  done_.resize(first);
  return builder_->EndVector(count);
}

Status ScoreAssembler::finish() {
  auto before = [](const Score& a, const Score& b) { return a.name < b.name; };
  std::sort(done_.begin(), done_.end(), before);
  for (size_t i = 1; i < done_.size(); i++) {
    if (done_[i - 1].name == done_[i].name) return repeated_member(done_[i].name);
  }
  DAM_TRY(check_room(*builder_, done_.size() * sizeof(uoffset_t)));
  result_ = build_vector(0);
  active_ = false;
  return {};
}

}  // namespace dam
