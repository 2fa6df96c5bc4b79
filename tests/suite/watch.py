#!/usr/bin/env python3
"""--watch of export and of site: an edit is followed whenever it comes, also while the files are being made.

    watch.py --program PATH [test…]

Nothing here sleeps and hopes: each step waits for what the program says or holds the program where it is: by a voice that
is being asked, by a pipe that is being read.
"""
import argparse
import ctypes
import http.client
import os
import pathlib
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / 'examples'
SOURCE = '''<summary version="1" xml:lang="en"><work><title>%s</title><contributor role="author">Ann Example</contributor></work>
<edition><date>2024-05-31</date></edition><overview><p>%s</p>%s</overview></summary>'''
# 10 ms of WAV a sentence. The first that is asked for changes the source: it has been read then, and its files are not made.
VOICE = '''#!%s
import os, pathlib, struct, sys
said = sys.stdin.buffer.read()
here = pathlib.Path(sys.argv[1])
if not (here / 'asked').exists():
    (here / 'asked').write_bytes(said)
    text = (here / 'lamp.xml').read_text().replace('once', 'twice')
    (here / 'new').write_text(text)
    os.replace(here / 'new', here / 'lamp.xml')
data = bytes(160)
sys.stdout.buffer.write(b'RIFF' + struct.pack('<I', 36 + len(data)) + b'WAVEfmt ' + struct.pack('<IHHIIHH', 16, 1, 1, 8000, 16000, 2, 16)
                        + b'data' + struct.pack('<I', len(data)) + data)
'''
# A second that nothing needs: only what fails waits so long.
PATIENCE = 120
EVENT, IN_OPEN = struct.Struct('iIII'), 0x20  # inotify(7)
program = None


class Watching(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.told = b''

    def put(self, name, title, text, more=''):
        """Written whole under another name, as editors do."""
        (self.folder / 'new').write_text(SOURCE % (title, text, more), encoding='utf-8')
        os.replace(self.folder / 'new', self.folder / name)

    def start(self, *arguments):
        # A group of its own, as a terminal makes one.
        self.process = subprocess.Popen([program, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, start_new_session=True)
        self.addCleanup(self.process.stdout.close)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)

    def said(self, pattern):
        """Waits until the program says it behind what it said before."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = re.search(pattern.encode(), self.told)
            if found:
                self.told = self.told[found.end():]
                return found
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            more = os.read(self.process.stdout.fileno(), 1 << 16) if ready else b''
            self.assertTrue(more, 'it never says %r: %s' % (pattern, self.told.decode(errors='replace')))
            self.told += more

    def end(self, status=-15):
        self.process.terminate()
        self.assertEqual(self.process.wait(PATIENCE), status)

    def feed(self, pipe, text):
        """Gives a pipe's reader the text, as soon as it waits for one."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                descriptor = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
                break
            except OSError:  # nobody reads yet
                self.assertLess(time.monotonic(), deadline, 'the pipe is never read again')
                self.assertIsNone(self.process.poll())
                time.sleep(0.02)
        with os.fdopen(descriptor, 'wb') as file:
            yield
            file.write(text.encode())

    def opened(self, paths, count):
        """The names of the paths that are opened next."""
        libc = ctypes.CDLL(None, use_errno=True)
        events = libc.inotify_init()
        self.addCleanup(os.close, events)
        names = {libc.inotify_add_watch(events, os.fsencode(path), IN_OPEN): name for name, path in paths.items()}
        self.assertEqual(len(names), len(paths))
        said, came = [], b''
        while len(said) < count:
            self.assertTrue(select.select([events], [], [], PATIENCE)[0])
            came += os.read(events, 1 << 12)
            while len(came) >= EVENT.size:
                watch, _, _, length = EVENT.unpack(came[:EVENT.size])
                said.append(names[watch])
                came = came[EVENT.size + length:]
        return said[:count]

    def text(self, path):
        with zipfile.ZipFile(path) as book:
            return ''.join(book.read(name).decode() for name in book.namelist() if name.endswith('.xhtml'))

    def page(self, name='*'):
        (page,) = (self.folder / 'site').glob('s/%s/en/index.html' % name)
        return page.read_text(encoding='utf-8')


class Export(Watching):
    def test_edits(self):
        """While it waits: the source, an image that wasn't there; and no more runs than edits."""
        self.put('lamp.xml', 'Lamp', 'He counts once.')
        self.start('export', '--watch', '--to', 'epub', '-o', 'out/', 'lamp.xml')
        self.said(r'lamp.xml: .* ms\n')
        self.said('watching')
        self.put('lamp.xml', 'Lamp', 'He counts twice.', '<figure src="tower.jpg" alt="A tower"/>')
        self.said('E0301')
        self.said('watching')
        self.assertIn('counts once', self.text(self.folder / 'out/lamp.epub'))
        shutil.copy(EXAMPLES / 'the-push/cover.jpg', self.folder / 'new')
        os.replace(self.folder / 'new', self.folder / 'tower.jpg')
        self.said(r'lamp.xml: .* ms\n')
        self.said('watching')
        self.assertIn('counts twice', self.text(self.folder / 'out/lamp.epub'))
        self.end()
        self.assertNotIn(b' ms\n', self.told + self.process.stdout.read())

    def test_edit_while_it_works(self):
        self.put('lamp.xml', 'Lamp', 'He counts once.')
        voice = self.folder / 'voice'
        voice.write_text(VOICE % sys.executable)
        voice.chmod(0o755)
        self.start('export', '--watch', '--to', 'epub', '--voice', '%s %s' % (voice, self.folder), '-o', 'out/', 'lamp.xml')
        self.said(r'lamp.xml: .* ms\n')
        self.said(r'lamp.xml: .* ms\n')
        self.said('watching')
        self.assertIn('twice', self.text(self.folder / 'out/lamp.epub'))
        self.end()


class Site(Watching):
    def test_edit_while_it_works(self):
        """One source is read, and the next is a pipe at which the program waits while the first is changed."""
        self.put('a.xml', 'Lamp', 'He counts once.')
        pipe = self.folder / 'b.xml'
        os.mkfifo(pipe)
        other = SOURCE % ('Other', 'It burns.', '')
        self.start('site', '--watch', '--jobs', '1', '--files', 'epub', '-o', 'site', 'a.xml', 'b.xml')
        for _ in self.feed(pipe, other):
            self.put('a.xml', 'Lamp', 'He counts twice.')
        self.said('site: 2 summaries')
        self.assertIn('counts once', self.page('lamp-*'))
        for _ in self.feed(pipe, other):
            pass
        self.said('watching')
        self.assertIn('counts twice', self.page('lamp-*'))
        self.end()

    def test_preview(self):
        """New and old sources, a fault and its mending; the preview shows the newest, and its tag tells."""
        books = self.folder / 'books'
        books.mkdir()
        self.put('books/a.xml', 'Lamp', 'He counts once.')
        self.start('site', '--watch', '--preview', '--files', 'epub', '-o', 'site', 'books')
        # Two programs say it, in any order.
        found = self.said(r'(?s)watching.*http://127\.0\.0\.1:(\d+)/|http://127\.0\.0\.1:(\d+)/.*watching')
        port = int(found[1] or found[2])

        def ask(path):
            connection = http.client.HTTPConnection('127.0.0.1', port, timeout=PATIENCE)
            connection.request('GET', path)
            answer = connection.getresponse()
            text = answer.read().decode()
            connection.close()
            self.assertEqual(answer.status, 200, path)
            return answer.getheader('ETag'), text
        tag, text = ask('/')
        self.assertIn('Lamp', text)
        # Pages ask by a script, which the folder itself doesn't hold; its tag is the answer's.
        (told,) = re.findall(r"<script src=\"(/~reload.js)\" data-tag='(.*)'></script>", text)
        self.assertEqual(told[1], tag)
        self.assertIn('location.reload', ask(told[0])[1])
        self.assertNotIn('reload', (self.folder / 'site/index.html').read_text())
        self.put('books/b.xml', 'Second', 'It burns.')
        self.said('watching')
        other, text = ask('/')
        self.assertIn('Second', text)
        self.assertNotEqual(tag, other)
        (self.folder / 'half').write_text('<summary')
        (self.folder / 'half').replace(self.folder / 'books/b.xml')
        self.said('watching')
        self.assertEqual(ask('/')[0], other)
        (self.folder / 'books/b.xml').unlink()
        self.said('watching')
        self.assertEqual(ask('/')[0], tag)
        self.end()
        # The preview ends with it.
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                ask('/')
            except OSError:
                return
        self.fail('the preview goes on')

    def test_options(self):
        """epitome.toml is read again when it changes, when it comes, and when it is mended; the preview stays where it is."""
        self.put('a.xml', 'Lamp', 'He counts once.')
        self.start('site', '--watch', '--files', 'epub', '-o', 'site', 'a.xml')
        self.said('watching')
        index = lambda: (self.folder / 'site/index.html').read_text(encoding='utf-8')
        for title in ('Lamps & oil', 'Towers'):
            (self.folder / 'half').write_text('[site]\ntitle = "%s"\n' % title)
            (self.folder / 'half').replace(self.folder / 'epitome.toml')
            self.said('watching')
            self.assertIn('<title>%s' % title.replace('&', '&amp;'), index())
        (self.folder / 'half').write_text('[site]\ntitel = "Lamps"\n')
        (self.folder / 'half').replace(self.folder / 'epitome.toml')
        self.said('E0439')
        self.said('watching')
        self.assertIn('<title>Towers', index())
        (self.folder / 'epitome.toml').unlink()
        self.said('watching')
        self.assertIn('<title>Book summaries', index())
        self.end()

    def test_looks_are_cheap(self):
        """A look opens the folder of sources, but not the manifest, which may be long."""
        (self.folder / 'books').mkdir()
        self.put('books/a.xml', 'Lamp', 'He counts once.')
        self.start('site', '--watch', '--files', 'epub', '-o', 'site', 'books')
        self.said('watching')
        self.assertEqual(self.opened({'site.manifest': self.folder / 'site.manifest', 'books': self.folder / 'books'}, 3), ['books'] * 3)
        self.end()

    def test_end_of_all(self):
        """Ctrl-C goes to the preview, too."""
        self.put('a.xml', 'Lamp', 'He counts once.')
        self.start('site', '--watch', '--preview', '--files', 'epub', '-o', 'site', 'a.xml')
        self.said(r'(?s)watching.*http://|http://.*watching')
        os.killpg(self.process.pid, signal.SIGINT)
        self.assertEqual(self.process.wait(PATIENCE), -signal.SIGINT)

    def test_refused(self):
        self.put('a.xml', 'Lamp', 'He counts once.')
        for arguments in (['-o', 'site'], ['-o', 'site', '--preview'], ['-o', 'site', '-'], ['-o', 'site', '--list', '-']):
            run = subprocess.run([program, 'site', '--watch', *arguments], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            self.assertEqual(run.returncode, 2, arguments)
        # What no edit of a source mends isn't waited for.
        (self.folder / 'site').mkdir()
        (self.folder / 'site/mine').write_text('mine')
        run = subprocess.run([program, 'site', '--watch', '-o', 'site', 'a.xml'], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(run.returncode, 3, run.stderr)


def main():
    global program
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True, type=pathlib.Path)
    arguments, rest = parser.parse_known_args()
    program = arguments.program.resolve()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell has its background jobs ignore
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == '__main__':
    main()
