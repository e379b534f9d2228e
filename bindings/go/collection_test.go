package dam

import (
	"slices"
	"strings"
	"testing"
)

func TestAnAppendedDocumentIsReadByIDAndByPosition(t *testing.T) {
	array := opened(t)
	robin := bird(t, "robin")
	done, err := array.Append(robin)
	succeeds(t, err)
	equals(t, done.Position, 0)
	answers(t, done.Revision)(array.Revision("robin"))
	for _, position := range []int64{0, -1} {
		document, err := array.At(position)
		succeeds(t, err)
		equals(t, string(document.Bytes()), string(robin.Bytes()))
	}
	document, err := array.Get("robin")
	succeeds(t, err)
	equals(t, string(document.Bytes()), string(robin.Bytes()))
}

func TestWhatIsAbsentIsNotFoundOrOutOfRange(t *testing.T) {
	array := birds(t, 2)
	_, err := array.Get("dodo")
	fails(t, err, ErrNotFound)
	_, err = array.Position("dodo")
	fails(t, err, ErrNotFound)
	_, err = array.At(2)
	fails(t, err, ErrOutOfRange)
	_, err = array.IDAt(-3)
	fails(t, err, ErrOutOfRange)
	answers(t, false)(array.Contains("dodo"))
	answers(t, true)(array.Contains("bird0"))
}

func TestIDsOfEveryShapeAreKeptByteForByte(t *testing.T) {
	array := opened(t)
	for _, id := range []string{"a\x00b", "Ä", "\U0001F426", strings.Repeat("x", 65535)} {
		document := bird(t, "placeholder")
		_, err := array.Append(document, Upsert)
		succeeds(t, err)
		renamed, err := FromJSON([]byte(`{"id":` + quoted(id) + `}`))
		succeeds(t, err)
		_, err = array.SetAt(-1, renamed, AnyRevision)
		succeeds(t, err)
		answers(t, id)(array.IDAt(-1))
		answers(t, true)(array.Contains(id))
	}
	_, err := array.Contains(strings.Repeat("x", 65536))
	fails(t, err, ErrTooBig)
	_, err = array.Contains("\xff")
	fails(t, err, ErrInvalidArgument)
}

func quoted(text string) string {
	return `"` + strings.ReplaceAll(text, "\x00", `\u0000`) + `"`
}

func TestADocumentWithoutIDGetsOne(t *testing.T) {
	array := opened(t)
	document, err := FromJSON([]byte(`{"text":"nameless"}`))
	succeeds(t, err)
	answers(t, "")(document.ID())
	_, err = array.Append(document)
	succeeds(t, err)
	id, err := array.IDAt(0)
	succeeds(t, err)
	equals(t, len(id), 36)
}

func TestARepeatedIDIsRefusedButForUpsert(t *testing.T) {
	array := birds(t, 2)
	_, err := array.Append(bird(t, "bird0"))
	fails(t, err, ErrAlreadyExists)
	done, err := array.Append(bird(t, "bird0"), Upsert, Durable)
	succeeds(t, err)
	equals(t, done.Position, 0)
	answers(t, int64(2))(array.Len())
}

func TestExtendStoresAllOrNothing(t *testing.T) {
	array := opened(t)
	done, err := array.Extend([]*Document{bird(t, "a"), bird(t, "b")})
	succeeds(t, err)
	equals(t, done.Position, 0)
	_, err = array.Extend([]*Document{bird(t, "c"), bird(t, "a")})
	fails(t, err, ErrAlreadyExists)
	answers(t, int64(2))(array.Len())
	_, err = array.Extend(nil)
	succeeds(t, err)
}

func TestManyAreReadInOneCallInTheOrderAsked(t *testing.T) {
	array := birds(t, 5)
	documents, err := array.GetMany([]string{"bird3", "dodo", "bird1", "bird3"})
	succeeds(t, err)
	equals(t, documents[1] == nil, true)
	found := idsOf(t, []*Document{documents[0], documents[2], documents[3]})
	equals(t, slices.Equal(found, []string{"bird3", "bird1", "bird3"}), true)
	none, err := array.GetMany(nil)
	succeeds(t, err)
	equals(t, len(none), 0)
}

func TestIDsComeInOrderAndFewerAtTheEnd(t *testing.T) {
	array := birds(t, 5)
	ids, err := array.IDs(3, 10)
	succeeds(t, err)
	equals(t, slices.Equal(ids, []string{"bird3", "bird4"}), true)
	ids, err = array.IDs(5, 10)
	succeeds(t, err)
	equals(t, len(ids), 0)
	_, err = array.IDs(-6, 1)
	fails(t, err, ErrOutOfRange)
}

func TestALargeDocumentIsReadWhole(t *testing.T) {
	array := opened(t)
	text := strings.Repeat("song", 100_000)
	large, err := FromJSON([]byte(`{"id":"large","text":"` + text + `"}`))
	succeeds(t, err)
	_, err = array.Append(large)
	succeeds(t, err)
	document, err := array.Get("large")
	succeeds(t, err)
	equals(t, string(document.Bytes()), string(large.Bytes()))
	all, err := array.Slice(Omitted, Omitted, 1)
	succeeds(t, err)
	equals(t, len(all), 1)
}

func TestSetReplacesInPlaceAndOnlyTheExpectedRevision(t *testing.T) {
	array := birds(t, 3)
	old, err := array.Revision("bird1")
	succeeds(t, err)
	changed, err := FromJSON([]byte(`{"id":"bird1","text":"croaks"}`))
	succeeds(t, err)
	revision, err := array.Set("bird1", changed, old)
	succeeds(t, err)
	answers(t, revision)(array.Revision("bird1"))
	answers(t, int64(1))(array.Position("bird1"))
	_, err = array.Set("bird1", changed, old)
	fails(t, err, ErrConflict)
	_, err = array.Set("bird2", changed, AnyRevision)
	fails(t, err, ErrInvalidArgument)
	_, err = array.SetAt(0, bird(t, "renamed"), AnyRevision)
	succeeds(t, err)
	answers(t, "renamed")(array.IDAt(0))
}

func TestDeletesMoveLaterPositionsDown(t *testing.T) {
	array := birds(t, 10)
	_, err := array.Delete("bird0", AnyRevision)
	succeeds(t, err)
	answers(t, int64(0))(array.Position("bird1"))
	_, err = array.DeleteAt(-1, AnyRevision)
	succeeds(t, err)
	_, err = array.Delete("bird0", AnyRevision)
	fails(t, err, ErrNotFound)
	_, err = array.Delete("bird1", 1)
	fails(t, err, ErrConflict)
	answers(t, int64(4))(array.DeleteSlice(Omitted, Omitted, 2))
	ids, err := array.IDs(0, 10)
	succeeds(t, err)
	equals(t, strings.Join(ids, " "), "bird2 bird4 bird6 bird8")
	_, err = array.DeleteSlice(0, 1, 0)
	fails(t, err, ErrInvalidArgument)
}
