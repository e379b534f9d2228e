// The calls that may take long, as promises: each runs in a thread of Node's pool.
//
// They take what the calls of the same names in dam.h take, as dam_node.i says. The arguments are
// looked at before the promise is made, so that wrong types are thrown, not rejected. Memory that
// is passed must not be changed before the promise is settled.
#pragma once

#include <napi.h>

namespace dam_node {

// Adds extend, prune (with positions as a last argument: prune_ordered), read_many and verify under
// the names dam_extend_async, ..., and what lib/native.js needs.
void add_to(Napi::Env env, Napi::Object exports);

}  // namespace dam_node
