package dam

import (
	"fmt"
	"math"
	"reflect"
	"strconv"

	"libdam.org/dam/internal/native"
)

// Tag sets a tag of the outermost map: TagAt with the key as the only step.
func (b *Builder) Tag(key string, value any) *Builder {
	return b.do("Tag", func(handle uintptr) error {
		return setTag(handle, escaped(key), value)
	})
}

// TagAt sets the tag at a dotted path: `a.b` is the key b in the map a, `a.0` the first element of
// the list a; a dot or a backslash within a key has a backslash before it. Every integer type of Go
// is stored as an int64, float32 and float64 as a double; nil, bool, string, []byte, slices, and
// maps whose keys are strings are themselves.
func (b *Builder) TagAt(path string, value any) *Builder {
	return b.do("TagAt", func(handle uintptr) error { return setTag(handle, path, value) })
}

// Tags replaces all tags.
func (b *Builder) Tags(tags map[string]any) *Builder {
	return b.do("Tags", func(handle uintptr) error {
		err := native.Dam_builder_clear(handle, int32(native.DAM_FIELD_TAGS))
		for key, value := range tags {
			if err == nil {
				err = setTag(handle, escaped(key), value)
			}
		}
		return err
	})
}

// ClearTag removes the tag at a path; ErrNotFound when there is none.
func (b *Builder) ClearTag(path string) *Builder {
	return b.do("ClearTag", func(handle uintptr) error {
		return native.Dam_builder_clear_tag(handle, path)
	})
}

// setTag sets a tag and all below it. What holds itself ends where libdam refuses a path of so many
// steps.
func setTag(handle uintptr, path string, value any) error {
	if bytes, ok := value.([]byte); ok {
		return native.Dam_builder_set_tag_buffer(handle, path, append([]byte(nil), bytes...))
	}
	found := reflect.ValueOf(value)
	switch {
	case value == nil:
		return native.Dam_builder_set_tag(handle, path, int32(native.DAM_TAG_NULL))
	case found.Kind() == reflect.Bool:
		return native.Dam_builder_set_tag(handle, path, kindOf(found.Bool()))
	case found.CanInt():
		return native.Dam_builder_set_tag_integer(handle, path, found.Int())
	case found.CanUint():
		if found.Uint() > math.MaxInt64 {
			return refused(fmt.Sprintf("the tag %d is beyond int64", found.Uint()))
		}
		return native.Dam_builder_set_tag_integer(handle, path, int64(found.Uint()))
	case found.CanFloat():
		return native.Dam_builder_set_tag_number(handle, path, found.Float())
	case found.Kind() == reflect.String:
		return native.Dam_builder_set_tag_string(handle, path, found.String())
	case found.Kind() == reflect.Slice || found.Kind() == reflect.Array:
		return setList(handle, path, found)
	case found.Kind() == reflect.Map && found.Type().Key().Kind() == reflect.String:
		return setMap(handle, path, found)
	}
	return refused(fmt.Sprintf("no tag can be a %T", value))
}

func setList(handle uintptr, path string, list reflect.Value) error {
	err := native.Dam_builder_set_tag(handle, path, int32(native.DAM_TAG_LIST))
	for i := 0; err == nil && i < list.Len(); i++ {
		err = setTag(handle, below(path, step(i)), list.Index(i).Interface())
	}
	return err
}

func setMap(handle uintptr, path string, fields reflect.Value) error {
	err := native.Dam_builder_set_tag(handle, path, int32(native.DAM_TAG_MAP))
	for entry := fields.MapRange(); err == nil && entry.Next(); {
		place := below(path, escaped(entry.Key().String()))
		err = setTag(handle, place, entry.Value().Interface())
	}
	return err
}

func kindOf(value bool) int32 {
	if value {
		return int32(native.DAM_TAG_TRUE)
	}
	return int32(native.DAM_TAG_FALSE)
}

func step(index int) string { return strconv.Itoa(index) }
