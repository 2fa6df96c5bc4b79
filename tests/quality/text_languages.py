"""The text matrix of the corpus's 54 languages: what five readers get back of each text laid out in `book`.

    text_languages.py --work FOLDER             measures, compares with text_matrix.tsv: exit status 1 if a cell fell
    text_languages.py --work FOLDER --update    writes text_matrix.tsv anew

FOLDER is where tests/udhr/check.py exported to. A cell is characters/words, in per cent rounded down to tenths.
"""
import argparse
import multiprocessing
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'validators'), str(HERE.parent / 'udhr')]
import check
import texts
from text_matrix import READERS, measure

GOLDEN = HERE / 'text_matrix.tsv'


def body(text):
    """What the parts say, as one text: their own labels are generated and not asked for."""
    return '\n'.join(words for kind, words in text.blocks if kind not in ('title', 'label'))


def cells(jobs):
    found = measure([pdf for _, pdf, _ in jobs], [text for _, _, text in jobs])
    return [(key, {reader: row[reader] for reader in READERS}) for (key, _, _), row in zip(jobs, found)]


def measured(work):
    files = check.Exported('', work).listed()
    declarations = texts.texts()
    missing = [text.key for text in declarations if text.key not in files]
    if missing:
        sys.exit('not exported: ' + ' '.join(missing))
    with multiprocessing.Pool(2) as pool:
        jobs = [(text.key, files[text.key]['pdf'], body(text)) for text in declarations]
        return dict(cell for share in pool.map(cells, [jobs[n::6] for n in range(6)], chunksize=1) for cell in share)


def table(found):
    rows = ['\t'.join(['text', *READERS])]
    for key, row in sorted(found.items()):
        rows.append('\t'.join([key] + ['%.1f/%.1f' % row[reader] for reader in READERS]))
    return '\n'.join(rows) + '\n'


def parsed(written):
    lines = [line.split('\t') for line in written.splitlines()]
    return {row[0]: {reader: tuple(map(float, cell.split('/'))) for reader, cell in zip(lines[0][1:], row[1:], strict=True)}
            for row in lines[1:]}


def fallen(golden, found):
    """Sentences about cells below the golden's, and about what stands in one of the two only."""
    said = ['%s: only in one of golden and measurement' % key for key in sorted(golden.keys() ^ found.keys())]
    for key in sorted(golden.keys() & found.keys()):
        for reader, before in golden[key].items():
            for what, was, now in zip(('characters', 'words'), before, found[key][reader]):
                if now < was:
                    said.append('%s, %s: %s fell from %.1f to %.1f' % (key, reader, what, was, now))
    return said


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--work', type=pathlib.Path, required=True)
    parser.add_argument('--update', action='store_true')
    arguments = parser.parse_args()
    found = measured(arguments.work)
    print(table(found).expandtabs(16), end='')
    if arguments.update:
        GOLDEN.write_text(table(found), encoding='utf-8')
        return 0
    said = fallen(parsed(GOLDEN.read_text(encoding='utf-8')), found)
    print('\n'.join(said))
    print('text matrix: %d texts, %d cells fell' % (len(found), len(said)))
    return 1 if said else 0


if __name__ == '__main__':
    sys.exit(main())
