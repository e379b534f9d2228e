#include "golden/format_page.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace golden {
namespace {

constexpr size_t kBytesPerLine = 16;

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream row(line.substr(1));
  for (std::string cell; std::getline(row, cell, '|');) cells.push_back(trimmed(cell));
  return cells;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

FormatPage FormatPage::read(const std::string& path) {
  FormatPage page;
  std::ifstream text(path);
  std::string heading;
  std::string file;
  for (std::string line; std::getline(text, line);) {
    if (line.rfind("```", 0) == 0)
      file = line.substr(3);
    else if (!file.empty())
      page.take_hex(file, line);
    else if (line.rfind('#', 0) == 0)
      heading = trimmed(line.substr(line.find_first_not_of('#')));
    else if (line.rfind("Bits of", 0) == 0 || line.rfind("Flags of", 0) == 0)
      heading = line.substr(0, line.size() - 1);  // a table of bits, named by the line above it
    else if (line.rfind('|', 0) == 0)
      page.take_row(heading, line);
  }
  return page;
}

void FormatPage::take_row(const std::string& heading, const std::string& line) {
  const std::vector<std::string> cells = cells_of(line);
  if (cells.size() < 4 || !is_number(cells[1])) return;
  Fields& fields = tables_[heading];
  if (cells[2] == "**total**")
    fields.emplace("total", PageField{0, std::stoull(cells[1])});
  else if (is_number(cells[0]) && fields.count("total") == 0)
    fields.emplace(cells[2], PageField{std::stoull(cells[0]), std::stoull(cells[1])});
}

void FormatPage::take_hex(const std::string& name, const std::string& line) {
  std::istringstream words(line);
  std::string word;
  words >> word;
  std::vector<uint8_t>& bytes = files_[name][std::stoull(word, nullptr, 16)];
  while (words >> word) bytes.push_back(static_cast<uint8_t>(std::stoul(word, nullptr, 16)));
}

uint64_t FormatPage::total(const std::string& heading) const {
  return field(heading, "total").size;
}

PageField FormatPage::field(const std::string& heading, const std::string& name) const {
  const auto table = tables_.find(heading);
  if (table == tables_.end()) return {};
  const auto found = table->second.find(name);
  return found == table->second.end() ? PageField() : found->second;
}

uint64_t FormatPage::number(const std::string& heading, const std::string& name,
                            dam::Bytes bytes) const {
  const dam::Bytes found = part(heading, name, bytes);
  uint64_t value = 0;
  std::memcpy(&value, found.data(), std::min(found.size(), sizeof value));
  return value;
}

dam::Bytes FormatPage::part(const std::string& heading, const std::string& name,
                            dam::Bytes bytes) const {
  const PageField at = field(heading, name);
  return at.offset + at.size <= bytes.size() ? bytes.subspan(at.offset, at.size) : dam::Bytes();
}

std::vector<uint8_t> FormatPage::file(const std::string& name, uint64_t size) const {
  std::vector<uint8_t> whole(size);
  const auto found = files_.find(name);
  if (found == files_.end()) return {};
  for (const auto& [offset, bytes] : found->second) {
    if (offset + bytes.size() > size) return {};
    std::copy(bytes.begin(), bytes.end(), whole.begin() + static_cast<std::ptrdiff_t>(offset));
  }
  return whole;
}

std::string to_hex_lines(const std::vector<uint8_t>& bytes) {
  std::string lines;
  char text[32];
  for (size_t at = 0; at < bytes.size(); at += kBytesPerLine) {
    const dam::Bytes line =
        dam::Bytes(bytes).subspan(at, std::min(kBytesPerLine, bytes.size() - at));
    if (std::all_of(line.begin(), line.end(), [](uint8_t byte) { return byte == 0; })) continue;
    std::snprintf(text, sizeof text, "%06zx ", at);
    lines += text;
    for (const uint8_t byte : line) {
      std::snprintf(text, sizeof text, " %02x", static_cast<unsigned>(byte));
      lines += text;
    }
    lines += '\n';
  }
  return lines;
}

}  // namespace golden
