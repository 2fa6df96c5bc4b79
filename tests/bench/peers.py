"""The whole process, both files, beside other programs on equal content.

    peers.py --program EPITOME [--source SUMMARY.XML] [--runs 9] [--check]

Run with the Python of the peers' folder (./run bench does). Each sample is a fresh process; peers take turns, so that
what else the machine does meets all alike. Typst is measured at its best: in process, timing the first compile call alone,
only its own fonts given, no cover image to read. Prints the best and the middle time, the ratio of the best to Typst's, peak memory, bytes.
--check fails where Epitome misses what it is held to: Typst's time for its PDF alone, and 40 MB.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import content

ROOT = pathlib.Path(__file__).resolve().parents[2]
FONTS = pathlib.Path('/usr/share/fonts/truetype/vollkorn')
FACES = ('Vollkorn-Regular.ttf', 'Vollkorn-Italic.ttf', 'Vollkorn-SemiBold.ttf')

# Runs in a process of its own; prints the seconds of the compile call and nothing else.
TYPST = '''import time, typst
start = time.perf_counter()
typst.compile('book.typ', output='typst.pdf', font_paths=['fonts'], ignore_system_fonts=True, pdf_standards=['ua-1'])
print(time.perf_counter() - start)'''


def sample(argv, folder, inside):
    """(seconds, peak MB) of one process; `inside`: the seconds that it prints itself."""
    start = time.perf_counter()
    running = subprocess.Popen(argv, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, said = running.stdout.read(), running.stderr.read()
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit('%s failed:\n%s' % (argv[0], said.decode(errors='replace')[-2000:]))
    return float(output) if inside else seconds, usage.ru_maxrss * 1024 / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--source', default=ROOT / 'examples/the-push/summary.xml')
    parser.add_argument('--runs', type=int, default=9)
    parser.add_argument('--check', action='store_true')
    arguments = parser.parse_args()
    program, source = pathlib.Path(arguments.program).resolve(), pathlib.Path(arguments.source).resolve()
    beside = pathlib.Path(sys.executable).parent
    pandoc = subprocess.run([sys.executable, '-c', 'import pypandoc; print(pypandoc.get_pandoc_path())'], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()

    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / 'fonts').mkdir()
        for face in FACES:
            shutil.copy(FONTS / face, folder / 'fonts')
        parts = content.read(source)
        (folder / 'book.typ').write_text(content.typst(*parts), encoding='utf-8')
        (folder / 'book.html').write_text(content.page(*parts), encoding='utf-8')
        peers = {   # name: (command, files that it makes, prints its own seconds)
            'epitome, PDF + EPUB': ([program, 'export', source, '-o', folder / 'epitome'], 'epitome/*', False),
            'epitome, PDF': ([program, 'export', source, '-o', folder / 'one', '--to', 'pdf'], 'one/*', False),
            'typst, PDF, in process': ([sys.executable, '-c', TYPST], 'typst.pdf', True),
            'prince, PDF': ([beside / 'prince', '--tagged-pdf', 'book.html', '-o', 'prince.pdf'], 'prince.pdf', False),
            'weasyprint, PDF': ([beside / 'weasyprint', '-q', '--pdf-variant', 'pdf/ua-1', 'book.html', 'weasyprint.pdf'], 'weasyprint.pdf', False),
            'pandoc, EPUB': ([pandoc, 'book.html', '-o', 'pandoc.epub'], 'pandoc.epub', False),
        }
        for name in ('epitome', 'one'):
            (folder / name).mkdir()
        samples = {name: [] for name in peers}
        for turn in range(arguments.runs + 1):
            for name, (argv, _, inside) in peers.items():
                if turn > 2 and 'weasyprint' in name:
                    continue      # takes seconds, and its place is clear
                taken = sample(argv, folder, inside)
                if turn:          # the first fills the caches of files
                    samples[name].append(taken)

        typst = min(s for s, _ in samples['typst, PDF, in process'])
        print('%s, %d words\n%-26s %9s %9s %8s %8s  %s' % (
            source.parent.name, sum(len(t.split()) for level, runs in parts[3] if level != 'table' for _, t in runs),
            '', 'best ms', 'middle', '× Typst', 'MB', 'bytes'))
        for name, taken in samples.items():
            seconds = [s for s, _ in taken]
            made = sorted(folder.glob(peers[name][1]))
            print('%-26s %9.1f %9.1f %8.2f %8.1f  %s' % (
                name, min(seconds) * 1000, statistics.median(seconds) * 1000, min(seconds) / typst, max(m for _, m in taken),
                ', '.join('%s %d' % (f.suffix[1:], f.stat().st_size) for f in made)))
        ours = samples['epitome, PDF + EPUB']
        if arguments.check and (min(s for s, _ in ours) > typst or max(m for _, m in ours) > 40):
            sys.exit('Epitome is slower than Typst, or takes more than 40 MB')


if __name__ == '__main__':
    main()
