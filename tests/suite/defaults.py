#!/usr/bin/env python3
"""epitome.toml: options beside the sources, what the command line says before it, what is wrong with it.

    defaults.py --program PATH [test…]
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

program = None


class Defaults(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)
        (self.folder / 'books').mkdir()
        self.run_it('init', 'books/lamp.xml')

    def run_it(self, *arguments, cwd=None):
        return subprocess.run([program, *arguments], cwd=cwd or self.folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def write(self, text, place='books/epitome.toml'):
        (self.folder / place).write_text(text, encoding='utf-8')

    def files(self):
        return sorted(str(p.relative_to(self.folder)) for p in self.folder.rglob('*') if p.suffix in ('.pdf', '.epub'))

    def test_options(self):
        self.write('layout = "large"\n[export]\nto = ["epub"]\noutput = "out"\nquiet = true\n[check]\nspelling = true\n')
        done = self.run_it('export', 'books/lamp.xml', '--verbose')
        self.assertEqual((done.returncode, done.stderr, done.stdout), (0, 'epitome: options of books/epitome.toml\n', ''))
        (file,) = self.files()
        self.assertTrue(file.startswith('books/out/') and file.endswith('.epub'), file)

    def test_the_command_line_goes_before(self):
        self.write('[export]\nto = "epub"\nsignature = 16\nnarrator = "Ann"\njobs = 2\n')
        self.assertEqual(self.run_it('export', 'books/lamp.xml', '--to', 'pdf', '-o', 'a').returncode, 0)
        self.assertEqual(self.run_it('export', 'books/lamp.xml', '-o', 'b.pdf').returncode, 0)
        self.assertTrue(all(f.endswith('.pdf') for f in self.files()) and len(self.files()) == 2, self.files())
        done = self.run_it('export', 'books/lamp.xml', '--config', 'none', '-o', 'c')
        self.assertEqual((done.returncode, sum(f.startswith('c/') for f in self.files())), (0, 2))

    def test_what_is_only_found_writes_beside_itself(self):
        (self.folder / 'elsewhere').mkdir()
        (self.folder / 'books/link').symlink_to(self.folder / 'elsewhere')
        for option, value in (('output', '../elsewhere'), ('output', '/tmp/elsewhere'), ('output', 'link'), ('manifest', 'deep/../../m.jsonl'),
                              ('deps', '../deps.mk'), ('report', '../report.html'), ('voice-cache', '../said')):
            self.write('[export]\n%s = "%s"\n' % (option, value))
            done = self.run_it('export', 'books/lamp.xml')
            self.assertEqual(done.returncode, 1, (option, value, done.stderr))
            self.assertIn("error[E0439]: '%s' leads out of the folder" % option, done.stderr)
            self.assertEqual((self.files(), list((self.folder / 'elsewhere').iterdir())), ([], []))
        self.write('[export]\noutput = "../elsewhere"\n')
        self.assertEqual(self.run_it('export', 'books/lamp.xml', '--config', 'books/epitome.toml').returncode, 0)
        self.assertEqual(len(list((self.folder / 'elsewhere').iterdir())), 2)
        self.write('[export]\noutput = "out"\ndeps = "deps.mk"\n')
        self.assertEqual(self.run_it('export', 'books/lamp.xml').returncode, 0)

    def test_where(self):
        self.write('layout = "print-a4"\n', 'epitome.toml')
        told = self.run_it('check', 'books/lamp.xml', '--verbose').stderr
        self.assertEqual(told, 'epitome: options of epitome.toml\n')
        self.write('layout = "book"\n')
        self.assertIn('books/epitome.toml', self.run_it('check', 'books/lamp.xml', '--verbose').stderr)
        self.write('layout = "book"\n', 'other.toml')
        self.assertIn('other.toml', self.run_it('check', 'books/lamp.xml', '--verbose', '--config', 'other.toml').stderr)
        # Nothing above is looked at.
        (self.folder / 'books/epitome.toml').unlink()
        (self.folder / 'books/deep').mkdir()
        self.assertIn('no epitome.toml', self.run_it('check', '../lamp.xml', '--verbose', cwd=self.folder / 'books/deep').stderr)
        self.assertEqual(self.run_it('check', 'books/lamp.xml', '--config', 'nowhere.toml').returncode, 1)

    def test_voice(self):
        """A folder from somewhere else runs nothing."""
        self.write('[export]\nvoice = "touch %s"\n' % (self.folder / 'ran'))
        done = self.run_it('export', 'books/lamp.xml', '-o', 'out')
        self.assertEqual((done.returncode, self.files(), (self.folder / 'ran').exists()), (1, [], False))
        self.assertIn('books/epitome.toml:2:1: error[E0439]', done.stderr)
        self.run_it('export', 'books/lamp.xml', '-o', 'out', '--config', 'books/epitome.toml')
        self.assertTrue((self.folder / 'ran').exists())

    FAULTS = [
        ('layuot = "book"\n', (1, 1), 'did you mean layout?'), ('[exprot]\n', (1, 2), 'did you mean export?'),
        ('[check]\nspeling = true\n', (2, 1), 'did you mean spelling?'), ('# a\nlayout = 3 4\n', (2, 12), ''),
        ('[export]\nto = "pfd"\n', (2, 6), 'did you mean pdf?'), ('[export]\nblack = 1\n', (2, 9), 'true or false'),
        ('[export]\nto = true\n', (2, 6), 'needs a value'), ('[export]\njobs = "many"\n', (2, 8), 'is not a number'),
        ('date = "yesterday"\n', (1, 8), 'is not a date'), ('layout = "book"\nlayout = "a"\n', (2, 10), 'layout'),
        ('[export]\nconfig = "x"\n', (2, 1), "no option 'config'"), ('[export]\nto = [["pdf"]]\n', (2, 6), 'a list'),
        ('[export]\nsignature = 5\nto = "booklet"\n', (2, 13), 'multiple of 4'),
    ]

    def test_faults(self):
        for text, place, said in self.FAULTS:
            self.write(text)
            done = self.run_it('export', 'books/lamp.xml', '--format', 'json')
            self.assertEqual(done.returncode, 1, text)
            told = json.loads(done.stderr.splitlines()[0])
            self.assertEqual((told['code'], told['file'], (told['line'], told['column'])), ('E0439', 'books/epitome.toml', place), (text, told))
            self.assertIn(said, told['message'])
            self.assertTrue(told['hints'], text)
        self.assertEqual(self.files(), [])

    def test_dependencies(self):
        self.write('layout = "print-a4"\n')
        self.assertEqual(self.run_it('export', 'books/lamp.xml', '--to', 'epub', '--deps', 'a.d').returncode, 0)
        self.assertIn('books/epitome.toml', (self.folder / 'a.d').read_text())

    def test_unchanged(self):
        def made():
            done = self.run_it('export', 'books/lamp.xml', '-o', 'out', '--to', 'epub', '--manifest', 'm.jsonl', '--skip-unchanged')
            self.assertEqual(done.returncode, 0, done.stderr)
            return json.loads((self.folder / 'm.jsonl').read_text().splitlines()[-1])
        self.write('layout = "book"\n')
        made()
        (file,) = self.files()
        first = (self.folder / file).stat().st_ino
        made()
        self.assertEqual((self.folder / file).stat().st_ino, first)
        self.write('layout = "print-a4"\n')
        made()
        self.assertNotEqual((self.folder / file).stat().st_ino, first)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    arguments, rest = parser.parse_known_args()
    program = str(pathlib.Path(arguments.program).resolve())
    unittest.main(argv=[sys.argv[0], *rest])
