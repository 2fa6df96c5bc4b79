#!/usr/bin/env python3
"""What real reports and attacks found: each folder of cases/ holds a source document that once came out wrong, and case.toml,
which says what is right. The whole program is run on it, layout by layout.

    run.py --program PATH [--sanitized] [CASE…]     --sanitized: its memory says nothing, `megabytes` is not looked at; each case in its first layout

case.toml (all but `what` may be left out):
    what = "…"            what was wrong and what is right
    source = "source.xml" the document
    layouts = ["book"]    those it is exported in
    options = []          further options of `epitome export`
    status = 0            exit status
    codes = []            codes of all that is told, each as often as it is told, in any order
    messages = []         regular expressions that what is told must match; with "!" before it: must not
    pages = []            the same of `epitome dump --pages`
    package = []          the same of `epitome dump --package`
    files = []            names of what is written; left out: not looked at
    megabytes = 0         most memory; 0: not looked at
    compare = true        whether `epitome compare` must say "the same text" where both files are written
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import tomllib

FOLDER = pathlib.Path(__file__).resolve().parent / 'cases'
KEYS = {'what', 'source', 'layouts', 'options', 'status', 'codes', 'messages', 'pages', 'package', 'files', 'megabytes', 'compare'}
HANGS = 60  # seconds


def run(command, folder):
    """(exit status, standard output, standard error, megabytes); the status is None if it had to be ended."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        timer = threading.Timer(HANGS, process.kill)
        timer.start()
        _, raw, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(raw)
        out.seek(0), err.seek(0)
        return process.returncode, out.read().decode(errors='replace'), err.read().decode(errors='replace'), usage.ru_maxrss / 1024


def mismatches(patterns, text, what):
    for pattern in patterns:
        wanted = not pattern.startswith('!')
        if bool(re.search(pattern.removeprefix('!'), text, re.M)) != wanted:
            yield '%s %s %s' % (what, 'lacks' if wanted else 'has', pattern.removeprefix('!'))


def faults(program, folder, case, layout, out, sanitized):
    source = case.get('source', 'source.xml')
    options = ['--layout', layout, *case.get('options', [])]
    status, _, told, megabytes = run([program, 'export', source, '--format=json', '--quiet', '-o', out, *options], folder)
    if status != case.get('status', 0):
        yield 'exit status %s, not %s\n%s' % (status, case.get('status', 0), told[:2000])
    codes = sorted(json.loads(line)['code'] for line in told.splitlines() if line.startswith('{'))
    if codes != sorted(case.get('codes', [])):
        yield 'told %s, not %s\n%s' % (codes, sorted(case.get('codes', [])), told[:2000])
    yield from mismatches(case.get('messages', []), told, 'what is told')
    if case.get('megabytes') and megabytes > case['megabytes'] and not sanitized:
        yield 'took %.0f MB, more than %d' % (megabytes, case['megabytes'])
    for stage in ('pages', 'package'):
        if patterns := case.get(stage, []):
            _, text, _, _ = run([program, 'dump', source, '--' + stage, '--layout', layout], folder)
            yield from mismatches(patterns, text, 'dump --' + stage)
    files = sorted(pathlib.Path(out).iterdir())
    if sorted(case.get('files', names := [path.name for path in files])) != names:
        yield 'wrote %s' % names
    if case.get('status', 0) != 0 and files:
        yield 'wrote %s' % [path.name for path in files]
    pdf, epub = ([path for path in files if path.suffix == ending and not path.name.endswith('.cards.pdf')] for ending in ('.pdf', '.epub'))
    if case.get('compare', True) and pdf and epub:
        status, said, told, _ = run([program, 'compare', pdf[0], epub[0], folder / source], folder)
        if status != 0:
            yield 'compare: %s' % (said + told)[:2000]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--sanitized', action='store_true')
    parser.add_argument('cases', nargs='*')
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    folders = [FOLDER / name for name in arguments.cases] or sorted(path for path in FOLDER.iterdir() if path.is_dir())
    passed = failed = 0
    for folder in folders:
        case = tomllib.loads((folder / 'case.toml').read_text(encoding='utf-8'))
        complaints = ['case.toml has an unknown key: %s' % key for key in case.keys() - KEYS]
        layouts = case.get('layouts', ['book'])
        for layout in layouts[:1] if arguments.sanitized else layouts:
            with tempfile.TemporaryDirectory() as out:
                complaints += ['%s: %s' % (layout, fault) for fault in faults(program, folder, case, layout, out, arguments.sanitized)]
        for complaint in complaints:
            print('%s: %s' % (folder.name, complaint))
        passed, failed = passed + (not complaints), failed + bool(complaints)
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
