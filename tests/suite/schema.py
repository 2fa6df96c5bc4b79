#!/usr/bin/env python3
"""The schemas in source/: summary.rnc and summary.schema.json are what `epitome schema` prints, summary.rng what trang makes of
summary.rnc. --update writes them anew.

    schema.py --program PATH [--update]
"""
import argparse
import difflib
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2] / 'source'


def made(program):
    """The schemas by name."""
    schemas = {}
    for name, options in (('summary.schema.json', []), ('summary.rnc', ['--for', 'relaxng'])):
        schemas[name] = subprocess.run([program, 'schema', *options], capture_output=True, check=True).stdout.decode()
    with tempfile.TemporaryDirectory() as folder:
        compact, plain = pathlib.Path(folder) / 'summary.rnc', pathlib.Path(folder) / 'summary.rng'
        compact.write_text(schemas['summary.rnc'], encoding='utf-8')
        try:
            subprocess.run(['trang', compact, plain], stdin=subprocess.DEVNULL, check=True)
        except FileNotFoundError:
            sys.exit('trang is missing: .ci/packages names it')
        schemas['summary.rng'] = plain.read_text(encoding='utf-8')
    return schemas


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--update', action='store_true')
    arguments = parser.parse_args()
    different = 0
    for name, text in made(arguments.program).items():
        if arguments.update:
            (SOURCE / name).write_text(text, encoding='utf-8')
        committed = (SOURCE / name).read_text(encoding='utf-8')
        if committed != text:
            different += 1
            print('\n'.join(list(difflib.unified_diff(committed.splitlines(), text.splitlines(), 'source/' + name, 'made', lineterm=''))[:60]))
    if different:
        print('make them anew: ./run golden')
    return 1 if different else 0


if __name__ == '__main__':
    sys.exit(main())
