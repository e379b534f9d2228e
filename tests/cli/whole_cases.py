"""dam merge, copy and patch: documents brought together and changed."""
import json

from cli_fixture import (FAILED, NOTHING_FOUND, WRONG_USAGE, contains, equal, fails, lines_of)


def _array(t, name, *documents):
    path = str(t.directory / name)
    t.done('import', path, given=''.join(json.dumps(document) + '\n' for document in documents))
    return path


def _document(t, array, document_id):
    value, = t.done('get', array, document_id).values()
    return value


def merge_adds_fills_and_lets_the_left_win(t):
    left = _array(t, 'left', {'id': 'a', 'text': 'left'}, {'id': 'b'})
    right = _array(t, 'right', {'id': 'c'}, {'id': 'a', 'text': 'right', 'uri': 'u'}, {'id': 'b'})
    equal(t.done('merge', left, right).out, '1 added, 1 changed\n')
    equal(t.ids(left), ['a', 'b', 'c'])
    equal(_document(t, left, 'a'), {'id': 'a', 'text': 'left', 'uri': 'u'})
    equal(t.done('merge', left, right, '--json').values(), [{'added': 0, 'changed': 0}])
    t.sound(left)


def merge_takes_any_number_of_arrays_and_loses_none(t):
    others = [_array(t, f'other{i}', {'id': 'shared', 'tags': {f'k{i}': i, 'all': i}},
                     {'id': f'own{i}'}) for i in range(5)]
    answer = t.done('merge', t.array, *others)
    equal(answer.out, '6 added, 4 changed\n')
    equal(t.ids(), ['shared'] + [f'own{i}' for i in range(5)])
    equal(_document(t, t.array, 'shared')['tags'],
          {'all': 0, 'k0': 0, 'k1': 1, 'k2': 2, 'k3': 3, 'k4': 4})
    t.sound()


def merge_of_what_is_no_array_says_which(t):
    t.fill(1)
    missing = str(t.directory / 'missing')
    answer = t.run('merge', t.array, missing)
    contains(answer.err, missing)
    equal(answer.status in (NOTHING_FOUND, FAILED), True, answer)
    fails(t.run('merge', t.array), WRONG_USAGE, 'OTHER')


def copy_appends_a_slice_in_its_order(t):
    t.fill(10)
    target = str(t.directory / 'target')
    equal(t.done('copy', t.array, target, '--slice', '::-4').out, '3 added\n')
    equal(t.ids(target), ['d9', 'd5', 'd1'])
    equal(t.done('copy', t.array, target, '--slice', ':1', '--json').values(), [{'added': 1}])
    equal(t.ids(target), ['d9', 'd5', 'd1', 'd0'])
    t.sound(target)


def copy_of_an_id_that_is_there_copies_nothing_unless_told_to_replace(t):
    t.fill(3)
    target = _array(t, 'target', {'id': 'd1', 'text': 'old'})
    fails(t.run('copy', t.array, target), FAILED, target, 'd1')
    equal(t.ids(target), ['d1'])
    equal(t.done('copy', t.array, target, '--upsert').out, '2 added\n')
    equal(t.ids(target), ['d1', 'd0', 'd2'])
    equal(_document(t, target, 'd1')['text'], 'text 1')
    fails(t.run('copy', t.array, target, '--slice', 'x'), WRONG_USAGE, '--slice')


def patch_changes_one_document_and_prints_it(t):
    t.done('import', t.array, given=lines_of(2))
    value, = t.done('patch', t.array, 'd1', '{"text":null,"tags":{"n":1}}').values()
    equal(value, {'id': 'd1', 'tags': {'n': 1}})
    value, = t.done('patch', t.array, 'd1', given='{"tags":{"m":2}}').values()
    equal(value, {'id': 'd1', 'tags': {'m': 2, 'n': 1}})
    equal(_document(t, t.array, 'd1'), value)
    equal(t.ids(), ['d0', 'd1'])
    t.sound()


def patch_of_nobody_and_patches_that_are_none_change_nothing(t):
    t.fill(2)
    fails(t.run('patch', t.array, 'nobody', '{}'), NOTHING_FOUND, 'nobody')
    for patch in ['', '{', '{"no_field":1}', '{"id":"other"}', '{"text":1}']:
        fails(t.run('patch', t.array, 'd0', given=patch), FAILED, t.array)
    equal(_document(t, t.array, 'd0'), {'id': 'd0', 'text': 'text 0'})
