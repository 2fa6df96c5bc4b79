"""Counts the instructions of one export, both files, and compares with callgrind-baseline.txt.

    callgrind.py --program EPITOME [--update | --check]

A count does not depend on what else the machine does. It belongs to the release build with Debian 12's gcc and libraries;
--check fails where it has grown by more than 3 %; --update writes a new baseline, whose change a person reads.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BASELINE = HERE / 'callgrind-baseline.txt'
SOURCE = HERE.parents[1] / 'examples/the-push/summary.xml'
ALLOWED = 1.03


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument('--update', action='store_true')
    choice.add_argument('--check', action='store_true')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', arguments.program, 'export', SOURCE, '-o', out],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    counted = re.search(r'Collected : (\d+)', done.stdout)
    if done.returncode or not counted:
        sys.exit('not counted:\n' + done.stdout[-3000:])
    now = int(counted.group(1))
    if arguments.update:
        BASELINE.write_text('# Instructions of one export of examples/the-push, both files: tests/bench/callgrind.py --update\n%d\n' % now)
    before = int(BASELINE.read_text().split('\n')[1])
    print('instructions of an export: %d, baseline %d (%+.2f %%)' % (now, before, 100 * (now / before - 1)))
    if arguments.check and now > before * ALLOWED:
        sys.exit('more than the baseline allows')


if __name__ == '__main__':
    main()
