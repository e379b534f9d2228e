// Random documents: JSON to bytes to JSON is the identity, and so is every other way round.
//
// The seed is printed; give it as the only argument to repeat a run.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "document/document_edit.h"
#include "document/document_json.h"
#include "document/document_view.h"
#include "document/verify_document.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

uint64_t seed;

class RandomJson {
 public:
  explicit RandomJson(uint64_t state) : state_(state) {}

  std::string document(int depth) {
    std::string json = "{";
    member(&json, "id", text(1));
    if (below(2)) member(&json, "text", text(0));
    if (below(2)) member(&json, "tags", map(depth));
    if (below(3) == 0) member(&json, "embedding", "[" + real() + ",1.5,-2]");
    if (below(4) == 0) member(&json, "weight", real());
    if (below(4) == 0) member(&json, "offset", std::to_string(below(UINT32_MAX)));
    if (below(4) == 0) member(&json, "scores", "{\"s\":{\"value\":" + real() + "}}");
    for (const char* field : {"chunks", "matches"}) {
      if (depth == 0 || below(3) != 0) continue;
      std::string list;
      for (uint64_t i = below(3); i-- > 0;) append(&list, document(depth - 1));
      member(&json, field, "[" + list + "]");
    }
    return json + "}";
  }

 private:
  uint64_t next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ ^ state_ >> 29) >> 8;
  }
  uint64_t below(uint64_t limit) { return next() % limit; }

  static void append(std::string* list, const std::string& element) {
    if (!list->empty() && list->back() != '{') *list += ',';
    *list += element;
  }

  static void member(std::string* json, const std::string& name, const std::string& value) {
    append(json, "\"" + name + "\":" + value);
  }

  std::string text(size_t least) {
    const char* pieces[] = {"a", "ü", "\\n", "\\u0000", "€", "😀", "$bytes", " ", "\\\"", "zz"};
    std::string text;
    for (uint64_t i = least + below(5); i-- > 0;) text += pieces[below(std::size(pieces))];
    return "\"" + text + "\"";
  }

  std::string real() {
    char text[40];
    std::snprintf(text, sizeof text, "%.17ge%d", static_cast<double>(next()) / 7,
                  static_cast<int>(below(60)) - 50);
    return text;
  }

  std::string value(int depth) {
    switch (below(depth > 0 ? 8 : 6)) {
      case 0:
        return "null";
      case 1:
        return below(2) ? "true" : "false";
      case 2:
        return std::to_string(static_cast<int64_t>(next() << 8 | below(256)));
      case 3:
        return real();
      case 4:
        return text(0);
      case 5:
        return R"({"$bytes":"AP8A"})";
      case 6:
        return map(depth - 1);
      default: {
        std::string list;
        for (uint64_t i = below(4); i-- > 0;) append(&list, value(depth - 1));
        return "[" + list + "]";
      }
    }
  }

  std::string map(int depth) {
    std::string json = "{";
    for (uint64_t i = below(9); i > 0; i--)
      member(&json, std::string(below(3), 'k') + std::to_string(i), value(depth));
    return json + "}";
  }

  uint64_t state_;
};

void random_documents_survive_every_way_round(void**) {
  JsonReader reader;
  for (uint64_t i = 0; i < 3000; i++) {
    std::string json = RandomJson(seed + i).document(3);
    auto read = reader.read(json);
    if (!read.ok())
      fail_msg("seed %" PRIu64 ": %s: %s", seed + i, read.status().message(), json.c_str());
    OwnedDocument document(read.value());
    std::string canonical = json_of(document.bytes());
    assert_string_equal(json_of(document_of(canonical).bytes()).c_str(), canonical.c_str());
    auto copy = document_with_id(document.bytes(), document_id(document.bytes()));
    assert_true(copy.ok() && verify_document(copy.value()).ok());
    assert_string_equal(json_of(copy.value()).c_str(), canonical.c_str());
  }
}

// One byte of a random document changed at random: refused, or whole enough to be read.
void random_damage_is_refused_or_harmless(void**) {
  RandomJson random(seed);
  std::srand(static_cast<unsigned>(seed));
  for (int i = 0; i < 20000; i++) {
    static OwnedDocument document = document_of("{}");
    if (i % 50 == 0) document = document_of(random.document(2));
    std::vector<uint8_t> damaged(document.data(), document.data() + document.bytes().size());
    damaged[static_cast<size_t>(std::rand()) % damaged.size()] ^=
        static_cast<uint8_t>(1 << std::rand() % 8);
    if (!verify_document(damaged).ok()) continue;
    assert_true(json_of(damaged).size() >= 2);
    assert_true(document_with_id(damaged, "x").ok());
  }
}

}  // namespace
}  // namespace dam

int main(int argc, char** argv) {
  using namespace dam;
  seed = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : static_cast<uint64_t>(std::time(nullptr));
  std::fprintf(stderr, "# seed %" PRIu64 "\n", seed);
  const CMUnitTest tests[] = {
      cmocka_unit_test(random_documents_survive_every_way_round),
      cmocka_unit_test(random_damage_is_refused_or_harmless),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
