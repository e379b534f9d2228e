"""Runs every case of the *_cases modules beside it and prints TAP.

run_cases.py DAM READ_ARRAY SOURCE_ROOT [PART]    with PART: only cases whose name contains it
"""
import importlib
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

from cli_fixture import Fixture

HERE = Path(__file__).parent


def cases():
    for path in sorted(HERE.glob('*_cases.py')):
        if path.stem == 'run_cases':
            continue
        module = importlib.import_module(path.stem)
        for name, value in vars(module).items():
            if callable(value) and getattr(value, '__module__', '') == path.stem \
                    and not name.startswith('_'):
                yield path.stem[:-len('_cases')], name, value


def run_case(case, programs):
    directory = tempfile.mkdtemp(prefix='dam-cli-')
    try:
        case(Fixture(*programs, directory))
        return None
    except Exception:  # whatever a case raises is its failure, and the next one runs
        return traceback.format_exc()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def main(words):
    # Cases run elsewhere.
    programs = [Path(word).resolve() for word in words[:3]]
    part = words[3] if len(words) > 3 else ''
    chosen = [row for row in cases() if part in row[1]]
    print(f'1..{len(chosen)}')
    failed = 0
    for number, (topic, name, case) in enumerate(chosen, 1):
        failure = run_case(case, programs)
        failed += failure is not None
        print(f'{"not " if failure else ""}ok {number} - {topic}: {name}', flush=True)
        for line in (failure or '').splitlines():
            print('# ' + line)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.path.insert(0, str(HERE))
    sys.exit(main(sys.argv[1:]))
