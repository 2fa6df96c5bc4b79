#!/usr/bin/env python3
"""Prints how fast a batch is and what it takes: documents a second and a CPU second with one job, the speed-up of two, memory
over the run.

    batch.py --program EPITOME [--count 400] [--jobs 1,2] [--examples the-push,the-push-de,…]

The documents are the examples with titles of their own, in turns; their pictures are given. Figures, no verdicts: wall times
say little while others use the cores.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / 'examples'
LATIN = 'the-push,the-push-de,the-push-es,the-push-fr,the-checklist-manifesto,minimal'


def write_sources(folder, count, names):
    texts = []
    for name in names:
        shutil.copytree(EXAMPLES / name, folder / name, ignore=shutil.ignore_patterns('summary.xml'))
        texts.append((name, (EXAMPLES / name / 'summary.xml').read_text(encoding='utf-8')))
    for number in range(count):
        name, text = texts[number % len(texts)]
        titled = re.sub(r'(<title\b[^>]*>)', r'\g<1>%05d ' % number, text, count=1)
        (folder / name / ('%05d.xml' % number)).write_text(titled, encoding='utf-8')


def resident(process):
    """MB, or None if it has ended."""
    try:
        status = pathlib.Path('/proc/%d/status' % process.pid).read_text()
    except OSError:
        return None
    found = re.search(r'VmRSS:\s+(\d+)', status)
    return int(found[1]) / 1024 if found else None


def run(program, folder, jobs, count):
    """(seconds, CPU seconds, [(share of the documents, MB)], the closing line)"""
    out, log = folder / ('out-%d' % jobs), folder / 'log'
    started = time.monotonic()
    with log.open('wb') as lines:
        process = subprocess.Popen([program, 'export', folder / 'src', '-o', out, '--jobs', str(jobs), '--keep-going'], stdout=lines,
                                   stderr=subprocess.DEVNULL)
        samples = []
        while process.poll() is None:
            megabytes = resident(process)
            done = log.read_bytes().count(b' pages, ') if megabytes else 0
            if done:
                samples.append((done / count, megabytes))
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                pass
    seconds = time.monotonic() - started
    if process.returncode != 0:
        sys.exit('exit status %d' % process.returncode)
    # The children of this process so far; the caller takes the difference.
    usage = os.times()
    shutil.rmtree(out)
    return seconds, usage.children_user + usage.children_system, samples, log.read_text(encoding='utf-8').splitlines()[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--count', type=int, default=400)
    parser.add_argument('--jobs', default='1,2')
    parser.add_argument('--examples', default=LATIN)
    parser.add_argument('--folder', help='where the files are written, for instance on another disk')
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        folder = pathlib.Path(folder)
        (folder / 'src').mkdir()
        write_sources(folder / 'src', arguments.count, arguments.examples.split(','))
        cpu, first = 0.0, None
        print('%d documents of %s; load %.1f' % (arguments.count, arguments.examples, os.getloadavg()[0]))
        for jobs in map(int, arguments.jobs.split(',')):
            seconds, total, samples, closing = run(program, folder, jobs, arguments.count)
            own, cpu = total - cpu, total
            first = first or seconds
            print('jobs %d: %.1f a second, %.1f a CPU second, %.2f × the first; %s' % (
                jobs, arguments.count / seconds, arguments.count / own, first / seconds, closing))
            warm = [megabytes for share, megabytes in samples if share >= 0.2]
            if warm:
                at = lambda share: min(samples, key=lambda sample: abs(sample[0] - share))[1]
                print('  memory: %s MB; after the first fifth %.1f to %.1f MB' % (
                    ', '.join('%.1f at %d %%' % (at(share), share * 100) for share in (0.2, 0.4, 0.6, 0.8, 1)), min(warm), max(warm)))


if __name__ == '__main__':
    main()
