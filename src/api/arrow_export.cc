#include "api/arrow_export.h"

#include <cstring>
#include <string>

namespace dam {
namespace {

// The interface asks that what an array or schema holds is released with it; what somebody moved
// out is marked as released by who did.
template <typename Exported>
struct Children {
  std::vector<Exported> all;
  std::vector<Exported*> pointers;

  explicit Children(size_t count) : all(count), pointers(count) {
    for (size_t i = 0; i < count; ++i) pointers[i] = &all[i];
  }
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;
  ~Children() {
    for (Exported& child : all) {
      if (child.release != nullptr) child.release(&child);
    }
  }
};

// What an exported array or schema owns.
struct ArrayParts {
  ArrayParts(std::shared_ptr<const ColumnSet> columns, size_t count)
      : set(std::move(columns)), children(count) {}

  std::shared_ptr<const ColumnSet> set;
  Children<ArrowArray> children;
  const void* buffers[3] = {};
};

struct SchemaParts {
  explicit SchemaParts(size_t count) : children(count) {}

  Children<ArrowSchema> children;
  std::string name;
  std::string format;
  std::string metadata;
};

template <typename Exported, typename Parts>
void release(Exported* exported) {
  delete static_cast<Parts*>(exported->private_data);
  exported->release = nullptr;
}

template <typename Exported, typename Parts>
void hold(std::unique_ptr<Parts> parts, Exported* out) {
  out->n_children = static_cast<int64_t>(parts->children.all.size());
  out->children = parts->children.pointers.data();
  out->release = release<Exported, Parts>;
  out->private_data = parts.release();
}

// A list of fixed size has its numbers in a child of their own.
bool is_list(const Column& column) {
  return column.kind == ColumnKind::kFloats || column.kind == ColumnKind::kDoubles;
}

std::string format_of(const Column& column) {
  switch (column.kind) {
    case ColumnKind::kEmpty:
      return "n";
    case ColumnKind::kInteger:
      return "l";
    case ColumnKind::kReal:
      return "g";
    case ColumnKind::kBoolean:
      return "b";
    case ColumnKind::kText:
    case ColumnKind::kJson:
      return "U";
    case ColumnKind::kBytes:
      return "Z";
    case ColumnKind::kFloats:
    case ColumnKind::kDoubles:
      return "+w:" + std::to_string(column.width);
  }
  return "n";
}

// The canonical extension type of JSON, in the layout of the interface: how many pairs, and of each
// the sizes and the bytes of key and value.
std::string json_metadata() {
  std::string metadata;
  const auto number = [&](int32_t value) {
    metadata.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  const auto text = [&](std::string_view value) {
    number(static_cast<int32_t>(value.size()));
    metadata += value;
  };
  number(2);
  text("ARROW:extension:name");
  text("arrow.json");
  text("ARROW:extension:metadata");
  text("");
  return metadata;
}

void make_schema(std::string_view name, std::string format, std::unique_ptr<SchemaParts> parts,
                 ArrowSchema* out) {
  *out = {};
  parts->name = name;
  parts->format = std::move(format);
  out->name = parts->name.c_str();
  out->format = parts->format.c_str();
  out->metadata = parts->metadata.empty() ? nullptr : parts->metadata.data();
  out->flags = ARROW_FLAG_NULLABLE;
  hold(std::move(parts), out);
}

void make_column_schema(const Column& column, ArrowSchema* out) {
  auto parts = std::make_unique<SchemaParts>(is_list(column) ? 1u : 0u);
  if (column.kind == ColumnKind::kJson) parts->metadata = json_metadata();
  if (is_list(column))
    make_schema("item", column.kind == ColumnKind::kFloats ? "f" : "g",
                std::make_unique<SchemaParts>(0u), &parts->children.all[0]);
  make_schema(column.name, format_of(column), std::move(parts), out);
}

void make_array(int64_t length, int64_t buffers, std::unique_ptr<ArrayParts> parts,
                ArrowArray* out) {
  *out = {};
  out->length = length;
  out->n_buffers = buffers;
  out->buffers = parts->buffers;
  hold(std::move(parts), out);
}

void make_column_array(const std::shared_ptr<const ColumnSet>& set, const Column& column,
                       ArrowArray* out) {
  auto parts = std::make_unique<ArrayParts>(set, is_list(column) ? 1u : 0u);
  int64_t buffers = 2;
  parts->buffers[0] = column.null_count == 0 ? nullptr : column.validity.data();
  if (column.kind == ColumnKind::kEmpty) {
    parts->buffers[0] = nullptr;
    buffers = 0;
  } else if (is_list(column)) {
    buffers = 1;
    auto numbers = std::make_unique<ArrayParts>(set, 0u);
    numbers->buffers[1] = column.data.data();
    make_array(set->rows * column.width, 2, std::move(numbers), &parts->children.all[0]);
  } else if (column.has_offsets()) {
    buffers = 3;
    parts->buffers[1] = column.offsets.data();
    parts->buffers[2] = column.data.data();
  } else {
    parts->buffers[1] = column.data.data();
  }
  make_array(set->rows, buffers, std::move(parts), out);
  out->null_count = column.null_count;
}

}  // namespace

void export_columns(const std::shared_ptr<const ColumnSet>& set, ArrowArray* out_array,
                    ArrowSchema* out_schema) {
  const size_t count = set->columns.size();
  auto array = std::make_unique<ArrayParts>(set, count);
  auto schema = std::make_unique<SchemaParts>(count);
  for (size_t i = 0; i < count; ++i) {
    make_column_array(set, set->columns[i], &array->children.all[i]);
    make_column_schema(set->columns[i], &schema->children.all[i]);
  }
  // Why this order: the second cannot fail.
  make_schema("", "+s", std::move(schema), out_schema);
  make_array(set->rows, 1, std::move(array), out_array);
  out_schema->flags = 0;
}

}  // namespace dam
