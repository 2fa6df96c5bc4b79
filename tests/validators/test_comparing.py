"""The code that compares words, pages and page lists sees what is wrong, and only that."""
import dataclasses
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import epub_text
import pdf_text
import validate
import words
import xml.etree.ElementTree as ET


class Words(unittest.TestCase):
    def test_cut(self):
        self.assertEqual(words.words('two\u00a0words, cafe\u0301 «\u202fmot\u202f»\u202f! hy\u00adphen'),
                         ['two', 'words', ',', 'caf\u00e9', '«', 'mot', '»', '!', 'hyphen'])
        self.assertEqual(words.words('It’s well-known (page 3).2'), ['It’s', 'well-known', '(', 'page', '3', ')', '.', '2'])

    def test_kinds(self):
        said = words.said('generated\tA summary\nbody\tThe push.\nnote\tSee there.\n')
        self.assertEqual((said.body, said.notes, said.generated), (['The', 'push', '.'], ['See', 'there', '.'], [['A', 'summary']]))
        with self.assertRaises(ValueError):
            words.said('other\tx\n')

    def test_equal(self):
        self.assertEqual(words.compare('a b c'.split(), 'a b c'.split()), [])

    def test_generated_is_left_out(self):
        self.assertEqual(words.compare('a The b'.split(), 'a The story The b'.split(), [['The', 'story']]), [])
        self.assertEqual(words.compare('a b c'.split(), words.words('A summary a b (page iv) 12. c'), [['A', 'summary'], ['(', 'page'], [')']]), [])

    def test_what_is_wrong(self):
        phrases = [['A', 'summary']]
        for file in ('a c', 'a x c', 'a c b', 'a b b c', 'ab c', 'a b c summary', 'a b c A'):
            self.assertTrue(words.compare('a b c'.split(), file.split(), phrases), file)


class Content(unittest.TestCase):
    def kept(self, data, *numbers):
        return b' '.join(pdf_text.without(data, lambda mcid: mcid in numbers).split())

    def test_only_painting_goes(self):
        data = b'/P <</MCID 0>> BDC BT /F 9 Tf (one \\) (two)) Tj 0 -9 Td [<41> 3 (B)] TJ ET EMC /Artifact BMC 0 0 9 9 re f EMC'
        self.assertEqual(self.kept(data, 0), b'/P << /MCID 0 >> BDC BT /F 9 Tf (one \\) (two)) Tj 0 -9 Td [ <41> 3 (B) ] TJ ET EMC '
                                             b'/Artifact BMC 0 0 9 9 re n EMC')
        self.assertNotIn(b'Tj', self.kept(data, 1))
        self.assertIn(b'0 -9 Td', self.kept(data, 1))

    def test_inner_sequences(self):
        data = b'/P <</MCID 7>> BDC /Span <</ActualText <FEFF0041>>> BDC (A) Tj EMC (B) Tj EMC (C) Tj'
        self.assertEqual(self.kept(data, 7).count(b'Tj'), 2)
        self.assertEqual(self.kept(data, 8).count(b'Tj'), 0)

    def test_roman(self):
        self.assertEqual([pdf_text.roman(n) for n in (1, 4, 9, 14, 1996)], ['i', 'iv', 'ix', 'xiv', 'mcmxcvi'])


def epub(**changes):
    reader = epub_text._Reader()
    reader.file = 'a.xhtml'
    reader.read(ET.fromstring('''<body xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
        <h1><span epub:type="pagebreak" role="doc-pagebreak" id="p1" aria-label="1"/>One</h1><p>two <em>three</em>four<a epub:type="noteref" href="#n">1</a>
        <span epub:type="pagebreak" id="p2" aria-label="2"></span>five.</p><aside epub:type="footnote"><p>A note.</p></aside></body>'''))
    made = epub_text.Epub(reader.words('body'), reader.words('notes'), reader.breaks(), [('1', 'a.xhtml', 'p1'), ('2', 'a.xhtml', 'p2')], reader.targets)
    return dataclasses.replace(made, **changes)


class Pages(unittest.TestCase):
    TEXTS = ['One two three-\u00ad', 'four five.']

    def test_epub(self):
        made = epub()
        self.assertEqual((made.body, made.notes), (['One', 'two', 'threefour', 'five', '.'], ['A', 'note', '.']))
        self.assertEqual(made.breaks, [('1', 0), ('2', 3)])

    def test_same(self):
        self.assertEqual(validate.compare_pages(['1', '2'], ['One two threefour', 'five.'], epub()), [])

    def test_word_cut_by_the_page(self):
        cut = ['One two three\u00ad', 'four five.']
        self.assertEqual(validate.compare_pages(['1', '2'], cut, epub(breaks=[('1', 0), ('2', 2)])), [])
        self.assertTrue(validate.compare_pages(['1', '2'], cut, epub()))

    def test_what_is_wrong(self):
        texts = ['One two threefour', 'five.']
        self.assertTrue(validate.compare_pages(['1', '3'], texts, epub()))
        self.assertTrue(validate.compare_pages(['1', '2'], texts, epub(breaks=[('1', 0), ('2', 2)])))
        self.assertTrue(validate.compare_pages(['1', '2'], texts, epub(breaks=[('1', 0)])))
        self.assertTrue(validate.compare_pages(['1', '2'], texts, epub(page_list=[('1', 'a.xhtml', 'p1'), ('2', 'a.xhtml', 'p9')])))
        self.assertTrue(validate.compare_pages(['1', '2'], ['', ''], epub()))


if __name__ == '__main__':
    unittest.main()
