package dam

import (
	"errors"
	"strings"
	"testing"
)

func TestASnapshotStaysAsItWasAcrossWritesAndClose(t *testing.T) {
	array := birds(t, 3)
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	defer snapshot.Close()
	revision, err := snapshot.Revision()
	succeeds(t, err)
	answers(t, revision)(array.Revision("bird0"))
	_, err = array.Delete("bird0", AnyRevision)
	succeeds(t, err)
	succeeds(t, array.Close())
	answers(t, int64(3))(snapshot.Len())
	answers(t, "bird0")(snapshot.IDAt(0))
	answers(t, int64(2))(snapshot.Position("bird2"))
	first, err := snapshot.At(0)
	succeeds(t, err)
	same, err := snapshot.Get("bird0")
	succeeds(t, err)
	equals(t, string(first.Bytes()), string(same.Bytes()))
	documents, err := snapshot.Slice(Omitted, Omitted, -1)
	succeeds(t, err)
	equals(t, strings.Join(idsOf(t, documents), " "), "bird2 bird1 bird0")
	_, err = snapshot.Get("dodo")
	fails(t, err, ErrNotFound)
}

func TestAViewLendsTheBytesUntilItReturns(t *testing.T) {
	array := birds(t, 1)
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	wanted, err := array.Get("bird0")
	succeeds(t, err)
	looked := errors.New("looked")
	err = snapshot.View("bird0", func(lent []byte) error {
		succeeds(t, snapshot.Close())
		equals(t, string(lent), string(wanted.Bytes()))
		return looked
	})
	equals(t, err, looked)
	fails(t, snapshot.ViewAt(0, func([]byte) error { return nil }), ErrClosed)
	fails(t, snapshot.Close(), ErrClosed)
}

func TestASnapshotsWalkOutlivesIt(t *testing.T) {
	array := birds(t, 3)
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	count := 0
	for _, err := range snapshot.All(t.Context()) {
		succeeds(t, err)
		if count == 0 {
			succeeds(t, snapshot.Close())
		}
		count++
	}
	equals(t, count, 3)
}
