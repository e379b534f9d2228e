package dam

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestABackupIsAnArrayOfItsOwn(t *testing.T) {
	array := birds(t, 20)
	path := filepath.Join(t.TempDir(), "deep", "backup")
	succeeds(t, array.Backup(t.Context(), path))
	copied, err := Open(path)
	succeeds(t, err)
	defer copied.Close()
	answers(t, true)(array.HasEqualDocuments(t.Context(), copied))
	answers(t, false)(array.IsSame(copied))
	_, err = array.Delete("bird0", AnyRevision)
	succeeds(t, err)
	answers(t, false)(array.HasEqualDocuments(nil, copied))
}

func TestABackupDoesNotReplaceWhatIsThere(t *testing.T) {
	array, other := birds(t, 2), birds(t, 1)
	path, err := other.Path()
	succeeds(t, err)
	fails(t, array.Backup(t.Context(), path), ErrAlreadyExists)
	answers(t, int64(1))(other.Len())
	own, err := array.Path()
	succeeds(t, err)
	fails(t, array.Backup(nil, own), ErrAlreadyExists)
	fails(t, array.Backup(nil, ""), ErrNotFound)
	fails(t, array.Backup(nil, "a\x00b"), ErrInvalidArgument)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	fails(t, array.Backup(ctx, filepath.Join(t.TempDir(), "new")), ErrCancelled)
}

func TestSalvageTakesWhatIsWhole(t *testing.T) {
	target := filepath.Join(t.TempDir(), "salvaged")
	found, err := Salvage(t.Context(), damagedBirds(t), target)
	succeeds(t, err)
	equals(t, found.Recovered, 2)
	equals(t, strings.Contains(found.Report, "body.bin"), true)
	_, err = Salvage(nil, damagedBirds(t), target)
	fails(t, err, ErrAlreadyExists)
	_, err = Salvage(nil, filepath.Join(target, "absent"), target+"2")
	fails(t, err, ErrNotFound)
	_, err = Salvage(nil, target, "a\x00b")
	fails(t, err, ErrInvalidArgument)
}

func TestCopyIntoAppendsAllOrASlice(t *testing.T) {
	array, target := birds(t, 5), opened(t)
	answers(t, int64(5))(array.CopyInto(t.Context(), target))
	_, err := array.CopyInto(nil, target)
	fails(t, err, ErrAlreadyExists)
	answers(t, int64(5))(array.CopyInto(nil, target, Upsert))
	answers(t, int64(5))(target.Len())
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	_, err = target.Clear()
	succeeds(t, err)
	succeeds(t, snapshot.CopyInto(Omitted, Omitted, -2, target))
	answers(t, "bird4")(target.IDAt(0))
	fails(t, snapshot.CopyInto(0, 1, 0, target), ErrInvalidArgument)
	fails(t, snapshot.CopyInto(0, 1, 1, nil), ErrInvalidArgument)
	_, err = array.CopyInto(nil, nil)
	fails(t, err, ErrInvalidArgument)
	_, err = array.IsSame(nil)
	fails(t, err, ErrInvalidArgument)
	succeeds(t, snapshot.Close())
	fails(t, snapshot.CopyInto(0, 1, 1, target), ErrClosed)
}

// held looks at every document of a snapshot in every way, until the channel is closed.
func held(snapshot *Snapshot, wanted int64, end <-chan struct{}) error {
	for {
		count := int64(0)
		for document, err := range snapshot.All(nil) {
			if err != nil {
				return err
			}
			id, err := document.ID()
			if position, _ := snapshot.Position(id); err != nil || position != count {
				return fmt.Errorf("%q is at %d, not %d (%v)", id, position, count, err)
			}
			count++
		}
		err := snapshot.ViewAt(-1, func(lent []byte) error {
			_, err := NewDocument(lent)
			return err
		})
		if err != nil || count != wanted {
			return fmt.Errorf("%d documents, not %d (%v)", count, wanted, err)
		}
		select {
		case <-end:
			return nil
		default:
		}
	}
}

func TestASnapshotIsReadAcrossTenPrunes(t *testing.T) {
	array := birds(t, 300)
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	end := make(chan struct{})
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		if err := held(snapshot, 300, end); err != nil {
			t.Error(err)
		}
	}()
	for i := range 10 {
		_, err := array.Delete(fmt.Sprintf("bird%d", i), AnyRevision)
		succeeds(t, err)
		succeeds(t, array.Prune(t.Context()))
	}
	close(end)
	group.Wait()
	answers(t, int64(290))(array.Len())
	stats, err := array.Stat()
	succeeds(t, err)
	equals(t, stats.Generation, 11)
	succeeds(t, snapshot.Close())
}

func TestEveryCallOfAClosedSnapshotOrBatchAnswersClosed(t *testing.T) {
	array := birds(t, 1)
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	succeeds(t, snapshot.Close())
	batch, err := array.Batch()
	succeeds(t, err)
	succeeds(t, batch.Discard())
	calls := map[string]func() error{
		"Len":      func() error { _, err := snapshot.Len(); return err },
		"Revision": func() error { _, err := snapshot.Revision(); return err },
		"Get":      func() error { _, err := snapshot.Get("bird0"); return err },
		"At":       func() error { _, err := snapshot.At(0); return err },
		"Position": func() error { _, err := snapshot.Position("bird0"); return err },
		"IDAt":     func() error { _, err := snapshot.IDAt(0); return err },
		"Slice":    func() error { _, err := snapshot.Slice(0, 1, 1); return err },
		"View":     func() error { return snapshot.View("bird0", func([]byte) error { return nil }) },
		"Close":    snapshot.Close,
		"Append":   func() error { return batch.Append(bird(t, "x")) },
		"Set":      func() error { return batch.Set("bird0", bird(t, "bird0"), AnyRevision) },
		"SetAt":    func() error { return batch.SetAt(0, bird(t, "x"), AnyRevision) },
		"Delete":   func() error { return batch.Delete("bird0", AnyRevision) },
		"DeleteAt": func() error { return batch.DeleteAt(0, AnyRevision) },
		"Commit":   func() error { _, err := batch.Commit(); return err },
		"Discard":  batch.Discard,
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	equals(t, snapshot.ViewAt(math.MaxInt64, nil) != nil, true)
}
