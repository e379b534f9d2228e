// A regular expression over texts, in time linear in the text whatever the pattern.
//
// RE2 does the matching. A text that must occur in every match is looked for first, which is all
// there is to do for a pattern that is nothing else. Immutable: any number of threads may match.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/status.h"

namespace re2 {
class RE2;
}

namespace dam {

class TextPattern {
 public:
  // kAnywhere: a match may begin at any character; kAtStart: only at the first.
  enum class Anchor : uint8_t { kAnywhere, kAtStart };

  // kInvalidArgument with what is wrong, and by name for what is not offered (look-around,
  // back-references, possessive quantifiers, atomic groups); kUnsupported where libdam was built
  // without RE2.
  static Result<TextPattern> compile(std::string_view pattern, Anchor anchor);

  bool matches(std::string_view text) const;

  const std::string& text() const { return text_; }
  Anchor anchor() const { return anchor_; }

 private:
  std::string text_;
  Anchor anchor_ = Anchor::kAnywhere;
  std::string literal_;      // occurs in every match
  bool is_literal_ = false;  // and is all of the pattern
  std::shared_ptr<const re2::RE2> machine_;
};

// What every match of a pattern contains, as far as a glance tells.
struct RequiredLiteral {
  std::string text;       // empty when unknown
  bool is_whole = false;  // the pattern matches this text and nothing else
};
RequiredLiteral find_required_literal(std::string_view pattern);

}  // namespace dam
