package dam

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"
)

// callsOf is every method of an array, with arguments that are as absurd as types allow.
func callsOf(array *Array) map[string]func() error {
	return map[string]func() error{
		"Append":   func() error { _, err := array.Append(nil); return err },
		"Extend":   func() error { _, err := array.Extend([]*Document{nil, {}}); return err },
		"Set":      func() error { _, err := array.Set("", nil, -1); return err },
		"SetAt":    func() error { _, err := array.SetAt(math.MaxInt64, nil, -1); return err },
		"Delete":   func() error { _, err := array.Delete("", -1); return err },
		"DeleteAt": func() error { _, err := array.DeleteAt(math.MinInt64, 0); return err },
		"DeleteSlice": func() error {
			_, err := array.DeleteSlice(math.MaxInt64, math.MinInt64+1, 0)
			return err
		},
		"Get":      func() error { _, err := array.Get(""); return err },
		"At":       func() error { _, err := array.At(math.MinInt64); return err },
		"GetMany":  func() error { _, err := array.GetMany([]string{""}); return err },
		"Slice":    func() error { _, err := array.Slice(0, math.MaxInt64, 0); return err },
		"Position": func() error { _, err := array.Position(""); return err },
		"IDAt":     func() error { _, err := array.IDAt(math.MaxInt64); return err },
		"IDs":      func() error { _, err := array.IDs(math.MinInt64, math.MaxInt64); return err },
		"Revision": func() error { _, err := array.Revision(""); return err },
		"Contains": func() error { _, err := array.Contains(""); return err },
		"Patch":    func() error { _, err := array.Patch("", nil, -1); return err },
		"CopyInto": func() error { _, err := array.CopyInto(nil, nil); return err },
		"IsSame":   func() error { _, err := array.IsSame(&Array{}); return err },
		"Equal":    func() error { _, err := array.HasEqualDocuments(nil, nil); return err },
		"Backup":   func() error { return array.Backup(nil, "") },
		"Pruned":   func() error { return array.PruneOrdered(nil, []int64{5}) },
	}
}

// plainCallsOf is every method that has no argument to be wrong.
func plainCallsOf(array *Array) map[string]func() error {
	return map[string]func() error{
		"Len":      func() error { _, err := array.Len(); return err },
		"Path":     func() error { _, err := array.Path(); return err },
		"Stat":     func() error { _, err := array.Stat(); return err },
		"Reload":   func() error { _, err := array.Reload(); return err },
		"Wait":     func() error { _, err := array.Wait(nil, 0); return err },
		"Flush":    array.Flush,
		"Sync":     array.Sync,
		"Snapshot": func() error { _, err := array.Snapshot(); return err },
		"Batch":    func() error { _, err := array.Batch(); return err },
		"Prune":    func() error { return array.Prune(nil) },
		"Clear":    func() error { _, err := array.Clear(); return err },
		"All": func() (last error) {
			for _, err := range array.All(nil) {
				last = err
			}
			return last
		},
		"Close": array.Close,
	}
}

func TestAbsurdArgumentsAreErrors(t *testing.T) {
	array := birds(t, 1)
	for name, call := range callsOf(array) {
		if err := call(); err == nil {
			t.Errorf("%s succeeded", name)
		}
	}
	answers(t, int64(1))(array.Len())
}

func TestEveryCallAfterCloseAnswersClosed(t *testing.T) {
	array := birds(t, 1)
	batch, err := array.Batch()
	succeeds(t, err)
	succeeds(t, array.Close())
	for name, call := range plainCallsOf(array) {
		if err := call(); !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, call := range callsOf(array) {
		if err := call(); err == nil {
			t.Errorf("%s succeeded", name)
		}
	}
	_, err = batch.Commit()
	fails(t, err, ErrClosed)
}

func TestNilAndZeroValuesAreInvalidArguments(t *testing.T) {
	for _, array := range []*Array{nil, {}} {
		for name, call := range plainCallsOf(array) {
			if err := call(); !errors.Is(err, ErrInvalidArgument) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, call := range callsOf(array) {
			if err := call(); err == nil {
				t.Errorf("%s succeeded", name)
			}
		}
	}
}

func TestNilSnapshotsBatchesAndDocumentsAreInvalidArguments(t *testing.T) {
	for _, snapshot := range []*Snapshot{nil, {}} {
		_, err := snapshot.Len()
		fails(t, err, ErrInvalidArgument)
		_, err = snapshot.Slice(Omitted, Omitted, 1)
		fails(t, err, ErrInvalidArgument)
		fails(t, snapshot.View("a", nil), ErrInvalidArgument)
		fails(t, snapshot.View("a", func([]byte) error { return nil }), ErrInvalidArgument)
		fails(t, snapshot.Close(), ErrInvalidArgument)
	}
	for _, batch := range []*Batch{nil, {}} {
		fails(t, batch.Append(nil), ErrInvalidArgument)
		fails(t, batch.Discard(), ErrInvalidArgument)
		_, err := batch.Commit()
		fails(t, err, ErrInvalidArgument)
	}
	for _, document := range []*Document{nil, {}} {
		_, err := document.ID()
		equals(t, err != nil, true)
		_, err = document.JSON()
		equals(t, err != nil, true)
		equals(t, len(document.Bytes()), 0)
	}
}

func TestCloseWhileOthersReadEndsTheirCallsInErrorsAtMost(t *testing.T) {
	array := birds(t, 100)
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	var group sync.WaitGroup
	for i := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for {
				_, first := array.Get(fmt.Sprintf("bird%d", i))
				_, second := snapshot.At(int64(i))
				if errors.Is(first, ErrClosed) && errors.Is(second, ErrClosed) {
					return
				}
				for _, err := range []error{first, second} {
					if err != nil && !errors.Is(err, ErrClosed) {
						t.Error(err)
						return
					}
				}
			}
		}()
	}
	time.Sleep(5 * time.Millisecond)
	succeeds(t, array.Close())
	succeeds(t, snapshot.Close())
	group.Wait()
}

func TestOnlyOneOfManyClosesSucceeds(t *testing.T) {
	array := birds(t, 1)
	results := make(chan error, 8)
	for range cap(results) {
		go func() { results <- array.Close() }()
	}
	succeeded := 0
	for range cap(results) {
		if err := <-results; err == nil {
			succeeded++
		} else {
			fails(t, err, ErrClosed)
		}
	}
	equals(t, succeeded, 1)
}

func TestAForgottenArrayGivesItsLockUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "array")
	forget(t, path)
	for range 200 {
		runtime.GC()
		array, err := Open(path)
		if err == nil {
			answers(t, int64(1))(array.Len())
			succeeds(t, array.Close())
			return
		}
		fails(t, err, ErrBusy)
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the array was never closed")
}

// forget leaves an array, a snapshot, a batch and a document to the collector.
func forget(t *testing.T, path string) {
	array, err := Open(path)
	succeeds(t, err)
	_, err = array.Append(bird(t, "robin"))
	succeeds(t, err)
	_, err = array.Snapshot()
	succeeds(t, err)
	_, err = array.Batch()
	succeeds(t, err)
}
