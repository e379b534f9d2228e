package dam

import (
	"context"
	"slices"
	"testing"
)

func TestPruneGivesDeadSpaceBackAndKeepsTheOrder(t *testing.T) {
	array := birds(t, 1000)
	_, err := array.DeleteSlice(Omitted, Omitted, 2)
	succeeds(t, err)
	before, err := array.Stat()
	succeeds(t, err)
	succeeds(t, array.Prune(t.Context()))
	after, err := array.Stat()
	succeeds(t, err)
	equals(t, after.BodyBytes < before.BodyBytes, true)
	equals(t, after.DeadBytes < before.DeadBytes, true)
	equals(t, [2]int64{after.Generation, after.GarbagePercent}, [2]int64{2, 0})
	equals(t, before.GarbagePercent > 0, true)
	answers(t, "bird999")(array.IDAt(-1))
	answers(t, int64(500))(array.Len())
}

func TestPruneDoesNothingBelowItsThreshold(t *testing.T) {
	array := birds(t, 100)
	_, err := array.DeleteAt(0, AnyRevision)
	succeeds(t, err)
	succeeds(t, array.Prune(nil, GarbagePercent(90)))
	stats, err := array.Stat()
	succeeds(t, err)
	equals(t, stats.Generation, 1)
	fails(t, array.Prune(nil, GarbagePercent(101)), ErrInvalidArgument)
}

func TestASnapshotKeepsWhatAPruneReplaces(t *testing.T) {
	array := birds(t, 100)
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	defer snapshot.Close()
	_, err = array.DeleteSlice(0, 99, 1)
	succeeds(t, err)
	succeeds(t, array.Prune(t.Context()))
	answers(t, int64(100))(snapshot.Len())
	document, err := snapshot.At(0)
	succeeds(t, err)
	answers(t, "bird0")(document.ID())
	stats, err := array.Stat()
	succeeds(t, err)
	equals(t, stats.PinnedBytes > 0, true)
}

func TestPruneOrderedReordersAndRefusesWhatIsNoOrder(t *testing.T) {
	array := birds(t, 4)
	succeeds(t, array.PruneOrdered(t.Context(), []int64{3, 1, 0, 2}))
	ids, err := array.IDs(0, 4)
	succeeds(t, err)
	equals(t, slices.Equal(ids, []string{"bird3", "bird1", "bird0", "bird2"}), true)
	fails(t, array.PruneOrdered(t.Context(), []int64{0, 0, 1, 2}), ErrInvalidArgument)
	fails(t, array.PruneOrdered(nil, nil), ErrInvalidArgument)
}

func TestPruneEndsWithItsContext(t *testing.T) {
	array := birds(t, 10)
	_, err := array.DeleteAt(0, AnyRevision)
	succeeds(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 1000 {
		if err = array.Prune(ctx); err != nil {
			break
		}
	}
	fails(t, err, ErrCancelled)
}

func TestClearLeavesAnEmptyArrayInUse(t *testing.T) {
	array := birds(t, 10)
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	defer snapshot.Close()
	_, err = array.Clear()
	succeeds(t, err)
	answers(t, int64(0))(array.Len())
	answers(t, int64(10))(snapshot.Len())
	_, err = array.Append(bird(t, "bird0"))
	succeeds(t, err)
}

func TestPruneAndClearOfClosedArraysAreErrors(t *testing.T) {
	array := birds(t, 1)
	succeeds(t, array.Close())
	fails(t, array.Prune(nil), ErrClosed)
	fails(t, array.PruneOrdered(nil, []int64{0}), ErrClosed)
	_, err := array.Clear()
	fails(t, err, ErrClosed)
	var none *Array
	fails(t, none.Prune(nil), ErrInvalidArgument)
}
