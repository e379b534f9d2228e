// Walks over a view that is damaged in places.
#include "api/slice_walk.h"

#include <string>

#include "unit/cmocka_cpp.h"

namespace {

using dam::Code;
using dam::Record;
using dam::Status;

constexpr uint8_t kLetters[] = "abcdef";

// Six documents of one letter each; the one in slot 2 is damaged. Counts how slots were found.
class DamagedView : public dam::View {
 public:
  uint64_t count() const override { return 6; }
  uint64_t revision() const override { return 1; }
  uint64_t generation() const override { return 1; }
  Status find(std::string_view, uint64_t&) const override { return Status::absent(); }
  Status find_record(std::string_view, Check, Record&) const override { return {}; }
  Status find_records(std::span<const std::string_view>, Check, Record*) const override {
    return {};
  }
  Status record_at(uint64_t, Check, Record&) const override { return {}; }
  Status record(uint64_t slot, Check, dam::Record& out) const override {
    if (slot == 2) return Status::error(Code::kCorrupt, "damaged");
    out.document = dam::Bytes(kLetters + slot, 1);
    return {};
  }
  Status append_id(uint64_t, std::string&) const override { return {}; }
  Status revision_of(uint64_t, uint64_t&) const override { return {}; }
  Status position_of(uint64_t, uint64_t&) const override { return {}; }
  Status slot_at(uint64_t position, uint64_t& out_slot) const override {
    ++ranked;
    out_slot = position;
    return {};
  }
  Status next_slot(uint64_t slot, uint64_t& out_slot) const override {
    out_slot = slot < 6 ? slot : kNoSlot;
    return {};
  }

  mutable int ranked = 0;
};

std::string walk_all(dam::SliceWalk& walk) {
  std::string seen;
  for (;;) {
    dam::Bytes document;
    const Status status = walk.peek(document);
    if (status.code() == Code::kNotFound) return seen;
    if (status.code() == Code::kCorrupt) {
      seen += '!';
    } else {
      seen += dam::as_text(document);
    }
    walk.pass();
  }
}

void a_damaged_document_is_reported_until_it_is_passed(void**) {
  const auto view = std::make_shared<DamagedView>();
  dam::SliceWalk walk(view, dam::resolve_slice(2, 4, 1, 6).value());
  dam::Bytes document;
  assert_true(walk.peek(document).code() == Code::kCorrupt);
  assert_true(walk.peek(document).code() == Code::kCorrupt);
  walk.pass();
  assert_true(walk.peek(document).ok());
  assert_string_equal(std::string(dam::as_text(document)).c_str(), "d");
}

void a_damaged_document_is_left_behind(void**) {
  const auto view = std::make_shared<DamagedView>();
  dam::SliceWalk forward(view, dam::resolve_slice(0, 6, 1, 6).value());
  assert_string_equal(walk_all(forward).c_str(), "ab!def");
  dam::SliceWalk backward(view, dam::resolve_slice(5, dam::kOmitted, -1, 6).value());
  assert_string_equal(walk_all(backward).c_str(), "fed!ba");
}

void neighbours_are_found_without_ranking(void**) {
  const auto view = std::make_shared<DamagedView>();
  dam::SliceWalk walk(view, dam::resolve_slice(1, 6, 1, 6).value());
  assert_string_equal(walk_all(walk).c_str(), "b!def");
  assert_int_equal(view->ranked, 1);
}

void peeking_again_gives_the_same(void**) {
  const auto view = std::make_shared<DamagedView>();
  dam::SliceWalk walk(view, dam::resolve_slice(0, 2, 1, 6).value());
  dam::Bytes first;
  dam::Bytes second;
  assert_true(walk.peek(first).ok());
  assert_true(walk.peek(second).ok());
  assert_ptr_equal(first.data(), second.data());
  assert_int_equal(walk.position(), 0);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_damaged_document_is_reported_until_it_is_passed),
      cmocka_unit_test(a_damaged_document_is_left_behind),
      cmocka_unit_test(neighbours_are_found_without_ranking),
      cmocka_unit_test(peeking_again_gives_the_same),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
