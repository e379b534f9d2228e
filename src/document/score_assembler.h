// Scores out of JSON events: {"name": {"value": 0.5, ...}}, and their operands, a list of the same
// objects, nested as deep as documents may be.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "document/document_generated.h"
#include "document/json_event.h"

namespace dam {

class ScoreAssembler {
 public:
  explicit ScoreAssembler(flatbuffers::FlatBufferBuilder* builder) : builder_(builder) {}

  // The events of one map of scores follow, for as long as active().
  void begin(std::string_view member, uint32_t level);
  bool active() const { return active_; }
  void reset() { active_ = false; }
  Status take(const JsonEvent& event);
  // The offset of the vector of scores, once not active.
  flatbuffers::uoffset_t result() const { return result_; }

 private:
  enum class Member : uint8_t { kDescription, kOpName, kOperands, kRefId, kValue, kNone };

  struct Frame {
    std::string_view name;  // empty in operands
    bool named;
    Member member = Member::kNone;  // the one whose value comes next
    unsigned seen = 0;
    double value = 0;
    flatbuffers::uoffset_t texts[4] = {};  // by Member; those of operands: the vector
    size_t first_operand = 0;              // in done_
    bool in_operands = false;
  };

  struct Score {
    std::string_view name;
    flatbuffers::uoffset_t table;
  };

  Status take_top(const JsonEvent& event);
  Status take_key(std::string_view key);
  Status take_value(const JsonEvent& event);
  Status open(bool named);
  void close();
  flatbuffers::uoffset_t build_vector(size_t first);
  Status finish();

  flatbuffers::FlatBufferBuilder* builder_;
  std::vector<Frame> frames_;
  std::vector<Score> done_;  // scores and operands whose vector is not yet
  std::string_view member_, name_;
  flatbuffers::uoffset_t result_ = 0;
  uint32_t level_ = 0;
  bool active_ = false;
  bool opened_ = false;
};

}  // namespace dam
