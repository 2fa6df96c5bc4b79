"""What an export does to files: the same bytes anywhere, and a file whole or not at all.

    test_files.py EPITOME      (the program)
"""
import hashlib
import os
import pathlib
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / 'examples/the-push/summary.xml'
COULD_NOT_WRITE = 3
program = None


def export(*arguments, **options):
    options.setdefault('stdout', subprocess.PIPE)
    return subprocess.run([program, 'export', *map(str, arguments)], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)


def contents(folder):
    """{name: length and hash} of a folder's files: what a failing comparison can print."""
    return {f.name: digest(f) for f in sorted(folder.iterdir())}


def digest(file):
    return '%d bytes, %s' % (file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest()[:16])


class Scratch(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name).resolve()

    def made(self, name, source=SOURCE, **options):
        out = self.folder / name
        out.mkdir()
        done = export(source, '-o', out, **options)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        files = contents(out)
        self.assertEqual(sorted(pathlib.Path(f).suffix for f in files), ['.epub', '.pdf'])
        return files


class SameBytes(Scratch):
    def test_two_runs(self):
        self.assertEqual(self.made('one'), self.made('two'))

    def test_locales(self):
        # Turkish has its own i, German a decimal comma; made here, since a bare machine has neither.
        for locale in ('tr_TR', 'de_DE'):
            subprocess.run(['localedef', '-i', locale, '-f', 'UTF-8', self.folder / (locale + '.UTF-8')], check=True)
        environment = dict(os.environ, LOCPATH=str(self.folder))
        files = [self.made('out-' + l, env=dict(environment, LC_ALL=l)) for l in ('C', 'tr_TR.UTF-8', 'de_DE.UTF-8')]
        self.assertEqual(files[0], files[1])
        self.assertEqual(files[0], files[2])

    def test_time_zones(self):
        self.assertEqual(self.made('east', env=dict(os.environ, TZ='E-14')), self.made('west', env=dict(os.environ, TZ='W+11:30')))

    def test_folders(self):
        copy = self.folder / 'copy'
        shutil.copytree(SOURCE.parent, copy)
        self.assertEqual(self.made('here'), self.made('there', source='summary.xml', cwd=copy))

    def test_dates_are_arguments(self):
        """The other way round: what may change the bytes does."""
        dated = self.made('dated', env=dict(os.environ, SOURCE_DATE_EPOCH='1000000000'))
        plain = self.made('plain', env={k: v for k, v in os.environ.items() if k != 'SOURCE_DATE_EPOCH'})
        for name in plain:
            self.assertNotEqual(dated[name], plain[name], name)


class WholeOrNot(Scratch):
    """An old file stays as it was, byte for byte, when the new one can't be written."""

    def setUp(self):
        super().setUp()
        out = self.folder / 'out'
        out.mkdir()
        self.out = out
        self.names = sorted(self.made('names'))
        for name in self.names:
            (out / name).write_bytes(b'old ' + name.encode())
        self.old = contents(out)

    def small_files_only(self, action):
        """A limit on the size of files stands for a full disk; the signal that comes with it must not end the program."""
        def prepare():
            signal.signal(signal.SIGXFSZ, action)
            resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
        return prepare

    def test_full_disk(self):
        for action in signal.SIG_IGN, signal.SIG_DFL:
            done = export(SOURCE, '-o', self.out, preexec_fn=self.small_files_only(action))
            self.assertEqual(done.returncode, COULD_NOT_WRITE)
            self.assertIn(b'error[', done.stderr)
            self.assertEqual(contents(self.out), self.old)

    def test_killed_at_any_time(self):
        new = contents(self.folder / 'names')
        for milliseconds in range(0, 60, 4):
            running = subprocess.Popen([program, 'export', SOURCE, '-o', self.out], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                running.wait(milliseconds / 1000)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
            for name in self.names:
                self.assertIn(digest(self.out / name), (self.old[name], new[name]), '%s after %d ms' % (name, milliseconds))

    def test_folder_without_write_permission(self):
        self.out.chmod(0o555)
        self.addCleanup(self.out.chmod, 0o755)
        # Root may write anywhere by a capability; without it, root is an owner like any other.
        plain = ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] if os.geteuid() == 0 else []
        done = subprocess.run([*plain, program, 'export', SOURCE, '-o', self.out], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, COULD_NOT_WRITE, done.stderr.decode())
        self.assertIn(b'error[', done.stderr)
        self.assertEqual(contents(self.out), self.old)

    def test_dev_full(self):
        with open('/dev/full', 'wb') as full:
            done = export(SOURCE, '--to', 'pdf', '-o', '-', stdout=full)
        self.assertEqual(done.returncode, COULD_NOT_WRITE, done.stderr.decode())
        self.assertIn(b'error[', done.stderr)

    def test_device_as_file(self):
        # A link in a folder of its own: were the program to rename over it, the machine's device stays.
        link = self.folder / 'full.pdf'
        link.symlink_to('/dev/full')
        done = export(SOURCE, '--to', 'pdf', '-o', link)
        self.assertEqual(done.returncode, COULD_NOT_WRITE, done.stderr.decode())
        self.assertIn(b'error[', done.stderr)
        self.assertTrue(link.is_symlink())
        self.assertTrue(stat.S_ISCHR(os.stat('/dev/full').st_mode))

    def test_no_such_folder(self):
        done = export(SOURCE, '-o', self.folder / 'none' / 'a.pdf', '--to', 'pdf')
        self.assertEqual(done.returncode, COULD_NOT_WRITE, done.stderr.decode())
        self.assertFalse((self.folder / 'none').exists())


if __name__ == '__main__':
    program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
