// Progress line, printable text and interrupts; see terminal.h.
#include "terminal.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cinttypes>
#include <cstdio>

namespace dam::tool {
namespace {

bool progress_line_shown = false;
std::atomic<bool> interrupt_seen{false};
int interrupt_pipe[2] = {-1, -1};

extern "C" void note_interrupt(int) {
  interrupt_seen.store(true);
  const char byte = 0;
  [[maybe_unused]] ssize_t written = write(interrupt_pipe[1], &byte, 1);
}

void append_control(std::string& out, unsigned char byte) {
  char escape[8];
  std::snprintf(escape, sizeof escape, "\\x%02x", byte);
  out += escape;
}

}  // namespace

void append_printable(std::string& out, std::string_view text) {
  for (char letter : text) {
    auto byte = static_cast<unsigned char>(letter);
    if (letter == '\n') {
      out += "\\n";
    } else if (letter == '\t') {
      out += "\\t";
    } else if (letter == '\r') {
      out += "\\r";
    } else if (byte < 0x20 || byte == 0x7f) {
      append_control(out, byte);
    } else {
      out += letter;
    }
  }
}

void clear_progress_line() {
  if (!progress_line_shown) return;
  std::fputs("\r\033[K", stderr);
  progress_line_shown = false;
}

void watch_interrupts() {
  signal(SIGPIPE, SIG_IGN);
  if (pipe(interrupt_pipe) != 0) return;
  for (int end : interrupt_pipe) fcntl(end, F_SETFD, FD_CLOEXEC);
  struct sigaction action = {};
  action.sa_handler = note_interrupt;
  // The handler stands for one signal: the second has its default effect.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return interrupt_seen.load(); }

int interrupt_descriptor() { return interrupt_pipe[0]; }

Progress::Progress(std::string_view unit, int64_t total_bytes)
    : visible_(isatty(STDERR_FILENO) == 1),
      unit_(unit),
      total_bytes_(total_bytes),
      start_(Clock::now()),
      last_(start_) {}

bool Progress::is_due() {
  const auto now = Clock::now();
  if (!visible_ || now - last_ < std::chrono::milliseconds(100)) return false;
  last_ = now;
  return true;
}

void Progress::show_items(int64_t items, int64_t total) {
  if (!is_due()) return;
  std::fprintf(stderr, "\r\033[K%" PRId64 " of %" PRId64 " %s", items, total, unit_.c_str());
  std::fflush(stderr);
  progress_line_shown = true;
}

void Progress::show(int64_t items, int64_t done_bytes) {
  if (!is_due()) return;
  double seconds = std::chrono::duration<double>(last_ - start_).count();
  std::fprintf(stderr, "\r\033[K%" PRId64 " %s, %.1f MB, %.1f MB/s", items, unit_.c_str(),
               static_cast<double>(done_bytes) / 1e6,
               static_cast<double>(done_bytes) / 1e6 / seconds);
  if (total_bytes_ > 0 && done_bytes > 0) {
    double share =
        std::min(1.0, static_cast<double>(done_bytes) / static_cast<double>(total_bytes_));
    std::fprintf(stderr, ", %.0f %%, %.0f s left", share * 100, seconds / share - seconds);
  }
  std::fflush(stderr);
  progress_line_shown = true;
}

}  // namespace dam::tool
