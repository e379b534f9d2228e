// What the tests of the store share: documents, operations, an array to open, and what it must
// hold.
//
// Bench is the fixture: an in-memory file system in force and the path of an array on it. Array
// opens stores on it; every test ends with assert_sound, which runs the one integrity check.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/document_view.h"
#include "store/store.h"
#include "store/verify_array.h"
#include "unit/store/store_model.h"
#include "unit/support/mounted_memory.h"

namespace dam::test {

inline constexpr const char* kArray = "/data/array";

// Messages first, so that a failing line tells why.
void assert_ok(const Status& status);
void assert_code(const Status& status, Code code);

template <typename T>
T value_of(Result<T> result) {
  assert_ok(result.status());
  return std::move(result.value());
}

// A verified document with an id (any bytes that are UTF-8) and a text.
Document make_document(std::string_view id, std::string_view text = "");
// The same with an embedding: `values` as JSON writes a list, "f32" or another dtype.
Document make_embedded(std::string_view id, std::string_view values,
                       std::string_view dtype = "f32");
Document from_json(std::string_view json);

// Without an upkeep thread: what it would do happens inside commits, in a fixed order.
StoreOptions test_options(Durability durability = Durability::kVisible);
// The same with an upkeep thread.
StoreOptions threaded_options(Durability durability = Durability::kVisible);
StoreOptions read_only_options();

std::shared_ptr<Store> open_store(const StoreOptions& options = test_options(),
                                  const std::string& path = kArray);
Status open_failure(const StoreOptions& options, const std::string& path = kArray);

WriteOperation append(const Document& document, bool upsert = false);
WriteOperation set(std::string_view id, const Document& document);
WriteOperation set_at(uint64_t slot, const Document& document);
WriteOperation erase(std::string_view id);
WriteOperation erase_at(uint64_t slot);
// What a caller of the view sees in a slot, whose id is `id`.
WriteOperation::Seen seen_at(const View& view, uint64_t slot, std::string_view id);

Status commit(Store& store, const std::vector<WriteOperation>& operations,
              Durability durability = Durability::kVisible);
// Commits that must succeed.
void add(Store& store, std::string_view id, std::string_view text = "",
         Durability durability = Durability::kVisible);
void remove(Store& store, std::string_view id, Durability durability = Durability::kVisible);

// Documents "d<first>" .. "d<end - 1>", in one batch.
void add_many(Store& store, uint64_t first, uint64_t end);
std::string numbered(uint64_t number);

// Ids in order, joined by a space.
std::string ids_of(const View& view);
// The text of a live document, "-" when the id is not there.
std::string text_of(const View& view, std::string_view id);
Code code_of_finding(const View& view, std::string_view id);

// That a view answers every question as the model does.
void assert_shows(const View& view, const ArrayModel& model);
// Ids, texts and revisions in order.
std::string contents_of(const View& view);

// Asserts of cmocka leave the thread they are in: other threads count what is wrong instead.
using Faults = std::atomic<int>;
// Whether count, positions and ids of a view agree; each document's text is its id.
bool is_consistent(const View& view);
// That verify_array has nothing to say.
void assert_sound(const std::string& path = kArray);
std::string report_of(const std::string& path = kArray);

}  // namespace dam::test
