package dam

import (
	"math"
	"reflect"
	"slices"
	"testing"
)

func parsed(t *testing.T, json string) *Document {
	t.Helper()
	document, err := FromJSON([]byte(json))
	succeeds(t, err)
	return document
}

func TestFieldsAreReadOneByOne(t *testing.T) {
	document := parsed(t, `{"text":"sings","uri":"bird.ogg","mime_type":"audio/ogg",
		"embedding":[1,-2.5],"chunks":[{"text":"a"},{"text":"b"}]}`)
	answers(t, "sings")(document.Text())
	answers(t, "bird.ogg")(document.URI())
	answers(t, "audio/ogg")(document.MimeType())
	numbers, err := document.Embedding()
	succeeds(t, err)
	equals(t, slices.Equal(numbers, []float32{1, -2.5}), true)
	chunks, err := document.Chunks()
	succeeds(t, err)
	equals(t, len(chunks), 2)
	answers(t, "b")(chunks[1].Text())
	_, err = document.Buffer()
	fails(t, err, ErrNotFound)
}

func TestAbsentFieldsAreNotFoundAndAbsentChildrenNone(t *testing.T) {
	document := parsed(t, `{"buffer":"AQID"}`)
	_, err := document.Text()
	fails(t, err, ErrNotFound)
	_, err = document.Embedding()
	fails(t, err, ErrNotFound)
	data, err := document.Buffer()
	succeeds(t, err)
	equals(t, slices.Equal(data, []byte{1, 2, 3}), true)
	matches, err := document.Matches()
	succeeds(t, err)
	equals(t, len(matches), 0)
	tags, err := document.Tags()
	succeeds(t, err)
	equals(t, len(tags), 0)
}

func TestTagsComeExactlyAndNested(t *testing.T) {
	document := parsed(t, `{"tags":{"big":9223372036854775807,"e":{},"half":0.5,"l":[[],{"x":null},
		"t",false],"ok":true,"Ä":"ä"}}`)
	tags, err := document.Tags()
	succeeds(t, err)
	wanted := map[string]any{"big": int64(math.MaxInt64), "e": map[string]any{}, "half": 0.5,
		"l":  []any{[]any{}, map[string]any{"x": nil}, "t", false},
		"ok": true, "Ä": "ä"}
	if !reflect.DeepEqual(tags, wanted) {
		t.Fatalf("%v, not %v", tags, wanted)
	}
}

func TestAPatchChangesOneDocument(t *testing.T) {
	array := birds(t, 2)
	revision, err := array.Patch("bird0", []byte(`{"text":"hums"}`), AnyRevision)
	succeeds(t, err)
	answers(t, revision)(array.Revision("bird0"))
	document, err := array.Get("bird0")
	succeeds(t, err)
	answers(t, "hums")(document.Text())
	_, err = array.Patch("bird0", []byte(`{"id":"other"}`), AnyRevision)
	fails(t, err, ErrInvalidArgument)
	_, err = array.Patch("dodo", []byte(`{}`), AnyRevision)
	fails(t, err, ErrNotFound)
	_, err = array.Patch("bird1", []byte(`{}`), revision)
	fails(t, err, ErrConflict)
	_, err = array.Patch("bird1", nil, AnyRevision)
	fails(t, err, ErrInvalidArgument)
}

func TestFieldsOfNoDocumentAreErrors(t *testing.T) {
	for _, document := range []*Document{nil, {}} {
		_, err := document.Text()
		fails(t, err, ErrInvalidArgument)
		_, err = document.Tags()
		fails(t, err, ErrInvalidArgument)
		_, err = document.Chunks()
		fails(t, err, ErrInvalidArgument)
		_, err = document.Embedding()
		fails(t, err, ErrInvalidArgument)
	}
}
