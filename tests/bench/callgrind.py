"""Counts the instructions of one export, both files, of six examples and compares with callgrind-baseline.txt.

    callgrind.py --program EPITOME [--update | --check] [EXAMPLE…]

A count does not depend on what else the machine does. It belongs to the release build with Debian 12's gcc and libraries;
--check fails where one has grown by more than 3 %; --update writes a new baseline, whose change a person reads.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BASELINE = HERE / 'callgrind-baseline.txt'
EXAMPLES = HERE.parents[1] / 'examples'
COUNTED = 'the-push', 'minimal', 'the-checklist-manifesto', 'frankenstein', 'the-push-de', 'the-push-ja'
ALLOWED = 1.03
HEAD = '# Instructions of one export of an example, both files: tests/bench/callgrind.py --update\n'


def count(program, example):
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', program, 'export',
                               EXAMPLES / example / 'summary.xml', '-o', out],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    counted = re.search(r'Collected : (\d+)', done.stdout)
    if done.returncode or not counted:
        sys.exit('%s: not counted:\n%s' % (example, done.stdout[-3000:]))
    return int(counted.group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('examples', nargs='*', metavar='EXAMPLE')
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument('--update', action='store_true')
    choice.add_argument('--check', action='store_true')
    arguments = parser.parse_args()
    before = dict(line.split() for line in BASELINE.read_text().splitlines() if not line.startswith('#'))
    before = {example: int(number) for example, number in before.items()}
    examples = arguments.examples or COUNTED
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        now = dict(zip(examples, pool.map(lambda example: count(arguments.program, example), examples)))
    if arguments.update:
        before.update(now)
        BASELINE.write_text(HEAD + ''.join('%s %d\n' % (example, before[example]) for example in COUNTED if example in before))
    for example, number in now.items():
        print('instructions of an export of %-24s %12d, baseline %12d (%+.2f %%)' % (
            example, number, before.get(example, 0), 100 * (number / before[example] - 1) if example in before else 100))
    if arguments.check and any(number > before.get(example, 0) * ALLOWED for example, number in now.items()):
        sys.exit('more than the baseline allows')


if __name__ == '__main__':
    main()
