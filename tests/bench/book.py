"""A whole novel beside Typst, and what a page costs in a short and in a very long book.

    book.py --program EPITOME [--runs 5] [--check]

Run with the Python of the peers' folder (./run bench does). Frankenstein (EPITOME_CORPUS; default ../shared/corpus beside the
repository) in the one design of tests/quality/peers/make.py and tests/quality/layouts/fitted, the same two font files for
both. Typst is measured at its best: in process, the first compile call alone, system fonts left out, neither tags nor PDF/A asked
for. A page's cost is that of 20 and of 1,000 pages less that of a document of one page, so that a start counts in neither.
--check fails where Epitome misses what it is held to: 0.5 and 0.6 (with the EPUB) of Typst's time, 90 MB, and 1.15 of a short
book's cost a page.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile

import peers

QUALITY = peers.ROOT / 'tests/quality'
sys.path[:0] = [str(QUALITY), str(QUALITY / 'peers')]
import engine  # noqa: E402
import make    # noqa: E402
import novel   # noqa: E402

EB_GARAMOND = pathlib.Path('/usr/share/fonts/opentype/ebgaramond')
TYPST = '''import time, typst
start = time.perf_counter()
typst.compile('book.typ', output='typst.pdf', font_paths=['fonts'], ignore_system_fonts=True)
print(time.perf_counter() - start)'''


def page_count(pdf):
    said = subprocess.run(['pdfinfo', pdf], check=True, stdout=subprocess.PIPE, text=True).stdout
    return int(said.split('Pages:')[1].split()[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--check', action='store_true')
    arguments = parser.parse_args()
    program = pathlib.Path(arguments.program).resolve()
    blocks = make.read(engine.declaration.texts.CORPUS / 'frankenstein.txt')
    chapter = blocks[:1] + [block for block in blocks if not block[0]]
    texts = {'whole': blocks, 'long': blocks * 5, 'short': blocks[:95], 'one': blocks[:2],
             'chapter': chapter, 'long-chapter': chapter[:1] + chapter[1:] * 5}
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / 'fonts').mkdir()
        for face in (make.REGULAR, make.ITALIC):
            (folder / 'fonts' / face).write_bytes((EB_GARAMOND / face).read_bytes())
        text, paragraph = make.TYPST_VARIANTS['typst-best']
        (folder / 'book.typ').write_text(make.typst(blocks, text, paragraph), encoding='utf-8')
        commands = {'typst': ([sys.executable, '-c', TYPST], True)}
        for name, part in texts.items():
            (folder / (name + '.xml')).write_text(novel.document(part, 'en-US', name, 'Mary Shelley'), encoding='utf-8')
            (folder / name).mkdir()
            argv = [program, 'export', '-q', folder / (name + '.xml'), '--layout', QUALITY / 'layouts/fitted', '-o', folder / name]
            commands[name] = ([*argv, '--to', 'pdf'], False)
            if name == 'whole':
                commands['both'] = (argv, False)
        samples = {name: [] for name in commands}
        for turn in range(arguments.runs + 1):
            for name, (argv, inside) in commands.items():
                taken = peers.sample(argv, folder, inside)
                if turn:
                    samples[name].append(taken)
        best = {name: min(s for s, _ in taken) for name, taken in samples.items()}
        pages = {name: page_count(next((folder / name).glob('*.pdf'))) for name in texts}
    memory = max(m for _, m in samples['both'])
    print('Frankenstein, %d pages\n%-24s %9s %9s %8s %8s' % (pages['whole'], '', 'best ms', 'middle', '× Typst', 'MB'))
    for name, label in (('whole', 'epitome, PDF'), ('both', 'epitome, PDF + EPUB'), ('typst', 'typst, PDF, in process')):
        seconds = [s for s, _ in samples[name]]
        print('%-24s %9.0f %9.0f %8.2f %8.1f' % (label, best[name] * 1000, statistics.median(seconds) * 1000, best[name] / best['typst'],
                                                 max(m for _, m in samples[name])))
    growth = {}
    for what, short, long in (('', 'short', 'long'), (' of one chapter', 'chapter', 'long-chapter')):
        cost = {name: (best[name] - best['one']) / (pages[name] - pages['one']) * 1000 for name in (short, long)}
        growth['pages' + what] = cost[long] / cost[short]
        print('a page%s: %.2f ms of %d, %.2f ms of %d pages (%.2f ×)' % (
            what, cost[short], pages[short], cost[long], pages[long], cost[long] / cost[short]))
    held = {'PDF': best['whole'] <= .5 * best['typst'], 'PDF + EPUB': best['both'] <= .6 * best['typst'], 'memory': memory <= 90,
            **{what: times <= 1.15 for what, times in growth.items()}}
    if arguments.check and not all(held.values()):
        sys.exit('missed: ' + ', '.join(name for name, holds in held.items() if not holds))


if __name__ == '__main__':
    main()
