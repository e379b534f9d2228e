// Where results go: stdout, or a file that export was asked to write.
//
// A reader that closed its end of a pipe has had enough: `open()` turns false and the command ends
// quietly. Any other failure to write is told by finish().
#pragma once

#include <cstdio>
#include <string_view>

#include "outcome.h"

namespace dam::tool {

class ResultStream {
 public:
  ResultStream() : file_(stdout) {}
  ~ResultStream();
  ResultStream(const ResultStream&) = delete;
  ResultStream& operator=(const ResultStream&) = delete;

  // Writes to a file instead, replacing what it held.
  ExitStatus redirect(std::string_view what, std::string_view path);

  void write(std::string_view text);
  void write_line(std::string_view text) {
    write(text);
    write("\n");
  }

  // False once nothing more can be written.
  bool open() const { return error_ == 0; }

  // Flushes; call it exactly once, at the end.
  ExitStatus finish(std::string_view what);

 private:
  FILE* file_;
  int error_ = 0;
};

}  // namespace dam::tool
