"""The lines that the demo and the benches stand on."""
import json
import subprocess

from cli_fixture import equal, true


def wordnet_gives_a_document_for_each_synset(t):
    lines = t.directory / 'wordnet.jsonl'
    subprocess.run([t.source_root / 'scripts' / 'make-wordnet-jsonl', lines], check=True,
                   timeout=120)
    documents = [json.loads(line) for line in lines.read_text(encoding='utf-8').splitlines()]
    equal(len(documents), 117659)
    ids = {document['id'] for document in documents}
    equal(len(ids), 117659)
    dog = next(document for document in documents if document['id'] == '02084071-n')
    equal(dog['tags']['lemmas'], ['dog', 'domestic dog', 'Canis familiaris'])
    equal(dog['tags']['lexical_file'], 'noun.animal')
    equal([dog['tags']['lemma_count'], dog['tags']['pointer_count']],
          [len(dog['tags']['lemmas']), len(dog['tags']['pointers'])])
    true(dog['text'].startswith('a member of the genus Canis'), dog['text'])
    for document in documents:
        for hypernym in document['tags']['hypernyms']:
            true(hypernym in ids, hypernym)
        for pointer in document['tags']['pointers']:
            true(pointer['id'] in ids, pointer)


def wordnet_lines_are_imported_and_come_out_again(t):
    lines = t.directory / 'wordnet.jsonl'
    subprocess.run([t.source_root / 'scripts' / 'make-wordnet-jsonl', lines], check=True,
                   timeout=120)
    summary, = t.done('import', t.array, lines, '--json').values()
    equal(summary['documents'], 117659)
    exported = t.done('export', t.array).out
    given = lines.read_text(encoding='utf-8')
    for number, (came_out, went_in) in enumerate(zip(exported.splitlines(), given.splitlines())):
        if json.loads(came_out) != json.loads(went_in):
            raise AssertionError(f'line {number + 1} differs: {came_out[:200]}')
    t.sound()


def wordnet_script_knows_its_usage(t):
    script = t.source_root / 'scripts' / 'make-wordnet-jsonl'
    for words in [['--help'], ['a', 'b']]:
        process = subprocess.run([script, *words], capture_output=True, text=True, timeout=60,
                                 check=False)
        equal([process.returncode, process.stdout], [2, ''])
        true('make-wordnet-jsonl' in process.stderr, process.stderr)
