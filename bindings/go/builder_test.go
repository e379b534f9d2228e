package dam

import (
	"math"
	"reflect"
	"runtime"
	"testing"
)

func built(t *testing.T, builder *Builder) *Document {
	t.Helper()
	document, err := builder.Build()
	succeeds(t, err)
	return document
}

func TestWhatABuilderSetsComesBack(t *testing.T) {
	wren := built(t, NewBuilder().ID("wren").Text("trills").SetString(FieldURI, "wren.png").
		SetInteger(FieldOffset, 7).SetNumber(FieldWeight, 0.5).
		SetBytes(FieldMetaInfo, []byte{1, 0}).SetFloats(FieldLocation, []float32{52.5, 13.4}).
		Embedding(1.5, -2))
	answers(t, "wren")(wren.ID())
	answers(t, "trills")(wren.Text())
	answers(t, "wren.png")(wren.StringOf(FieldURI))
	answers(t, int64(7))(wren.IntegerOf(FieldOffset))
	answers(t, 0.5)(wren.NumberOf(FieldWeight))
	answers(t, FieldText)(wren.ContentType())
	data, err := wren.BytesOf(FieldMetaInfo)
	succeeds(t, err)
	same(t, data, []byte{1, 0})
	location, err := wren.FloatsOf(FieldLocation)
	succeeds(t, err)
	same(t, location, []float32{52.5, 13.4})
	embedding, err := wren.DoublesOf(FieldEmbedding)
	succeeds(t, err)
	same(t, embedding, []float64{1.5, -2})
}

func same(t *testing.T, found, wanted any) {
	t.Helper()
	if !reflect.DeepEqual(found, wanted) {
		t.Fatalf("%#v, not %#v", found, wanted)
	}
}

func TestAnEmptyDocumentHasNoField(t *testing.T) {
	empty := built(t, NewBuilder())
	for field := FieldID; field <= FieldMetaInfo; field++ {
		answers(t, false)(empty.Has(field))
	}
	answers(t, Field(0))(empty.ContentType())
	_, err := empty.StringOf(FieldURI)
	fails(t, err, ErrNotFound)
	_, err = empty.TensorOf(FieldBlob)
	fails(t, err, ErrNotFound)
	_, err = empty.FloatsOf(FieldLocation)
	fails(t, err, ErrNotFound)
	scores, err := empty.ScoresOf(FieldScores)
	succeeds(t, err)
	equals(t, len(scores), 0)
	children, err := empty.ChildrenOf(FieldChunks)
	succeeds(t, err)
	equals(t, len(children), 0)
}

func TestTagsThatABuilderSetsKeepTheirTypes(t *testing.T) {
	tags := map[string]any{"big": int64(math.MaxInt64), "two": int64(2), "two.0": 2.0, "no": false,
		"nil": nil, "raw": []byte{9}, "text": "ä", "map": map[string]any{"deep": []any{"a", nil}},
		"empty": []any{}}
	document := built(t, NewBuilder().Tags(tags))
	read, err := document.Tags()
	succeeds(t, err)
	same(t, read, tags)
}

func TestEveryTypeOfGoThatFitsIsATag(t *testing.T) {
	type grams uint16
	document := built(t, NewBuilder().Tag("int", 1).Tag("named", grams(2)).Tag("float", float32(0.25)).
		Tag("strings", []string{"a", "b"}).Tag("array", [2]int8{3, 4}).
		Tag("map", map[string]int{"one": 1}).TagAt("a.b", "below").TagAt("strings.2", "c"))
	read, err := document.Tags()
	succeeds(t, err)
	same(t, read, map[string]any{"int": int64(1), "named": int64(2), "float": 0.25,
		"strings": []any{"a", "b", "c"}, "array": []any{int64(3), int64(4)},
		"map": map[string]any{"one": int64(1)}, "a": map[string]any{"b": "below"}})
	changed := built(t, document.Builder().ClearTag("map").Tag("int", nil))
	read, err = changed.Tags()
	succeeds(t, err)
	equals(t, read["int"] == nil && read["map"] == nil && len(read) == 6, true)
}

func TestWhatIsNoTagIsAnInvalidArgument(t *testing.T) {
	endless := map[string]any{}
	endless["self"] = endless
	for _, wrong := range []any{uint64(math.MaxUint64), 1i, struct{}{}, make(chan int),
		map[int]int{1: 2}, []any{func() {}}, endless, "\xff"} {
		_, err := NewBuilder().Tag("wrong", wrong).Build()
		fails(t, err, ErrInvalidArgument)
	}
}

func TestChildrenFollowTheirParent(t *testing.T) {
	nest := built(t, NewBuilder().ID("nest").Chunk(bird(t, "egg")).Chunk(bird(t, "twig")).
		Match(bird(t, "other")))
	chunks, err := nest.Chunks()
	succeeds(t, err)
	same(t, idsOf(t, chunks), []string{"egg", "twig"})
	answers(t, "nest")(chunks[0].StringOf(FieldParentID))
	answers(t, int64(1))(chunks[0].IntegerOf(FieldGranularity))
	matches, err := nest.Matches()
	succeeds(t, err)
	answers(t, int64(1))(matches[0].IntegerOf(FieldAdjacency))
	rest, err := built(t, nest.Builder().Remove(FieldChunks, -1)).ChildrenOf(FieldChunks)
	succeeds(t, err)
	same(t, idsOf(t, rest), []string{"egg"})
	_, err = nest.Builder().Remove(FieldChunks, 2).Build()
	fails(t, err, ErrOutOfRange)
}

func TestScoresKeepTheirOperands(t *testing.T) {
	scores := map[string]Score{
		"a.b": {Value: 0.75, OpName: "cosine", Description: "of both", RefID: "wren",
			Operands: []Score{{Value: 1, OpName: "left"}, {Value: 2}}},
		"bare": {Value: -1},
	}
	builder := NewBuilder()
	for name, score := range scores {
		builder.Score(FieldScores, name, score)
	}
	document := built(t, builder.Score(FieldEvaluations, "recall", Score{Value: 1}))
	read, err := document.ScoresOf(FieldScores)
	succeeds(t, err)
	same(t, read, scores)
	read, err = document.ScoresOf(FieldEvaluations)
	succeeds(t, err)
	same(t, read, map[string]Score{"recall": {Value: 1}})
}

func TestABuilderBeginsWithADocumentAndLeavesItAlone(t *testing.T) {
	robin := bird(t, "robin")
	wren := built(t, robin.Builder().ID("wren").Clear(FieldText).SetBytes(FieldBuffer, nil))
	answers(t, "robin")(robin.ID())
	answers(t, "wren")(wren.ID())
	answers(t, FieldBuffer)(wren.ContentType())
	answers(t, false)(robin.Equal(wren))
	answers(t, true)(robin.Equal(bird(t, "robin")))
	hash, err := robin.Hash()
	succeeds(t, err)
	answers(t, hash)(bird(t, "other").Hash())
}

func TestTheFirstCallThatFailsIsWhatBuildAnswers(t *testing.T) {
	_, err := NewBuilder().SetInteger(FieldText, 1).SetString(FieldURI, "\xff").Build()
	fails(t, err, ErrInvalidArgument)
	equals(t, err.(*Error).Op, "SetInteger")
	_, err = NewBuilder().SetInteger(FieldOffset, -1).Build()
	fails(t, err, ErrInvalidArgument)
}

func TestABuilderMakesOneDocument(t *testing.T) {
	builder := NewBuilder().ID("robin")
	built(t, builder)
	_, err := builder.Build()
	fails(t, err, ErrClosed)
	builder.Discard()
	dropped := NewBuilder()
	dropped.Discard()
	_, err = dropped.ID("robin").Build()
	fails(t, err, ErrClosed)
}

func TestNilAndZeroValuesOfBuildersAreErrors(t *testing.T) {
	var none *Builder
	var absent *Document
	for _, builder := range []*Builder{none, {}, absent.Builder(), (&Document{}).Builder(),
		NewBuilder().Chunk(nil), NewBuilder().Add(FieldChunks, &Document{}),
		NewBuilder().SetTensor(FieldBlob, nil), NewBuilder().Add(FieldText, bird(t, "a"))} {
		_, err := builder.ID("a").Build()
		equals(t, err != nil, true)
	}
	none.Discard()
	for range 100 {
		NewBuilder().ID("forgotten")
	}
	runtime.GC()
}
