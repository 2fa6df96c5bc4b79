"""The Declaration of Human Rights as a plain book of some length, in the form that novel.py and peers/make.py read.

    python3 declaration.py deu_1996 BOOK.txt [--characters 100000]

Preamble and articles without their headings, repeated in order, each time as a chapter, until there are so many characters:
100,000 fill 40 pages of the design. The text is the corpus's (EPITOME_CORPUS; default ../shared/corpus beside the repository).
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'udhr'))
import texts  # noqa: E402

ENOUGH = 100_000


def book(key, characters=ENOUGH):
    """The text, and the language's tag."""
    path = texts.CORPUS / 'udhr' / ('udhr_%s.xml' % key)
    root = texts.ET.parse(path).getroot()
    title = texts.flat(root.find(texts.UDHR + 'title'))
    parts = [root.find(texts.UDHR + 'preamble'), *root.findall(texts.UDHR + 'article')]
    paragraphs = [texts.flat(para) for part in parts for para in part.iter(texts.UDHR + 'para')]
    blocks, number = [], 0
    while sum(map(len, blocks)) < characters:
        number += 1
        blocks += ['# %s %d' % (title, number), *paragraphs]
    tag = root.get(texts.LANG)
    return '\n\n'.join(blocks) + '\n', texts.TAGS.get(tag, tag)


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('key')
    p.add_argument('book')
    p.add_argument('--characters', type=int, default=ENOUGH)
    a = p.parse_args()
    pathlib.Path(a.book).write_text(book(a.key, a.characters)[0], encoding='utf-8')
