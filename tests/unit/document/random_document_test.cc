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
#include "random_json.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

uint64_t seed;

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
