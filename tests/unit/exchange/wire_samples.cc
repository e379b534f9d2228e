#include "unit/exchange/wire_samples.h"

#include <protozero/pbf_writer.hpp>

#include "document/document_json.h"
#include "unit/cmocka_cpp.h"

namespace dam::test {

using protozero::pbf_writer;

std::string bytes_field(uint32_t field, std::string_view bytes) {
  std::string out;
  pbf_writer(out).add_bytes(field, bytes.data(), bytes.size());
  return out;
}

std::string number_field(uint32_t field, uint64_t number) {
  std::string out;
  pbf_writer(out).add_uint64(field, number);
  return out;
}

std::string float_field(uint32_t field, float number) {
  std::string out;
  pbf_writer(out).add_float(field, number);
  return out;
}

std::string double_field(uint32_t field, double number) {
  std::string out;
  pbf_writer(out).add_double(field, number);
  return out;
}

std::string packed_numbers(const std::vector<uint32_t>& numbers) {
  std::string out;
  for (uint32_t number : numbers) protozero::write_varint(std::back_inserter(out), number);
  return out;
}

std::string dense_array(std::string_view dtype, const std::vector<uint32_t>& shape,
                        std::string_view bytes, std::string_view more) {
  const std::string dense = bytes_field(1, bytes) + bytes_field(2, packed_numbers(shape)) +
                            bytes_field(3, dtype) + std::string(more);
  return bytes_field(1, dense);
}

std::string map_entry(std::string_view key, std::string_view value) {
  return bytes_field(1, key) + bytes_field(2, value);
}

Bytes as_wire(std::string_view text) { return as_bytes(text); }

std::string json_of_wire(std::string_view wire, const WireDocumentReader::Options& options) {
  WireDocumentReader reader(options);
  const Result<Bytes> document = reader.read(as_wire(wire), {});
  assert_string_equal(document.status().message(), "");
  JsonWriter writer({.plain_lists = true});
  return std::string(writer.write(document.value()));
}

std::vector<std::string> losses_of(std::string_view wire) {
  WireDocumentReader reader({});
  assert_true(reader.read(as_wire(wire), {}).ok());
  return reader.losses();
}

Status failure_of_wire(std::string_view wire) {
  WireDocumentReader reader({});
  const Result<Bytes> document = reader.read(as_wire(wire), {});
  assert_false(document.ok());
  return document.status();
}

}  // namespace dam::test
