"""An EPUB's text in spine order, its notes, its page list and the places of its page breaks."""
import dataclasses
import posixpath
import urllib.parse
import xml.etree.ElementTree as ET
import zipfile

from words import words

XHTML = '{http://www.w3.org/1999/xhtml}'
TYPE = '{http://www.idpf.org/2007/ops}type'
OPF = '{http://www.idpf.org/2007/opf}'
INLINE = set('a abbr b bdi bdo br cite code dfn em i img kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr'.split())


@dataclasses.dataclass
class Epub:
    body: list          # words in reading order
    notes: list         # words of the footnotes, in the order in which they stand
    breaks: list        # (label, index of the word in body that the break stands before)
    page_list: list     # (label, file, fragment) as the navigation document lists them
    targets: dict       # (file, id) of every page break -> label


def read(path):
    with zipfile.ZipFile(path) as container:
        files = {n: container.read(n) for n in container.namelist()}
    rootfile = ET.fromstring(files['META-INF/container.xml']).find('.//{*}rootfile').get('full-path')
    folder = posixpath.dirname(rootfile)
    package = ET.fromstring(files[rootfile])
    items = {i.get('id'): i for i in package.iter(OPF + 'item')}
    place = lambda item: posixpath.normpath(posixpath.join(folder, urllib.parse.unquote(item.get('href'))))
    navigation = next(place(i) for i in items.values() if 'nav' in (i.get('properties') or '').split())
    reader = _Reader()
    for reference in package.iter(OPF + 'itemref'):
        name = place(items[reference.get('idref')])
        reader.file = name
        reader.read(ET.fromstring(files[name]).find(XHTML + 'body'))
    return Epub(reader.words('body'), reader.words('notes'), reader.breaks(), _page_list(files[navigation], navigation), reader.targets)


def _page_list(bytes_, name):
    found = []
    for nav in ET.fromstring(bytes_).iter(XHTML + 'nav'):
        if 'page-list' in (nav.get(TYPE) or '').split():
            for link in nav.iter(XHTML + 'a'):
                file, _, fragment = link.get('href').partition('#')
                file = posixpath.normpath(posixpath.join(posixpath.dirname(name), urllib.parse.unquote(file)))
                found.append((''.join(link.itertext()).strip(), file, fragment))
    return found


BREAK = '\ue000'   # stands in the text where a page begins: a private character that no document holds


class _Reader:
    def __init__(self):
        self.text = {'body': [], 'notes': [], 'contents': []}
        self.labels, self.targets, self.file = [], {}, ''

    def read(self, element, into='body'):
        name = element.tag.removeprefix(XHTML)
        types = set((element.get(TYPE) or '').split())
        role = element.get('role') or ''
        if types & {'footnote', 'footnotes', 'endnote', 'endnotes', 'rearnotes'} or role in ('doc-footnote', 'doc-endnotes'):
            into = 'notes'
        # Contents are generated; only their page breaks count.
        if 'toc' in types or role == 'doc-toc':
            into = 'contents'
        block = name not in INLINE
        out = self.text[into]
        if block or name == 'br':
            out.append('\n')
        if 'pagebreak' in types or role == 'doc-pagebreak':
            label = element.get('aria-label') or element.get('title') or ''.join(element.itertext())
            self.labels.append(label.strip())
            self.targets[self.file, element.get('id')] = label.strip()
            self.text['body'].append(BREAK)
        elif element.get('class') != 'between-notes' and 'noteref' not in types and 'backlink' not in types and role not in ('doc-noteref', 'doc-backlink'):
            out.append(element.text or '')
            for child in element:
                self.read(child, into)
                out.append(child.tail or '')
        if block:
            out.append('\n')

    def words(self, stream):
        return words(''.join(self.text[stream]).replace(BREAK, ''))

    def breaks(self):
        pieces = ''.join(self.text['body']).split(BREAK)
        found, before = [], pieces[0]
        for label, piece in zip(self.labels, pieces[1:], strict=True):
            found.append((label, len(words(before))))
            before += piece
        return found
