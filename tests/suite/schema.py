#!/usr/bin/env python3
"""source/summary.rng is what trang makes of source/summary.rnc: the schema has one source and two forms."""
import difflib
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2] / 'source'


def main():
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / 'summary.rng'
        try:
            subprocess.run(['trang', SOURCE / 'summary.rnc', made], stdin=subprocess.DEVNULL, check=True)
        except FileNotFoundError:
            sys.exit('trang is missing: .ci/packages names it')
        differences = list(difflib.unified_diff((SOURCE / 'summary.rng').read_text(encoding='utf-8').splitlines(),
                                                made.read_text(encoding='utf-8').splitlines(),
                                                'source/summary.rng', 'trang summary.rnc', lineterm=''))
    print('\n'.join(differences[:60]))
    if differences:
        print('make it anew: trang source/summary.rnc source/summary.rng')
    return 1 if differences else 0


if __name__ == '__main__':
    sys.exit(main())
