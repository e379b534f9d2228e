package dam

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func birdsOnAPlane(t *testing.T) *Array {
	t.Helper()
	array := opened(t)
	for _, text := range []string{
		`{"id":"robin","embedding":[0,0]}`, `{"id":"wren","embedding":[3,0]}`,
		`{"id":"swan","embedding":[0,4]}`} {
		document, err := FromJSON([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := array.Append(document); err != nil {
			t.Fatal(err)
		}
	}
	return array
}

func TestTheNearestComeFirst(t *testing.T) {
	array := birdsOnAPlane(t)
	vectors := [][]float32{{0, 0}, {3, 4}}
	found, err := array.Match(context.Background(), vectors, nil, MatchMetric(Euclidean),
		MatchLimit(2), MatchThreads(1))
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	ids, err := found.IDs()
	if !slices.Equal(ids, []string{"robin", "wren", "swan", "wren"}) || err != nil {
		t.Error(ids, err)
	}
	queries, err := found.Queries()
	if !slices.Equal(queries, []int64{0, 0, 1, 1}) || err != nil {
		t.Error(queries, err)
	}
	distances, err := found.Distances()
	if !slices.Equal(distances, []float64{0, 3, 3, 4}) || err != nil {
		t.Error(distances, err)
	}
}

func TestAFilterComesBeforeAMatch(t *testing.T) {
	array := birdsOnAPlane(t)
	filter := Filter{"id": Filter{"$ne": "robin"}}
	found, err := array.Match(context.Background(), [][]float32{{0, 0}}, filter, MatchLimit(9),
		MatchMetric(Manhattan))
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	positions, err := found.Positions()
	if !slices.Equal(positions, []int64{1, 2}) || err != nil {
		t.Error(positions, err)
	}
}

func TestAMatchThatCannotBeIsAnError(t *testing.T) {
	array := birdsOnAPlane(t)
	ctx, cancel := context.WithCancel(context.Background())
	for _, vectors := range [][][]float32{{{1}}, {{1, 2}, {3}}} {
		if _, err := array.Match(ctx, vectors, nil); !errors.Is(err, ErrInvalidArgument) {
			t.Error(vectors, err)
		}
	}
	if _, err := array.Match(ctx, [][]float32{{1, 2}}, nil, MatchLimit(0)); err == nil {
		t.Error("a limit of 0 was taken")
	}
	cancel()
	if _, err := array.Match(ctx, [][]float32{{1, 2}}, nil); !errors.Is(err, ErrCancelled) {
		t.Error(err)
	}
}
