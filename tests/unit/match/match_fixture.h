// What the tests of match share: a view made of documents in memory, and the naive answer.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "match/match.h"
#include "unit/cmocka_cpp.h"
#include "unit/vector/plain_distance.h"

namespace dam::test {

// One embedding as a test writes it: numbers, and how they are stored.
struct Sample {
  std::string id;
  std::optional<PlainVector> numbers;
  schema::Dtype dtype = schema::Dtype::F64;
  bool sparse = false;
};

using Samples = std::vector<Sample>;
using StoredDocument = std::vector<uint8_t>;

StoredDocument document_of(const Sample& sample);

// A view of the documents, slot i at position i.
class DocumentsView final : public View {
 public:
  explicit DocumentsView(const Samples& samples);

  uint64_t count() const override { return documents_.size(); }
  uint64_t revision() const override { return 1; }
  uint64_t generation() const override { return 1; }
  Status find(std::string_view id, uint64_t& out_slot) const override;
  Status record(uint64_t slot, Check check, Record& out) const override;
  Status find_record(std::string_view id, Check check, Record& out) const override;
  Status find_records(std::span<const std::string_view> ids, Check check,
                      Record* out) const override;
  Status append_id(uint64_t slot, std::string& out) const override;
  Status revision_of(uint64_t slot, uint64_t& out_revision) const override;
  Status position_of(uint64_t slot, uint64_t& out_position) const override;
  Status slot_at(uint64_t position, uint64_t& out_slot) const override;
  Status record_at(uint64_t position, Check check, Record& out) const override;
  Status next_slot(uint64_t slot, uint64_t& out_slot) const override;

 private:
  std::vector<StoredDocument> documents_;
};

QuerySet queries_of(const Samples& samples);

// The answer by comparing everything with everything and sorting all of it.
MatchAnswer naive_answer(const Samples& rows, const Samples& queries, const MatchChoices& choices);

// Fails unless both are the same to the last bit.
void assert_same(const MatchAnswer& found, const MatchAnswer& wanted);

// The answer of match, which must succeed.
MatchAnswer match_of(const Samples& rows, const Samples& queries, const MatchChoices& choices);

MatchChoices choices_of(Metric metric, uint64_t limit, unsigned threads);

// `count` vectors with ids "r0", "r1", ...: some of them equal, zero, scaled, missing.
Samples random_samples(std::mt19937_64& random, size_t count, size_t dim);

}  // namespace dam::test
