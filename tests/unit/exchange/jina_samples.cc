#include "unit/exchange/jina_samples.h"

#include "platform/file.h"
#include "unit/exchange/wire_samples.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

void write_file(const std::string& path, const std::string& bytes) {
  const File file = value_of(File::create_anew(path));
  assert_ok(file.write(0, as_bytes(bytes)));
}

}  // namespace

void JinaSample::add_slot(std::string_view id, const SlotNumbers& numbers) {
  std::string key;
  for (const char character : id) key += std::string(1, character) + std::string(3, '\0');
  key.resize(size_t{4} * key_length_, '\0');
  header += key + raw<int64_t>({numbers.page, numbers.begin, numbers.end});
}

void JinaSample::add(std::string_view id, std::string_view wire) {
  const auto at = static_cast<int64_t>(body.size());
  const int64_t rest = at % 4096;
  add_slot(id, {at - rest, rest, rest + static_cast<int64_t>(wire.size())});
  body += wire;
}

void JinaSample::add_text(std::string_view id, std::string_view text) {
  add(id, bytes_field(1, id) + bytes_field(10, "text/plain") + bytes_field(13, text));
}

void JinaSample::write() const {
  assert_ok(make_directories(kSource));
  write_file(std::string(kSource) + "/header.bin", header);
  write_file(std::string(kSource) + "/body.bin", body);
}

Status import_sample(const JinaImportOptions& options, Store& into, ImportOutcome& out) {
  return import_jina(kSource, options, into, out);
}

}  // namespace dam::test
