"""The Python package: its examples, the same bytes as the program's, errors, threads.

    test_binding.py FOLDER PROGRAM [test…]      (the folder that holds the built package, the program)
"""
import concurrent.futures
import doctest
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

FOLDER, PROGRAM = (str(pathlib.Path(sys.argv.pop(1)).resolve()) for _ in range(2))
sys.path.insert(0, FOLDER)
import epitome

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / 'examples'
SOURCE = '''<summary version="1" xml:lang="en">
  <work><title prefix="The">Lamp</title><contributor role="author" sort="Example, Ann">Ann Example</contributor></work>
  <edition><date>2024-05-31</date></edition>
  <overview>%s</overview>
</summary>'''


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(epitome))
    return tests


class Binding(unittest.TestCase):
    def test_same_bytes(self):
        for name in 'the-push', 'the-push-ja', 'the-checklist-manifesto':
            source = EXAMPLES / name / 'summary.xml'
            result = epitome.export(source, to=['epub', 'pdf'])
            self.assertEqual([file.format for file in result.files], ['pdf', 'epub'])
            with tempfile.TemporaryDirectory() as out:
                subprocess.run([PROGRAM, 'export', source, '-q', '-o', out], check=True)
                for file in result.files:
                    self.assertEqual((pathlib.Path(out) / file.name).read_bytes() == file.data, True, file.name)
                    self.assertEqual(file.write(out).read_bytes(), result[file.format])
            self.assertGreater(result.pages, 10)
            self.assertGreater(result.words, 500)

    def test_syntaxes_and_parts(self):
        self.assertEqual(epitome.syntaxes()[:2], ['xml', 'json'])
        source = EXAMPLES / 'the-push-ja' / 'summary.xml'
        images = {path.name: path.read_bytes() for path in source.parent.glob('*.*')}
        xml = epitome.export(source, to='pdf')
        for syntax in epitome.syntaxes()[1:]:
            written = subprocess.run([PROGRAM, 'convert', source, '--to', syntax], stdout=subprocess.PIPE, check=True).stdout
            again = epitome.export(written, syntax, 'pdf', images=images)
            self.assertEqual(again['pdf'] == xml['pdf'], True, syntax)
        self.assertLess(epitome.export(source, to='pdf', parts=['takeaways']).pages, xml.pages)

    def test_images(self):
        source = EXAMPLES / 'the-checklist-manifesto' / 'summary.xml'
        images = {path.name: path.read_bytes() for path in source.parent.glob('*.png')}
        given = epitome.export(source.read_text(encoding='utf-8'), images=images, to='pdf')
        self.assertEqual(given['pdf'] == epitome.export(source)['pdf'], True)
        without = epitome.export(source.read_bytes())
        self.assertEqual((without.ok, without.diagnostics[0].code), (False, 'E0301'))
        with self.assertRaises(KeyError):
            without['pdf']

    def test_errors(self):
        result = epitome.export(SOURCE % '<p>the the lamp</p>')
        self.assertEqual([(found.severity, found.code, found.line) for found in result.diagnostics], [('warning', 'W0401', 4)])
        self.assertTrue(result.ok)
        self.assertIn('<source>:4:', str(result.diagnostics[0]))
        self.assertTrue(result.diagnostics[0].hints)
        for wrong in ({'to': 'docx'}, {'to': []}, {'format': 'docx'}, {'date': '2024'}, {'on_missing_glyph': 'drop'}):
            with self.assertRaises(ValueError, msg=wrong):
                epitome.export(SOURCE % '<p>x</p>', **wrong)
        with self.assertRaises(OSError):
            epitome.export(pathlib.Path('none.xml'))
        self.assertEqual(epitome.export(SOURCE % '<p>x</p>', layout='quarto').diagnostics[0].code, 'E0501')
        os.environ['EPITOME_DATA'] = '/none'
        try:
            self.assertEqual(epitome.export(SOURCE % '<p>x</p>').diagnostics[0].code, 'E0902')
        finally:
            del os.environ['EPITOME_DATA']

    def test_threads(self):
        """The same bytes."""
        sources = [SOURCE % ('<p>A lamp is lit, and %d rooms are seen.</p>' % number * 40) for number in range(12)]
        alone = [epitome.export(source) for source in sources]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            together = list(pool.map(epitome.export, sources))
        self.assertEqual(together == alone, True)

    def test_the_interpreter_goes_on(self):
        """Another thread counts while a long document is set."""
        counted, ended = [0], threading.Event()

        def count():
            while not ended.wait(0.001):
                counted[0] += 1
        source = EXAMPLES / 'frankenstein' / 'summary.xml'
        counter = threading.Thread(target=count)
        counter.start()
        epitome.export(source)
        ended.set()
        counter.join()
        self.assertGreater(counted[0], 5)


if __name__ == '__main__':
    unittest.main()
