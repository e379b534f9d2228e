"""dam seal: what it prints, what it ends, and how a copy is proven by it."""
import json
import os
import shutil

from cli_fixture import DAMAGED, FAILED, contains, equal, fails, true


def seal_prints_the_list_that_lies_beside_the_files(t):
    t.fill(20)
    answer = t.done('seal', t.array)
    with open(os.path.join(t.array, 'seal'), encoding='ascii') as file:
        equal(file.read(), answer.out)
    listed = json.loads(answer.out)
    equal(listed['documents'], 20)
    for file in listed['files']:
        equal(os.path.getsize(os.path.join(t.array, file['name'])), file['size'])
    equal([file['name'] for file in listed['files']][:2], ['header.bin', 'body.bin'])
    t.sound()


def seal_says_the_same_on_one_line_in_json(t):
    t.fill(3)
    values = t.done('seal', t.array, '--json').values()
    equal([value['documents'] for value in values], [3])


def a_sealed_array_is_read_and_not_written(t):
    t.fill(3)
    t.done('seal', t.array)
    equal(t.done('count', t.array).out, '3\n')
    fails(t.run('append', t.array, given='{"id":"more"}'), FAILED, 'is sealed')
    for command in ['prune', 'seal']:
        fails(t.run(command, t.array), FAILED, 'is sealed')
    equal(t.done('count', t.array).out, '3\n')


def a_copy_is_proven_by_its_seal(t):
    t.fill(20)
    t.done('seal', t.array)
    copy = str(t.directory / 'copy')
    shutil.copytree(t.array, copy)
    t.sound(copy)
    with open(os.path.join(copy, 'body.bin'), 'r+b') as file:
        file.seek(-1, os.SEEK_END)
        file.write(b'\xee')
    answer = t.run('verify', copy)
    equal(answer.status, DAMAGED)
    contains(answer.out, 'body.bin has other bytes than were sealed')
    os.remove(os.path.join(t.array, 'seal'))
    t.done('append', t.array, given='{"id":"more"}')
    true(not os.path.exists(os.path.join(t.array, 'seal')), 'the seal came back')
