#!/usr/bin/env python3
"""Runs all fuzz targets in turn for some hours, makes what ends one of them small, and files it as a case.

    cmake --preset asan && cmake --build --preset asan
    fuzz.py [--build build/asan] [--hours 1] [--slice 300] [--work build/fuzz] [--file tests/fuzz/corpus] [NAME…]

A NAME is a target's (reader, json, export …); without one all have their turn, a slice of seconds each. What they learn stays in
the folder of work for the next run. A finding is reproduced, minimised and, if no other ends at the same place, written to
FILE/NAME/found-HASH with the target's report beside it in the folder of work. The status is 1 if there were any.
"""
import argparse
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENDS = {**os.environ, 'ASAN_OPTIONS': 'detect_leaks=1', 'UBSAN_OPTIONS': 'print_stacktrace=1'}
LIMITS = ['-timeout=25', '-rss_limit_mb=4096']
MINIMISING = 120  # seconds a finding


def targets(build):
    """{name: (ending, folders of seeds)}, as the tests that replay them have it."""
    listed = subprocess.run(['ctest', '--test-dir', str(build), '--show-only=json-v1', '-R', r'^fuzz\.'], capture_output=True, check=True)
    out = {}
    for test in json.loads(listed.stdout)['tests']:
        _, ending, *folders = test['command']
        out[test['name'].removeprefix('fuzz.')] = (ending, folders)
    return out


def place_of(report):
    """Where a report says that the program ended: the first frame that is the project's own, else what it says first."""
    frame = re.search(r'#\d+ \S+ in (.+?) (?:\S*/)?((?:exporter|tests)/\S+?:\d+)', report)
    said = re.search(r'(?:ERROR|SUMMARY): .*|runtime error: .*|terminate called.*', report)
    return '%s at %s' % frame.groups() if frame else said[0] if said else 'unknown'


class Target:
    def __init__(self, name, ending, seeds, options):
        self.name, self.ending, self.seeds, self.options = name, ending, seeds, options
        self.program = options.build / 'bin' / ('fuzz_%s' % name)
        self.learnt, self.found = options.work / name / 'corpus', options.work / name / 'found'
        for folder in self.learnt, self.found:
            folder.mkdir(parents=True, exist_ok=True)
        self.runs, self.places = 0, {}

    def call(self, *arguments, seconds):
        run = subprocess.run(['nice', '-n', '19', str(self.program), *LIMITS, *map(str, arguments)], env=ENDS, cwd=self.options.work,
                             stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds + 600)
        return run.returncode, (run.stdout + run.stderr).decode(errors='replace')

    def turn(self, seconds):
        dictionary = ROOT / 'tests/fuzz' / ('%s.dict' % self.name)
        before = set(self.found.iterdir())
        status, report = self.call('-max_total_time=%d' % seconds, '-print_final_stats=1', '-artifact_prefix=%s/' % self.found,
                                   *(['-dict=%s' % dictionary] if dictionary.exists() else []), self.learnt, *self.seeds, seconds=seconds)
        runs = re.search(r'stat::number_of_executed_units:\s+(\d+)', report)
        self.runs += int(runs[1]) if runs else 0
        new = sorted(set(self.found.iterdir()) - before)
        for artifact in new:
            self.take(artifact)
        if status != 0 and not new:
            raise SystemExit('%s ended with status %d and left nothing:\n%s' % (self.program, status, report[-3000:]))

    def take(self, artifact):
        status, report = self.call(artifact, seconds=60)
        if status == 0:
            print('%s: %s does not end it again' % (self.name, artifact), flush=True)
            return
        place = place_of(report)
        if place in self.places:
            return
        small = artifact.with_name('small-' + artifact.name)
        self.call('-minimize_crash=1', '-max_total_time=%d' % MINIMISING, '-exact_artifact_path=%s' % small, artifact, seconds=MINIMISING)
        # Smaller, but of another fault: the first one counts.
        case = artifact
        if small.exists():
            status, again = self.call(small, seconds=60)
            if status != 0 and place_of(again) == place:
                case, report = small, again
        content = case.read_bytes()
        filed = self.options.file / self.name / ('found-%s%s' % (hashlib.sha256(content).hexdigest()[:12], self.ending))
        filed.parent.mkdir(parents=True, exist_ok=True)
        filed.write_bytes(content)
        (self.options.work / self.name / (filed.name + '.txt')).write_text(report)
        self.places[place] = filed
        print('%s: %s (%d bytes): %s' % (self.name, filed, len(content), place), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=pathlib.Path, default=ROOT / 'build/asan')
    parser.add_argument('--hours', type=float, default=1)
    parser.add_argument('--slice', type=int, default=300)
    parser.add_argument('--work', type=pathlib.Path, default=ROOT / 'build/fuzz')
    parser.add_argument('--file', type=pathlib.Path, default=ROOT / 'tests/fuzz/corpus')
    parser.add_argument('names', nargs='*', metavar='NAME')
    options = parser.parse_args()
    options.build, options.work, options.file = (path.resolve() for path in (options.build, options.work, options.file))
    known = targets(options.build)
    if unknown := set(options.names) - set(known):
        parser.error('no target is called %s; there are %s' % (', '.join(sorted(unknown)), ', '.join(known)))
    chosen = [Target(name, *known[name], options) for name in options.names or known]
    until = time.monotonic() + options.hours * 3600
    turn = 0
    while (left := until - time.monotonic()) > 0:
        chosen[turn % len(chosen)].turn(int(max(1, min(options.slice, left))))
        turn += 1
    for target in chosen:
        print('%-10s %12s runs, %d findings' % (target.name, '{:,}'.format(target.runs), len(target.places)))
    print('%-10s %12s runs' % ('all', '{:,}'.format(sum(target.runs for target in chosen))))
    return 1 if any(target.places for target in chosen) else 0


if __name__ == '__main__':
    sys.exit(main())
