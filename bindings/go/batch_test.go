package dam

import "testing"

func TestABatchIsSeenWholeAtItsCommit(t *testing.T) {
	array := birds(t, 4)
	batch, err := array.Batch()
	succeeds(t, err)
	defer batch.Discard()
	succeeds(t, batch.Append(bird(t, "new")))
	succeeds(t, batch.Append(bird(t, "bird0"), Upsert))
	succeeds(t, batch.Set("bird1", bird(t, "bird1"), AnyRevision))
	succeeds(t, batch.SetAt(2, bird(t, "renamed"), AnyRevision))
	succeeds(t, batch.Delete("bird1", AnyRevision))
	succeeds(t, batch.DeleteAt(3, AnyRevision))
	answers(t, int64(4))(array.Len())
	revision, err := batch.Commit(Durable)
	succeeds(t, err)
	answers(t, revision)(array.Revision("new"))
	answers(t, int64(3))(array.Len())
	answers(t, "renamed")(array.IDAt(1))
}

func TestADiscardedBatchLeavesNothing(t *testing.T) {
	array := birds(t, 1)
	batch, err := array.Batch()
	succeeds(t, err)
	succeeds(t, batch.Append(bird(t, "new")))
	succeeds(t, batch.Discard())
	answers(t, int64(1))(array.Len())
	fails(t, batch.Append(bird(t, "late")), ErrClosed)
	_, err = batch.Commit()
	fails(t, err, ErrClosed)
}

func TestABatchThatLostARaceIsRefusedWhole(t *testing.T) {
	array := birds(t, 2)
	batch, err := array.Batch()
	succeeds(t, err)
	succeeds(t, batch.DeleteAt(0, AnyRevision))
	succeeds(t, batch.Append(bird(t, "new")))
	_, err = array.Delete("bird0", AnyRevision)
	succeeds(t, err)
	_, err = batch.Commit()
	fails(t, err, ErrConflict)
	answers(t, false)(array.Contains("new"))
	fails(t, batch.Discard(), ErrClosed)
}
