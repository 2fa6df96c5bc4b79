#!/usr/bin/env python3
"""Prints what an EPUB of the-push costs: the instructions of its making without the cover and of a drawn cover, the bytes of both, and
the heap's peak with a drawn cover and with the given one. Times of the same stages are bench_stages' (make_epub, draw_cover).

    epub.py --program EPITOME

Counts do not depend on what else the machine does; they belong to the release build.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / 'examples/the-push'
MAKING = ('package', 'serialise', 'write_epub')


def run(*argv):
    done = subprocess.run(list(map(str, argv)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit('%s: exit status %d\n%s' % (argv[0], done.returncode, done.stdout[-2000:]))
    return done.stdout


def instructions(program, source, folder, functions):
    """Between the beginning and the end of these functions, which don't call one another."""
    said = run('valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', *['--toggle-collect=%s(*' % name for name in functions],
               program, 'export', source, '--to', 'epub', '-q', '-o', folder / 'counted.epub')
    return int(re.search(r'Collected : (\d+)', said).group(1))


def heap(program, source, folder):
    kept = folder / 'massif'
    run('valgrind', '--tool=massif', '--massif-out-file=%s' % kept, program, 'export', source, '--to', 'epub', '-q', '-o', folder / 'weighed.epub')
    return max(int(number) for number in re.findall(r'mem_heap_B=(\d+)', kept.read_text()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    program = parser.parse_args().program
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copytree(EXAMPLE, folder / 'given')
        shutil.copytree(EXAMPLE, folder / 'drawn')
        given, drawn = folder / 'given/summary.xml', folder / 'drawn/summary.xml'
        text, found = re.subn(r'<cover\b[^>]*/>', '', drawn.read_text(encoding='utf-8'))
        if found != 1:
            sys.exit('the-push has no cover to leave out')
        drawn.write_text(text, encoding='utf-8')
        run(program, 'export', drawn, '--to', 'epub', '-q', '-o', folder / 'book.epub')
        with zipfile.ZipFile(folder / 'book.epub') as book:
            images = sum(file.compress_size for file in book.infolist() if '/images/' in file.filename)
        print('the EPUB besides its cover %12d bytes' % ((folder / 'book.epub').stat().st_size - images))
        print('a drawn cover              %12d bytes' % images)
        print('the EPUB besides its cover %12d instructions' % instructions(program, drawn, folder, ['epitome::epub::' + name for name in MAKING]))
        print('a drawn cover              %12d instructions' % instructions(program, drawn, folder, ['epitome::cover::cover_file']))
        print('peak of the heap           %12d bytes with a drawn cover, %d with the given one' % (
            heap(program, drawn, folder), heap(program, given, folder)))


if __name__ == '__main__':
    main()
