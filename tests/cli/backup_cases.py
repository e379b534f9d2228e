"""dam backup and dam salvage: what they copy, what they say, how they exit."""
import os

from cli_fixture import DAMAGED, DONE, FAILED, WRONG_USAGE, contains, equal, fails, true


def _copy(t, name='copy'):
    return str(t.directory / name)


def _damage(path, offset, size=1):
    with open(path, 'r+b') as file:
        file.seek(offset)
        file.write(b'\xee' * size)


def backup_makes_an_array_that_holds_the_same(t):
    t.fill(50)
    t.done('delete', t.array, 'd7')
    equal(t.done('backup', t.array, _copy(t)).out, '49 documents\n')
    equal(t.done('export', _copy(t)).out, t.done('export', t.array).out)
    t.sound(_copy(t))
    t.done('append', _copy(t), given='{"id":"more"}')
    equal(t.done('count', t.array).out, '49\n')


def backup_says_the_same_in_json(t):
    t.fill(3)
    equal(t.done('backup', t.array, _copy(t), '--json').values(), [{'documents': 3}])


def backup_makes_directories_and_leaves_no_second_name(t):
    t.fill(3)
    path = os.path.join(_copy(t), 'of', 'birds')
    t.done('backup', t.array, path)
    equal(sorted(os.listdir(path)), ['body.bin', 'header.bin', 'lock'])


def backup_overwrites_no_array(t):
    t.fill(3)
    t.done('backup', t.array, _copy(t))
    fails(t.run('backup', t.array, _copy(t)), FAILED, 'is there already')
    fails(t.run('backup', t.array, t.array), FAILED, 'is there already')
    t.sound()


def backup_wants_both_names(t):
    t.fill(1)
    equal(t.run('backup', t.array).status, WRONG_USAGE)
    equal(t.run('salvage', t.array).status, WRONG_USAGE)


def backup_of_what_is_not_there_makes_nothing(t):
    fails(t.run('backup', t.array, _copy(t)), FAILED, 'no array')
    true(not os.path.exists(_copy(t)), 'a directory was made')


def salvage_of_a_whole_array_is_done(t):
    t.fill(20)
    equal(t.done('salvage', t.array, _copy(t)).out,
          '20 documents recovered, 0 of them uncertain\n')
    equal(t.ids(_copy(t)), t.ids())
    t.sound(_copy(t))


def salvage_brings_back_an_array_without_its_header(t):
    t.fill(20)
    before = t.ids()
    os.remove(os.path.join(t.array, 'header.bin'))
    answer = t.run('salvage', t.array, _copy(t))
    equal(answer.status, DAMAGED, answer)
    equal(answer.lines()[0], 'header.bin is missing')
    equal(t.ids(_copy(t)), before)


def salvage_names_each_damaged_place(t):
    t.fill(20)
    _damage(os.path.join(t.array, 'body.bin'), 4096 + 64, 64)
    answer = t.run('salvage', t.array, _copy(t), '--json')
    equal(answer.status, DAMAGED, answer)
    value, = answer.values()
    equal((value['recovered'], value['uncertain']), (19, 0))
    contains(value['damage'][0], 'offset 4160 of body.bin, ')
    equal(t.ids(_copy(t)), [f'd{i}' for i in range(1, 20)])
    t.sound(_copy(t))


def salvage_without_a_body_says_so(t):
    t.fill(3)
    os.remove(os.path.join(t.array, 'body.bin'))
    answer = t.run('salvage', t.array, _copy(t))
    equal(answer.status, DAMAGED, answer)
    contains(answer.err, 'nothing can be saved')
    true(not os.path.exists(_copy(t)), 'a directory was made')


def salvage_of_what_is_no_array_fails(t):
    fails(t.run('salvage', t.array, _copy(t)), FAILED, 'no array')
    t.fill(3)
    t.done('backup', t.array, _copy(t))
    fails(t.run('salvage', t.array, _copy(t)), FAILED, 'is there already')
    fails(t.run('salvage', t.array, t.array), FAILED, 'the damaged array itself')
    equal(t.run('verify', t.array).status, DONE)
