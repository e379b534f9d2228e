#include "java_arguments.h"

#include <cstring>

namespace dam_java {
namespace {

// The item of a byte[][]; none, with an exception pending, where that is null.
jbyteArray item_of(JNIEnv* env, jobjectArray source, jsize index) {
  const jobject item = env->GetObjectArrayElement(source, index);
  if (item == nullptr && !env->ExceptionCheck())
    throw_illegal_argument(env, "an item of the list is null");
  return static_cast<jbyteArray>(item);
}

size_t round_up(size_t size, size_t alignment) {
  return (size + alignment - 1) / alignment * alignment;
}

}  // namespace

bool Bytes::take(JNIEnv* env, jbyteArray source) {
  if (source == nullptr) return true;
  const jsize length = env->GetArrayLength(source);
  size_ = static_cast<size_t>(length);
  text_ = small_;
  if (size_ >= kSmallBytes) {
    large_ = allocate<char>(env, size_);
    if (!large_) return false;
    text_ = large_.get();
  }
  env->GetByteArrayRegion(source, 0, length, reinterpret_cast<jbyte*>(text_));
  text_[size_] = '\0';
  return true;
}

bool Bytes::take_text(JNIEnv* env, jbyteArray source) {
  if (!take(env, source)) return false;
  if (text_ == nullptr || std::strlen(text_) == size_) return true;
  throw_illegal_argument(env, "a path has a NUL inside");
  return false;
}

bool PackedBytes::measure(JNIEnv* env, jobjectArray source, size_t alignment) {
  size_t end = 0;
  for (jsize i = 0; i < count_; ++i) {
    const jbyteArray item = item_of(env, source, i);
    if (item == nullptr) return false;
    lengths_[static_cast<size_t>(i)] = env->GetArrayLength(item);
    env->DeleteLocalRef(item);
    end += round_up(static_cast<size_t>(lengths_[static_cast<size_t>(i)]), alignment);
    offsets_[static_cast<size_t>(i) + 1] = static_cast<int64_t>(end);
  }
  return true;
}

// Another thread may put other items into the list meanwhile: one of another length is refused.
bool PackedBytes::copy(JNIEnv* env, jobjectArray source) {
  for (jsize i = 0; i < count_; ++i) {
    const jbyteArray item = item_of(env, source, i);
    if (item == nullptr) return false;
    const jsize length = lengths_[static_cast<size_t>(i)];
    if (env->GetArrayLength(item) != length) {
      throw_illegal_argument(env, "the list changed while it was read");
      return false;
    }
    env->GetByteArrayRegion(
        item, 0, length, reinterpret_cast<jbyte*>(data_.get() + offsets_[static_cast<size_t>(i)]));
    env->DeleteLocalRef(item);
  }
  return true;
}

bool PackedBytes::take(JNIEnv* env, jobjectArray source, size_t alignment) {
  if (source == nullptr) {
    throw_illegal_argument(env, "the list is null");
    return false;
  }
  const auto count = static_cast<size_t>(env->GetArrayLength(source));
  count_ = static_cast<int64_t>(count);
  offsets_ = allocate<int64_t>(env, count);
  if (!offsets_) return false;
  lengths_ = allocate<jsize>(env, count);
  if (!lengths_ || !measure(env, source, alignment)) return false;
  data_ = allocate<char>(env, static_cast<size_t>(offsets_[count]));
  return data_ && copy(env, source);
}

bool DirectBuffer::take(JNIEnv* env, jobject source) {
  if (source == nullptr) return true;
  text_ = static_cast<char*>(env->GetDirectBufferAddress(source));
  if (text_ == nullptr) {
    throw_illegal_argument(env, "the buffer is not a direct one");
    return false;
  }
  size_ = static_cast<size_t>(env->GetDirectBufferCapacity(source));
  return true;
}

}  // namespace dam_java
