"""dam append, delete and verify: one change at a time, and the proof that all is whole."""
import json
import os
import shutil
import subprocess

from cli_fixture import (DAMAGED, DONE, FAILED, NOTHING_FOUND, WRONG_USAGE, contains, equal, fails,
                         true)


def append_prints_position_and_id(t):
    equal(t.done('append', t.array, given='{"id":"a"}').out, '0\ta\n')
    equal(t.done('append', t.array, given='{"id":"b"}').out, '1\tb\n')
    equal(t.done('append', t.array, '--json', given='{"id":"c"}').values(),
          [{'position': 2, 'id': 'c'}])
    t.sound()


def append_gives_a_fresh_id_and_tells_it(t):
    position, name = t.done('append', t.array, given='{"text":"no id"}').out.rstrip().split('\t')
    equal(position, '0')
    equal(t.done('get', t.array, name, '--field', 'text').out, 'no id\n')


def append_reads_a_document_over_many_lines(t):
    text = json.dumps({'id': 'a', 'tags': {'n': [1, 2]}}, indent=2)
    t.done('append', t.array, given=text + '\n\n')
    equal(t.done('get', t.array, 'a', '--field', 'tags.n').out, '[1,2]\n')


def append_of_a_live_id_changes_nothing(t):
    t.done('append', t.array, given='{"id":"a","text":"first"}')
    fails(t.run('append', t.array, given='{"id":"a","text":"second"}'), FAILED, t.array)
    equal(t.done('get', t.array, 'a', '--field', 'text').out, 'first\n')


def append_with_upsert_replaces_and_keeps_the_position(t):
    t.fill(3)
    equal(t.done('append', t.array, '--upsert', given='{"id":"d1","text":"new"}').out, '1\td1\n')
    equal(t.done('get', t.array, '--at', 1, '--field', 'text').out, 'new\n')
    t.sound()


def append_names_line_and_column_of_malformed_json(t):
    answer = t.run('append', t.array, given='{\n"id":"a",\n  x\n}')
    fails(answer, FAILED, 'dam: append: stdin, ', 'line 3', 'column 3')
    true(not os.path.exists(t.array), 'no array was made')


def shared_writers_go_on_beside_each_other(t):
    lines = ''.join(f'{{"id":"i{i}"}}\n' for i in range(200))
    importing = t.start('import', t.array, '--shared', '--batch', '7', t.file('many.jsonl', lines),
                        stdout=subprocess.DEVNULL)
    for i in range(5):
        t.done('append', t.array, '--shared', given=f'{{"id":"a{i}"}}')
    equal(t.done('delete', t.array, '--shared', 'a3').out, '1\n')
    equal(importing.wait(), 0)
    equal(t.done('count', t.array).out, '204\n')
    t.sound()


def append_of_nothing_and_of_two_documents_are_errors(t):
    for text in ['', '   \n', '{"id":"a"}\n{"id":"b"}', '[{"id":"a"}]']:
        fails(t.run('append', t.array, given=text), FAILED, 'stdin')


def append_turns_unknown_members_to_tags_on_request(t):
    fails(t.run('append', t.array, given='{"id":"a","size":3}'), FAILED, 'size')
    t.done('append', t.array, '--unknown-to-tags', given='{"id":"a","size":3}')
    equal(t.done('get', t.array, 'a', '--field', 'tags.size').out, '3\n')


def a_durable_append_is_stored(t):
    equal(t.done('append', t.array, '--durable', given='{"id":"a"}').out, '0\ta\n')
    equal(t.ids(), ['a'])
    t.sound()


def delete_by_id_prints_how_many_went(t):
    t.fill(5)
    equal(t.done('delete', t.array, 'd1', 'd3').out, '2\n')
    equal(t.ids(), ['d0', 'd2', 'd4'])
    t.sound()


def delete_names_absent_ids_and_deletes_the_others(t):
    t.fill(3)
    answer = t.run('delete', t.array, 'd0', 'nobody')
    equal([answer.status, answer.out], [DONE, '1\n'], answer)
    contains(answer.err, 'no document "nobody"')
    equal(t.ids(), ['d1', 'd2'])


def delete_of_nothing_that_is_there_is_nothing_found(t):
    t.fill(3)
    answer = t.run('delete', t.array, 'nobody')
    fails(answer, NOTHING_FOUND, 'no document "nobody"')
    equal(answer.out, '0\n')
    fails(t.run('delete', t.array, '--at', 3), NOTHING_FOUND, 'no position 3', '3 documents')
    equal(t.run('delete', t.array, '--slice', '3:').status, NOTHING_FOUND)
    equal(t.ids(), ['d0', 'd1', 'd2'])


def delete_counts_an_id_given_twice_once(t):
    t.fill(3)
    equal(t.done('delete', t.array, 'd1', 'd1').out, '1\n')
    equal(t.ids(), ['d0', 'd2'])


def delete_by_position_means_positions_before_the_delete(t):
    t.fill(6)
    equal(t.done('delete', t.array, '--at', 0, 1, -1, 0, 5).out, '3\n')
    equal(t.ids(), ['d2', 'd3', 'd4'])
    t.sound()


def delete_by_slice_follows_the_rules_of_python(t):
    for text in ['1:3', '::2', '-2:', '::-3', ':']:
        array = t.fill(7, str(t.directory / text.replace(':', '_')))
        left = [f'd{i}' for i in range(7)]
        del left[slice(*[int(part) if part else None for part in text.split(':')])]
        equal(t.done('delete', array, '--slice', text).out, f'{7 - len(left)}\n')
        equal(t.ids(array), left)
        t.sound(array)


def delete_wants_exactly_one_way_to_choose(t):
    t.fill(2)
    for words in [[], ['d0', '--at', 1], ['d0', '--slice', ':'], ['--at', 0, '--slice', ':']]:
        fails(t.run('delete', t.array, *words), WRONG_USAGE, 'give ids')
    equal(t.done('count', t.array).out, '2\n')


def delete_then_append_puts_a_document_at_the_end(t):
    t.fill(3)
    t.done('delete', t.array, 'd0')
    equal(t.done('append', t.array, given='{"id":"d0"}').out, '2\td0\n')
    equal(t.ids(), ['d1', 'd2', 'd0'])
    t.sound()


def verify_says_sound_in_words_and_in_json(t):
    t.fill(3)
    equal(t.done('verify', t.array).out, 'sound\n')
    equal(t.done('verify', t.array, '--json').values(), [{'sound': True, 'damage': []}])


def verify_names_each_damaged_place(t):
    t.fill(200)
    _flip(os.path.join(t.array, 'body.bin'), _place_of(t, b'text 100'))
    answer = t.run('verify', t.array)
    fails(answer, DAMAGED, 'dam: verify: ' + t.array)
    contains(answer.out, 'body.bin')
    value, = t.run('verify', t.array, '--json').values()
    equal(value['sound'], False)
    true(value['damage'] and 'body.bin' in value['damage'][0], value)


def a_damaged_document_is_damage_and_the_others_are_still_read(t):
    t.fill(200)
    _flip(os.path.join(t.array, 'body.bin'), _place_of(t, b'text 100'))
    fails(t.run('get', t.array, 'd100'), DAMAGED, 'dam: get: ' + t.array, 'body.bin')
    equal(t.done('get', t.array, 'd99', '--field', 'text').out, 'text 99\n')
    answer = t.run('export', t.array)
    fails(answer, DAMAGED, 'body.bin')


def a_directory_that_is_no_array_is_refused_and_left_alone(t):
    t.file('plain.txt', 'my own file')
    before = sorted(os.listdir(t.directory))
    for words in [['count', t.directory], ['verify', t.directory], ['stat', t.directory],
                  ['delete', t.directory, 'x']]:
        answer = t.run(*words)
        true(answer.status in (DAMAGED, FAILED), answer)
        true(answer.err.startswith(f'dam: {words[0]}: {t.directory}'), answer)
    equal(sorted(os.listdir(t.directory)), before)


def a_body_without_its_header_is_damage(t):
    t.fill(3)
    os.unlink(os.path.join(t.array, 'header.bin'))
    fails(t.run('verify', t.array), DAMAGED, 'header.bin')
    equal(t.run('count', t.array).status, DAMAGED)


def a_foreign_body_is_never_written_over(t):
    os.mkdir(t.array)
    body = os.path.join(t.array, 'body.bin')
    with open(body, 'w') as foreign:
        foreign.write('my file!')
    answer = t.run('append', t.array, given='{"id":"a"}')
    fails(answer, DAMAGED, 'body.bin has 8 bytes')
    equal(open(body).read(), 'my file!')
    true('header.bin' not in os.listdir(t.array))


def files_of_two_arrays_do_not_go_together(t):
    one = t.fill(3, str(t.directory / 'one'))
    other = t.fill(4, str(t.directory / 'other'))
    shutil.copy(os.path.join(one, 'body.bin'), os.path.join(other, 'body.bin'))
    fails(t.run('verify', other), DAMAGED)
    fails(t.run('count', other), DAMAGED, other)


def _place_of(t, text):
    with open(os.path.join(t.array, 'body.bin'), 'rb') as body:
        return body.read().index(text)


def _flip(path, offset):
    with open(path, 'r+b') as target:
        target.seek(offset)
        byte = target.read(1)[0]
        target.seek(offset)
        target.write(bytes([byte ^ 0x10]))
