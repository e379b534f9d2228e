"""Turns the JSON lines of `scripts/bench languages` into their part of docs/benchmarks.md.

    render_languages.py FIGURES FOLDER [PAGE]

FOLDER lies on the file system that was measured. Without PAGE the part goes to stdout. Fails where
two languages gave different answers.
"""
import json
import sys

import render_benchmarks as benchmarks

LANGUAGES = ("C", "Java", "Go", "Node")
ROWS = [
    ("get_copied", "get by id, copied, one a call"),
    ("iterate", "walk through all, in packed batches"),
    ("extend", "extend by 1,000, not synced (a document)"),
]
NOTES = """\
Each figure is the median of {rounds} processes, each after a round to warm up; the languages took
turns. Documents have 1,024 bytes and random UUIDs, files are cached, checksums are on. What comes
back is memory of the language: a buffer that is used again in C, a document in the others, with a
copy of its bytes. In C what is stored lies packed already; the others pack documents first. Answers
were compared and equal. A ratio is the language's time by C's."""


def check_answers(path):
    """All languages found the same documents."""
    answers = {}
    with open(path, encoding="utf-8") as lines:
        for figure in map(json.loads, lines):
            answers.setdefault(figure["workload"], set()).add((figure["operations"],
                                                               figure["digest"]))
    for workload, different in answers.items():
        if len(different) > 1:
            sys.exit(f"{workload}: the answers differ: {sorted(different)}")


def languages_part(figures, folder):
    rows = []
    for name, title in ROWS:
        base = figures.median(name, "C")
        for language in LANGUAGES:
            value = figures.median(name, language)
            rows.append([title if language == "C" else "", language,
                         figures.shown(name, language, "time"),
                         figures.shown(name, language, "rate"), f"{value / base:.1f}",
                         figures.spread(name, language)])
    documents = figures.operations["iterate", "C"]
    rounds = len(figures.values["iterate", "C"])
    return "\n\n".join([
        "## Languages", benchmarks.machine_sentence(folder),
        f"### {documents:,} documents", NOTES.format(rounds=rounds),
        benchmarks.table(["", "language", "a document", "documents", "by C's", "spread"], rows)])


def main():
    path, folder = sys.argv[1:3]
    check_answers(path)
    part = benchmarks.within_columns(languages_part(benchmarks.Figures(path), folder))
    if len(sys.argv) > 3:
        benchmarks.write_part(sys.argv[3], "languages", part)
    else:
        print(part)


if __name__ == "__main__":
    main()
