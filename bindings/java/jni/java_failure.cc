#include "java_failure.h"

#include <climits>
#include <cstring>

namespace dam_java {
namespace {

void throw_by_name(JNIEnv* env, const char* type, const char* text) {
  const jclass found = env->FindClass(type);
  if (found != nullptr) env->ThrowNew(found, text);
}

}  // namespace

void throw_unless_absent(JNIEnv* env, dam_status status) {
  const char* const text = dam_last_error();
  if (status == DAM_NOT_FOUND && *text == '\0') return;
  const jclass failures = env->FindClass("org/libdam/Failures");
  if (failures == nullptr) return;
  const jmethodID make =
      env->GetStaticMethodID(failures, "of", "(I[B)Ljava/lang/RuntimeException;");
  if (make == nullptr) return;
  const jbyteArray bytes = to_bytes(env, text, std::strlen(text));
  if (bytes == nullptr) return;
  const jobject failure = env->CallStaticObjectMethod(failures, make, jint{status}, bytes);
  if (!env->ExceptionCheck()) env->Throw(static_cast<jthrowable>(failure));
}

void throw_illegal_argument(JNIEnv* env, const char* text) {
  throw_by_name(env, "java/lang/IllegalArgumentException", text);
}

void throw_out_of_memory(JNIEnv* env) {
  throw_by_name(env, "java/lang/OutOfMemoryError", "no memory for the arguments of a call");
}

jbyteArray to_bytes(JNIEnv* env, const void* data, size_t size) {
  if (size > INT_MAX) {
    throw_illegal_argument(env, "more bytes than an array of Java can hold");
    return nullptr;
  }
  const jsize length = static_cast<jsize>(size);
  const jbyteArray bytes = env->NewByteArray(length);
  if (bytes != nullptr && length > 0)
    env->SetByteArrayRegion(bytes, 0, length, static_cast<const jbyte*>(data));
  return bytes;
}

}  // namespace dam_java
