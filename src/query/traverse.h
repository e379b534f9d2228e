// Traversal: documents below documents, by paths of letters.
//
// `r` stays, `c` goes to the chunks, `m` to the matches; letters apply from left to right, so `cm`
// are the matches of all chunks. The documents of one parent are a group. Nothing is copied and
// nothing is allocated for a document; what is given out lies in the records of the view.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/status.h"
#include "document/document_view.h"
#include "store/view.h"

namespace dam {

// The letters of one path but `r`, which leads nowhere else.
using TraversePath = std::string;

// Paths with commas between them. kInvalidArgument with the place, counted from 1, for an unknown
// letter, for a path without letters and for no path.
Result<std::vector<TraversePath>> parse_traverse_paths(std::string_view text);

struct TraverseStep {
  const schema::Document* document = nullptr;
  Bytes outermost;       // the record that `document` lies in
  int64_t position = 0;  // of that record
  int64_t group = 0;     // counted over all paths; groups without documents count too
  int32_t path = 0;      // which of the paths led here
};

// Threads: one at a time.
class TraverseWalk {
 public:
  TraverseWalk(std::shared_ptr<const View> view, std::vector<TraversePath> paths);

  // Path by path, in each the records in order. NOT_FOUND without a text at the end. A damaged
  // record is a failure once; the next call goes on behind it.
  Status next(TraverseStep& out_step);

 private:
  using Documents = flatbuffers::Vector<flatbuffers::Offset<schema::Document>>;
  struct Level {
    const Documents* documents;
    uint32_t next;
  };

  Status enter_record();
  bool step_below(TraverseStep& out_step);
  void go_down(const schema::Document* parent);
  const TraversePath& path() const { return paths_[path_]; }

  const std::shared_ptr<const View> view_;
  const std::vector<TraversePath> paths_;
  size_t path_ = 0;
  uint64_t slot_ = 0;    // from where the next record is looked for
  int64_t entered_ = 0;  // records of this path so far, damaged ones too
  int64_t groups_ = 0;   // begun
  Bytes record_;
  bool gives_record_ = false;  // the record itself is what comes next
  std::vector<Level> levels_;  // from the record down
};

}  // namespace dam
