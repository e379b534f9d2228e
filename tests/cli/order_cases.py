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


def a_path_that_is_none_is_wrong_usage(t):
    _fill_birds(t)
    fails(t.run('traverse', t.array, 'r,cx'), WRONG_USAGE, 'place 4')
    fails(t.run('traverse', t.array, ''), WRONG_USAGE, 'place 1')


def what_is_not_there_is_neither_sampled_nor_traversed(t):
    for words in [['sample', t.array, 1], ['shuffle', t.array], ['traverse', t.array, 'c']]:
        true(t.run(*words).status != 0, words)
