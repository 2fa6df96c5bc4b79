"""Each complaint of the engines is seen on a small book with one fault; the same book without it has none."""
import pathlib
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check
import converters

PACKAGE = '''<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:8b1f0a4e-6a5c-4d53-9d43-0c1f5d6a7e10</dc:identifier><dc:title>Small</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="one"/><itemref idref="two"/></spine></package>'''
CONTAINER = '''<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'''
PAGE = '''<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en"><head><title>t</title>
<style>p { margin: 0 } %s</style></head><body>%s</body></html>'''
NAV = '''<nav epub:type="toc"><ol><li><a href="one.xhtml">One</a></li><li><a href="two.xhtml#second">Two</a></li></ol></nav>
<nav epub:type="page-list" hidden="hidden"><ol><li><a href="two.xhtml#page-1">1</a></li></ol></nav>'''
ONE = '''<h1>One</h1><p>Few words<a epub:type="noteref" role="doc-noteref" id="mark-1" href="#note-1">1</a>.</p>
<aside id="note-1" epub:type="footnote" role="doc-footnote"><p>A note. <a role="doc-backlink" href="#mark-1">back</a></p></aside>'''
TWO = '<h1 id="second"><span id="page-1" epub:type="pagebreak" role="doc-pagebreak" aria-label="1"></span>Two</h1>' + '<p>Words that fill more than a page of a phone.</p>' * 60
PHONE = check.setting('phone', 200)


def book(folder, style='', one=ONE, two=TWO, nav=NAV):
    file = pathlib.Path(folder, 'small.epub')
    with zipfile.ZipFile(file, 'w') as container:
        container.writestr('mimetype', 'application/epub+zip')
        container.writestr('META-INF/container.xml', CONTAINER)
        container.writestr('EPUB/package.opf', PACKAGE)
        for name, body in (('one', one), ('two', two), ('nav', nav)):
            container.writestr('EPUB/%s.xhtml' % name, PAGE % (style, body))
    return file


# What each fault makes an engine say.
TURNED = {
    'has no ink': {'two': '<span id="page-1"/>' + TWO.replace('<h1', '<h1 style="break-before: column"')},
    'px outside, sideways': {'style': 'pre { width: 2000px }', 'two': TWO + '<pre>%s</pre>' % ('wide ' * 60)},
    'px outside, up or down': {'two': TWO + '<p style="position: relative; top: 900px">low</p>'},
    'no ink at all': {'two': '<p style="display: none" id="second">nothing<span id="page-1"></span></p>'},
}
FOLLOWED = {
    'does not lead to': {'nav': NAV.replace('#second', '#third')},
    'shows "': {'one': ONE.replace('id="note-1"', 'id="note.1"').replace('#note-1', '#note.1')},
    "querySelector('#mark.1')": {'one': ONE.replace('mark-1', 'mark.1')},
    'leads nowhere': {'one': ONE.replace('href="#mark-1"', 'href="#mark-2"')},
    'is not there': {'one': ONE.replace('href="#note-1"', 'href="#note-2"')},
}
LOOKED = {
    'light: "Few words" has a contrast of': {'style': 'p { color: #bbb }'},
    'dark: "Few words" has a contrast of': {'style': 'p { color: #000 }'},
    'is not shown': {'one': ONE + '<p style="visibility: hidden">unseen</p>'},
    'px high': {'style': 'aside { font-size: 4px }'},
}


class Engines(unittest.TestCase):
    def seen(self, faults, jobs):
        """Every engine is content with the sound book; each fault makes one of them say its words. One browser for all."""
        with tempfile.TemporaryDirectory() as folder:
            files = {}
            for n, fault in enumerate([{}, *faults.values()]):
                at = pathlib.Path(folder, str(n))
                at.mkdir()
                files['book%d' % n] = book(at, **fault)
            books = check.Books(files, folder + '/books')
            answers = check.run(books, [dict(job, book=name) for name in files for job in jobs])
        said = {}
        for answer in answers:
            self.assertNotIn('error', answer)
            said.setdefault(answer['job']['book'], []).append([c for reading in answer['answers'] for c in reading['said']])
        self.assertEqual([[]] * len(jobs), said.pop('book0'))
        return zip(faults, said.values())

    def jobs(self, task):
        return [{'task': task, 'engine': engine, 'settings': [PHONE]} for engine in check.ENGINES]

    def test_pages(self):
        for words, answers in self.seen(TURNED, self.jobs('turn')):
            for engine, said in zip(check.ENGINES, answers):
                with self.subTest(fault=words, engine=engine):
                    self.assertTrue(any(words in c for c in said), said)

    def test_links(self):
        for words, answers in self.seen(FOLLOWED, self.jobs('follow')):
            with self.subTest(fault=words):
                self.assertTrue(any(words in c for c in sum(answers, [])), answers)

    def test_listening(self):
        mute = [{'task': 'listen', 'engine': 'foliate', 'settings': [PHONE]}]
        with tempfile.TemporaryDirectory() as folder:
            books = check.Books({'mute': book(folder)}, folder + '/books')
            answers = check.run(books, [dict(job, book='mute') for job in mute])
        self.assertEqual(['nothing is read aloud'], answers[0]['answers'][0]['said'])

    def test_colours(self):
        jobs = [{'task': 'look', 'theme': theme, 'settings': []} for theme in ('light', 'dark', 'forced', 'bare')]
        for words, answers in self.seen(LOOKED, jobs):
            with self.subTest(fault=words):
                self.assertTrue(any(words in c for c in sum(answers, [])), answers)

    def test_mupdf(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual([], check.mupdf_pages(book(folder), PHONE)[0])
            said, _ = check.mupdf_pages(book(folder, two=TWO + '<p style="margin-left: -4em">beyond</p>'), PHONE)
            self.assertTrue(any('beyond its edges' in c for c in said), said)
            said, _ = check.mupdf_pages(book(folder, two=TWO + '<div style="page-break-before: always"><br/></div><p style="page-break-before: always">end</p>'), PHONE)
            self.assertTrue(any('has no ink' in c for c in said), said)

    def test_converters(self):
        with tempfile.TemporaryDirectory() as folder:
            file = book(folder)
            ncx = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One</text></navLabel></navPoint></navMap></ncx>'
            with zipfile.ZipFile(file) as container:
                parts = {name: container.read(name) for name in container.namelist()}
            parts['EPUB/toc.ncx'] = ncx
            parts['EPUB/package.opf'] = parts['EPUB/package.opf'].replace(b'</manifest>', b'<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>')
            with zipfile.ZipFile(file, 'w') as container:
                for name, data in parts.items():
                    container.writestr(name, data)
            sound = converters.read_epub(file)
        self.assertEqual((2, [], ['One'], ['A note. back']), sound[1:])
        self.assertEqual([], converters.compare(sound, sound))
        for words, lost in {'1 links of 2 are left': {'links': 1}, 'dangling link x': {'dangling': ['x']}, 'a note is lost': {'text': 'else'},
                            'no entry of the contents: "One"': {'contents': []}}.items():
            self.assertTrue(any(words in c for c in converters.compare(sound, sound._replace(**lost))), words)

    def test_counting(self):
        known = next(iter(check.table().items()))
        self.assertEqual([], check.changed(dict([known])))
        self.assertEqual(1, len(check.changed({known[0]: known[1] * 2})))
        self.assertEqual(1, len(check.changed({('no', 'such', 'book', '100'): 1})))


if __name__ == '__main__':
    unittest.main()
