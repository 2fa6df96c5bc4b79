#!/usr/bin/env python3
"""What writers hand in who don't know the vocabulary: notes on books in Markdown and JSON of other shapes (shapes/) become documents, and each
word of theirs stands in the document or on a line that a message is about; the parts by what each language calls them; and what is
said of usual slips.

    shapes.py --program PATH [test…]
"""
import argparse
import collections
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHAPES = ROOT / 'tests/suite/shapes'
PARTS = ['hook', 'about', 'overview', 'takeaways', 'cues', 'story', 'questions', 'comparison', 'people', 'discussion', 'warnings', 'notes',
         'brand']
FRONT = ('---\nversion: 1\nlang: %s\nwork:\n  title: Lamp\n  contributors:\n    - {role: author, text: Ann Example}\n'
         'edition:\n  date: 2024-05-31\n---\n\n')
# What a part holds, behind its heading.
CONTENT = {'takeaways': '### Xx\n\nYy.\n', 'cues': '### Xx\n\nYy.\n', 'story': '### Xx\n\nYy.\n', 'questions': '### Xx\n\nYy.\n',
           'people': '### Xx\n\nYy.\n', 'comparison': '### Xx\n\nYy.\n', 'discussion': '- Xx\n', 'warnings': '- Xx\n'}
JSON = {'version': '1', 'lang': 'en', 'work': {'title': 'Lamp', 'contributors': [{'role': 'author', 'text': 'Ann Example'}]},
        'edition': {'date': '2024-05-31'}, 'parts': [{'type': 'overview', 'blocks': ['Xx.']}]}
XML = ('<summary version="1" xml:lang="en"><work><title>Lamp</title><contributor role="author">Ann Example</contributor></work>'
       '<edition><date>2024-05-31</date></edition>\n<overview><p>Xx.</p></overview></summary>\n')
# Front matter or text of Markdown, changed; what is said: code, line, column, of the hint.
MARKDOWN_SLIPS = [
    ('## Overview', '# Overview', [('E0112', 12, 3, 'write ## Overview')]),
    ('## Overview', '## Favourite quotes', [('E0112', 12, 4, 'Overview, Takeaways, Memory cues')]),
    ('## Overview', '##Overview', [('E0112', 12, 1, 'write ## Its words')]),
    ('## Overview\n\n', 'Yy.\n\n## Overview\n\n', [('E0201', 12, 1, 'a text stands in a part')]),
    ('## Overview\n\nXx.', '## What\n\n### One\n\nXx.', [('E0112', 12, 4, 'the parts are')]),
    ('Xx.', 'Xx <img src="a.png"> yy.', [('E0102', 14, 5, 'a picture is')]),
    ('Xx.', 'Xx<br>yy.', [('E0102', 14, 4, 'a new paragraph is')]),
    ('  contributors:\n    - {role: author, text: Ann Example}', '  author: Ann Example', [('E0201', 6, 3, '"contributors": [{"role": "author"')]),
    ('  title: Lamp', '\ttitle: Lamp', [('E0111', 5, 1, 'indented by spaces')]),
    ('lang: en', 'lang: English', [('E0211', 3, 7, 'write en')]),
    ('version: 1', 'version: 1.0', [('E0205', 2, 10, 'the version is 1')]),
    ('## Overview\n\nXx.', '## Warnings\n\nXx.', [('E0202', 12, 4, 'a warning (- **what** where)')]),
]
XML_SLIPS = [
    ('<contributor role="author">', '<author>', '</contributor>', '</author>', 'E0201', '<contributor role="author">'),
    ('<overview><p>Xx.</p></overview>', '<overview><p>Xx.</p></overview><characters><p>Yy.</p></characters>', '', '', 'E0201', '<people>'),
    ('Xx.', 'Xx.<br>', '', '', 'E0102', 'a new paragraph is'),
]
# Keys of JSON, changed.
JSON_SLIPS = [
    ({'parts': [{'type': 'questions', 'items': [{'question': 'Xx?', 'answer': 'Yy.'}]}]}, 'E0214', 'write ["…"]'),
    ({'parts': [{'type': 'questions', 'items': [{'question': 'Xx?', 'answer': 5}]}]}, 'E0214', 'write ["…"]'),
    ({'parts': {'overview': ['Xx.']}}, 'E0214', 'write [{"type": "hook", …}]'),
    ({'parts': [{'type': 'overview', 'blocks': ['Xx.', None]}]}, 'E0214', 'leave it out'),
    ({'parts': [{'type': 'characters', 'items': []}]}, 'E0201', 'did you mean "people"?'),
    ({'parts': [{'type': 'overview', 'blocks': [{'type': 'quote', 'paragraphs': ['Xx.']}]}]}, 'E0201', 'did you mean "blockquote"?'),
    ({'parts': [{'type': 'takeaways', 'items': [{'title': 'Xx', 'blocks': ['Yy.']}]}]}, 'E0201', '"headline": "…"'),
    ({'title': 'Lamp'}, 'E0201', 'it stands in "work"'),
    ({'author': 'Ann Example'}, 'E0201', '"contributors": [{"role": "author"'),
    ({'takeaways': []}, 'E0201', '{"type": "takeaways", …}'),
    ({'work': {'title': 'Lamp', 'contributors': 'Ann Example'}}, 'E0214', 'write [{"role": "…", "text": "…"}]'),
]
JSON_TEXTS = [
    ('```json\n%s\n```\n', 'E0110', 'take the lines ``` away'),
    ('{"version": “1”}', 'E0110', 'straight ones'),
    ('{"version": None}', 'E0110', 'write null'),
    ('{"version": True}', 'E0110', 'write true'),
]

program = None


def words(text):
    return re.findall(r'[^\W_]+', html.unescape(text).lower())


def strings(value):
    if isinstance(value, str):
        # Marks at words are no part of them.
        yield re.sub(r'<[^>]*>', lambda tag: ' '.join(['', *re.findall(r'=["\'](.*?)["\']', tag[0]), '']), value)
    for inside in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(inside)


class Shapes(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)

    def run_it(self, *arguments):
        done = subprocess.run([program, *map(str, arguments), '--format', 'json'], cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        return done, [json.loads(line) for line in done.stderr.splitlines()]

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding='utf-8')
        return name

    def test_each_word_is_kept_or_told(self):
        found = sorted(SHAPES.iterdir())
        self.assertGreater(len(found), 20)
        for source in found:
            with self.subTest(source.name):
                done, told = self.run_it('convert', source, '--to', 'json')
                self.assertEqual(done.returncode, 0, done.stderr)
                said = collections.Counter(words(' '.join(strings(json.loads(done.stdout)))))
                about = {message.get('line', 0) for message in told}
                messages = ' '.join(message['message'] for message in told).lower()
                lost, key_told, kept = [], False, []
                text = source.read_text(encoding='utf-8')
                for number, line in enumerate(text.splitlines(), 1):
                    # A message about a key is about all that stands below it.
                    key_told = number in about or (key_told and line.startswith((' ', '\t')))
                    # A title is kept once.
                    if key_told or (line.startswith('# ') and re.search('^tit(le|re): ' + re.escape(line[2:]) + '$', text, re.M)):
                        continue
                    if source.suffix == '.md':
                        # Signs of lists and notes, names of codes' languages and tags are no words.
                        line = re.sub(r'^\s*(\d+[.)])\s|\[\^\w+\]:?|^```\w*|</?\w[^>]*>', ' ', line)
                    kept += [(number, word) for word in words(re.sub(r'^ *"\w+": (null,?$)?', '', line) if source.suffix == '.json' else line)]
                for number, word in kept:
                    said[word] -= 1
                    if said[word] < 0 and word not in messages and word not in ('title', 'titre', 'auteur', 'date', 'lang', 'true', 'false'):
                        lost.append((number, word))
                self.assertEqual(lost, [])

    def test_what_holds_nothing_is_left_out(self):
        nothing = [[], {}, '', ' ', None, [None], ['', None], [[]], {'a': None}, {'title': ''}, [{'title': '', 'text': []}]]
        for level in ('%s', '{"sections": [{"title": "Deep", "text": "Zz.", "more": %s}]}', '["One", null, {"title": "Two", "tags": %s}]'):
            for value in nothing:
                text = json.dumps({'title': 'Lamp', 'key_takeaways': json.loads(level % json.dumps(value)), 'overview': ['Xx.', None]})
                with self.subTest(text):
                    done, told = self.run_it('convert', self.write('a.json', text), '--to', 'json')
                    self.assertEqual(done.returncode, 0, done.stderr)
                    said = words(' '.join(strings(json.loads(done.stdout))))
                    self.assertNotIn('null', said)
                    self.assertIn('xx', said)
                    self.assertEqual('takeaways' in said, level != '%s')
                    self.assertTrue(value is None or level != '%s' or any(m['code'] == 'W0113' for m in told), told)

    def test_signs_of_other_languages_are_text(self):
        # What HTML means, or the characters themselves; wherever a text may stand.
        for signs, meant in (('Q&nbsp;R', 'Q\xa0R'), ('&copy; Q', '\xa9 Q'), ('AT&T; Q', 'AT&T; Q'), ('Q &zork; R', 'Q &zork; R'), ('Q &#0; R', 'Q &#0; R'),
                             ('Q &#; R', 'Q &#; R'), ('&#X41;Q', 'AQ'), ('Q &#1114112; R', 'Q &#1114112; R'), ('Q ]]> R', 'Q ]]> R'),
                             ('Q &amp; R', 'Q & R'), ('Q & R', 'Q & R'), ('&' + 'q' * 40 + ';', '&' + 'q' * 40 + ';'), ('Q &lt;R', 'Q <R')):
            for place in ('%s', '<div>%s</div>', '- %s', '`%s`', '[x](https://example.org/?q=%s)', '<p title="%s">Xx.</p>', '![%s](a.png)', '### %s\n\nXx.'):
                if (signs, place[:3]) == ('Q&nbsp;R', '[x]'):
                    continue  # no address
                with self.subTest(place % signs):
                    done, _ = self.run_it('convert', self.write('a.md', '# Lamp\n\n## Plot\n\n%s\n' % (place % signs)), '--to', 'xml')
                    self.assertEqual(done.returncode, 0, done.stderr)
                    if '](' not in place and '`' not in place and 'title' not in place:
                        self.assertIn(meant, ''.join(ET.fromstring(done.stdout).itertext()))
            done, _ = self.run_it('convert', self.write('a.json', json.dumps({'title': 'Lamp', 'plot': signs, signs: ['Xx.', signs]})), '--to', 'xml')
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(signs, ''.join(ET.fromstring(done.stdout).itertext()))

    def test_styles_and_scripts_are_no_text(self):
        for name in ('style', 'script', 'SCRIPT'):
            for inside in ('', 'p { color: red }', 'if (a</b) x = "<p>y</p>";\n\nlet y;'):
                for close in ('</%s>' % name.lower(), ''):
                    with self.subTest((name, inside, close)):
                        text = '# Lamp\n\n## Plot\n\nXx.\n\n<%s type="a">%s%s\n' % (name, inside, close) + ('<p>Yy.</p>\n\nZz.\n' if close else '')
                        done, told = self.run_it('convert', self.write('a.md', text), '--to', 'xml')
                        self.assertEqual(done.returncode, 0, done.stderr)
                        story = ET.fromstring(done.stdout).find('story')
                        self.assertEqual(words(' '.join(story.itertext())), ['plot', 'xx', 'yy', 'zz'] if close else ['plot', 'xx'])
                        self.assertTrue(any('<%s>' % name.lower() in m['message'] for m in told), told)

    def test_titles_that_say_themselves_stay(self):
        for title, taken in (('Notes of a Native Son', 'Notes of a Native Son'), ('Bird by Bird', 'Bird by Bird'), ('One by One', 'One by One'),
                             ('Summary of “Death by Chocolate”', 'Death by Chocolate'), ('Notes of “Lamp”', 'Lamp'), ('Lamp – Book notes', 'Lamp'),
                             ('Review of an Era', 'Review of an Era'), ('Summary of Lamp', 'Lamp')):
            for name, text in (('a.json', json.dumps({'title': title, 'author': 'Ann Example', 'plot': 'Xx.'})),
                               ('a.md', '---\ntitle: %s\n---\n\nby Ann Example\n\n## Plot\n\nXx.\n' % title),
                               ('b.md', '# %s\n\nby Ann Example\n\n## Plot\n\nXx.\n' % title)):
                with self.subTest((name, title)):
                    done, told = self.run_it('convert', self.write(name, text), '--to', 'json')
                    work = json.loads(done.stdout)['work']
                    self.assertEqual((work['title'], work['contributors']), (taken, [{'role': 'author', 'text': 'Ann Example'}]))
                    if taken != title:
                        self.assertIn("'%s' is taken as the work's title" % taken, [m['message'] for m in told if m['code'] == 'N0114'])
        for name, text in (('a.json', '{"title": "Lamp", "date": "2024-05-31T10:20:00Z", "plot": "Xx."}'),
                           ('a.md', '---\ntitle: Lamp\ndate: 2024-05-31T10:20:00Z\n---\n\n## Plot\n\nXx.\n')):
            told = self.run_it('convert', self.write(name, text), '--to', 'json')[1]
            self.assertIn("'T10:20:00Z' of the date is left out", [m['message'] for m in told if m['code'] == 'W0113'])

    def test_the_overview_is_what_its_heading_says(self):
        for name, text in (('german.md', 'Eine Uhrmacherin baut eine Uhr'), ('htmlish.md', 'A printer floods a city'), ('llm.md', 'explores how plants were'),
                           ('obsidian.md', 'tells the story of a nurse'), ('readme.md', 'A compiler that never prints'), ('setext.md', 'A ladder leans against')):
            with self.subTest(name):
                root = ET.fromstring(self.run_it('convert', SHAPES / name, '--to', 'xml')[0].stdout)
                self.assertIn(text, ' '.join(''.join(root.find('overview').itertext()).split()))
        # A line that names the author alone is said by <contributor>; other text stays before the overview, behind its title.
        for line, before in (('by Ann Example', ''), ('Yy.', 'Yy.'), ('by [Ann Example](https://example.org/)', 'by Ann Example'), ('by Ann Example, who knows', 'by Ann Example, who knows')):
            for heading, title in (('Summary', ''), ('Synopsis', 'Synopsis')):
                with self.subTest((line, heading)):
                    self.write('a.md', '# Lamp\n\n%s\n\n## %s\n\nXx.\n\n## Overview\n\nZz.\n' % (line, heading))
                    root = ET.fromstring(self.run_it('convert', 'a.md', '--to', 'xml')[0].stdout)
                    said = [''.join(e.itertext()) for e in root.find('overview')]
                    self.assertEqual(said, [text for text in (title, before, 'Xx.') if text])
                    self.assertEqual(words(' '.join(root.find('story').itertext())), ['overview', 'zz'])

    def test_the_author_among_such_lines(self):
        for lines in ('**Author:** Rosa Quint  \n**Genre:** Essay', '**Author:** Rosa Quint\n**First Publication:** 2019', 'Author: Rosa Quint',
                      '- Author: Rosa Quint\n- Genre: Essay', '- **Genre:** Essay\n- **Author:** [[Rosa Quint]]', '- Author: Rosa Quint\n\n- Genre: Essay',
                      'Genre: Essay Author: Rosa Quint Pages: 90', '> Author: Rosa Quint\n> Genre: Essay', 'by Rosa Quint, who knows Author: Rosa Quint'):
            with self.subTest(lines):
                done, told = self.run_it('convert', self.write('a.md', '# Lamp\n\n%s\n\n## Plot\n\nXx.\n' % lines), '--to', 'json')
                self.assertEqual(json.loads(done.stdout)['work']['contributors'], [{'role': 'author', 'text': 'Rosa Quint'}], done.stderr)
        done = self.run_it('convert', SHAPES / 'llm.md', '--to', 'json')[0]
        self.assertEqual(json.loads(done.stdout)['work']['contributors'], [{'role': 'author', 'text': 'Rosa Quint'}])

        # A heading that begins as such a line does in another language is none.
        for text in ('# Lamp\n\n**Von Neumann**\n\nXx.\n\n**Plot**\n\nYy.\n', '# Lamp\n\n## Von Neumann\n\nXx.\n', '# Lamp\n\n## De Luca\n\nXx.\n'):
            with self.subTest(text):
                root, _ = self.converted('a.md', text)
                self.assertEqual(root.find('work/contributor').text, 'TODO')
                self.assertIn(root.find('.//chapter/title').text, ('Von Neumann', 'De Luca'))
        for text in ('# Lampe\n\n## von Rosa Quint\n\nXx.\n', '# Lampe\n\n**Autorin: Rosa Quint**\n\nXx.\n', '# Lampe\n\nVon Rosa Quint\n\nXx.\n'):
            self.assertEqual(self.converted('a.md', text)[0].find('work/contributor').text, 'Rosa Quint')

    def converted(self, name, text):
        done, told = self.run_it('convert', self.write(name, text), '--to', 'xml')
        self.assertEqual(done.returncode, 0, done.stderr)
        return ET.fromstring(done.stdout), told

    def said_of(self, told, code):
        return ' '.join(m['message'] for m in told if m['code'] == code)

    def test_links_that_are_none_leave_their_words(self):
        for address in ('http://example.org/[a]', '<https://example.org/a b>', 'http://example.org:99999/', 'https://example.org/%zz', 'tel:+1', 'http://',
                        'https://example.org/' + 'a' * 6000, 'mailto:nobody', 'https://u:p@example.org/', ''):
            for text in ('Xx [zork](%s) yy.', '- [zork](%s)', '> [zork](%s)', '# A\n\n## [zork](%s)\n\nYy.'):
                with self.subTest((address[:40], text)):
                    root, told = self.converted('a.md', '# Lamp\n\n## Other\n\n' + text % address + '\n')
                    self.assertIsNone(root.find('.//a'))
                    self.assertIn('zork', words(' '.join(root.itertext())))
                    self.assertIn('its words stay', self.said_of(told, 'W0113'))
        root, told = self.converted('a.md', '# Lamp\n\n[![Zork](a%20b.png)](https://example.org/) [Yy](HTTPS://EXAMPLE.ORG/)\n')
        self.assertEqual(root.find('.//figure').get('src'), 'a b.png')
        self.assertEqual([a.text for a in root.iter('a')], ['Yy'])
        self.assertIn('has no words', self.said_of(told, 'W0113'))

    def test_headings_of_any_depth(self):
        body = '%(h)s Overview\n\nXx.\n\n---\n\n%(h)s Key takeaways\n\n%(i)s One\n\nYy.\n\n---\n\n%(h)s Discussion questions\n\n1. Zz?\n'
        for before, part, item in (('# Lamp\n\n', '##', '###'), ('# Lamp\n\n', '###', '####'), ('## Lamp\n\n', '###', '####'), ('', '###', '####'),
                                   ('Sure, here it is.\n\n# Lamp\n\n', '####', '#####'), ('# Lamp\n\n', '#', '##')):
            with self.subTest((before, part)):
                root, told = self.converted('a.md', before + body % {'h': part, 'i': item})
                self.assertEqual([e.tag for e in root][2:], ['overview', 'takeaways', 'discussion'])
                self.assertEqual(root.find('takeaways/takeaway/headline').text, 'One')
                self.assertEqual(root.find('work/title').text, 'Lamp' if before else 'TODO')
                self.assertIn('lines (---)', self.said_of(told, 'W0113'))
        root, _ = self.converted('a.md', '**Lamp**\n\n**Author:** Rosa Quint\n\n**Summary**\n\nXx.\n\n**Key takeaways**\n\n1. One: yy\n2. Two – zz\n')
        self.assertEqual([e.tag for e in root][2:], ['overview', 'takeaways'])
        self.assertEqual((root.find('work/title').text, root.find('work/contributor').text), ('Lamp', 'Rosa Quint'))
        self.assertEqual([h.text for h in root.iter('headline')], ['One', 'Two'])

    def test_items_without_headings(self):
        for text, lines in (('**Etta**: keeps it.\n**Jo**: lights it.', ['Etta', 'Jo']), ('- Etta: keeps it.\n- Jo – lights it.', ['Etta', 'Jo']),
                            ('**Etta**\n\nKeeps it.\n\n- Always.\n\n**Jo**\n\nLights it.', ['Etta', 'Jo']), ('- **Etta** keeps it\n  - always', ['Etta']),
                            ('- Etta：守る。', ['Etta'])):
            with self.subTest(text):
                root, _ = self.converted('a.md', '# Lamp\n\n## Characters\n\n%s\n' % text)
                self.assertEqual([e.text for e in root.iter('name')], lines)
        # Each text's beginning is its own, however many follow.
        for said in ('.5 percent of lamps fail.', '...and so on.', '–5 degrees.', '-5 degrees.', '. Yy.', '- 5 lamps.'):
            for text in ('**One**: %s\n\n**Two**: yy.\n\n**Three**: zz.', '**One**: %s\n**Two**: yy.', '- **One**: %s', '- One: %s'):
                with self.subTest((said, text)):
                    root, _ = self.converted('a.md', '# Lamp\n\n## Takeaways\n\n%s\n' % (text % said))
                    self.assertEqual(root.find('takeaways/takeaway/p').text, said)
        for text, said in (('**One**.5 percent', '.5 percent'), ('**One**. Yy.', 'Yy.'), ('**One** – 5 lamps', '5 lamps'), ('**One** –5 lamps', '–5 lamps')):
            root, _ = self.converted('a.md', '# Lamp\n\n## Takeaways\n\n%s\n' % text)
            self.assertEqual(root.find('takeaways/takeaway/p').text, said)
        root, told = self.converted('a.md', '# Lamp\n\n## Questions\n\n1. Who?\n2. Why?\n\n## Takeaways\n\n- One\n')
        self.assertEqual([e.text for e in root.iter('question')], ['Who?', 'Why?'])
        self.assertEqual(root.find('story/chapter/title').text, 'Takeaways')

    def test_a_picture_wherever_it_stands(self):
        for place in ('- one %s', '- one %s yy\n- two', '- one\n\n  more %s', '- %s', '- %s %s', '> one %s yy', '> one\n>\n> %s %s', '> %s %s', '> - a\n>\n> one %s', '| a | b |\n|---|---|\n| %s | x |','| a | %s |\n|---|---|\n| b | x |', '> one\n>\n> — %s', '> one\n>\n> — %s, page 7', '> - one\n>\n> — %s',
                      '### One %s\n\nYy.', 'Yy.[^1]\n\n[^1]: Note %s zz.', '- **One**: y %s', '- **One %s**: y', '- One: y %s\n- Two: z', '- One: y %s\n- two', '**One**: text %s\n**Two**: zz.',
                      '**One**\n\nYy %s.', '> one\n>\n> — Ann %s', '### One\n\n%s', '### One\n\nYy.\n\n- zz %s', '- [%s](https://example.org/)', '1. Who? %s'):
            for part in ('Overview', 'Synopsis', 'Key takeaways', 'Characters', 'Memory cues', 'FAQ', 'Discussion', 'Warnings', 'Notes', 'Plot', 'Other'):
                with self.subTest((place, part)):
                    root, told = self.converted('a.md', '# Lamp\n\n## %s\n\n%s\n' % (part, place.replace('%s', '![zork](p.png)')))
                    self.assertEqual([e.get('src') for e in root.iter('figure')], ['p.png'] * place.count('%s'))
        for heading in ('Lamp', 'Overview', 'Synopsis', 'Plot', 'Chapters', 'Characters', 'Other'):
            with self.subTest(heading):
                text = '# Lamp\n\n## Overview\n\nXx.\n\n## Plot\n\nXx.\n\n## Chapters\n\nXx.\n\n## Synopsis\n\nXx.\n\n## Characters\n\n- **Jo**: xx.\n\n## Other\n\nXx.\n'
                root, _ = self.converted('a.md', text.replace('# %s\n' % heading, '# %s ![zork](p.png)\n' % heading, 1))
                self.assertEqual(len(list(root.iter('figure'))), 1)
        for heading, before in (('Story', []), ('Plot', ['title'])):
            root, _ = self.converted('a.md', '# Lamp\n\n## %s ![zork](p.png)\n\nXx.\n' % heading)
            self.assertEqual([e.tag for e in root.find('story')], [*before, 'figure', 'p'])

    def test_all_of_an_entry_is_kept(self):
        for part in ('Notes', 'Discussion', 'Warnings'):
            for entry in ('- one\n\n  zork', '- one\n\n  > zork', '- one\n  - zork', '- one\n\n  | zork | b |\n  |---|---|\n  | c | d |', '- one\n\n  # zork', '- > zork', '- one\n\n      zork'):
                with self.subTest((part, entry)):
                    root, _ = self.converted('a.md', '# Lamp\n\n## %s\n\n%s\n' % (part, entry))
                    self.assertIn('zork', words(' '.join(root.itertext())))

    def test_what_other_languages_call_it(self):
        for lang, title, text, parts, author in (
                ('de', 'Lampe', '# Zusammenfassung: Lampe\nvon Rosa Quint\n\n## Inhalt\n\nXx.\n\n## Figuren\n\n- Etta: hütet sie.\n', ['overview', 'people'], 'Rosa Quint'),
                ('fr', 'Lampe', '---\ntitre: Lampe\nauteur: "[[Rosa Quint]]"\nlangue: français\n---\n\n## À retenir\n\n- Un : xx.\n', ['takeaways'], 'Rosa Quint'),
                ('ru', 'Лампа', '# Краткое содержание: «Лампа»\n\nАвтор: Р. К. Квинт\n\n## Персонажи\n\n- **Этта** — сторож.\n', ['people'], 'Р. К. Квинт'),
                ('ar', 'المصباح', '# ملخص كتاب المصباح\n\nتأليف: روزا كوينت\n\n## نبذة\n\nحارس.\n', ['overview'], 'روزا كوينت'),
                ('ja', '灯', '# 『灯』山田花子\n\n## あらすじ\n\n灯を守る。\n', ['overview'], '山田花子'),
                ('es', 'Lámpara', '# 📚 Resumen de Lámpara\n\n**Autora:** Rosa Quint\n\n## Ideas clave\n\n- **Uno**: xx.\n', ['takeaways'], 'Rosa Quint'),
                ('en', 'Lamp', '+++\ntitle = "Lamp"\ndate = 2024-05-31\nauthor = "Rosa Quint"\n[params]\n  mood = \'calm\'\n+++\n\n## Plot\n\nXx.\n', ['story'], 'Rosa Quint'),
                ('en', 'Lamp', '# Lamp\n\n*by Rosa Quint (1931)*\n\n## Plot\n\nXx.\n', ['overview', 'story'], 'Rosa Quint')):
            with self.subTest(text):
                root, told = self.converted('a.md', text)
                self.assertEqual(root.get('{http://www.w3.org/XML/1998/namespace}lang'), lang)
                self.assertEqual((root.find('work/title').text, root.find('work/contributor').text), (title, author))
                self.assertEqual([e.tag for e in root][2:], parts)
        self.assertIn("'mood'", self.said_of(self.converted('a.md', '+++\ntitle = "Lamp"\n[params]\n  mood = "calm"\n+++\n\n## Plot\n\nXx.\n')[1], 'W0113'))
        root, _ = self.converted('a.json', '{"Titel": "Lampe", "autor": "Rosa Quint", "sprache": "Deutsch", "zusammenfassung": "Xx.", "figuren": [{"name": "Etta", "beschreibung": "Yy."}]}')
        self.assertEqual([e.tag for e in root][2:], ['overview', 'people'])
        self.assertEqual(root.find('work/title').text, 'Lampe')

    def test_front_matter_in_toml(self):
        for line, authors in (('title="Lamp"', []), ('title  =   "Lamp"', []), ('title = "La\\u006dp"', []), ("title = 'Lamp' # told", []), ('title="Lamp"# told', []), ('title = """\nLamp"""', []), ("title = '''\nLamp'''", []),
                              ('tags = [\n  "a=b", # ]\n  "c",\n]\ntitle="Lamp"', []), ('title="Lamp"\nauthors = [\n "Rosa Quint",\n \'Ann Example\',\n]', ['Rosa Quint', 'Ann Example']),
                              ('title="Lamp"\nextra={a="b",c=["d"]}\n[author]\n', []), ('# "\n\n\t title\t=\t"Lamp"\r', [])):
            with self.subTest(line):
                root, told = self.converted('a.md', '+++\n%s\n+++\n\n## Plot\n\nXx.\n' % line)
                self.assertEqual((root.find('work/title').text, [e.text for e in root.iter('contributor') if e.text != 'TODO']), ('Lamp', authors))
                self.assertEqual([e.tag for e in root][2:], ['story'])
        for text, title in (('"""Say "Yy", \\\n   \\"zz\\" \\\\ it: # 5"""', 'Say "Yy", "zz" \\ it: # 5'), ("'''It's \\n'''", "It's \\n"), ('"a = b: [c]"', 'a = b: [c]')):
            self.assertEqual(self.converted('a.md', '+++\ntitle=%s\n+++\n\n## Plot\n\nXx.\n' % text)[0].find('work/title').text, title)
        # What is told has its own place.
        told = self.converted('a.md', '+++\ntitle="Lamp"\ntags=[\n"a",\n]\nmood="calm"\n+++\n\n## Plot\n\nXx.\n')[1]
        self.assertEqual([m['line'] for m in told if m['code'] == 'W0113' and 'mood' in m['message']], [6])
        for text, line in (('title = Lamp: "x', 2), ('title = "Lamp\nmood = 1', None), ('zork', None), ('a = [', None), ('a = """', None), ('a = """bcdef\nghi = 5', None), ('a = "\\', None), ('a = "', None), ('=', None), ('a =', None),
                           ("a = '''''", None), ('x=5\n' * 20000, 1)):
            with self.subTest(text[:20]):
                done, told = self.run_it('convert', self.write('a.md', '+++\n%s\n+++\n\n## Plot\n\nXx.\n' % text), '--to', 'xml')
                self.assertEqual(done.returncode, 1, text)
                self.assertTrue(done.returncode == 0 or any(m['code'] == 'E0111' and line in (None, m['line']) for m in told), told)

    def test_json_among_words(self):
        json_text = '{"title": "Lamp", "author": "Rosa Quint", "summary": "Xx {yy}."}'
        for before, behind in (('```json\n', '\n```\n'), ('Here it is:\n\n', '\n\nDone!'), ('', '\n```'), ('\ufeff```\n', '\n```')):
            with self.subTest(before):
                root, told = self.converted('a.json', before + json_text + behind)
                self.assertEqual(root.find('overview/p').text, 'Xx {yy}.')
                self.assertIn('around the JSON', self.said_of(told, 'W0116'))
        root, told = self.converted('a.json', '```json\n%s\n```\n' % json.dumps(JSON))
        self.assertEqual(root.find('overview/p').text, 'Xx.')

    def test_markup_in_strings_of_json(self):
        for text, found in (('Xx **zork**.', 'strong'), ('Xx *zork*.', 'em'), ('Aa.\n\n- zork\n- yy', 'ul/li'), ('Aa.\n\n> zork', 'blockquote/p'), ('[zork](https://example.org/)', 'a'),
                            ('Aa.\n\n1. zork\n2. yy', 'ol/li'), ('<p>zork</p><p>Yy</p>', 'p')):
            for place in ({'summary': text}, {'summary': [text]}, {'chapters': [{'chapter_title': 'One', 'text': text}]}):
                with self.subTest((text, place)):
                    root, _ = self.converted('a.json', json.dumps({'title': 'Lamp', **place}))
                    self.assertIn('zork', [e.text for e in root.iterfind('.//' + found)])
        # The place of what is told is that in the JSON.
        told = self.converted('a.json', '{"title": "Lamp",\n "summary": "\\u00e9 [zork](tel:1)"}')[1]
        self.assertEqual([(m['line'], m['column']) for m in told if m['code'] == 'W0113'], [(2, 21)])
        root, _ = self.converted('a.json', json.dumps({'data': {'attributes': {'title': 'Lamp', 'author': {'first': 'Rosa', 'last': 'Quint'}, 'quotes': [
            {'text': 'Zork.', 'speaker': 'Etta', 'page': 7}, {'quote': 'Yy.', 'character': 'Jo', 'mood': 'calm'}]}}}))
        self.assertEqual((root.find('work/title').text, root.find('work/contributor').text), ('Lamp', 'Rosa Quint'))
        self.assertEqual([e.text for e in root.iter('speaker')], ['Etta', 'Jo'])
        self.assertEqual([e.text for e in root.iter('locator')], ['page 7'])
        self.assertIn('calm', words(' '.join(root.itertext())))

    def test_keys_around_all_of_json(self):
        for text, title, chapters in (({'themes': {'Love': 'Xx.', 'Death': 'Yy.'}}, 'TODO', ['Love', 'Death']), ({'zork': {'title': 'Lamp', 'plot': 'Xx.'}}, 'Lamp', []),
                                      ({'book_summary': {'title': 'Lamp', 'overview': 'Xx.', 'takeaways': [{'title': 'One', 'text': 'Yy.'}]}}, 'Lamp', []),
                                      ({'summary': {'title': 'Lamp', 'author': 'Rosa Quint', 'text': 'Xx.'}}, 'Lamp', None),
                                      ({'summary': {'chapter': {'title': 'One', 'text': 'Xx.'}}}, 'TODO', []), ({'chapters': {'One': 'Xx.'}}, 'TODO', None)):
            with self.subTest(text):
                root, told = self.converted('a.json', json.dumps(text))
                self.assertEqual(root.find('work/title').text, title)
                self.assertTrue(chapters is None or [e.text for e in root.iterfind('story/chapter/title')] == chapters)
                key = next(iter(text))
                kept = [e.tag for e in root][2:] == [{'summary': 'overview', 'chapters': 'story'}.get(key)]
                self.assertTrue(kept or '"%s" is left out' % key in self.said_of(told, 'W0113'), told)

    def test_headings_in_strings_of_json(self):
        for item in ({'title': 'Two', 'detail': '## Deep\n\nzork'}, {'title': 'Two', 'mood': '# Deep\n\nzork'}, {'title': 'Two', 'text': ['## Deep\n\nzork', 'yy']}):
            for items in ([{'title': 'One', 'text': 'x'}, item], [item]):
                with self.subTest(items):
                    root, _ = self.converted('a.json', json.dumps({'title': 'Lamp', 'takeaways': items}))
                    self.assertEqual([e.tag for e in root][2:], ['takeaways'])
                    self.assertIn('zork', words(' '.join(root.findall('takeaways/takeaway')[-1].itertext())))
        # A text that is the whole document keeps its parts.
        for text in ({'title': 'Lamp', 'summary': '## Overview\n\nXx.\n\n## Discussion\n\n- Yy?'}, {'title': 'Lamp', 'sections': [{'text': '## Overview\n\nXx.\n\n## Discussion\n\n- Yy?'}]}):
            with self.subTest(text):
                root, _ = self.converted('a.json', json.dumps(text))
                self.assertEqual([e.tag for e in root][2:], ['overview', 'discussion'])
        root, told = self.converted('a.json', '{"title": "Lamp", "quotes": [{"id": 1, "type": "quote", "quote": "Hi", "mood": "calm"}]}')
        self.assertEqual(words(' '.join(root.find('story').itertext())), ['quotes', 'hi', 'mood', 'calm'])
        for key in ('id', 'type'):
            self.assertIn('"%s" is left out' % key, self.said_of(told, 'W0113'))

    def test_empty_blocks_are_left_out(self):
        for blocks in ('-\n-', '1.', '>', '> -', '- -', '- > -', '- <style>x</style>', '> > - >', '-\n- Kk.'):
            for part in ('Plot', 'Discussion', 'Characters', 'Other'):
                with self.subTest((part, blocks)):
                    done, told = self.run_it('convert', self.write('a.md', '# Lamp\n\n## Summary\n\nXx.\n\n## %s\n\n%s\n' % (part, blocks)), '--to', 'xml')
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual('kk' in words(done.stdout), 'Kk' in blocks)
                    self.assertIn('W0113', [m['code'] for m in told])

    def test_a_heading_of_nothing_is_told(self):
        for heading in ('## Plot\n\n### Zork', '## Plot\n\nYy.\n\n### Zork\n\n### Aa\n\nBb.', '## Zork', '## Plot\n\n### Zork\n\n-', '## Takeaways\n\n### Aa\n\nBb.\n\n### Zork'):
            with self.subTest(heading):
                done, told = self.run_it('convert', self.write('a.md', '# Lamp\n\n%s\n\n## Overview\n\nXx.\n' % heading), '--to', 'xml')
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn('zork', words(done.stdout + ' '.join(m['message'] for m in told if m['code'] == 'W0113')))

    def test_what_each_language_calls_the_parts(self):
        files = sorted((ROOT / 'layouts/languages').glob('*.xml'))
        self.assertGreater(len(files), 100)
        for file in files:
            labels = {e.get('name'): e.text for e in ET.parse(file).getroot().iter('label')}
            if 'part.hook' not in labels:
                continue  # those of another file
            ours = FRONT % file.stem + '\n'.join('## %s\n\n%s' % (name, CONTENT.get(name, 'Xx.\n')) for name in PARTS)
            theirs = FRONT % file.stem + '\n'.join(
                '## %s\n\n%s' % (labels['part.' + name].replace('{title}', 'Xx'), CONTENT.get(name, 'Xx.\n')) for name in PARTS)
            dumps = [self.run_it('convert', self.write('a.md', text), '--to', 'xml')[0] for text in (ours, theirs)]
            self.assertEqual(dumps[0].returncode, 0, dumps[0].stderr)
            self.assertEqual(dumps[0].stdout, dumps[1].stdout, file.stem + dumps[1].stderr[:500])

    def test_other_names_stay_titles(self):
        self.write('a.md', FRONT % 'en' + '## Main characters\n\n### Etta\n\nShe keeps it.\n\n## **Overview**:\n\nXx.\n\n## 2. Key takeaways\n\n'
                   '### Xx\n\nYy.\n')
        written = self.run_it('convert', 'a.md', '--to', 'xml')[0].stdout
        self.assertRegex(written, r'<people>\s*<title>Main characters</title>\s*<person>')
        self.assertRegex(written, r'<overview>\s*<p>')
        self.assertRegex(written, r'<takeaways>\s*<title>2. Key takeaways</title>')
        # The document's own label goes before the language's.
        self.write('b.md', (FRONT % 'de').replace('  date', '  labels:\n    - {name: part.story, text: Die Fahrt}\n  date') + '## Die Fahrt\n\nXx.\n')
        self.assertRegex(self.run_it('convert', 'b.md', '--to', 'xml')[0].stdout, r'<story>\s*<p>')

    def test_words_beside_a_label_stay(self):
        # The other title may stand in the heading and below it; other words are a title.
        for heading, title, attributes, stays in (('Beside The Wreck', 'Wreck', ' {prefix="The"}', False), ('Beside *Wreck*', 'Wreck', '', False),
                                                  ('Beside the fire of memory', 'Wreck', '', True), ('Beside 1984', '1984', '', True),
                                                  ('Beside Wreck 2', 'Wreck', '', True)):
            with self.subTest(heading):
                self.write('a.md', FRONT % 'en' + '## %s\n\n### %s%s\n\nYy.\n' % (heading, title, attributes))
                written = self.run_it('convert', 'a.md', '--to', 'xml')[0].stdout
                self.assertIn('<with>', written)
                self.assertEqual(words(heading)[-1] in words(written.split('<comparison>')[1].split('<with>')[0]), stays, written)
        # Labels that are no words name nothing.
        for label, part, heading in (('{title}', 'comparison', 'Favourite quotes'), ('***', 'story', '1984')):
            with self.subTest(label):
                front = (FRONT % 'en').replace('  date', '  labels:\n    - {name: part.%s, text: "%s"}\n  date' % (part, label))
                self.said(self.write('a.md', front + '## Overview\n\nXx.\n\n## %s\n\nYy.\n' % heading), [('E0112', 'the parts are')])

    def test_the_language_of_the_headings(self):
        self.write('a.md', '# Lampe\n\nvon Ann Example\n\n## Überblick\n\nXx.\n\n## Das Wichtigste\n\n- **Xx**: Yy.\n')
        done, told = self.run_it('convert', 'a.md', '--to', 'xml')
        self.assertIn('xml:lang="de"', done.stdout)
        self.assertIn("'de'", ' '.join(m['message'] for m in told if m['code'] == 'N0114'))

    def said(self, name, rows):
        done, told = self.run_it('check', name)
        errors = [m for m in told if m['severity'] == 'error']
        self.assertEqual([m['code'] for m in errors], [row[0] for row in rows], done.stderr)
        for message, row in zip(errors, rows):
            self.assertIn(row[-1], ' '.join(message.get('hints', [])), message)
            if len(row) == 4:
                self.assertEqual((message['line'], message['column']), row[1:3], message)

    def test_slips_in_markdown(self):
        text = FRONT % 'en' + '## Overview\n\nXx.\n'
        for before, after, rows in MARKDOWN_SLIPS:
            with self.subTest(after):
                self.assertIn(before, text)
                self.said(self.write('a.md', text.replace(before, after, 1)), rows)

    def test_slips_in_xml(self):
        for before, after, close, closed, code, hint in XML_SLIPS:
            with self.subTest(after):
                text = XML.replace(before, after, 1)
                self.said(self.write('a.xml', text.replace(close, closed, 1) if close else text), [(code, hint)])

    def test_a_word_is_bounded(self):
        for word, codes in (('a' * 10000, []), ('a' * 10001, ['E0108']), ('a' * 6000 + '<em>' + 'a' * 6000 + '</em>', ['E0108']), ('\u706f' * 20000, []),
                            ('\u0e01' * 20000, []), ('\u0430' * 10001, ['E0108']), ('a' * 9000 + '\u200b' + 'a' * 9000, []), ('a-' * 9000, []),
                            ('\u10d0' * 20000, ['E0108']), ('a' * 9500 + '\u1ea1' + 'a' * 9500, ['E0108']), ('&#x706F;' * 9000, []), ('&#x430;' * 9000, [])):
            with self.subTest((word[:9], len(word))):
                done, told = self.run_it('dump', self.write('a.xml', XML.replace('Xx.', word)), '--document')
                self.assertEqual([m['code'] for m in told if m['severity'] == 'error'], codes, done.stderr[:500])

        # JSON's escapes are characters too.
        for word, codes in (('\u706f' * 9000, []), ('\u0430' * 9000, []), ('\u0430' * 10001, ['E0108'])):
            done, told = self.run_it('dump', self.write('a.json', json.dumps({**JSON, 'parts': [{'type': 'overview', 'blocks': [word]}]})), '--document')
            self.assertEqual([m['code'] for m in told if m['severity'] == 'error'], codes, done.stderr[:500])

    def test_slips_in_json(self):
        for change, code, hint in JSON_SLIPS:
            with self.subTest(change):
                self.said(self.write('a.json', json.dumps({**JSON, **change})), [(code, hint)])
        for text, code, hint in JSON_TEXTS:
            with self.subTest(text):
                self.said(self.write('a.json', text.replace('%s', json.dumps(JSON))), [(code, hint)])


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    arguments, tests = parser.parse_known_args()
    program = str(pathlib.Path(arguments.program).resolve())
    unittest.main(argv=[sys.argv[0], *tests])
