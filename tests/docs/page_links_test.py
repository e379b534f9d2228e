"""Holds the pages to the repository: links, paths and names lead somewhere, pages stay short.

Argument: the root of the repository.
"""
import functools
import os
import re
import sys

import pages
import tap

LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED_PATH = re.compile(
    r"(?<![\w/.<-])((?:src|tests|docs|include|tools|scripts|examples|bindings)/[\w./-]*[\w/])")
NAMED_CODE = re.compile(r"`(\w+(?:::\w+)*)`")
MOST_LINES = {"README.md": 150, "ARCHITECTURE.md": 200}
MOST_DECISION_LINES = 40
COLUMNS = 100
CODE_FOLDERS = ("src", "include", "tools")
CODE_ENDINGS = (".h", ".cc", ".c", ".py", ".fbs", ".build")


def broken_links(root, found):
    known = {page.path: page for page in found}
    offenders = []
    for page in found:
        for target in LINK.findall(page.prose):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            full = os.path.normpath(os.path.join(os.path.dirname(page.path), path)) if path \
                else page.path
            if not os.path.exists(os.path.join(root, full)):
                offenders.append(f"{page.path}: the link {target} leads nowhere")
            elif anchor and full in known and anchor not in known[full].anchors():
                offenders.append(f"{page.path}: {full} has no heading for #{anchor}")
    return offenders


def absent_paths(root, found):
    return [f"{page.path}: there is no {path}" for page in found
            for path in sorted(set(NAMED_PATH.findall(page.prose)))
            if not os.path.exists(os.path.join(root, path))]


@functools.cache
def words_of_code(root):
    words = set()
    for top in CODE_FOLDERS:
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                if name.endswith(CODE_ENDINGS):
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        words.update(re.findall(r"\w+", file.read()))
    return words


def unknown_names(root, found):
    """Names of code that no source has: the page is behind a renaming."""
    return [f"{page.path}: no source has the name {name}" for page in found
            for name in sorted(set(NAMED_CODE.findall(page.prose)))
            if not set(name.split("::")) <= words_of_code(root)]


def long_pages(found):
    offenders = []
    for page in found:
        decision = page.path.startswith("docs/decisions/")
        most = MOST_DECISION_LINES if decision else MOST_LINES.get(page.path)
        lines = len(page.text.splitlines())
        if most and lines > most:
            offenders.append(f"{page.path}: {lines} lines, at most {most}")
    return offenders


def long_lines(found):
    """Rows of tables aside, which cannot be broken."""
    return [f"{page.path}:{number}: {len(line)} columns, at most {COLUMNS}" for page in found
            for number, line in enumerate(page.prose.splitlines(), 1)
            if len(line) > COLUMNS and not line.startswith("|")]


def misnumbered_decisions(root):
    names = sorted(os.listdir(os.path.join(root, "docs", "decisions")))
    numbers = [name[:4] for name in names]
    return [f"docs/decisions/{name}: the number {expected:04} is wanted"
            for expected, (number, name) in enumerate(zip(numbers, names), 1)
            if number != f"{expected:04}"]


def main():
    root = sys.argv[1]
    found = pages.read_pages(root)
    told = [page for page in found if page.path in (
        "ARCHITECTURE.md", "docs/durability.md", "docs/threading.md")]

    def the_pages_are_found():
        return tap.expect(len(found) > 10 and len(told) == 3, f"{len(found)} pages were found")

    def links_lead_to_a_file_and_a_heading():
        return broken_links(root, found)

    def named_paths_are_there():
        return absent_paths(root, found)

    def named_functions_and_types_are_in_the_sources():
        return unknown_names(root, told)

    def pages_keep_their_length():
        return long_pages(found) + long_lines(found)

    def decisions_are_numbered_without_gaps():
        return misnumbered_decisions(root)

    def a_link_or_a_path_that_is_wrong_is_noticed():
        sample = [pages.Page("docs/a.md", "# A\n[b](b.md) [a](#b) src/none.cc `no_such_name_` ")]
        missed = [] if len(broken_links(root, sample)) == 2 else ["links"]
        missed += [] if len(absent_paths(root, sample)) == 1 else ["paths"]
        return missed + ([] if len(unknown_names(root, sample)) == 1 else ["names"])

    tap.run([the_pages_are_found, links_lead_to_a_file_and_a_heading, named_paths_are_there,
             named_functions_and_types_are_in_the_sources, pages_keep_their_length,
             decisions_are_numbered_without_gaps, a_link_or_a_path_that_is_wrong_is_noticed])


if __name__ == "__main__":
    main()
