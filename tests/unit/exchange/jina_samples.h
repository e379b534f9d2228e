// Stores of a DocumentArrayMemmap made by hand, in the in-memory file system.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "exchange/jina_import.h"

namespace dam::test {

inline constexpr const char* kSource = "/data/jina";

// What an address says: page base, first byte and last byte behind it.
struct SlotNumbers {
  int64_t page;
  int64_t begin;
  int64_t end;
};

inline constexpr SlotNumbers kTombstone = {-1, -1, -1};

class JinaSample {
 public:
  explicit JinaSample(uint32_t key_length = 36) : key_length_(key_length) {}

  // A slot of header.bin, with an id of ASCII.
  void add_slot(std::string_view id, const SlotNumbers& numbers);
  // Bytes at the end of body.bin, and the slot for them.
  void add(std::string_view id, std::string_view wire);
  // The same for a document of this id and text.
  void add_text(std::string_view id, std::string_view text);

  std::string header;
  std::string body;

  // Both files, in kSource.
  void write() const;

 private:
  uint32_t key_length_;
};

// Imports kSource into a fresh array and leaves both open.
Status import_sample(const JinaImportOptions& options, Store& into, ImportOutcome& out);

}  // namespace dam::test
