#include "document_maker.h"

#include <dam.h>

#include <algorithm>

namespace bench {
namespace {

constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~";
constexpr char kHexDigits[] = "0123456789abcdef";

// Full period over chain lengths whose only prime factors are 2 and 5.
constexpr int64_t kChainFactor = 626741;
constexpr int64_t kChainStep = 1000003;

std::string make_pattern(size_t text_size) {
  const std::string json = "{\"id\":\"" + std::string(kIdSize, 'i') + "\",\"text\":\"" +
                           std::string(text_size, 't') + "\"}";
  dam_document* document = nullptr;
  require(dam_document_from_json(json.data(), json.size(), 0, &document) == DAM_OK,
          dam_last_error());
  const void* data = nullptr;
  size_t size = 0;
  require(dam_document_bytes(document, &data, &size) == DAM_OK, dam_last_error());
  std::string bytes(static_cast<const char*>(data), size);
  dam_document_free(document);
  // Documents of a batch lie at multiples of 8.
  bytes.resize((bytes.size() + 7) / 8 * 8, '\0');
  return bytes;
}

}  // namespace

Bytes DocumentBatch::document(int64_t index) const {
  const auto at = static_cast<size_t>(index);
  const auto begin = static_cast<size_t>(offsets[at]);
  return {bytes.data() + begin, static_cast<size_t>(offsets[at + 1]) - begin};
}

std::string_view DocumentBatch::id(int64_t index) const {
  return {ids.data() + static_cast<size_t>(index) * kIdSize, kIdSize};
}

void DocumentBatch::clear() {
  bytes.clear();
  offsets.assign(1, 0);
  ids.clear();
}

uint64_t RandomNumbers::next() {
  state_ += 0x9e3779b97f4a7c15U;
  uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31);
}

DocumentMaker::DocumentMaker(IdForm form, size_t size, int64_t chain_length)
    : form_(form), chain_length_(chain_length), pattern_(make_pattern(kIdSize)) {
  size_t text_size = kIdSize;
  if (size > pattern_.size()) {
    text_size += size - pattern_.size();
    pattern_ = make_pattern(text_size);
  }
  id_at_ = pattern_.find(std::string(kIdSize, 'i'));
  next_at_ = pattern_.find(std::string(kIdSize, 't'));
  require(id_at_ != std::string::npos && next_at_ != std::string::npos, "no id in the pattern");
  text_end_ = next_at_ + text_size;
}

std::string DocumentMaker::id(int64_t number) const {
  std::string id(kIdSize, '\0');
  write_id(number, id.data());
  return id;
}

void DocumentMaker::write_id(int64_t number, char* out) const {
  RandomNumbers random(static_cast<uint64_t>(number) * 0xd1342543de82ef95U + 1);
  const char* digits = form_ == IdForm::kUuid ? kHexDigits : kLetters;
  const unsigned digit_bits = form_ == IdForm::kUuid ? 4 : 6;
  uint64_t bits = 0;
  for (size_t i = 0; i < kIdSize; ++i) {
    if (i % 10 == 0) bits = random.next();
    out[i] = digits[bits & ((1U << digit_bits) - 1)];
    bits >>= digit_bits;
  }
  if (form_ == IdForm::kUuid) {
    for (const size_t dash : {8U, 13U, 18U, 23U}) out[dash] = '-';
    out[14] = '4';
    out[19] = 'a';
  }
}

void DocumentMaker::add_to(DocumentBatch* batch, int64_t number) const {
  const size_t begin = batch->bytes.size();
  batch->bytes += pattern_;
  char* document = batch->bytes.data() + begin;
  write_id(number, document + id_at_);
  const int64_t place = number % chain_length_;
  write_id((place * kChainFactor + kChainStep) % chain_length_, document + next_at_);
  RandomNumbers random(static_cast<uint64_t>(number));
  for (size_t at = next_at_ + kIdSize; at < text_end_; at += 8) {
    // Eight characters of 0x40 to 0x5f: any of them is text.
    const uint64_t text = (random.next() & 0x1f1f1f1f1f1f1f1fU) | 0x4040404040404040U;
    std::memcpy(document + at, &text, std::min<size_t>(8, text_end_ - at));
  }
  batch->ids.append(document + id_at_, kIdSize);
  batch->offsets.push_back(static_cast<int64_t>(batch->bytes.size()));
}

void DocumentMaker::fill(DocumentBatch* batch, int64_t first, int64_t count) const {
  batch->clear();
  for (int64_t i = 0; i < count; ++i) add_to(batch, first + i);
}

}  // namespace bench
