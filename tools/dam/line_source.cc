// Reading in large blocks and cutting at line feeds; see line_source.h.
#include "line_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "terminal.h"

namespace dam::tool {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;
constexpr size_t kChunkBytes = size_t{4} << 20;
// Enough for the largest document in base64 with room to spare; it bounds what a stream without
// line feeds can take.
constexpr size_t kMaxLineBytes = size_t{4} << 30;

}  // namespace

LineSource::LineSource() : wake_descriptor_(eventfd(0, EFD_CLOEXEC)) {}

LineSource::~LineSource() {
  if (wake_descriptor_ >= 0) close(wake_descriptor_);
  if (descriptor_ > STDIN_FILENO) close(descriptor_);
}

bool LineSource::open(std::string_view name) {
  name_ = name == "-" ? "stdin" : std::string(name);
  descriptor_ = name == "-" ? STDIN_FILENO : ::open(name_.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat facts = {};
  if (descriptor_ < 0 || fstat(descriptor_, &facts) != 0) {
    error_ = std::strerror(errno);
    return false;
  }
  if (S_ISREG(facts.st_mode)) total_bytes_ = facts.st_size;
  return true;
}

void LineSource::cancel() {
  cancelled_.store(true);
  eventfd_write(wake_descriptor_, 1);
}

// True when there is input or its end, false after an interrupt or cancel().
bool LineSource::wait_for_input() {
  pollfd waits[] = {
      {descriptor_, POLLIN, 0}, {interrupt_descriptor(), POLLIN, 0}, {wake_descriptor_, POLLIN, 0}};
  while (!interrupted() && !cancelled_.load()) {
    if (poll(waits, 3, -1) < 0 && errno != EINTR) return true;
    if (waits[0].revents != 0) return true;
  }
  return false;
}

bool LineSource::fill() {
  if (!wait_for_input()) return false;
  const size_t size = pending_.size();
  pending_.resize(size + kBlockBytes);
  ssize_t got = 0;
  do {
    got = read(descriptor_, pending_.data() + size, kBlockBytes);
  } while (got < 0 && errno == EINTR && !interrupted());
  pending_.resize(size + static_cast<size_t>(got > 0 ? got : 0));
  if (got < 0) error_ = std::strerror(errno);
  ended_ = got <= 0;
  return got > 0;
}

bool LineSource::cut(size_t size, int64_t lines, LineChunk& out_chunk) {
  if (size == 0) return false;
  out_chunk.first_line = line_;
  line_ += lines;
  std::string rest(pending_, size);
  pending_.resize(size);
  out_chunk.text = std::move(pending_);
  pending_ = std::move(rest);
  return true;
}

bool LineSource::next(int64_t max_lines, LineChunk& out_chunk) {
  size_t scanned = 0;
  size_t whole = 0;  // bytes of complete lines
  int64_t lines = 0;
  while (error_.empty() && !interrupted() && !cancelled_.load()) {
    const char* begin = pending_.data();
    while (scanned < pending_.size() && lines < max_lines && whole < kChunkBytes) {
      const void* feed = std::memchr(begin + scanned, '\n', pending_.size() - scanned);
      if (feed == nullptr) {
        scanned = pending_.size();
        break;
      }
      scanned = whole = static_cast<size_t>(static_cast<const char*>(feed) - begin) + 1;
      ++lines;
    }
    if (lines == max_lines || whole >= kChunkBytes) return cut(whole, lines, out_chunk);
    if (ended_) return cut(pending_.size(), lines + 1, out_chunk);
    // A long line behind complete ones waits for the next chunk.
    if (lines > 0 && pending_.size() - whole >= kChunkBytes) return cut(whole, lines, out_chunk);
    if (pending_.size() - whole > kMaxLineBytes) {
      error_ = "line " + std::to_string(line_ + lines) + " is longer than " +
               std::to_string(kMaxLineBytes) + " bytes";
      return false;
    }
    fill();
  }
  return false;
}

}  // namespace dam::tool
