// What an array must hold: the documents of each commit, in order, as plain values.
//
// Documents are small and all differ, so that a content names its commit. Ids come from a short
// list in every form an id can have; a deleted one is given again before a fresh one is.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/view.h"

namespace dam::test {

struct ModelDocument {
  std::string id;
  uint64_t version = 0;
  std::vector<uint64_t> words;
  size_t size = 0;

  Bytes bytes() const { return {reinterpret_cast<const uint8_t*>(words.data()), size}; }
};

using DocumentPointer = std::shared_ptr<const ModelDocument>;
using Content = std::vector<DocumentPointer>;

// All ids that a history may use.
const std::vector<std::string>& model_ids();
// Same id and version: the same document, made once.
DocumentPointer model_document(const std::string& id, uint64_t version);
// The first id of the list that no document of the content bears.
const std::string& unused_id(const Content& content);

// "a1 b4": ids by their number in the list, with the version.
std::string describe(const Content& content);
// Reads all that the view shows, by position; versions are told from the bytes.
Status read_content(const View& view, Content& out);
// Ids, positions, counts and bytes: every look-up answers as the content says.
Status check_lookups(const View& view, const Content& content);

bool same_content(const Content& a, const Content& b);

}  // namespace dam::test
