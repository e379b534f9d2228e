"""Runs a list of cases and reports them in the Test Anything Protocol.

A case is a function without arguments that returns the list of its offenders; its name is the
sentence it holds true. An empty list is a pass; an exception is a failure.
"""
import sys
import traceback


def run(cases):
    """Exits with 0 when every case passed."""
    print(f"1..{len(cases)}")
    failures = 0
    for number, case in enumerate(cases, 1):
        try:
            offenders = case()
        except Exception:  # a check that breaks has not passed, whatever broke it
            offenders = traceback.format_exc().splitlines()
        failures += bool(offenders)
        print(f"{'not ok' if offenders else 'ok'} {number} - {case.__name__}")
        for offender in offenders:
            print(f"# {offender}")
    sys.exit(1 if failures else 0)


def expect(condition, text):
    """A list of offenders: empty when the condition holds."""
    return [] if condition else [text]
