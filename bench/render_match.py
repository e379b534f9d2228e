"""Turns the JSON lines of `scripts/bench match` into their part of docs/benchmarks.md.

    render_match.py FIGURES FOLDER [PAGE]

FOLDER lies on the file system that was measured. Without PAGE the part goes to stdout. Fails where
a peer found other neighbours than libdam.
"""
import json
import sys

import render_benchmarks as benchmarks

SUBJECTS = ("libdam", "libdam, 2 threads", "numpy", "faiss-cpu", "usearch", "hnswlib")
COLUMNS = [("one", "one query"), ("p99", "99 % are below"), ("batch", "in batches of 1,000")]
NOTES = """\
The ten nearest by euclidean distance, exactly; embeddings are f32. One query: the median of up to
1,000 calls, 100 for the others. In batches: the time of a query, the best of five runs, one for the
others. Peers use one thread, and have their rows in memory; libdam has documents on disk and its
codes in memory. All found neighbours at the same distances, up to the others' rounding. Noise has
no structure that codes could use: it is the worst case."""
ACCURACY = """\
The label that most of a test image's neighbours have is its own for this share of the 10,000 test
images (known: 0.8497, 0.8554 and 0.8519 for 1, 5 and 9)."""


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def check_answers(lines):
    for line in lines:
        if line["workload"].endswith(" differing") and line["value"] != 0:
            sys.exit(f"{line['subject']}: {line['value']} answers of {line['workload']} are others")


def data_table(figures, title):
    rows = []
    for subject in SUBJECTS:
        cells = [figures.median(f"match {title} {column}", subject) for column, _ in COLUMNS]
        if any(cell is not None for cell in cells):
            rows.append([subject] + ["–" if cell is None else benchmarks.SHOWN["time"](cell)
                                     for cell in cells])
    return benchmarks.table([""] + [heading for _, heading in COLUMNS], rows)


def index_sentence(figures, title):
    first = benchmarks.SHOWN["time"](figures.median(f"match {title} row by row", "libdam"))
    build = benchmarks.SHOWN["time"](figures.median(f"match {title} with index", "libdam"))
    return (f"Before there are codes, one query takes {first}; the first eight, with which they "
            f"are made, take {build}.")


def accuracy_part(figures):
    shares = [(count, figures.median(f"match accuracy of {count}", "libdam"))
              for count in (1, 5, 9)]
    if shares[0][1] is None:
        return []
    rows = [[f"{count}", f"{share:.4f}"] for count, share in shares]
    return [ACCURACY, benchmarks.table(["neighbours", "share"], rows)]


def match_part(figures, folder):
    parts = ["## Match", benchmarks.machine_sentence(folder), NOTES]
    for title in ("Fashion-MNIST", "noise"):
        if figures.median(f"match {title} one", "libdam") is None:
            continue
        shape = figures.operations[f"match {title} row by row", "libdam"]
        parts += [f"### {title}, {shape:,} rows", data_table(figures, title),
                  index_sentence(figures, title)]
    missing = [subject for subject in SUBJECTS
               if not any(subject == found for _, found in figures.values)]
    if missing:
        parts.append(f"Not measured, for it could not be installed: {', '.join(missing)}.")
    return "\n\n".join(parts + accuracy_part(figures))


def main():
    path, folder = sys.argv[1:3]
    check_answers(read_lines(path))
    part = benchmarks.within_columns(match_part(benchmarks.Figures(path), folder))
    if len(sys.argv) > 3:
        benchmarks.write_part(sys.argv[3], "match", part)
    else:
        print(part)


if __name__ == "__main__":
    main()
