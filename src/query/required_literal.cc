// A glance at a pattern for a text that every match must contain. What it does not understand it
// leaves to RE2: then there is no such text, and nothing is wrong but slower.
#include <algorithm>
#include <optional>

#include "query/text_pattern.h"

namespace dam {
namespace {

constexpr std::string_view kSpecial = "\\^$.[]|()?*+{}";
// Escapes that stand for one character of a set, or for a place.
constexpr std::string_view kPlainEscapes = "dDwWsSbBAz";

bool continues_character(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

class LiteralScan {
 public:
  explicit LiteralScan(std::string_view pattern) : pattern_(pattern) {}

  RequiredLiteral run() {
    while (at_ < pattern_.size()) {
      if (!take_one()) return {};
    }
    end_run();
    const bool is_whole = is_plain_ && !best_.empty();
    return {std::move(best_), is_whole};
  }

 private:
  // Takes one item of the pattern; false when nothing can be said about it.
  bool take_one() {
    const char next = pattern_[at_];
    switch (next) {
      case '|':
        return false;
      case '(':
        return skip_group();
      case '[':
        return skip_class();
      case '\\':
        return take_escape();
      case '*':
      case '?':
      case '{':
        drop_last();
        return next != '{' ? skip(1) : skip_to('}');
      default:
        break;
    }
    if (kSpecial.find(next) != std::string_view::npos) return skip(1);
    run_ += next;
    ++at_;
    return true;
  }

  bool skip(size_t count) {
    end_run();
    is_plain_ = false;
    at_ = std::min(at_ + count, pattern_.size());
    return true;
  }

  bool skip_to(char last) {
    const size_t found = pattern_.find(last, at_);
    return found != std::string_view::npos && skip(found - at_ + 1);
  }

  bool take_escape() {
    if (at_ + 1 == pattern_.size()) return false;
    const char escaped = pattern_[at_ + 1];
    if (kSpecial.find(escaped) != std::string_view::npos) {
      run_ += escaped;
      at_ += 2;
      return true;
    }
    return kPlainEscapes.find(escaped) != std::string_view::npos && skip(2);
  }

  // Flags may change what literals mean, also behind the group; so only plain groups are passed.
  bool skip_group() {
    const std::string_view rest = pattern_.substr(at_);
    if (rest.starts_with("(?") && !rest.starts_with("(?:") && !rest.starts_with("(?P<"))
      return false;
    if (rest.find("(?", 1) != std::string_view::npos) return false;
    if (rest.find_first_of("[\\") < rest.find(')')) return false;
    if (rest.find('(', 1) < rest.find(')')) return false;
    return skip_to(')');
  }

  bool skip_class() {
    const size_t first = pattern_.find_first_not_of("[^", at_);
    if (first == std::string_view::npos || pattern_[first] == ']') return false;
    const size_t end = pattern_.find_first_of("[]\\", first);
    if (end == std::string_view::npos || pattern_[end] != ']') return false;
    return skip(end - at_ + 1);
  }

  // The character before a quantifier that allows none of it.
  void drop_last() {
    while (!run_.empty() && continues_character(run_.back())) run_.pop_back();
    if (!run_.empty()) run_.pop_back();
  }

  void end_run() {
    if (run_.size() > best_.size()) best_ = run_;
    run_.clear();
  }

  std::string_view pattern_;
  size_t at_ = 0;
  std::string run_;
  std::string best_;
  bool is_plain_ = true;
};

}  // namespace

RequiredLiteral find_required_literal(std::string_view pattern) {
  return LiteralScan(pattern).run();
}

}  // namespace dam
