"""A plain text as a summary document, so that Epitome can set what peers/make.py gives to other typesetters.

    python3 novel.py BOOK.txt OUT.xml [--lang en-US] [--title TITLE] [--author NAME]

BOOK.txt as in peers/make.py: paragraphs parted by blank lines, '# ' begins a chapter heading, _x_ is italic. All of it is
one story; what stands before the first heading is its introduction.
"""
import argparse
import html
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / 'peers'))
import make  # noqa: E402

FRAME = '''<?xml version="1.0" encoding="UTF-8"?>
<summary version="1" xml:lang="%s">
<work><title>%s</title><contributor role="author">%s</contributor></work>
<edition><date>2026-11-22</date></edition>
<story>
%s
</story>
</summary>
'''


def document(blocks, lang, title, author):
    out, inside = [], False
    for heading, text in blocks:
        text = make.italics(html.escape(text, quote=False), '<em>', '</em>')
        if heading:
            out.append(('</chapter>\n' if inside else '') + '<chapter><title>%s</title>' % text)
            inside = True
        else:
            out.append('<p>%s</p>' % text)
    return FRAME % (lang, html.escape(title), html.escape(author), '\n'.join(out) + ('\n</chapter>' if inside else ''))


def write(book, out, lang, title, author):
    pathlib.Path(out).write_text(document(make.read(book), lang, title, author), encoding='utf-8')


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('book')
    p.add_argument('out')
    p.add_argument('--lang', default='en-US')
    p.add_argument('--title', default='Frankenstein')
    p.add_argument('--author', default='Mary Shelley')
    a = p.parse_args()
    write(a.book, a.out, a.lang, a.title, a.author)
