#!/usr/bin/env python3
"""Many documents: the same bytes with any --jobs and --shard as one by one, names, collisions, manifest, what is done again,
errors, signals, and what kill -9 leaves.

    batch.py --program PATH [--count N] [test…]      --count: how many times a batch is killed (30; 1,000 by hand)
"""
import argparse
import fcntl
import hashlib
import json
import os
import pathlib
import pty
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'trials'))
import mixed

SOURCE = '''<?xml version="1.0" encoding="UTF-8"?>
<summary version="1" xml:lang="%s">
  <work><title>%s</title><contributor role="author" sort="Example, Ann">Ann Example</contributor></work>
  <edition><date>2024-05-31</date></edition>
  <overview>%s</overview>
</summary>
'''
WORDS = {
    'en': 'the keeper counts barrels before winter and writes carefully about every light that a ship has seen'.split(),
    'de': 'der Wärter zählt die Fässer vor dem Winter und schreibt vorsichtig über jedes Licht der Leuchtturmwärterstochter'.split(),
    'ar': 'مصباح حارس سفينة شتاء زيت درج جدار ليل ضباب ضوء يعدّ يشعل يكتب و في من على'.split(),
    'ja': ['灯台の番人は', '樽を数えてから', '日を数え、', '灯は燃え続ける。'],
    'fr': 'le gardien compte les tonneaux avant l’hiver et écrit au sujet de chaque lumière'.split(),
}
BAD = '<summary version="1" xml:lang="en"/>'
program = None
count = 30


def text(chance, lang, least, most):
    words = [chance.choice(WORDS[lang]) for _ in range(chance.randint(least, most))]
    return ('' if lang == 'ja' else ' ').join(words)


def document(number):
    """Always the same for a number; their languages take turns, their lengths differ."""
    chance = random.Random(number)
    lang = list(WORDS)[number % len(WORDS)]
    paragraphs = ''.join('<p>%s</p>' % text(chance, lang, 5, chance.choice((20, 80))) for _ in range(chance.choice((1, 3, 9))))
    return SOURCE % (lang, 'Summary %02d' % number, paragraphs)


def digests(folder):
    """Of every file below, hidden ones too."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob('*')) if path.is_file()}


class Case(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def put(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def sources(self, many, folder='src'):
        for number in range(many):
            self.put('%s/%d/summary-%02d.xml' % (folder, number % 3, number), document(number))

    def run_it(self, *arguments, status=0, given=None, **more):
        run = subprocess.run([program, 'export', *map(str, arguments)], cwd=self.folder, capture_output=True, input=given,
                             stdin=None if given is not None else subprocess.DEVNULL, **more)
        self.assertEqual(run.returncode, status, run.stderr.decode())
        return run.stdout.decode(), run.stderr.decode()

    def manifest(self, name='m.jsonl'):
        return [json.loads(line) for line in (self.folder / name).read_text().splitlines()]


class Same(Case):
    def test_bytes(self):
        """As one by one, each by a run of its own; in the order of the sources."""
        self.sources(30)
        for source in sorted(self.folder.glob('src/*/*.xml')):
            self.run_it(source.relative_to(self.folder), '-q', '-o', 'single-%s' % source.parent.name)
        alone = {name: digest for number in range(3) for name, digest in digests(self.folder / ('single-%d' % number)).items()}
        self.assertEqual(len(alone), 60)
        told = {}
        for jobs in 1, 2, 5:
            out, _ = self.run_it('src', '-o', 'out-%d' % jobs, '--jobs', jobs, '--manifest', 'm-%d' % jobs)
            made = digests(self.folder / ('out-%d' % jobs))
            self.assertEqual({pathlib.Path(name).name: digest for name, digest in made.items()}, alone)
            self.assertIn('0/summary-00.pdf', made)
            self.assertEqual([line['source'] for line in self.manifest('m-%d' % jobs)],
                             [str(path.relative_to(self.folder)) for path in sorted(self.folder.glob('src/*/*.xml'))])
            told[jobs] = [line.rsplit(',', 1)[0].replace('out-%d' % jobs, 'out') for line in out.splitlines()[:-1]]
        self.assertEqual(told[1], told[5])
        self.assertEqual(len(told[1]), 30)
        for shard in 1, 2, 3:
            self.run_it('src', '-q', '-o', 'shards', '--shard', '%d/3' % shard, '--manifest', 's-%d' % shard)
        self.assertEqual(digests(self.folder / 'shards'), made)
        parts = [len(self.manifest('s-%d' % shard)) for shard in (1, 2, 3)]
        self.assertEqual(sum(parts), 30)
        self.assertGreater(min(parts), 2, parts)

    def test_manifest_says_what_is_there(self):
        self.sources(4)
        self.run_it('src', '-q', '-o', 'out', '--manifest', 'm.jsonl')
        self.assertFalse((self.folder / 'm.jsonl.part').exists())
        for line in self.manifest():
            self.assertEqual(line['status'], 'written')
            self.assertGreater(line['pages'], 2)
            self.assertGreater(line['words'], 3)
            for file in line['files']:
                content = (self.folder / file['path']).read_bytes()
                self.assertEqual((file['bytes'], file['sha256']), (len(content), hashlib.sha256(content).hexdigest()))
            self.assertEqual([pathlib.Path(file['path']).suffix for file in line['files']], ['.pdf', '.epub'])


class Names(Case):
    def test_sources(self):
        self.sources(6)
        self.put('src/.hidden.xml', BAD)
        self.put('src/notes.txt', 'x')
        self.put('empty/notes.txt', 'x')
        self.assertIn('no file that ends in .xml, .json', self.run_it('empty', status=1)[1])
        os.symlink('..', self.folder / 'src/round')
        self.run_it('src/*/*-0[01].xml', '-q', '-o', 'glob')
        self.assertEqual(len(digests(self.folder / 'glob')), 4)
        self.assertIn('nothing is called so', self.run_it('src/*/none*', '-q', '-o', 'none', status=1)[1])
        for number, end in enumerate((b'\n', b'\0')):
            names = end.join(str(path.relative_to(self.folder)).encode() for path in sorted(self.folder.glob('src/*/*.xml')))
            self.run_it('--list', '-', '-q', '-o', 'list-%d' % number, given=names)
            self.put('list', names)
            self.run_it('--list', 'list', '-q', '-o', 'file-%d' % number)
            for made in 'list', 'file':
                self.assertEqual(len(digests(self.folder / ('%s-%d' % (made, number)))), 12)
        self.put('src/json/other.xml', document(6))
        subprocess.run([program, 'convert', 'src/json/other.xml', '-o', 'src/json/other.json'], cwd=self.folder, check=True)
        (self.folder / 'src/json/other.xml').unlink()
        self.put('src/json/README.md', 'About the others.')
        self.run_it('src', '-q', '-o', 'tree', '--to', 'epub')
        self.assertEqual(sorted(digests(self.folder / 'tree')), sorted(
            ['json/summary-06.epub', *('%d/summary-%02d.epub' % (n % 3, n) for n in range(6))]))

    def test_patterns(self):
        self.sources(3)
        for pattern, wanted in (('{title}-{lang}', 'summary-01-de.epub'), ('{lang}/{title}', 'de/summary-01.epub'),
                                ('{folder}/x-{source}', '1/x-summary-01.epub'), ('{source}/book', 'summary-01/book.epub')):
            out = pattern.replace('/', '+')
            self.run_it('src', '-q', '--to', 'epub', '-o', out, '--name', pattern)
            self.assertIn(wanted, digests(self.folder / out))
        for wrong in '{titel}', 'a}', '{title':
            self.assertIn('--name', self.run_it('src', '--name', wrong, status=2)[1])
        self.assertIn('leads out', self.run_it('src', '-k', '--name', '../{title}', '-o', 'out', status=3)[1])
        self.assertEqual(list(self.folder.glob('summary-*')), [])

    def test_collisions(self):
        """Told before anything is written; with --keep-going the first has the name."""
        self.sources(3)
        self.put('src/again/a.xml', document(1))
        self.put('src/again/b.xml', document(2))
        _, told = self.run_it('src', '-o', 'out', '--name', '{title}', status=3)
        self.assertEqual(told.count('both lead to it'), 2)
        self.assertIn('src/1/summary-01.xml and src/again/a.xml both lead to it', told)
        self.assertFalse((self.folder / 'out').exists())
        self.run_it('src', '-o', 'out', '--name', '{title}', '-k', '-q', '--manifest', 'm.jsonl', status=3)
        self.assertEqual([(line['source'], line['status']) for line in self.manifest()],
                         [('src/0/summary-00.xml', 'written'), ('src/1/summary-01.xml', 'written'), ('src/2/summary-02.xml', 'written'),
                          ('src/again/a.xml', 'failed'), ('src/again/b.xml', 'failed')])
        # Parts of one whole know of each other.
        parts = [subprocess.run([program, 'export', 'src', '-q', '-o', 'parts', '--name', '{title}', '--shard', '%d/4' % part],
                                cwd=self.folder, capture_output=True).returncode for part in range(1, 5)]
        self.assertEqual(parts, [3] * 4)

    def test_nothing_that_is_a_source_is_written_to(self):
        self.sources(2)
        source = self.folder / 'src/0/summary-00.xml'
        before = source.read_bytes()
        self.assertIn('it is a source', self.run_it('src', '-o', 'out', '--manifest', source, status=3)[1])
        picture = self.folder / 'lamp.png'
        picture.write_bytes(b'\x89PNG')
        self.assertIn('is no manifest', self.run_it('src', '-o', 'out', '--manifest', 'lamp.png', status=3)[1])
        self.assertEqual(picture.read_bytes(), b'\x89PNG')
        os.makedirs(self.folder / 'out/1')
        os.link(source, self.folder / 'out/1/summary-01.pdf')
        self.assertIn('it is a source', self.run_it('src', '-o', 'out', status=3)[1])
        self.assertEqual(source.read_bytes(), before)


class Errors(Case):
    def test_statuses(self):
        self.sources(8)
        self.put('src/1/summary-00-bad.xml', BAD)
        self.put('src/1/none.xml', '')
        out, told = self.run_it('src', '-o', 'out', '-j3', '--keep-going', '--manifest', 'm.jsonl', status=1)
        self.assertEqual(len(digests(self.folder / 'out')), 16)
        self.assertIn('10 documents: 8 written, 2 failed', out)
        failed = [line for line in self.manifest() if line['status'] == 'failed']
        self.assertEqual([line['source'] for line in failed], ['src/1/none.xml', 'src/1/summary-00-bad.xml'])
        for line in failed:
            self.assertEqual(line['files'], [])
            self.assertTrue(line['diagnostics'][0]['code'].startswith('E'))
            self.assertIn(line['diagnostics'][0]['message'], told)
        # All before the first that fails are done.
        _, told = self.run_it('src', '-o', 'stopped', '-j1', status=1)
        self.assertEqual(sorted(digests(self.folder / 'stopped')), sorted('0/summary-%02d.%s' % (n, e) for n in (0, 3, 6) for e in ('epub', 'pdf')))
        self.assertIn('4 of 10 documents are done or told of, from src/1/summary-00-bad.xml on none was begun', told)
        # The worst.
        self.put('mixed/bad.xml', BAD)
        self.put('mixed/good.xml', document(1))
        os.makedirs(self.folder / 'mixed-out/summary-01.pdf')
        self.run_it('mixed', '-k', '-q', '-o', 'mixed-out', status=3)

    def test_told_together(self):
        for number in range(12):
            self.put('src/%02d.xml' % number, SOURCE % ('en', 'Lamp %d' % number, '<p>the the lamp, a a ship</p>' * 5))
        _, told = self.run_it('src', '-o', 'out', '-j5', '--format', 'short')
        names = [line.split(':')[0] for line in told.splitlines() if line.startswith('src/')]
        self.assertEqual(names, sorted(names))
        self.assertGreater(len(names), 24)

    def test_usage(self):
        self.sources(1)
        for wrong in (['--jobs', '0'], ['--jobs', 'x'], ['--shard', '4/3'], ['--shard', '0/3'], ['--shard', '3'], ['--resume'],
                      ['--skip-unchanged'], ['-o', 'a.pdf'], ['-o', '-', '--to', 'pdf'], ['--report', 'r.json']):
            self.assertNotEqual(self.run_it('src', *wrong, status=2)[1], '', wrong)
        self.run_it(status=2)
        self.run_it('--list', 'none', status=1)

    def test_terminal(self):
        """A bar on a terminal, and nothing of it elsewhere."""
        self.sources(6)
        ours, theirs = pty.openpty()
        process = subprocess.Popen([program, 'export', 'src', '-o', 'out', '-j1'], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
        os.close(theirs)
        shown = b''
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass  # the terminal's other end is closed
        self.assertEqual(process.wait(), 0)
        os.close(ours)
        self.assertRegex(shown.decode(), r'\[#+ *\] \d of 6, [0-9.]+ a second, \d+ s left')
        self.assertNotIn('pages, ', shown.decode().split('documents:')[0])
        self.assertRegex(shown.decode(), r'6 documents: 6 written; .* p50 \d+ ms, p99 \d+ ms\r\n$')
        self.assertNotIn('\x1b', ''.join(self.run_it('src', '-o', 'out')))


class Again(Case):
    def setUp(self):
        super().setUp()
        self.sources(5)
        self.put('src/pictured/a.png', mixed.png(40, 40, (1, 2, 3)))
        self.put('src/pictured/a.xml', SOURCE % ('en', 'Pictured', '<p>Seen.</p><figure src="a.png" alt="A plain field"/>'))
        self.run_it('src', '-q', '-o', 'out', '--manifest', 'm.jsonl')
        self.before = digests(self.folder / 'out')

    def again(self, *options, written):
        out, _ = self.run_it('src', '-o', 'out', '--manifest', 'm.jsonl', *options)
        self.assertEqual(len([line for line in out.splitlines() if line.startswith('src/')]), written, out)
        return {line['source']: line['status'] for line in self.manifest()}

    def test_unchanged(self):
        statuses = self.again('--skip-unchanged', written=0)
        self.assertEqual(set(statuses.values()), {'unchanged'})
        # One of each kind of what the bytes depend on.
        self.put('src/0/summary-00.xml', document(0).replace('</overview>', '<p>More.</p></overview>'))
        self.put('src/pictured/a.png', mixed.png(40, 40, (3, 2, 1)))
        (self.folder / 'out/2/summary-02.epub').unlink()
        statuses = self.again('--skip-unchanged', written=3)
        self.assertEqual({source for source, status in statuses.items() if status == 'written'},
                         {'src/0/summary-00.xml', 'src/pictured/a.xml', 'src/2/summary-02.xml'})
        self.again('--skip-unchanged', '--layout', 'a4', written=6)
        self.again('--skip-unchanged', '--layout', 'a4', '--date', '2025-01-01', written=6)
        self.again('--skip-unchanged', written=6)
        self.put('src/0/summary-00.xml', document(0))
        self.put('src/pictured/a.png', mixed.png(40, 40, (1, 2, 3)))
        self.again('--skip-unchanged', written=2)
        self.assertEqual(digests(self.folder / 'out'), self.before)

    def test_what_failed_is_tried_again(self):
        self.put('src/bad.xml', BAD)
        for option in '--skip-unchanged', '--resume':
            _, told = self.run_it('src', '-q', '-o', 'out', '--manifest', 'm.jsonl', '-k', option, status=1)
            self.assertIn('src/bad.xml', told)
            self.assertEqual(len(self.manifest()), 7)

    def test_a_line_that_was_cut(self):
        whole = (self.folder / 'm.jsonl').read_bytes()
        (self.folder / 'm.jsonl').unlink()
        self.put('m.jsonl.part', whole[:len(whole) * 2 // 3])
        lines = whole[:len(whole) * 2 // 3].count(b'\n')
        self.assertIn(lines, range(2, 6))
        self.again('--resume', written=6 - lines)
        self.assertEqual([line['source'] for line in self.manifest()], [json.loads(line)['source'] for line in whole.splitlines()])
        self.assertEqual(digests(self.folder / 'out'), self.before)


class Ends(Case):
    def start(self, out, *options):
        return subprocess.Popen([program, 'export', 'src', '-o', out, '--manifest', 'm.jsonl', '-j2', *options], cwd=self.folder,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def wait_for_files(self, out, many, process):
        while process.poll() is None and len(list((self.folder / out).rglob('*.epub'))) < many:
            time.sleep(0.002)

    def test_signals(self):
        """What was begun is finished, what wasn't is told; --resume does the rest."""
        self.sources(40)
        self.run_it('src', '-q', '-o', 'whole')
        whole = digests(self.folder / 'whole')
        for number in signal.SIGINT, signal.SIGTERM:
            out = 'out-%d' % number
            process = self.start(out)
            self.wait_for_files(out, 3, process)
            process.send_signal(number)
            _, told = process.communicate()
            self.assertEqual(process.returncode, -number, told.decode())
            self.assertRegex(told.decode(), r'interrupted: \d+ of 40 documents are done or told of, from src/\S+ on none was begun')
            made = digests(self.folder / out)
            self.assertLess(made.items(), whole.items())
            self.assertEqual(len([name for name in made if name.endswith('.pdf')]) * 2, len(made))
            lines = [json.loads(line) for line in (self.folder / 'm.jsonl.part').read_text().splitlines()]
            self.assertEqual(len(lines) * 2, len(made))
            self.run_it('src', '-q', '-o', out, '--manifest', 'm.jsonl', '--resume')
            self.assertEqual(digests(self.folder / out), whole)
            os.unlink(self.folder / 'm.jsonl')

    def test_second_signal_drops(self):
        self.sources(40)
        process = self.start('out')
        self.wait_for_files('out', 2, process)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        process.communicate()
        self.assertIn(process.returncode, (-signal.SIGINT, -signal.SIGTERM))
        self.assertEqual([name for name in digests(self.folder / 'out') if '.epitome-' in name], [])

    def test_kills(self):
        """Every file is whole, whatever the moment; --resume completes with the bytes of a run that was not disturbed, and
        removes what the killed ones left. A running program's files stay."""
        self.sources(24)
        self.run_it('src', '-q', '-o', 'whole', '--manifest', 'undisturbed')
        whole = digests(self.folder / 'whole')
        chance = random.Random()
        started = time.monotonic()
        self.run_it('src', '-q', '-o', 'timed')
        lasts = time.monotonic() - started
        left = 0
        for number in range(count):
            # Every third run writes over files that are there.
            if number % 3 == 0:
                subprocess.run(['rm', '-rf', 'out', 'm.jsonl', 'm.jsonl.part'], cwd=self.folder, check=True)
            elif number % 3 == 2 and (self.folder / 'm.jsonl').exists():
                (self.folder / 'm.jsonl').unlink()
            process = self.start('out', *(['--resume'] if number % 3 == 1 else []))
            time.sleep(chance.uniform(0, lasts))
            process.kill()
            process.communicate()
            if not (self.folder / 'out').exists():
                continue
            for name, digest in digests(self.folder / 'out').items():
                if pathlib.Path(name).name.startswith('.epitome-'):
                    left += 1
                else:
                    self.assertEqual(digest, whole[name], name)
        self.run_it('src', '-q', '-o', 'out', '--manifest', 'm.jsonl', '--resume')
        self.assertEqual(digests(self.folder / 'out'), whole)
        keys = 'source', 'status', 'files', 'pages', 'words', 'diagnostics'
        plain = lambda lines: [[line[key] for key in keys] for line in lines]
        self.assertEqual(json.loads(json.dumps(plain(self.manifest())).replace('"out/', '"whole/')), plain(self.manifest('undisturbed')))
        print('%d kills left %d unfinished files, which are gone' % (count, left))

    def test_left_over(self):
        """Files that a killed program left go; those that one holds stay; an old file whose only name is a second one comes back."""
        self.sources(3)
        out = self.folder / 'out/0'
        out.mkdir(parents=True)
        for name in '.epitome-aaaaaa', '.epitome-bbbbbb', '.epitome-cccccc.old.pdf', '.epitome-other', '.epitome-dddddd.summary-00.pdf':
            (out / name).write_text(name)
        with open(out / '.epitome-bbbbbb') as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            _, told = self.run_it('src', '-q', '-o', 'out', '--to', 'epub')
        self.assertIn('3 unfinished files', told)
        self.assertEqual(sorted(digests(self.folder / 'out')), sorted(
            ['0/.epitome-bbbbbb', '0/.epitome-other', '0/old.pdf', '0/summary-00.pdf', '0/summary-00.epub', '1/summary-01.epub', '2/summary-02.epub']))


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--count', type=int, default=count)
    arguments, rest = parser.parse_known_args()
    program, count = str(pathlib.Path(arguments.program).resolve()), arguments.count
    unittest.main(argv=[sys.argv[0], *rest])
