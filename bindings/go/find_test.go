package dam

import (
	"context"
	"errors"
	"math"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// flock is an array of birds with weights and chunks to look for.
func flock(t *testing.T) *Array {
	t.Helper()
	array := opened(t)
	for _, json := range []string{
		`{"id":"robin","text":"sings","tags":{"grams":18},"chunks":[{"id":"beak","text":"sharp"}]}`,
		`{"id":"wren","text":"sings loud","tags":{"grams":9.5}}`,
		`{"id":"swan","tags":{"grams":11000},"chunks":[{"text":"sharp"}]}`,
	} {
		_, err := array.Append(parsed(t, json))
		succeeds(t, err)
	}
	return array
}

func TestFindAnswersWhatPassesInOrder(t *testing.T) {
	array := flock(t)
	results, err := array.Find(t.Context(), Filter{"tags.grams": Filter{"$lt": 20}})
	succeeds(t, err)
	equals(t, results.Len(), 2)
	ids, err := results.IDs()
	succeeds(t, err)
	same(t, ids, []string{"robin", "wren"})
	positions, err := results.Positions()
	succeeds(t, err)
	same(t, positions, []int64{0, 1})
	texts := []string{}
	for document, err := range results.All() {
		succeeds(t, err)
		text, err := document.Text()
		succeeds(t, err)
		texts = append(texts, text)
	}
	same(t, texts, []string{"sings", "sings loud"})
	succeeds(t, results.Close())
	all, err := array.Find(nil, nil, FindOffset(1), FindLimit(1))
	succeeds(t, err)
	same(t, must(t)(all.IDs()), []string{"wren"})
}

func must(t *testing.T) func(ids []string, err error) []string {
	return func(ids []string, err error) []string {
		t.Helper()
		succeeds(t, err)
		return ids
	}
}

func TestFiltersOfEveryKind(t *testing.T) {
	array := flock(t)
	for _, row := range []struct {
		filter Filter
		ids    string
	}{
		{Filter{}, "robin wren swan"},
		{Filter{"id": "wren"}, "wren"},
		{Filter{"id": Filter{"$ne": "wren"}}, "robin swan"},
		{Filter{"tags.grams": Filter{"$gte": 18, "$lt": 19}}, "robin"},
		{Filter{"tags.grams": 18.0}, "robin"},
		{Filter{"id": Filter{"$in": []string{"swan", "wren"}}}, "wren swan"},
		{Filter{"id": Filter{"$nin": []any{"swan"}}}, "robin wren"},
		{Filter{"text": Filter{"$regex": "loud$"}}, "wren"},
		{Filter{"text": Filter{"$exists": false}}, "swan"},
		{Filter{"chunks": Filter{"$size": 1}}, "robin swan"},
		{Filter{"$or": []Filter{{"id": "swan"}, {"text": "sings"}}}, "robin swan"},
		{Filter{"$not": Filter{"id": "robin"}}, "wren swan"},
		{Filter{"chunks.0.id": "beak"}, "robin"},
	} {
		results, err := array.Find(t.Context(), row.filter)
		succeeds(t, err)
		equals(t, strings.Join(must(t)(results.IDs()), " "), row.ids)
	}
}

func TestResultsCloseWhileOthersRead(t *testing.T) {
	results, err := flock(t).Find(nil, nil)
	succeeds(t, err)
	var group sync.WaitGroup
	for range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for {
				document, err := results.Document(2)
				if errors.Is(err, ErrClosed) {
					return
				}
				if id, wrong := document.ID(); err != nil || wrong != nil || id != "swan" {
					t.Errorf("%q: %v, %v", id, err, wrong)
					return
				}
			}
		}()
	}
	time.Sleep(5 * time.Millisecond)
	succeeds(t, results.Close())
	group.Wait()
}

func TestForgottenResultsAreFreed(t *testing.T) {
	array := flock(t)
	for range 2000 {
		_, err := array.Find(nil, nil)
		succeeds(t, err)
	}
	runtime.GC()
	answers(t, int64(3))(array.Len())
}

func TestFindLooksAtOtherLevels(t *testing.T) {
	snapshot, err := flock(t).Snapshot()
	succeeds(t, err)
	defer snapshot.Close()
	results, err := snapshot.FindAt(t.Context(), "c", Filter{"text": "sharp"})
	succeeds(t, err)
	positions, err := results.Positions()
	succeeds(t, err)
	same(t, positions, []int64{0, 2})
	same(t, must(t)(results.IDs()), []string{"beak", ""})
	beak, err := results.Document(0)
	succeeds(t, err)
	answers(t, "beak")(beak.ID())
	_, err = snapshot.FindAt(nil, "x", nil)
	fails(t, err, ErrInvalidArgument)
}

func TestCountExplainAndDeleteByFilter(t *testing.T) {
	array := flock(t)
	sings := Filter{"text": Filter{"$exists": true}}
	answers(t, int64(2))(array.CountWhere(t.Context(), sings))
	snapshot, err := array.Snapshot()
	succeeds(t, err)
	defer snapshot.Close()
	text, err := snapshot.Explain(t.Context(), sings)
	succeeds(t, err)
	equals(t, strings.Contains(text, "text"), true)
	answers(t, int64(2))(array.DeleteWhere(t.Context(), sings, Durable))
	answers(t, int64(1))(array.Len())
	answers(t, int64(2))(snapshot.CountWhere(nil, sings))
	_, err = array.DeleteWhere(nil, nil)
	fails(t, err, ErrInvalidArgument)
}

func TestResultsOutliveTheirArrayAndTheirRows(t *testing.T) {
	array := flock(t)
	results, err := array.Find(nil, Filter{"id": "robin"})
	succeeds(t, err)
	_, err = array.Clear()
	succeeds(t, err)
	succeeds(t, array.Close())
	robin, err := results.Document(0)
	succeeds(t, err)
	_, err = results.Document(1)
	fails(t, err, ErrOutOfRange)
	succeeds(t, results.Close())
	answers(t, "sings")(robin.Text())
	fails(t, results.Close(), ErrClosed)
	_, err = results.Positions()
	fails(t, err, ErrClosed)
	_, err = results.IDs()
	fails(t, err, ErrClosed)
	_, err = results.Document(0)
	fails(t, err, ErrClosed)
}

func TestWhatIsNoFilterIsAnInvalidArgument(t *testing.T) {
	array := flock(t)
	for _, wrong := range []Filter{{"tags.a": Filter{"$near": 1}}, {"a": math.NaN()},
		{"a": make(chan int)}, {"a..b\\": 1}, {"text": Filter{"$regex": "("}}} {
		_, err := array.Find(nil, wrong)
		fails(t, err, ErrInvalidArgument)
		_, err = array.CountWhere(nil, wrong)
		fails(t, err, ErrInvalidArgument)
		_, err = array.DeleteWhere(nil, wrong)
		fails(t, err, ErrInvalidArgument)
	}
	_, err := array.Find(nil, nil, FindLimit(-1))
	fails(t, err, ErrInvalidArgument)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = array.Find(ctx, nil)
	fails(t, err, ErrCancelled)
	var none *Array
	_, err = none.Find(nil, nil)
	fails(t, err, ErrInvalidArgument)
	var absent *Results
	fails(t, absent.Close(), ErrInvalidArgument)
	_, err = absent.IDs()
	fails(t, err, ErrInvalidArgument)
	equals(t, absent.Len(), 0)
}
