// docs/format.md as a test reads it: its tables by heading, its files from their hex.
//
// A missing heading, field or file is an empty answer, which the tests' expectations then miss.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace golden {

struct PageField {
  uint64_t offset = 0;
  uint64_t size = 0;
};

class FormatPage {
 public:
  static FormatPage read(const std::string& path);

  // The total of the first table of offsets below a heading.
  uint64_t total(const std::string& heading) const;
  PageField field(const std::string& heading, const std::string& name) const;
  // The integer that lies in the bytes where the page says.
  uint64_t number(const std::string& heading, const std::string& name, dam::Bytes bytes) const;
  // The bytes of a field.
  dam::Bytes part(const std::string& heading, const std::string& name, dam::Bytes bytes) const;
  // A file of the worked array, of this size; lines that are left out are zeros.
  std::vector<uint8_t> file(const std::string& name, uint64_t size) const;

 private:
  using Fields = std::map<std::string, PageField>;

  void take_row(const std::string& heading, const std::string& line);
  void take_hex(const std::string& name, const std::string& line);

  std::map<std::string, Fields> tables_;
  std::map<std::string, std::map<uint64_t, std::vector<uint8_t>>> files_;
};

// The lines of hex that show these bytes.
std::string to_hex_lines(const std::vector<uint8_t>& bytes);

}  // namespace golden
