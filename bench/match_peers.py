"""Exact search by other libraries on the matrices of match_data.py, one JSON line a figure.

Usage: match_peers.py ROWS QUERIES DIM LABEL. Those of numpy, faiss-cpu, usearch and hnswlib that
Python finds are measured, on one thread, euclidean, the ten nearest.
"""
import importlib
import json
import sys
import time

NEAREST = 10
SINGLE = 100
BATCH = 1000


def say(subject, label, what, nanoseconds):
    print(json.dumps({"workload": f"match {label}, {what}", "subject": subject, "unit": "ns",
                      "value": nanoseconds}), flush=True)


def measure(subject, label, search, queries):
    times = []
    for row in queries[:SINGLE]:
        begin = time.perf_counter_ns()
        search(row[None, :])
        times.append(time.perf_counter_ns() - begin)
    say(subject, label, "one query, median", sorted(times)[len(times) // 2])
    begin = time.perf_counter_ns()
    search(queries[:BATCH])
    count = min(BATCH, len(queries))
    say(subject, label, f"batch of {count}", (time.perf_counter_ns() - begin) / count)


def numpy_search(numpy, rows):
    squares = (rows * rows).sum(1)

    def search(queries):
        distances = squares - 2 * queries @ rows.T
        return numpy.argpartition(distances, NEAREST, 1)[:, :NEAREST]
    return search


def faiss_search(faiss, rows):
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatL2(rows.shape[1])
    index.add(rows)
    return lambda queries: index.search(queries, NEAREST)


def usearch_search(usearch, rows):
    return lambda queries: usearch.search(rows, queries, NEAREST, usearch.MetricKind.L2sq,
                                          exact=True, threads=1)


def hnswlib_search(hnswlib, rows):
    index = hnswlib.BFIndex(space="l2", dim=rows.shape[1])
    index.init_index(max_elements=len(rows))
    index.add_items(rows)
    index.set_num_threads(1)
    return lambda queries: index.knn_query(queries, k=NEAREST)


PEERS = {"numpy": ("numpy", numpy_search), "faiss-cpu": ("faiss", faiss_search),
         "usearch": ("usearch.index", usearch_search), "hnswlib": ("hnswlib", hnswlib_search)}


def run(rows_path, queries_path, dim, label):
    numpy = importlib.import_module("numpy")
    rows = numpy.fromfile(rows_path, "<f4").reshape(-1, dim)
    queries = numpy.fromfile(queries_path, "<f4").reshape(-1, dim)
    for subject, (module, prepare) in PEERS.items():
        try:
            measure(subject, label, prepare(importlib.import_module(module), rows), queries)
        except ImportError:
            print(f"{subject} is not installed", file=sys.stderr)


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
