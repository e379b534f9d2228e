"""Holds the sources of the repository to style_rules.py, one case a rule.

Argument: the root of the repository.
"""
import functools
import sys

import source_tree
import style_rules
import tap


def main():
    sources = source_tree.read_sources(sys.argv[1])
    cases = []
    for rule in style_rules.RULES:
        case = functools.partial(rule, sources)
        case.__name__ = rule.__name__
        cases.append(case)
    tap.run(cases)


if __name__ == "__main__":
    main()
