"""Counts the instructions of one export, both files, of six examples and compares with callgrind-baseline.txt; and those of what
is printed of the-push (--layout a4 and print-a4, --to booklet), which may take a tenth more than the book's PDF.

    callgrind.py --program EPITOME [--update | --check] [EXAMPLE…]

A count does not depend on what else the machine does. It belongs to the release build with Debian 12's gcc and libraries;
--check fails where one has grown by more than 3 % or a printed file takes more than that tenth; --update writes a new baseline, whose change a person reads.
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
BOOK = ['--to', 'pdf']
PRINTED = {'a4': BOOK + ['--layout', 'a4'], 'print-a4': BOOK + ['--layout', 'print-a4'], 'booklet': ['--to', 'booklet']}
PRINTED_ALLOWED = 1.10
HEAD = '# Instructions of one export of an example, both files: tests/bench/callgrind.py --update\n'


def count(program, example, options=()):
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', program, 'export',
                               EXAMPLES / example / 'summary.xml', *options, '-o', out],
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
    dear = []
    if 'the-push' in examples:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            book, *printed = pool.map(lambda options: count(arguments.program, 'the-push', options), [BOOK, *PRINTED.values()])
        for name, number in zip(PRINTED, printed):
            print('instructions of the-push as %-9s %12d, %.2f of the book, %d' % (name, number, number / book, book))
        dear = [name for name, number in zip(PRINTED, printed) if number > book * PRINTED_ALLOWED]
    if arguments.check and dear:
        sys.exit('more than %.2f of the book: %s' % (PRINTED_ALLOWED, ', '.join(dear)))
    if arguments.check and any(number > before.get(example, 0) * ALLOWED for example, number in now.items()):
        sys.exit('more than the baseline allows')


if __name__ == '__main__':
    main()
