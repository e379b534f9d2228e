"""Help, man page, completion, wrong usage, and the document that describes the commands."""
import shutil
import subprocess

from cli_fixture import DONE, WRONG_USAGE, contains, equal, fails, true

COMMANDS = ['import', 'export', 'append', 'get', 'list', 'count', 'find', 'sample', 'shuffle',
            'sort', 'split', 'traverse', 'match', 'embeddings', 'evaluate', 'copy', 'merge',
            'patch', 'delete', 'prune', 'clear', 'stat', 'verify', 'backup',
            'salvage', 'seal', 'help']


def help_lists_every_command_and_every_exit_status(t):
    answer = t.done('help')
    shown = [line.split()[0] for line in answer.lines() if line.startswith('  ')]
    equal(shown[:len(COMMANDS)], COMMANDS)
    equal(shown[len(COMMANDS):], ['0', '1', '2', '3', '4'])
    for words in [['--help'], ['-h']]:
        equal(t.done(*words).out, answer.out)


def help_of_each_command_has_usage_options_and_an_example(t):
    for command in COMMANDS:
        answer = t.done('help', command)
        contains(answer.out, f'Usage: dam {command}')
        contains(answer.out, '--json')
        example = answer.out.split('Example:\n')[1]
        contains(example, f'dam {command}')
        equal(t.done(command, '--help').out, answer.out)


def lines_of_help_fit_a_terminal(t):
    for words in [['help']] + [['help', command] for command in COMMANDS]:
        equal([line for line in t.done(*words).lines() if len(line) > 100], [], words)


def the_man_page_names_every_command_and_option(t):
    page = t.done('help', '--man').out
    true(page.startswith('.TH DAM 1'), page[:40])
    plain = page.replace('\\-', '-')
    for command in COMMANDS:
        contains(plain, f'.SS dam {command}')
        for option in _options(t, command):
            contains(plain.split(f'.SS dam {command}')[1].split('.SS ')[0], option)


def the_man_page_has_no_stray_roff_requests(t):
    known = ('.TH', '.SH', '.SS', '.TP', '.B', '.I', '.PP', '.nf', '.fi')
    for line in t.done('help', '--man').lines():
        true(not line.startswith('.') or line.split()[0] in known, line)


def completion_is_a_script_that_completes_commands_and_options(t):
    script = t.done('help', '--completion', 'bash').out
    for command in COMMANDS:
        contains(script, f'    {command}) options=')
    bash = shutil.which('bash')
    equal(_complete(bash, script, 'dam', 'ver'), ['verify'])
    equal(_complete(bash, script, 'dam', ''), COMMANDS)
    equal(_complete(bash, script, 'dam', 'import', 'array', '--on'), ['--on-error'])
    equal(_complete(bash, script, 'dam', 'help', 'co'), ['count', 'copy'])
    for command in COMMANDS:
        equal(sorted(_complete(bash, script, 'dam', command, '--')), sorted(_options(t, command)))


def completion_for_another_shell_is_wrong_usage(t):
    fails(t.run('help', '--completion', 'csh'), WRONG_USAGE, 'bash')


def nothing_at_all_shows_the_help_and_is_wrong_usage(t):
    answer = t.run()
    equal([answer.status, answer.out], [WRONG_USAGE, ''])
    contains(answer.err, 'Usage: dam COMMAND')


def a_command_that_is_none_is_wrong_usage(t):
    fails(t.run('frobnicate'), WRONG_USAGE, 'dam: frobnicate: no such command', 'dam help')
    fails(t.run('help', 'frobnicate'), WRONG_USAGE, 'no such command')
    fails(t.run('--frobnicate'), WRONG_USAGE)


def an_option_that_is_none_is_wrong_usage_of_every_command(t):
    for command in COMMANDS:
        answer = t.run(command, 'array', '--frobnicate')
        fails(answer, WRONG_USAGE, f'dam: {command}: ')
        equal(answer.out, '')


def an_array_left_out_is_wrong_usage(t):
    for command in COMMANDS:
        if command != 'help':
            fails(t.run(command), WRONG_USAGE, 'ARRAY')


def a_word_too_many_is_wrong_usage(t):
    for command in ['append', 'count', 'list', 'stat', 'verify']:
        fails(t.run(command, 'array', 'another'), WRONG_USAGE, 'another')
    fails(t.run('import', 'array', 'file', 'another'), WRONG_USAGE, 'another')


def an_option_without_its_value_is_wrong_usage(t):
    for words in [['get', 'array', '--at'], ['list', 'array', '--slice'],
                  ['import', 'array', 'file', '--batch'], ['get', 'array', 'id', '--field']]:
        fails(t.run(*words), WRONG_USAGE, words[-1])


def the_version_is_that_of_the_library(t):
    words = t.done('--version').out.split()
    equal([words[0], len(words[1].split('.'))], ['dam', 3])


def the_reference_shows_the_help_of_every_command_word_for_word(t):
    page = (t.source_root / 'docs' / 'cli.md').read_text(encoding='utf-8')
    for words in [['help']] + [['help', command] for command in COMMANDS]:
        contains(page, '```\n' + t.done(*words).out + '```', words)


def every_example_of_the_help_runs(t):
    birds = ''.join(f'{{"id":"{name}","text":"sings","embedding":[{len(name)},1]}}\n'
                    for name in ['robin', 'wren', 'finch'])
    t.file('birds.jsonl', birds)
    for command in COMMANDS:
        example = t.done('help', command).out.split('Example:\n')[1].strip()
        if command == 'append':
            t.done('delete', 'birds', 'robin')
        line = f'dam() {{ {t.dam} "$@"; }}; {example}'
        process = subprocess.run(['bash', '-c', line], cwd=t.directory, capture_output=True,
                                 timeout=60, check=False)
        equal([process.returncode, process.stderr], [DONE, b''], example)


def _options(t, command):
    rows = t.done('help', command).out.split('Options:\n')[1].split('\n\n')[0].splitlines()
    return [row.split()[0] for row in rows]


def _complete(bash, script, *words):
    listed = ' '.join(f"'{word}'" for word in words)
    line = (f'{script}\nCOMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}; _dam; '
            'printf "%s\\n" "${COMPREPLY[@]}"')
    process = subprocess.run([bash, '-c', line], capture_output=True, text=True, timeout=60,
                             check=True)
    return [word for word in process.stdout.splitlines() if word]
