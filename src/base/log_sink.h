// The one place where information goes that no call returns: a sink the host may set.
//
// A line is handed over under a lock: once set_log_sink returns, the former sink is not running and
// will not be called again. A sink must therefore neither call libdam nor fork. Threads: any, at
// any time.
#pragma once

#include <cstdint>

namespace dam {

enum class LogLevel : int32_t { kError = 0, kWarning = 1, kInformation = 2 };

using LogSink = void (*)(void* context, int32_t level, const char* text);

// Null: no sink, which is how a process starts.
void set_log_sink(LogSink sink, void* context);

// One printf-style line, without a newline; costs next to nothing when there is no sink.
[[gnu::format(printf, 2, 3)]] void log_line(LogLevel level, const char* format, ...);

// Around a fork: the lock is held over it, so that the child does not inherit it taken.
void hold_log_sink();
void release_log_sink();

}  // namespace dam
