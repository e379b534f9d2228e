#include "java_outputs.h"

#include <cstring>
#include <type_traits>

namespace dam_java {
namespace {

// An array of the bytes of each item, NULL with an exception pending when there is no memory.
jobjectArray to_list(JNIEnv* env, const char* data, const int64_t* offsets, jsize count) {
  const jclass item_type = env->FindClass("[B");
  if (item_type == nullptr) return nullptr;
  const jobjectArray list = env->NewObjectArray(count, item_type, nullptr);
  for (jsize i = 0; list != nullptr && i < count; ++i) {
    const auto size = static_cast<size_t>(offsets[i + 1] - offsets[i]);
    const jbyteArray item = to_bytes(env, data + offsets[i], size);
    if (item == nullptr) return nullptr;
    env->SetObjectArrayElement(list, i, item);
    env->DeleteLocalRef(item);
  }
  return list;
}

}  // namespace

bool has_room(JNIEnv* env, jarray target) {
  if (env->GetArrayLength(target) > 0) return true;
  throw_illegal_argument(env, "an array for what is put out has no element");
  return false;
}

void store(JNIEnv* env, jarray target, jlong value) {
  env->SetLongArrayRegion(static_cast<jlongArray>(target), 0, 1, &value);
}

void store(JNIEnv* env, jarray target, jint value) {
  env->SetIntArrayRegion(static_cast<jintArray>(target), 0, 1, &value);
}

void store(JNIEnv* env, jarray target, jdouble value) {
  env->SetDoubleArrayRegion(static_cast<jdoubleArray>(target), 0, 1, &value);
}

void store(JNIEnv* env, jarray target, jfloat value) {
  env->SetFloatArrayRegion(static_cast<jfloatArray>(target), 0, 1, &value);
}

bool Lent::take(JNIEnv* env, jobjectArray target) {
  is_wanted_ = target != nullptr;
  return !is_wanted_ || has_room(env, target);
}

void Lent::give(JNIEnv* env, jobjectArray target) {
  if (!is_wanted_) return;
  static char nothing;  // an address for no bytes, where libdam may answer none
  void* const data = data_ == nullptr ? &nothing : data_;
  const jobject buffer = env->NewDirectByteBuffer(data, static_cast<jlong>(size_));
  if (buffer != nullptr) env->SetObjectArrayElement(target, 0, buffer);
}

void LentWords::give(JNIEnv* env, jobjectArray target) {
  if (words() == nullptr) return;
  *lent_.size() = static_cast<size_t>(count_) * sizeof(uint32_t);
  lent_.give(env, target);
}

bool HandedText::take(JNIEnv* env, jobjectArray target) {
  is_wanted_ = target != nullptr;
  return !is_wanted_ || has_room(env, target);
}

void HandedText::give(JNIEnv* env, jobjectArray target) {
  if (!is_wanted_ || text_.get() == nullptr) return;
  const jbyteArray bytes = to_bytes(env, text_.get(), size_);
  if (bytes != nullptr) env->SetObjectArrayElement(target, 0, bytes);
}

bool HandedList::take(JNIEnv* env, jobjectArray target) {
  is_wanted_ = target != nullptr;
  return !is_wanted_ || has_room(env, target);
}

void HandedList::expect(int64_t** offsets, int64_t count) {
  static_assert(std::is_standard_layout_v<HandedList>);
  if (offsets != nullptr) reinterpret_cast<HandedList*>(offsets)->count_ = count;
}

void HandedList::give(JNIEnv* env, jobjectArray target) {
  if (!is_wanted_ || offsets_.get() == nullptr) return;
  const jobjectArray list = to_list(env, data_.get(), offsets_.get(), static_cast<jsize>(count_));
  if (list != nullptr) env->SetObjectArrayElement(target, 0, list);
}

}  // namespace dam_java
