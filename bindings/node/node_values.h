// What JavaScript's values are in C and the other way round: the conversions that dam_node.i names.
//
// A value of the wrong type is thrown as a TypeError, a status as DamError. Nothing here runs
// JavaScript, so that memory of a Uint8Array that was looked at stays where it is during the call.
#pragma once

#include <napi.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dam.h"

namespace dam_node {

// ---------------------------------------------------------------- handles

// What an external holds. Which kind of handle it is, the function that closes it tells.
using Closer = void (*)(void* value);
struct Handle {
  void* value;
  Closer close;
};

template <class Answer, class Type>
Type* parameter_of(Answer (*function)(Type*));

template <auto kFunction>
void close(void* value) {
  static_cast<void>(kFunction(static_cast<decltype(parameter_of(kFunction))>(value)));
}

void* value_of(const Napi::Value& value, Closer close, const char* name);

// The handle of a call; NULL for null, undefined and what was freed. dam.h refuses that.
template <class Type>
Type* native_of(const Napi::Value& value, Closer close, const char* name) {
  return static_cast<Type*>(value_of(value, close, name));
}

// An external that closes the handle when it is collected, at the latest when its thread ends.
Napi::Value handle(Napi::Env env, void* value, Closer close);

template <class Type>
Napi::Value handles(Napi::Env env, const std::vector<Type*>& values, Closer close) {
  Napi::Array all = Napi::Array::New(env, values.size());
  for (size_t i = 0; i < values.size(); ++i)
    all[static_cast<uint32_t>(i)] =
        values[i] == nullptr ? env.Null() : handle(env, values[i], close);
  return all;
}

// Closes every array that this thread has open.
void close_arrays(const Napi::CallbackInfo& info);

// Makes the external of a freed object hold nothing.
void forget(const Napi::Value& value);

// ---------------------------------------------------------------- arguments

int64_t int64_of(const Napi::Value& value, const char* name);
int32_t int32_of(const Napi::Value& value, const char* name);
uint32_t uint32_of(const Napi::Value& value, const char* name);

double double_of(const Napi::Value& value, const char* name);

// The typed array of a type of C's, as Node-API and as JavaScript call it.
struct ArrayKind {
  napi_typedarray_type type;
  const char* name;
};
template <class Item>
inline constexpr ArrayKind kArrayKind = {};
template <>
inline constexpr ArrayKind kArrayKind<uint8_t> = {napi_uint8_array, "Uint8Array"};
template <>
inline constexpr ArrayKind kArrayKind<int8_t> = {napi_int8_array, "Int8Array"};
template <>
inline constexpr ArrayKind kArrayKind<uint32_t> = {napi_uint32_array, "Uint32Array"};
template <>
inline constexpr ArrayKind kArrayKind<int64_t> = {napi_bigint64_array, "BigInt64Array"};
template <>
inline constexpr ArrayKind kArrayKind<float> = {napi_float32_array, "Float32Array"};
template <>
inline constexpr ArrayKind kArrayKind<double> = {napi_float64_array, "Float64Array"};

// Memory and length of a typed array, valid during the call; null and undefined: none.
struct ArrayMemory {
  void* data;
  size_t length;
};
ArrayMemory memory_of(const Napi::Value& value, const char* name, const ArrayKind& kind);

template <class Item>
std::span<Item> numbers_of(const Napi::Value& value, const char* name) {
  const ArrayMemory memory = memory_of(value, name, kArrayKind<Item>);
  return {static_cast<Item*>(memory.data), memory.length};
}
inline std::span<uint8_t> bytes_of(const Napi::Value& value, const char* name) {
  return numbers_of<uint8_t>(value, name);
}
// The memory of a typed array that has room for so many numbers.
template <class Item>
Item* room_of(const Napi::Value& value, size_t count, const char* name) {
  const std::span<Item> room = numbers_of<Item>(value, name);
  if (room.size() < count) throw Napi::TypeError::New(value.Env(), std::string(name) + " is short");
  return room.data();
}

// Offsets that ascend within as many bytes.
std::span<int64_t> offsets_of(const Napi::Value& value, size_t packed_size);
// How many parts so many offsets make.
int64_t parts_of(std::span<const int64_t> offsets);
void* null_of(const Napi::Value& value, const char* name);

// A string in UTF-8; short ones need no memory of the heap. Half a surrogate pair is a TypeError:
// it would become the same replacement character as any other half.
class Text {
 public:
  void take(const Napi::Value& value, const char* name);
  // A path, in which a NUL is a DamError, for C ends there.
  void take_path(const Napi::Value& value);
  const char* data() const { return far_.empty() ? near_.data() : far_.data(); }
  size_t size() const { return size_; }

 private:
  std::array<char, 256> near_;
  std::string far_;
  size_t size_ = 0;
};

// A buffer to be filled, and the size that is needed where it is too short.
class Room {
 public:
  explicit Room(std::span<uint8_t> bytes) : bytes_(bytes) {}
  uint8_t* data() const { return bytes_.data(); }
  size_t size() const { return bytes_.size(); }
  size_t* needed() { return &needed_; }
  bool was_short_for(dam_status status) const {
    return status == DAM_TOO_BIG && needed_ > bytes_.size();
  }

 private:
  std::span<uint8_t> bytes_;
  size_t needed_ = 0;
};

// Memory that libdam hands over.
template <class Type>
class Owned {
 public:
  Owned() = default;
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() { dam_free(memory_); }
  Type** out() { return &memory_; }
  Type* get() const { return memory_; }

 private:
  Type* memory_ = nullptr;
};

// ---------------------------------------------------------------- answers

// A Number where that is exact, else a BigInt.
Napi::Value number(Napi::Env env, int64_t value);
// A string; null for NULL.
Napi::Value text(Napi::Env env, const char* text, size_t size);
Napi::Value uint32s(Napi::Env env, const uint32_t* numbers, int64_t count);
// A Uint8Array with a copy.
Napi::Value copied(Napi::Env env, const void* data, size_t size);
// [a Uint8Array of all parts, a BigInt64Array of their offsets]
Napi::Value packed(Napi::Env env, const void* data, const int64_t* offsets, int64_t count);
Napi::Value texts(Napi::Env env, const char* text, const int64_t* offsets, int64_t count);
// The first output as it is, further ones behind it in an array.
Napi::Value joined(Napi::Value result, Napi::Value next);

// ---------------------------------------------------------------- status

inline bool is_absence(dam_status status) {
  return status == DAM_NOT_FOUND || status == DAM_OUT_OF_RANGE;
}
// The DamError of a status, with the text given.
Napi::Error error_of(Napi::Env env, dam_status status, const std::string& text);
// Throws what this thread's latest call answered, unless that was DAM_OK. A report becomes a
// property of the error.
void check(Napi::Env env, dam_status status, std::string_view report = {});
// From now on errors are made by this class of JavaScript: new DamError(code, text).
void set_error_class(const Napi::CallbackInfo& info);

}  // namespace dam_node
