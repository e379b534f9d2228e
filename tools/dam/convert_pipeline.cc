// The ordered hand-over between converting threads and the writer; see convert_pipeline.h.
#include "convert_pipeline.h"

namespace dam::tool {

ConvertPipeline::ConvertPipeline(LineSource& source, const Plan& plan)
    : source_(source), plan_(plan) {
  for (int i = 0; i < plan.threads; ++i) threads_.emplace_back([this] { work(); });
}

ConvertPipeline::~ConvertPipeline() {
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  source_.cancel();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<int64_t> ConvertPipeline::take_chunk(LineChunk& out_chunk) {
  std::lock_guard reading(source_mutex_);
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || taken_ < delivered_ + kAhead; });
    if (ended_) return std::nullopt;
  }
  const bool more = source_.next(plan_.batch_lines, out_chunk);
  std::lock_guard lock(mutex_);
  if (more) return taken_++;
  ended_ = true;
  changed_.notify_all();
  return std::nullopt;
}

void ConvertPipeline::work() {
  LineChunk chunk;
  while (std::optional<int64_t> number = take_chunk(chunk)) {
    ConvertedBatch batch = convert_lines(chunk, plan_.convert);
    std::lock_guard lock(mutex_);
    if (plan_.convert.stop_at_problem && !batch.problems.empty()) ended_ = true;
    ready_.emplace(*number, std::move(batch));
    changed_.notify_all();
  }
}

std::optional<ConvertedBatch> ConvertPipeline::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [this] { return ready_.contains(delivered_) || (ended_ && delivered_ == taken_); });
  auto found = ready_.find(delivered_);
  if (found == ready_.end()) return std::nullopt;
  ConvertedBatch batch = std::move(found->second);
  ready_.erase(found);
  ++delivered_;
  changed_.notify_all();
  return batch;
}

}  // namespace dam::tool
