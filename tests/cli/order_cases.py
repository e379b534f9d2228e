"""dam sample, shuffle and traverse: documents in drawn orders, and below one another."""
import json
import subprocess
import sys

from cli_fixture import FAILED, WRONG_USAGE, equal, fails, true

BIRDS = [
    {'id': 'a', 'chunks': [{'id': 'a1', 'matches': [{'id': 'x'}, {'id': 'y'}]}, {'id': 'a2'}]},
    {'id': 'b'},
    {'id': 'c', 'chunks': [{'id': 'c1'}], 'matches': [{'id': 'cm'}]},
]


def _fill_birds(t):
    t.done('import', t.array, given=''.join(json.dumps(bird) + '\n' for bird in BIRDS))


def _drawn_by_the_page(t, n, count, seed):
    """What the program in docs/random.md draws, which knows nothing of libdam."""
    page = (t.source_root / 'docs' / 'random.md').read_text(encoding='utf-8')
    names = {'__name__': 'page'}
    exec(page.split('```python\n')[1].split('```')[0], names)  # pylint: disable=exec-used
    return names['sample'](n, count, seed)


def the_page_prints_what_it_shows(t):
    page = (t.source_root / 'docs' / 'random.md').read_text(encoding='utf-8')
    program = page.split('```python\n')[1].split('```')[0]
    shown = subprocess.run([sys.executable, '-c', program], capture_output=True, text=True,
                           timeout=60, check=True).stdout
    true('```text\n' + shown + '```' in page, shown)


def sample_draws_what_the_page_says(t):
    t.fill(300)
    for count, seed in [(0, 0), (1, 1), (20, 42), (299, -1), (300, 9223372036854775807),
                        (7, -9223372036854775808)]:
        ids = [value['id'] for value in t.done('sample', t.array, count, f'--seed={seed}').values()]
        equal(ids, [f'd{i}' for i in _drawn_by_the_page(t, 300, count, seed)])


def a_seed_left_out_is_0(t):
    t.fill(10)
    for words in [['sample', t.array, 5], ['shuffle', t.array]]:
        equal(t.done(*words).out, t.done(*words, '--seed', 0).out)


def sample_of_more_than_there_are_is_an_error(t):
    t.fill(3)
    fails(t.run('sample', t.array, 4), FAILED, t.array, '4', '3 documents')
    for word in ['x', '1.5', '']:
        fails(t.run('sample', t.array, word), WRONG_USAGE, 'COUNT')
    fails(t.run('sample', t.array, 1, '--seed', 'x'), WRONG_USAGE, '--seed')
    fails(t.run('sample', t.array, '--', '-1'), WRONG_USAGE, 'COUNT')


def shuffle_prints_every_document_and_changes_nothing(t):
    t.fill(50)
    ids = [value['id'] for value in t.done('shuffle', t.array, '--seed', 3).values()]
    equal(ids, [f'd{i}' for i in _drawn_by_the_page(t, 50, 50, 3)])
    equal(t.ids(), [f'd{i}' for i in range(50)])


def shuffle_in_place_gives_the_array_that_order(t):
    t.fill(50)
    equal(t.done('shuffle', t.array, '--seed', 3, '--in-place').out, '')
    equal(t.ids(), [f'd{i}' for i in _drawn_by_the_page(t, 50, 50, 3)])
    t.sound()


def an_empty_array_is_shuffled_and_sampled(t):
    t.done('import', t.array, given='')
    equal(t.done('shuffle', t.array).out, '')
    t.done('shuffle', t.array, '--in-place')
    equal(t.done('sample', t.array, 0).out, '')
    t.sound()


def traverse_prints_the_documents_on_each_path(t):
    _fill_birds(t)
    for paths, ids in [('r', 'a b c'), ('c', 'a1 a2 c1'), ('m', 'cm'), ('cm', 'x y'),
                       ('m,c', 'cm a1 a2 c1'), ('mm', '')]:
        found = [value['id'] for value in t.done('traverse', t.array, paths).values()]
        equal(found, ids.split(), paths)


def traverse_tells_where_each_document_is_in_json(t):
    _fill_birds(t)
    values = t.done('traverse', t.array, 'c,r', '--json').values()
    equal([[value['path'], value['group'], value['position'], value['document']['id']]
           for value in values],
          [[0, 0, 0, 'a1'], [0, 0, 0, 'a2'], [0, 2, 2, 'c1'], [1, 3, 0, 'a'], [1, 3, 1, 'b'],
           [1, 3, 2, 'c']])
    whole, = t.done('get', t.array, 'c').values()
    equal(values[2]['document'], whole['chunks'][0])


def traverse_prints_groups_as_lists(t):
    _fill_birds(t)
    groups = t.done('traverse', t.array, 'c,r', '--groups').values()
    equal([[document['id'] for document in group] for group in groups],
          [['a1', 'a2'], ['c1'], ['a', 'b', 'c']])
    equal(t.done('traverse', t.array, 'mm', '--groups').out, '')


def traverse_gives_those_that_pass_a_filter(t):
    _fill_birds(t)
    words = ['traverse', t.array, 'c,r', '--where', '{"id":{"$in":["a2","c"]}}']
    equal([value['id'] for value in t.done(*words).values()], ['a2', 'c'])
    fails(t.run('traverse', t.array, 'c', '--where', '{"id":{'), WRONG_USAGE, 'line 1')


def a_path_that_is_none_is_wrong_usage(t):
    _fill_birds(t)
    fails(t.run('traverse', t.array, 'r,cx'), WRONG_USAGE, 'place 4')
    fails(t.run('traverse', t.array, ''), WRONG_USAGE, 'place 1')


def what_is_not_there_is_neither_sampled_nor_traversed(t):
    for words in [['sample', t.array, 1], ['shuffle', t.array], ['traverse', t.array, 'c']]:
        true(t.run(*words).status != 0, words)


PRICES = [3, 'x', None, 1.5, 3.0, True, None, 2]


def _fill_prices(t):
    rows = [{'id': f'p{i}', **({} if price is None else {'tags': {'price': price}})}
            for i, price in enumerate(PRICES)]
    t.done('import', t.array, given=''.join(json.dumps(row) + '\n' for row in rows))


def _ids(answer):
    return [value['id'] for value in answer.values()]


def sort_orders_by_a_value_with_missing_ones_last(t):
    _fill_prices(t)
    equal(_ids(t.done('sort', t.array, 'tags.price')),
          ['p5', 'p3', 'p7', 'p0', 'p4', 'p1', 'p2', 'p6'])
    equal(_ids(t.done('sort', t.array, 'tags.price', '--descending')),
          ['p1', 'p0', 'p4', 'p7', 'p3', 'p5', 'p2', 'p6'])
    equal(_ids(t.done('sort', t.array, 'tags.price', '--limit', 3)), ['p5', 'p3', 'p7'])
    equal(t.done('sort', t.array, 'tags.price', '--limit', 0).out, '')


def sort_agrees_with_python_on_texts_and_numbers(t):
    texts = ['b', 'a', 'é', '', 'ab', 'Z', '😀', 'a', '\u0001', 'b']
    rows = [{'id': str(i), 'text': text, 'tags': {'n': len(text) * 7 % 5}}
            for i, text in enumerate(texts * 5)]
    t.done('import', t.array, given=''.join(json.dumps(row) + '\n' for row in rows))
    for path, key in [('text', lambda row: row['text'].encode('utf-8')),
                      ('tags.n', lambda row: row['tags']['n']), ('id', lambda row: row['id'])]:
        for words, reverse in [([], False), (['--descending'], True)]:
            equal(_ids(t.done('sort', t.array, path, *words)),
                  [row['id'] for row in sorted(rows, key=key, reverse=reverse)], path)


def sort_in_place_and_reverse_change_the_array(t):
    _fill_prices(t)
    equal(t.done('sort', t.array, 'tags.price', '--in-place').out, '')
    order = ['p5', 'p3', 'p7', 'p0', 'p4', 'p1', 'p2', 'p6']
    equal(t.ids(), order)
    t.done('sort', t.array, '--descending', '--in-place')
    equal(t.ids(), order[::-1])
    t.sound()


def sort_by_what_no_document_has_is_wrong_usage(t):
    _fill_prices(t)
    for words in [['no_field'], ['id', '--limit', '-1'], ['id', '--limit', 'x'],
                  ['id', '--limit', 1, '--in-place']]:
        fails(t.run('sort', t.array, *words), WRONG_USAGE, 'dam: sort: ')


def split_lists_groups_in_the_order_of_first_appearance(t):
    _fill_prices(t)
    equal(t.done('split', t.array, 'tags.price').lines(),
          ['0\t2\t3', '1\t1\t"x"', '2\t1\t1.5', '3\t1\ttrue', '4\t1\t2'])
    values = t.done('split', t.array, 'tags.price', '--json').values()
    equal(values[:2], [{'group': 0, 'documents': 2, 'value': 3},
                       {'group': 1, 'documents': 1, 'value': 'x'}])
    equal(t.done('split', t.array, 'text').out, '')


def split_writes_an_array_for_each_group(t):
    _fill_prices(t)
    into = str(t.directory / 'groups')
    t.done('split', t.array, 'tags.price', '--into', into)
    equal([t.ids(f'{into}/{i}') for i in range(5)], [['p0', 'p4'], ['p1'], ['p3'], ['p5'], ['p7']])
    t.sound(f'{into}/0')
    fails(t.run('split', t.array, 'tags.price', '--into', into), FAILED, f'{into}/0', 'p0')


def split_cuts_portions_of_a_size(t):
    t.fill(10)
    equal(t.done('split', t.array, '--size', 4).lines(), ['0\t4', '1\t4', '2\t2'])
    into = str(t.directory / 'portions')
    t.done('split', t.array, '--size', 4, '--seed', 42, '--into', into)
    drawn = [f'd{i}' for i in _drawn_by_the_page(t, 10, 10, 42)]
    equal([t.ids(f'{into}/{i}') for i in range(3)], [drawn[:4], drawn[4:8], drawn[8:]])


def split_needs_either_a_path_or_a_size(t):
    t.fill(2)
    for words in [[], ['text', '--size', 1], ['text', '--seed', 1], ['--size', 0], ['--size', 'x'],
                  ['no_field']]:
        fails(t.run('split', t.array, *words), WRONG_USAGE, 'dam: split: ')
