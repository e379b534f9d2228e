// Threads that read and convert lines ahead of the writer, in order and in bounded memory.
//
//   LineSource --one thread at a time--> chunk n --in parallel--> batch n --next()--> the writer
//
// Invariant: a thread takes chunk n only when n is less than kAhead past what the writer took, so
// the chunk the writer waits for is always being converted and the others cannot pile up.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "line_convert.h"
#include "line_source.h"

namespace dam::tool {

class ConvertPipeline {
 public:
  struct Plan {
    ConvertOptions convert;
    int64_t batch_lines = 4096;
    int threads = 2;
  };

  // source: not used by anybody else until next() answered nothing or this is gone.
  ConvertPipeline(LineSource& source, const Plan& plan);
  ~ConvertPipeline();
  ConvertPipeline(const ConvertPipeline&) = delete;
  ConvertPipeline& operator=(const ConvertPipeline&) = delete;

  // The next batch in the order of the input; nothing at the end.
  std::optional<ConvertedBatch> next();

 private:
  static constexpr int64_t kAhead = 4;

  void work();
  std::optional<int64_t> take_chunk(LineChunk& out_chunk);

  LineSource& source_;
  const Plan plan_;
  std::mutex source_mutex_;  // taken before mutex_, held while reading

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int64_t, ConvertedBatch> ready_;
  int64_t taken_ = 0;      // chunks the threads took
  int64_t delivered_ = 0;  // batches the writer took
  bool ended_ = false;     // no chunk will be taken any more

  std::vector<std::thread> threads_;
};

}  // namespace dam::tool
