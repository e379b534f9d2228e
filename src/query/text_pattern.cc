#include "query/text_pattern.h"

#include <cstring>

#include "document/verify_place.h"

#ifdef DAM_HAVE_RE2
#include <re2/re2.h>
#endif

namespace dam {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

#ifdef DAM_HAVE_RE2

// What other engines offer at the price of exponential time.
const char* name_of_refused(std::string_view pattern, const RE2& machine) {
  const RE2::ErrorCode code = machine.error_code();
  const std::string& part = machine.error_arg();
  const auto has = [pattern](const char* what) {
    return pattern.find(what) != std::string_view::npos;
  };
  if (code == RE2::ErrorBadPerlOp || code == RE2::ErrorRepeatArgument) {
    if (has("(?=") || has("(?!") || has("(?<=") || has("(?<!"))
      return "look-around is not offered, it takes time without bound";
    if (has("(?>")) return "atomic groups are not offered, no match backtracks";
  }
  if (code == RE2::ErrorBadEscape && part.size() == 2 && part[1] >= '1' && part[1] <= '9')
    return "back-references are not offered, they take time without bound";
  if (code == RE2::ErrorRepeatOp && part.ends_with("+"))
    return "possessive quantifiers are not offered, no match backtracks";
  return nullptr;
}

Status refused(std::string_view pattern, const RE2& machine) {
  const char* name = name_of_refused(pattern, machine);
  return Status::error(Code::kInvalidArgument, "regular expression \"%s\": %s",
                       printable(pattern).c_str(),
                       name != nullptr ? name : machine.error().c_str());
}

RE2::Options pattern_options() {
  RE2::Options options(RE2::Quiet);
  // Of one pattern: its program and the states met so far. When it is spent RE2 goes on, slower but
  // linear all the same.
  options.set_max_mem(int64_t{8} << 20);
  options.set_never_capture(true);
  return options;
}

Result<std::shared_ptr<const re2::RE2>> make_machine(std::string_view pattern) {
  auto machine = std::make_shared<const RE2>(re2::StringPiece(pattern.data(), pattern.size()),
                                             pattern_options());
  if (!machine->ok()) return refused(pattern, *machine);
  return machine;
}

bool run_machine(const RE2& machine, std::string_view text, bool at_start) {
  return machine.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(),
                       at_start ? RE2::ANCHOR_START : RE2::UNANCHORED, nullptr, 0);
}

#else

Result<std::shared_ptr<const re2::RE2>> make_machine(std::string_view pattern) {
  return Status::error(Code::kUnsupported,
                       "regular expression \"%s\": this libdam was built without RE2",
                       printable(pattern).c_str());
}

bool run_machine(const re2::RE2&, std::string_view, bool) { return false; }

#endif

}  // namespace

Result<TextPattern> TextPattern::compile(std::string_view pattern, Anchor anchor) {
  TextPattern made;
  made.text_ = pattern;
  made.anchor_ = anchor;
  DAM_ASSIGN(made.machine_, make_machine(pattern));
  RequiredLiteral required = find_required_literal(pattern);
  made.literal_ = std::move(required.text);
  made.is_literal_ = required.is_whole;
  return made;
}

bool TextPattern::matches(std::string_view text) const {
  const bool at_start = anchor_ == Anchor::kAtStart;
  if (is_literal_) return at_start ? text.starts_with(literal_) : contains(text, literal_);
  if (!literal_.empty() && !contains(text, literal_)) return false;
  return run_machine(*machine_, text, at_start);
}

}  // namespace dam
