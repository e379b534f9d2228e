"""dam get, list, count, export and stat: every way to look at an array."""
import json
import os
import subprocess

from cli_fixture import (DONE, FAILED, NOTHING_FOUND, WRONG_USAGE, contains, equal, fails, lines_of,
                         true)

RICH = ('{"id":"rich","text":"a \\"quoted\\"\\nline","tags":{"a":{"b.c":[1,2.0,{"d":null}]},'
        '"big":9007199254740993,"empty":{},"list":[],"yes":true},"weight":0.5}')


def get_by_id_prints_the_document_as_a_json_line(t):
    t.fill(3)
    value, = t.done('get', t.array, 'd1').values()
    equal([value['id'], value['text']], ['d1', 'text 1'])


def get_keeps_the_order_and_repeats_of_what_was_asked(t):
    t.fill(5)
    answer = t.done('get', t.array, 'd3', 'd0', 'd3', '--field', 'id')
    equal(answer.lines(), ['d3', 'd0', 'd3'])


def get_by_position_counts_from_both_ends(t):
    t.fill(5)
    answer = t.done('get', t.array, '--at', 0, 4, -1, -5, '--field', 'id')
    equal(answer.lines(), ['d0', 'd4', 'd4', 'd0'])


def an_absent_id_is_nothing_found(t):
    t.fill(1)
    answer = t.run('get', t.array, 'nobody')
    fails(answer, NOTHING_FOUND, t.array + ', no document "nobody"')
    equal(answer.out, '')


def one_absent_among_others_is_named_and_the_rest_is_printed(t):
    t.fill(2)
    answer = t.run('get', t.array, 'd0', 'nobody', 'd1', '--field', 'id')
    equal(answer.status, DONE, answer)
    equal(answer.lines(), ['d0', 'd1'])
    contains(answer.err, 'no document "nobody"')


def absent_ones_are_null_in_json_so_that_answers_keep_their_place(t):
    t.fill(2)
    answer = t.run('get', t.array, 'd0', 'nobody', 'd1', '--json')
    values = answer.values()
    equal([value and value['id'] for value in values], ['d0', None, 'd1'])


def a_position_outside_the_array_is_nothing_found(t):
    t.fill(3)
    for position in [3, -4, 9223372036854775807, -9223372036854775808]:
        fails(t.run('get', t.array, '--at', position), NOTHING_FOUND, t.array, str(position))


def a_position_that_is_no_number_is_wrong_usage(t):
    t.fill(1)
    for word in ['x', '1.0', '', '99999999999999999999', '1 ']:
        fails(t.run('get', t.array, '--at', word), WRONG_USAGE)


def get_wants_ids_or_positions_and_not_both(t):
    t.fill(1)
    fails(t.run('get', t.array), WRONG_USAGE, 'either ids or --at')
    fails(t.run('get', t.array, 'd0', '--at', 0), WRONG_USAGE, 'either ids or --at')


def ids_may_look_like_anything(t):
    ids = ['[a,b]', 'list', 'a b', 'ü', '{}', '-', 'a,b', "it's", '"', '[', ']', '\x01[x]', '%s',
           '0', ' ', '\t', '--']
    given = ''.join(json.dumps({'id': name, 'text': 'text of ' + name}) + '\n' for name in ids)
    t.done('import', t.array, given=given)
    for name in ids:
        value, = t.done('get', t.array, '--', name).values()
        equal(value['id'], name)
        if not name.startswith('--'):
            equal(t.done('get', t.array, name).values(), [value])


def ids_with_a_leading_dash_come_after_two_dashes(t):
    t.done('import', t.array, given='{"id":"--json"}\n{"id":"-1"}\n')
    equal(t.done('get', t.array, '--field', 'id', '--', '--json', '-1').lines(), ['--json', '-1'])


def ids_come_after_the_array_even_when_they_name_commands(t):
    t.done('import', t.array, given='{"id":"help"}\n{"id":"count"}\n')
    equal(len(t.done('get', t.array, 'help', 'count').lines()), 2)


def field_prints_raw_values(t):
    t.done('import', t.array, given=RICH + '\n')
    expected = {
        'id': 'rich', 'text': 'a "quoted"\nline', 'weight': '0.5', 'tags.big': '9007199254740993',
        'tags.yes': 'true', 'tags.empty': '{}', 'tags.list': '[]',
        'tags.a.b\\.c': '[1,2.0,{"d":null}]', 'tags.a.b\\.c.0': '1', 'tags.a.b\\.c.1': '2.0',
        'tags.a.b\\.c.2.d': 'null',
    }
    for path, value in expected.items():
        equal(t.done('get', t.array, 'rich', '--field', path).out, value + '\n', path)


def field_with_json_keeps_the_quotes(t):
    t.done('import', t.array, given=RICH + '\n')
    equal(t.done('get', t.array, 'rich', '--field', 'text', '--json').out,
          '"a \\"quoted\\"\\nline"\n')


def a_field_that_is_not_there_is_nothing_found(t):
    t.done('import', t.array, given=RICH + '\n')
    for path in ['uri', 'tags.nothing', 'tags.a.b', 'tags.list.0', 'tags.a.b\\.c.3', 'text.0',
                 'tags.a.b\\.c.x', 'tags.a.b\\.c.-1', '']:
        fails(t.run('get', t.array, 'rich', '--field', path), NOTHING_FOUND, 'no field')


def the_field_of_a_buffer_is_its_bytes(t):
    t.done('import', t.array, given='{"id":"b","buffer":"AAEC/w=="}\n')
    answer = t.done('get', t.array, 'b', '--field', 'buffer')
    equal(answer.bytes, b'\x00\x01\x02\xff')
    equal(t.done('get', t.array, 'b', '--field', 'buffer', '--json').out, '"AAEC/w=="\n')


def list_has_position_id_content_type_size_and_text(t):
    given = '{"id":"a","text":"hello"}\n{"id":"b","buffer":"AAEC"}\n{"id":"c"}\n'
    t.done('import', t.array, given=given)
    rows = [line.split('\t') for line in t.done('list', t.array).lines()]
    equal([row[:3] for row in rows],
          [['0', 'a', 'text'], ['1', 'b', 'buffer'], ['2', 'c', 'none']])
    equal([row[4] for row in rows], ['hello', '', ''])
    true(all(int(row[3]) > 0 for row in rows), rows)


def list_in_json_has_the_same_facts(t):
    t.done('import', t.array, given='{"id":"a","text":"tab\\there"}\n')
    value, = t.done('list', t.array, '--json').values()
    size = value.pop('size')
    true(size > 0, size)
    equal(value, {'position': 0, 'id': 'a', 'content_type': 'text', 'text': 'tab\there'})


def list_shows_control_characters_as_escapes(t):
    given = json.dumps({'id': 'a\nb', 'text': 'x\ty\rz\x1b'}) + '\n'
    t.done('import', t.array, given=given)
    row, = t.done('list', t.array).lines()
    equal(row.split('\t')[1], 'a\\nb')
    equal(row.split('\t')[4], 'x\\ty\\rz\\x1b')


def list_cuts_long_texts_between_characters(t):
    t.done('import', t.array, given=json.dumps({'id': 'a', 'text': 'ü' * 100}) + '\n')
    t.done('import', t.array, given=json.dumps({'id': 'b', 'text': 'x' + 'ü' * 100}) + '\n')
    texts = [line.split('\t')[4] for line in t.done('list', t.array).lines()]
    equal(texts, ['ü' * 30, 'x' + 'ü' * 29])


def slices_follow_the_rules_of_python(t):
    t.fill(7)
    everything = list(range(7))
    for text in ['2:5', ':', '::', ':3', '4:', '-3:', ':-2', '::2', '1::3', '::-1', '5:1:-2',
                 '-1:-6:-2', '100:', ':100', '-100:2', '3:3', '5:2', '::-100', '2:-2:1', '::100']:
        bounds = [int(part) if part else None for part in text.split(':')]
        shown = [int(line.split('\t')[0])
                 for line in t.done('list', t.array, '--slice', text).lines()]
        equal(shown, everything[slice(*bounds)], text)


def a_slice_that_is_none_is_wrong_usage(t):
    t.fill(1)
    for text in ['', '1', 'a:b', '1:2:3:4', '::0', '1.0:', '99999999999999999999:']:
        fails(t.run('list', t.array, f'--slice={text}'), WRONG_USAGE)


def list_of_an_empty_array_is_empty(t):
    t.fill(0)
    equal(t.done('list', t.array).out, '')


def count_is_a_number_alone_on_a_line(t):
    t.fill(12)
    equal(t.done('count', t.array).out, '12\n')
    equal(t.done('count', t.array, '--json').values(), [12])


def export_and_import_give_the_same_array(t):
    t.done('import', t.array, given=RICH + '\n' + lines_of(3))
    exported = t.done('export', t.array)
    copy = str(t.directory / 'copy')
    t.done('import', copy, given=exported.out)
    equal(t.done('export', copy).out, exported.out)
    t.sound(copy)


def export_keeps_integers_and_reals_apart(t):
    t.done('import', t.array, given='{"id":"a","tags":{"i":2,"r":2.0,"m":-9223372036854775808}}\n')
    contains(t.done('export', t.array).out, '"tags":{"i":2,"m":-9223372036854775808,"r":2.0}')


def export_writes_the_file_it_is_given(t):
    t.fill(3)
    target = t.directory / 'out.jsonl'
    target.write_text('what was there before, and is longer than what comes now' * 100)
    equal(t.done('export', t.array, target).out, '')
    equal(target.read_text(), t.done('export', t.array).out)


def export_to_a_place_that_is_none_is_named(t):
    t.fill(1)
    fails(t.run('export', t.array, 'no/such/place'), FAILED, 'no/such/place, No such file')


def export_has_tensors_as_lists_on_request(t):
    t.done('import', t.array, given='{"id":"a","embedding":[1,2.5,-3]}\n')
    plain, = t.done('export', t.array, '--arrays').values()
    coded, = t.done('export', t.array).values()
    equal(plain['embedding'] if isinstance(plain['embedding'], list)
          else plain['embedding']['data'], [1, 2.5, -3])
    equal([coded['embedding']['dtype'], coded['embedding']['shape']], ['f32', [3]])


def a_reader_that_closes_the_pipe_early_ends_the_command_quietly(t):
    t.fill(20000)
    for command in ['export', 'list']:
        process = t.start(command, t.array, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.readline()
        process.stdout.close()
        complaint = process.stderr.read()
        process.stderr.close()
        equal([process.wait(timeout=60), complaint], [DONE, b''], command)


def a_full_device_for_results_is_an_error(t):
    t.fill(1)
    with open('/dev/full', 'wb') as full:
        for words in [['list'], ['export'], ['count'], ['stat'], ['verify']]:
            answer = t.run(words[0], t.array, stdout=full)
            fails(answer, FAILED, 'writing the result, No space left')


def stat_has_a_name_and_a_number_a_line(t):
    t.fill(10)
    t.done('delete', t.array, '--at', 0, 1)
    rows = dict(line.split('\t') for line in t.done('stat', t.array).lines())
    equal(rows['documents'], '8')
    equal(rows['slots'], '10')
    true(int(rows['live_bytes']) > 0 and int(rows['dead_bytes']) > 0, rows)
    value, = t.done('stat', t.array, '--json').values()
    equal({name: str(number) for name, number in value.items()}, rows)


def no_reading_command_makes_or_changes_anything(t):
    t.fill(3)
    before = _files_of(t.array)
    for words in [['get', t.array, 'd0'], ['list', t.array], ['count', t.array],
                  ['export', t.array], ['stat', t.array], ['verify', t.array]]:
        t.done(*words)
    equal(_files_of(t.array), before)


def an_absent_array_is_named_and_not_made(t):
    for words in [['get', 'x'], ['list'], ['count'], ['export'], ['stat'], ['verify'],
                  ['delete', 'x']]:
        answer = t.run(words[0], t.array, *words[1:])
        fails(answer, FAILED, f'dam: {words[0]}: {t.array}, ')
        equal(answer.out, '', answer)
    true(not os.path.exists(t.array), 'no array was made')


def the_c_program_reads_the_same_array(t):
    t.fill(3)
    shown = _read_by_c(t, t.array)
    equal(shown[:3], ['documents  3', 'first      d0', 'last       d2'])
    equal(_read_by_c(t, t.array), shown)
    t.done('delete', t.array, 'd1')
    true(_read_by_c(t, t.array)[3] != shown[3], 'the digest is of what is live')


def the_digest_of_equal_arrays_is_equal(t):
    one = t.fill(5, str(t.directory / 'one'))
    other = str(t.directory / 'other')
    t.done('import', other, '--batch', 1, given=lines_of(5))
    equal(_read_by_c(t, one)[3], _read_by_c(t, other)[3])


def _read_by_c(t, array):
    return subprocess.run([t.read_array, array], capture_output=True, text=True, check=True,
                          timeout=60).stdout.splitlines()


def _files_of(array):
    found = {}
    for folder, _, names in os.walk(array):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, 'rb') as content:
                found[path] = content.read()
    return found
