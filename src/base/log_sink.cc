#include "base/log_sink.h"

#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <mutex>

namespace dam {
namespace {

constinit std::mutex guard;
constinit std::atomic<LogSink> sink_in_force{nullptr};
constinit void* context_in_force = nullptr;

}  // namespace

void set_log_sink(LogSink sink, void* context) {
  const std::lock_guard lock(guard);
  sink_in_force.store(sink, std::memory_order_relaxed);
  context_in_force = context;
}

void log_line(LogLevel level, const char* format, ...) {
  if (sink_in_force.load(std::memory_order_relaxed) == nullptr) return;
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  const std::lock_guard lock(guard);
  const LogSink sink = sink_in_force.load(std::memory_order_relaxed);
  if (sink != nullptr) sink(context_in_force, static_cast<int32_t>(level), text);
}

void hold_log_sink() { guard.lock(); }

void release_log_sink() { guard.unlock(); }

}  // namespace dam
