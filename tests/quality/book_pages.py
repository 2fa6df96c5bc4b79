"""Faults of lines and pages in whole books: Frankenstein and the Declaration at book length in five languages.

    python3 book_pages.py --program EPITOME [--update]

Counts each column's faults by the kit (pages.py, lines.py), the engine's own overfull lines, and by its report the paragraphs
that were set longer for a page and end in less than a third of the measure; the spread of word spaces, by advances and by ink (ink.py), is in thousandths. All is
compared with book_pages.tsv: no figure may rise. --update writes that file anew; read the difference before it is committed.
"""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import engine  # noqa: E402
import example_pages  # noqa: E402
import novel   # noqa: E402

GOLDEN = HERE / 'book_pages.tsv'
ROWS = ('widows orphans stranded_headings short_pages uneven_spreads thin_chapter_ends hyphens_at_page_end overfull '
        'last_line_word_fragment longer_ends_short gap_spread_1000 ink_gap_spread_1000').split()
DECLARATIONS = ('deu_1996', 'fra', 'pol', 'rus', 'spa')
LEAST_PAGES = 40


def counted(program, source, layout, folder):
    folder.mkdir()
    found = engine.engine(program, source, layout, folder, 1)
    if found['pages'] < LEAST_PAGES:
        sys.exit('%s: %d pages' % (source, found['pages']))
    told = example_pages.report(program, source, HERE / 'layouts' / layout, folder / 'report')
    found['longer_ends_short'] = sum(1 for _ in example_pages.ends_short(told))
    found.update({name + '_1000': round(found[name] * 1000) for name in ('gap_spread', 'ink_gap_spread')})
    return {row: found[row] for row in ROWS}


def books(program, folder):
    """Counts by (text, layout)."""
    novel_source = folder / 'frankenstein.xml'
    novel.write(engine.declaration.texts.CORPUS / 'frankenstein.txt', novel_source, 'en-US', 'Frankenstein', 'Mary Shelley')
    jobs = {('frankenstein', layout): novel_source for layout in ('fitted', 'free')}
    jobs.update({(key, 'fitted'): engine.declared(key, folder) for key in DECLARATIONS})
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = {job: pool.submit(counted, program, source, job[1], folder / '-'.join(job)) for job, source in jobs.items()}
        return {job: result.result() for job, result in found.items()}


def table(found):
    lines = ['\t'.join(('text', 'layout', *ROWS))]
    lines += ['\t'.join((*job, *(str(counts[row]) for row in ROWS))) for job, counts in found.items()]
    return '\n'.join(lines) + '\n'


def parsed(text):
    head, *rows = (line.split('\t') for line in text.splitlines())
    return {(row[0], row[1]): {name: int(cell) for name, cell in zip(head[2:], row[2:])} for row in rows}


def risen(golden, found):
    if set(golden) != set(found):
        return ['%s: not in both' % ' '.join(job) for job in sorted(set(golden) ^ set(found))]
    return ['%s: %s %d, was %d' % (' '.join(job), row, counts[row], golden[job][row])
            for job, counts in found.items() for row in ROWS if counts[row] > golden[job][row]]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--program', required=True)
    p.add_argument('--update', action='store_true')
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = books(a.program, pathlib.Path(folder))
    if a.update:
        GOLDEN.write_text(table(found), encoding='utf-8')
        return 0
    said = risen(parsed(GOLDEN.read_text(encoding='utf-8')), found)
    print(table(found) + '\n'.join(said))
    return 1 if said else 0


if __name__ == '__main__':
    sys.exit(main())
