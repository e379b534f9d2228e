// A tensor out of JSON events: an object with dtype, shape and data, or plain nested lists.
//
// Members come in any order, so numbers stay text until the dtype is known, when the tensor ends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/json_event.h"
#include "document/tensor_table.h"

namespace dam {

class TensorAssembler {
 public:
  explicit TensorAssembler(flatbuffers::FlatBufferBuilder* builder) : builder_(builder) {}

  // The events of one tensor follow, for as long as active(). `member` names it in messages.
  void begin(std::string_view member);
  bool active() const { return active_; }
  void reset() { active_ = false; }
  Status take(const JsonEvent& event);
  // Its offset, once not active.
  flatbuffers::uoffset_t result() const { return result_; }

 private:
  enum class Member : uint8_t {
    kData,
    kDtype,
    kFormat,
    kIndices,
    kScale,
    kShape,
    kZeroPoint,
    kNone
  };

  Status take_key(std::string_view key);
  Status take_member(const JsonEvent& event);
  Status take_list(const JsonEvent& event);
  Status take_data_element(const JsonEvent& event);
  Status take_count(std::vector<uint32_t>* to, const JsonEvent& event);
  Status start_list();
  Status end_list();
  Status count_element();
  Status finish();
  Status settle_shape();
  Status convert();
  Status convert_one(std::string_view number);
  bool has(Member member) const { return (seen_ >> static_cast<unsigned>(member) & 1) != 0; }

  flatbuffers::FlatBufferBuilder* builder_;
  std::string_view name_;
  flatbuffers::uoffset_t result_ = 0;
  bool active_ = false;
  bool is_object_ = false;
  bool data_is_list_ = false;
  unsigned seen_ = 0;
  Member member_ = Member::kNone;
  size_t depth_ = 0;  // of lists, within the member

  TensorParts parts_;
  std::vector<std::string_view> numbers_;
  // By depth: how many elements the first list had (or kUnknown), and the current one has.
  std::vector<uint32_t> lengths_, counts_;
  size_t leaf_depth_ = 0;  // where numbers were found, 0 if none yet
};

}  // namespace dam
