package dam

import (
	"context"
	"runtime"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// Backup copies the array, as it is when the call begins, to an array of its own in a directory
// that holds none yet; others write meanwhile. ErrAlreadyExists: there is one. ErrCancelled: the
// context ended first, and what was begun is removed.
func (a *Array) Backup(ctx context.Context, path string) error {
	return a.call("Backup", func(handle uintptr) error {
		if err := checkedPath(path); err != nil {
			return err
		}
		return withTask(ctx, func(task uintptr) error {
			return native.Dam_backup(handle, path, task)
		})
	})
}

// Salvaged is what Salvage found.
type Salvaged struct {
	Recovered int64  // documents in the new array
	Uncertain int64  // those of them that may have been deleted or replaced, or never committed
	Report    string // one line for each damaged place and each doubt
}

// Salvage writes what is whole of the damaged array in a directory to a new one in another.
// ErrCorrupt: nothing is whole, and nothing was written; the report says why.
func Salvage(ctx context.Context, path, targetPath string) (found Salvaged, err error) {
	const op = "Salvage"
	for _, name := range []string{path, targetPath} {
		if err := checkedPath(name); err != nil {
			return found, failed(op, err)
		}
	}
	var text unsafe.Pointer
	var size int64
	err = withTask(ctx, func(task uintptr) error {
		return native.Dam_salvage(path, targetPath, task, &found.Recovered, &found.Uncertain,
			&text, &size)
	})
	if text != nil {
		found.Report = string(native.TakeBytes(text, size))
	}
	return found, failed(op, err)
}

// with runs a call that needs the handle of another array too.
func (a *Array) with(other *Array, op string, run func(one, two uintptr) error) error {
	return a.call(op, func(one uintptr) error {
		if other == nil {
			return run(one, 0)
		}
		defer runtime.KeepAlive(other)
		return run(one, other.handle)
	})
}

// CopyInto appends every document, as of now, to another array, and answers how many those are,
// those of a failure on the way too. ErrAlreadyExists: the target has one of the ids, and Upsert is
// not among the flags; nothing was copied.
func (a *Array) CopyInto(
	ctx context.Context, target *Array, flags ...Flag,
) (count int64, err error) {
	err = a.with(target, "CopyInto", func(from, to uintptr) error {
		return withTask(ctx, func(task uintptr) error {
			return native.Dam_copy_into(from, to, joined(flags), task, &count)
		})
	})
	return count, err
}

// IsSame tells whether both are open on one directory, whatever path they were opened by.
func (a *Array) IsSame(other *Array) (bool, error) {
	var same int32
	err := a.with(other, "IsSame", func(one, two uintptr) error {
		return native.Dam_same(one, two, &same)
	})
	return same != 0, err
}

// HasEqualDocuments tells whether both have equal documents in the same order.
func (a *Array) HasEqualDocuments(ctx context.Context, other *Array) (bool, error) {
	var equal int32
	err := a.with(other, "HasEqualDocuments", func(one, two uintptr) error {
		return withTask(ctx, func(task uintptr) error {
			return native.Dam_equal(one, two, task, &equal)
		})
	})
	return equal != 0, err
}

// CopyInto appends the documents of the slice start:stop:step of the view to an array.
func (s *Snapshot) CopyInto(start, stop, step int64, target *Array, flags ...Flag) error {
	return s.call("CopyInto", func(from uintptr) error {
		if target == nil {
			return native.Dam_snapshot_copy_into(from, start, stop, step, 0, joined(flags))
		}
		defer runtime.KeepAlive(target)
		return native.Dam_snapshot_copy_into(from, start, stop, step, target.handle,
			joined(flags))
	})
}
