#!/usr/bin/env python3
"""What editors' hands and pipelines do to a summary: each slip ends as what was meant, or is told at its line and column with a hint, and
no word is lost in silence.

    slips.py --program PATH [--sanitized] [test…]     --sanitized: its memory says nothing
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

FRONT = ('---\nversion: 1\nlang: en\nwork:\n  title: Lamp\n  contributors:\n    - {role: author, text: Ann Example}\n'
         'edition:\n  date: 2024-05-31\n---\n\n## Overview\n\n')
JSON = {'version': '1', 'lang': 'en', 'work': {'title': 'Lamp', 'contributors': [{'role': 'author', 'text': 'Ann Example'}]},
        'edition': {'date': '2024-05-31'}, 'parts': [{'type': 'overview', 'blocks': ['Xx.']}]}
STRICT = json.dumps(JSON)
# JSON that isn't strict: the text, what an export says (line, column, of the message or the hint), how many warnings convert has.
LOOSE = [
    (STRICT.replace('"Xx."', '"Xx.",'), (1, STRICT.index('"Xx."') + 6, "a comma stands before ']'"), 1),
    (STRICT[:-1] + ',}', (1, len(STRICT), "a comma stands before '}'"), 1),
    ('{ // Told.\n' + STRICT[1:], (1, 3, 'JSON has no comments'), 1),
    ('{\n# Told.\n' + STRICT[1:], (2, 1, 'JSON has no comments'), 1),
    ('/* Told. */' + STRICT, (1, 1, 'JSON has no comments'), 1),
    (STRICT + '\n// Told.\n', (2, 1, 'JSON has no comments'), 1),
    (STRICT.replace('"Xx."', "'Xx.'"), (1, STRICT.index('"Xx."') + 1, 'single quotation marks'), 1),
    (STRICT.replace('"Xx."', "'He said \"Xx.\" and didn\\'t.'"), (1, STRICT.index('"Xx."') + 1, 'single quotation marks'), 1),
    (STRICT.replace('"lang"', 'lang'), (1, STRICT.index('"lang"') + 1, 'a key stands without quotation marks'), 1),
    ('```json\n%s\n```\n' % STRICT, (1, 1, 'take the lines ``` away'), 2),
    ('Sure [as asked], here it is:\n\n%s\n\nAnything else?\n' % STRICT, (1, 1, 'a text stands before the document'), 2),
    ('Here it is:\n\n```json\n%s\n```\nI hope that [it] helps!\n' % STRICT, (1, 1, 'a text stands before the document'), 2),
    (STRICT + '\n```\n', (2, 1, 'take the lines ``` away'), 1),
    ('\ufeff' + STRICT[:-1] + ',}', (1, len(STRICT), "a comma stands before '}'"), 1),
]

program, sanitized = None, False


class Slips(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)

    def run_it(self, command, name, text, *more):
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        done = subprocess.run([program, command, name, *more, '--format', 'json'], cwd=self.folder, capture_output=True, text=True)
        return done, [json.loads(line) for line in done.stderr.splitlines()]

    def converted(self, text, name='a.md'):
        done, told = self.run_it('convert', name, text, '--to', 'xml')
        self.assertEqual(done.returncode, 0, done.stderr)
        return ET.fromstring(done.stdout), told

    def body(self, text):
        """What stands in the only part of Markdown of any shape."""
        root, told = self.converted('# Lamp\n\n## Overview\n\n' + text)
        return root.find('overview'), told

    def has(self, told, code, words):
        found = [m for m in told if m['code'] == code and words in m['message'] + ' '.join(m.get('hints', []))]
        self.assertTrue(found, (code, words, told))
        return found[0]

    # ---- JSON ---------------------------------------------------------------------------------------

    def test_json_that_is_not_strict(self):
        for text, (line, column, words), warnings in LOOSE:
            with self.subTest(text[:60]):
                done, told = self.run_it('check', 'a.json', text)
                self.assertEqual(done.returncode, 1)
                said = self.has(told, 'E0110', words)
                self.assertEqual((said['line'], said['column']), (line, column))
                self.assertTrue(said['hints'])
                root, told = self.converted(text, 'a.json')
                self.assertIn('Xx.', ''.join(root.find('overview').itertext()))
                mended = [m for m in told if m['code'] == 'W0116']
                self.assertEqual(len(mended), warnings, told)
                self.assertTrue(all(m['line'] and m['column'] and m['hints'] for m in mended))

    def test_words_of_other_languages_in_json(self):
        root, told = self.converted("{'title': 'Lamp', 'author': None, 'good': True, \"plot\": \"Don't, // said # he.\"}", 'a.json')
        self.assertEqual(root.find('story/p').text, "Don't, // said # he.")
        self.has(told, 'W0116', 'None is taken as null')

    def test_places_behind_mended_json(self):
        text = '{ // Told.\n "version": \'1\', ' + STRICT[len('{"version": "1", '):].replace('Xx.', 'Xx <zork>yy</zork>.')
        done, told = self.run_it('convert', 'a.json', text, '--to', 'xml')
        said = self.has(told, 'E0201', 'zork')
        self.assertEqual((said['line'], said['column']), (2, text.split('\n')[1].index('zork') + 1))

    def test_what_cannot_be_mended_is_refused(self):
        for text in ("{'title': 'Lamp", '{"title": "Lamp" "plot": "Xx."}', "{'title': 'La\nmp'}", '{/* "title": "Lamp"}', '{"title": “Lamp”,}'):
            with self.subTest(text):
                done, told = self.run_it('convert', 'a.json', text, '--to', 'xml')
                self.assertEqual(done.returncode, 1)
                self.assertEqual([m['code'] for m in told if m['severity'] == 'error'], ['E0110'])

    def test_faults_beyond_the_bound_are_counted(self):
        done, told = self.run_it('convert', 'a.json', json.dumps({'title': 'Lamp', 'plot': '**Aa** ' + '`b` ' * 150}), '--to', 'xml')
        self.assertIn('50', ' '.join(m['message'] for m in told if m['code'] == 'W0113' and 'code has' not in m['message']))

    # ---- Markdown -----------------------------------------------------------------------------------

    def test_a_footnote_called_twice(self):
        text = 'Xx[^1] and yy[^1].\n\n[^1]: The *note*.\n'
        overview, told = self.body(text)
        self.assertEqual([''.join(note.itertext()) for note in overview.iter('note')], ['The note.'] * 2)
        done, told = self.run_it('check', 'a.md', FRONT + text)
        self.assertEqual((done.returncode, told), (0, []))
        overview, _ = self.body('Xx[^1] <b>yy[^1]</b>.\n\n[^1]: The <b>note.\n')
        self.assertEqual(len(list(overview.iter('note'))), 2)
        # No more than a document may hold.
        text = FRONT + 'Xx' + '[^1]' * 200 + '.\n\n[^1]: ' + 'a b ' * 25000 + '\n'
        done, told = self.run_it('check', 'a.md', text)
        self.has(told, 'E0109', 'footnotes')

    def test_a_head_alone_is_a_row(self):
        for done, told in (self.run_it('convert', 'a.md', FRONT + '| a | b |\n|---|---|\n', '--to', 'xml'),
                           self.run_it('convert', 'b.md', '# Lamp\n\n## Overview\n\n| a | b |\n|---|---|\n\nZz.\n', '--to', 'xml')):
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual([td.text for td in ET.fromstring(done.stdout).iterfind('overview/table/tbody/tr/td')], ['a', 'b'])
            self.assertTrue(self.has(told, 'W0113', 'a head alone')['line'])

    def test_html_lists(self):
        overview, told = self.body('<ul>\n<li>one <b>two</b></li>\n<li>three\n<ol><li>four</li></ol>\n</li>\n<li><p>a</p><p>b</p></li>\n</ul>\n')
        self.assertEqual([''.join(li.itertext()).split() for li in overview.findall('ul/li')], [['one', 'two'], ['three', 'four'], ['a', 'b']])
        self.assertEqual(overview.find('ul/li/strong').text, 'two')
        self.assertEqual(overview.find('ul/li/ol/li').text, 'four')
        self.assertEqual([m for m in told if m['code'] == 'W0113'], [])
        # Tags that are left open, or have no list around.
        for text in ('<ul><li>one<li>two', '<li>one</li>\n<li>two</li>', '<ul>\n<li>one</li>\n\n<li>two</li>\n</ul>', '<ul>one<li>two</ul>'):
            with self.subTest(text):
                overview, _ = self.body(text + '\n\nZz.\n')
                self.assertEqual([li.text for li in overview.iter('li')], ['one', 'two'])

    def test_html_tables(self):
        overview, told = self.body('<table>\n<caption>Cc</caption>\n<tr><th>h</th><th>i</th></tr>\n<tr><td>x</td></tr>\n<tr><td colspan="2">y</td></tr>\n</table>\n')
        self.assertEqual([th.text for th in overview.iterfind('table/thead/tr/th')], ['h', 'i'])
        self.assertEqual([[td.text for td in tr] for tr in overview.iterfind('table/tbody/tr')], [['x', None], ['y', None]])
        self.assertEqual(overview.find('table/caption').text, 'Cc')
        self.has(told, 'W0113', 'filled with empty')
        self.has(told, 'W0113', 'colspan')
        for text in ('<table><tr><td>x<td>y<tr><td>z<td>q</table>', '<table>w<tr><td>x</td></tr></table>', '<table><tr><th>x</th></tr></table>',
                     '<table><tr><td><ul><li>x</li><li>y</li></ul></td></tr></table>', '<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>',
                     '<table></table>x', '<ul><li><table><tr><td>x</td></tr></table></li></ul>'):
            with self.subTest(text):
                overview, _ = self.body(text + '\n\nZz.\n')
                self.assertEqual(''.join(overview.itertext()).count('x'), 1)

    def test_other_html(self):
        overview, told = self.body('Xx<br>yy H<sub>2</sub>O, 1<sup>st</sup> <i>a **b</i> c** <u class="q">d</u> <img src="p.png" alt="A lamp"> '
                                   '<a href="https://example.org/">e</a>.\n\n<blockquote>Said.</blockquote>\n\n<details><summary>More</summary>\n\nInside.\n\n</details>\n')
        self.assertEqual((overview.find('p/sub').text, overview.find('p/sup').text), ('2', 'st'))
        self.assertEqual((overview.find('figure').get('src'), overview.find('figure').get('alt')), ('p.png', 'A lamp'))
        self.assertEqual(overview.find('blockquote/p').text, 'Said.')
        text = ' '.join(''.join(overview.itertext()).split())
        for word in ('Xx yy', 'a b c', 'More', 'Inside.'):
            self.assertIn(word, text)
        for words in ('<br>', '<u>', "'https://example.org/'", '<details>', '</i> ends nothing'):
            said = self.has(told, 'W0113', words)
            self.assertTrue(said['line'] and said['column'] and said['hints'])
        self.assertEqual([m for m in told if m['code'] == 'W0402'], [])

    def test_cells_beyond_the_head(self):
        for text, lost in (('| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 |\n', '3'), ('| a | b |\n|---|---|\n| 1 | **2** | 3 | *4* |\n', '3 | *4*'),
                           ('a | b\n---|---\n1 | 2 | 3\n', '3'), ('| a | b |\n|---|---|\n| 1 | | 3 |\n', '3'),
                           ('| a | b |\n|---|---|\n| 1 \\| 2 | **3** |\n| [4](https://example.org/) | `5` | | |\n', None)):
            with self.subTest(text):
                done, told = self.run_it('check', 'a.md', FRONT + text)
                found = [(m['line'], m['message']) for m in told if m['code'] == 'W0113' and 'no column' in m['message']]
                self.assertEqual(found, [(16, "'%s' stands in no column of the table: it is left out" % lost)] if lost else [])

    def test_links_that_nothing_refers_to(self):
        body = 'Xx [yy][one] and [Two] and [t  h][].\n\n[one]: https://example.org/1\n[two]: https://example.org/2\n[T H]: https://example.org/3\n'
        for more, said in (('', []), ('[four]: https://example.org/4\n', [(19, 1, '[four]')]), ('[one]: https://example.org/5\n', [(19, 1, 'twice')]),
                           ('[//]: # (told)\n', []), ('\nZz\n[four]: stays\n', []), ('\n```\n[four]: stays\n```\n', [])):
            with self.subTest(more):
                done, told = self.run_it('check', 'a.md', FRONT + body + more)
                found = [m for m in told if m['code'] == 'W0113' and 'the link' in m['message']]
                self.assertEqual([(m['line'], m['column']) for m in found], [row[:2] for row in said], told)
                self.assertTrue(all(row[2] in m['message'] and m['hints'] for row, m in zip(said, found)))

    # ---- front matter -------------------------------------------------------------------------------

    def test_curled_marks_in_front_matter(self):
        for value, told_of in (('“Lamp”', True), ('„Lamp“', True), ("'“Lamp”'", False), ('“Lamp” lit', False), ('Lamp', False)):
            with self.subTest(value):
                done, told = self.run_it('check', 'a.md', FRONT.replace('title: Lamp', 'title: ' + value) + 'Xx.\n')
                found = [m for m in told if 'curled' in m['message']]
                self.assertEqual([(m['line'], m['column']) for m in found], [(5, 10)] if told_of else [])

    # ---- any ----------------------------------------------------------------------------------------

    def test_bytes_of_another_encoding(self):
        for byte, character in ((b'\xe9', 'é'), (b'\x93', '“'), (b'\x80', '€'), (b'\xff', 'ÿ'), (b'\x81', None)):
            for name, text in (('a.md', FRONT.encode() + b'Xx' + byte), ('a.json', STRICT.encode().replace(b'Xx.', byte)), ('a.xml', b'<summary>' + byte)):
                with self.subTest((name, byte)):
                    said = self.has(self.run_it('check', name, text)[1], 'E0101', 'save the file as UTF-8')
                    self.assertTrue(said['line'] and said['column'])
                    if character:
                        self.assertIn('in Windows-1252 it is %s:' % character, said['hints'][0])

    def test_json_of_which_more_would_be_lost_is_refused(self):
        for behind in (', "chapters": ["More."]}', '\n{"title": "Y"}', '\n```\nPart 2:\n```json\n{"title": "Y"}\n```\n'):
            before = '```json\n' if '```' in behind else ''
            done, told = self.run_it('convert', 'a.json', before + STRICT[:-1] + ',}' + behind, '--to', 'xml')
            self.assertEqual(done.returncode, 1, behind)
            self.assertTrue([m for m in told if m['code'] == 'E0110'], told)

    def test_json_behind_words_in_brackets(self):
        for before in ('[Note] Here it is:\n', '{curly} and so on\n', 'Take the ``` away:\n'):
            root, told = self.converted(before + STRICT, 'a.json')
            self.assertEqual(''.join(root.find('overview').itertext()).strip(), 'Xx.')
            self.has(told, 'W0116', 'around the JSON')

    def test_what_grows_or_nests_without_end_is_told(self):
        """Each took minutes, gigabytes or the stack; here the process's own limit of time is the judge."""
        deep = '.'.join('a' * 32000) + ' = 1\n'
        table = '<table><tr>%s</tr>%s</table>\n\n' % ('<td>a</td>' * 441, '<tr><td>b' * 440)
        for name, text, code in (('a.md', '+++\n%s+++\n\nWords.\n' % deep, 'E0111'),
                                 ('a.json', '{' + '/* ' * 100_000, 'E0110'),
                                 ('a.md', '# L\n\n## Overview\n\n<div>%s</div>\n' % ''.join('<x%d>' % i for i in range(40_000)), 'W0113'),
                                 ('a.md', '# L\n\n## Overview\n\n' + table * 40, 'W0113')):
            (self.folder / name).write_text(text)
            done = subprocess.run(['bash', '-c', 'ulimit -t 20 %s; exec "$@"' % ('' if sanitized else '-v 1000000'), '-', program, 'convert', name,
                                   '--to', 'xml', '--format', 'json'], cwd=self.folder, capture_output=True, text=True)
            self.assertIn(done.returncode, (0, 1), (text[:60], done.stderr[-300:]))
            self.has([json.loads(line) for line in done.stderr.splitlines()], code, '')
        (self.folder / 'epitome.toml').write_text(deep)
        self.has(self.run_it('check', 'a.json', STRICT)[1], 'E0439', 'too many parts')

    def test_html_that_is_hard_to_part(self):
        for text, wanted in (('<p>a < b</p><p>1 <2 and 3> 2</p>', ['a < b', '1 <2 and 3> 2']),
                             ('<div>if a < b then c > d holds</div>', ['if a < b then c > d holds']),
                             ('<table><tr><td>o<table><tr><td>i</td></tr></table></td><td>p</td></tr></table>', ['o i', 'p']),
                             ('<ul><li>x<table><tr><td>a<ul><li>y</li></ul></td><td>b</td></tr></table></li><li>z</li></ul>', ['x', 'a y', 'b', 'z'])):
            body, _ = self.body(text)
            self.assertEqual([e.text.strip() for e in body.iter() if e.tag in ('p', 'td', 'li') and (e.text or '').strip()], wanted)
        body, told = self.body('<div><a href="https://a.example">a</a> and <a href="https://b.example">b</a></div>\n\n<ol start="3"><li>c</li></ol>')
        self.has(told, 'W0113', 'https://a.example')
        self.has(told, 'W0113', 'https://b.example')
        self.assertEqual(body.find('ol').get('start'), '3')
        for text, src, alt in (('<IMG SRC="a.png" ALT="A">', 'a.png', 'A'), ('<img alt="a > b" src="c.png">', 'c.png', 'a > b'),
                               ('<p align="center"><img src="d.png" alt="D"></p>', 'd.png', 'D')):
            body, told = self.body(text)
            self.assertEqual([(e.tag, e.get('src'), e.get('alt')) for e in body], [('figure', src, alt)])
            self.assertFalse([m for m in told if m['code'] == 'W0113'], told)

    def test_cells_that_stay_and_cells_that_go(self):
        _, told = self.body('| A | B |\n|---|---|\n| | | lost |\n| x | ![A](a.png) |\n| x | <!-- --> |\n| x | [](#a) |\n| `a|b` | c | gone |\n')
        self.assertEqual([m['line'] for m in told if 'in no column' in m['message']], [7, 11], told)

    def test_words_in_brackets_define_no_link(self):
        _, told = self.body('[Ed.]: see page 5\n\n[TODO]: check it\n\n[Straße]: https://a.example\n\n[a][STRASSE]\n\n[x]: https://b.example "T"\n')
        self.assertEqual([m['line'] for m in told if 'nothing refers' in m['message']], [13], told)

    def test_an_article_is_set_apart_as_each_syntax_does(self):
        for name, text in (('a.md', FRONT.replace('Lamp', 'The Lamp') + 'Xx.\n'), ('a.json', STRICT.replace('Lamp', 'The Lamp'))):
            self.has(self.run_it('check', name, text)[1], 'W0405', '{"prefix": "The", "text": "Lamp"}')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--sanitized', action='store_true')
    arguments, tests = parser.parse_known_args()
    program, sanitized = str(pathlib.Path(arguments.program).resolve()), arguments.sanitized
    unittest.main(argv=[sys.argv[0], *tests])
