// One document for each rule that breaks it, and the message that says so.
#include "document/verify_document.h"

#include <string>

#include "document/document_builder.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

using flatbuffers::Offset;
using flatbuffers::String;
using schema::Dtype;
using schema::TagKind;
using schema::TensorFormat;

using Texts = std::vector<Offset<String>>;

// A builder with the shortest ways to a document that breaks one rule.
struct Draft : DocumentBuffer {
  Draft() { begin_document(this); }

  Bytes finish(Offset<schema::Document> root) {
    schema::FinishDocumentBuffer(*this, root);
    return {GetBufferPointer(), GetSize()};
  }
  Bytes with_blob(Offset<schema::Tensor> blob) {
    schema::DocumentBuilder document(*this);
    document.add_blob(blob);
    return finish(document.Finish());
  }
  Bytes with_tags(Offset<schema::Tags> tags) {
    schema::DocumentBuilder document(*this);
    document.add_tags(tags);
    return finish(document.Finish());
  }
  Bytes with_scores(const std::vector<Offset<schema::NamedScore>>& scores) {
    auto vector = CreateVector(scores);
    schema::DocumentBuilder document(*this);
    document.add_scores(vector);
    return finish(document.Finish());
  }
  Texts texts(std::initializer_list<const char*> all) {
    Texts offsets;
    for (const char* text : all) offsets.push_back(CreateString(text));
    return offsets;
  }
};

struct TensorDraft {
  std::vector<uint8_t> data = {};
  std::vector<uint32_t> shape = {};
  Dtype dtype = Dtype::U8;
  TensorFormat format = TensorFormat::Dense;
  std::vector<uint32_t> indices = {};
  flatbuffers::Optional<float> scale = flatbuffers::nullopt;
  int32_t zero_point = 0;
};

// No message means that the document is accepted.
void expect_message(Bytes bytes, const char* message, Code code = Code::kInvalidDocument,
                    const DocumentLimits& limits = {}) {
  Status status = verify_document(bytes, limits);
  assert_string_equal(status.message(), message);
  assert_int_equal(status.code(), *message ? code : Code::kOk);
}

void expect_blob(const TensorDraft& draft, const char* message) {
  Draft builder;
  auto data = builder.CreateVector(draft.data);
  auto shape = builder.CreateVector(draft.shape);
  Offset<flatbuffers::Vector<uint32_t>> indices;
  if (!draft.indices.empty()) indices = builder.CreateVector(draft.indices);
  expect_message(
      builder.with_blob(schema::CreateTensor(builder, data, shape, draft.dtype, draft.format,
                                             indices, draft.scale, draft.zero_point)),
      message);
}

void too_few_bytes_are_no_document(void**) {
  const uint64_t zeros = 0;
  expect_message({reinterpret_cast<const uint8_t*>(&zeros), 0},
                 "document has 0 bytes, less than its head");
  expect_message({reinterpret_cast<const uint8_t*>(&zeros), 7},
                 "document has 7 bytes, less than its head");
}

void another_identifier_is_shown(void**) {
  OwnedDocument document = document_of("{}");
  document.data()[7] = '2';
  expect_message(document.bytes(), "document has no identifier DAM1 at offset 4 (found \"DAM2\")");
}

void a_document_over_the_limit_is_too_big(void**) {
  OwnedDocument document = document_of("{}");
  expect_message(document.bytes(), "document has 16 bytes, the limit is 15", Code::kTooBig,
                 {.bytes = 15});
  assert_true(verify_document(document.bytes(), {.bytes = 16}).ok());
}

void levels_beyond_the_limit_are_named(void**) {
  OwnedDocument document = document_of(R"({"chunks":[{"tags":{"a":[]}}]})");
  expect_message(document.bytes(), "chunks[0].tags.a is nested deeper than 3 levels",
                 Code::kInvalidDocument, {.levels = 3});
  assert_true(verify_document(document.bytes(), {.levels = 4}).ok());
}

void a_root_out_of_the_document_is_refused(void**) {
  OwnedDocument document = document_of("{}");
  store<uint32_t>(document.data(), 4096);
  expect_message(document.bytes(), "document points out of the document");
}

void text_must_be_utf8(void**) {
  for (const char* text : {"ab\xff", "abcdefgh\xff", "ab\xc3", "\xed\xa0\x80"}) {
    Draft builder;
    auto uri = builder.CreateString(text);
    Status status =
        verify_document(builder.finish(schema::CreateDocument(builder, 0, 0, 0, 0, uri)));
    assert_int_equal(status.code(), Code::kInvalidDocument);
    assert_non_null(strstr(status.message(), "uri is not UTF-8: byte "));
  }
  Draft builder;
  auto keys = builder.CreateVector(builder.texts({"a", "b\x80"}));
  auto ints = builder.CreateVector(std::vector<int64_t>{1, 2});
  expect_message(builder.with_tags(schema::CreateTags(builder, keys, 0, 0, ints)),
                 "tags (keys[1]) is not UTF-8: byte 80 at offset 1");
}

void text_ends_with_a_zero_byte(void**) {
  OwnedDocument document = document_of(R"({"uri":"abcd"})");
  std::string_view bytes = as_text(document.bytes());
  document.data()[bytes.find("abcd") + 4] = 'e';
  expect_message(document.bytes(), "uri has no zero byte at its end");
}

void ids_have_a_length(void**) {
  Draft builder, long_builder, parent_builder;
  auto empty = builder.CreateString("");
  expect_message(builder.finish(schema::CreateDocument(builder, empty)),
                 "id has 0 bytes, not 1 to 65535");
  auto large = long_builder.CreateString(std::string(65536, 'x'));
  expect_message(long_builder.finish(schema::CreateDocument(long_builder, large)),
                 "id has 65536 bytes, not 1 to 65535", Code::kTooBig);
  auto parent = parent_builder.CreateString("");
  schema::DocumentBuilder document(parent_builder);
  document.add_parent_id(parent);
  expect_message(parent_builder.finish(document.Finish()), "parent_id has 0 bytes, not 1 to 65535");
}

void there_is_one_content(void**) {
  Draft builder;
  auto text = builder.CreateString("a");
  auto buffer = builder.CreateVector(std::vector<uint8_t>{1});
  expect_message(builder.finish(schema::CreateDocument(builder, 0, text, 0, 0, 0, 0, buffer)),
                 "text and buffer are both set; a document has one content");
}

void a_dense_tensor_fills_its_shape(void**) {
  expect_blob({.data = {1, 2, 3}, .shape = {2, 2}},
              "blob has 3 bytes of data, its shape and dtype u8 need 4");
  expect_blob({.data = {1}, .shape = {}, .dtype = Dtype::F32},
              "blob has 1 bytes of data, its shape and dtype f32 need 4");
  expect_blob({.data = {1}, .shape = {UINT32_MAX, UINT32_MAX, UINT32_MAX}},
              "blob has 1 bytes of data, its shape and dtype u8 need more than 2147483647");
  expect_blob({.data = {1}, .shape = {1}, .indices = {0}}, "blob has indices but is dense");
}

void dtypes_and_formats_are_known(void**) {
  expect_blob({.dtype = static_cast<Dtype>(13)}, "blob has the unknown dtype 13 or format 0");
  expect_blob({.format = static_cast<TensorFormat>(5)}, "blob has the unknown dtype 5 or format 5");
}

void a_bool_is_zero_or_one(void**) {
  expect_blob({.data = {0, 1, 2}, .shape = {3}, .dtype = Dtype::Bool},
              "blob.data[2] is 2, not a bool");
}

void sparse_coordinates_ascend_within_the_shape(void**) {
  TensorDraft draft = {.data = {1, 2}, .shape = {2, 2}, .format = TensorFormat::Coo};
  draft.indices = {0, 0, 0};
  expect_blob(draft, "blob has 3 indices for 2 bytes of u8 in 2 dimensions");
  draft.indices = {0, 1, 2, 0};
  expect_blob(draft, "blob.indices[2] is 2, its dimension is 2");
  draft.indices = {1, 0, 0, 1};
  expect_blob(draft, "blob.indices[2] does not follow the coordinate before it in ascending order");
  draft.indices = {1, 0, 1, 0};
  expect_blob(draft, "blob.indices[2] does not follow the coordinate before it in ascending order");
  draft.shape = {};
  expect_blob(draft, "blob is sparse and has no shape");
}

void quantization_has_a_scale_and_dtype_i8(void**) {
  TensorDraft draft = {.data = {1}, .shape = {1}, .dtype = Dtype::I8, .zero_point = 3};
  expect_blob(draft, "blob.zero_point is 3, but there is no scale");
  draft.scale = -1.0f;
  expect_blob(draft, "blob.scale is -1");
  draft.scale = 1.0f;
  expect_blob(draft, "");
  draft.dtype = Dtype::U8;
  expect_blob(draft, "blob has a scale, but its dtype is u8, not i8");
}

struct TagsDraft {
  std::initializer_list<const char*> keys = {};
  std::vector<TagKind> kinds = {};
  std::vector<int64_t> ints = {};
  std::vector<double> reals = {};
};

void expect_tags(const TagsDraft& draft, const char* message) {
  Draft builder;
  Texts keys = builder.texts(draft.keys);
  auto of = [](const auto& values) { return values.empty() ? nullptr : &values; };
  auto tags = schema::CreateTagsDirect(builder, &keys, of(draft.kinds), nullptr, of(draft.ints),
                                       nullptr, of(draft.reals));
  expect_message(builder.with_tags(tags), message);
}

void keys_ascend(void**) {
  expect_tags({.keys = {"b", "a"}, .ints = {1, 2}}, "tags: key \"a\" is not in ascending order");
  expect_tags({.keys = {"a", "a"}, .ints = {1, 2}}, "tags: key \"a\" is there twice");
}

void values_match_keys_and_kinds(void**) {
  expect_tags({.keys = {"a"}, .ints = {1, 2}}, "tags has 1 keys for 2 values");
  expect_tags({.keys = {"a", "b"}, .kinds = {TagKind::Int, TagKind::Real}, .ints = {1}},
              "tags has more or fewer values than kinds");
  expect_tags({.keys = {"a", "b"}, .ints = {1}, .reals = {2}},
              "tags mixes values and does not tell their kinds");
  expect_tags({.keys = {"a"}, .kinds = {static_cast<TagKind>(9)}},
              "tags (kinds[0]) is 9, no kind of tag");
}

void tags_are_a_map(void**) {
  Draft builder;
  expect_message(builder.with_tags(schema::CreateTags(builder)), "tags is a list, not a map");
}

void nested_tags_are_what_their_kind_says(void**) {
  Draft builder;
  std::vector<Offset<schema::Tags>> nested = {schema::CreateTags(builder)};
  Texts keys = builder.texts({"a"});
  std::vector<TagKind> kinds = {TagKind::Map};
  auto tags = schema::CreateTagsDirect(builder, &keys, &kinds, nullptr, nullptr, &nested);
  expect_message(builder.with_tags(tags), "tags (nested[0]) is called a map and is none");
}

void scores_have_names_that_ascend_and_operands_none(void**) {
  Draft unnamed, unsorted, named;
  expect_message(unnamed.with_scores({schema::CreateNamedScore(unnamed)}), "scores[0] has no name");
  auto b = unsorted.CreateString("b");
  auto a = unsorted.CreateString("a");
  auto first = schema::CreateNamedScore(unsorted, b);
  expect_message(unsorted.with_scores({first, schema::CreateNamedScore(unsorted, a)}),
                 "scores[1]: name \"a\" is not in ascending order");
  auto name = named.CreateString("a");
  auto operands = named.CreateVector(
      std::vector<Offset<schema::NamedScore>>{schema::CreateNamedScore(named, name)});
  expect_message(named.with_scores({schema::CreateNamedScore(named, name, 0, 0, 0, operands)}),
                 "scores[0].operands[0] has a name; only scores have one");
}

// Keys proven for one map are known at the next; each use still counts.
void shared_keys_count_every_time(void**) {
  Draft builder;
  const std::string key(300, 'k');
  auto keys = builder.CreateVector(builder.texts({key.c_str()}));
  auto ints = builder.CreateVector(std::vector<int64_t>{1});
  std::vector<Offset<schema::Tags>> maps;
  for (int i = 0; i < 1000; i++) maps.push_back(schema::CreateTags(builder, keys, 0, 0, ints));
  std::vector<TagKind> kinds(1000, TagKind::Map);
  auto list = schema::CreateTagsDirect(builder, nullptr, &kinds, nullptr, nullptr, &maps);
  std::vector<Offset<schema::Tags>> one = {list};
  Texts outer = builder.texts({"a"});
  kinds = {TagKind::List};
  Status status = verify_document(
      builder.with_tags(schema::CreateTagsDirect(builder, &outer, &kinds, nullptr, nullptr, &one)));
  assert_int_equal(status.code(), Code::kInvalidDocument);
  assert_non_null(strstr(status.message(), "document shares its parts too often"));
}

void a_long_path_is_cut_between_characters(void**) {
  std::string json = "1";
  for (int i = 0; i < 20; i++) {
    std::string key(static_cast<size_t>(i % 3), 'x');
    json = "{\"" + key + "€€€€€€€\":" + json + "}";
  }
  OwnedDocument document = document_of("{\"tags\":" + json + "}");
  for (uint32_t levels = 2; levels < 20; levels++) {
    Status status = verify_document(document.bytes(), {.levels = levels});
    assert_int_equal(status.code(), Code::kInvalidDocument);
    assert_null(strchr(status.message(), '?'));
    OwnedDocument message = document_of("{\"text\":\"" + std::string(status.message()) + "\"}");
    assert_true(verify_document(message.bytes()).ok());
  }
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(too_few_bytes_are_no_document),
      cmocka_unit_test(another_identifier_is_shown),
      cmocka_unit_test(a_document_over_the_limit_is_too_big),
      cmocka_unit_test(levels_beyond_the_limit_are_named),
      cmocka_unit_test(a_root_out_of_the_document_is_refused),
      cmocka_unit_test(text_must_be_utf8),
      cmocka_unit_test(text_ends_with_a_zero_byte),
      cmocka_unit_test(ids_have_a_length),
      cmocka_unit_test(there_is_one_content),
      cmocka_unit_test(a_dense_tensor_fills_its_shape),
      cmocka_unit_test(dtypes_and_formats_are_known),
      cmocka_unit_test(a_bool_is_zero_or_one),
      cmocka_unit_test(sparse_coordinates_ascend_within_the_shape),
      cmocka_unit_test(quantization_has_a_scale_and_dtype_i8),
      cmocka_unit_test(keys_ascend),
      cmocka_unit_test(values_match_keys_and_kinds),
      cmocka_unit_test(tags_are_a_map),
      cmocka_unit_test(nested_tags_are_what_their_kind_says),
      cmocka_unit_test(scores_have_names_that_ascend_and_operands_none),
      cmocka_unit_test(shared_keys_count_every_time),
      cmocka_unit_test(a_long_path_is_cut_between_characters),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
