"""Each judge is content with a sound file and complains of a broken one; a missing judge is an error."""
import os
import pathlib
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judges


def small_pdf():
    """A sound PDF 1.7 of one page, neither tagged nor with its font inside: no PDF/UA, no PDF/A."""
    content = b'BT /F1 24 Tf 72 700 Td (One page) Tj ET'
    objects = [b'<< /Type /Catalog /Pages 2 0 R >>', b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
               b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
               b'<< /Length %d >>\nstream\n%s\nendstream' % (len(content), content),
               b'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']
    out, places = b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (number, body)
    table = b''.join(b'%010d 00000 n \n' % p for p in places)
    return out + (b'xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n'
                  % (len(places) + 1, table, len(places) + 1, len(out)))


PACKAGE = '''<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:8b1f0a4e-6a5c-4d53-9d43-0c1f5d6a7e10</dc:identifier>
<dc:title>Small</dc:title><dc:language>en</dc:language>%s</metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/></spine></package>'''
MODIFIED = '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>'
ACCESSIBLE = '''<meta property="schema:accessMode">textual</meta><meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta><meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Text only.</meta>'''
PAGE = '''<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><title>Small</title></head><body>%s</body></html>'''


def small_epub(path, metadata):
    with zipfile.ZipFile(path, 'w') as container:
        container.writestr('mimetype', 'application/epub+zip')
        container.writestr('META-INF/container.xml', '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
                           '<rootfiles><rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')
        container.writestr('package.opf', PACKAGE % metadata)
        container.writestr('nav.xhtml', PAGE % '<nav epub:type="toc" role="doc-toc" aria-label="Contents"><ol><li><a href="one.xhtml">One</a></li></ol></nav>')
        container.writestr('one.xhtml', PAGE % '<main><h1>One</h1><p>A page.</p></main>')


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.scratch.name).resolve()
        cls.sound, cls.cut = folder / 'sound.pdf', folder / 'cut.pdf'
        cls.sound.write_bytes(small_pdf())
        cls.cut.write_bytes(small_pdf()[:300])
        cls.epub, cls.undated, cls.cut_epub = folder / 'sound.epub', folder / 'undated.epub', folder / 'cut.epub'
        small_epub(cls.epub, MODIFIED + ACCESSIBLE)
        small_epub(cls.undated, '')
        cls.cut_epub.write_bytes(cls.epub.read_bytes()[:700])

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def tell_apart(self, judge, sound, broken):
        found = judge([sound, broken])
        self.assertEqual(found[str(sound)], [])
        self.assertNotEqual(found[str(broken)], [])

    def test_verapdf(self):
        for flavour, clause in (('ua1', 'clause 7.'), ('2a', 'clause 6.')):
            found = judges.verapdf([self.sound, self.cut], flavour)
            self.assertIn(clause, ' '.join(found[str(self.sound)]))
            self.assertIn('not judged', ' '.join(found[str(self.cut)]))

    def test_qpdf(self):
        self.tell_apart(judges.qpdf, self.sound, self.cut)

    def test_poppler(self):
        self.tell_apart(judges.poppler, self.sound, self.cut)

    def test_mutool_pdf(self):
        self.tell_apart(judges.mutool_pdf, self.sound, self.cut)

    def test_ghostscript(self):
        self.tell_apart(judges.ghostscript, self.sound, self.cut)

    def test_chromium(self):
        self.tell_apart(judges.chromium, self.sound, self.cut)

    def test_pdfjs(self):
        self.tell_apart(judges.pdfjs, self.sound, self.cut)

    def test_epubcheck(self):
        found = judges.epubcheck([self.epub, self.undated, self.cut_epub])
        self.assertEqual(found[str(self.epub)], [])
        self.assertIn('RSC-005', ' '.join(found[str(self.undated)]))
        self.assertIn('PKG-008', ' '.join(found[str(self.cut_epub)]))

    def test_ace(self):
        found = judges.ace([self.epub, self.undated])
        self.assertEqual(found[str(self.epub)], [])
        self.assertIn('metadata-accessmode', ' '.join(found[str(self.undated)]))

    def test_mutool_epub(self):
        self.tell_apart(judges.mutool_epub, self.epub, self.cut_epub)

    def test_calibre(self):
        self.tell_apart(judges.calibre, self.epub, self.cut_epub)

    def test_kepubify(self):
        self.tell_apart(judges.kepubify, self.epub, self.cut_epub)

    def test_jing(self):
        folder = pathlib.Path(self.scratch.name).resolve()
        schema, good, bad = folder / 'a.rnc', folder / 'good.xml', folder / 'bad.xml'
        schema.write_text('start = element a { text }')
        good.write_text('<a/>')
        bad.write_text('<b/>')
        self.tell_apart(lambda files: judges.jing(files, schema), good, bad)


class Missing(unittest.TestCase):
    def test_no_folder_of_judges(self):
        known = os.environ.pop('EPITOME_JUDGES', None)
        try:
            with self.assertRaises(judges.JudgeMissing):
                judges.epubcheck(['a.epub'])
        finally:
            if known is not None:
                os.environ['EPITOME_JUDGES'] = known

    def test_no_program(self):
        known = os.environ['PATH']
        os.environ['PATH'] = '/nonexistent'
        try:
            for judge in (judges.qpdf, judges.poppler, judges.mutool_pdf, judges.ghostscript, judges.calibre):
                with self.assertRaises(judges.JudgeMissing):
                    judge(['a.pdf'])
        finally:
            os.environ['PATH'] = known


if __name__ == '__main__':
    unittest.main()
