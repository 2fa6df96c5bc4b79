#!/usr/bin/env python3
"""A site before judges: the Nu Html Checker, axe-core and a keyboard in Chromium through --preview, and nginx and Caddy with
the configurations of source/site; and texts that try to become markup, in Chromium's own tree of each page.

    test_site.py PROGRAM        with EPITOME_JUDGES: what .ci/setup judges prints
"""
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import judges
import servers
from servers import ask

ROOT = pathlib.Path(__file__).resolve().parents[2]
program = None


def check_html(pages):
    """What the Nu Html Checker says of them."""
    jar = judges.judges_folder() / 'npm-files/vnu-jar/build/dist/vnu.jar'
    done = judges.run(['java', '-jar', jar, '--format', 'json', '--skip-non-html', '--exit-zero-always', *pages])
    return [(one.get('url', '').rpartition('/site/')[2], one.get('lastLine'), one['message'])
            for one in json.loads(done.stderr)['messages'] if one['type'] != 'info']


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.site = cls.folder / 'site'
        sources = [ROOT / 'examples' / name / 'summary.xml' for name in ('the-push', 'the-push-ar', 'the-push-de', 'the-checklist-manifesto')]
        subprocess.run([program, 'site', '-q', *sources, '-o', cls.site], check=True)
        cls.port = servers.preview(cls, program, cls.site)
        # One page of each kind.
        pages = [path.relative_to(cls.site) for path in cls.site.rglob('*.html')]
        one = lambda pattern: next(urllib.parse.quote(str(path)) for path in sorted(pages) if re.search(pattern, str(path)))
        cls.kinds = ['', one(r'the-push-\w+/en-gb'), one('/ar/'), one('checklist.*/index'), one('subject.html'), one('lists/language/')]

    def test_html(self):
        self.assertEqual(check_html([self.site]), [])
        bad = self.folder / 'bad.html'
        text = (self.site / 'index.html').read_text()
        bad.write_text(text.replace('<h1', '<h1 dir="up"', 1))
        self.assertTrue([one for one in check_html([bad]) if 'dir' in one[2]])

    def look(self, port):
        """What a browser complains of; what it downloads by keyboard is export's."""
        folder = judges.judges_folder()
        downloads = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        for part in ('scripts', 'none'):
            (downloads / part).mkdir()
        done = judges.node('site.cjs', folder / 'npm-files/axe-core/axe.min.js', downloads, 'http://127.0.0.1:%d/' % port, *self.kinds,
                           NODE_PATH=str(folder / 'npm/node_modules'))
        self.assertEqual(done.returncode, 0, done.stderr)
        exported = self.folder / 'export'
        if not exported.exists():
            subprocess.run([program, 'export', '-q', ROOT / 'examples/the-push/summary.xml', '--to', 'pdf,epub', '-o', '%s/' % exported], check=True)
        made = {path.name: path.read_bytes() for path in exported.iterdir()}
        for part in ('scripts', 'none'):
            self.assertEqual({path.name: path.read_bytes() for path in (downloads / part).iterdir()}, made, done.stdout)
        return done.stdout.splitlines()

    def test_browser(self):
        self.assertEqual(self.look(self.port), [])

    def check_server(self, port):
        """Every file as it is, with what source/site says of it."""
        for path in sorted(self.site.rglob('*')):
            name = str(path.relative_to(self.site))
            if not path.is_file() or name == '_headers':
                continue
            status, headers, body = ask(port, name)
            self.assertEqual((status, body), (200, path.read_bytes()), name)
            self.assertEqual('immutable' in headers['cache-control'], name.startswith('f/'), name)
            if name.endswith('.html'):
                self.assertIn("default-src 'none'", headers['content-security-policy'])
        (book,) = [str(path.relative_to(self.site)) for path in self.site.glob('f/*/the-push.epub')]
        status, headers, body = ask(port, book, Range='bytes=30-57')
        self.assertEqual((status, body), (206, (self.site / book).read_bytes()[30:58]))
        status, head, body = ask(port, book, 'HEAD')
        self.assertEqual((status, body, head['content-type']), (200, b'', 'application/epub+zip'))
        self.assertEqual(int(head['content-length']), (self.site / book).stat().st_size)
        self.assertEqual(ask(port, book, If_None_Match=head['etag'])[0], 304)
        self.assertEqual(ask(port, 'f/nothing')[0], 404)
        self.assertEqual(ask(port, 'index.html', 'POST')[0], 405)

    def test_preview(self):
        port = self.port
        self.check_server(port)
        self.assertEqual(ask(port, '', Host='other.example')[0], 421)
        for path in ('../site.manifest', 'f/../../site.manifest', '_headers/..', 'f'):
            self.assertEqual(ask(port, path)[0], 404, path)

    def check_real_server(self, port):
        """What a preview, which isn't one, leaves out: names of downloads, types of catalogues, no listings."""
        self.check_server(port)
        for name in ('the-push.epub', 'the-push.pdf'):
            (book,) = self.site.glob('f/*/' + name)
            _, headers, _ = ask(port, str(book.relative_to(self.site)))
            self.assertEqual(headers['content-disposition'], 'attachment')
            self.assertEqual(headers['content-type'], 'application/epub+zip' if name.endswith('epub') else 'application/pdf')
        self.assertNotIn('content-disposition', ask(port, '')[1])
        self.assertEqual(ask(port, 'opds.json')[1]['content-type'], 'application/opds+json')
        self.assertIn('application/atom+xml', ask(port, 'opds.xml')[1]['content-type'])
        self.assertIn('application/atom+xml', ask(port, 'opds/newest/1.xml')[1]['content-type'])
        self.assertIn('text/css', next(ask(port, str(path.relative_to(self.site)))[1]['content-type'] for path in self.site.glob('f/*/site.css')))
        for path in ('_headers', 'f', 'f/'):
            self.assertNotEqual(ask(port, path)[0], 200, path)
        # A page that a browser has is asked for again, and not sent if it is the same.
        _, headers, _ = ask(port, 'index.html')
        self.assertEqual(headers['cache-control'], 'no-cache')
        self.assertEqual(ask(port, 'index.html', If_None_Match=headers['etag'])[0], 304)
        _, headers, _ = ask(port, '')
        for policy in ('x-content-type-options', 'referrer-policy'):
            self.assertIn(policy, headers)

    def sample(self, name, port, *changes):
        """The configuration that source/site shows, with this test's address and folder in it."""
        text = (ROOT / 'source/site' / name).read_text()
        for before, after in (*changes, ('/srv/books', str(self.site))):
            self.assertEqual(text.count(before), 1, before)
            text = text.replace(before, after)
        return text

    def test_nginx(self):
        here = self.folder / 'nginx'
        here.mkdir()
        paths = ''.join('%s_temp_path %s;' % (kind, here) for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        nginx = shutil.which('nginx', path='/usr/sbin:/usr/bin') or self.fail('nginx is not installed')

        def command(port):
            ours = self.sample('nginx.conf', port, ('listen 80;', 'listen 127.0.0.1:%d;' % port))
            (here / 'nginx.conf').write_text('daemon off; master_process off; pid %s/pid; error_log stderr; events {}\nhttp { access_log off; %s\n%s }'
                                             % (here, paths, ours))
            return [nginx, '-c', here / 'nginx.conf', '-e', 'stderr']
        port = servers.serve(self, command)
        self.check_real_server(port)
        self.assertEqual(self.look(port), [])

    def test_caddy(self):
        here = self.folder / 'caddy'
        here.mkdir()
        caddy = shutil.which('caddy') or self.fail('caddy is not installed')

        def command(port):
            # Without a name of its own, so that it asks nobody for a certificate, and without the port that it is told by.
            ours = self.sample('Caddyfile', port, ('\nbooks.example {', '\nhttp://:%d {\n\tbind 127.0.0.1' % port))
            (here / 'Caddyfile').write_text('{\n\tadmin off\n\tauto_https off\n\tstorage file_system %s\n}\n%s' % (here, ours))
            return ['env', 'HOME=%s' % here, caddy, 'run', '--adapter', 'caddyfile', '--config', here / 'Caddyfile']
        self.check_real_server(servers.serve(self, command))


class Injected(unittest.TestCase):
    """The texts of tests/suite/site.py in every field."""

    def seen(self, suite, texts):
        """What Chromium makes of each page of a site of these texts."""
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        folder = pathlib.Path(scratch.name)
        (folder / 'books').mkdir()
        shutil.copy(ROOT / 'examples/the-push/cover.jpg', folder / 'books')
        for number, text in enumerate(texts):
            (folder / ('books/n%d.xml' % number)).write_text(suite.injected(text, number), encoding='utf-8')
        site = folder / 'site'
        subprocess.run([program, 'site', '-q', '--files', 'epub', '--title', texts[0], '--base-url', "https://a.example/o'x/", '--on-missing-glyph',
                        'replace', folder / 'books', '-o', site], check=True, stderr=subprocess.DEVNULL)
        self.assertEqual(check_html([site]), [])
        port = servers.preview(self, program, site)
        pages = [urllib.parse.quote(str(path.relative_to(site))) for path in sorted(site.rglob('*.html'))]
        done = judges.node('dom.cjs', 'http://127.0.0.1:%d/' % port, *pages, NODE_PATH=str(judges.judges_folder() / 'npm/node_modules'))
        self.assertEqual(done.returncode, 0, done.stderr)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(found), len(pages))
        return found

    def test_dom(self):
        """No element, attribute, script or scheme of a link that harmless words don't have; nothing runs, and titles are as written."""
        spec = importlib.util.spec_from_file_location('suite_site', ROOT / 'tests/suite/site.py')
        suite = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(suite)
        plain, found = self.seen(suite, ['Lamp', 'Oil']), self.seen(suite, suite.NASTY)
        for what in ('elements', 'attributes', 'scripts', 'addresses'):
            harmless = {one for page in plain for one in page[what]}
            self.assertEqual([(page['path'], set(page[what]) - harmless) for page in found if set(page[what]) - harmless], [])
        self.assertEqual([(page['path'], page['said']) for page in found if page['ran'] or page['said']], [])
        headings = {' '.join(page['heading'].split()) for page in found}
        self.assertEqual([text for text in suite.NASTY if ' '.join(text.split()) not in headings], [])


if __name__ == '__main__':
    program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
