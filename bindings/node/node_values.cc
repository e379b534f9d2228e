#include "node_values.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace dam_node {
namespace {

constexpr double kSafe = 9007199254740991.0;  // Number.MAX_SAFE_INTEGER

// Why by thread: an environment of Node has a thread of its own, and SWIG's runtime occupies the
// one slot for an addon's data.
thread_local Napi::FunctionReference* error_class = nullptr;

// The arrays that are not collected yet, in the order they were opened; few, as a rule.
thread_local std::vector<const Handle*> open_arrays;

[[noreturn]] void refuse(Napi::Env env, const char* name, const char* what) {
  throw Napi::TypeError::New(env, std::string(name) + what);
}

bool is_nothing(const Napi::Value& value) { return value.IsNull() || value.IsUndefined(); }

int64_t whole_number(const Napi::Value& value, const char* name) {
  if (!value.IsNumber()) refuse(value.Env(), name, " is no number");
  const double number = value.As<Napi::Number>().DoubleValue();
  if (!(std::abs(number) <= kSafe) || number != std::trunc(number))
    refuse(value.Env(), name, " is no safe integer");
  return static_cast<int64_t>(number);
}

bool has_half_a_pair(const std::u16string& text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const unsigned unit = text[i];
    if (unit < 0xD800 || unit > 0xDFFF) continue;
    const unsigned next = i + 1 < text.size() ? text[i + 1] : 0U;
    if (unit >= 0xDC00 || next < 0xDC00 || next > 0xDFFF) return true;
    ++i;
  }
  return false;
}

void release(Napi::Env /*env*/, Handle* held) {
  std::erase(open_arrays, held);
  if (held->value != nullptr) held->close(held->value);
  delete held;
}

}  // namespace

void* value_of(const Napi::Value& value, Closer close, const char* name) {
  if (is_nothing(value)) return nullptr;
  if (!value.IsExternal()) refuse(value.Env(), name, " is no handle");
  const Handle* held = value.As<Napi::External<Handle>>().Data();
  if (held->close != close) refuse(value.Env(), name, " is a handle of another kind");
  return held->value;
}

Napi::Value handle(Napi::Env env, void* value, Closer close) {
  Handle* const held = new Handle{value, close};
  if (close == &dam_node::close<dam_close>) open_arrays.push_back(held);
  return Napi::External<Handle>::New(env, held, release);
}

void close_arrays(const Napi::CallbackInfo& /*info*/) {
  for (const Handle* held : open_arrays) held->close(held->value);
}

void forget(const Napi::Value& value) {
  if (value.IsExternal()) value.As<Napi::External<Handle>>().Data()->value = nullptr;
}

int64_t int64_of(const Napi::Value& value, const char* name) {
  if (!value.IsBigInt()) return whole_number(value, name);
  bool lossless = false;
  const int64_t number = value.As<Napi::BigInt>().Int64Value(&lossless);
  if (!lossless) refuse(value.Env(), name, " does not fit 64 bits");
  return number;
}

int32_t int32_of(const Napi::Value& value, const char* name) {
  const int64_t number = whole_number(value, name);
  if (number != static_cast<int32_t>(number)) refuse(value.Env(), name, " does not fit 32 bits");
  return static_cast<int32_t>(number);
}

uint32_t uint32_of(const Napi::Value& value, const char* name) {
  const int64_t number = whole_number(value, name);
  if (number != static_cast<uint32_t>(number)) refuse(value.Env(), name, " does not fit 32 bits");
  return static_cast<uint32_t>(number);
}

double double_of(const Napi::Value& value, const char* name) {
  if (!value.IsNumber()) refuse(value.Env(), name, " is no number");
  return value.As<Napi::Number>().DoubleValue();
}

ArrayMemory memory_of(const Napi::Value& value, const char* name, const ArrayKind& kind) {
  if (is_nothing(value)) return {nullptr, 0};
  napi_typedarray_type type = napi_int8_array;
  ArrayMemory memory = {nullptr, 0};
  const napi_status status = napi_get_typedarray_info(value.Env(), value, &type, &memory.length,
                                                      &memory.data, nullptr, nullptr);
  if (status != napi_ok || type != kind.type)
    refuse(value.Env(), name, (std::string(" is no ") + kind.name).c_str());
  if (memory.data == nullptr) memory.length = 0;
  return memory;
}

std::span<int64_t> offsets_of(const Napi::Value& value, size_t packed_size) {
  const std::span<int64_t> offsets = numbers_of<int64_t>(value, "offsets");
  int64_t former = 0;
  for (const int64_t offset : offsets) {
    if (offset < former || static_cast<uint64_t>(offset) > packed_size)
      refuse(value.Env(), "offsets", " leave the bytes they part");
    former = offset;
  }
  return offsets;
}

int64_t parts_of(std::span<const int64_t> offsets) {
  return offsets.empty() ? 0 : static_cast<int64_t>(offsets.size()) - 1;
}

void* null_of(const Napi::Value& value, const char* name) {
  if (!is_nothing(value)) refuse(value.Env(), name, " is not null");
  return nullptr;
}

void Text::take(const Napi::Value& value, const char* name) {
  if (!value.IsString()) refuse(value.Env(), name, " is no string");
  napi_get_value_string_utf8(value.Env(), value, near_.data(), near_.size(), &size_);
  // Why 4: a character that does not fit any more is left out whole.
  if (size_ + 4 >= near_.size()) {
    far_ = value.As<Napi::String>().Utf8Value();
    size_ = far_.size();
  }
  const bool replaced = std::string_view(data(), size_).find("\xEF\xBF\xBD") != std::string::npos;
  if (replaced && has_half_a_pair(value.As<Napi::String>().Utf16Value()))
    refuse(value.Env(), name, " holds half a surrogate pair");
}

void Text::take_path(const Napi::Value& value) {
  take(value, "path");
  if (std::memchr(data(), '\0', size_) != nullptr)
    throw error_of(value.Env(), DAM_INVALID_ARGUMENT, "the path holds a NUL");
}

Napi::Value number(Napi::Env env, int64_t value) {
  if (value > static_cast<int64_t>(kSafe) || value < -static_cast<int64_t>(kSafe))
    return Napi::BigInt::New(env, value);
  return Napi::Number::New(env, static_cast<double>(value));
}

Napi::Value text(Napi::Env env, const char* text, size_t size) {
  return text == nullptr ? env.Null() : Napi::String::New(env, text, size);
}

Napi::Value uint32s(Napi::Env env, const uint32_t* numbers, int64_t count) {
  Napi::Uint32Array copy = Napi::Uint32Array::New(env, static_cast<size_t>(count));
  std::copy_n(numbers, count, copy.Data());
  return copy;
}

Napi::Value copied(Napi::Env env, const void* data, size_t size) {
  Napi::Uint8Array bytes = Napi::Uint8Array::New(env, size);
  if (size > 0) std::memcpy(bytes.Data(), data, size);
  return bytes;
}

Napi::Value packed(Napi::Env env, const void* data, const int64_t* offsets, int64_t count) {
  const size_t length = static_cast<size_t>(count) + 1;
  Napi::BigInt64Array ends = Napi::BigInt64Array::New(env, length);
  std::copy_n(offsets, length, ends.Data());
  Napi::Array both = Napi::Array::New(env, 2);
  both[0U] = copied(env, data, static_cast<size_t>(offsets[count]));
  both[1U] = ends;
  return both;
}

Napi::Value texts(Napi::Env env, const char* text, const int64_t* offsets, int64_t count) {
  Napi::Array all = Napi::Array::New(env, static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i)
    all[static_cast<uint32_t>(i)] =
        Napi::String::New(env, text + offsets[i], static_cast<size_t>(offsets[i + 1] - offsets[i]));
  return all;
}

Napi::Value joined(Napi::Value result, Napi::Value next) {
  if (result.IsEmpty() || result.IsUndefined()) return next;
  Napi::Array all;
  if (result.IsArray()) {
    all = result.As<Napi::Array>();
  } else {
    all = Napi::Array::New(result.Env(), 0);
    all[0U] = result;
  }
  all[all.Length()] = next;
  return all;
}

Napi::Error error_of(Napi::Env env, dam_status status, const std::string& text) {
  const std::string code = std::string("DAM_") + dam_status_name(status);
  const std::string message = text.empty() ? dam_status_name(status) : text;
  if (error_class == nullptr) return Napi::Error::New(env, code + ": " + message);
  const Napi::Value made =
      error_class->Value().New({Napi::String::New(env, code), Napi::String::New(env, message)});
  return Napi::Error(env, made);
}

void check(Napi::Env env, dam_status status, std::string_view report) {
  if (status == DAM_OK) return;
  Napi::Error error = error_of(env, status, dam_last_error());
  if (!report.empty()) error.Set("report", Napi::String::New(env, report.data(), report.size()));
  throw error;
}

void set_error_class(const Napi::CallbackInfo& info) {
  if (error_class == nullptr) {
    error_class = new Napi::FunctionReference();
    info.Env().AddCleanupHook([] {
      delete error_class;
      error_class = nullptr;
    });
  }
  *error_class = Napi::Persistent(info[0].As<Napi::Function>());
}

}  // namespace dam_node
