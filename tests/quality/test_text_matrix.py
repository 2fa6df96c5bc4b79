"""Self-check of text_matrix.py's counting."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from text_languages import fallen, parsed, table
from text_matrix import common, joined, score, units


class Counting(unittest.TestCase):
    def test_common(self):
        self.assertEqual(common('abcbdab', 'bdcaba'), 4)
        self.assertEqual(common('abc', ''), 0)
        self.assertEqual(common(['one', 'two'], ['two', 'x', 'one']), 1)

    def test_units(self):
        self.assertEqual(units('A word, so.'), ['A', 'word', ',', 'so', '.'])
        self.assertEqual(units('\u0e17\u0e35\u0e48\u0e14\u0e35 ok'), ['\u0e17\u0e35\u0e48', '\u0e14\u0e35', 'ok'])
        self.assertEqual(units('x\u4e2d\u6587y'), ['x', '\u4e2d', '\u6587', 'y'])

    def test_score(self):
        self.assertEqual(score('one two', 'Contents one two 7'), (100.0, 100.0))
        self.assertEqual(score('one two', 'onetwo'), (100.0, 0.0))
        self.assertEqual(score('one two', 'on e two'), (100.0, 50.0))
        self.assertEqual(score('abc', 'cba'), (33.3, 0.0))
        self.assertEqual(score('\u05d0\u05d1', '\u200f\u05d0\u05d1\u200f'), (100.0, 100.0))

    def test_lines(self):
        self.assertEqual(score('breaking well-known', joined('break\u00ad\ning well-\nknown')), (100.0, 100.0))


class Golden(unittest.TestCase):
    ROW = {'poppler': (100.0, 100.0), 'pdftotext': (80.9, 75.4), 'mutool': (100.0, 100.0), 'pdfjs': (99.9, 99.4), 'pdfium': (97.7, 90.6)}

    def test_round_trip(self):
        self.assertEqual(parsed(table({'arb': self.ROW})), {'arb': self.ROW})

    def test_fallen(self):
        self.assertEqual(fallen({'arb': self.ROW}, {'arb': dict(self.ROW, pdfium=(98.0, 90.6))}), [])
        self.assertEqual(len(fallen({'arb': self.ROW}, {'arb': dict(self.ROW, pdfjs=(99.9, 99.3))})), 1)
        self.assertEqual(len(fallen({'arb': self.ROW}, {})), 1)
        self.assertEqual(len(fallen({}, {'arb': self.ROW})), 1)


if __name__ == '__main__':
    unittest.main()
