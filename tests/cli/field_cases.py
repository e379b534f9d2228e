"""dam export --fields: some values of each document, as JSON lines and as CSV."""
import csv
import io

from cli_fixture import FAILED, WRONG_USAGE, contains, equal, fails

BIRDS = '\n'.join([
    '{"id":"robin","text":"sings, \\"loud\\"","tags":{"n":1,"a,b":true}}',
    '{"id":"wren","text":"","tags":{"n":2.0,"list":[1,"x"]},"embedding":[1,2]}',
    '{"id":"owl","tags":{"n":"3"},"chunks":[{"text":"two\\nlines"}]}',
]) + '\n'


def _birds(t):
    t.done('import', t.array, given=BIRDS)


def fields_are_members_of_each_line(t):
    _birds(t)
    equal(t.done('export', t.array, '--fields', 'id,tags.n,chunks.0.text').out,
          '{"id":"robin","tags.n":1,"chunks.0.text":null}\n'
          '{"id":"wren","tags.n":2.0,"chunks.0.text":null}\n'
          '{"id":"owl","tags.n":"3","chunks.0.text":"two\\nlines"}\n')


def fields_follow_a_filter_and_go_to_a_file(t):
    _birds(t)
    path = t.file('some.jsonl', '')
    t.done('export', t.array, path, '--fields', 'id', '--where', '{"tags.n":{"$lt":2.5}}')
    with open(path, encoding='utf-8') as file:
        equal(file.read(), '{"id":"robin"}\n{"id":"wren"}\n')


def csv_has_a_header_and_ends_lines_as_the_rfc_does(t):
    _birds(t)
    out = t.done('export', t.array, '--format', 'csv', '--fields', 'id,text,tags.n').out
    equal(out, 'id,text,tags.n\r\nrobin,"sings, ""loud""",1\r\nwren,"",2.0\r\nowl,,"3"\r\n')


def csv_is_read_back_by_another_reader(t):
    _birds(t)
    out = t.done('export', t.array, '--format', 'csv', '--fields',
                 'id,tags.a\\,b,tags.list,embedding.shape.0,chunks.0.text').out
    rows = list(csv.reader(io.StringIO(out, newline=''), strict=True))
    equal(rows, [['id', 'tags.a,b', 'tags.list', 'embedding.shape.0', 'chunks.0.text'],
                 ['robin', 'true', '', '', ''], ['wren', '', '[1,"x"]', '2', ''],
                 ['owl', '', '', '', 'two\nlines']])


def values_do_not_depend_on_the_portion_they_are_read_in(t):
    lines = ''.join(f'{{"id":"d{i}","tags":{{"n":{i if i < 5000 else i / 2}}}}}\n'
                    for i in range(9000))
    t.done('import', t.array, given=lines)
    rows = t.done('export', t.array, '--fields', 'id,tags.n').out.splitlines()
    equal(len(rows), 9000)
    equal(rows[4999], '{"id":"d4999","tags.n":4999}')
    equal(rows[5000], '{"id":"d5000","tags.n":2500.0}')
    equal(rows[8999], '{"id":"d8999","tags.n":4499.5}')


def an_empty_array_has_a_header_all_the_same(t):
    t.fill(1)
    t.done('delete', t.array, '--at', '0')
    equal(t.done('export', t.array, '--format', 'csv', '--fields', 'id,text').out, 'id,text\r\n')
    equal(t.done('export', t.array, '--fields', 'id').out, '')


def wrong_fields_and_formats_are_told(t):
    _birds(t)
    for words in [['--format', 'csv'], ['--format', 'xml'], ['--fields', 'id', '--arrays']]:
        fails(t.run('export', t.array, *words), WRONG_USAGE, 'export')
    answer = t.run('export', t.array, '--fields', 'id,nothing')
    fails(answer, FAILED, t.array)
    contains(answer.err, 'nothing')
