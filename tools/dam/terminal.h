// The person at the terminal: printable text, the progress line, Ctrl-C.
//
// Progress is shown only when stderr is a terminal. The first SIGINT or SIGTERM asks the command to
// stop at its next safe point; a second one ends the process at once, which an array survives.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace dam::tool {

// Adds `text` with control characters as \n, \t, \r or \xNN; everything else unchanged.
void append_printable(std::string& out, std::string_view text);

// Removes a progress line, if one is shown, before something else is printed.
void clear_progress_line();

// Installs the handlers; called once, before any thread starts.
void watch_interrupts();

bool interrupted();

// Becomes readable when an interrupt arrived, so that a thread waiting for input can wait for both.
int interrupt_descriptor();

// One line on stderr that is redrawn at most ten times a second.
class Progress {
 public:
  // unit: what `items` counts, such as "documents". total_bytes: 0 when nobody knows.
  Progress(std::string_view unit, int64_t total_bytes);
  ~Progress() { clear_progress_line(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(int64_t items, int64_t done_bytes);
  // Of work that counts no bytes. total: 0 when nobody knows.
  void show_items(int64_t items, int64_t total);
  void set_total(int64_t total_bytes) { total_bytes_ = total_bytes; }

 private:
  using Clock = std::chrono::steady_clock;

  bool is_due();

  bool visible_;
  std::string unit_;
  int64_t total_bytes_;
  Clock::time_point start_;
  Clock::time_point last_;
};

}  // namespace dam::tool
