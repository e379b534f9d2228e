"""Exact search by other libraries on the matrices of match_data.py, one JSON line a figure.

Usage: match_peers.py PATH DIM LABEL, with PATH.rows, PATH.queries and in PATH.found what libdam
found. Those of numpy, faiss-cpu, usearch and hnswlib that Python finds are measured, on one thread,
euclidean, the ten nearest, and compared with libdam. Where there are labels: how often they agree.
"""
import importlib
import json
import os
import sys
import time

NEAREST = 10
SINGLE = 100
BATCH = 1000


def say(workload, subject, value, unit="ns"):
    print(json.dumps({"workload": workload, "subject": subject, "unit": unit, "value": value}),
          flush=True)


def measure(subject, label, search, queries):
    """The positions that the batch found."""
    times = []
    for row in queries[:SINGLE]:
        begin = time.perf_counter_ns()
        search(row[None, :])
        times.append(time.perf_counter_ns() - begin)
    say(f"match {label} one", subject, sorted(times)[len(times) // 2])
    batch = queries[:BATCH]
    begin = time.perf_counter_ns()
    found = search(batch)
    say(f"match {label} batch", subject, (time.perf_counter_ns() - begin) / len(batch))
    return found


def distances(numpy, data, found):
    """In double, ascending: which of two rows at one distance was found is left to each."""
    rows, queries = data
    pairs = zip(queries.astype("f8"), found)
    return numpy.array([numpy.sort(((rows[near].astype("f8") - query) ** 2).sum(1))
                        for query, near in pairs])


def count_differing(numpy, data, found, wanted):
    """Queries whose neighbours are farther off than rounding of floats explains."""
    queries = data[1][:len(found)]
    own, others = (distances(numpy, (data[0], queries), positions)
                   for positions in (wanted[:len(found)], found))
    return int((numpy.abs(own - others) > 1e-4 * (1 + own)).any(1).sum())


def numpy_search(numpy, rows):
    squares = (rows * rows).sum(1)

    def search(queries):
        keys = squares - 2 * queries @ rows.T
        return numpy.argpartition(keys, NEAREST, 1)[:, :NEAREST]
    return search


def faiss_search(faiss, rows):
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatL2(rows.shape[1])
    index.add(rows)
    return lambda queries: index.search(queries, NEAREST)[1]


def usearch_search(usearch, rows):
    def search(queries):
        found = usearch.search(rows, queries, NEAREST, usearch.MetricKind.L2sq, exact=True,
                               threads=1)
        return found.keys.reshape(len(queries), NEAREST).astype("i8")
    return search


def hnswlib_search(hnswlib, rows):
    index = hnswlib.BFIndex(space="l2", dim=rows.shape[1])
    index.init_index(max_elements=len(rows))
    index.add_items(rows)
    index.set_num_threads(1)
    return lambda queries: index.knn_query(queries, k=NEAREST)[0].astype("i8")


PEERS = {"numpy": ("numpy", numpy_search), "faiss-cpu": ("faiss", faiss_search),
         "usearch": ("usearch.index", usearch_search), "hnswlib": ("hnswlib", hnswlib_search)}


def say_accuracy(numpy, path, wanted):
    """The share of queries that have the label of most of their nearest; of few, the lowest."""
    rows, queries = (numpy.fromfile(f"{path}.{side}.labels", "u1") for side in ("rows", "queries"))
    for count in (1, 5, 9):
        votes = numpy.zeros((len(queries), rows.max() + 1), "i8")
        for near in rows[wanted[:, :count]].T:
            votes[numpy.arange(len(queries)), near] += 1
        share = float((votes.argmax(1) == queries).mean())
        say(f"match accuracy of {count}", "libdam", share, "share")


def run(path, dim, label):
    numpy = importlib.import_module("numpy")
    rows, queries = (numpy.fromfile(f"{path}.{side}", "<f4").reshape(-1, dim)
                     for side in ("rows", "queries"))
    wanted = numpy.fromfile(f"{path}.found", "<i8").reshape(-1, NEAREST)
    for subject, (module, prepare) in PEERS.items():
        try:
            search = prepare(importlib.import_module(module), rows)
        except ImportError:
            print(f"{subject} is not installed", file=sys.stderr)
            continue
        found = measure(subject, label, search, queries)
        differing = count_differing(numpy, (rows, queries), found, wanted)
        say(f"match {label} differing", subject, differing, "queries")
    if os.path.exists(f"{path}.rows.labels"):
        say_accuracy(numpy, path, wanted)


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), sys.argv[3])
