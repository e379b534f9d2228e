// libdam through dam.h, with every default: payload checksums are checked, the upkeep thread runs.
// It keeps order and ids, so it offers all there is.
#include <dam.h>

#include "byte_checksum.h"
#include "candidate.h"

namespace bench {
namespace {

void check(dam_status status) {
  if (status == DAM_OK) return;
  require(false, std::string("libdam: ") + dam_status_name(status) + " " + dam_last_error());
}

std::vector<int64_t> offsets_of(std::string_view ids) {
  std::vector<int64_t> offsets;
  for (size_t at = 0; at <= ids.size(); at += kIdSize) offsets.push_back(static_cast<int64_t>(at));
  return offsets;
}

void take_document(dam_document* document, Answer* answer) {
  const void* data = nullptr;
  size_t size = 0;
  check(dam_document_bytes(document, &data, &size));
  answer->take({static_cast<const char*>(data), size});
  dam_document_free(document);
}

class Libdam : public Candidate {
 public:
  std::string name() const override { return "libdam"; }
  bool offers(Feature) const override { return true; }

  // It has no cache of its own.
  void set_cache(size_t) override { random_reads_ = true; }

  void open(const std::string& folder, Access access) override {
    dam_options* options = nullptr;
    check(dam_options_create(&options));
    check(dam_options_set(options, DAM_OPTION_RANDOM_READS, random_reads_));
    check(dam_options_set(options, DAM_OPTION_READ_ONLY, access == Access::kRead));
    check(dam_open(folder.c_str(), options, &array_));
    dam_options_free(options);
  }

  void close() override { check(dam_close(array_)); }
  void set_durable(bool durable) override { flags_ = durable ? DAM_DURABLE : DAM_VISIBLE; }

  int64_t count() override {
    int64_t count = 0;
    check(dam_count(array_, &count));
    return count;
  }

  void add(const DocumentBatch& batch) override {
    if (batch.count() == 1) {
      const Bytes document = batch.document(0);
      check(dam_append(array_, document.data, document.size, flags_, nullptr, nullptr));
    } else {
      check(dam_extend(array_, batch.bytes.data(), batch.offsets.data(), batch.count(), flags_,
                       nullptr, nullptr));
    }
  }

  void remove(std::string_view id) override {
    check(dam_delete(array_, id.data(), id.size(), DAM_ANY_REVISION, flags_, nullptr));
  }

  Bytes read(std::string_view id, char* buffer) override {
    size_t size = 0;
    check(dam_read(array_, id.data(), id.size(), buffer, kReadBufferSize, &size));
    return {buffer, size};
  }

  void read_many(std::string_view ids, Answer* answer) override {
    const std::vector<int64_t> offsets = offsets_of(ids);
    const auto count = static_cast<int64_t>(offsets.size()) - 1;
    void* data = nullptr;
    int64_t* ends = nullptr;
    check(dam_read_many(array_, ids.data(), offsets.data(), count, &data, &ends));
    for (int64_t i = 0; i < count; ++i) {
      const auto size = static_cast<size_t>(ends[i + 1] - ends[i]);
      answer->take({static_cast<const char*>(data) + ends[i], size});
    }
    dam_free(data);
    dam_free(ends);
  }

  void hold(std::string_view id, Answer* answer) override {
    dam_document* document = nullptr;
    check(dam_get(array_, id.data(), id.size(), &document));
    take_document(document, answer);
  }

  void hold_many(std::string_view ids, Answer* answer) override {
    const std::vector<int64_t> offsets = offsets_of(ids);
    std::vector<dam_document*> documents(offsets.size() - 1);
    check(dam_get_many(array_, ids.data(), offsets.data(), static_cast<int64_t>(documents.size()),
                       documents.data()));
    for (dam_document* document : documents) take_document(document, answer);
  }

  void reload() override { check(dam_reload(array_, nullptr)); }
  void begin_snapshot() override { check(dam_snapshot_open(array_, &snapshot_)); }
  void end_snapshot() override { check(dam_snapshot_release(snapshot_)); }

  Bytes lend(std::string_view id) override {
    const void* data = nullptr;
    size_t size = 0;
    check(dam_snapshot_get(snapshot_, id.data(), id.size(), &data, &size));
    return {static_cast<const char*>(data), size};
  }

  Bytes lend_at(int64_t position) override {
    const void* data = nullptr;
    size_t size = 0;
    check(dam_snapshot_get_at(snapshot_, position, &data, &size));
    return {static_cast<const char*>(data), size};
  }

  void scan(Answer* answer, bool whole) override {
    dam_cursor* cursor = nullptr;
    check(dam_cursor_open(snapshot_, DAM_OMITTED, DAM_OMITTED, DAM_OMITTED, &cursor));
    const void* data = nullptr;
    size_t size = 0;
    dam_status status = DAM_OK;
    while ((status = dam_cursor_next(cursor, &data, &size, nullptr)) == DAM_OK) {
      const Bytes document{static_cast<const char*>(data), size};
      answer->take(document);
      if (whole) answer->checksum += byte_checksum(document);
    }
    if (status != DAM_NOT_FOUND) check(status);
    check(dam_cursor_close(cursor));
  }

  void prune() override { check(dam_prune(array_, nullptr, nullptr)); }

 private:
  dam_array* array_ = nullptr;
  dam_snapshot* snapshot_ = nullptr;
  uint32_t flags_ = DAM_VISIBLE;
  bool random_reads_ = false;
};

}  // namespace

std::unique_ptr<Candidate> make_libdam() { return std::make_unique<Libdam>(); }

}  // namespace bench
