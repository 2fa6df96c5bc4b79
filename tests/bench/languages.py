"""54 languages, both files of each, in one process: what it costs.

    languages.py --program EPITOME [--times N]

Prints seconds (least of N runs, bound to one core) and the largest memory; the goal is 6 s and 250 MB. Nothing is asserted: what a
machine also does is no fault of the program.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'udhr'))
import texts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True, type=pathlib.Path)
    parser.add_argument('--times', type=int, default=5)
    arguments = parser.parse_args()
    core = min(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / 'out'
        out.mkdir()
        sources = list(texts.write(pathlib.Path(folder) / 'sources').values())
        wall, cpu = [], []
        for _ in range(arguments.times):
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            subprocess.run([arguments.program.resolve(), 'export', *sources, '-o', out], stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=True, preexec_fn=lambda: os.sched_setaffinity(0, {core}))
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            wall.append(time.monotonic() - start)
            cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        files = sum(f.stat().st_size for f in out.iterdir())
    print('%d languages, PDF and EPUB: %.2f s wall, %.2f s processor, %d MB, %d kB of files' % (
        len(sources), min(wall), min(cpu), after.ru_maxrss // 1024, files // 1000))


if __name__ == '__main__':
    main()
