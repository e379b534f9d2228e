"""dam import: what gets in, in which order, and what is said about what does not."""
import json
import os
import resource
import signal
import subprocess
import time

from cli_fixture import DONE, FAILED, WRONG_USAGE, contains, equal, fails, lines_of, true


def documents_come_out_in_the_order_they_came_in(t):
    t.fill(10)
    equal(t.ids(), [f'd{i}' for i in range(10)])
    t.sound()


def the_summary_has_documents_bytes_seconds_and_rate(t):
    given = lines_of(3)
    answer = t.done('import', t.array, given=given)
    equal(len(answer.lines()), 1, answer)
    contains(answer.out, f'3 documents, {len(given)} bytes, ')
    contains(answer.out, 'seconds')
    contains(answer.out, 'documents/s')


def the_summary_is_one_json_object_on_request(t):
    given = lines_of(3)
    summary, = t.done('import', t.array, '--json', given=given).values()
    equal(summary['documents'], 3)
    equal(summary['bytes'], len(given))
    equal(summary['skipped'], 0)
    true(summary['seconds'] >= 0 and summary['rate'] >= 0, summary)


def a_file_and_a_dash_and_nothing_are_all_inputs(t):
    t.done('import', t.array, t.file('lines.jsonl', lines_of(2)))
    t.done('import', t.array, '-', given=lines_of(2, first=2))
    t.done('import', t.array, given=lines_of(2, first=4))
    equal(t.ids(), [f'd{i}' for i in range(6)])


def a_second_import_continues_the_array(t):
    t.fill(5)
    t.done('import', t.array, given=lines_of(5, first=5))
    equal(t.done('count', t.array).out, '10\n')


def an_empty_input_makes_an_empty_array(t):
    contains(t.done('import', t.array, given='').out, '0 documents, 0 bytes')
    equal(t.done('count', t.array).out, '0\n')
    t.sound()


def blank_lines_and_windows_line_ends_are_fine(t):
    t.done('import', t.array, given='\n{"id":"a"}\r\n   \n\r\n{"id":"b"}\r\n\n')
    equal(t.ids(), ['a', 'b'])


def the_last_line_needs_no_line_feed(t):
    t.done('import', t.array, given='{"id":"a"}\n{"id":"b"}')
    equal(t.ids(), ['a', 'b'])


def a_batch_of_one_gives_the_same_array_as_a_large_one(t):
    one, many = str(t.directory / 'one'), str(t.directory / 'many')
    given = lines_of(50)
    t.done('import', one, '--batch', 1, given=given)
    t.done('import', many, '--batch', 1000, given=given)
    equal(t.done('export', one).out, t.done('export', many).out)


def ten_thousand_lines_in_small_batches_keep_their_order(t):
    t.done('import', t.array, '--batch', 7, given=lines_of(10000))
    equal(t.ids(), [f'd{i}' for i in range(10000)])
    t.sound()


def a_batch_size_that_is_no_size_is_wrong_usage(t):
    for size in ['0', '-5', 'many', '1.5', '', '99999999999']:
        fails(t.run('import', t.array, f'--batch={size}', given=lines_of(1)), WRONG_USAGE)
    true(not os.path.exists(t.array), 'nothing was made')


def an_error_action_that_is_none_is_wrong_usage(t):
    fails(t.run('import', t.array, '--on-error', 'ignore', given=''), WRONG_USAGE, 'stop or skip')


def a_durable_import_stores_the_same_documents(t):
    plain = t.fill(30, str(t.directory / 'plain'))
    t.done('import', t.array, '--durable', '--batch', 10, given=lines_of(30))
    equal(t.done('export', t.array).out, t.done('export', plain).out)
    t.sound()


def upsert_replaces_and_keeps_the_position(t):
    t.fill(3)
    given = '{"id":"d1","text":"new"}\n{"id":"d3","text":"added"}\n'
    t.done('import', t.array, '--upsert', given=given)
    equal(t.ids(), ['d0', 'd1', 'd2', 'd3'])
    equal(t.done('get', t.array, 'd1', '--field', 'text').out, 'new\n')
    t.sound()


def upsert_of_two_equal_ids_keeps_the_last(t):
    t.done('import', t.array, '--upsert', given='{"id":"a","text":"1"}\n{"id":"a","text":"2"}\n')
    equal(t.done('get', t.array, '--at', 0, -1, '--field', 'text').out, '2\n2\n')


def a_live_id_stops_the_import_at_its_line(t):
    t.done('import', t.array, given='{"id":"a"}\n')
    name = t.file('lines.jsonl', '{"id":"b"}\n\n{"id":"a"}\n{"id":"c"}\n')
    answer = t.run('import', t.array, name)
    fails(answer, FAILED, name + ' line 3, ')
    equal(t.ids(), ['a', 'b'])
    contains(answer.out, '1 documents')
    t.sound()


def two_equal_ids_in_one_batch_name_the_second_line(t):
    answer = t.run('import', t.array, given='{"id":"a"}\n{"id":"b"}\n{"id":"a"}\n')
    fails(answer, FAILED, 'stdin line 3, ')
    equal(t.ids(), ['a', 'b'])


def skipping_lists_each_bad_line_with_its_reason(t):
    given = '{"id":"a"}\n{"id":\n{"id":"a"}\n{"id":"b"}\nnull\n{"id":"c"}\n'
    answer = t.run('import', t.array, '--on-error', 'skip', given=given)
    equal(answer.status, DONE, answer)
    complaints = answer.err.splitlines()
    equal([line.split(', ')[0] for line in complaints],
          ['dam: import: stdin line 2', 'dam: import: stdin line 3', 'dam: import: stdin line 5'])
    contains(complaints[0], 'column ')
    contains(answer.out, '3 lines skipped')
    equal(t.ids(), ['a', 'b', 'c'])
    t.sound()


def skipped_lines_are_json_objects_on_request(t):
    given = '{"id":"a"}\n{"id":"a"}\n[\n'
    answer = t.run('import', t.array, '--on-error', 'skip', '--json', given=given)
    equal(answer.status, DONE, answer)
    first, second, summary = answer.values()
    equal([first['line'], second['line']], [2, 3])
    true(first['reason'] and second['reason'], answer)
    equal([summary['documents'], summary['skipped']], [1, 2])


def skipping_a_whole_import_of_known_ids_changes_nothing(t):
    t.fill(300)
    before = t.done('export', t.array).out
    answer = t.run('import', t.array, '--on-error', 'skip', given=lines_of(300))
    equal(answer.status, DONE, answer)
    equal(len(answer.err.splitlines()), 300)
    equal(t.done('export', t.array).out, before)


def malformed_json_names_line_and_column(t):
    name = t.file('bad.jsonl', lines_of(5) + '{"id":"x","text":5x}\n' + lines_of(5, first=5))
    answer = t.run('import', t.array, name)
    fails(answer, FAILED, name + ' line 6, column 1')
    equal(t.ids(), [f'd{i}' for i in range(5)])
    t.sound()


def malformed_json_far_behind_keeps_every_line_before_it(t):
    given = lines_of(9000) + '{"id":"x"\n' + lines_of(100, first=9000)
    fails(t.run('import', t.array, given=given), FAILED, 'line 9001, column 10')
    equal(t.done('count', t.array).out, '9000\n')
    t.sound()


def every_kind_of_bad_line_has_its_own_complaint(t):
    rows = ['{"id":"a","id":"b"}', '{"id":"a","colour":1}', '[]', '7', '"text"', '{"id":7}',
            '{"id":""}', '{"id":"a"} {"id":"b"}', '{"text":"a","buffer":"AAAA"}',
            '{"id":"a","tags":{"n":9223372036854775808}}']
    for row in rows:
        answer = t.run('import', t.array, given=row + '\n')
        fails(answer, FAILED, 'dam: import: stdin line 1, ')
    equal(t.done('count', t.array).out, '0\n')


def text_that_is_not_utf_8_is_refused(t):
    answer = t.run('import', t.array, given=b'{"id":"a","text":"\xff\xfe"}\n')
    fails(answer, FAILED, 'stdin line 1, ')
    equal(t.done('count', t.array).out, '0\n')


def an_unknown_member_is_named_unless_it_may_become_a_tag(t):
    fails(t.run('import', t.array, given='{"id":"a","colour":"red"}\n'), FAILED, 'colour')
    t.done('import', t.array, '--unknown-to-tags', given='{"id":"a","colour":"red"}\n')
    equal(t.done('get', t.array, 'a', '--field', 'tags.colour').out, 'red\n')


def documents_without_an_id_get_fresh_ones(t):
    t.done('import', t.array, given='{"text":"one"}\n{"text":"two"}\n')
    ids = t.ids()
    equal([len(name) for name in ids], [36, 36])
    true(ids[0] != ids[1], ids)


def a_line_of_many_megabytes_is_one_document(t):
    text = 'x' * (9 << 20)
    given = lines_of(2) + json.dumps({'id': 'long', 'text': text}) + '\n' + lines_of(2, first=2)
    t.done('import', t.array, given=given)
    equal(t.ids(), ['d0', 'd1', 'long', 'd2', 'd3'])
    equal(t.done('get', t.array, 'long', '--field', 'text').out, text + '\n')
    t.sound()


def a_missing_file_is_named_and_makes_no_array(t):
    fails(t.run('import', t.array, 'nowhere.jsonl'), FAILED, 'nowhere.jsonl, No such file')
    true(not os.path.exists(t.array), 'no array was made')


def a_directory_is_no_input(t):
    fails(t.run('import', t.array, t.directory), FAILED, str(t.directory) + ', Is a directory')


def an_array_below_a_file_cannot_be_made(t):
    name = t.file('plain', 'no directory')
    fails(t.run('import', name + '/array', given=lines_of(1)), FAILED, name)


def absent_parent_directories_are_made(t):
    deep = t.directory / 'a' / 'b' / 'c'
    t.fill(1, str(deep))
    true(deep.is_dir(), deep)


def a_second_writer_is_refused_while_the_first_goes_on(t):
    writer = t.start('import', t.array, '-', stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        _wait_for(lambda: os.path.isdir(t.array) and
                  t.run('append', t.array, given='{"id":"b"}').status == FAILED)
        fails(t.run('append', t.array, given='{"id":"b"}'), FAILED, t.array)
        out, _ = writer.communicate(b'{"id":"a"}\n', timeout=60)
    finally:
        writer.kill()
    contains(out.decode(), '1 documents')
    true('a' in t.ids(), 'what the first wrote is there')
    t.sound()


def a_full_disk_is_one_clear_line_and_leaves_whole_batches(t):
    def limit_file_size():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    name = t.file('lines.jsonl', lines_of(60000))
    answer = t.run('import', t.array, name, '--batch', 100, preexec_fn=limit_file_size)
    fails(answer, FAILED, t.array)
    stored = int(t.done('count', t.array).out)
    true(stored < 60000 and stored % 100 == 0, answer)
    contains(answer.out, f'{stored} documents')
    t.sound()
    t.done('import', t.array, given=lines_of(60000 - stored, first=stored))
    equal(t.done('count', t.array).out, '60000\n')


def an_interrupt_ends_between_batches_and_says_how_far_it_came(t):
    writer = t.start('import', t.array, '--batch', 10, stdin=subprocess.PIPE,
                     stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    writer.stdin.write(lines_of(1000).encode())
    writer.stdin.flush()
    _wait_for(lambda: _count(t) >= 900)
    writer.send_signal(signal.SIGINT)
    out, err = writer.communicate(timeout=60)
    equal(writer.returncode, FAILED, err)
    stored = _count(t)
    contains(err.decode(), f'dam: import: stdin, interrupted after line {stored}\n')
    contains(out.decode(), f'{stored} documents')
    equal(t.ids(), [f'd{i}' for i in range(stored)])
    t.sound()


def a_second_interrupt_ends_at_once_and_the_array_is_whole(t):
    writer = t.start('import', t.array, '--batch', 10, stdin=subprocess.PIPE,
                     stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    writer.stdin.write(lines_of(500).encode())
    writer.stdin.flush()
    _wait_for(lambda: _count(t) >= 400)
    writer.send_signal(signal.SIGTERM)
    writer.send_signal(signal.SIGTERM)
    writer.communicate(timeout=60)
    true(writer.returncode in (FAILED, -signal.SIGTERM), writer.returncode)
    t.sound()


def a_kill_loses_no_batch_and_the_import_can_go_on(t):
    name = t.file('lines.jsonl', lines_of(200000))
    writer = t.start('import', t.array, name, '--batch', 50, stdout=subprocess.DEVNULL)
    _wait_for(lambda: _count(t) > 1000)
    seen = _count(t)
    writer.kill()
    writer.wait(timeout=60)
    stored = _count(t)
    true(seen <= stored, (seen, stored))
    equal(stored % 50, 0)
    t.sound()
    t.done('import', t.array, given=lines_of(200 + 50, first=stored))
    equal(t.ids(), [f'd{i}' for i in range(stored + 250)])
    t.sound()


def readers_see_the_count_grow_in_whole_batches(t):
    writer = t.start('import', t.array, t.file('lines.jsonl', lines_of(50000)), '--batch', 50,
                     stdout=subprocess.DEVNULL)
    counts = []
    while writer.poll() is None:
        counts.append(_count(t))
    equal(writer.returncode, DONE)
    equal(counts, sorted(counts))
    equal([count for count in counts if count % 50], [])
    equal(_count(t), 50000)


def no_progress_is_shown_without_a_terminal(t):
    equal(t.run('import', t.array, given=lines_of(20000)).err, '')


def progress_on_a_terminal_is_gone_at_the_end(t):
    terminal, other_end = os.openpty()
    name = t.file('lines.jsonl', lines_of(100000))
    process = t.start('import', t.array, name, '--batch', 500, stdout=subprocess.PIPE,
                      stderr=other_end)
    os.close(other_end)
    shown = b''
    while True:
        try:
            block = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not block:
            break
        shown += block
    process.communicate(timeout=60)
    os.close(terminal)
    equal(process.returncode, DONE)
    if shown:  # an import of less than a tenth of a second shows none
        contains(shown.decode(), ' %, ')
    true(not shown or shown.endswith(b'\r\x1b[K'), shown[-80:])


def _count(t):
    answer = t.run('count', t.array)
    return int(answer.out) if answer.status == DONE else 0


def _wait_for(fact):
    deadline = time.monotonic() + 60
    while not fact():
        true(time.monotonic() < deadline, 'waited a minute in vain')
        time.sleep(0.01)
