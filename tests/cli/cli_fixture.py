"""What every case stands on: a fresh directory, the program `dam`, checks that say what differs.

A case is a function with one parameter, a Fixture; its name is a sentence about behaviour.
"""
import json
import subprocess
from pathlib import Path

DONE, NOTHING_FOUND, WRONG_USAGE, DAMAGED, FAILED = range(5)


class Answer:
    """What a run of the program left: exit status, stdout and stderr."""

    def __init__(self, process):
        self.status = process.returncode
        self.bytes = process.stdout or b''
        self.out = self.bytes.decode('utf-8', 'replace')
        self.err = (process.stderr or b'').decode('utf-8', 'replace')

    def lines(self):
        return self.out.splitlines()

    def values(self):
        return [json.loads(line) for line in self.lines()]

    def __str__(self):
        return f'status {self.status}, stdout {self.out[:400]!r}, stderr {self.err[:400]!r}'


class Fixture:
    def __init__(self, dam, read_array, source_root, directory):
        self.dam = str(dam)
        self.read_array = str(read_array)
        self.source_root = Path(source_root)
        self.directory = Path(directory)
        self.array = str(self.directory / 'array')

    def run(self, *words, given=None, **options):
        """Runs `dam` with these words; `given` is its stdin."""
        if isinstance(given, str):
            given = given.encode('utf-8')
        options.setdefault('timeout', 120)
        if given is None:
            options.setdefault('stdin', subprocess.DEVNULL)
        process = subprocess.run([self.dam, *map(str, words)], input=given, cwd=self.directory,
                                 stdout=options.pop('stdout', subprocess.PIPE),
                                 stderr=subprocess.PIPE, check=False, **options)
        return Answer(process)

    def start(self, *words, **options):
        return subprocess.Popen([self.dam, *map(str, words)], cwd=self.directory, **options)

    def done(self, *words, given=None):
        """Runs `dam` and expects it to succeed without a word on stderr."""
        answer = self.run(*words, given=given)
        equal(answer.status, DONE, answer)
        equal(answer.err, '', answer)
        return answer

    def file(self, name, text):
        path = self.directory / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode('utf-8'))
        return str(path)

    def fill(self, count, array=None):
        """Imports documents d0, d1, ... with texts `text 0`, `text 1`, ..."""
        self.done('import', array or self.array, given=lines_of(count))
        return array or self.array

    def sound(self, array=None):
        answer = self.run('verify', array or self.array)
        equal(answer.status, DONE, answer)
        equal(answer.out, 'sound\n', answer)

    def ids(self, array=None):
        return [value['id'] for value in self.done('export', array or self.array).values()]


def lines_of(count, first=0):
    return ''.join(json.dumps({'id': f'd{i}', 'text': f'text {i}'}) + '\n'
                   for i in range(first, first + count))


def equal(actual, expected, context=''):
    if actual != expected:
        raise AssertionError(f'expected {expected!r}, got {actual!r}. {context}')


def contains(text, part, context=''):
    if part not in text:
        raise AssertionError(f'expected {part!r} in {text!r}. {context}')


def true(fact, context=''):
    if not fact:
        raise AssertionError(str(context))


def fails(answer, status, *parts):
    """The exit status, and one line on stderr that names each part."""
    equal(answer.status, status, answer)
    complaint = answer.err.splitlines()
    true(complaint and complaint[0].startswith('dam: '), answer)
    if status != WRONG_USAGE:
        equal(len(complaint), 1, answer)
    for part in parts:
        contains(answer.err, part, answer)
