#!/usr/bin/env python3
"""Prints what a site of many summaries takes: beside export of the same files, again with nothing changed, with one changed;
and how the making of its lists grows with its subjects.

    site.py --program EPITOME [--count 10000] [--beside 60] [--files pdf,epub]

The many are small documents of the bench's own; `beside` are the examples in turns. Figures, no verdicts. CPU seconds are the
program's own, whatever else the machine does.
"""
import argparse
import pathlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import batch

SUBJECTS = 400
SOURCE = '''<summary version="1" xml:lang="%(lang)s"><work><title>Lamp %(n)05d</title><contributor role="author">Ann Example</contributor>
<subject>Subject %(subject)05d</subject></work><edition><date>2024-%(month)02d-%(day)02d</date></edition>
<overview><p>The keeper counts the barrels%(more)s.</p></overview></summary>
'''


def put(folder, number, subjects, more=''):
    text = SOURCE % {'n': number, 'lang': ('en', 'de', 'fr')[number % 3], 'subject': number % subjects, 'month': number % 12 + 1,
                     'day': number % 28 + 1, 'more': more}
    (folder / ('%05d.xml' % number)).write_text(text, encoding='utf-8')


def run(*argv):
    """(seconds, CPU seconds) of a program."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([*map(str, argv)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(done.stderr[-2000:])
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def states(site):
    return {path: path.stat().st_mtime_ns for path in site.rglob('*') if path.is_file()}


def beside(program, folder, count, files):
    (folder / 'src').mkdir()
    batch.write_sources(folder / 'src', count, batch.LATIN.split(','))
    # export names files by title: as many of each format, in a folder of their own.
    exported = run(program, 'export', '-q', '--jobs', 2, '--keep-going', '--to', files, folder / 'src', '-o', '%s/' % (folder / 'out'))
    site = run(program, 'site', '-q', '--jobs', 2, '--keep-going', '--files', files, folder / 'src', '-o', folder / 'site', '--base-url', 'https://a.example/')
    print('%d examples, %s: export %.1f s (CPU %.1f), site %.1f s (CPU %.1f): the site has %.2f × the rate of export by CPU, %.2f × by the clock'
          % (count, files, *exported, *site, exported[1] / site[1], exported[0] / site[0]), flush=True)


def many(program, folder, count, files):
    sources, site = folder / 'many', folder / 'many-site'
    sources.mkdir()
    for number in range(count):
        put(sources, number, SUBJECTS)
    build = [program, 'site', '-q', '--jobs', 2, '--files', files, sources, '-o', site, '--base-url', 'https://a.example/']
    print('%d small summaries, %d subjects, %s: %.1f s (CPU %.1f)' % (count, SUBJECTS, files, *run(*build)), flush=True)
    before = states(site)
    again = run(*build)
    assert states(site) == before
    print('  nothing changed: %.1f s (CPU %.1f), 0 of %d files written' % (*again, len(before)), flush=True)
    put(sources, count // 2, SUBJECTS, ' twice')
    again = run(*build)
    after = states(site)
    wrote = [path for path in after if after[path] != before.get(path)]
    print('  one changed: %.1f s (CPU %.1f), %d files written, %d removed: %s' % (
        *again, len(wrote), len(set(before) - set(after)), ', '.join(sorted(str(path.relative_to(site)) for path in wrote))), flush=True)


def growth(program, folder):
    """The second run, in which lists alone are made."""
    for subjects in (500, 2000):
        sources, site = folder / ('s%d' % subjects), folder / ('site%d' % subjects)
        sources.mkdir()
        for number in range(2000):
            put(sources, number, subjects)
        build = [program, 'site', '-q', '--jobs', 2, '--files', 'epub', sources, '-o', site]
        run(*build)
        print('2000 summaries, %d subjects: lists anew in %.2f CPU s' % (subjects, run(*build)[1]), flush=True)
        shutil.rmtree(site)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--count', type=int, default=10000)
    parser.add_argument('--beside', type=int, default=60)
    parser.add_argument('--files', default='pdf,epub')
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    print('load %.1f' % os.getloadavg()[0])
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if arguments.beside:
            beside(program, folder, arguments.beside, arguments.files)
        if arguments.count:
            many(program, folder, arguments.count, arguments.files)
        growth(program, folder)


if __name__ == '__main__':
    main()
