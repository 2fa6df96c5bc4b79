"""What `cmake --install` puts in place works from any folder, and what is installed on a machine is named in .ci/packages.

    test_install.py BUILD      (the build folder)
"""
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / 'examples/the-push/summary.xml'
build = None


def packages(*sections):
    found, inside = set(), False
    for line in (ROOT / '.ci/packages').read_text(encoding='utf-8').splitlines():
        if line.startswith('['):
            inside = line[1:line.index(']')] in sections
        elif inside and line.strip() and not line.startswith('#'):
            found.add(line.split()[0])
    return found


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        first = pathlib.Path(cls.scratch.name, 'first')
        subprocess.run(['cmake', '--install', build, '--prefix', first], check=True, stdout=subprocess.DEVNULL)
        cls.prefix = first.rename(first.with_name('moved'))     # nothing may depend on where it was put

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def export(self, program, out):
        out.mkdir()
        done = subprocess.run([program, 'export', EXAMPLE, '-o', out], cwd='/', env={}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in out.iterdir()}

    def test_program(self):
        scratch = pathlib.Path(self.scratch.name)
        ours = self.export(self.prefix / 'bin/epitome', scratch / 'installed')
        self.assertEqual(ours, self.export(build / 'bin/epitome', scratch / 'built'))
        # It read its own data: without them it can do nothing.
        data = self.prefix / 'share/epitome'
        data.rename(data.with_name('elsewhere'))
        done = subprocess.run([self.prefix / 'bin/epitome', 'export', EXAMPLE, '-o', scratch], env={}, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        data.with_name('elsewhere').rename(data)
        self.assertNotEqual(done.returncode, 0)

    def test_files(self):
        share = self.prefix / 'share'
        self.assertTrue((share / 'epitome/layouts/book/layout.xml').exists())
        self.assertTrue(list((share / 'epitome/hyphenation').iterdir()))
        names = {path.stem for path in (share / 'epitome/names').glob('*.names')}
        # CLDR names no characters in some of the languages.
        languages = {path.stem for path in (ROOT / 'layouts/languages').glob('*.xml')}
        self.assertLessEqual(names, languages)
        self.assertGreater(len(names), 100)
        self.assertIn('Unicode', (share / 'epitome/names/LICENCE.txt').read_text(encoding='utf-8'))
        page = (share / 'man/man1/epitome.1').read_text(encoding='utf-8')
        bash = share / 'bash-completion/completions/epitome'
        subprocess.run(['bash', '-n', bash], check=True)
        completions = [bash, share / 'zsh/site-functions/_epitome', share / 'fish/vendor_completions.d/epitome.fish']
        # The page and the completions know every option that the program knows, every format and every layout.
        for command in ('export', 'check', 'dump', 'compare'):
            said = subprocess.run([self.prefix / 'bin/epitome', command, '--help'], stdout=subprocess.PIPE, text=True, check=True).stdout
            options = set(re.findall(r'--([a-z-]+)', said))
            self.assertTrue(options - {'help'})
            for option in options:
                self.assertIn('\\-\\-' + option.replace('-', '\\-'), page)
                for file in completions:
                    self.assertRegex(file.read_text(encoding='utf-8'), r'(--|-l )%s(?![\w-])' % option, file)
        layouts = {path.parent.name for path in (ROOT / 'layouts').glob('*/layout.xml')}
        for word in layouts | {'pdf', 'epub'}:
            for file in (share / 'man/man1/epitome.1', *completions):
                self.assertRegex(file.read_text(encoding='utf-8').replace('\\-', '-'), r'\b%s\b' % word, file)

    def test_bash_completion(self):
        """What bash offers for a command line whose last word is begun."""
        def offered(*words):
            script = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _epitome; printf "%s\\n" "${COMPREPLY[@]}"'
            said = subprocess.run(['bash', '-c', script, self.prefix / 'share/bash-completion/completions/epitome', *words],
                                  cwd=EXAMPLE.parent, stdout=subprocess.PIPE, text=True, check=True)
            return said.stdout.split()
        self.assertEqual(offered('epitome', 'ex'), ['export'])
        self.assertEqual(offered('epitome', 'export', '--to', ''), ['pdf', 'epub', 'kepub', 'kindle', 'onix', 'booklet', 'cards', 'brief', 'anki', 'pdf,epub'])
        self.assertEqual(offered('epitome', 'dump', '--pa'), ['--pages', '--package', '--parts'])
        self.assertEqual(offered('epitome', 'check', '--format', 'j'), ['json'])
        self.assertIn('large', offered('epitome', 'check', '--layout', 'l'))
        self.assertIn('summary.xml', offered('epitome', 'export', 'su'))
        self.assertEqual(offered('epitome', 'help', 'com'), ['compare'])
        self.assertEqual(offered('epitome', 'check', '--date', ''), [])

    def makes_the_programs_files(self, reader):
        """Somebody's program, linked with the library, makes the same bytes as epitome."""
        out = reader.with_name(reader.name + '-files')
        out.mkdir()
        done = subprocess.run([reader, EXAMPLE.name, out], cwd=EXAMPLE.parent, env={}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ''))
        made = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in out.iterdir()}
        self.assertEqual(made, self.export(self.prefix / 'bin/epitome', reader.with_name(reader.name + '-program')))

    def test_library_by_cmake(self):
        out = pathlib.Path(self.scratch.name, 'by-cmake')
        for command in (['cmake', '-S', ROOT / 'tests/install', '-B', out, '-DCMAKE_PREFIX_PATH=%s' % self.prefix],
                        ['cmake', '--build', out]):
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.assertEqual(done.returncode, 0, done.stdout)
        self.makes_the_programs_files(out / 'reader')

    def test_library_by_pkg_config(self):
        found = list(self.prefix.rglob('epitome.pc'))
        self.assertEqual(len(found), 1)

        def asked(*what):
            said = subprocess.run(['pkg-config', *what, 'epitome'], env={**os.environ, 'PKG_CONFIG_PATH': str(found[0].parent)},
                                  stdout=subprocess.PIPE, text=True, check=True)
            return said.stdout.split()
        program = pathlib.Path(self.scratch.name, 'by-pkg-config')
        done = subprocess.run([os.environ.get('CXX', 'c++'), '-std=c++20', '-DDATA="%s"' % asked('--variable=data')[0], ROOT / 'tests/install/reader.cpp',
                               '-o', program, *asked('--cflags', '--libs')], stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.makes_the_programs_files(program)


class Packages(unittest.TestCase):
    def test_fonts(self):
        fonts = {f.get('package') for f in ET.parse(ROOT / 'fonts/manifest.xml').getroot().iter('font')}
        self.assertTrue(fonts)
        self.assertEqual(fonts - packages('fonts', 'fonts-cjk'), set())

    def test_hyphenation(self):
        needed = set()
        for file in sorted((ROOT / 'layouts/languages').glob('*.xml')):
            needed |= {h.get('package') for h in ET.parse(file).getroot().iter('hyphenation') if h.get('package')}
        self.assertTrue(needed)
        self.assertEqual(needed - packages('build'), set())

    def test_pins(self):
        for section, pin in (('maven', r'[\w.-]+:[\w.-]+:[\d.]+'), ('npm', r'@?[\w/-]+@[\d.]+'), ('node', r'[\w-]+==[\d.]+'), ('pypi', r'[\w-]+==[\d.]+'),
                             ('peers', r'[\w-]+==[\d.]+(post\d+)?')):
            self.assertTrue(packages(section), section)
            for package in packages(section):
                self.assertRegex(package, '^' + pin + '$')


if __name__ == '__main__':
    build = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
