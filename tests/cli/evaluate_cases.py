"""dam evaluate: the figures of trec_eval, which scripts/make-evaluation-golden wrote down."""
import json
import math

from cli_fixture import NOTHING_FOUND, WRONG_USAGE, equal, fails, true

MEASURES = ['precision', 'recall', 'f1', 'r_precision', 'hit', 'average_precision',
            'reciprocal_rank', 'dcg', 'ndcg']


def _golden(t):
    path = t.source_root / 'tests' / 'golden' / 'evaluation.json'
    return json.loads(path.read_text(encoding='utf-8'))


def _fill(t, name, rows):
    path = str(t.directory / name)
    t.done('import', path, given=''.join(json.dumps(row) + '\n' for row in rows))
    return path


def _fill_golden(t, queries):
    ranked = _fill(t, 'ranked', [
        {'id': name, 'matches': [{'id': found} for found in query['ranked']]}
        for name, query in queries.items()])
    truth = _fill(t, 'truth', [
        {'id': name, 'matches': [{'id': found, 'weight': gain}
                                 for found, gain in query['relevant'].items()]}
        for name, query in reversed(queries.items())])
    return ranked, truth


def _each(t, ranked, truth, measure, depth):
    answer = t.done('evaluate', ranked, truth, '--measure', measure, '--depth', depth, '--each',
                    '--json')
    return {value['id']: value['value'] for value in answer.values()}


def _close(found, wanted, context):
    equal(sorted(found), sorted(wanted), context)
    for name, value in wanted.items():
        # trec_eval's sums are doubles too, in another order.
        true(abs(found[name] - value) < 1e-9, (context, name, found[name], value))


def every_figure_of_trec_eval_is_met(t):
    golden = _golden(t)
    ranked, truth = _fill_golden(t, golden['queries'])
    equal(len(golden['figures']), 27)
    for figure in golden['figures']:
        found = _each(t, ranked, truth, figure['measure'], figure['depth'])
        _close(found, figure['values'], (figure['measure'], figure['depth']))


def dcg_is_ndcg_times_the_most_it_could_be(t):
    queries = _golden(t)['queries']
    ranked, truth = _fill_golden(t, queries)
    for depth in [1, 4, 0]:
        ndcg = _each(t, ranked, truth, 'ndcg', depth)
        wanted = {}
        for name, query in queries.items():
            gains = sorted(query['relevant'].values(), reverse=True)[:depth or None]
            wanted[name] = ndcg[name] * sum(gain / math.log2(rank + 2)
                                            for rank, gain in enumerate(gains))
        _close(_each(t, ranked, truth, 'dcg', depth), wanted, depth)


def all_nine_means_are_printed(t):
    ranked, truth = _fill_golden(t, _golden(t)['queries'])
    rows = [line.split('\t') for line in t.done('evaluate', ranked, truth).lines()]
    equal([row[0] for row in rows], MEASURES)
    for name, mean in rows:
        values = _each(t, ranked, truth, name, 0).values()
        true(abs(float(mean) - sum(values) / len(values)) < 1e-12, name)
    value, = t.done('evaluate', ranked, truth, '--measure', 'f1', '--json').values()
    equal([value['measure'], value['mean']], ['f1', float(dict(rows)['f1'])])


def arrays_without_a_common_id_have_nothing_to_measure(t):
    ranked = _fill(t, 'ranked', [{'id': 'a'}])
    truth = _fill(t, 'truth', [{'id': 'b'}])
    fails(t.run('evaluate', ranked, truth), NOTHING_FOUND, ranked)


def a_measure_or_depth_that_is_none_is_wrong_usage(t):
    t.fill(1)
    for words in [['--measure', 'accuracy'], ['--depth', 'x'], ['--depth=-1']]:
        fails(t.run('evaluate', t.array, t.array, *words), WRONG_USAGE, 'dam: evaluate: ')
