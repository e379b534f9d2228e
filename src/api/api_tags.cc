// Tags of a document: by path, and by a walk through all of them.
#include <vector>

#include "api/arguments.h"
#include "api/document_handle.h"
#include "api/open_handles.h"
#include "document/document_lookup.h"

using dam::Status;
using dam::TagValue;

namespace dam {
namespace {

using schema::TagKind;

static_assert(DAM_TAG_NULL == static_cast<int>(TagKind::Null) &&
              DAM_TAG_FALSE == static_cast<int>(TagKind::False) &&
              DAM_TAG_TRUE == static_cast<int>(TagKind::True) &&
              DAM_TAG_INTEGER == static_cast<int>(TagKind::Int) &&
              DAM_TAG_NUMBER == static_cast<int>(TagKind::Real) &&
              DAM_TAG_STRING == static_cast<int>(TagKind::Text) &&
              DAM_TAG_BYTES == static_cast<int>(TagKind::Bytes) &&
              DAM_TAG_LIST == static_cast<int>(TagKind::List) &&
              DAM_TAG_MAP == static_cast<int>(TagKind::Map));

struct TagOutputs {
  int32_t* out_kind;
  int64_t* out_integer;
  double* out_number;
  const void** out_data;
  size_t* out_size;
};

int64_t integer_of(const TagValue& value) {
  if (value.nested != nullptr) return tag_count(value.nested);
  return value.kind == TagKind::True ? 1 : value.integer;
}

void put_out(const TagValue& value, const TagOutputs& to) {
  const Bytes bytes = value.kind == TagKind::Text ? as_bytes(value.text) : value.bytes;
  if (to.out_kind != nullptr) *to.out_kind = static_cast<int32_t>(value.kind);
  if (to.out_integer != nullptr) *to.out_integer = integer_of(value);
  if (to.out_number != nullptr)
    *to.out_number = value.kind == TagKind::Int ? static_cast<double>(value.integer) : value.real;
  if (to.out_data != nullptr) *to.out_data = bytes.data();
  if (to.out_size != nullptr) *to.out_size = bytes.size();
}

Result<TagValue> find_value(const dam_document* document, std::string_view path) {
  DAM_ASSIGN(const PathParts parts, split_path(path));
  const std::optional<TagValue> found = find_tag_at(document->root()->tags(), parts);
  if (!found) return Status::absent();
  return *found;
}

// Every value below one, each container before its elements.
class TagsWalk {
 public:
  static constexpr HandleKind kKind = HandleKind::kTags;

  // `pin` keeps the memory of `top`. The walk gives the elements of `top`, or `top` itself if it
  // has none.
  TagsWalk(OwnedDocument pin, const TagValue& top) : pin_(std::move(pin)), value_(top) {
    before_top_ = top.nested == nullptr;
    if (!before_top_) stack_.emplace_back(top.nested);
  }

  // NOT_FOUND without a text behind the last value.
  Status step() {
    if (before_top_) {
      before_top_ = false;
      has_value_ = true;
      return {};
    }
    if (has_value_ && value_.nested != nullptr) stack_.emplace_back(value_.nested);
    while (!stack_.empty() && stack_.back().done()) stack_.pop_back();
    has_value_ = !stack_.empty();
    if (!has_value_) return Status::absent();
    TagWalk& walk = stack_.back();
    key_ = walk.has_keys() ? walk.key() : std::string_view();
    value_ = walk.next();
    return {};
  }

  bool has_value() const { return has_value_; }
  const TagValue& value() const { return value_; }
  std::string_view key() const { return key_; }
  int32_t depth() const { return stack_.empty() ? 0 : static_cast<int32_t>(stack_.size()) - 1; }

 private:
  OwnedDocument pin_;
  std::vector<TagWalk> stack_;  // the containers around the value, outermost first
  TagValue value_;
  std::string_view key_;
  bool before_top_;
  bool has_value_ = false;
};

}  // namespace
}  // namespace dam

using dam::TagsWalk;

dam_status dam_document_tag(const dam_document* document, const char* path, size_t path_size,
                            int32_t* out_kind, int64_t* out_integer, double* out_number,
                            const void** out_data, size_t* out_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    std::string_view wanted;
    DAM_TRY(dam::take_text(path, path_size, "path", wanted));
    DAM_ASSIGN(const TagValue value, dam::find_value(document, wanted));
    dam::put_out(value, {out_kind, out_integer, out_number, out_data, out_size});
    return {};
  });
}

dam_status dam_tags_open(const dam_document* document, const char* path, size_t path_size,
                         dam_tags** out_tags) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_tags, "out_tags"));
    std::string_view wanted;
    DAM_TRY(dam::take_text(path, path_size, "path", wanted));
    DAM_ASSIGN(const TagValue top, dam::find_value(document, wanted));
    dam::OwnedDocument pin = dam::child_document(document, document->root());
    return dam::hand_out(std::make_unique<TagsWalk>(std::move(pin), top), out_tags);
  });
}

dam_status dam_tags_next(dam_tags* tags, int32_t* out_kind, int64_t* out_integer,
                         double* out_number, const void** out_data, size_t* out_size) {
  return dam::with<TagsWalk>(tags, [&](TagsWalk& walk) -> Status {
    DAM_TRY(walk.step());
    dam::put_out(walk.value(), {out_kind, out_integer, out_number, out_data, out_size});
    return {};
  });
}

dam_status dam_tags_key(dam_tags* tags, int32_t* out_depth, const char** out_key,
                        size_t* out_key_size) {
  return dam::with<TagsWalk>(tags, [&](TagsWalk& walk) -> Status {
    DAM_TRY(dam::require(out_depth, "out_depth"));
    DAM_TRY(dam::require(out_key, "out_key"));
    DAM_TRY(dam::require(out_key_size, "out_key_size"));
    if (!walk.has_value()) return Status::absent();
    *out_depth = walk.depth();
    *out_key = walk.key().data();
    *out_key_size = walk.key().size();
    return {};
  });
}

dam_status dam_tags_close(dam_tags* tags) { return dam::close_handle<TagsWalk>(tags); }
