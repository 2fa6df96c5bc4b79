#!/usr/bin/env python3
"""Round trips between the syntaxes: every example, every suite case and documents made at random become JSON, Markdown, and XML again, and say
the same each time: `dump --document` is equal, and so is the PDF, byte for byte. What is written is canonical: written
once more it is the same file.

    convert.py --program PATH [--generated N] [names …]
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
IMAGE = next((ROOT / 'tests/suite/cases/figure').glob('*.png'))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import generate


def run(program, *arguments, cwd=None):
    done = subprocess.run([program, *map(str, arguments)], cwd=cwd, capture_output=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise ValueError('epitome %s: %d\n%s' % (' '.join(map(str, arguments)), done.returncode, done.stderr.decode()[:1500]))
    return done.stdout


def form_of(source):
    """What is compared, byte for byte: EPUBs where the PDF's fonts may be missing; nothing of the suite's small cases."""
    name = source.parent.name
    if source.parent.parent.name == 'cases':
        return None
    return 'epub' if name.startswith('generated') and generate.is_ideographic(int(name.split('-')[1])) else 'pdf'


def trip(program, source, folder, exported):
    """The faults of one source's way through the syntaxes."""
    faults = []
    first = run(program, 'convert', source.name, '--to', 'json', cwd=source.parent)
    try:
        # Beside its images.
        (folder / 'a.json').write_bytes(first)
        (folder / 'a.xml').write_bytes(run(program, 'convert', 'a.json', '--to', 'xml', cwd=folder))
        (folder / 'a.md').write_bytes(run(program, 'convert', 'a.json', '--to', 'markdown', cwd=folder))
        (folder / 'b.json').write_bytes(run(program, 'convert', 'a.md', '--to', 'json', cwd=folder))
        (folder / 'b.md').write_bytes(run(program, 'convert', source.name, '--to', 'markdown', cwd=source.parent))
        shutil.copy(source, folder / 'source.xml')
        forms = ['source.xml', 'a.json', 'a.xml', 'a.md', 'b.json', 'b.md']
        dumps = [run(program, 'dump', form, '--document', cwd=folder) for form in forms]
        faults += ['dump of %s differs' % form for form, dump in zip(forms, dumps) if dump != dumps[0]]
        for form, to, before in (('a.xml', 'json', first), ('a.json', 'json', first), ('a.xml', 'xml', (folder / 'a.xml').read_bytes()),
                                 ('a.md', 'markdown', (folder / 'a.md').read_bytes()), ('b.json', 'markdown', (folder / 'a.md').read_bytes())):
            if run(program, 'convert', form, '--to', to, cwd=folder) != before:
                faults.append('%s written as %s once more is another file' % (form, to))
        if exported:
            # What is dumped alike is set alike: one form of each syntax is enough.
            files = [run(program, 'export', form, '--to', exported, '-o', '-', cwd=folder) for form in forms[:4]]
            faults += ['%s of %s differs' % (exported, form) for form, file in zip(forms, files) if file != files[0]]
    except ValueError as fault:
        faults.append(str(fault))
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--generated', type=int, default=200)
    parser.add_argument('names', nargs='*')
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    sources = sorted(ROOT.glob('examples/*/summary.xml')) + sorted(ROOT.glob('tests/suite/cases/*/source.xml'))
    sources = [s for s in sources if not arguments.names or s.parent.name in arguments.names]
    failed = 0
    with tempfile.TemporaryDirectory() as made:
        if not arguments.names:
            for number in range(arguments.generated):
                path = pathlib.Path(made) / ('generated-%d' % number) / 'summary.xml'
                path.parent.mkdir()
                path.write_text(generate.document(number), encoding='utf-8')
                shutil.copy(IMAGE, path.parent / 'lamp.png')
                sources.append(path)
        for source in sources:
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder) / 'd'
                shutil.copytree(source.parent, folder, ignore=shutil.ignore_patterns('*.txt', '*.xml'))
                try:
                    faults = trip(program, source, folder, form_of(source))
                except ValueError as fault:
                    faults = [str(fault)]
            for fault in faults:
                print('%s: %s' % (source.parent.name, fault))
                if source.parent.name.startswith('generated'):
                    print(source.read_text(encoding='utf-8'))
            failed += bool(faults)
    print('%d documents, %d failed' % (len(sources), failed))
    return failed != 0


if __name__ == '__main__':
    sys.exit(main())
