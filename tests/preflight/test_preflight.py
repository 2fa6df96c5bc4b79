#!/usr/bin/env python3
"""epitome check --epub: every rule is seen broken, by a file that breaks nothing else, and kept by files that come close; what is no
EPUB, or made to harm, is refused within bounds.

    test_preflight.py PROGRAM
"""
import collections
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

import book
import cases
import hostile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# A rule about the size of a whole file: a file that breaks it is made by hostile.py, too large for the table.
ELSEWHERE = {'W1007'}


def check(program, files, options=(), bounded=False):
    """The exit status, and what is said of each file: {name: [diagnostic]}."""
    # A sanitizer reserves address space beyond any limit.
    bounded = bounded and '--sanitized' not in sys.argv
    limit = (lambda: resource.setrlimit(resource.RLIMIT_AS, (1500 << 20,) * 2)) if bounded else None
    run = subprocess.run([program, 'check', '--epub', '--format=json', *options, *map(str, files)], capture_output=True, text=True, timeout=250,
                         preexec_fn=limit)
    said = collections.defaultdict(list)
    for line in run.stderr.splitlines():
        told = json.loads(line)
        container, _, inside = told['file'].partition('.epub')
        said[pathlib.Path(container).name].append({**told, 'inside': inside.lstrip('/')})
    return run.returncode, said, run.stdout


def broken(program, folder):
    """Every bad file breaks its rule where the table says, and no other."""
    names = []
    for number, (code, inside, changes) in enumerate(cases.BAD):
        names.append('%s-%d' % (code, number))
        (folder / (names[-1] + '.epub')).write_bytes(book.make(*changes))
    status, said, _ = check(program, [folder / (name + '.epub') for name in names])
    if status != 1:
        yield 'the bad files: exit status %d' % status
    for name, (code, inside, _) in zip(names, cases.BAD):
        found = [(d['code'], d['inside']) for d in said[name]]
        if set(found) != {(code, inside)}:
            yield '%s: wanted %s in %r, got %s' % (name, code, inside, [(*pair, d['message']) for pair, d in zip(found, said[name])])
        for told in said[name]:
            if told['severity'] != {'E': 'error', 'W': 'warning'}[code[0]] or len(told['hints']) != 2:
                yield '%s: %s' % (name, told)
            if inside and told['line'] == 0 and code not in WITHOUT_PLACE:
                yield '%s has no place: %s' % (name, told)
    every = set(re.findall(r'X\(([EW]10\d\d),', (ROOT / 'exporter/diag/codes.hpp').read_text()))
    for code in sorted(every - {code for code, _, _ in cases.BAD} - ELSEWHERE):
        yield '%s has no bad file' % code


# What is missing from a file as a whole, or is its size.
WITHOUT_PLACE = {'E1032', 'W1035', 'W1038', 'W1019', 'W1008', 'E1050'}


def kept(program, folder):
    files = []
    for number, changes in enumerate(cases.GOOD.values()):
        files.append(folder / ('good-%d.epub' % number))
        files[-1].write_bytes(book.make(*changes))
    status, said, out = check(program, files, ['--werror'])
    if status != 0 or out:
        yield 'the good files: exit status %d, %r' % (status, out)
    for file, what in zip(files, cases.GOOD):
        for told in said[file.stem]:
            yield 'good, %s: %s %s %s' % (what, told['code'], told['inside'], told['message'])


def statuses(program, folder):
    """A warning alone is 0, with --werror 1; an error is 1; a file that is not there is 1; and the order of files is kept."""
    warned, wrong, right = folder / 'warned.epub', folder / 'wrong.epub', folder / 'right.epub'
    warned.write_bytes(book.make(book.edit('style.css', 'p {', 'p { line-height: 3px;')))
    wrong.write_bytes(book.make(book.drop('two.xhtml')))
    right.write_bytes(book.make())
    for files, options, want in (([right], [], 0), ([warned], [], 0), ([warned], ['--werror'], 1), ([right, wrong], [], 1), ([folder / 'none.epub'], [], 1)):
        status, _, _ = check(program, files, options)
        if status != want:
            yield '%s %s: exit status %d, wanted %d' % ([f.name for f in files], options, status, want)
    run = subprocess.run([program, 'check', '--epub', '--layout', 'a4', str(right)], capture_output=True, text=True)
    if run.returncode != 2 or '--layout' not in run.stderr:
        yield '--epub with --layout: %d %s' % (run.returncode, run.stderr)
    told = subprocess.run([program, 'check', '--epub', 'warned.epub'], cwd=folder, capture_output=True, text=True).stderr
    if not told.startswith('warned.epub/OEBPS/style.css:3:5: warning[W1077]: ') or ' 3 | p {' not in told:
        yield 'as text: %s' % told


def refused(program, folder):
    """Each hostile file ends with an error within the memory that is given."""
    for name, data in hostile.files():
        path = folder / 'hostile.epub'
        path.write_bytes(data)
        status, said, _ = check(program, [path], bounded=True)
        if status != 1 or not said['hostile']:
            yield 'hostile, %s: exit status %d, %s' % (name, status, said['hostile'])
        if name == 'a file for all' and 'W1007' not in {told['code'] for told in said['hostile']}:
            yield 'a file of 210 MB is not told'
        if len(said['hostile']) > 300:
            yield 'hostile, %s: %d messages' % (name, len(said['hostile']))


def own_files(program, folder):
    """Every EPUB that the program writes keeps its own rules: the examples in every flavour, the suite's cases."""
    examples, small = sorted(ROOT.glob('examples/*/summary.xml')), sorted(ROOT.glob('tests/suite/cases/*/source.xml'))
    if len(examples) < 9 or len(small) < 40:
        yield 'only %d examples, %d cases' % (len(examples), len(small))
    targets = {}
    for source, formats in [*((source, ('epub', 'kepub', 'kindle')) for source in examples), *((source, ('epub',)) for source in small)]:
        for form in formats:
            target = folder / ('%s-%s.epub' % (source.parent.name, form))
            run = subprocess.run([program, 'export', str(source), '--to', form, '-q', '-o', '-'], capture_output=True)
            if run.returncode != 0:
                yield '%s: %s' % (source, run.stderr.decode())
            target.write_bytes(run.stdout)
            targets[target.stem] = target
    _, said, _ = check(program, targets.values())
    seen = set()
    for name in targets:
        for told in said[name]:
            seen.add((told['code'], name))
            if (told['code'], name) not in KNOWN:
                yield '%s: %s %s:%d %s' % (name, told['code'], told['inside'], told['line'], told['message'])
    for code, name in sorted(KNOWN - seen):
        yield '%s breaks %s no more: take it out of the list' % (name, code)


def with_export(program, folder):
    """export --check-epub says of its EPUBs what check --epub says, and with --werror writes none."""
    (folder / 'small.png').write_bytes(book.png(60, 90, lambda x, y: b'\x80\x40\x20', 2))
    source = folder / 'lamp.xml'
    source.write_text('<summary version="1" xml:lang="en"><work><title prefix="">Lamp</title><contributor role="author">A B</contributor>'
                      '<cover src="small.png" alt="A lamp."/></work><edition><date>2024-05-31</date></edition><overview><p>It burns.</p></overview></summary>')
    for options, status, codes in (((), 0, {'W0307'}), (('--check-epub',), 0, {'W0307', 'W1024'}), (('--check-epub', '--werror'), 1, {'W0307', 'W1024'})):
        out = folder / ('out' + ''.join(options))
        run = subprocess.run([program, 'export', str(source), '--to', 'epub,kindle', '--format=json', '-q', '-o', str(out), *options], capture_output=True, text=True)
        said = [json.loads(line) for line in run.stderr.splitlines()]
        if (run.returncode, {told['code'] for told in said}) != (status, codes):
            yield 'export %s: exit status %d, %s' % (options, run.returncode, said)
        if out.is_dir() != (status == 0):
            yield 'export %s: files were%s written' % (options, '' if out.is_dir() else "n't")
        files = sorted(told['file'].partition('/')[0] for told in said if told['code'] == 'W1024')
        if options and files != ['lamp.epub', 'lamp.kindle.epub']:
            yield 'export %s names %s' % (options, files)


# What our own files break: nothing.
KNOWN = set()


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for part in (broken, kept, statuses, refused, own_files, with_export):
            before = len(found)
            found += part(program, folder)
            print('%s: %d complaints' % (part.__name__, len(found) - before), flush=True)
    print('\n'.join(found) or 'every rule holds: %d bad files, %d good ones' % (len(cases.BAD), len(cases.GOOD)))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
