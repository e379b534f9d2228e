// What a call of dam.h puts out, on its way into arrays that Java passed for it.
//
// take() answers false with an exception pending when the array has no room; give() stores what
// came. A null array becomes NULL: dam.h knows which outputs are optional.
#pragma once

#include <jni.h>

#include <cstdint>

#include "java_arguments.h"

namespace dam_java {

// False, with an exception pending, when the array is too short for one element.
bool has_room(JNIEnv* env, jarray target);

// Stores an output as element 0.
void store(JNIEnv* env, jarray target, jlong value);
void store(JNIEnv* env, jarray target, jint value);
void store(JNIEnv* env, jarray target, jdouble value);
void store(JNIEnv* env, jarray target, jfloat value);

inline jlong to_java(int64_t value) { return value; }
inline jlong to_java(size_t value) { return static_cast<jlong>(value); }
inline jint to_java(int32_t value) { return value; }
inline jdouble to_java(double value) { return value; }
inline jfloat to_java(float value) { return value; }
template <typename T>
jlong to_java(T* handle) {
  return static_cast<jlong>(reinterpret_cast<intptr_t>(handle));
}

// One number or handle.
template <typename T>
class Output {
 public:
  bool take(JNIEnv* env, jarray target) {
    target_ = target == nullptr ? nullptr : &value_;
    return target == nullptr || has_room(env, target);
  }
  T* target() { return target_; }
  void give(JNIEnv* env, jarray target) {
    if (target != nullptr) store(env, target, to_java(value_));
  }

 private:
  T value_{};
  T* target_ = nullptr;
};

// Bytes that stay libdam's: a direct ByteBuffer over them as element 0.
class Lent {
 public:
  bool take(JNIEnv* env, jobjectArray target);
  template <typename T>
  T* data() {
    return is_wanted_ ? reinterpret_cast<T*>(&data_) : nullptr;
  }
  size_t* size() { return is_wanted_ ? &size_ : nullptr; }
  void give(JNIEnv* env, jobjectArray target);

 private:
  bool is_wanted_ = false;
  void* data_ = nullptr;
  size_t size_ = 0;
};

// Numbers of four bytes that stay libdam's, as Lent has them.
class LentWords {
 public:
  bool take(JNIEnv* env, jobjectArray target) { return lent_.take(env, target); }
  uint32_t** words() { return lent_.data<uint32_t*>(); }
  int64_t* count() { return words() == nullptr ? nullptr : &count_; }
  void give(JNIEnv* env, jobjectArray target);

 private:
  Lent lent_;
  int64_t count_ = 0;
};

// Memory that the call handed over, freed with the object.
template <typename T>
class Handed {
 public:
  Handed() = default;
  Handed(const Handed&) = delete;
  Handed& operator=(const Handed&) = delete;
  ~Handed() { dam_free(memory_); }
  T* get() const { return memory_; }
  T** address() { return &memory_; }

 private:
  T* memory_ = nullptr;
};

// A text that the call handed over: a byte[] as element 0.
class HandedText {
 public:
  bool take(JNIEnv* env, jobjectArray target);
  char** text() { return is_wanted_ ? text_.address() : nullptr; }
  size_t* size() { return is_wanted_ ? &size_ : nullptr; }
  void give(JNIEnv* env, jobjectArray target);

 private:
  bool is_wanted_ = false;
  Handed<char> text_;
  size_t size_ = 0;
};

// A packed list that the call handed over: a byte[][] as element 0.
class HandedList {
 public:
  bool take(JNIEnv* env, jobjectArray target);
  template <typename T>
  T* data() {
    return is_wanted_ ? reinterpret_cast<T*>(data_.address()) : nullptr;
  }
  int64_t** offsets() { return is_wanted_ ? offsets_.address() : nullptr; }
  int64_t* count() { return is_wanted_ ? &count_ : nullptr; }
  void give(JNIEnv* env, jobjectArray target);
  // How many items will come to what offsets() answered, where the call puts out no count.
  static void expect(int64_t** offsets, int64_t count);

 private:
  Handed<int64_t> offsets_;  // Invariant: the first member, `expect` finds the object by it.
  Handed<char> data_;
  bool is_wanted_ = false;
  int64_t count_ = 0;
};

}  // namespace dam_java
