// What a builder makes, read by the code that flatc generates from the schema and by nothing of
// libdam: FlatBuffers' own verifier accepts it, and every field is where the schema says.
#include <flatbuffers/flatbuffers.h>

#include <cmath>
#include <string>

#include "dam.h"
#include "document/document_generated.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

using schema::Document;

void check(dam_status status) {
  if (status != DAM_OK) fail_msg("%s", dam_last_error());
}

std::string text_of(const flatbuffers::String* text) {
  assert_non_null(text);
  return text->str();
}

// A builder, and at the end the bytes it makes as a plain reader sees them.
class Built {
 public:
  Built() { check(dam_builder_create(nullptr, &builder_)); }
  ~Built() {
    check(dam_builder_discard(builder_));
    dam_document_free(document_);
  }
  Built(const Built&) = delete;
  Built& operator=(const Built&) = delete;

  dam_builder* operator*() const { return builder_; }

  const Document* read() {
    const void* data = nullptr;
    size_t size = 0;
    check(dam_builder_finish(builder_, &document_));
    check(dam_document_bytes(document_, &data, &size));
    const auto* bytes = static_cast<const uint8_t*>(data);
    flatbuffers::Verifier verifier(bytes, size, 128);
    assert_true(schema::VerifyDocumentBuffer(verifier));
    assert_true(schema::DocumentBufferHasIdentifier(bytes));
    return schema::GetDocument(bytes);
  }

  dam_document* document() const { return document_; }

 private:
  dam_builder* builder_ = nullptr;
  dam_document* document_ = nullptr;
};

void plain_fields_are_where_the_schema_says(void**) {
  Built built;
  const float location[] = {1.5F, -2};
  check(dam_builder_set_string(*built, DAM_FIELD_ID, "a", 1));
  check(dam_builder_set_string(*built, DAM_FIELD_URI, "u", 1));
  check(dam_builder_set_string(*built, DAM_FIELD_MIME_TYPE, "m", 1));
  check(dam_builder_set_buffer(*built, DAM_FIELD_BUFFER, "\1\2", 2));
  check(dam_builder_set_number(*built, DAM_FIELD_WEIGHT, 0.5));
  check(dam_builder_set_integer(*built, DAM_FIELD_OFFSET, 0));
  check(dam_builder_set_floats(*built, DAM_FIELD_LOCATION, location, 2));
  const Document* document = built.read();
  assert_string_equal(text_of(document->id()).c_str(), "a");
  assert_string_equal(text_of(document->uri()).c_str(), "u");
  assert_string_equal(text_of(document->mime_type()).c_str(), "m");
  assert_int_equal(document->buffer()->size(), 2);
  assert_int_equal(document->buffer()->Get(1), 2);
  assert_true(document->weight() == 0.5F);
  assert_true(document->offset() == 0U);
  assert_false(document->siblings().has_value());
  assert_true(document->location()->Get(1) == -2.0F);
  assert_null(document->text());
}

void tags_are_where_the_schema_says(void**) {
  Built built;
  check(dam_builder_set_tag_integer(*built, "n", 1, INT64_MAX));
  check(dam_builder_set_tag_string(*built, "m.s", 3, "x", 1));
  check(dam_builder_set_tag_number(*built, "r", 1, 2.5));
  const schema::Tags* tags = built.read()->tags();
  assert_int_equal(tags->keys()->size(), 3);
  assert_string_equal(text_of(tags->keys()->Get(0)).c_str(), "m");
  assert_int_equal(tags->kinds()->Get(1), schema::TagKind::Int);
  assert_true(tags->ints()->Get(0) == INT64_MAX);
  assert_true(tags->reals()->Get(0) == 2.5);
  assert_string_equal(text_of(tags->nested()->Get(0)->texts()->Get(0)).c_str(), "x");
}

void tensors_are_where_the_schema_says(void**) {
  Built built;
  const float numbers[] = {-1, 0, 3};
  const uint32_t shape[] = {4};
  const uint32_t indices[] = {3, 1};
  check(dam_builder_set_quantized(*built, DAM_FIELD_EMBEDDING, numbers, 3));
  check(dam_builder_set_tensor(*built, DAM_FIELD_BLOB, DAM_DTYPE_U8, shape, 1, "\7\10", 2));
  check(dam_builder_set_sparse(*built, DAM_FIELD_BLOB, DAM_FORMAT_COO, indices, 2));
  const Document* document = built.read();
  const schema::Tensor* embedding = document->embedding();
  assert_int_equal(embedding->dtype(), schema::Dtype::I8);
  assert_int_equal(embedding->data()->size(), 3);
  const double last = static_cast<int8_t>(embedding->data()->Get(2)) - embedding->zero_point();
  assert_true(std::abs(last * static_cast<double>(*embedding->scale()) - 3) < 0.01);
  const schema::Tensor* blob = document->blob();
  assert_int_equal(blob->format(), schema::TensorFormat::Coo);
  assert_int_equal(blob->indices()->Get(0), 1);
  assert_int_equal(blob->data()->Get(0), 8);
}

void scores_and_children_are_where_the_schema_says(void**) {
  Built child;
  check(dam_builder_set_string(*child, DAM_FIELD_TEXT, "part", 4));
  assert_non_null(child.read());
  Built built;
  check(dam_builder_set_string(*built, DAM_FIELD_ID, "p", 1));
  check(dam_builder_set_score(*built, DAM_FIELD_SCORES, "s", 1, 0.25));
  check(dam_builder_set_score(*built, DAM_FIELD_SCORES, "s.0", 3, 4));
  check(dam_builder_add_child(*built, DAM_FIELD_CHUNKS, child.document()));
  check(dam_builder_add_child(*built, DAM_FIELD_MATCHES, child.document()));
  const Document* document = built.read();
  const schema::NamedScore* score = document->scores()->Get(0);
  assert_string_equal(text_of(score->name()).c_str(), "s");
  assert_true(score->value() == 0.25);
  assert_true(score->operands()->Get(0)->value() == 4);
  const Document* chunk = document->chunks()->Get(0);
  assert_string_equal(text_of(chunk->text()).c_str(), "part");
  assert_string_equal(text_of(chunk->parent_id()).c_str(), "p");
  assert_true(chunk->granularity() == 1U);
  assert_true(document->matches()->Get(0)->adjacency() == 1U);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(plain_fields_are_where_the_schema_says),
      cmocka_unit_test(tags_are_where_the_schema_says),
      cmocka_unit_test(tensors_are_where_the_schema_says),
      cmocka_unit_test(scores_and_children_are_where_the_schema_says),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
