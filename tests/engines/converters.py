"""calibre's conversions of every example, to AZW3, MOBI and DOCX: nothing complained of, no word of a note, no link, no entry of the contents lost.

    converters.py --work FOLDER [--all]

FOLDER is what validators.export wrote. One book goes to AZW3, another to DOCX; with --all one goes to all three formats, each other
book to one of them.
"""
import argparse
import collections
import os
import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'validators'))
import check
import judges

FORMATS = ('azw3', 'mobi', 'docx')
SHORT = {'frankenstein': ('azw3',), 'the-push-ar': ('docx',)}
THOROUGH = 'frankenstein'   # notes, tables, figures, cross-references, two levels of contents
# Not of the book: Qt without a desktop; and a rule of the second sheet for readers that know it, which the others leave out.
IGNORED = (r'^QStandardPaths', r'Unknown @rule found.*@(container|supports)')
ENVIRONMENT = dict(QT_QPA_PLATFORM='offscreen', QTWEBENGINE_DISABLE_SANDBOX='1')

Book = collections.namedtuple('Book', 'text links dangling contents notes')


def plain(element):
    return ' '.join(''.join(element.itertext()).split())


def local(element):
    return element.tag.rpartition('}')[2]


def read_html(documents, ncx):
    """A book's words, links and contents from {name: root of (X)HTML} and the root of its NCX."""
    ids = {name: {e.get('id') or e.get('name') for e in root.iter() if e.get('id') or e.get('name')} for name, root in documents.items()}
    links, dangling, notes = 0, [], []
    for name, root in documents.items():
        for a in (e for e in root.iter() if local(e) == 'a'):
            href = a.get('href') or ''
            if not href or re.match(r'[a-z]+:', href):
                continue
            links += 1
            file, _, fragment = href.partition('#')
            target = os.path.normpath(os.path.join(os.path.dirname(name), file)) if file else name
            if target not in ids or (fragment and fragment not in ids[target]):
                dangling.append('%s: %s' % (name, href))
        notes += [plain(e).rstrip(' \u21a9\u2190\ufe0e') for e in root.iter() if 'doc-footnote' in (e.get('role') or '').split()]
    text = ' '.join(plain(root) for root in documents.values())
    return Book(text, links, dangling, sorted(plain(e) for e in ncx.iter() if local(e) == 'navLabel' and e in points(ncx)), notes)


def points(ncx):
    """The labels of the contents' entries, without the page list's."""
    return {child for point in ncx.iter() if local(point) == 'navPoint' for child in point if local(child) == 'navLabel'}


def parse(data):
    # calibre writes XHTML with names of entities that only HTML has.
    return ET.fromstring(re.sub(rb'&nbsp;', b'&#160;', data))


def read_epub(file):
    with zipfile.ZipFile(file) as container:
        package = next(n for n in container.namelist() if n.endswith('.opf'))
        opf = ET.fromstring(container.read(package))
        place = lambda href: os.path.normpath(os.path.join(os.path.dirname(package), href))
        items = {i.get('id'): i for i in opf.iter() if local(i) == 'item'}
        spine = [items[r.get('idref')] for r in opf.iter() if local(r) == 'itemref']
        ncx = next(place(i.get('href')) for i in items.values() if i.get('media-type') == 'application/x-dtbncx+xml')
        documents = {place(i.get('href')): parse(container.read(place(i.get('href')))) for i in spine if 'nav' not in (i.get('properties') or '').split()}
        return read_html(documents, ET.fromstring(container.read(ncx)))


def read_docx(file):
    with zipfile.ZipFile(file) as container:
        root = ET.fromstring(container.read('word/document.xml'))
    word = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
    marks = {e.get(word + 'name') for e in root.iter(word + 'bookmarkStart')}
    links = [e.get(word + 'anchor') for e in root.iter(word + 'hyperlink') if e.get(word + 'anchor')]
    return Book(' '.join(''.join(p.itertext()) for p in root.iter(word + 'p')), len(links), [l for l in links if l not in marks], None, [])


def calibre(source, target):
    """What calibre complains of."""
    done = judges.run(['ebook-convert', source, target], env=dict(os.environ, **ENVIRONMENT))
    said = judges.lines(done.stderr, IGNORED) + [l for l in judges.lines(done.stdout, IGNORED)
                                                 if re.search(r'\b(warning|invalid|error|failed|corrupt|unknown)', l, re.I)]
    return said or ([] if target.exists() else ['exit status %d' % done.returncode])


def convert(source, ending, folder):
    """Complaints of one conversion."""
    target, before = folder / ('book.' + ending), read_epub(source)
    said = calibre(source, target)
    if not target.exists():
        return said
    back = folder / (ending + '.epub')
    if ending != 'docx':
        said += calibre(target, back)
    after = read_docx(target) if ending == 'docx' else read_epub(back)
    # calibre takes a MOBI's contents from its page of contents, whose links are counted, not from its index.
    return said + compare(before, after._replace(contents=None) if ending == 'mobi' else after)


def compare(before, after):
    said = ['dangling link ' + link for link in after.dangling]
    if after.links < before.links:
        said.append('%d links of %d are left' % (after.links, before.links))
    squeezed = ''.join(after.text.split())
    said += ['a note is lost: "%s"' % note[:40] for note in before.notes if ''.join(note.split()) not in squeezed]
    if after.contents is not None:
        lost = collections.Counter(before.contents) - collections.Counter(after.contents)
        said += ['no entry of the contents: "%s"' % label for label in lost]
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--work', required=True)
    parser.add_argument('--all', action='store_true')
    arguments = parser.parse_args()
    complaints, conversions = [], 0
    for n, (name, file) in enumerate(check.exported(arguments.work, arguments.all).items()):
        formats = FORMATS if name == THOROUGH else FORMATS[n % 3:n % 3 + 1]
        for ending in formats if arguments.all else SHORT.get(name, ()):
            conversions += 1
            with tempfile.TemporaryDirectory() as folder:
                complaints += ['%s to %s: %s' % (name, ending, c) for c in convert(file, ending, pathlib.Path(folder))]
    print('\n'.join(complaints[:60]))
    print('converters: %d conversions, %d complaints' % (conversions, len(complaints)))
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main())
