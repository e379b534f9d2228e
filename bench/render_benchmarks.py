"""Turns the JSON lines of scripts/bench into one part of docs/benchmarks.md.

    render_benchmarks.py store|instructions FIGURES FOLDER [PAGE]

FOLDER lies on the file system that was measured. Without PAGE the part goes to stdout; in PAGE it
replaces what stands between its two markers, or is added at the end.
"""
import collections
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import textwrap

import benchmark_tables as tables

HEAD = "# Benchmarks\n\nWritten by `scripts/bench`; edit nothing here by hand.\n"


def scaled(value, units):
    """1234 with steps of 1000 from the first unit on: three digits that count."""
    unit = 0
    while abs(value) >= 999.5 and unit + 1 < len(units):
        value, unit = value / 1000, unit + 1
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {units[unit]}"


SHOWN = {
    "time": lambda value: scaled(value, ["ns", "µs", "ms", "s"]),
    "rate": lambda value: f"{1e9 / value:,.0f} /s",
    "bandwidth": lambda value: f"{1024 / value:.1f} GB/s",
    "kilobyte": lambda value: f"{1000 / value:.1f} GB/s",
    "bytes": lambda value: f"{value:,.0f}",
}


class Figures:
    """Values by workload and subject, in the order they came."""

    def __init__(self, path):
        self.values = collections.defaultdict(list)
        self.operations = {}
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                figure = json.loads(line)
                key = figure["workload"], figure["subject"]
                self.values[key].append(figure["value"])
                self.operations[key] = figure.get("operations", 0)

    def median(self, workload, subject):
        values = self.values.get((workload, subject))
        return statistics.median(values) if values else None

    def spread(self, workload, subject):
        values = self.values.get((workload, subject)) or [0]
        middle = statistics.median(values)
        return f"{(max(values) - min(values)) / middle:.0%}" if middle else ""

    def shown(self, workload, subject, form):
        value = self.median(workload, subject)
        return SHOWN[form](value) if value is not None else "–"

    def subjects(self, workload):
        return [subject for name, subject in self.values if name == workload]


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def against_target(value, target, form):
    if target is None:
        return "–"
    sign = "≥" if form in ("rate", "bandwidth") else "≤"
    return f"{sign} {SHOWN[form](target)}" + (" **missed**" if value > target else "")


def beside(figures, workload, store, form):
    """A store's figure, and what it is by libdam's."""
    own, peer = (figures.median(workload, subject) for subject in ("libdam", store))
    shown = figures.shown(workload, store, form)
    if peer is None or store == "libdam" or not own:
        return shown
    return f"{shown} ({peer / own:.2f}{' **behind**' if peer < own else ''})"


def store_table(figures):
    rows = []
    for name, title, form, target in tables.STORE_ROWS:
        if name == "commit_durable":
            target = tables.DURABLE_BY_FLOOR * figures.median("fdatasync", "machine")
        rows.append([title] + [beside(figures, name, store, form) for store in tables.STORES] +
                    [figures.spread(name, "libdam"),
                     against_target(figures.median(name, "libdam"), target, form)])
    return table([""] + list(tables.STORES) + ["spread", "target"], rows)


def shared_table(figures):
    rows = []
    for name, title in tables.SHARED_ROWS:
        for store in figures.subjects("readers_alone"):
            alone = figures.median(name + "_alone", store)
            shared = figures.median(name + "_beside", store)
            rows.append([title, store, figures.shown(name + "_alone", store, "rate"),
                         figures.shown(name + "_beside", store, "rate"), f"{alone / shared:.0%}"])
    return table(["", "store", "alone", "beside the others", "what is left"], rows)


def cold_part(figures):
    memory = figures.median("cold_memory", "machine")
    if memory is None:
        return "Left out: it needs a control group of its own, which this machine did not give."
    disk = figures.median("disk_read", "machine")
    rows = []
    for store in figures.subjects("cold_get"):
        value = figures.median("cold_get", store)
        rows.append([store, f"{figures.shown('cold_get', store, 'time')} ({value / disk:.2f})",
                     figures.shown("cold_bytes", store, "bytes")])
    notes = tables.COLD_NOTES.format(memory=f"{memory / 2**20:.0f} MiB", disk=SHOWN["time"](disk),
                                     gets=figures.operations["cold_get", "libdam"])
    return notes + "\n\n" + table(["", "get by id, copied", "bytes read from the disk a get"], rows)


def text_id_table(figures):
    rows = [[title, figures.shown(name, "text ids", form), figures.shown(name, "libdam", form),
             f"{figures.median(name, 'text ids') / figures.median(name, 'libdam'):.2f}"]
            for name, title, form, _ in tables.STORE_ROWS if figures.median(name, "text ids")]
    return table(["libdam", "ids that are no UUIDs", "UUIDs", "cost by UUIDs'"], rows)


def growth_table(figures):
    sizes = figures.subjects("growth_open")
    rows = []
    for name, title in tables.GROWTH_ROWS:
        workload = "growth_" + name
        times = figures.median(workload, sizes[-1]) / figures.median(workload, sizes[0])
        rows.append([title] + [figures.shown(workload, size, "time") for size in sizes] +
                    [f"{times:.1f}"])
    return table(["documents"] + [f"{int(size):,}" for size in sizes] + ["largest by smallest"],
                 rows)


def memory_table(figures):
    rows = []
    for name, title in tables.MEMORY_ROWS:
        value = figures.median(name, "libdam")
        rows.append([title, f"{figures.operations[name, 'libdam']:,}", f"{value / 1024:,.0f} KiB",
                     "< 4 MiB" + (" **missed**" if value >= tables.MEMORY_TARGET else "")])
    return table(["", "documents", "private memory", "target"], rows)


def import_sentence(figures):
    value = figures.median("import", "libdam")
    lines = figures.operations["import", "libdam"]
    return (f"The {lines:,} WordNet lines of `scripts/demo`, whole process: "
            f"{SHOWN['rate'](value)}, target "
            f"{against_target(value, tables.IMPORT_TARGET, 'rate')} (median of "
            f"{len(figures.values['import', 'libdam'])}).")


def first_line(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def machine_sentence(folder):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"model name\s*:\s*(.*)", file.read())
    with open("/proc/meminfo", encoding="utf-8") as file:
        kilobytes = int(re.search(r"MemTotal:\s*(\d+)", file.read()).group(1))
    file_system = first_line(["df", "--output=fstype", folder]).split()[-1]
    return (f"Machine: {model.group(1) if model else platform.machine()}, {os.cpu_count()} cores, "
            f"{kilobytes / 2**20:.0f} GiB of memory, Linux {platform.release()}, file system "
            f"{file_system}; commit {first_line(['git', 'rev-parse', '--short', 'HEAD'])}.")


def store_part(figures, folder):
    floors = [[title, figures.shown(name, "machine", form), figures.spread(name, "machine")]
              for name, title, form in tables.FLOOR_ROWS if figures.median(name, "machine")]
    documents = figures.operations["load", "libdam"]
    repetitions = len(figures.values["get_copied", "libdam"])
    return "\n\n".join([
        "## Store", machine_sentence(folder) + " Its floors, before and after the stores:",
        table(["floor", "median", "spread"], floors),
        f"### {documents:,} documents, {repetitions} repetitions", tables.STORE_NOTES,
        store_table(figures), "### Ids", "libdam packs a UUID into 16 bytes and hashes any other "
        "id of that length; the peers take both as plain bytes.", text_id_table(figures),
        "### Growth", "libdam with the smallest documents that have such an id and a text.",
        growth_table(figures), "### Readers beside a writer", tables.SHARED_NOTES,
        shared_table(figures), "### More than memory holds", cold_part(figures),
        "### Private memory", "Anonymous memory of the reading process, "
        "from /proc/self/smaps_rollup, less what it had before the open.", memory_table(figures),
        "### dam import", import_sentence(figures)])


def instructions_part(figures, folder):
    rows = [[title, f"{figures.median(name, 'instructions'):,.0f}"]
            for name, title in tables.INSTRUCTION_ROWS]
    return "\n\n".join([
        "## Instructions", machine_sentence(folder) + " Counted by valgrind's callgrind, a call, "
        "on 2,048 documents of 1,024 bytes with random UUIDs, checksums on, no upkeep thread. "
        "Valgrind hides the processor's widest instructions, so checksums take more than they do "
        "outside.",
        table(["call", "instructions"], rows)])


def write_part(page, topic, part):
    begin, end = f"<!-- {topic}: begin -->", f"<!-- {topic}: end -->"
    text = HEAD
    if os.path.exists(page):
        with open(page, encoding="utf-8") as file:
            text = file.read()
    block = f"{begin}\n{part}\n{end}"
    if begin in text:
        text = text[:text.index(begin)] + block + text[text.index(end) + len(end):]
    else:
        text += f"\n{block}\n"
    with open(page, "w", encoding="utf-8") as file:
        file.write(text)


def within_columns(text):
    """Sentences within the columns of a page; tables and headings stay as they are."""
    return "\n".join(line if line.startswith(("|", "#", "<", "-", " ")) else
                     textwrap.fill(line, 100, break_on_hyphens=False) for line in text.split("\n"))


def main():
    topic, figures, folder = sys.argv[1:4]
    render = {"store": store_part, "instructions": instructions_part}[topic]
    part = within_columns(render(Figures(figures), folder))
    if len(sys.argv) > 4:
        write_part(sys.argv[4], topic, part)
    else:
        print(part)


if __name__ == "__main__":
    main()
