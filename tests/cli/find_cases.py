"""dam find, and --where of count, delete and export."""
import json
import sqlite3
import subprocess

from cli_fixture import DAMAGED, NOTHING_FOUND, WRONG_USAGE, contains, equal, fails, true

BIRDS = [
    {'id': 'robin', 'text': 'sings', 'tags': {'grams': 18, 'color': 'red'},
     'chunks': [{'id': 'beak', 'text': 'sharp'}, {'text': 'soft'}]},
    {'id': 'wren', 'text': 'sings loud', 'tags': {'grams': 9.5}},
    {'id': 'swan', 'tags': {'grams': 11000, 'color': 'white'},
     'chunks': [{'id': 'neck', 'text': 'sharp'}]},
    {'id': 'owl\n', 'tags': {'color': 'brown'}},
]


def _fill_birds(t):
    t.done('import', t.array, given=''.join(json.dumps(bird) + '\n' for bird in BIRDS))


def _ids(t, *words):
    return t.done('find', t.array, *words, '--ids', '--json').values()


def find_prints_documents_in_the_order_of_the_array(t):
    _fill_birds(t)
    values = t.done('find', t.array, '{"tags.grams":{"$lt":100}}').values()
    equal([value['id'] for value in values], ['robin', 'wren'])
    equal(values[1], BIRDS[1])


def nothing_found_is_its_own_exit_status(t):
    _fill_birds(t)
    for words in [['find'], ['count', '--where'], ['delete', '--where']]:
        answer = t.run(words[0], t.array, *words[1:], '{"id":"nobody"}')
        equal([answer.status, answer.err], [NOTHING_FOUND, ''], answer)


def ids_alone_stay_on_their_line(t):
    _fill_birds(t)
    equal(t.done('find', t.array, '{}', '--ids').lines(), ['robin', 'wren', 'swan', 'owl\\n'])
    equal(_ids(t, '{}'), ['robin', 'wren', 'swan', 'owl\n'])


def limit_and_offset_cut_what_is_found(t):
    _fill_birds(t)
    equal(_ids(t, '{"tags.color":{"$exists":true}}', '--offset', 1, '--limit', 1), ['swan'])
    equal(t.run('find', t.array, '{}', '--limit', 0).status, NOTHING_FOUND)
    equal(t.run('find', t.array, '{}', '--offset', 4).status, NOTHING_FOUND)
    for words in [['--limit', -1], ['--offset', 'x'], ['--limit', '1.5']]:
        fails(t.run('find', t.array, '{}', *words), WRONG_USAGE)


def sort_orders_what_is_found_before_it_is_cut(t):
    _fill_birds(t)
    equal(_ids(t, '{}', '--sort', 'tags.grams'), ['wren', 'robin', 'swan', 'owl\n'])
    equal(_ids(t, '{"id":{"$ne":"robin"}}', '--sort', 'tags.grams', '--descending',
               '--limit', 2), ['swan', 'wren'])
    equal(_ids(t, '{}', '--sort', 'tags.grams', '--offset', 1, '--limit', 1), ['robin'])
    fails(t.run('find', t.array, '{}', '--sort', 'nowhere'), WRONG_USAGE, 'nowhere')
    fails(t.run('find', t.array, '{}', '--sort', 'id', '--paths', 'c'), WRONG_USAGE)
    fails(t.run('find', t.array, '{}', '--descending'), WRONG_USAGE)


def other_levels_are_looked_at_by_paths(t):
    _fill_birds(t)
    values = t.done('find', t.array, '{"text":"sharp"}', '--paths', 'r,c').values()
    equal([(value['id'], value['parent_id']) for value in values],
          [('beak', 'robin'), ('neck', 'swan')])
    equal(_ids(t, '{}', '--paths', 'c'), ['beak', '', 'neck'])
    fails(t.run('find', t.array, '{}', '--paths', 'x'), WRONG_USAGE, 'place 1')


def explain_tells_what_each_step_kept(t):
    _fill_birds(t)
    filter_text = '{"text":{"$regex":"loud"},"tags.grams":{"$lt":100}}'
    equal(t.done('find', t.array, filter_text, '--explain').lines(), [
        'scan of 4 documents at r, in place, in blocks: 1',
        '$and: 1 of 4',
        '  {"tags.grams":{"$lt":100}}: 2 of 4',
        '  {"text":{"$regex":"loud"}}: 1 of 2'])


def a_malformed_filter_is_wrong_usage_with_its_place(t):
    _fill_birds(t)
    for words in [['find'], ['count', '--where'], ['delete', '--where'], ['export', '--where']]:
        fails(t.run(words[0], t.array, *words[1:], '{"tags.a":\n {"$x":1}}'), WRONG_USAGE,
              'line 2, column 3: $x is no operator')
    fails(t.run('find', t.array, '{"text":{"$regex":"(?=a)"}}'), WRONG_USAGE, 'look-around')


def count_where_counts(t):
    _fill_birds(t)
    equal(t.done('count', t.array, '--where', '{"text":{"$regex":"^sings"}}').out, '2\n')


def delete_where_deletes_and_prints_how_many(t):
    _fill_birds(t)
    equal(t.done('delete', t.array, '--where', '{"tags.grams":{"$gt":10}}').out, '2\n')
    equal(t.ids(), ['wren', 'owl\n'])
    fails(t.run('delete', t.array, 'wren', '--where', '{}'), WRONG_USAGE)
    t.sound()


def export_where_writes_what_passes(t):
    _fill_birds(t)
    lines = t.done('export', t.array, '--where', '{"chunks":{"$size":1}}').values()
    equal([line['id'] for line in lines], ['swan'])
    equal(t.done('export', t.array, '--where', '{"id":"nobody"}').out, '')


def a_damaged_document_ends_the_search(t):
    t.fill(3)
    body = t.directory / 'array' / 'body.bin'
    damaged = body.read_bytes().replace(b'text 1', b'text X')
    body.write_bytes(damaged)
    answer = t.run('find', t.array, '{}')
    fails(answer, DAMAGED, 'body.bin')
    equal(answer.out, '')


# The same question in libdam's language and in SQLite's, of the tags and the text.
WORDNET_QUESTIONS = [
    ('{"tags.lemma_count":{"$gte":5}}', "json_extract(j, '$.tags.lemma_count') >= 5"),
    ('{"tags.lexical_file":"noun.animal","tags.pointer_count":{"$lt":3}}',
     "json_extract(j, '$.tags.lexical_file') = 'noun.animal' "
     "and json_extract(j, '$.tags.pointer_count') < 3"),
    ('{"$or":[{"tags.lemmas.0":"dog"},{"tags.lemmas.1":"dog"}]}',
     "json_extract(j, '$.tags.lemmas[0]') = 'dog' or json_extract(j, '$.tags.lemmas[1]') = 'dog'"),
    ('{"tags.hypernyms.1":{"$exists":true}}',
     "json_type(j, '$.tags.hypernyms[1]') is not null"),
    ('{"tags.pointers":{"$size":0}}', "json_array_length(j, '$.tags.pointers') = 0"),
    ('{"text":{"$regex":"small songbird"}}',
     "instr(json_extract(j, '$.text'), 'small songbird') > 0"),
    ('{"text":{"$gte":"z"}}', "json_extract(j, '$.text') >= 'z'"),
    ('{"tags.lexical_file":{"$in":["verb.weather","noun.plant"]}}',
     "json_extract(j, '$.tags.lexical_file') in ('verb.weather', 'noun.plant')"),
    ('{"$not":{"tags.lexical_file":{"$match":"noun"}},"id":{"$lt":"00100000"}}',
     "json_extract(j, '$.tags.lexical_file') not like 'noun%' "
     "and json_extract(j, '$.id') < '00100000'"),
    ('{"tags.lemma_count":{"$gt":{"$field":"tags.pointer_count"}}}',
     "json_extract(j, '$.tags.lemma_count') > json_extract(j, '$.tags.pointer_count')"),
]


def answers_on_wordnet_are_those_of_sqlite(t):
    lines = t.directory / 'wordnet.jsonl'
    subprocess.run([t.source_root / 'scripts' / 'make-wordnet-jsonl', lines], check=True,
                   timeout=120)
    t.done('import', t.array, lines)
    other = sqlite3.connect(':memory:')
    other.execute('create table documents (j text)')
    with lines.open(encoding='utf-8') as texts:
        other.executemany('insert into documents values (?)', ((line,) for line in texts))
    for own, others in WORDNET_QUESTIONS:
        wanted = [row[0] for row in other.execute(
            f"select json_extract(j, '$.id') from documents where {others} order by rowid")]
        true(wanted, own)
        equal(_ids(t, own), wanted, own)
        contains(t.done('count', t.array, '--where', own).out, f'{len(wanted)}\n')


def the_page_about_find_shows_what_filters_find(t):
    page = (t.source_root / 'docs' / 'find.md').read_text(encoding='utf-8')
    lines = page.split('```jsonl\n')[1].split('```')[0]
    t.done('import', t.array, given=lines)
    tables = [part.split('\n\n')[0] for part in page.split('| filter | finds |\n|---|---|\n')[1:]]
    rows = [row.strip('|').split('|') for table in tables for row in table.splitlines()]
    examples = [(row[0].strip().strip('`'), row[1].split()) for row in rows]
    true(len(examples) >= 16, examples)
    for filter_text, wanted in examples:
        equal(_ids(t, filter_text), wanted, filter_text)
    explained = page.split('```text\n')[1].split('```')[0]
    contains(explained, '$and: 1 of 4')
    equal(t.done('find', t.array, '{"text":{"$regex":"loud"},"tags.grams":{"$lt":100}}',
                 '--explain').out, explained)
