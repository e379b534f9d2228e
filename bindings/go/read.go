package dam

import (
	"errors"
	"sync"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// scratch is where documents are read to before their size is known.
var scratch = sync.Pool{New: func() any { return &[4096]byte{} }}

// readInto runs a call that copies into a buffer, again with room enough where it had too little,
// and answers what was copied in memory of its own.
func readInto(read func(buffer []byte, size *int64) error) ([]byte, error) {
	room := scratch.Get().(*[4096]byte)
	defer scratch.Put(room)
	buffer, size := room[:], new(int64)
	for {
		err := read(buffer, size)
		var status *native.Status
		isTooBig := errors.As(err, &status) && status.Code == native.DAM_TOO_BIG
		if isTooBig && *size > int64(len(buffer)) {
			buffer = make([]byte, *size)
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(buffer) > len(room) {
			return buffer[:*size:*size], nil
		}
		return append(make([]byte, 0, *size), buffer[:*size]...), nil
	}
}

// Len is the number of documents.
func (a *Array) Len() (int64, error) {
	var count int64
	err := a.call("Len", func(handle uintptr) error {
		return native.Dam_count(handle, &count)
	})
	return count, err
}

// Contains tells whether a document of that id is there.
func (a *Array) Contains(id string) (bool, error) {
	var found int32
	err := a.call("Contains", func(handle uintptr) error {
		return native.Dam_contains(handle, id, &found)
	})
	return found != 0, err
}

// Get reads the document of an id; ErrNotFound when there is none.
func (a *Array) Get(id string) (*Document, error) {
	return a.read("Get", func(handle uintptr, buffer []byte, size *int64) error {
		return native.Dam_read(handle, id, buffer, size)
	})
}

// At reads the document at a position; ErrOutOfRange when there is none. -1 is the last.
func (a *Array) At(position int64) (*Document, error) {
	return a.read("At", func(handle uintptr, buffer []byte, size *int64) error {
		return native.Dam_read_at(handle, position, buffer, size)
	})
}

func (a *Array) read(
	op string, run func(handle uintptr, buffer []byte, size *int64) error,
) (*Document, error) {
	var document *Document
	err := a.call(op, func(handle uintptr) error {
		data, err := readInto(func(buffer []byte, size *int64) error {
			return run(handle, buffer, size)
		})
		document = &Document{bytes: data}
		return err
	})
	if err != nil {
		return nil, err
	}
	return document, nil
}

// GetMany reads the documents of many ids in one call, in the order asked; nil for an absent one.
func (a *Array) GetMany(ids []string) ([]*Document, error) {
	texts, offsets := packTexts(ids)
	var data, ends unsafe.Pointer
	err := a.call("GetMany", func(handle uintptr) error {
		return native.Dam_read_many(handle, texts, offsets, &data, &ends)
	})
	if err != nil {
		return nil, err
	}
	defer native.Dam_free(data)
	defer native.Dam_free(ends)
	bounds := native.CopyOffsets(ends, int64(len(ids))+1)
	documents := make([]*Document, len(ids))
	packed := native.LentBytes(data, bounds[len(ids)])
	for i := range documents {
		if bounds[i+1] > bounds[i] {
			documents[i] = &Document{bytes: append([]byte(nil), packed[bounds[i]:bounds[i+1]]...)}
		}
	}
	return documents, nil
}

func packTexts(texts []string) (packed []byte, offsets []int64) {
	offsets = make([]int64, len(texts)+1)
	for i, text := range texts {
		packed = append(packed, text...)
		offsets[i+1] = int64(len(packed))
	}
	return packed, offsets
}

// Position is where the document of an id stands; ErrNotFound when there is none.
func (a *Array) Position(id string) (int64, error) {
	var position int64
	err := a.call("Position", func(handle uintptr) error {
		return native.Dam_position(handle, id, &position)
	})
	return position, err
}

// IDAt is the id at a position.
func (a *Array) IDAt(position int64) (string, error) {
	var id []byte
	err := a.call("IDAt", func(handle uintptr) (err error) {
		id, err = readInto(func(buffer []byte, size *int64) error {
			return native.Dam_id_at(handle, position, buffer, size)
		})
		return err
	})
	return string(id), err
}

// IDs are the ids of up to count positions from first on, fewer at the end.
func (a *Array) IDs(first, count int64) ([]string, error) {
	var texts, ends unsafe.Pointer
	var found int64
	err := a.call("IDs", func(handle uintptr) error {
		return native.Dam_ids(handle, first, count, &texts, &ends, &found)
	})
	if err != nil {
		return nil, err
	}
	return takeTexts(texts, ends, found), nil
}

// takeTexts copies packed texts that libdam hands over, and frees them.
func takeTexts(texts, ends unsafe.Pointer, count int64) []string {
	defer native.Dam_free(texts)
	defer native.Dam_free(ends)
	bounds := native.CopyOffsets(ends, count+1)
	packed := native.LentBytes(texts, bounds[count])
	all := make([]string, count)
	for i := range all {
		all[i] = string(packed[bounds[i]:bounds[i+1]])
	}
	return all
}

// Revision is the number of the commit that wrote the document of an id. Give it to Set or Delete
// to write only when nobody else did.
func (a *Array) Revision(id string) (int64, error) {
	var revision int64
	err := a.call("Revision", func(handle uintptr) error {
		return native.Dam_revision(handle, id, &revision)
	})
	return revision, err
}
