#!/usr/bin/env python3
"""The whole program on bad inputs: every file of rejected/ is refused for what rejected/expected.tsv says of it, for nothing else,
with exit status 1, and nothing is written.

    rejected.py --program PATH
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent / 'rejected'


def expected():
    """{file: [(code, line, column, how the message begins)]} of the table."""
    table = {}
    for line in (FOLDER / 'expected.tsv').read_text(encoding='utf-8').splitlines():
        if not line.startswith('#'):
            name, _, _, code, row, column, message = line.split('\t')
            table.setdefault(name, []).append((code, int(row), int(column), message))
    return table


def complaints(program, name, rows, out):
    run = subprocess.run([program, 'export', name, '--format=json', '-o', out], cwd=FOLDER, stdin=subprocess.DEVNULL,
                         capture_output=True, text=True)
    if run.returncode != 1:
        yield 'exit status %d\n%s' % (run.returncode, run.stderr)
    if run.stdout:
        yield 'standard output says %r' % run.stdout
    try:
        found = [json.loads(line) for line in run.stderr.splitlines()]
    except json.JSONDecodeError:
        yield 'a diagnostic is not JSON: %s' % run.stderr
        return
    for index in range(max(len(rows), len(found))):
        want = rows[index] if index < len(rows) else None
        got = found[index] if index < len(found) else None
        place = got and (got['code'], got['line'], got['column'])
        if not want or not got or place != want[:3] or not got['message'].startswith(want[3]):
            yield 'expected %s, got %s' % (want, got and (*place, got['message']))
        if got and not got['hints']:
            yield 'no hint: %s' % got['message']


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    table, before, failed = expected(), sorted(FOLDER.rglob('*')), 0
    with tempfile.TemporaryDirectory() as empty:
        out = pathlib.Path(empty)
        for name, rows in table.items():
            found = list(complaints(program, name, rows, out))
            if written := sorted(out.iterdir()):
                found.append('wrote %s' % written)
                for path in written:
                    path.unlink()
            failed += bool(found)
            for complaint in found:
                print('%s: %s' % (name, complaint))
    if sorted(FOLDER.rglob('*')) != before:
        failed += 1
        print('something was written beside the sources')
    print('%d files, %d failed' % (len(table), failed))
    return 1 if failed or len(table) < 60 else 0


if __name__ == '__main__':
    sys.exit(main())
