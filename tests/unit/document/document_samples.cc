// A sample that cannot be read ends the test program: nothing else can be told from it.
#include "document_samples.h"

#include <cstdio>
#include <cstdlib>

#include "document/document_json.h"

namespace dam {

const char kFullJson[] =
    R"j({"adjacency":2,"buffer":"AAEC/w==","chunks":[{"adjacency":2,"blob":{"data":"AQID",)j"
    R"j("dtype":"i8","scale":0.5,"shape":[3],"zero_point":-7},"granularity":4,"id":"c\u0000/1",)j"
    R"j("parent_id":"root"},{"adjacency":9,"chunks":[],"granularity":0,"id":"c2",)j"
    R"j("parent_id":"other","text":""}],"embedding":{"data":"AACAPwAAAMA=","dtype":"f32",)j"
    R"j("shape":[1,2]},"evaluations":{"recall":{"value":1.0}},"granularity":3,"id":"root",)j"
    R"j("level_name":"page","location":[0.1,-2.0,"NaN"],"matches":[{"adjacency":3,"embedding":)j"
    R"j({"data":"AQAAAAAAAAD/////////fw==","dtype":"i64","format":"csr","indices":[0,5,2,1],)j"
    R"j("shape":[3,6]},"granularity":3,"id":"m","scores":{"cosine":{"description":"d",)j"
    R"j("op_name":"cos","operands":[{"value":"-Infinity"},{"ref_id":"r","value":2.5}],)j"
    R"j("ref_id":"q","value":0.1},"é":{"value":-0.0}}}],"meta_info":"","mime_type":"a/b",)j"
    R"j("modality":"text","offset":4294967295,"parent_id":"up","scores":{},"siblings":0,"tags":)j"
    R"j({"":null,"$$$double":1,"$$bytes":"text","bytes":{"$bytes":"AP8="},"deep":[[],{},)j"
    R"j([{"a":[1,2.0]}]],"false":false,"int":-9223372036854775808,"ints":[1,9223372036854775807],)j"
    R"j("nan":{"$double":"NaN"},"quote\"\\\n":"\u0001 ü€😀","real":1e-07,"reals":[0.5,1e+300],)j"
    R"j("texts":["a","b"],"true":true,"ü":[{"$bytes":""},{"$bytes":"AA=="}]},"uri":"file:///x",)j"
    R"j("weight":0.1})j";

OwnedDocument::OwnedDocument(Bytes bytes) : words_(bytes.size() / 8 + 1), size_(bytes.size()) {
  std::memcpy(words_.data(), bytes.data(), bytes.size());
}

OwnedDocument document_of(std::string_view json) {
  JsonReader reader;
  auto document = reader.read(json);
  if (!document.ok()) {
    std::fprintf(stderr, "sample cannot be read: %s\n", document.status().message());
    std::abort();
  }
  return OwnedDocument(document.value());
}

std::string json_of(Bytes document) {
  JsonWriter writer;
  return std::string(writer.write(document));
}

Status failure_of(std::string_view json) {
  JsonReader reader;
  auto document = reader.read(json);
  if (!document.ok()) return document.status();
  return Status::error(Code::kInternal, "nothing wrong");
}

}  // namespace dam
