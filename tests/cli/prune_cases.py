"""dam prune and dam clear: what stays, what goes, and what they say."""
import os

from cli_fixture import DONE, FAILED, NOTHING_FOUND, WRONG_USAGE, contains, equal, fails, true


def _bytes_of(array):
    return sum(os.path.getsize(os.path.join(array, name)) for name in ('header.bin', 'body.bin'))


def prune_gives_space_back_and_tells_how_much(t):
    t.fill(500)
    t.done('delete', t.array, '--slice', '::2')
    before = _bytes_of(t.array)
    answer = t.done('prune', t.array)
    after = _bytes_of(t.array)
    equal(answer.out, f'{before} bytes before, {after} after\n')
    true(after < before * 6 // 10, (before, after))
    equal(t.ids(), [f'd{i}' for i in range(1, 500, 2)])
    t.sound()


def prune_says_the_same_in_json(t):
    t.fill(10)
    before = _bytes_of(t.array)
    value, = t.done('prune', t.array, '--json').values()
    equal(value, {'pruned': True, 'bytes_before': before, 'bytes_after': _bytes_of(t.array)})


def prune_leaves_little_garbage_alone_when_asked(t):
    t.fill(100)
    t.done('delete', t.array, 'd0')
    equal(t.done('prune', t.array, '--garbage', 50).out, 'too little garbage, nothing done\n')
    value, = t.done('prune', t.array, '--garbage', 50, '--json').values()
    equal(value['pruned'], False)
    contains(t.done('stat', t.array).out, 'generation\t1\n')
    t.done('delete', t.array, '--slice', ':80')
    t.done('prune', t.array, '--garbage', 50)
    contains(t.done('stat', t.array).out, 'generation\t2\n')
    contains(t.done('stat', t.array).out, 'garbage_percent\t0\n')


def a_threshold_that_is_no_percentage_is_wrong_usage(t):
    t.fill(1)
    for value in ['101', '-1', '5x', 'half']:
        fails(t.run('prune', t.array, f'--garbage={value}'), WRONG_USAGE, '--garbage')


def a_pruned_array_is_written_to_and_pruned_again(t):
    t.fill(20)
    for round_number in range(3):
        t.done('delete', t.array, '--at', 0)
        t.done('prune', t.array)
        t.done('append', t.array, given='{"id":"new%d"}' % round_number)
    equal(t.ids(), [f'd{i}' for i in range(3, 20)] + ['new0', 'new1', 'new2'])
    equal(sorted(os.listdir(t.array)), ['body.bin', 'header.bin', 'lock'])
    t.sound()


def prune_and_clear_of_what_is_not_there_make_nothing(t):
    for command in ['prune', 'clear']:
        answer = t.run(command, t.array)
        true(answer.status in (NOTHING_FOUND, FAILED), answer)
        contains(answer.err, f'dam: {command}: {t.array}')
        true(not os.path.exists(t.array), 'no array was made')


def clear_removes_every_document_and_keeps_the_array(t):
    t.fill(30)
    equal(t.done('clear', t.array).out, '30\n')
    equal(t.done('count', t.array).out, '0\n')
    equal(t.done('clear', t.array).status, DONE)
    equal(t.done('append', t.array, given='{"id":"d3"}').out, '0\td3\n')
    t.sound()
