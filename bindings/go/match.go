package dam

import (
	"context"
	"encoding/binary"
	"math"

	"libdam.org/dam/internal/native"
)

// Metric is what a distance is, for MatchMetric.
type Metric int64

// The metrics. Cosine is 1 - cos; Hamming and Jaccard compare components with each other or with 0.
const (
	Cosine       = Metric(native.DAM_METRIC_COSINE)
	Euclidean    = Metric(native.DAM_METRIC_EUCLIDEAN)
	SqEuclidean  = Metric(native.DAM_METRIC_SQEUCLIDEAN)
	InnerProduct = Metric(native.DAM_METRIC_INNER_PRODUCT)
	Hamming      = Metric(native.DAM_METRIC_HAMMING)
	Jaccard      = Metric(native.DAM_METRIC_JACCARD)
	Manhattan    = Metric(native.DAM_METRIC_MANHATTAN)
)

// MatchMetric is for Match: what a distance is; Cosine if none is given.
func MatchMetric(metric Metric) Option { return Option{native.DAM_OPTION_METRIC, int64(metric)} }

// MatchLimit is for Match: the most documents for a query, 20 if none is given.
func MatchLimit(count int64) Option { return Option{native.DAM_OPTION_LIMIT, count} }

// MatchThreads is for Match: how many threads work; all processors if none is given.
func MatchThreads(count int64) Option { return Option{native.DAM_OPTION_THREADS, count} }

// Match finds the documents whose embeddings are nearest to each vector, exactly, among those that
// pass a filter; nil lets all pass. The results are by query and then by distance. ErrCancelled:
// the context ended first.
func (s *Snapshot) Match(
	ctx context.Context, vectors [][]float32, filter Filter, options ...Option,
) (*Results, error) {
	var found uintptr
	err := s.call("Match", func(handle uintptr) error {
		chosen, err := nativeOptions(options)
		if err != nil {
			return err
		}
		defer native.Dam_options_free(chosen)
		queries, err := nativeQueries(vectors)
		if err != nil {
			return err
		}
		defer native.Dam_queries_free(queries)
		return filter.lend(func(filter uintptr) error {
			return withTask(ctx, func(task uintptr) error {
				return native.Dam_match(handle, queries, filter, chosen, task, &found)
			})
		})
	})
	if err != nil {
		return nil, err
	}
	return newResults(found)
}

// Match finds among the documents as they are now; see Snapshot.Match.
func (a *Array) Match(
	ctx context.Context, vectors [][]float32, filter Filter, options ...Option,
) (*Results, error) {
	snapshot, err := a.Snapshot()
	if err != nil {
		return nil, err
	}
	defer snapshot.Close()
	return snapshot.Match(ctx, vectors, filter, options...)
}

func nativeQueries(vectors [][]float32) (queries uintptr, err error) {
	if err := native.Dam_queries_create(&queries); err != nil {
		return 0, err
	}
	for _, vector := range vectors {
		packed := make([]byte, 0, 4*len(vector))
		for _, number := range vector {
			packed = binary.LittleEndian.AppendUint32(packed, math.Float32bits(number))
		}
		shape := []uint32{uint32(len(vector))}
		err := native.Dam_queries_add_matrix(queries, int32(native.DAM_DTYPE_F32), shape, packed)
		if err != nil {
			native.Dam_queries_free(queries)
			return 0, err
		}
	}
	return queries, nil
}
