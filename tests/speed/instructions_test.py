"""No call of libdam takes notably more instructions than bench/instructions.json says.

    instructions_test.py BENCH STYLE PROGRAM FLAVOUR...

BENCH and STYLE are the folders of what it imports, PROGRAM is bench_instructions, FLAVOUR what
made it. Where the record was made by another compiler, libc or machine, the bound is wide: what
those change is less, and a call that does its work twice still fails. A change that is meant is
recorded by `ninja -C build-test/tests record-instructions`.
"""
import json
import sys

sys.path[:0] = sys.argv[1:3]
import count_instructions
import tap

SAME = 1.05
OTHER = 1.5


def same_operations(found, expected):
    def the_record_names_the_operations_that_are_counted():
        return tap.expect(list(found) == list(expected), f"counted: {', '.join(found)}")
    return the_record_names_the_operations_that_are_counted


def no_more_than(name, count, most):
    def case():
        return tap.expect(count <= most, f"{count} instructions a call, at most {most:.0f}")
    case.__name__ = f"{name}_takes_no_more_instructions_than_recorded"
    return case


def main():
    program, *flavour = sys.argv[3:]
    with open(count_instructions.RECORD, encoding="utf-8") as file:
        recorded = json.load(file)
    expected = recorded["instructions"]
    made_by = count_instructions.made_by(flavour)
    bound = SAME if made_by == recorded["made_by"] else OTHER
    if bound == OTHER:
        print(f"# recorded by {recorded['made_by']}, this is {made_by}: the bound is {OTHER}")
    found = count_instructions.count(program)
    for name, value in found.items():
        print(f"# {name}: {value}, recorded {expected.get(name)}")
    tap.run([same_operations(found, expected)] +
            [no_more_than(name, found[name], value * bound)
             for name, value in expected.items() if name in found])


if __name__ == "__main__":
    main()
