// The array as its callers know it: commits, which of them are durable, what is on its way.
//
// A crash may leave exactly the contents that acceptable() lists. A batch that failed is on its way
// until its failure is answered and must never show after that; a poisoned writer leaves its last
// batch open for ever.
#pragma once

#include <optional>

#include "model/model_content.h"

namespace dam::test {

enum class Loss { kKill, kPower };

class ArrayModel {
 public:
  const Content& latest() const { return commits_.back().content; }
  uint64_t latest_revision() const { return commits_.back().revision; }
  uint64_t durable_revision() const { return commits_[durable_].revision; }
  uint64_t greatest_revision() const { return greatest_revision_; }
  bool is_uncertain() const { return uncertain_; }
  size_t commits() const { return commits_.size(); }
  uint64_t next_version() { return ++version_; }

  void start_from(const Content& content, uint64_t revision);
  void begin(const Content& content) { pending_ = content; }
  void answer(uint64_t revision);
  void fail() { pending_.reset(); }
  // The failure was POISONED: nobody knows until the next open.
  void fail_uncertain() { uncertain_ = true; }
  // All commits up to number `index` are durable.
  void note_durable(size_t index) { durable_ = std::max(durable_, index); }
  void note_durable() { durable_ = commits_.size() - 1; }

  std::vector<Content> acceptable(Loss loss) const;

 private:
  struct Commit {
    Content content;
    uint64_t revision;
  };
  std::vector<Commit> commits_;
  std::optional<Content> pending_;
  size_t durable_ = 0;
  uint64_t greatest_revision_ = 0;
  uint64_t version_ = 0;
  bool uncertain_ = false;
};

inline void ArrayModel::start_from(const Content& content, uint64_t revision) {
  commits_ = {{content, revision}};
  pending_.reset();
  durable_ = 0;
  uncertain_ = false;
  greatest_revision_ = std::max(greatest_revision_, revision);
}

inline void ArrayModel::answer(uint64_t revision) {
  commits_.push_back({*pending_, revision});
  pending_.reset();
  greatest_revision_ = std::max(greatest_revision_, revision);
}

inline std::vector<Content> ArrayModel::acceptable(Loss loss) const {
  std::vector<Content> contents;
  const size_t first = loss == Loss::kPower ? durable_ : commits_.size() - 1;
  for (size_t i = commits_.size(); i-- > first;) contents.push_back(commits_[i].content);
  if (pending_) contents.push_back(*pending_);
  return contents;
}

}  // namespace dam::test
