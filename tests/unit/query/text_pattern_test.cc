// Regular expressions: what matches, what is not offered, and that time stays linear.

// gcc 12 believes this of std::regex, the second opinion here, when a sanitizer looks on.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "query/text_pattern.h"

#include <chrono>
#include <cstring>
#include <regex>
#include <string>

#include "unit/cmocka_cpp.h"

namespace {

using dam::TextPattern;
using Anchor = TextPattern::Anchor;

TextPattern compiled(std::string_view pattern, Anchor anchor = Anchor::kAnywhere) {
  dam::Result<TextPattern> made = TextPattern::compile(pattern, anchor);
  if (!made.ok()) fail_msg("%s", made.status().message());
  return made.value();
}

void assert_refused(std::string_view pattern, const char* why) {
  const dam::Result<TextPattern> made = TextPattern::compile(pattern, Anchor::kAnywhere);
  assert_false(made.ok());
  assert_int_equal(made.status().code(), dam::Code::kInvalidArgument);
  if (strstr(made.status().message(), why) == nullptr) fail_msg("%s", made.status().message());
}

void what_needs_backtracking_is_refused_by_name(void**) {
  assert_refused("a(?=b)", "look-around is not offered");
  assert_refused("a(?!b)", "look-around is not offered");
  assert_refused("(?<=a)b", "look-around is not offered");
  assert_refused("(?<!a)b", "look-around is not offered");
  assert_refused("(a)\\1", "back-references are not offered");
  assert_refused("(?>a)b", "atomic groups are not offered");
  assert_refused("a++", "possessive quantifiers are not offered");
  assert_refused("a**", "bad repetition operator");
  assert_refused("[a", "missing ]");
  assert_refused("\xff", "invalid UTF-8");
}

void a_pattern_that_needs_too_much_memory_is_refused(void**) {
  assert_refused("((((a{1,100}){1,100}){1,100}){1,100})", "invalid repetition size");
  std::string large;
  for (int i = 0; i < 400; ++i) large += "\\pL{1,900}";
  assert_refused(large, "pattern too large");
}

void characters_are_those_of_utf_8(void**) {
  assert_true(compiled("^.$").matches("ä"));
  assert_true(compiled("^[α-ω]+$").matches("λογος"));
  assert_true(compiled("ö?x").matches("x"));
  assert_false(compiled("^.$").matches("ab"));
}

void an_anchor_holds_a_match_at_the_start(void**) {
  assert_true(compiled("b", Anchor::kAnywhere).matches("ab"));
  assert_false(compiled("b", Anchor::kAtStart).matches("ab"));
  assert_true(compiled("a", Anchor::kAtStart).matches("ab"));
  assert_true(compiled("x|b.", Anchor::kAtStart).matches("bc"));
  assert_false(compiled("x|b.", Anchor::kAtStart).matches("abc"));
}

void hostile_patterns_take_linear_time(void**) {
  const std::string text = std::string(1 << 20, 'a') + "b";
  const auto start = std::chrono::steady_clock::now();
  assert_false(compiled("(a+)+$").matches(text));
  assert_false(compiled("(a|aa)+c").matches(text));
  assert_false(compiled("(.*)(.*)(.*)(.*)x$").matches(text));
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  // Backtracking would take longer than the universe exists; the bound is for slow machines.
  assert_true(taken.count() < 20);
}

void the_literal_of_a_pattern_is_what_every_match_contains(void**) {
  const struct {
    const char* pattern;
    const char* literal;
    bool is_whole;
  } kCases[] = {
      {"bird", "bird", true},     {"a\\.b", "a.b", true},        {"", "", false},
      {"bird$", "bird", false},   {"ab*cde", "cde", false},      {"abc?d", "ab", false},
      {"abc+d", "abc", false},    {"ab|cd", "", false},          {"(ab|cd)ef", "ef", false},
      {"x{2}yz", "yz", false},    {"a{0,1}", "", false},         {"(?i)abc", "", false},
      {"[abc]def", "def", false}, {"[]a]def", "", false},        {"[^]a]def", "", false},
      {"\\dabc", "abc", false},   {"\\x41bc", "", false},        {"\\Qa.b\\E", "", false},
      {"zö?y", "z", false},       {"(?:ab)*cd", "cd", false},    {"((ab)c)de", "", false},
      {"a.bcd.e", "bcd", false},  {"\\bwren\\b", "wren", false}, {"(?P<n>ab)cd", "cd", false},
      {"ab(?i)cd", "", false},    {"(a\\)b)c", "", false},
  };
  for (const auto& one : kCases) {
    const dam::RequiredLiteral found = dam::find_required_literal(one.pattern);
    if (found.text != one.literal) fail_msg("%s gives \"%s\"", one.pattern, found.text.c_str());
    assert_int_equal(found.is_whole, one.is_whole);
  }
}

// Small patterns over a small alphabet, against another machine.
void random_patterns_match_as_another_machine_says(void**) {
  constexpr const char* kPieces[] = {"a", "b", "ab", "a*",  "b?",   "a+",    ".", "[ab]", "(a|b)",
                                     "^", "$", "|",  "\\.", "a{2}", "(ab)*", "c", "[^a]", "b{0,1}"};
  uint64_t state = 20240611;
  const auto draw = [&state](size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<size_t>(state >> 33) % below;
  };
  for (int round = 0; round < 3000; ++round) {
    std::string pattern;
    for (size_t piece = draw(5) + 1; piece > 0; --piece)
      pattern += kPieces[draw(std::size(kPieces))];
    if (pattern.find("||") != std::string::npos || pattern.front() == '|' || pattern.back() == '|')
      continue;
    const std::regex other(pattern, std::regex::ECMAScript);
    const TextPattern own = compiled(pattern);
    for (int text = 0; text < 20; ++text) {
      std::string one;
      for (size_t size = draw(7); size > 0; --size) one += "abc."[draw(4)];
      if (own.matches(one) != std::regex_search(one, other))
        fail_msg("%s on \"%s\"", pattern.c_str(), one.c_str());
    }
  }
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(what_needs_backtracking_is_refused_by_name),
      cmocka_unit_test(a_pattern_that_needs_too_much_memory_is_refused),
      cmocka_unit_test(characters_are_those_of_utf_8),
      cmocka_unit_test(an_anchor_holds_a_match_at_the_start),
      cmocka_unit_test(hostile_patterns_take_linear_time),
      cmocka_unit_test(the_literal_of_a_pattern_is_what_every_match_contains),
      cmocka_unit_test(random_patterns_match_as_another_machine_says),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
