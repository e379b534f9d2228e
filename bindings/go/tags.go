package dam

import (
	"unsafe"

	"libdam.org/dam/internal/native"
)

// Tags are all tags: nil, bool, int64, float64, string, []byte, []any and map[string]any, nested.
func (d *Document) Tags() (map[string]any, error) {
	all := map[string]any{}
	err := d.ask("Tags", func(handle uintptr) error {
		var count int64
		err := native.Dam_document_count(handle, int32(native.DAM_FIELD_TAGS), &count)
		if isCode(err, native.DAM_NOT_FOUND) {
			return nil
		}
		if err != nil {
			return err
		}
		var walk uintptr
		if err := native.Dam_tags_open(handle, "", &walk); err != nil {
			return err
		}
		defer native.Dam_tags_close(walk)
		return readElements(walk, count, func(key string, value any) { all[key] = value })
	})
	return all, err
}

// tag is one step of a walk through tags; of a list or a map, count is the number of elements.
type tag struct {
	kind  int
	count int64
	key   string
	value any
}

func nextTag(walk uintptr) (tag, error) {
	var step tag
	var number float64
	var memory unsafe.Pointer
	var size int64
	var kind, depth int32
	var integer int64
	err := native.Dam_tags_next(walk, &kind, &integer, &number, &memory, &size)
	if err != nil {
		return step, err
	}
	step.kind, step.count = int(kind), integer
	switch step.kind {
	case native.DAM_TAG_FALSE, native.DAM_TAG_TRUE:
		step.value = step.kind == native.DAM_TAG_TRUE
	case native.DAM_TAG_INTEGER:
		step.value = integer
	case native.DAM_TAG_NUMBER:
		step.value = number
	case native.DAM_TAG_STRING:
		step.value = string(native.LentBytes(memory, size))
	case native.DAM_TAG_BYTES:
		step.value = native.CopyBytes(memory, size)
	}
	var key unsafe.Pointer
	err = native.Dam_tags_key(walk, &depth, &key, &size)
	step.key = string(native.LentBytes(key, size))
	return step, err
}

// readElements reads as many elements of a list or map as there are, all below them too.
// Why by count, not by depth: each list and map comes right before its elements.
func readElements(walk uintptr, count int64, add func(key string, value any)) error {
	for range count {
		step, err := nextTag(walk)
		if err != nil {
			return err
		}
		switch step.kind {
		case native.DAM_TAG_LIST:
			list := make([]any, 0, step.count)
			err = readElements(walk, step.count, func(_ string, value any) {
				list = append(list, value)
			})
			step.value = list
		case native.DAM_TAG_MAP:
			fields := make(map[string]any, step.count)
			err = readElements(walk, step.count, func(key string, value any) {
				fields[key] = value
			})
			step.value = fields
		}
		if err != nil {
			return err
		}
		add(step.key, step.value)
	}
	return nil
}
