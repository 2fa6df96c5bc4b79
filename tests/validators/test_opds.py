#!/usr/bin/env python3
"""The catalogues of a site before judges: OPDS 1.2 by RELAX NG, OPDS 2.0 by the Palace Project's importer, and both walked by
Thorium's reader of catalogues from the root to every file, whose bytes are export's.

    test_opds.py PROGRAM        with EPITOME_JUDGES: what .ci/setup judges prints
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import judges
import servers

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / 'examples'
BOOKS = ('the-push', 'the-push-ar', 'the-push-de', 'the-checklist-manifesto')
# What catalogues offer, and how export makes it.
OFFERED = {'.pdf': 'pdf', '.epub': 'epub', '.kepub.epub': 'kepub'}
# Enough to make the newest list turn a page.
MANY = 50
SOURCE = '''<summary version="1" xml:lang="en"><work><title>"Quoted" &lt;b&gt; &amp; %d</title>
<contributor role="author" sort="O'Example, Ann &lt;a&gt;">Ann O'Example</contributor><subject>A &amp; "B" &lt;c&gt;</subject></work>
<edition><date>2024-05-%02d</date></edition><overview><p>The keeper counts &lt;barrels&gt;.</p></overview></summary>'''
program = None


class Catalogues(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.site = cls.folder / 'site'
        cls.site.mkdir()
        # First the server, so that the site can be told its address.
        cls.base = 'http://127.0.0.1:%d/' % servers.preview(cls, program, cls.site)
        many = cls.folder / 'many'
        many.mkdir()
        for number in range(MANY):
            (many / ('%02d.xml' % number)).write_text(SOURCE % (number, number % 28 + 1), encoding='utf-8')
        sources = [EXAMPLES / name / 'summary.xml' for name in BOOKS]
        subprocess.run([program, 'site', '-q', '--files', 'pdf,epub,kobo', *sources, many, '-o', cls.site, '--base-url', cls.base],
                       stderr=subprocess.DEVNULL, check=True)
        cls.atom = sorted([cls.site / 'opds.xml', *cls.site.glob('opds/**/*.xml')])
        cls.json = sorted([cls.site / 'opds.json', *cls.site.glob('opds/**/*.json')])

    def faults(self, found):
        return {name: said for name, said in found.items() if said}

    def test_first(self):
        self.assertGreater(len(self.atom), 15)
        self.assertEqual(self.faults(judges.jing(self.atom, HERE / 'opds.rnc')), {})
        # It is seen complaining: of a relation, a type, a date, an address, a name that is missing.
        page, root = (self.site / 'opds/newest/1.xml').read_text(), (self.site / 'opds.xml').read_text()
        for number, (text, before, after) in enumerate((
                (page, 'acquisition/open-access', 'acquisition/open'), (page, 'type="application/pdf"', 'type="application/x-pdf"'),
                (page, 'T00:00:00Z', ''), (page, 'href="http', 'href="f'), (page, '<title>', '<titles>'), (root, 'rel="start"', 'rel="begin"'),
                (root, 'rel="subsection"', 'rel="http://opds-spec.org/acquisition"'))):
            self.assertIn(before, text)
            bad = self.folder / ('bad%d.xml' % number)
            bad.write_text(text.replace(before, after).replace('</title>', '</titles>' if after == '<titles>' else '</title>'))
            self.assertTrue(self.faults(judges.jing([bad], HERE / 'opds.rnc')), after)

    def test_second(self):
        self.assertGreater(len(self.json), 15)
        self.assertEqual(self.faults(judges.opds2(self.json)), {})
        page = (self.site / 'opds/newest/1.json').read_text()
        for number, (before, after) in enumerate((('"links":', '"lines":'), ('acquisition/open-access', 'nothing'), ('"title":', '"name":'))):
            self.assertIn(before, page)
            bad = self.folder / ('bad%d.json' % number)
            bad.write_text(page.replace(before, after))
            self.assertTrue(self.faults(judges.opds2([bad])), after)

    def exported(self):
        made = {}
        for name in BOOKS:
            for ending, kind in OFFERED.items():
                out = self.folder / 'export' / name / ending[1:]
                out.mkdir(parents=True)
                subprocess.run([program, 'export', '-q', EXAMPLES / name / 'summary.xml', '--to', kind, '-o', '%s/' % out], check=True)
                (file,) = out.iterdir()
                made[file.name.partition('.')[0] + ending, hashlib.sha256(file.read_bytes()).hexdigest()] = name
        return made

    def test_client(self):
        exported = self.exported()
        self.assertEqual(len(exported), len(BOOKS) * len(OFFERED))
        for root in ('opds.xml', 'opds.json'):
            files = judges.thorium(self.base + root)
            self.assertEqual(len(files), (MANY + len(BOOKS)) * len(OFFERED), root)
            got = {(file['href'].rpartition('/')[2], file['sha256']) for file in files}
            # In its address a name is percent-encoded; the hash alone says which it is.
            self.assertLessEqual({digest for _, digest in exported}, {digest for _, digest in got}, root)
            self.assertLessEqual({key for key in exported if key[0].isascii()}, got, root)
            # By the newest, a language and a length; some by a subject, too.
            self.assertGreaterEqual(min(file['feeds'] for file in files), 3, root)
            self.assertLessEqual({file['title'] for file in files if '"Quoted" <b> & 7' in file['title']}, {'“Quoted” <b> & 7: a summary', '"Quoted" <b> & 7: a summary'})
            self.assertTrue([file for file in files if '<b> & 7' in file['title']], root)
            self.assertEqual({file['type'] for file in files}, {'application/pdf', 'application/epub+zip'})


if __name__ == '__main__':
    program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
