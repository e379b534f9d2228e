"""Adds up the tables of docs/format.md: each begins at 0, has no gap, and reaches its total.

Argument: the root of the repository.
"""
import re
import sys

import pages
import tap

TABLE = re.compile(r"((?:^\|.*\n)+)", re.M)
KINDS = (["offset", "size"], ["bit", "bits"])


def rows_of(table):
    return [[cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in table.splitlines()]


def layout_tables(page):
    """The rows of each table of offsets or bits, heading and rule left out."""
    tables = [rows_of(table) for table in TABLE.findall(page.prose)]
    return [rows[2:] for rows in tables if rows[0][:2] in KINDS]


def offenders_in(rows):
    *fields, total = rows
    end, offenders = 0, []
    for row in fields:
        if int(row[0]) != end:
            offenders.append(f"{row[2]} begins at {row[0]}, what precedes it ends at {end}")
        end = int(row[0]) + int(row[1])
    if total[0] or total[2] != "**total**" or int(total[1]) != end:
        offenders.append(f"the fields end at {end}, the last row is {total}")
    return offenders


def main():
    page = pages.read_page(sys.argv[1], "docs/format.md")
    tables = layout_tables(page)

    def the_tables_are_found():
        return tap.expect(len(tables) == 14, f"{len(tables)} tables of offsets or bits, not 14")

    def fields_follow_each_other_and_reach_the_total():
        return [offender for rows in tables for offender in offenders_in(rows)]

    def a_gap_and_a_wrong_total_are_noticed():
        total = ["", "8", "**total**", ""]
        gap = offenders_in([["0", "4", "a", ""], ["6", "2", "b", ""], total])
        short = offenders_in([["0", "4", "a", ""], total])
        return tap.expect(len(gap) == 1 and len(short) == 1, f"{gap} {short}")

    tap.run([the_tables_are_found, fields_follow_each_other_and_reach_the_total,
             a_gap_and_a_wrong_total_are_noticed])


if __name__ == "__main__":
    main()
