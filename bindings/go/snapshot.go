package dam

import (
	"bytes"
	"runtime"
	"sync"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// Snapshot is an unchanging view of one commit. It outlives the array's Close, blocks nobody, and
// keeps the disk space of what it shows until it is closed.
type Snapshot struct {
	handle  uintptr
	cleanup runtime.Cleanup
	mutex   sync.Mutex
	readers int
	closed  bool
}

// Snapshot takes a view of the latest commit that this array sees.
func (a *Array) Snapshot() (*Snapshot, error) {
	var opened uintptr
	err := a.call("Snapshot", func(handle uintptr) error {
		return native.Dam_snapshot_open(handle, &opened)
	})
	if err != nil {
		return nil, err
	}
	snapshot := &Snapshot{handle: opened}
	snapshot.cleanup = runtime.AddCleanup(snapshot, releaseSnapshot, opened)
	return snapshot, nil
}

func releaseSnapshot(handle uintptr) { _ = native.Dam_snapshot_release(handle) }

// call runs with the handle, which a Close meanwhile does not release.
// Why a count here, where an array needs none: a snapshot lends memory, which must stay until it
// was copied, or until the function that looks at it returns.
func (s *Snapshot) call(op string, run func(handle uintptr) error) error {
	if s == nil {
		return failed(op, run(0))
	}
	if !s.enter() {
		return &Error{Code: ErrClosed, Op: op, Message: "the snapshot is closed"}
	}
	defer s.leave()
	return failed(op, run(s.handle))
}

func (s *Snapshot) enter() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.closed {
		return false
	}
	s.readers++
	return true
}

func (s *Snapshot) leave() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.readers--
	if s.closed && s.readers == 0 {
		releaseSnapshot(s.handle)
	}
}

// Close ends the view. What runs in it goes on to its end. A second Close answers ErrClosed.
func (s *Snapshot) Close() error {
	const op = "Close"
	if s == nil {
		return failed(op, native.Dam_snapshot_release(0))
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.closed {
		return &Error{Code: ErrClosed, Op: op, Message: "the snapshot is closed"}
	}
	s.closed = true
	s.cleanup.Stop()
	if s.readers > 0 {
		return nil
	}
	return failed(op, native.Dam_snapshot_release(s.handle))
}

// Len is the number of documents in the view.
func (s *Snapshot) Len() (int64, error) {
	var count int64
	err := s.call("Len", func(handle uintptr) error {
		return native.Dam_snapshot_count(handle, &count)
	})
	return count, err
}

// Revision is that of the commit the view shows.
func (s *Snapshot) Revision() (int64, error) {
	var revision int64
	err := s.call("Revision", func(handle uintptr) error {
		return native.Dam_snapshot_revision(handle, &revision)
	})
	return revision, err
}

// Get reads the document of an id; ErrNotFound when there is none.
func (s *Snapshot) Get(id string) (document *Document, err error) {
	err = s.lend("Get", byID(id), func(lent []byte) error {
		document = &Document{bytes: bytes.Clone(lent)}
		return nil
	})
	return document, err
}

// At reads the document at a position; ErrOutOfRange when there is none. -1 is the last.
func (s *Snapshot) At(position int64) (document *Document, err error) {
	err = s.lend("At", byPosition(position), func(lent []byte) error {
		document = &Document{bytes: bytes.Clone(lent)}
		return nil
	})
	return document, err
}

// View shows the FlatBuffer of an id without copying it. The bytes are those of the file: they are
// valid until look returns, and a program that writes to them dies. An error of look is answered
// as it is.
func (s *Snapshot) View(id string, look func(lent []byte) error) error {
	return s.lend("View", byID(id), look)
}

// ViewAt is View by position.
func (s *Snapshot) ViewAt(position int64, look func(lent []byte) error) error {
	return s.lend("ViewAt", byPosition(position), look)
}

type lookUp func(handle uintptr, data *unsafe.Pointer, size *int64) error

func byID(id string) lookUp {
	return func(handle uintptr, data *unsafe.Pointer, size *int64) error {
		return native.Dam_snapshot_get(handle, id, data, size)
	}
}

func byPosition(position int64) lookUp {
	return func(handle uintptr, data *unsafe.Pointer, size *int64) error {
		return native.Dam_snapshot_get_at(handle, position, data, size)
	}
}

func (s *Snapshot) lend(op string, find lookUp, look func(lent []byte) error) error {
	if look == nil {
		return &Error{Code: ErrInvalidArgument, Op: op, Message: "look is nil"}
	}
	var answer error
	err := s.call(op, func(handle uintptr) error {
		var data unsafe.Pointer
		var size int64
		if err := find(handle, &data, &size); err != nil {
			return err
		}
		answer = look(native.LentBytes(data, size))
		return nil
	})
	if err != nil {
		return err
	}
	return answer
}

// Position is where the document of an id stands in the view.
func (s *Snapshot) Position(id string) (int64, error) {
	var position int64
	err := s.call("Position", func(handle uintptr) error {
		return native.Dam_snapshot_position(handle, id, &position)
	})
	return position, err
}

// IDAt is the id at a position of the view.
func (s *Snapshot) IDAt(position int64) (string, error) {
	var id []byte
	err := s.call("IDAt", func(handle uintptr) (err error) {
		id, err = readInto(func(buffer []byte, size *int64) error {
			return native.Dam_snapshot_id_at(handle, position, buffer, size)
		})
		return err
	})
	return string(id), err
}
