// Raising Java exceptions from the calls of dam.h: once for each call, when nothing else is left to
// do.
#pragma once

#include <jni.h>

#include "dam.h"

namespace dam_java {

// Leaves the exception that org.libdam.Failures makes of the status and its text pending; nothing
// when the status is absence.
void throw_unless_absent(JNIEnv* env, dam_status status);

// For arguments that cannot even reach dam.h.
void throw_illegal_argument(JNIEnv* env, const char* text);
void throw_out_of_memory(JNIEnv* env);

// A byte[] with a copy of the text; NULL with an exception pending when there is no memory.
jbyteArray to_bytes(JNIEnv* env, const void* data, size_t size);

}  // namespace dam_java
