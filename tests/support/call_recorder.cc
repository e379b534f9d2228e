#include "support/call_recorder.h"

#include <cstring>

namespace dam::test {
namespace {

std::string last_part(const char* path) {
  const std::string whole = path;
  const size_t slash = whole.find_last_of('/');
  return slash == std::string::npos || slash + 1 == whole.size() ? whole : whole.substr(slash + 1);
}

bool gives_address(CallKind kind) { return kind == CallKind::kMmap; }

}  // namespace

std::string CallRecorder::file_of(const CallFacts& facts) const {
  if (facts.path != nullptr) return last_part(facts.path);
  const auto found = names_.find(facts.fd);
  if (found != names_.end()) return found->second;
  return facts.fd < 0 ? "" : "fd" + std::to_string(facts.fd);
}

void CallRecorder::follow(const CallFacts& facts, intptr_t result) {
  const int fd = static_cast<int>(result);
  if (facts.kind == CallKind::kOpen) names_[fd] = last_part(facts.path);
  if (facts.kind == CallKind::kDuplicate) names_[fd] = file_of(facts);
}

void CallRecorder::after(const CallFacts& facts, intptr_t result, int error) {
  const std::lock_guard guard(mutex_);
  std::string line = std::to_string(lines_.size()) + " " + name_of(facts.kind);
  const std::string file = file_of(facts);
  if (!file.empty()) line += " " + file;
  if (facts.other_path != nullptr) line += " " + last_part(facts.other_path);
  if (facts.offset != 0 || facts.size != 0)
    line += " " + std::to_string(facts.offset) + "+" + std::to_string(facts.size);
  line += " = ";
  if (error != 0)
    line += strerrorname_np(error) != nullptr ? strerrorname_np(error) : std::to_string(error);
  else
    line += gives_address(facts.kind) ? "mapped" : std::to_string(result);
  lines_.push_back(std::move(line));
  if (error == 0) follow(facts, result);
  if (facts.kind == CallKind::kClose) names_.erase(facts.fd);
}

std::string CallRecorder::text() const {
  std::string all;
  for (const std::string& line : lines_) all += line + "\n";
  return all;
}

}  // namespace dam::test
