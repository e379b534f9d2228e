// Bytes made to do harm: cut, changed byte by byte, sharing their parts, nested too deep.
//
// What verification accepts is then read whole, so that a sanitizer sees any step out of bounds,
// and must also pass the verifier that FlatBuffers generates.
#include <string>

#include "document/document_builder.h"
#include "document/document_edit.h"
#include "document/document_view.h"
#include "document/verify_document.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

// Whether the bytes are accepted; if so, everything in them is read.
bool accept_and_read(Bytes bytes) {
  if (!verify_document(bytes).ok()) return false;
  flatbuffers::Verifier reference(bytes.data(), bytes.size(), kMaxDocumentLevels,
                                  static_cast<uint32_t>(bytes.size() / 8));
  assert_true(schema::VerifyDocumentBuffer(reference));
  OwnedDocument aligned(bytes);
  assert_true(json_of(aligned.bytes()).size() >= 2);
  auto copy = document_with_id(aligned.bytes(), "x");
  assert_true(copy.ok());
  assert_string_equal(verify_document(copy.value()).message(), "");
  return true;
}

const char* const kSamples[] = {
    "{}", R"({"id":"a","text":"hello"})",
    R"({"tags":{"a":1,"b":[1.5,"x"],"c":{"d":null}},"embedding":[1,2]})", kFullJson};

void no_cut_document_is_read_beyond_its_end(void**) {
  for (const char* sample : kSamples) {
    OwnedDocument whole = document_of(sample);
    for (size_t size = 0; size < whole.bytes().size(); size++) {
      // A copy of its own size, so that the byte behind it belongs to nobody.
      std::vector<uint8_t> cut(whole.data(), whole.data() + size);
      accept_and_read(cut);
    }
    assert_true(accept_and_read(whole.bytes()));
  }
}

void no_changed_byte_leads_out_of_the_document(void**) {
  size_t accepted = 0, refused = 0;
  for (const char* sample : kSamples) {
    OwnedDocument whole = document_of(sample);
    std::vector<uint8_t> changed(whole.data(), whole.data() + whole.bytes().size());
    for (uint8_t& byte : changed) {
      uint8_t original = byte;
      for (int value : {0, 1, 4, 0x7f, 0x80, 0xff, original ^ 1, original + 4, original - 4}) {
        byte = static_cast<uint8_t>(value);
        accept_and_read(changed) ? accepted++ : refused++;
      }
      byte = original;
    }
  }
  assert_true(accepted > 0);
  assert_true(refused > 0);
}

void a_document_at_an_odd_address_is_verified(void**) {
  OwnedDocument whole = document_of(kFullJson);
  std::vector<uint8_t> shifted(whole.bytes().size() + 1);
  std::memcpy(shifted.data() + 1, whole.data(), whole.bytes().size());
  assert_true(verify_document({shifted.data() + 1, whole.bytes().size()}).ok());
}

Bytes finished(FlatBufferBuilder* builder, Offset<schema::Document> root) {
  schema::FinishDocumentBuffer(*builder, root);
  return {builder->GetBufferPointer(), builder->GetSize()};
}

void expect_refused(Bytes bytes, const char* text) {
  Status status = verify_document(bytes);
  assert_int_equal(status.code(), Code::kInvalidDocument);
  if (!strstr(status.message(), text)) fail_msg("%s", status.message());
}

// Each level holds the one below twice: 2^60 documents in a kilobyte.
void doubling_chunks_are_refused_at_once(void**) {
  FlatBufferBuilder builder;
  begin_document(&builder);
  auto document = schema::CreateDocument(builder);
  for (int level = 0; level < 60; level++) {
    Offset<schema::Document> twice[] = {document, document};
    auto chunks = builder.CreateVector(twice, 2);
    schema::DocumentBuilder parent(builder);
    parent.add_chunks(chunks);
    document = parent.Finish();
  }
  expect_refused(finished(&builder, document), "shares its parts too often");
}

void doubling_tags_are_refused_at_once(void**) {
  FlatBufferBuilder builder;
  begin_document(&builder);
  auto tags = schema::CreateTags(builder);
  std::vector<schema::TagKind> kinds(2, schema::TagKind::List);
  for (int level = 0; level < 60; level++) {
    std::vector<Offset<schema::Tags>> twice = {tags, tags};
    tags = schema::CreateTagsDirect(builder, nullptr, &kinds, nullptr, nullptr, &twice);
  }
  std::vector<Offset<flatbuffers::String>> keys = {builder.CreateString("a")};
  std::vector<Offset<schema::Tags>> one = {tags};
  kinds.resize(1);
  auto map = schema::CreateTagsDirect(builder, &keys, &kinds, nullptr, nullptr, &one);
  expect_refused(finished(&builder, schema::CreateDocument(builder, 0, 0, map)),
                 "shares its parts too often");
}

// A thousand lists that are all the same vector of a thousand texts, each the same long text.
void one_large_part_used_from_everywhere_is_refused(void**) {
  FlatBufferBuilder builder;
  begin_document(&builder);
  auto text = builder.CreateString(std::string(1000, 'x'));
  auto texts = builder.CreateVector(std::vector<Offset<flatbuffers::String>>(1000, text));
  auto list = schema::CreateTags(builder, 0, 0, texts);
  std::vector<Offset<schema::Tags>> lists(1000, list);
  std::vector<schema::TagKind> kinds(1000, schema::TagKind::List);
  auto outer = schema::CreateTagsDirect(builder, nullptr, &kinds, nullptr, nullptr, &lists);
  std::vector<Offset<flatbuffers::String>> keys = {builder.CreateString("a")};
  std::vector<Offset<schema::Tags>> one = {outer};
  kinds.resize(1);
  auto map = schema::CreateTagsDirect(builder, &keys, &kinds, nullptr, nullptr, &one);
  expect_refused(finished(&builder, schema::CreateDocument(builder, 0, 0, map)),
                 "shares its parts too often");
}

void a_text_shared_a_few_times_is_welcome(void**) {
  FlatBufferBuilder builder;
  begin_document(&builder);
  auto text = builder.CreateString("shared");
  auto document = schema::CreateDocument(builder, text, text, 0, 0, text);
  assert_true(accept_and_read(finished(&builder, document)));
}

Bytes nested(FlatBufferBuilder* builder, uint32_t levels) {
  begin_document(builder);
  auto document = schema::CreateDocument(*builder);
  for (uint32_t level = 1; level < levels; level++) {
    auto matches = builder->CreateVector(&document, 1);
    schema::DocumentBuilder parent(*builder);
    parent.add_matches(matches);
    document = parent.Finish();
  }
  return finished(builder, document);
}

void nesting_is_bounded(void**) {
  FlatBufferBuilder deepest, deeper, abyss;
  assert_true(accept_and_read(nested(&deepest, kMaxDocumentLevels)));
  expect_refused(nested(&deeper, kMaxDocumentLevels + 1), "is nested deeper than 128 levels");
  expect_refused(nested(&abyss, 1000000), "is nested deeper than 128 levels");
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(no_cut_document_is_read_beyond_its_end),
      cmocka_unit_test(no_changed_byte_leads_out_of_the_document),
      cmocka_unit_test(a_document_at_an_odd_address_is_verified),
      cmocka_unit_test(doubling_chunks_are_refused_at_once),
      cmocka_unit_test(doubling_tags_are_refused_at_once),
      cmocka_unit_test(one_large_part_used_from_everywhere_is_refused),
      cmocka_unit_test(a_text_shared_a_few_times_is_welcome),
      cmocka_unit_test(nesting_is_bounded),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
