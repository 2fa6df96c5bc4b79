"""Epitome's own figures on a long text, by the kit, beside the peers' where they were built.

    python3 engine.py --program EPITOME [--book BOOK.txt] [--lang en-US] [--layout free fitted] [--peers OUT] [--keep DIR]
    python3 engine.py --program EPITOME --declaration deu_1996 fra pol rus spa [--layout fitted]

The second form sets the corpus's Declaration in those languages at book length (declaration.py) instead.
BOOK: default ../shared/corpus/frankenstein.txt beside the repository, or the folder EPITOME_CORPUS. Each layout is a folder of
layouts/ here, the design of peers/make.py. OUT: a folder in which peers/make.py and peers/run.py were run. The pages before the
first chapter (cover, title, contents) and after the last are not counted. Letters stand twice: by the kit, and by the
engine's own report of each line (`epitome dump --pages`).
"""
import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import boxes   # noqa: E402
import declaration   # noqa: E402
import ink   # noqa: E402
import lines   # noqa: E402
import novel   # noqa: E402
import pages   # noqa: E402

ROWS = ('seconds mib pages text_lines gap_mean_pt gap_spread ink_gap_spread letter_width_spread letters_reported gap_loosest_ratio looser_1_33_percent '
        'looser_1_5_percent hyphens_per_100 hyphen_longest_run hyphens_at_page_end overfull overfull_right channels_3_per_100 '
        'last_line_one_word last_line_under_4_letters last_line_word_fragment stacks_of_3_begin stacks_of_3_end '
        'lines_starting_with_dash widows orphans stranded_headings short_pages uneven_spreads thin_chapter_ends '
        'off_leading_percent').split()


def measured(pdf, extra=()):
    """Both scripts' figures of one PDF."""
    book = boxes.load(boxes.parser('').parse_args([str(pdf), *extra]))
    return {**lines.report(book), **pages.report(book)}


def body_pages(pdf):
    """The first chapter's page and the last page of the text: what follows it is the brand page with what is set before it."""
    said = subprocess.run(['pdfinfo', '-dests', pdf], check=True, stdout=subprocess.PIPE, text=True).stdout
    rows = [(name, int(page)) for page, name in re.findall(r'^\s*(\d+) \[.*\] "(.*)"$', said, re.M)]
    chapters = [page for name, page in rows if re.fullmatch(r'story--chapter-[0-9a-z]+(-\d+)?', name)]
    if not chapters:
        sys.exit('%s: no chapter' % pdf)
    count = int(re.search(r'^Pages:\s+(\d+)', subprocess.run(['pdfinfo', pdf], check=True, stdout=subprocess.PIPE, text=True).stdout, re.M).group(1))
    after = [page for name, page in rows if page > max(chapters) and not name.startswith('story')]
    return min(chapters), min(after) - 1 if after else count


def timed(argv):
    """Seconds and peak MiB of one process; its warnings are shown only if it fails."""
    start = time.monotonic()
    with tempfile.TemporaryFile('w+') as said:
        running = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(running.pid, 0)
        if os.waitstatus_to_exitcode(status):
            said.seek(0)
            sys.exit('%s failed: %s' % (argv[0], said.read()))
    return time.monotonic() - start, usage.ru_maxrss / 1024


def engine(program, source, layout, folder, runs):
    """Figures of one layout."""
    pdf = folder / ('epitome-%s.pdf' % layout)
    took = [timed([program, 'export', '-q', source, '--to', 'pdf', '-o', pdf, '--layout', HERE / 'layouts' / layout]) for _ in range(runs)]
    first, last = body_pages(pdf)
    within = ('--first', str(first), '--last', str(last), '--skip-top-mm', '20', '--skip-bottom-mm', '21')
    out = measured(pdf, within)
    a = boxes.parser('').parse_args([str(pdf), *within])
    out['ink_gap_spread'] = ink.spread(boxes.load(a), a.pdf, a.size_pt).spread
    dump = subprocess.run([program, 'dump', '--pages', source, '--layout', HERE / 'layouts' / layout], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    fits = [int(fit) / 10000 for row in re.findall(r'^    lines (.*)$', dump, re.M) for fit in re.findall(r'[-+]\d+', row)]
    out.update(seconds=min(s for s, _ in took), mib=max(m for _, m in took),
               letters_reported=statistics.pstdev(fits), letters_most=max(map(abs, fits)),
               overfull=int(re.search(r'^figures .* overfull (\d+)', dump, re.M).group(1)))
    return out


def sources(a, folder):
    """Each source document with its column's name."""
    if not a.declaration:
        source = folder / 'book.xml'
        novel.write(a.book, source, a.lang, 'Frankenstein', 'Mary Shelley')
        yield 'epitome', source
    for key in a.declaration or []:
        yield key, declared(key, folder)


def declared(key, folder):
    text, lang = declaration.book(key)
    book, source = folder / (key + '.txt'), folder / (key + '.xml')
    book.write_text(text, encoding='utf-8')
    novel.write(book, source, lang, key, 'Declaration')
    return source


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--program', required=True)
    p.add_argument('--book', default=declaration.texts.CORPUS / 'frankenstein.txt')
    p.add_argument('--lang', default='en-US')
    p.add_argument('--declaration', nargs='*', metavar='KEY')
    p.add_argument('--layout', nargs='*', default=['free', 'fitted'])
    p.add_argument('--runs', type=int, default=1)
    p.add_argument('--peers')
    p.add_argument('--keep', help='a folder for the files that are made')
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(a.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        columns = {}
        for name, source in sources(a, folder):
            columns.update({'%s-%s' % (name, layout): engine(a.program, source, layout, folder, a.runs) for layout in a.layout})
        for pdf in sorted(pathlib.Path(a.peers).glob('*.pdf')) if a.peers else []:
            columns[pdf.stem] = measured(pdf)
    width = max(len(row) for row in ROWS)
    print(' ' * width, *('%16s' % name for name in columns))
    for row in ROWS:
        cells = [figures.get(row) for figures in columns.values()]
        print(row.ljust(width), *('%16s' % ('' if c is None else '%.4f' % c if isinstance(c, float) else c) for c in cells))
    for name, figures in columns.items():
        for line in figures['loosest_lines']:
            print('%s, page %d, %.2f pt: %s' % (name, line['page'], line['pt'], line['text']))


if __name__ == '__main__':
    main()
