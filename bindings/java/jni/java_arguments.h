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

// A long[]: numbers in, or room for numbers out.
class Numbers {
 public:
  bool take(JNIEnv* env, jlongArray source);
  void give(JNIEnv* env, jlongArray target);
  int64_t* data() { return data_.get(); }
  int64_t count() const { return count_; }

 private:
  Memory<int64_t> data_;
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
