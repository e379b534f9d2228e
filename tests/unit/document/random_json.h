// Random documents, as JSON: every draw follows from the seed.
#pragma once

#include <cstdint>
#include <cstdio>
#include <iterator>
#include <string>

namespace dam {

class RandomJson {
 public:
  explicit RandomJson(uint64_t state) : state_(state) {}

  std::string document(int depth) {
    std::string json = "{";
    member(&json, "id", text(1));
    if (below(2)) member(&json, "text", text(0));
    if (below(2)) member(&json, "tags", map(depth));
    if (below(3) == 0) member(&json, "embedding", "[" + real() + ",1.5,-2]");
    if (below(4) == 0) member(&json, "weight", real());
    if (below(4) == 0) member(&json, "offset", std::to_string(below(UINT32_MAX)));
    if (below(4) == 0) member(&json, "scores", "{\"s\":{\"value\":" + real() + "}}");
    for (const char* field : {"chunks", "matches"}) {
      if (depth == 0 || below(3) != 0) continue;
      std::string list;
      for (uint64_t i = below(3); i-- > 0;) append(&list, document(depth - 1));
      member(&json, field, "[" + list + "]");
    }
    return json + "}";
  }

  // A merge patch for such documents: some members removed, some merged, some replaced.
  std::string patch(int depth) {
    std::string json = "{";
    if (below(3) == 0) member(&json, "text", below(3) ? text(0) : "null");
    if (below(4)) member(&json, "tags", below(9) ? patch_map(depth) : "null");
    if (below(4) == 0) member(&json, "embedding", below(3) ? "[" + real() + "]" : "null");
    if (below(4) == 0) member(&json, "weight", below(2) ? real() : "null");
    if (below(4) == 0) member(&json, "granularity", std::to_string(below(9)));
    switch (below(8)) {
      case 0:
        member(&json, "scores", R"({"s":null,"t":{"value":)" + real() + "}}");
        break;
      case 1:
        member(&json, "scores", R"({"s":{"op_name":"o","value":1}})");
        break;
      default:
        break;
    }
    if (below(5) == 0) member(&json, "chunks", "[" + document(depth - 1) + "]");
    if (below(9) == 0) member(&json, "matches", "null");
    return json + "}";
  }

 private:
  uint64_t next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ ^ state_ >> 29) >> 8;
  }
  uint64_t below(uint64_t limit) { return next() % limit; }

  static void append(std::string* list, const std::string& element) {
    if (!list->empty() && list->back() != '{') *list += ',';
    *list += element;
  }

  static void member(std::string* json, const std::string& name, const std::string& value) {
    append(json, "\"" + name + "\":" + value);
  }

  std::string text(size_t least) {
    const char* pieces[] = {"a", "ü", "\\n", "\\u0000", "€", "😀", "$bytes", " ", "\\\"", "zz"};
    std::string text;
    for (uint64_t i = least + below(5); i-- > 0;) text += pieces[below(std::size(pieces))];
    return "\"" + text + "\"";
  }

  std::string real() {
    char text[40];
    std::snprintf(text, sizeof text, "%.17ge%d", static_cast<double>(next()) / 7,
                  static_cast<int>(below(60)) - 50);
    return text;
  }

  std::string value(int depth) {
    switch (below(depth > 0 ? 8 : 6)) {
      case 0:
        return "null";
      case 1:
        return below(2) ? "true" : "false";
      case 2:
        return std::to_string(static_cast<int64_t>(next() << 8 | below(256)));
      case 3:
        return real();
      case 4:
        return text(0);
      case 5:
        return R"({"$bytes":"AP8A"})";
      case 6:
        return map(depth - 1);
      default: {
        std::string list;
        for (uint64_t i = below(4); i-- > 0;) append(&list, value(depth - 1));
        return "[" + list + "]";
      }
    }
  }

  std::string map(int depth) {
    std::string json = "{";
    for (uint64_t i = below(9); i > 0; i--)
      member(&json, std::string(below(3), 'k') + std::to_string(i), value(depth));
    return json + "}";
  }

  std::string patch_map(int depth) {
    std::string json = "{";
    for (uint64_t i = below(9); i > 0; i--) {
      const std::string key = std::string(below(3), 'k') + std::to_string(i);
      const uint64_t choice = below(4);
      if (choice == 0)
        member(&json, key, "null");
      else
        member(&json, key, choice == 1 && depth > 0 ? patch_map(depth - 1) : value(depth));
    }
    return json + "}";
  }

  uint64_t state_;
};

}  // namespace dam
