// Documents for the tests of this layer, and the shortest way from JSON to bytes and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/status.h"

namespace dam {

// Bytes of their own at an address that is a multiple of 8.
class OwnedDocument {
 public:
  explicit OwnedDocument(Bytes bytes);
  Bytes bytes() const { return {reinterpret_cast<const uint8_t*>(words_.data()), size_}; }
  uint8_t* data() { return reinterpret_cast<uint8_t*>(words_.data()); }

 private:
  std::vector<uint64_t> words_;
  size_t size_;
};

// Canonical JSON with every field, every dtype, every kind of tag and nesting.
extern const char kFullJson[];

OwnedDocument document_of(std::string_view json);
std::string json_of(Bytes document);
// The failure of reading this text; the test fails if there is none.
Status failure_of(std::string_view json);

}  // namespace dam
