"""dam import --format jina: stores that Jina's own releases wrote, against what they read back.

The stores lie in tests/golden/jina; scripts/make-jina-stores says how they came to be.
"""
import base64
import json
import os
import shutil
import struct

from cli_fixture import DAMAGED, DONE, FAILED, WRONG_USAGE, contains, equal, fails, true

RELEASES = ['2.0.0', '2.0.12', '2.1.0', '2.3.0', '2.4.10', '2.6.4']
SLOT_BYTES = 24 + 4 * 36
DTYPES = {'f2': 'f16', 'f4': 'f32', 'f8': 'f64', 'i1': 'i8', 'u1': 'u8', 'i2': 'i16', 'u2': 'u16',
          'i4': 'i32', 'u4': 'u32', 'i8': 'i64', 'u8': 'u64', 'b1': 'bool'}
TEXTS = ['id', 'text', 'buffer', 'uri', 'mime_type', 'modality', 'parent_id', 'tags']
NUMBERS = ['granularity', 'adjacency', 'weight', 'offset', 'location']


def _golden(t, release, store):
    return t.source_root / 'tests' / 'golden' / 'jina' / f'{release}-{store}'


def _store(t, release, store):
    """A copy of a golden store, as a directory that Jina would open."""
    directory = t.directory / f'{release}-{store}'
    directory.mkdir()
    for name in ['header.bin', 'body.bin']:
        shutil.copy(f'{_golden(t, release, store)}.{name}', directory / name)
    return directory


def _read_back(t, release, store):
    path = f'{_golden(t, release, store)}.json'
    with open(path, encoding='utf-8') as lines:
        return [json.loads(line) for line in lines]


def _import(t, directory, *words, status=DONE, array=None):
    answer = t.run('import', array or t.array, '--format', 'jina', directory, *words)
    equal(answer.status, status, answer)
    equal(answer.err, '', answer)
    return answer


def _documents(t):
    t.sound()
    return t.done('export', t.array, '--arrays').values()


def _single(number):
    """The float of 32 bits that is nearest, as a double."""
    return struct.unpack('<f', struct.pack('<f', number))[0]


def _scores(scores):
    def score(given):
        made = {'value': given['value']}
        made.update({name: given[name] for name in ['op_name', 'description', 'ref_id']
                     if given[name]})
        if given['operands']:
            made['operands'] = [score(operand) for operand in given['operands']]
        return made

    return {name: score(given) for name, given in scores.items()}


def _tensor(given):
    """What a release read as an array, as export writes it."""
    dtype = DTYPES[given['dtype'][1:]]
    made = {'dtype': dtype, 'shape': given['shape'], 'data': given['data']}
    if 'format' in given:
        made['format'] = given['format']
        made['indices'] = [index for pair in given['indices'] for index in pair]
    return made


def _flat(data):
    return [number for part in data for number in _flat(part)] if isinstance(data, list) else [data]


def _shape(data):
    return [len(data)] + _shape(data[0]) if isinstance(data, list) else []


def _exported_tensor(value):
    """An exported tensor in one form: a plain list is one of f32."""
    if isinstance(value, list):
        value = {'dtype': 'f32', 'shape': _shape(value), 'data': value}
    numbers = _flat(value['data'])
    return {**value, 'data': list(map(_single, numbers)) if value['dtype'] == 'f32' else numbers}


def _expected(read):
    made = {name: read[name] for name in TEXTS + NUMBERS if name in read}
    for name in ['scores', 'evaluations']:
        if name in read:
            made[name] = _scores(read[name])
    for name in ['embedding', 'blob']:
        if name in read:
            made[name] = _tensor(read[name])
    for name in ['chunks', 'matches']:
        if name in read:
            made[name] = [_expected(below) for below in read[name]]
    return made


def _exported(document):
    made = dict(document)
    for name in ['embedding', 'blob']:
        if name in made:
            made[name] = _exported_tensor(made[name])
    for name in ['chunks', 'matches']:
        if name in made:
            made[name] = [_exported(below) for below in made[name]]
    return made


def _compare(t, release, store):
    read = [_expected(document) for document in _read_back(t, release, store)]
    exported = [_exported(document) for document in _documents(t)]
    for got, wanted in zip(exported, read):
        equal(got, wanted, f'{release} {store}')
    equal(len(exported), len(read), f'{release} {store}')


def _each_release(t, store, releases=None):
    for release in releases or RELEASES:
        shutil.rmtree(t.array, ignore_errors=True)
        _import(t, _store(t, release, store))
        _compare(t, release, store)


def the_commands_that_the_page_opens_with_move_a_store(t):
    page = (t.source_root / 'docs' / 'coming-from-docarray.md').read_text('utf-8')
    block = page.split('```sh\n')[1].split('```')[0]
    commands = [line.split('#')[0].strip() for line in block.splitlines()]
    equal([command.split()[:2] for command in commands],
          [['dam', 'import'], ['dam', 'verify'], ['dam', 'export']])
    _store(t, '2.6.4', 'fields').rename(t.directory / 'old-birds')
    for command in commands:
        words = command.split('|')[0].split()[1:]
        places = {name: str(t.directory / name) for name in ['birds', 'old-birds']}
        answer = t.done(*[places.get(word, word) for word in words])
    equal(len(answer.lines()), len(_read_back(t, '2.6.4', 'fields')))


def every_field_of_every_era_is_what_its_release_read(t):
    _each_release(t, 'fields')


def arrays_of_every_dtype_order_and_format_are_what_their_release_read(t):
    _each_release(t, 'tensors')


def quantized_arrays_are_the_numbers_that_their_release_read(t):
    _each_release(t, 'quantized', ['2.0.0', '2.0.12', '2.1.0', '2.3.0'])


def deleted_and_replaced_documents_are_where_their_release_saw_them(t):
    _each_release(t, 'changed')


def the_era_is_told_with_its_evidence(t):
    said = {'2.0.0': '2.0.0 to 2.0.3: arrays without a class name (1)', '2.0.12': 'hashes (12)',
            '2.3.0': 'written by 2.0 to 2.3: ', '2.6.4': 'written by 2.4 to 2.6: arrays with a '}
    for release, words in said.items():
        answer = _import(t, _store(t, release, 'fields'), array=t.directory / ('a' + release))
        contains(answer.out, words)
        contains(answer.out, 'ids of 36 characters in header.bin')
        equal(answer.lines()[-1], '8 documents imported, 0 damaged or in doubt')


def what_a_restart_wrote_over_is_told_and_the_rest_is_imported(t):
    whole = {'2.0.12'}  # the one release of these that loses nothing
    for release in RELEASES:
        shutil.rmtree(t.array, ignore_errors=True)
        directory = _store(t, release, 'restarted')
        answer = _import(t, directory, status=DONE if release in whole else DAMAGED)
        read = [_expected(document) for document in _read_back(t, release, 'restarted')
                if 'failure' not in document]
        equal(len(read) == 5, release in whole, read)
        exported = {document['id']: document for document in _documents(t)}
        for document in read:
            equal(exported.get(document['id']), document, answer)
        equal(', id "d1", offset ' in answer.out, release not in whole, answer)


def ids_that_the_header_cut_come_from_the_documents_or_stay_cut(t):
    directory = _store(t, '2.6.4', 'fields')
    contains(_import(t, directory).out, '1 ids are cut in header.bin: taken from the documents')
    true('i' * 40 + '-long' in t.ids(), t.ids())
    cut = str(t.directory / 'cut')
    contains(_import(t, directory, '--ids', 'header', array=cut).out, 'taken as they are there')
    true('i' * 36 in t.ids(cut), t.ids(cut))


def whole_numbers_become_integers_on_request(t):
    _import(t, _store(t, '2.6.4', 'fields'), '--integers')
    exported = t.done('export', t.array).lines()[0]
    contains(exported, '"no":null,"whole":3,"yes":true}')
    contains(exported, '"list":[1,"two",[3.5],{"deep":"er"}]')


def what_is_left_of_deleted_documents_is_listed_on_request(t):
    directory = _store(t, '2.1.0', 'changed')
    true('left over' not in _import(t, directory).out, 'only on request')
    answer = _import(t, directory, '--deleted', '--upsert')
    contains(answer.out, 'left over at offset 84, 42 bytes: deleted, "d2", text "text 2"\n')
    contains(answer.out, 'left over at offset 42, 42 bytes: a former version of "d1", text "text 1')


def strict_imports_nothing_from_a_damaged_store(t):
    answer = t.run('import', t.array, '--format', 'jina', _store(t, '2.1.0', 'restarted'),
                   '--strict')
    fails(answer, DAMAGED, 'slot 1, id "d1", offset 180: the bytes hold another document, "late"',
          'nothing was imported')
    contains(answer.out, '0 documents imported, 2 damaged')
    equal(t.done('count', t.array).out, '0\n')
    _import(t, _store(t, '2.1.0', 'fields'), '--strict')
    equal(t.done('count', t.array).out, '8\n')


def live_ids_are_told_unless_they_may_be_replaced(t):
    directory = _store(t, '2.1.0', 'changed')
    _import(t, directory)
    answer = _import(t, directory, status=DAMAGED)
    contains(answer.out, 'slot 0, id "d0", offset 0: refused by the array: ')
    contains(answer.out, '0 documents imported, 5 damaged or in doubt')
    contains(_import(t, directory, '--upsert', '--durable').out, '5 documents imported, 0 damaged')
    equal(t.ids(), ['d0', 'd3', 'd4', 'd5', 'd1'])


def the_report_is_json_on_request(t):
    answer = _import(t, _store(t, '2.1.0', 'restarted'), '--json', status=DAMAGED)
    said, = answer.values()
    equal(said['damaged'], 2)
    contains('\n'.join(said['report']), 'slot 4, id "late", offset 180: shares bytes with slot 1')


def the_source_is_only_read(t):
    directory = _store(t, '2.3.0', 'changed')
    before = {name: (directory / name).read_bytes() for name in os.listdir(directory)}
    os.chmod(directory, 0o500)
    try:
        _import(t, directory, '--deleted')
    finally:
        os.chmod(directory, 0o700)
    equal({name: (directory / name).read_bytes() for name in os.listdir(directory)}, before)


def a_header_that_is_not_whole_loses_one_slot_only(t):
    directory = _store(t, '2.6.4', 'fields')
    header = (directory / 'header.bin').read_bytes()
    (directory / 'header.bin').write_bytes(header[:-1])
    answer = _import(t, directory, status=DAMAGED)
    contains(answer.out, f'header.bin ends with {SLOT_BYTES - 1} bytes of a slot that is not whole')
    equal(t.done('count', t.array).out, '7\n')


def a_body_that_was_cut_off_loses_its_last_document_only(t):
    directory = _store(t, '2.6.4', 'fields')
    body = (directory / 'body.bin').read_bytes()
    (directory / 'body.bin').write_bytes(body[:-1])
    answer = _import(t, directory, status=DAMAGED)
    contains(answer.out, f': ends at offset {len(body)}, body.bin has {len(body) - 1} bytes')
    equal(t.done('count', t.array).out, '7\n')


def other_lengths_of_ids_are_guessed_or_given(t):
    directory = _store(t, '2.6.4', 'changed')
    header = (directory / 'header.bin').read_bytes()
    slots = [header[at:at + SLOT_BYTES] for at in range(0, len(header), SLOT_BYTES)]
    for length in [2, 8, 64]:
        made = b''.join(slot[:144][:4 * length].ljust(4 * length, b'\0') + slot[144:]
                        for slot in slots)
        (directory / 'header.bin').write_bytes(made)
        for words in [[], ['--key-length', length]]:
            array = str(t.directory / f'{length}{len(words)}')
            answer = _import(t, directory, *words, array=array)
            contains(answer.out, f'ids of {length} characters in header.bin')
            equal('guess' in answer.out, not words, answer)
            equal(t.ids(array), ['d0', 'd3', 'd4', 'd5', 'd1'], answer)


def a_store_without_documents_is_an_empty_array(t):
    directory = t.directory / 'empty'
    directory.mkdir()
    for name in ['header.bin', 'body.bin']:
        (directory / name).write_bytes(b'')
    contains(_import(t, directory).out, '0 documents imported, 0 damaged')
    equal(t.done('count', t.array).out, '0\n')


def a_directory_without_a_store_is_named(t):
    answer = t.run('import', t.array, '--format', 'jina', t.directory)
    fails(answer, FAILED, 'header.bin')


def wrong_words_are_wrong_usage(t):
    directory = _store(t, '2.6.4', 'fields')
    for words in [['--format', 'hub'], ['--format', 'jina'], ['--format', 'jina', '-'],
                  ['--format', 'jina', directory, '--key-length', '0'],
                  ['--format', 'jina', directory, '--key-length', '4097'],
                  ['--format', 'jina', directory, '--ids', 'both'],
                  ['--format', 'jina', directory, '--on-error', 'skip'],
                  ['--integers'], ['--strict'], ['--deleted']]:
        fails(t.run('import', t.array, *words, given=''), WRONG_USAGE)
    true(not os.path.exists(t.array), 'nothing was made')


def buffers_come_over_byte_for_byte(t):
    _import(t, _store(t, '2.0.0', 'fields'))
    wanted = base64.b64decode(_read_back(t, '2.0.0', 'fields')[1]['buffer'])
    equal(t.done('get', t.array, 'buffer', '--field', 'buffer').bytes.rstrip(b'\n'), wanted)
