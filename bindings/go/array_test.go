package dam

import (
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var _ io.Closer = (*Array)(nil)

func TestAnArrayIsMadeWithItsParentsAndOpensAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "array")
	array, err := Open(path)
	succeeds(t, err)
	_, err = array.Append(bird(t, "robin"))
	succeeds(t, err)
	succeeds(t, array.Close())
	again, err := Open(path, MustExist())
	succeeds(t, err)
	defer again.Close()
	answers(t, int64(1))(again.Len())
	answers(t, path)(again.Path())
}

func TestAnAbsentArrayIsNotMadeWhenItMustExist(t *testing.T) {
	path := filepath.Join(t.TempDir(), "absent")
	_, err := Open(path, MustExist())
	fails(t, err, ErrNotFound)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("a directory was made")
	}
}

func TestASecondWriterIsBusyAndMayWait(t *testing.T) {
	array := birds(t, 1)
	path, err := array.Path()
	succeeds(t, err)
	_, err = Open(path)
	fails(t, err, ErrBusy)
	before := time.Now()
	_, err = Open(path, LockTimeout(20*time.Millisecond))
	fails(t, err, ErrBusy)
	// Why not 20: libdam reads whole milliseconds off its clock.
	if time.Since(before) < 19*time.Millisecond {
		t.Fatal("it did not wait")
	}
}

func TestAReaderFollowsByReloadAndWritesNothing(t *testing.T) {
	array := birds(t, 1)
	path, err := array.Path()
	succeeds(t, err)
	reader, err := Open(path, ReadOnly())
	succeeds(t, err)
	defer reader.Close()
	_, err = array.Append(bird(t, "late"))
	succeeds(t, err)
	answers(t, int64(1))(reader.Len())
	answers(t, true)(reader.Reload())
	answers(t, false)(reader.Reload())
	answers(t, int64(2))(reader.Len())
	_, err = reader.Append(bird(t, "refused"))
	fails(t, err, ErrReadOnly)
}

func TestWaitReturnsWithTheNextCommitOfWhomever(t *testing.T) {
	array := birds(t, 1)
	path, err := array.Path()
	succeeds(t, err)
	reader, err := Open(path, ReadOnly())
	succeeds(t, err)
	defer reader.Close()
	stats, err := reader.Stat()
	succeeds(t, err)
	go func() {
		time.Sleep(2 * waitSlice)
		array.Append(bird(t, "late"))
	}()
	newest, err := reader.Wait(t.Context(), stats.Revision)
	succeeds(t, err)
	answers(t, newest)(reader.Revision("late"))
	answers(t, newest)(reader.Wait(nil, 0))
}

func TestWaitEndsWithItsContextAndWithTheArray(t *testing.T) {
	array := birds(t, 1)
	ctx, cancel := context.WithTimeout(t.Context(), waitSlice/2)
	defer cancel()
	_, err := array.Wait(ctx, math.MaxInt64)
	fails(t, err, ErrCancelled)
	equals(t, errors.Is(err, context.DeadlineExceeded), true)
	_, err = array.Wait(nil, -1)
	fails(t, err, ErrInvalidArgument)
	time.AfterFunc(waitSlice/2, func() { array.Close() })
	_, err = array.Wait(nil, math.MaxInt64)
	fails(t, err, ErrClosed)
}

func TestBufferedCommitsAreFlushedAndSyncedOnDemand(t *testing.T) {
	array := opened(t, Durability(Buffered))
	path, err := array.Path()
	succeeds(t, err)
	_, err = array.Append(bird(t, "robin"))
	succeeds(t, err)
	reader, err := Open(path, ReadOnly())
	succeeds(t, err)
	defer reader.Close()
	answers(t, int64(0))(reader.Len())
	succeeds(t, array.Flush())
	answers(t, true)(reader.Reload())
	answers(t, int64(1))(reader.Len())
	succeeds(t, array.Sync())
	stats, err := array.Stat()
	succeeds(t, err)
	equals(t, stats.DurableRevision, stats.Revision)
}

func TestSharedWritersTakeTurns(t *testing.T) {
	first := opened(t, SharedWriter())
	path, err := first.Path()
	succeeds(t, err)
	second, err := Open(path, SharedWriter())
	succeeds(t, err)
	defer second.Close()
	_, err = first.Append(bird(t, "robin"))
	succeeds(t, err)
	_, err = second.Append(bird(t, "wren"))
	succeeds(t, err)
	answers(t, int64(2))(second.Len())
	answers(t, true)(first.Reload())
	answers(t, int64(2))(first.Len())
	_, err = Open(path)
	fails(t, err, ErrBusy)
}

func TestStatCountsDocumentsAndDeadBytes(t *testing.T) {
	array := birds(t, 3)
	_, err := array.Delete("bird1", AnyRevision)
	succeeds(t, err)
	stats, err := array.Stat()
	succeeds(t, err)
	equals(t, stats.Documents, 2)
	equals(t, stats.Slots, 3)
	equals(t, stats.Generation, 1)
	equals(t, stats.DeadBytes > 0 && stats.LiveBytes > 0 && stats.BodyBytes > 0, true)
}

func TestOptionsReachTheLibraryAndRefuseWhatIsOutOfRange(t *testing.T) {
	array := opened(t, EmbeddingDim(3), KeyLength(36), SafeReads(), WithoutUpkeepThread(),
		WithoutPayloadChecks(), WindowBytes(1<<24), AllowNetwork(), AcceptLoss(), RandomReads(),
		LockTimeout(-1))
	stats, err := array.Stat()
	succeeds(t, err)
	equals(t, stats.EmbeddingDim, 3)
	equals(t, stats.KeyLength, 36)
	wrong, err := FromJSON([]byte(`{"id":"a","embedding":{"dtype":"f32","data":[1,2]}}`))
	succeeds(t, err)
	_, err = array.Append(wrong)
	fails(t, err, ErrInvalidDocument)
	_, err = Open(filepath.Join(t.TempDir(), "a"), EmbeddingDim(-1))
	fails(t, err, ErrInvalidArgument)
	_, err = Open(filepath.Join(t.TempDir(), "a"), Option{12345, 1})
	fails(t, err, ErrInvalidArgument)
	succeedsAnyEmbedding(t, wrong)
}

func TestATemporaryArrayLeavesNothing(t *testing.T) {
	place := t.TempDir()
	array, err := Open(place, Temporary())
	succeeds(t, err)
	_, err = array.Append(bird(t, "wren"))
	succeeds(t, err)
	path, err := array.Path()
	succeeds(t, err)
	equals(t, path, "")
	names, err := os.ReadDir(place)
	succeeds(t, err)
	equals(t, len(names), 0)
	succeeds(t, array.Close())
}

func succeedsAnyEmbedding(t *testing.T, document *Document) {
	t.Helper()
	array := opened(t, EmbeddingDim(3), AnyEmbedding())
	_, err := array.Append(document)
	succeeds(t, err)
}

func TestVerifyNamesTheDamagedPlace(t *testing.T) {
	report, err := Verify(nil, damagedBirds(t))
	fails(t, err, ErrCorrupt)
	equals(t, strings.Contains(report, "body.bin"), true)
	_, err = Verify(t.Context(), filepath.Join(t.TempDir(), "absent"))
	fails(t, err, ErrNotFound)
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	array := birds(t, 1)
	path, err := array.Path()
	succeeds(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 1000 {
		if _, err = Verify(ctx, path); errors.Is(err, ErrCancelled) {
			break
		}
	}
	fails(t, err, ErrCancelled)
}
