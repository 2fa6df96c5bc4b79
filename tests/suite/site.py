#!/usr/bin/env python3
"""A site: what stands in the folder, that all links in it lead somewhere, that its files are export's, what a second run
writes, and that nothing that a summary says becomes markup.

    site.py --program PATH [test…]
"""
import argparse
import hashlib
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree as ET

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / 'examples'
BASE = 'https://books.example/lib/'
ATOM = '{http://www.w3.org/2005/Atom}'
OPEN_ACCESS = 'http://opds-spec.org/acquisition/open-access'
# Each product, and the options with which export makes the same file.
PRODUCTS = {
    '.pdf': ['--to', 'pdf'], '.epub': ['--to', 'epub'], '.kepub.epub': ['--to', 'kepub'],
    '.kindle.epub': ['--to', 'kindle'], '.large-print.pdf': ['--to', 'pdf', '--layout', 'large'],
    '.a4.pdf': ['--to', 'pdf', '--layout', 'print-a4'], '.letter.pdf': ['--to', 'pdf', '--layout', 'print-letter'],
    '.booklet.pdf': ['--to', 'booklet'], '.cards.pdf': ['--to', 'cards'],
    '.cards-3x5.pdf': ['--to', 'cards', '--card-size', '3x5'],
}
SOURCE = '''<?xml version="1.0" encoding="UTF-8"?>
<summary version="1" xml:lang="{lang}">
  <work><title>{title}</title><original-title>{work}</original-title>
    <contributor role="author" sort="Example, Ann">Ann Example</contributor><subject>{subject}</subject></work>
  <edition><date>{date}</date></edition>
  <overview><p>{text}</p></overview>
</summary>
'''
VOID = {'meta', 'link', 'img', 'br', 'hr', 'input', 'col', 'wbr'}
program = None


class Page(html.parser.HTMLParser):
    """The elements of a page with their attributes and texts; each end tag must close what is open."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.faults = [], [], []
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append('left open: %s' % self.open)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(self.elements[-1])

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.faults.append('</%s>' % tag)
        else:
            self.open.pop()

    def handle_data(self, data):
        for _, _, texts in self.open:
            texts.append(data)

    def all(self, tag):
        return [(attrs, ''.join(texts)) for name, attrs, texts in self.elements if name == tag]

    def ids(self):
        return [attrs['id'] for _, attrs, _ in self.elements if 'id' in attrs]


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob('*')) if path.is_file()}


def place(folder, origin, address):
    """The file that an address leads to from a file of the site, and the fragment; None: outside."""
    whole = urllib.parse.urljoin(BASE + urllib.parse.quote(origin), address)
    if not whole.startswith(BASE):
        return None, ''
    path, _, fragment = whole[len(BASE):].partition('#')
    path = urllib.parse.unquote(path)
    return folder / (path + 'index.html' if path == '' or path.endswith('/') else path), urllib.parse.unquote(fragment)


class Case(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.site = self.folder / 'site'

    def put(self, name, **values):
        values = {'lang': 'en', 'title': name, 'work': name, 'subject': 'Lights', 'date': '2024-05-31',
                  'text': 'The keeper counts barrels.'} | values
        path = self.folder / (name + '.xml')
        path.write_text(SOURCE.format(**values), encoding='utf-8')
        return path

    def run_it(self, *arguments, status=0, command='site'):
        run = subprocess.run([program, command, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(run.returncode, status, run.stderr)
        return run

    def build(self, *arguments, **more):
        return self.run_it(*arguments, '-o', 'site', '--base-url', BASE, **more)

    def check_links(self):
        """Every link of every page and feed leads to a file, each fragment to an element."""
        pages = {path: Page(path.read_text(encoding='utf-8')) for path in self.site.rglob('*.html')}
        count = 0
        for path, page in pages.items():
            origin = str(path.relative_to(self.site))
            self.assertEqual(page.faults, [], origin)
            ids = page.ids()
            self.assertEqual(len(ids), len(set(ids)), origin)
            for tag, attrs, _ in page.elements:
                for name in ('href', 'src', 'data-index'):
                    if name not in attrs:
                        continue
                    target, fragment = place(self.site, origin, attrs[name])
                    if target is None:
                        self.assertIn(tag, ('a',), '%s: %s is asked for' % (origin, attrs[name]))
                        continue
                    count += 1
                    self.assertTrue(target.is_file(), '%s: %s' % (origin, attrs[name]))
                    if fragment:
                        self.assertIn(fragment, pages[target].ids(), origin)
        feeds = [*self.site.glob('opds*.xml'), *self.site.glob('opds/**/*.xml')]
        for path in feeds:
            for link in ET.parse(path).iter(ATOM + 'link'):
                target, _ = place(self.site, str(path.relative_to(self.site)), link.get('href'))
                self.assertTrue(target.is_file(), link.get('href'))
                count += 1
        for path in [*self.site.glob('opds*.json'), *self.site.glob('opds/**/*.json')]:
            for address in re.findall(r'"href":"([^"]*)"', path.read_text(encoding='utf-8')):
                self.assertTrue(place(self.site, str(path.relative_to(self.site)), address)[0].is_file(), address)
                count += 1
        return count


class Tree(Case):
    def test_whole(self):
        sources = [EXAMPLES / name / 'summary.xml' for name in ('the-push', 'the-push-de', 'the-push-ar')]
        self.build('-q', *sources)
        self.assertGreater(self.check_links(), 200)
        files = tree(self.site)
        for path, data in files.items():
            if path.startswith('f/'):
                self.assertEqual(path.split('/')[1], hashlib.sha256(data).hexdigest()[:16])
        for name in ('index.html', 'opds.xml', 'opds.json', 'rss.xml', 'sitemap.xml', 'robots.txt', '_headers', 'search.json'):
            self.assertIn(name, files)
        # The same bytes, whatever is made first.
        shutil.copytree(self.site, self.folder / 'first')
        shutil.rmtree(self.site)
        (self.folder / 'site.manifest').unlink()
        self.build('-q', '-j', '1', *reversed(sources))
        self.assertEqual(tree(self.folder / 'first'), tree(self.site))
        # As export makes them.
        for ending, options in PRODUCTS.items():
            self.run_it('-q', *options, '-o', 'one/', sources[0], command='export')
            (made,) = [path for path in (self.folder / 'one').iterdir()]
            (ours,) = [data for path, data in files.items() if path.endswith('/the-push' + ending)]
            self.assertEqual(made.read_bytes(), ours, ending)
            made.unlink()
        self.page(files)
        self.feeds()

    def page(self, files):
        (path,) = [path for path in files if re.fullmatch(r's/the-push-\w+/en-gb/index.html', path)]
        page = Page(files[path].decode())
        # Warnings before what gives something away; takeaways on the page; the other languages.
        order = [attrs.get('class') for attrs, _ in page.all('section')]
        self.assertEqual(order, ['downloads', 'warnings', 'hook', 'overview', 'takeaways', 'questions', 'about', 'imprint'])
        self.assertIn('Love can fail to arrive', ''.join(text for attrs, text in page.all('section')))
        self.assertEqual([attrs['hreflang'] for attrs, _ in page.all('a') if 'hreflang' in attrs], ['ar', 'de'])
        buttons = {attrs['download']: text for attrs, text in page.all('a') if 'download' in attrs}
        self.assertEqual(sorted(buttons), sorted('the-push' + ending for ending in PRODUCTS))
        self.assertRegex(buttons['the-push.pdf'], r'^PDF\s+26 pages, \d+ kB\s*$')
        ((attrs, data),) = page.all('script')
        self.assertEqual(attrs, {'type': 'application/ld+json'})
        book, questions = json.loads(data)['@graph']
        self.assertEqual((book['@type'], book['about']['name'], book['about']['isbn']), ('Book', 'The Push', '9781984881663'))
        self.assertEqual(len(book['encoding']), len(PRODUCTS))
        self.assertIn('textual', book['accessMode'])
        self.assertEqual(questions['@type'], 'FAQPage')
        for one in questions['mainEntity']:
            self.assertIn(one['acceptedAnswer']['text'].split('. ')[0], ' '.join(''.join(text for _, text in page.all('section')).split()))
        (arabic,) = [path for path in files if path.endswith('/ar/index.html')]
        self.assertIn(({'lang': 'ar', 'dir': 'rtl'}), [attrs for attrs, _ in Page(files[arabic].decode()).all('html')])

    def feeds(self):
        """OPDS 1.2 and 2.0: from the root to a download, by each list."""
        def walk(path, found, seen):
            if path in seen:
                return
            seen.add(path)
            feed = ET.parse(path).getroot()
            for name in ('id', 'title', 'updated'):
                self.assertEqual(len(feed.findall(ATOM + name)), 1, path)
            for entry in feed.iter(ATOM + 'entry'):
                for name in ('id', 'title', 'updated'):
                    self.assertEqual(len(entry.findall(ATOM + name)), 1, path)
                links = {link.get('rel'): link for link in entry.iter(ATOM + 'link')}
                for rel, link in links.items():
                    if 'profile=opds-catalog' in link.get('type'):
                        walk(place(self.site, '', link.get('href'))[0], found, seen)
                if OPEN_ACCESS in links:
                    self.assertLessEqual({'alternate', 'http://opds-spec.org/image', 'http://opds-spec.org/image/thumbnail'}, set(links))
                    found.setdefault(entry.findtext(ATOM + 'id'), set()).add(str(path.relative_to(self.site).parent))

        found = {}
        walk(self.site / 'opds.xml', found, set())
        self.assertEqual(len(found), 3)
        for lists in found.values():
            self.assertLessEqual({'newest', 'language', 'subject', 'length'}, {name.split('/')[1] for name in lists})

        def walk2(path, found):
            feed = json.loads(path.read_text(encoding='utf-8'))
            self.assertTrue(feed['metadata']['title'])
            self.assertIn('self', [link['rel'] for link in feed['links']])
            for row in feed.get('navigation', []):
                walk2(place(self.site, '', row['href'])[0], found)
            for publication in feed.get('publications', []):
                self.assertTrue(publication['images'] and publication['metadata']['language'])
                found[publication['metadata']['identifier']] = {link['type'] for link in publication['links'] if link['rel'] == OPEN_ACCESS}
        second = {}
        walk2(self.site / 'opds.json', second)
        self.assertEqual(set(second), set(found))
        self.assertEqual(set(map(frozenset, second.values())), {frozenset({'application/pdf', 'application/epub+zip'})})

    def test_without_address(self):
        """Nothing that needs a whole address; what is left leads on all the same."""
        self.run_it('-q', '--files', 'epub', '-o', 'site', self.put('one'))
        self.assertFalse({'rss.xml', 'sitemap.xml'} & set(tree(self.site)))
        self.assertGreater(self.check_links(), 20)

    def test_pages_of_lists(self):
        """More summaries than a page holds: each list's pages hold all of them once, newest first."""
        for number in range(50):
            self.put('n%02d' % number, date='2024-05-%02d' % (number % 28 + 1))
        self.build('-q', '--files', 'epub', self.folder / 'n*.xml')
        self.check_links()
        titles = [text for name in ('index.html', 'lists/newest/2.html')
                  for _, text in Page((self.site / name).read_text()).all('b')]
        self.assertEqual(len(titles), 50)
        self.assertEqual(len(set(titles)), 50)
        self.assertEqual(titles[:2], ['n27', 'n26'])
        feed = json.loads((self.site / 'opds/newest/2.json').read_text())
        self.assertEqual((feed['metadata']['currentPage'], feed['metadata']['numberOfItems'], len(feed['publications'])), (2, 50, 2))
        self.assertEqual({link['rel'] for link in feed['links']}, {'self', 'start', 'up', 'first', 'last', 'previous'})


class Again(Case):
    def written(self, run):
        """What a run writes, by the change of its files' inodes and times; what it removes."""
        def state():
            return {str(path.relative_to(self.site)): (path.stat().st_ino, path.stat().st_mtime_ns)
                    for path in self.site.rglob('*') if path.is_file()}
        before = state()
        run()
        after = state()
        return {path for path in after if after[path] != before.get(path)}, set(before) - set(after)

    def test_one_changed(self):
        for number in range(4):
            self.put('n%d' % number, subject='Subject %d' % number)
        build = lambda: self.build('-q', '--files', 'pdf,epub', self.folder / 'n*.xml')
        build()
        self.assertEqual(self.written(build), (set(), set()))
        self.put('n2', subject='Subject 2', text='The keeper counts barrels twice.')
        wrote, removed = self.written(build)
        files = {path for path in wrote if path.startswith('f/')}
        self.assertEqual({path.split('.', 1)[1] for path in files}, {'pdf', 'epub'})
        self.assertEqual({path.split('.', 1)[1] for path in removed}, {'pdf', 'epub'})
        pages = {path for path in wrote - files if path.startswith('s/')}
        self.assertEqual(len(pages), 1)
        named = {path for path in wrote - files - pages if not path.startswith('opds/')}
        self.assertEqual(named, set())  # no list's page says how large a file is
        self.assertTrue(all(re.match(r'opds/(newest|language/en|subject/subject-2-\w+|length/\w+-short)/1\.', path)
                            for path in wrote - files - pages), wrote)
        # One that goes.
        (self.folder / 'n3.xml').unlink()
        wrote, removed = self.written(build)
        self.assertTrue({path for path in removed if path.startswith('lists/subject/subject-3')})
        self.assertEqual({path for path in wrote if path.startswith(('s/', 'f/'))}, set())
        self.assertEqual(len({path for path in removed if path.startswith('f/')}), 4)  # with its cover and thumbnail
        self.check_links()

    def test_one_of_hundreds(self):
        """The text, then the day: only the files of the one, its page and the lists that name it are written."""
        for number in range(200):
            self.put('n%03d' % number, subject='Subject %02d' % (number % 20), date='2024-03-%02d' % (number % 28 + 1), lang=('en', 'de')[number % 2])
        build = lambda: self.build('-q', '--files', 'epub', self.folder / 'n*.xml')
        build()
        one = dict(subject='Subject 02', date='2024-03-19', lang='en')
        (page,) = [str(path.relative_to(self.site)) for path in self.site.glob('s/n102-*/en/index.html')]
        file = lambda: [str(path.relative_to(self.site)) for path in self.site.glob('f/*/n102.epub')]
        self.put('n102', text='The keeper counts barrels twice.', **one)
        old = file()
        wrote, removed = self.written(build)
        self.assertEqual(removed, set(old))
        address = BASE + page.removesuffix('index.html')
        feeds = [*self.site.rglob('opds/**/*.xml'), *self.site.rglob('opds/**/*.json')]
        name_it = {str(path.relative_to(self.site)) for path in feeds if address in path.read_text(encoding='utf-8')}
        self.assertEqual(len(name_it), 8)
        self.assertEqual(wrote, {page, *file(), *name_it})
        # The newest of all: it goes to the front of each of its lists, whose pages move up; no other list is touched.
        one['date'] = '2025-01-01'
        self.put('n102', text='The keeper counts barrels twice.', **one)
        wrote, _ = self.written(build)
        self.assertLessEqual({page, *file(), 'index.html', 'opds/newest/1.xml', 'rss.xml', 'sitemap.xml', 'search.json', 'opds.xml'}, wrote)
        lists = {path for path in wrote if path.startswith(('lists/', 'opds/'))}
        own = r'(lists|opds)/(newest|language/en|subject/subject-02-\w+|length/\w+-short)/\d+\.\w+|opds/(language|subject|length)\.(xml|json)'
        self.assertEqual([path for path in lists if not re.fullmatch(own, path)], [])

    def test_failing(self):
        self.put('one')
        bad = self.put('two', lang='')
        self.build('-q', self.folder / 'one.xml', bad, '--files', 'epub', status=1)
        self.assertFalse((self.site / 'index.html').exists())
        self.build('-q', '-k', self.folder / 'one.xml', bad, '--files', 'epub', status=1)
        self.assertEqual(len(json.loads((self.site / 'search.json').read_text())), 1)
        self.check_links()

    def test_refused(self):
        one = self.put('one')
        self.site.mkdir()
        (self.site / 'mine.txt').write_text('mine')
        self.assertIn('E0701', self.build('-q', one, status=3).stderr)
        self.assertEqual(list(tree(self.site)), ['mine.txt'])
        (self.site / 'mine.txt').unlink()
        self.assertIn('same edition', self.build('-q', '--files', 'epub', one, shutil.copy(one, self.folder / 'again.xml'), status=3).stderr)
        inside = self.site / 's'
        inside.mkdir()
        self.assertIn('stands in it', self.build('-q', shutil.copy(one, inside), status=3).stderr)
        for wrong in (['--base-url', 'ftp://a/'], ['--base-url', 'https://a/?b'], ['--base-url', 'https://'], ['--files', 'cards'],
                      ['--files', 'pdf,pda'], ['--port', '80'], ['-o', '.'], ['-o', '-'], ['--jobs', '0']):
            arguments = wrong if wrong[0] == '-o' else ['-o', 'other', *wrong]
            self.run_it(one, *arguments, status=2)
        self.run_it('-o', 'other', status=2)


class Works(Case):
    """Editions of one work, whatever they are called, know one another."""
    BOOK = ('<summary version="1" xml:lang="%s"><work><title>%s</title>%s<contributor role="author" %s</contributor>%s</work>'
            '<edition>%s<date>2024-05-31</date>%s</edition><overview><p>%s</p></overview></summary>')

    def test_joined(self):
        home = 'https://a.example/lamp'
        books = {
            'en': ('en', 'The Lamp', '', '>Ann Example', '<isbn>978-0-306-40615-7</isbn>', '<identifier>%s</identifier>' % home, '', 'It burns.'),
            # The same author in other letters; a title alone; the older form of the ISBN; a link to one of them.
            'el': ('el', 'Ο φάρος', '<original-title>The Lamp</original-title>', 'sort="Example, Ann">Άννα', '', '', '', 'Φως.'),
            'de': ('de', 'Das Licht', '', '>Ann Muster', '<isbn>0-306-40615-2</isbn>', '', '', 'Es brennt.'),
            'fr': ('fr', 'La Lampe', '', '>Ann Autre', '', '', '<sibling xml:lang="en" href="%s"/>' % home, 'Elle brûle.'),
            # Others' books.
            'other': ('es', 'The Lamp', '', '>Another Author', '', '', '', 'Luz.'),
            'isbn': ('es', 'Luz', '', '>Ann Example', '<isbn>978-1-9848-8166-3</isbn>', '', '', 'Luz.'),
        }
        for name, values in books.items():
            (self.folder / (name + '.xml')).write_text(self.BOOK % values, encoding='utf-8')
        self.build('-q', '--files', 'epub', '--on-missing-glyph', 'replace', *(self.folder / (name + '.xml') for name in books))
        self.check_links()
        known = {}
        for path in self.site.glob('s/*/*/index.html'):
            page = Page(path.read_text(encoding='utf-8'))
            siblings = [attrs['hreflang'] for attrs, _ in page.all('a') if 'hreflang' in attrs]
            alternates = [attrs['hreflang'] for tag, attrs, _ in page.elements if tag == 'link' and 'hreflang' in attrs]
            known.setdefault(path.parent.name, []).append(siblings)
            self.assertEqual(sorted(alternates), sorted([path.parent.name, *siblings]) if siblings else [])
        self.assertEqual(known, {'en': [['de', 'el', 'fr']], 'el': [['de', 'en', 'fr']], 'de': [['el', 'en', 'fr']], 'fr': [['de', 'el', 'en']], 'es': [[], []]})

    TITLES = {'ar': 'المنارة', 'he': 'המגדלור', 'fa': 'فانوس دریایی', 'ur': 'مینار', 'hi': 'प्रकाशस्तंभ', 'bn': 'বাতিঘর', 'ta': 'கலங்கரை', 'th': 'ประภาคาร',
              'ja': '灯台', 'ko': '등대', 'zh-Hans': '灯塔', 'ru': 'Маяк', 'el': 'Φάρος', 'ka': 'შუქურა', 'hy': 'Փարոս', 'am': 'የመብራት ቤት', 'km': 'ប្រភាគា',
              'my': 'မီးပြတိုက်', 'bo': 'གློག', 'vi': 'Ngọn hải đăng', 'tr': 'Işık evi', 'en': 'Lamp 🏮 e\u0301'}

    def test_scripts(self):
        """A title in each script: on its page, in lists and feeds, in the search's index, in its address."""
        for lang, title in self.TITLES.items():
            self.put(lang, lang=lang, title=title, work='Lamp', subject=title)
        self.build('-q', '--files', 'epub', '--on-missing-glyph', 'replace', self.folder / '*.xml')
        self.check_links()
        for lang, title in self.TITLES.items():
            (path,) = self.site.glob('s/*/%s/index.html' % lang.lower())
            page = Page(path.read_text(encoding='utf-8'))
            ((attrs, _),) = page.all('html')
            self.assertEqual((attrs['lang'], attrs['dir']), (lang, 'rtl' if lang in ('ar', 'he', 'fa', 'ur') else 'ltr'))
            self.assertEqual([text for _, text in page.all('h1')], [title])
            self.assertEqual(len([attrs for attrs, _ in page.all('a') if 'hreflang' in attrs]), len(self.TITLES) - 1)
        everywhere = (self.site / 'search.json', self.site / 'index.html', self.site / 'opds/newest/1.xml', self.site / 'opds/newest/1.json', self.site / 'rss.xml')
        for file in everywhere:
            text = file.read_text(encoding='utf-8')
            self.assertEqual([title for title in self.TITLES.values() if title not in text], [], file)


# Every text and every free attribute that a document has.
DOCUMENT = '''<summary version="1" xml:lang="en"><work><title prefix="" short="%(x)s">%(x)s</title><original-title>%(n)d%(x)s</original-title>
<subtitle>%(x)s</subtitle><series number="1">%(x)s</series><contributor role="author" sort="%(n)d%(x)s">%(x)s</contributor>
<contributor role="translator" sort="%(x)s">%(x)s</contributor><publisher>%(x)s</publisher><subject>%(x)s</subject><award>%(x)s</award>
<fact label="%(x)s">%(x)s</fact><cover src="cover.jpg" alt="%(x)s"/></work>
<edition><date>2024-05-31</date><author>%(x)s</author><brand name="%(x)s" href="https://a.example/?a='b'&amp;c">%(x)s</brand>
<licence href="https://a.example/?a='b'&amp;c">%(x)s</licence><rights>%(x)s</rights>
<conformance certifier="%(x)s" credential="https://a.example/?a='b'&amp;c" report="https://a.example/">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</conformance>
<made by="assisted" reviewed-by="%(x)s"/><labels><label name="part.takeaways">%(label)s</label></labels>
<sibling xml:lang="de" href="https://a.example/?a='b'&amp;c%(n)d"/></edition>
<warnings><warning><term>%(x)s</term><places>%(x)s</places></warning></warnings><hook><p>%(x)s</p><source>%(x)s</source></hook>
<overview><title>%(x)s</title><p>%(x)s <em>%(x)s</em> <a href="https://a.example/?a='b'&amp;c">%(x)s</a> <spoiler>%(x)s</spoiler></p>
<blockquote><p>%(x)s</p><attribution><speaker>%(x)s</speaker><source>%(x)s</source><locator>%(x)s</locator></attribution></blockquote><figure src="cover.jpg" alt="%(x)s"><caption>%(x)s</caption></figure></overview>
<takeaways><takeaway><headline>%(x)s</headline><p>%(x)s</p></takeaway></takeaways>
<questions><qa><question>%(x)s</question><answer><p>%(x)s</p></answer></qa></questions></summary>'''


# Texts that try to be something else: markup, a script's end, JSON, a formula, a path, an address; of all scripts and very long.
NASTY = ['"><script>window.ran=1</script>', "'onload='window.ran=1", '</style><svg/onload=window.ran=1>', '&quot; onfocus=window.ran=1 autofocus x=&quot;',
         '[[7*7]]<%=7*7%>`', 'javascript:window.ran=1//', '<![CDATA[<b>]]>', '--></script><!--', ']]>&amp;&lt;', '</title></head>', '\u202e\u05d0\u05d1\u05d2',
         'W' * 300, 'مصباح ' * 20, '" onmouseover="window.ran=1" x="', '<!--<script>--><img src=x onerror=window.ran=1>', '</SCRIPT\t><svg onload=window.ran=1>',
         '\\"},{"@type":"Ran","x":"\\u003c/script>', '</textarea></title></style></noscript></iframe></xmp><plaintext>', '<?php system("id"); ?>',
         '=HYPERLINK("https://a.example/","x")', '../../../etc/passwd', '%2e%2e%2f%00%0d%0aSet-Cookie:x=1', '#?&=+;,:@!$()*[]', '__proto__', 'null', '1e999',
         '“‘«‹„‚"\'`´›»’”', 'a\u00a0\u2003b\u3000c', 'abc \u2067\u05d0\u05d1\u2069 \u202edef\u202c', 'Wörter und ' * 27 + 'Ende', '灯台の番人の長い題' * 34,
         'ประภาคารของคนเฝ้า' * 17, 'दीपस्तंभ का रखवाला ' * 16, '+ADw-script+AD4-window.ran=1+ADw-/script+AD4-']


def injected(text, number):
    """The document with the text in every field."""
    x = text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('"', '&quot;')
    return DOCUMENT % {'x': x, 'label': x.replace('{', '(').replace('}', ')'), 'n': number}  # braces are a label's places


class Injection(Case):
    def test_every_field(self):
        shutil.copy(EXAMPLES / 'the-push/cover.jpg', self.folder)
        for number, nasty in enumerate(NASTY):
            (self.folder / ('n%d.xml' % number)).write_text(injected(nasty, number), encoding='utf-8')
        self.build('-q', '--files', 'epub', '--title', NASTY[0], '--on-missing-glyph', 'replace', self.folder / 'n*.xml')
        self.check_links()
        said = set()
        for path in self.site.rglob('*.html'):
            page = Page(path.read_text(encoding='utf-8'))
            for attrs, data in page.all('script'):
                self.assertTrue(attrs.get('type') == 'application/ld+json' or 'src' in attrs)
                if data:
                    json.loads(data)
            for tag, attrs, _ in page.elements:
                self.assertFalse([name for name in attrs if name.startswith('on') or name == 'style'], path)
                self.assertTrue(tag != 'style' and not attrs.get('href', '').startswith('javascript:'))
            said |= {text for _, text in page.all('h1')}
        for nasty in NASTY:
            self.assertIn(' '.join(nasty.split()), {' '.join(text.split()) for text in said})
        for path in [*self.site.rglob('*.xml')]:
            ET.parse(path)
        titles = {one['title'] for one in json.loads((self.site / 'search.json').read_text(encoding='utf-8'))}
        self.assertEqual(len(titles), len(NASTY))
        self.assertIn(NASTY[0], titles)


def main():
    global program
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True, type=pathlib.Path)
    arguments, rest = parser.parse_known_args()
    program = arguments.program.resolve()
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == '__main__':
    main()
