// The seal of an array that is finished: a file beside the others that lists them.
//
// Its presence is the seal: no open for writing goes past it. The list is JSON of one exact form
// (docs/format.md, "Seal"), so that other programs can check a copy too; here it counts only as it
// would be written.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/status.h"

namespace dam {

struct SealedFile {
  std::string name;  // in the array's directory
  uint64_t size = 0;
  std::string digest;  // XXH3-128 of all bytes, as hexadecimal digits
};

struct ArraySeal {
  std::array<uint8_t, 16> uuid{};
  uint64_t generation = 0;
  uint64_t revision = 0;
  uint64_t documents = 0;
  std::vector<SealedFile> files;

  std::string text() const;
  // CORRUPT unless text() of what is read gives back `text`.
  static Result<ArraySeal> parse(const std::string& text);
};

std::string seal_path(const std::string& directory);
// READ_ONLY, naming the seal, when there is one.
Status refuse_sealed(const std::string& directory);

// Told how many bytes more were read; false asks the work to stop (CANCELLED).
using SealProgress = std::function<bool(uint64_t bytes)>;

// Size and digest of a file, read by system calls.
Status digest_file(const std::string& directory, const SealProgress& progress, SealedFile& file);

// The seal as it stands in the directory; NOT_FOUND without a text when there is none.
Result<std::string> read_seal_text(const std::string& directory);
// Durability: the seal is there, whole and synced, or it is not.
Status write_seal_text(const std::string& directory, const std::string& text);

// Compares the files with the list and adds a line to `report` for each that differs. A derived
// file may be absent. NOT_FOUND without a text when the array is not sealed.
Status check_seal(const std::string& directory, const SealProgress& progress, std::string& report,
                  ArraySeal& out);

}  // namespace dam
