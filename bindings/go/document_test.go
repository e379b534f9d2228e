package dam

import (
	"encoding/json"
	"sync"
	"testing"
)

func TestJSONGoesBothWays(t *testing.T) {
	source := `{"id":"robin","tags":{"big":9007199254740993},"text":"sings"}`
	document, err := FromJSON([]byte(source))
	succeeds(t, err)
	text, err := document.JSON()
	succeeds(t, err)
	equals(t, string(text), source)
	text, err = json.Marshal(map[string]*Document{"bird": document})
	succeeds(t, err)
	equals(t, string(text), `{"bird":`+source+`}`)
}

func TestJSONFlagsReachTheLibrary(t *testing.T) {
	_, err := FromJSON([]byte(`{"colour":"red"}`))
	fails(t, err, ErrInvalidArgument)
	document, err := FromJSON([]byte(`{"colour":"red"}`), UnknownToTags)
	succeeds(t, err)
	text, err := document.JSON(PlainArrays)
	succeeds(t, err)
	equals(t, string(text), `{"tags":{"colour":"red"}}`)
}

func TestBytesMakeTheSameDocumentAgain(t *testing.T) {
	robin := bird(t, "robin")
	again, err := NewDocument(robin.Bytes())
	succeeds(t, err)
	answers(t, "robin")(again.ID())
	_, err = NewDocument([]byte("no document at all"))
	fails(t, err, ErrInvalidDocument)
	_, err = NewDocument(nil)
	fails(t, err, ErrInvalidArgument)
}

func TestBytesMayComeFromWithinAStructWithPointers(t *testing.T) {
	mixed := &struct {
		text    [64]byte
		pointer *int
	}{pointer: new(int)}
	size := copy(mixed.text[:], `{"id":"robin"}`)
	_, err := FromJSON(mixed.text[:size])
	succeeds(t, err)
	_, err = NewDocument(mixed.text[:size])
	fails(t, err, ErrInvalidDocument)
}

func TestADocumentIsReadByManyGoroutinesAtOnce(t *testing.T) {
	robin := bird(t, "robin")
	var group sync.WaitGroup
	for range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			id, err := robin.ID()
			if id != "robin" || err != nil {
				t.Errorf("%q %v", id, err)
			}
		}()
	}
	group.Wait()
}
