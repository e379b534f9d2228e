package dam

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestAWalkGivesEveryDocumentInOrder(t *testing.T) {
	array := birds(t, 3000)
	position := int64(0)
	for document, err := range array.All(t.Context()) {
		succeeds(t, err)
		id, err := document.ID()
		succeeds(t, err)
		answers(t, position)(array.Position(id))
		position++
	}
	equals(t, position, 3000)
}

func TestAWalkSeesTheArrayAsItBegan(t *testing.T) {
	array := birds(t, 3)
	count := 0
	for _, err := range array.All(nil) {
		succeeds(t, err)
		count++
		_, err := array.DeleteAt(0, AnyRevision)
		succeeds(t, err)
	}
	equals(t, count, 3)
	answers(t, int64(0))(array.Len())
}

func TestLeavingALoopReleasesTheCursor(t *testing.T) {
	array := birds(t, 10)
	for range 100_000 / 10 {
		for _, err := range array.All(t.Context()) {
			succeeds(t, err)
			break
		}
	}
}

func TestASliceFollowsPythonsRules(t *testing.T) {
	array := birds(t, 5)
	for _, row := range []struct {
		start, stop, step int64
		ids               string
	}{
		{Omitted, Omitted, 1, "bird0 bird1 bird2 bird3 bird4"},
		{Omitted, Omitted, -2, "bird4 bird2 bird0"},
		{-2, Omitted, 1, "bird3 bird4"},
		{1, -1, 2, "bird1 bird3"},
		{3, 1, 1, ""},
		{-100, 100, 4, "bird0 bird4"},
	} {
		documents, err := array.Slice(row.start, row.stop, row.step)
		succeeds(t, err)
		equals(t, strings.Join(idsOf(t, documents), " "), row.ids)
	}
	_, err := array.Slice(0, 1, 0)
	fails(t, err, ErrInvalidArgument)
}

func TestAWalkEndsWithItsContext(t *testing.T) {
	array := birds(t, 2*walkDocuments)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	count, last := 0, error(nil)
	for _, err := range array.All(ctx) {
		count++
		last = err
		cancel()
	}
	fails(t, last, ErrCancelled)
	equals(t, errors.Is(last, context.Canceled), true)
	equals(t, count, walkDocuments+1)
}

func TestADamagedDocumentEndsAWalkWithItsError(t *testing.T) {
	reader, err := Open(damagedBirds(t), ReadOnly())
	succeeds(t, err)
	defer reader.Close()
	_, err = reader.Slice(Omitted, Omitted, 1)
	fails(t, err, ErrCorrupt)
	// Backwards it comes first, and nothing after it.
	for _, row := range []struct{ step, good int64 }{{1, 2}, {-1, 0}} {
		good, bad := int64(0), int64(0)
		for _, err := range reader.Range(t.Context(), Omitted, Omitted, row.step) {
			if errors.Is(err, ErrCorrupt) {
				bad++
			} else {
				succeeds(t, err)
				good++
			}
		}
		equals(t, [2]int64{good, bad}, [2]int64{row.good, 1})
	}
	behind, err := reader.Slice(-2, Omitted, -1)
	succeeds(t, err)
	equals(t, strings.Join(idsOf(t, behind), " "), "b a")
}
