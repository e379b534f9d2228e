#include "unit/match/match_fixture.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "document/document_draft.h"
#include "document/json_number.h"

namespace dam::test {
namespace {

template <typename Stored>
void append_number(double number, std::vector<uint8_t>& out) {
  const auto stored = static_cast<Stored>(number);
  const auto* bytes = reinterpret_cast<const uint8_t*>(&stored);
  out.insert(out.end(), bytes, bytes + sizeof stored);
}

void append_stored(double number, schema::Dtype dtype, std::vector<uint8_t>& out) {
  if (dtype == schema::Dtype::F64) return append_number<double>(number, out);
  if (dtype == schema::Dtype::F32) return append_number<float>(number, out);
  if (dtype == schema::Dtype::I8) return append_number<int8_t>(number, out);
  if (dtype == schema::Dtype::F16) return append_number<uint16_t>(f16_of_double(number), out);
  if (dtype == schema::Dtype::BF16) return append_number<uint16_t>(bf16_of_double(number), out);
  fail_msg("no numbers of dtype %d are made here", static_cast<int>(dtype));
}

TensorParts tensor_of(const Sample& sample) {
  TensorParts parts;
  parts.dtype = sample.dtype;
  parts.shape = {static_cast<uint32_t>(sample.numbers->size())};
  parts.has_indices = sample.sparse;
  if (sample.sparse) parts.format = schema::TensorFormat::Coo;
  for (uint32_t i = 0; i < sample.numbers->size(); i++) {
    const double number = (*sample.numbers)[i];
    if (sample.sparse && number == 0) continue;
    if (sample.sparse) parts.indices.push_back(i);
    append_stored(number, sample.dtype, parts.data);
  }
  return parts;
}

double naive_distance(Metric metric, const Sample& query, const Sample& row) {
  const unsigned lanes = query.sparse || row.sparse ? 1 : 8;
  return plain_distance(metric, *query.numbers, *row.numbers, lanes);
}

}  // namespace

StoredDocument document_of(const Sample& sample) {
  DocumentDraft draft;
  assert_true(draft.set_text(field::kId, sample.id).ok());
  if (sample.numbers) draft.set_tensor(field::kEmbedding, tensor_of(sample));
  auto built = draft.build();
  if (!built.ok()) fail_msg("%s", built.status().message());
  return built.value();
}

DocumentsView::DocumentsView(const Samples& samples) {
  for (const Sample& sample : samples) documents_.push_back(document_of(sample));
}

Status DocumentsView::find(std::string_view id, uint64_t& out_slot) const {
  for (out_slot = 0; out_slot < count(); out_slot++) {
    if (document_id(documents_[out_slot]) == id) return {};
  }
  return Status::absent();
}

Status DocumentsView::record(uint64_t slot, Check, Record& out) const {
  out = {documents_[slot], slot, slot * 64, nullptr};
  return {};
}

Status DocumentsView::find_record(std::string_view id, Check check, Record& out) const {
  uint64_t slot = 0;
  DAM_TRY(find(id, slot));
  return record(slot, check, out);
}

Status DocumentsView::find_records(std::span<const std::string_view> ids, Check check,
                                   Record* out) const {
  for (size_t i = 0; i < ids.size(); i++) DAM_TRY(find_record(ids[i], check, out[i]));
  return {};
}

Status DocumentsView::append_id(uint64_t slot, std::string& out) const {
  out += document_id(documents_[slot]);
  return {};
}

Status DocumentsView::revision_of(uint64_t, uint64_t& out_revision) const {
  out_revision = 1;
  return {};
}

Status DocumentsView::position_of(uint64_t slot, uint64_t& out_position) const {
  out_position = slot;
  return {};
}

Status DocumentsView::slot_at(uint64_t position, uint64_t& out_slot) const {
  out_slot = position;
  return {};
}

Status DocumentsView::record_at(uint64_t position, Check check, Record& out) const {
  return record(position, check, out);
}

Status DocumentsView::next_slot(uint64_t slot, uint64_t& out_slot) const {
  out_slot = slot < count() ? slot : kNoSlot;
  return {};
}

QuerySet queries_of(const Samples& samples) {
  QuerySet queries;
  for (const Sample& sample : samples) {
    const StoredDocument document = document_of(sample);
    const Status status = queries.add(sample.id, document_embedding(document));
    if (!status.ok()) fail_msg("%s", status.message());
  }
  return queries;
}

MatchAnswer naive_answer(const Samples& rows, const Samples& queries, const MatchChoices& choices) {
  MatchAnswer answer;
  for (size_t query = 0; query < queries.size(); query++) {
    std::vector<std::pair<double, size_t>> all;
    for (size_t row = 0; row < rows.size() && queries[query].numbers; row++) {
      if (!rows[row].numbers) continue;
      if (choices.exclude_self && rows[row].id == queries[query].id) continue;
      all.emplace_back(naive_distance(choices.metric, queries[query], rows[row]), row);
    }
    std::sort(all.begin(), all.end());
    for (size_t rank = 0; rank < all.size() && rank < choices.limit; rank++) {
      answer.queries.push_back(static_cast<int64_t>(query));
      answer.ranks.push_back(static_cast<int64_t>(rank));
      answer.positions.push_back(static_cast<int64_t>(all[rank].second));
      answer.distances.push_back(all[rank].first);
    }
  }
  return answer;
}

void assert_same(const MatchAnswer& found, const MatchAnswer& wanted) {
  assert_int_equal(found.distances.size(), wanted.distances.size());
  for (size_t i = 0; i < found.distances.size(); i++) {
    const bool same =
        found.queries[i] == wanted.queries[i] && found.ranks[i] == wanted.ranks[i] &&
        found.positions[i] == wanted.positions[i] &&
        std::bit_cast<uint64_t>(found.distances[i]) == std::bit_cast<uint64_t>(wanted.distances[i]);
    if (!same)
      fail_msg("row %zu is query %d, position %d, distance %a, not query %d, position %d, %a", i,
               static_cast<int>(found.queries[i]), static_cast<int>(found.positions[i]),
               found.distances[i], static_cast<int>(wanted.queries[i]),
               static_cast<int>(wanted.positions[i]), wanted.distances[i]);
  }
}

MatchAnswer match_of(const Samples& rows, const Samples& queries, const MatchChoices& choices) {
  const DocumentsView view(rows);
  auto answer = match(view, queries_of(queries), choices);
  if (!answer.ok()) fail_msg("%s", answer.status().message());
  return answer.value();
}

MatchChoices choices_of(Metric metric, uint64_t limit, unsigned threads) {
  MatchChoices choices;
  choices.metric = metric;
  choices.limit = limit;
  choices.threads = threads;
  return choices;
}

Samples random_samples(std::mt19937_64& random, size_t count, size_t dim) {
  std::normal_distribution<double> normal;
  Samples samples(count);
  for (size_t i = 0; i < count; i++) {
    Sample& sample = samples[i];
    sample.id = "r" + std::to_string(i);
    const uint64_t kind = random() % 16;
    if (kind == 0) continue;
    sample.numbers.emplace(dim, 0.0);
    if (kind == 1) continue;
    const double scale = kind == 2 ? std::ldexp(1.0, static_cast<int>(random() % 60) - 30) : 4;
    for (double& number : *sample.numbers) number = std::round(normal(random) * 64) / 64 * scale;
    if (kind <= 4 && i > 0 && samples[i - 1].numbers) sample.numbers = samples[i - 1].numbers;
  }
  return samples;
}

}  // namespace dam::test
