package dam

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// opened is a new array in a folder that goes with the test, which also verifies it at its end.
func opened(t *testing.T, options ...Option) *Array {
	t.Helper()
	path := filepath.Join(t.TempDir(), "array")
	array, err := Open(path, options...)
	succeeds(t, err)
	t.Cleanup(func() {
		array.Close()
		if report, err := Verify(t.Context(), path); err != nil && report != "" {
			t.Errorf("verify: %v: %s", err, report)
		}
	})
	return array
}

// birds is a new array of as many documents bird0, bird1, ...
func birds(t *testing.T, count int) *Array {
	t.Helper()
	array := opened(t)
	documents := make([]*Document, count)
	for i := range documents {
		documents[i] = bird(t, fmt.Sprintf("bird%d", i))
	}
	_, err := array.Extend(documents)
	succeeds(t, err)
	return array
}

// damagedBirds is the folder of three documents, the last of which has a wrong byte.
func damagedBirds(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "array")
	array, err := Open(path)
	succeeds(t, err)
	for _, id := range []string{"a", "b", "c"} {
		_, err = array.Append(bird(t, id))
		succeeds(t, err)
	}
	succeeds(t, array.Close())
	file := filepath.Join(path, "body.bin")
	body, err := os.ReadFile(file)
	succeeds(t, err)
	body[bytes.LastIndex(body, []byte("sings"))]++
	succeeds(t, os.WriteFile(file, body, 0o600))
	return path
}

func bird(t *testing.T, id string) *Document {
	t.Helper()
	document, err := FromJSON([]byte(fmt.Sprintf(`{"id":%q,"text":"sings"}`, id)))
	succeeds(t, err)
	return document
}

func idsOf(t *testing.T, documents []*Document) []string {
	t.Helper()
	ids := []string{}
	for _, document := range documents {
		id, err := document.ID()
		succeeds(t, err)
		ids = append(ids, id)
	}
	return ids
}

func succeeds(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func fails(t *testing.T, err error, code Code) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Fatalf("%v, not %v", err, code)
	}
}

func equals[T comparable](t *testing.T, found, wanted T) {
	t.Helper()
	if found != wanted {
		t.Fatalf("%v, not %v", found, wanted)
	}
}

// answers compares what a call answered with success and a value.
func answers[T comparable](t *testing.T, wanted T) func(found T, err error) {
	t.Helper()
	return func(found T, err error) {
		t.Helper()
		succeeds(t, err)
		equals(t, found, wanted)
	}
}
