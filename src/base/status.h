// Status and Result: how every fallible function inside libdam answers.
//
// A Status is made where the fact is known, with one line of text (fact, then values, no function
// name), and is passed up unchanged; src/api copies its text to dam_last_error. Success carries no
// memory. Absence (kNotFound) may carry no text: src/api reports none for it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace dam {

// The numbers are those of dam.h; a static assert in src/api holds them equal.
enum class Code : int32_t {
  kOk = 0,
  kNotFound = -1,
  kAlreadyExists = -2,
  kConflict = -3,
  kInvalidArgument = -4,
  kInvalidDocument = -5,
  kOutOfRange = -6,
  kReadOnly = -7,
  kBusy = -8,
  kNoSpace = -9,
  kIo = -10,
  kCorrupt = -11,
  kUnsupported = -12,
  kPoisoned = -13,
  kClosed = -14,
  kForked = -15,
  kTooBig = -16,
  kNoMemory = -17,
  kCancelled = -18,
  kInternal = -19,
};

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(const Status& other);
  Status& operator=(const Status& other);
  Status(Status&&) noexcept = default;
  Status& operator=(Status&&) noexcept = default;
  ~Status() = default;

  // A failure with a printf-style text. Data from files or callers is only ever an argument of the
  // format, never the format itself.
  [[gnu::format(printf, 2, 3)]] static Status error(Code code, const char* format, ...);
  // A failure without a text: absence, which is an answer rather than a fault.
  static Status absent() { return Status(Code::kNotFound); }

  bool ok() const { return code_ == Code::kOk; }
  Code code() const { return code_; }
  const char* message() const { return text_ ? text_->c_str() : ""; }

 private:
  explicit Status(Code code) : code_(code) {}

  Code code_ = Code::kOk;
  std::unique_ptr<std::string> text_;
};

// A value, or the Status that says why there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(Status failure) : status_(std::move(failure)) {}  // NOLINT: implicit by design
  Result(T value) : value_(std::move(value)) {}            // NOLINT: implicit by design

  bool ok() const { return value_.has_value(); }
  const Status& status() const& { return status_; }
  Status&& status() && { return std::move(status_); }
  T& value() { return *value_; }
  const T& value() const { return *value_; }

 private:
  Status status_;
  std::optional<T> value_;
};

}  // namespace dam

#define DAM_CONCAT_INNER(a, b) a##b
#define DAM_CONCAT(a, b) DAM_CONCAT_INNER(a, b)

// Leaves the enclosing function with the failure of `expression`, if it is one.
#define DAM_TRY(expression) DAM_TRY_INNER(DAM_CONCAT(dam_try_, __COUNTER__), expression)
#define DAM_TRY_INNER(status, expression)                                 \
  do {                                                                    \
    if (::dam::Status status = (expression); !status.ok()) return status; \
  } while (0)

// `DAM_ASSIGN(File file, open_file(path));` declares `file`, or leaves with the failure.
#define DAM_ASSIGN(declaration, expression) \
  DAM_ASSIGN_INNER(DAM_CONCAT(dam_result_, __COUNTER__), declaration, expression)
#define DAM_ASSIGN_INNER(result, declaration, expression) \
  auto result = (expression);                             \
  if (!result.ok()) return std::move(result).status();    \
  declaration = std::move(result.value())
