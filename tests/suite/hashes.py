#!/usr/bin/env python3
"""SHA-256 of all that the program writes: every example and every suite case in every layout as PDF, EPUB and both reports, the
Declaration's 54 texts as PDF and EPUB. For work that must not change a byte: keep the list before it, compare after each stride.

    hashes.py --program PATH > before.txt
    hashes.py --program PATH --against before.txt      prints what differs; exit status 1 if anything does
"""
import argparse
import concurrent.futures
import hashlib
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests/udhr'))
import texts

LAYOUTS = ('book', 'a4', 'letter', 'large')


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def jobs(folder):
    """(name, source, layout, forms of the report) of all that is exported."""
    documents = sorted(ROOT.glob('examples/*/summary.xml')) + sorted(ROOT.glob('tests/suite/cases/*/source.xml'))
    for source in documents:
        for layout in LAYOUTS:
            yield '%s %s' % (source.parent.name, layout), source, layout, ('json', 'html')
    for key, source in texts.write(folder).items():
        yield 'declaration-%s book' % key, source, 'book', ()


def hashed(program, job):
    name, source, layout, reports = job
    with tempfile.TemporaryDirectory() as out:
        out = pathlib.Path(out)
        command = [program, 'export', source.name, '--layout', layout, '--quiet', '-o', out]
        told = subprocess.run(command, cwd=source.parent, capture_output=True, stdin=subprocess.DEVNULL)
        lines = ['%s  %s messages' % (hashlib.sha256(told.stderr).hexdigest(), name)]
        for form in reports:
            report = out / ('report.' + form)
            subprocess.run([*command, '--report', report], cwd=source.parent, capture_output=True, stdin=subprocess.DEVNULL)
            lines.append('%s  %s report %s' % (digest(report) if report.exists() else 'none', name, form))
        for ending in ('pdf', 'epub'):
            files = list(out.glob('*.' + ending))
            lines.append('%s  %s %s' % (digest(files[0]) if files else 'none', name, ending))
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--against')
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        lines = [line for some in pool.map(lambda job: hashed(program, job), jobs(pathlib.Path(folder))) for line in some]
    if not arguments.against:
        print('\n'.join(lines))
        return 0
    before = set(pathlib.Path(arguments.against).read_text().splitlines())
    differing = [line.split('  ', 1)[1] for line in lines if line not in before]
    print('\n'.join(differing + ['%d of %d differ' % (len(differing), len(lines))]))
    return 1 if differing else 0


if __name__ == '__main__':
    sys.exit(main())
