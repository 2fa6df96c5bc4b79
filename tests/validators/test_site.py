#!/usr/bin/env python3
"""A site before judges: the Nu Html Checker, axe-core and a keyboard in Chromium through --preview, and nginx with the
configuration of source/site.

    test_site.py PROGRAM        with EPITOME_JUDGES: what .ci/setup judges prints
"""
import http.client
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

import judges

ROOT = pathlib.Path(__file__).resolve().parents[2]
program = None


def start(argv, **more):
    """A server that ends with its test."""
    server = subprocess.Popen([*map(str, argv)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    return server


def free_port():
    import socket
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.site = cls.folder / 'site'
        sources = [ROOT / 'examples' / name / 'summary.xml' for name in ('the-push', 'the-push-ar', 'the-push-de', 'the-checklist-manifesto')]
        subprocess.run([program, 'site', '-q', *sources, '-o', cls.site], check=True)
        cls.preview = start([program, 'site', '--preview', '-o', cls.site])
        cls.addClassCleanup(cls.preview.stdout.close)
        cls.addClassCleanup(cls.preview.wait)
        cls.addClassCleanup(cls.preview.terminate)
        cls.address = re.match(r'http://127\.0\.0\.1:(\d+)/', cls.preview.stdout.readline())
        # One page of each kind.
        pages = [path.relative_to(cls.site) for path in cls.site.rglob('*.html')]
        one = lambda pattern: next(urllib.parse.quote(str(path)) for path in sorted(pages) if re.search(pattern, str(path)))
        cls.kinds = ['', one(r'the-push-\w+/en-gb'), one('/ar/'), one('checklist.*/index'), one('subject.html'), one('lists/language/')]

    def check_html(self, pages):
        jar = judges.judges_folder() / 'npm-files/vnu-jar/build/dist/vnu.jar'
        done = judges.run(['java', '-jar', jar, '--format', 'json', '--skip-non-html', '--exit-zero-always', *pages])
        return [(one.get('url', '').rpartition('/site/')[2], one.get('lastLine'), one['message'])
                for one in json.loads(done.stderr)['messages'] if one['type'] != 'info']

    def test_html(self):
        self.assertEqual(self.check_html([self.site]), [])
        bad = self.folder / 'bad.html'
        text = (self.site / 'index.html').read_text()
        bad.write_text(text.replace('<h1', '<h1 dir="up"', 1))
        self.assertTrue([one for one in self.check_html([bad]) if 'dir' in one[2]])

    def look(self, address, axe):
        folder = judges.judges_folder()
        done = judges.node('site.cjs', axe, address, *self.kinds, NODE_PATH=str(folder / 'npm/node_modules'))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.splitlines()

    def test_browser(self):
        axe = judges.judges_folder() / 'npm-files/axe-core/axe.min.js'
        self.assertEqual(self.look(self.address[0], axe), [])

    def ask(self, port, path, method='GET', **headers):
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=20)
        connection.request(method, '/' + urllib.parse.quote(path), headers={name.replace('_', '-'): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, dict((name.lower(), value) for name, value in answer.getheaders()), body

    def check_server(self, port):
        """Every file as it is, with what source/site says of it."""
        for path in sorted(self.site.rglob('*')):
            name = str(path.relative_to(self.site))
            if not path.is_file() or name == '_headers':
                continue
            status, headers, body = self.ask(port, name)
            self.assertEqual((status, body), (200, path.read_bytes()), name)
            self.assertEqual('immutable' in headers['cache-control'], name.startswith('f/'), name)
            if name.endswith('.html'):
                self.assertIn("default-src 'none'", headers['content-security-policy'])
        (book,) = [str(path.relative_to(self.site)) for path in self.site.glob('f/*/the-push.epub')]
        status, headers, body = self.ask(port, book, Range='bytes=30-57')
        self.assertEqual((status, body), (206, (self.site / book).read_bytes()[30:58]))
        status, head, body = self.ask(port, book, 'HEAD')
        self.assertEqual((status, body, head['content-type']), (200, b'', 'application/epub+zip'))
        self.assertEqual(int(head['content-length']), (self.site / book).stat().st_size)
        self.assertEqual(self.ask(port, book, If_None_Match=head['etag'])[0], 304)
        self.assertEqual(self.ask(port, 'f/nothing')[0], 404)
        self.assertEqual(self.ask(port, 'index.html', 'POST')[0], 405)
        return head

    def test_preview(self):
        port = int(self.address[1])
        self.check_server(port)
        self.assertEqual(self.ask(port, '', Host='other.example')[0], 421)
        for path in ('../site.manifest', 'f/../../site.manifest', '_headers/..', 'f'):
            self.assertEqual(self.ask(port, path)[0], 404, path)

    def test_nginx(self):
        port = free_port()
        given = (ROOT / 'source/site/nginx.conf').read_text()
        ours = given.replace('listen 80;', 'listen 127.0.0.1:%d;' % port).replace('/srv/books', str(self.site))
        self.assertNotEqual(given, ours)
        here = self.folder / 'nginx'
        here.mkdir()
        paths = ''.join('%s_temp_path %s;' % (kind, here) for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        (here / 'nginx.conf').write_text('daemon off; master_process off; pid %s/pid; error_log stderr; events {}\nhttp { access_log off; %s\n%s }'
                                         % (here, paths, ours))
        nginx = shutil.which('nginx', path='/usr/sbin:/usr/bin') or self.fail('nginx is not installed')
        server = start([nginx, '-c', here / 'nginx.conf', '-e', 'stderr'])
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        for _ in range(200):
            try:
                self.ask(port, '')
                break
            except OSError:
                self.assertIsNone(server.poll(), 'nginx ended')
                time.sleep(0.05)
        head = self.check_server(port)
        self.assertEqual(head['content-disposition'], 'attachment')
        self.assertEqual(self.ask(port, 'opds.json')[1]['content-type'], 'application/opds+json')
        self.assertIn('application/atom+xml', self.ask(port, 'opds/newest/1.xml')[1]['content-type'])


if __name__ == '__main__':
    program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
