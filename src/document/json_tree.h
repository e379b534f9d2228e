// A JSON value in memory, made of events and given out as events again.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "document/json_event.h"

namespace dam {

// Texts lie where the events had them. Takes the events of JsonParse; an object that has a member
// twice is refused.
class JsonTree {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Node {
    JsonStep step = JsonStep::kNull;  // of a list or object: its start
    std::string_view key;             // of a member
    std::string_view text;
    uint32_t first = kNone;  // element or member
    uint32_t next = kNone;   // in the list or object around
  };

  Status take(const JsonEvent& event);

  uint32_t root() const { return nodes_.empty() ? kNone : 0; }
  const Node& operator[](uint32_t node) const { return nodes_[node]; }
  bool is_object(uint32_t node) const { return nodes_[node].step == JsonStep::kStartObject; }

 private:
  struct Open {
    uint32_t node;
    uint32_t last = kNone;  // element so far
  };

  Status check_members(uint32_t object);

  std::vector<Node> nodes_;
  std::vector<Open> open_;
  std::string_view key_;
};

}  // namespace dam
