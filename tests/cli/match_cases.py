"""dam match and dam embeddings: queries from everywhere, files of numpy both ways, refusals."""
import json
import struct

from cli_fixture import FAILED, NOTHING_FOUND, WRONG_USAGE, contains, equal, fails

POINTS = {'origin': [0, 0], 'east': [3, 0], 'north': [0, 4], 'far': [30, 40]}


def _points(t, array=None):
    documents = [{'id': id, 'embedding': numbers} for id, numbers in POINTS.items()]
    t.done('import', array or t.array, given='\n'.join(map(json.dumps, documents)))


def _npy(t, name, rows, columns, numbers, code='f', descr='<f4'):
    head = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({rows}, {columns}), }}"
    head = head.ljust(117) + '\n'
    body = struct.pack(f'<{len(numbers)}{code}', *numbers)
    return t.file(name, b'\x93NUMPY\x01\x00' + struct.pack('<H', len(head)) + head.encode() + body)


def match_prints_query_rank_position_id_and_distance(t):
    _points(t)
    out = t.done('match', t.array, '--id', 'origin', '--metric', 'euclidean', '--limit', '3').out
    equal(out, '0\t0\t0\torigin\t0\n0\t1\t1\teast\t3\n0\t2\t2\tnorth\t4\n')


def match_says_the_same_in_json(t):
    _points(t)
    value, = t.done('match', t.array, '--id', 'east', '--limit', '1', '--json').values()
    equal(value, {'query': 0, 'rank': 0, 'position': 1, 'id': 'east', 'distance': 0})


def match_takes_many_ids_and_leaves_each_out_of_its_own(t):
    _points(t)
    rows = t.done('match', t.array, '--id', 'origin', '--id', 'far', '--metric', 'sqeuclidean',
                  '--limit', '1', '--exclude-self', '--threads', '2').lines()
    equal([row.split('\t')[3] for row in rows], ['east', 'north'])


def match_takes_rows_of_a_matrix_and_documents_of_another_array(t):
    _points(t)
    _points(t, str(t.directory / 'other'))
    queries = _npy(t, 'queries.npy', 2, 2, [0, 5, 29, 40])
    rows = t.done('match', t.array, '--npy', queries, '--metric', 'manhattan', '--limit', 1)
    equal(rows.out, '0\t0\t2\tnorth\t1\n1\t0\t3\tfar\t1\n')
    rows = t.done('match', t.array, '--array', t.directory / 'other', '--limit', 'all')
    equal(len(rows.lines()), 16)


def match_looks_only_among_what_passes_a_filter(t):
    _points(t)
    words = ['match', t.array, '--id', 'origin', '--metric', 'euclidean', '--limit', '2']
    rows = t.done(*words, '--where', '{"id":{"$ne":"east"}}').out
    equal(rows, '0\t0\t0\torigin\t0\n0\t1\t2\tnorth\t4\n')
    rows = t.done(*words, '--where', '{"id":{"$in":["far","north"]}}', '--exclude-self').lines()
    equal([row.split('\t')[3] for row in rows], ['north', 'far'])
    equal(t.run(*words, '--where', '{"id":"nobody"}').status, NOTHING_FOUND)
    fails(t.run(*words, '--where', '{"id":'), WRONG_USAGE, 'filter')
    fails(t.run(*words, '--where', '{"id":{"$near":1}}'), WRONG_USAGE, '$near')


def match_takes_every_metric_by_its_name(t):
    _points(t)
    query = _npy(t, 'query.npy', 1, 2, [5, 0])
    for metric, id, distance in [
            ('cosine', 'east', 0), ('euclidean', 'east', 2), ('sqeuclidean', 'east', 4),
            ('inner-product', 'far', -149), ('hamming', 'origin', 0.5), ('jaccard', 'east', 0),
            ('manhattan', 'east', 2)]:
        row, = t.done('match', t.array, '--npy', query, '--metric', metric, '--limit', 1,
                      '--json').values()
        equal([metric, row['id'], row['distance']], [metric, id, distance])


def match_of_nothing_finds_nothing(t):
    _points(t)
    fails(t.run('match', t.array, '--id', 'west'), NOTHING_FOUND, 'no document has the id "west"')
    t.done('append', t.array, given='{"id":"bare"}')
    equal(t.run('match', t.array, '--id', 'bare').status, NOTHING_FOUND)


def match_refuses_what_it_cannot_compare(t):
    _points(t)
    fails(t.run('match', t.array), WRONG_USAGE, 'what to look for')
    fails(t.run('match', t.array, '--id', 'far', '--limit', '0'), WRONG_USAGE, '--limit')
    fails(t.run('match', t.array, '--id', 'far', '--metric', 'near'), WRONG_USAGE, '--metric')
    wide = _npy(t, 'wide.npy', 1, 3, [1, 2, 3])
    fails(t.run('match', t.array, '--npy', wide), FAILED, '2 components, the queries 3')


def embeddings_go_to_a_file_and_come_back(t):
    _points(t)
    path = t.directory / 'points.npy'
    equal(t.done('embeddings', t.array, path).out, '4 embeddings\n')
    data = path.read_bytes()
    head = 10 + struct.unpack('<H', data[8:10])[0]
    equal(head % 64, 0)
    contains(data[:head].decode('latin-1'), "'shape': (4, 2)")
    equal(struct.unpack('<8f', data[head:]), (0, 0, 3, 0, 0, 4, 30, 40))
    doubled = _npy(t, 'doubled.npy', 4, 2, [0, 0, 6, 0, 0, 8, 60, 80])
    equal(t.done('embeddings', t.array, doubled, '--set', '--json').values(), [{'embeddings': 4}])
    t.done('embeddings', t.array, path, '--double')
    data = path.read_bytes()
    equal(struct.unpack('<8d', data[-64:]), (0, 0, 6, 0, 0, 8, 60, 80))
    t.sound()


def embeddings_refuse_files_that_do_not_fit(t):
    _points(t)
    good = _npy(t, 'good.npy', 2, 2, [1, 2, 3, 4])
    fails(t.run('embeddings', t.array, good, '--set'), FAILED, '2 rows are not one for each of 4')
    fails(t.run('embeddings', t.array, t.directory / 'none.npy', '--set'), FAILED, 'No such file')
    data = (t.directory / 'good.npy').read_bytes()
    for name, bad in [('is no .npy file', data[1:]), ('is not as long', data[:-1]),
                      ('dtype', data.replace(b'<f4', b'>f4')),
                      ('row order', data.replace(b'False', b'True ')),
                      ('shape', data.replace(b'(2,', b'(x,'))]:
        fails(t.run('embeddings', t.array, t.file('bad.npy', bad), '--set'), FAILED, name)
