"""How much of a source's text five readers get back from its PDF: characters in order and words, in per cent.

    text_matrix.py [--words DUMP | --text FILE] BOOK.pdf        a line a reader

measure(pdfs, texts) -> for each PDF {reader: (characters, words)} with the readers poppler (structure text), pdftotext, mutool, pdfjs and
pdfium. `text` is the body of the document in reading order: what `epitome dump SOURCE --words` prints as `body`.

A figure is the length of the longest common subsequence over the source's length, so that generated words (contents,
labels) cost nothing, and what is lost, doubled inside a word or out of order does. White space is no character; it counts
in the words, each of which must stand alone and whole. In scripts without word spaces a cluster is a word. Marks and
isolates of direction are not counted, an added hyphen at a line's end joins, running heads, folios, contents and footnotes
are left out of the file before it is read (as tests/validators do). Nothing is rounded up: 100.0 is all of it.
"""
import argparse
import json
import pathlib
import re
import sys
import tempfile
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'validators'))
import judges
import pdf_text
from validate import is_body
from words import said_body, words

READERS = ('poppler', 'pdftotext', 'mutool', 'pdfjs', 'pdfium')

# Prints the text of each page as PDFium reads it: run by the Python of the judges' folder.
PDFIUM = '''
import json, sys, pypdfium2
document = pypdfium2.PdfDocument(sys.argv[1])
print(json.dumps([page.get_textpage().get_text_range() for page in document]))
'''


def checked(done, name):
    if done.returncode:
        raise ValueError('%s: %s' % (name, done.stderr))
    return done.stdout


def read_pdftotext(pdf):
    return checked(judges.run(['pdftotext', '-enc', 'UTF-8', pdf, '-']), 'pdftotext')


def read_mutool(pdf):
    return '\n'.join(pdf_text.page_texts(pdf))


def read_pdfium(pdf):
    python = judges.judges_folder() / 'python/bin/python'
    pages = json.loads(checked(judges.run([python, '-c', PDFIUM, pdf]), 'pdfium'))
    # Where it takes a hyphen to join two lines it gives U+0002 or U+FFFE for it.
    return re.sub('[\x02\ufffe](\r?\n)?', '\u00ad', '\n'.join(pages))


def joined(text):
    return pdf_text.join_lines(text.replace('\r', '').replace('\f', '\n'))


def texts(pdfs):
    """For each PDF {reader: the body's text as it reads it, lines joined}. pdf.js is started once for all."""
    pdfs = [pathlib.Path(pdf).resolve() for pdf in pdfs]
    with tempfile.TemporaryDirectory() as folder:
        copies = [pathlib.Path(folder).resolve() / ('%d.pdf' % n) for n in range(len(pdfs))]
        for pdf, copy in zip(pdfs, copies):
            pdf_text.Pdf(pdf).only(is_body, copy)
        of_pdfjs = judges.pdfjs_pages(copies)
        return [{'poppler': pdf_text.stream(pdf_text.structure_text(pdf), is_body), 'pdftotext': joined(read_pdftotext(copy)),
                 'mutool': joined(read_mutool(copy)), 'pdfjs': joined('\n'.join(of_pdfjs[str(copy)]['pages'])),
                 'pdfium': joined(read_pdfium(copy))} for pdf, copy in zip(pdfs, copies)]


def common(a, b):
    """Length of the longest common subsequence, a bit a place of `a` (Hyyrö 2004)."""
    places = {}
    for i, x in enumerate(a):
        places[x] = places.get(x, 0) | 1 << i
    every = (1 << len(a)) - 1
    row = every
    for x in b:
        if x in places:
            both = row & places[x]
            row = ((row + both) | (row - both)) & every
    return len(a) - bin(row).count('1')


# Scripts that put no spaces between words, by the beginnings of their characters' names.
UNSPACED = ('CJK', 'HIRAGANA', 'KATAKANA', 'THAI', 'LAO', 'KHMER', 'MYANMAR', 'TIBETAN')


def units(text):
    """The words of a text; those of scripts without word spaces cut into clusters."""
    unspaced = lambda character: unicodedata.name(character, '').startswith(UNSPACED)
    out = []
    for word in words(text):
        begins = [i for i, c in enumerate(word) if i == 0 or unicodedata.category(c)[0] != 'M' and unspaced(c) | unspaced(word[i - 1])]
        out += [word[i:j] for i, j in zip(begins, begins[1:] + [len(word)])]
    return out


def characters(text):
    return ''.join(words(text))


def score(text, got):
    """(characters, words) of `text` that are in `got`, per cent, rounded down to tenths."""
    def share(a, b):
        return 1000 * common(a, b) // len(a) / 10 if a else 100.0
    return share(characters(text), characters(got)), share(units(text), units(got))


def measure(pdfs, sources):
    """For each PDF, with the text that its source has: {reader: (characters, words)}."""
    return [{reader: score(text, got) for reader, got in found.items()} for found, text in zip(texts(pdfs), sources, strict=True)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('pdf', type=pathlib.Path)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument('--words', type=pathlib.Path, help='what `epitome dump SOURCE --words` prints')
    source.add_argument('--text', type=pathlib.Path, help='plain text')
    parser.add_argument('--show', choices=READERS, help='print what this reader gets instead')
    arguments = parser.parse_args()
    if arguments.show:
        print(texts([arguments.pdf])[0][arguments.show])
        return
    text = said_body(arguments.words.read_text()) if arguments.words else arguments.text.read_text()
    for reader, (found, whole) in measure([arguments.pdf], [text])[0].items():
        print('%-10s %5.1f %5.1f' % (reader, found, whole))


if __name__ == '__main__':
    main()
