// Lines of a file or of stdin, handed out in chunks of whole lines.
//
// Memory is bounded: a chunk ends after so many lines or so many bytes, whichever comes first; only
// a single longer line makes it larger. Blank lines are passed on, they count as lines.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "outcome.h"

namespace dam::tool {

struct LineChunk {
  std::string text;  // whole lines, each with its line feed but perhaps the last of the input
  int64_t first_line = 1;
};

class LineSource {
 public:
  LineSource();
  ~LineSource();
  LineSource(const LineSource&) = delete;
  LineSource& operator=(const LineSource&) = delete;

  // name: a path, or "-" for stdin. False with an error() when it cannot be opened.
  bool open(std::string_view name);

  // Takes the next lines, at most max_lines. False at the end, after an interrupt, and on failure.
  bool next(int64_t max_lines, LineChunk& out_chunk);

  // Ends a next() that waits for input in another thread, and every later one.
  void cancel();

  // What failed; empty when nothing did.
  const std::string& error() const { return error_; }
  const std::string& name() const { return name_; }
  int64_t line() const { return line_; }

  // Size of a regular file; 0 for what has none.
  int64_t total_bytes() const { return total_bytes_; }

 private:
  bool wait_for_input();
  bool fill();
  bool cut(size_t size, int64_t lines, LineChunk& out_chunk);

  int descriptor_ = -1;
  int wake_descriptor_;
  std::atomic<bool> cancelled_{false};
  std::string name_;
  std::string error_;
  std::string pending_;  // read, not handed out yet
  int64_t line_ = 1;     // number of the first line in pending_
  int64_t total_bytes_ = 0;
  bool ended_ = false;
};

}  // namespace dam::tool
