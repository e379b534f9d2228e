// Making an embedding index: which rows it holds, what ends or refuses it, and when it is kept.
#include "match/embedding_index.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "match/index_cache.h"
#include "unit/match/match_fixture.h"
#include "vector/reference_distance.h"
#include "vector/strict_float.h"

namespace dam::test {
namespace {

constexpr size_t kDim = 16;

Samples numbered_samples(size_t count) {
  std::mt19937_64 random(101);
  std::normal_distribution<double> normal;
  Samples samples(count);
  for (size_t i = 0; i < count; i++) {
    samples[i] = {"n" + std::to_string(i), PlainVector(kDim)};
    for (double& number : *samples[i].numbers) number = normal(random);
  }
  return samples;
}

std::shared_ptr<const EmbeddingIndex> build(const View& view,
                                            const EmbeddingIndex::Request& request) {
  const StrictFloat strict;
  auto made = EmbeddingIndex::build(view, request);
  if (!made.ok()) fail_msg("%s", made.status().message());
  return made.value();
}

void its_rows_are_the_documents_with_an_embedding(void**) {
  Samples samples = numbered_samples(2000);
  for (size_t i = 0; i < samples.size(); i += 3) samples[i].numbers.reset();
  const DocumentsView view(samples);
  const auto index = build(view, {IndexKind::kAsStored, kDim, 2});
  assert_true(index != nullptr);
  assert_int_equal(index->row_count(), 2000 - 667);
  for (uint64_t position = 0; position < samples.size(); position++) {
    const uint64_t row = index->row_at(position);
    if (position % 3 == 0) {
      assert_int_equal(row, index->row_count());
    } else {
      assert_int_equal(index->row(row).position, position);
    }
  }
  assert_true(index->memory_bytes() > index->row_count() * kDim);
}

void no_row_is_longer_than_it_says(void**) {
  Samples samples = numbered_samples(1100);
  for (double& number : *samples[700].numbers) number *= 50;
  const DocumentsView view(samples);
  double greatest = 0;
  for (const Sample& sample : samples)
    greatest = std::max(greatest, reference_norm(*sample.numbers));
  const auto stored = build(view, {IndexKind::kAsStored, kDim, 1});
  assert_true(stored->greatest_norm() >= greatest && stored->greatest_norm() < greatest * 1.001);
  const auto normalized = build(view, {IndexKind::kNormalized, kDim, 1});
  assert_true(normalized->greatest_norm() >= 1 && normalized->greatest_norm() < 1.001);
}

void threads_make_the_same_codes(void**) {
  const Samples samples = numbered_samples(1500);
  const DocumentsView view(samples);
  const auto single = build(view, {IndexKind::kAsStored, kDim, 1});
  const auto many = build(view, {IndexKind::kAsStored, kDim, 6});
  const CodedQuery query = single->table().code_query(*samples[3].numbers);
  std::vector<double> wanted(single->table().groups() * kGroupRows), found(wanted.size());
  single->table().keys(query, 0, single->table().groups(), wanted.data());
  many->table().keys(query, 0, many->table().groups(), found.data());
  assert_memory_equal(wanted.data(), found.data(), wanted.size() * sizeof(double));
}

void data_that_codes_do_not_suit_has_none(void**) {
  const EmbeddingIndex::Request request = {IndexKind::kAsStored, kDim, 2};
  assert_true(build(DocumentsView(numbered_samples(1000)), request) == nullptr);
  Samples samples = numbered_samples(1100);
  samples[900].sparse = true;
  assert_true(build(DocumentsView(samples), request) == nullptr);
  samples = numbered_samples(1100);
  samples[1000].numbers->push_back(1);
  assert_true(build(DocumentsView(samples), request) == nullptr);
  samples = numbered_samples(1100);
  samples[1001].numbers->front() = 0x1p501;
  assert_true(build(DocumentsView(samples), request) == nullptr);
  assert_true(build(DocumentsView(numbered_samples(1100)), {IndexKind::kAsStored, kDim + 1, 1}) ==
              nullptr);
}

// Asked for the n-th time, the work is not wanted any more; none is asked again by that thread.
void it_ends_at_whatever_moment_it_is_cancelled(void**) {
  const DocumentsView view(numbered_samples(3000));
  for (const unsigned threads : {1U, 3U}) {
    for (int last = 0;; last++) {
      int asked = 0;
      const EmbeddingIndex::Request request = {IndexKind::kNormalized, kDim, threads,
                                               [&] { return asked++ < last; }};
      const auto made = EmbeddingIndex::build(view, request);
      if (made.ok()) {
        assert_true(last > 5 && asked <= last);
        break;
      }
      assert_string_equal(made.status().message(), "the match was cancelled");
      assert_int_equal(static_cast<int>(made.status().code()), static_cast<int>(Code::kCancelled));
    }
  }
}

IndexCache::Wanted wanted_of(uint64_t queries, uint64_t dim = kDim) {
  return {{IndexKind::kAsStored, dim, 1}, queries};
}

void a_cancelled_one_is_made_when_it_is_wanted_again(void**) {
  const DocumentsView view(numbered_samples(1100));
  IndexCache indexes;
  IndexCache::Wanted wanted = wanted_of(IndexCache::kWorthQueries);
  wanted.index.goes_on = [] { return false; };
  assert_false(indexes.find(view, wanted).ok());
  assert_int_equal(indexes.memory_bytes(), 0);
  assert_true(indexes.find(view, wanted_of(1)).value() != nullptr);
  assert_true(indexes.memory_bytes() > 0);
}

void it_is_kept_until_another_view_is_matched(void**) {
  const Samples samples = numbered_samples(1100);
  const DocumentsView first(samples, 1), second(samples, 2);
  IndexCache indexes;
  const auto made = indexes.find(first, wanted_of(IndexCache::kWorthQueries)).value();
  assert_true(made != nullptr);
  assert_ptr_equal(indexes.find(first, wanted_of(1)).value().get(), made.get());
  assert_true(indexes.find(second, wanted_of(1)).value() == nullptr);
  assert_int_equal(indexes.memory_bytes(), 0);
  assert_true(indexes.find(second, wanted_of(1, kDim + 1)).value() == nullptr);
  assert_int_equal(made->row_count(), 1100);  // whoever has it keeps it
}

void each_kind_has_its_own(void**) {
  const DocumentsView view(numbered_samples(1100));
  IndexCache indexes;
  const IndexCache::Wanted stored = wanted_of(IndexCache::kWorthQueries);
  IndexCache::Wanted normalized = stored;
  normalized.index.kind = IndexKind::kNormalized;
  const auto one = indexes.find(view, stored).value();
  const auto other = indexes.find(view, normalized).value();
  assert_true(one && other && one != other);
  assert_int_equal(indexes.memory_bytes(), one->memory_bytes() + other->memory_bytes());
}

void others_do_without_it_while_it_is_made(void**) {
  const DocumentsView view(numbered_samples(1100));
  IndexCache indexes;
  std::atomic<int> others{0};
  IndexCache::Wanted wanted = wanted_of(IndexCache::kWorthQueries);
  wanted.index.goes_on = [&] {
    if (others.fetch_add(1) > 0) return true;
    std::thread([&] {
      const auto made = indexes.find(view, wanted_of(IndexCache::kWorthQueries));
      others.store(made.ok() && made.value() == nullptr ? 10 : -1000);
    }).join();
    return true;
  };
  assert_true(indexes.find(view, wanted).value() != nullptr);
  assert_true(others.load() >= 10);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(its_rows_are_the_documents_with_an_embedding),
      cmocka_unit_test(no_row_is_longer_than_it_says),
      cmocka_unit_test(threads_make_the_same_codes),
      cmocka_unit_test(data_that_codes_do_not_suit_has_none),
      cmocka_unit_test(it_ends_at_whatever_moment_it_is_cancelled),
      cmocka_unit_test(a_cancelled_one_is_made_when_it_is_wanted_again),
      cmocka_unit_test(it_is_kept_until_another_view_is_matched),
      cmocka_unit_test(each_kind_has_its_own),
      cmocka_unit_test(others_do_without_it_while_it_is_made),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
