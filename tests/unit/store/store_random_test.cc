// Random histories against the model: every kind of write, reopening, a reader beside, views kept.
//
// DAM_TEST_SEED repeats a run; each seed is printed.
#include <cstdlib>
#include <random>

#include "store/slice_range.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

using Random = std::mt19937_64;

uint64_t base_seed() {
  const char* wanted = std::getenv("DAM_TEST_SEED");
  const uint64_t seed =
      wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : std::random_device{}();
  std::printf("# seed %llu\n", static_cast<unsigned long long>(seed));
  std::fflush(stdout);
  return seed;
}

struct Kept {
  std::shared_ptr<const View> view;
  ArrayModel model;
};

// One history: a writer, a reader, the model, and views of both at commits long past.
class History {
 public:
  History(uint64_t seed, Durability durability)
      : random_(seed), options_(test_options(durability)) {
    options_.window_bytes = 4096 << (seed % 5);
    writer_ = open_store(options_);
    reader_ = open_store(read_only());
  }

  void step() {
    switch (below(40)) {
      case 0:
        return reopen();
      case 1:
        return check_reader();
      case 2:
        return keep();
      case 3:
        return delete_slice();
      case 4:
        assert_ok(writer_->checkpoint_begin());
        return;
      case 5:
        return assert_ok(writer_->checkpoint_finish());
      case 6:
        return assert_ok(writer_->sync());
      case 7:
      case 8:
        return change_position();
      default:
        return commit_batch();
    }
  }

  void check() { assert_shows(*writer_->view(), model_); }

  void finish() {
    check();
    check_reader();
    for (const Kept& kept : kept_) assert_shows(*kept.view, kept.model);
    assert_ok(writer_->close());
    assert_sound();
    writer_ = open_store(options_);
    check();
    for (const Kept& kept : kept_) assert_shows(*kept.view, kept.model);
  }

 private:
  uint64_t below(uint64_t limit) { return random_() % limit; }

  StoreOptions read_only() const {
    StoreOptions options = options_;
    options.read_only = true;
    return options;
  }

  // Few ids, so that they meet; some of every form.
  std::string random_id() {
    const std::string number = std::to_string(below(25));
    switch (below(4)) {
      case 0:
        return number;
      case 1:
        return std::string("n\0l", 3) + number;
      case 2:
        return "0189d1f2-7e0a-7b3c-8d4e-5f60718293" + std::string(number.size() == 1 ? "0" : "") +
               number;
      default:
        return "an id longer than sixteen bytes " + number;
    }
  }

  Document random_document() {
    const std::string text(below(20) == 0 ? below(5000) : below(60), 'x');
    documents_.push_back(make_document(random_id(), text));
    return documents_.back();
  }

  WriteOperation random_operation() {
    const uint64_t slot = below(model_.slots() + 1);
    switch (below(10)) {
      case 0:
      case 1:
      case 2:
        return append(random_document(), true);
      case 3:
      case 4:
        return append(random_document());
      case 5: {
        const Document document = random_document();
        return set(document.id(), document);
      }
      case 6:
        return set_at(slot, random_document());
      case 7:
        return erase_at(slot);
      default:
        return erase(random_document().id());
    }
  }

  Durability random_durability() {
    constexpr Durability kAll[] = {Durability::kBuffered, Durability::kVisible,
                                   Durability::kDurable};
    return kAll[below(3)];
  }

  void commit_batch() {
    documents_.clear();
    std::vector<WriteOperation> operations;
    const uint64_t size = below(3) == 0 ? 1 + below(12) : 1;
    for (uint64_t i = 0; i < size; ++i) operations.push_back(random_operation());
    const Code expected = model_.apply_all(operations);
    assert_code(commit(*writer_, operations, random_durability()), expected);
  }

  // By position from either end, as the model counts them.
  void change_position() {
    documents_.clear();
    const auto count = static_cast<int64_t>(model_.count());
    const int64_t position = static_cast<int64_t>(below(model_.count() * 2 + 4)) - count - 2;
    const int64_t index = position < 0 ? position + count : position;
    WriteOperation operation = below(2) == 0 ? erase_at(0) : set_at(0, random_document());
    Code expected = Code::kOutOfRange;
    if (index >= 0 && index < count) {
      operation.slot = model_.rows()[static_cast<size_t>(index)].slot;
      expected = model_.apply(operation);
      operation.slot = 0;
    }
    assert_code(writer_->commit_at(operation, position, random_durability()).status(), expected);
  }

  void delete_slice() {
    const auto bound = [&]() -> int64_t {
      return below(3) == 0 ? kOmitted : static_cast<int64_t>(below(40)) - 20;
    };
    const int64_t steps[] = {kOmitted, 1, 2, 3, 7, -1, -2, -5};
    const Slice slice = {bound(), bound(), steps[below(8)]};
    const SliceRange range =
        value_of(resolve_slice(slice.start, slice.stop, slice.step, model_.count()));
    std::vector<WriteOperation> operations;
    for (int64_t i = 0; i < range.size; ++i)
      operations.push_back(erase_at(model_.rows()[static_cast<size_t>(range.at(i))].slot));
    assert_int_equal(model_.apply_all(operations), Code::kOk);
    assert_int_equal(value_of(writer_->delete_slice(slice, random_durability())), range.size);
  }

  void reopen() {
    assert_ok(writer_->flush());
    if (below(2) == 0) assert_ok(writer_->close());
    writer_.reset();
    if (below(4) == 0) assert_sound();
    if (below(4) == 0) reader_ = open_store(read_only());
    writer_ = open_store(options_);
    check();
  }

  void check_reader() {
    assert_ok(writer_->flush());
    assert_ok(reader_->reload().status());
    assert_shows(*reader_->view(), model_);
    assert_false(value_of(reader_->reload()));
  }

  void keep() {
    check();
    if (kept_.size() == 12) kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(below(12)));
    if (below(2) == 0) check_reader();
    const bool by_reader = below(2) == 0;
    if (by_reader) check_reader();
    kept_.push_back({by_reader ? reader_->view() : writer_->view(), model_});
  }

  Random random_;
  StoreOptions options_;
  ArrayModel model_;
  std::shared_ptr<Store> writer_;
  std::shared_ptr<Store> reader_;
  std::vector<Kept> kept_;
  std::vector<Document> documents_;
};

void run_histories(Durability durability) {
  const uint64_t seed = base_seed();
  for (uint64_t i = 0; i < 8; ++i) {
    mounted_memory::Mounted fresh;
    History history(seed + i, durability);
    for (int step = 0; step < 400; ++step) {
      history.step();
      if (step % 16 == 0) history.check();
    }
    history.finish();
  }
}

void random_histories_of_visible_commits_match_the_model(void**) {
  run_histories(Durability::kVisible);
}

void random_histories_of_buffered_commits_match_the_model(void**) {
  run_histories(Durability::kBuffered);
}

void random_histories_of_durable_commits_match_the_model(void**) {
  run_histories(Durability::kDurable);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(random_histories_of_visible_commits_match_the_model),
      cmocka_unit_test(random_histories_of_buffered_commits_match_the_model),
      cmocka_unit_test(random_histories_of_durable_commits_match_the_model),
  };
  return cmocka_run_group_tests_name("store_random", tests, nullptr, nullptr);
}
