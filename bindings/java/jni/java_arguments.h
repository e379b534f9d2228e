// What Java passes into a call of dam.h, held in C memory for the time of that call.
//
// take() copies or borrows and answers false with an exception pending; the destructor gives back.
// A null becomes NULL, which dam.h refuses by the name of the parameter. Why copies: a call may
// wait for the disk or another writer, and pinning an array would hold the garbage collector
// meanwhile.
#pragma once

#include <jni.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "java_failure.h"

namespace dam_java {

struct FreeMemory {
  void operator()(void* memory) const { std::free(memory); }
};
template <typename T>
using Memory = std::unique_ptr<T[], FreeMemory>;

// Room for `count` items and one more, zeroed; none, with an exception pending, when there is no
// memory.
template <typename T>
Memory<T> allocate(JNIEnv* env, size_t count) {
  Memory<T> memory(static_cast<T*>(std::calloc(count + 1, sizeof(T))));
  if (!memory) throw_out_of_memory(env);
  return memory;
}

// A byte[]: on the stack when it is small, with a NUL behind.
class Bytes {
 public:
  bool take(JNIEnv* env, jbyteArray source);
  // Refuses a text with a NUL inside, which C would cut there.
  bool take_text(JNIEnv* env, jbyteArray source);
  char* text() { return text_; }
  size_t size() const { return size_; }

 private:
  static constexpr size_t kSmallBytes = 2048;

  char* text_ = nullptr;
  size_t size_ = 0;
  Memory<char> large_;
  alignas(16) char small_[kSmallBytes];
};

// A byte[][] in one block, as dam_extend wants documents and dam_read_many wants ids.
class PackedBytes {
 public:
  // Each item begins at a multiple of `alignment`.
  bool take(JNIEnv* env, jobjectArray source, size_t alignment);
  char* data() { return data_.get(); }
  int64_t* offsets() { return offsets_.get(); }
  int64_t count() const { return count_; }

 private:
  bool measure(JNIEnv* env, jobjectArray source, size_t alignment);
  bool copy(JNIEnv* env, jobjectArray source);

  Memory<char> data_;
  Memory<int64_t> offsets_;
  Memory<jsize> lengths_;
  int64_t count_ = 0;
};

// How JNI calls the arrays whose elements C calls Number.
template <typename Number>
struct JavaArray;
template <>
struct JavaArray<int64_t> {
  using Type = jlongArray;
  using Element = jlong;
  static constexpr auto kRead = &JNIEnv::GetLongArrayRegion;
  static constexpr auto kWrite = &JNIEnv::SetLongArrayRegion;
};
template <>
struct JavaArray<uint32_t> {
  using Type = jintArray;
  using Element = jint;
  static constexpr auto kRead = &JNIEnv::GetIntArrayRegion;
  static constexpr auto kWrite = &JNIEnv::SetIntArrayRegion;
};
template <>
struct JavaArray<int8_t> {
  using Type = jbyteArray;
  using Element = jbyte;
  static constexpr auto kRead = &JNIEnv::GetByteArrayRegion;
  static constexpr auto kWrite = &JNIEnv::SetByteArrayRegion;
};
template <>
struct JavaArray<float> {
  using Type = jfloatArray;
  using Element = jfloat;
  static constexpr auto kRead = &JNIEnv::GetFloatArrayRegion;
  static constexpr auto kWrite = &JNIEnv::SetFloatArrayRegion;
};
template <>
struct JavaArray<double> {
  using Type = jdoubleArray;
  using Element = jdouble;
  static constexpr auto kRead = &JNIEnv::GetDoubleArrayRegion;
  static constexpr auto kWrite = &JNIEnv::SetDoubleArrayRegion;
};

// The numbers of an array: those in it, or room for those that a call puts out.
template <typename Number>
class Numbers {
 public:
  using Array = typename JavaArray<Number>::Type;

  bool take(JNIEnv* env, Array source) {
    if (!take_room(env, source)) return false;
    if (source != nullptr)
      (env->*JavaArray<Number>::kRead)(source, 0, static_cast<jsize>(count_), elements());
    return true;
  }
  bool take_room(JNIEnv* env, Array target) {
    if (target == nullptr) return true;
    count_ = env->GetArrayLength(target);
    memory_ = allocate<char>(env, kHeadBytes + static_cast<size_t>(count_) * sizeof(Number));
    if (!memory_) return false;
    *reinterpret_cast<int64_t*>(memory_.get()) = count_;
    data_ = reinterpret_cast<Number*>(memory_.get() + kHeadBytes);
    return true;
  }
  void give(JNIEnv* env, Array target) {
    if (target != nullptr)
      (env->*JavaArray<Number>::kWrite)(target, 0, static_cast<jsize>(count_), elements());
  }
  Number* data() { return data_; }
  int64_t count() const { return count_; }
  // Whether what data() answered has room for `count`; an exception is pending otherwise.
  static bool fit(JNIEnv* env, const void* data, int64_t count) {
    if (data == nullptr || count <= count_at(data)) return true;
    throw_illegal_argument(env, "an array for what is put out is too short");
    return false;
  }

 private:
  static constexpr size_t kHeadBytes = 16;  // in front of the data, with the count

  static int64_t count_at(const void* data) {
    return *reinterpret_cast<const int64_t*>(static_cast<const char*>(data) - kHeadBytes);
  }
  typename JavaArray<Number>::Element* elements() {
    return reinterpret_cast<typename JavaArray<Number>::Element*>(data_);
  }

  Memory<char> memory_;
  Number* data_ = nullptr;
  int64_t count_ = 0;
};

// The memory of a direct ByteBuffer, from its first byte to its capacity.
class DirectBuffer {
 public:
  bool take(JNIEnv* env, jobject source);
  char* text() { return text_; }
  size_t size() const { return size_; }

 private:
  char* text_ = nullptr;
  size_t size_ = 0;
};

}  // namespace dam_java
