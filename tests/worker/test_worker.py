#!/usr/bin/env python3
"""epitome-worker and epitome submit at a broker of the test's own: all jobs are done once as their hashes tell, with the
bytes of the command line, whatever ends meanwhile.

    test_worker.py --program PATH [--count N] [--kills N] [test…]
        --count: how many jobs (200; 1,000 by hand); --kills: how many workers are killed (8; 1,000 by hand)
"""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / name) for name in ('suite', 'trials')]
import batch
import mixed
import nats

program = None
count, kills = 200, 8
POISON = '<summary version="1" xml:lang="en"/>'


class Case(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.server = nats.Server(self.folder / 'broker')
        self.addCleanup(lambda: self.server.stop())
        self.workers = []
        self.addCleanup(self.end_workers)

    def end_workers(self):
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.communicate()

    def put(self, name, content):
        path = self.folder / 'store' / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def run_it(self, *arguments, status=0):
        run = subprocess.run([program, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.assertEqual(run.returncode, status, run.stderr)
        return run.stdout + run.stderr

    def submit(self, *arguments, status=0):
        return self.run_it('submit', '--nats', self.server.url, '--stream', 'S', '--store', 'store', *arguments, status=status)

    def worker(self, *options):
        worker = subprocess.Popen([program, 'worker', '--nats', self.server.url, '--stream', 'S', '--store', 'store', '-o', 'out', '-j1',
                                   *([] if "--ack-wait" in options else ["--ack-wait", "2"]), "-q", *options], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.workers.append(worker)
        return worker

    def work(self, *options):
        """Until nothing is left."""
        worker = self.worker('--until-empty', *options)
        _, told = worker.communicate(timeout=100)
        self.assertEqual(worker.returncode, 0, told.decode())
        return told.decode()

    def results(self):
        """({source: its line}, {source: its dead letter}); each once."""
        done, dead = {}, {}
        for subject, message in nats.messages(self.server.port, 'S-results'):
            record = json.loads(message)
            kind = done if subject.startswith('S.done.') else dead
            self.assertNotIn(record['source'], kind, subject)
            kind[record['source']] = record
        return done, dead

    def publish(self, job):
        answer = nats.ask(self.server.port, 'S.job', job if isinstance(job, bytes) else json.dumps(job).encode())
        self.assertIn('seq', answer)

    def wait_for_files(self, many):
        for _ in range(3000):
            if len(list((self.folder / 'out').rglob('*.epub'))) >= many:
                return
            time.sleep(0.01)
        self.fail('the workers do nothing')


class Disturbed(Case):
    def test_all_done_once(self):
        """One worker killed, one stopped for longer than the broker waits, a restart of the broker, duplicates, a poison."""
        for number in range(count):
            self.put('%d/summary-%04d.xml' % (number % 7, number), batch.document(number))
        self.put('bad/poison.xml', POISON)
        self.submit('store')
        self.assertIn('0 jobs are published; %d were there before' % (count + 1), self.submit('store'))
        first, second, third = (self.worker('-j2'), self.worker(), self.worker())
        self.wait_for_files(count // 10)
        first.kill()
        second.send_signal(signal.SIGSTOP)
        self.wait_for_files(count // 4)
        self.server.stop()
        self.server.start()
        self.wait_for_files(count // 2)
        self.submit('store/0')
        time.sleep(2.5)
        second.send_signal(signal.SIGCONT)
        second.send_signal(signal.SIGTERM)
        self.assertEqual(second.wait(timeout=20), 0)
        self.work()
        third.send_signal(signal.SIGTERM)
        self.assertEqual(third.wait(timeout=20), 0)

        self.run_it('export', 'store', '-k', '-q', '-o', 'alone', '--name', '{folder}/{source}', '--manifest', 'm.jsonl', status=1)
        alone = batch.digests(self.folder / 'alone')
        self.assertEqual(len(alone), 2 * count)
        self.assertEqual({name: digest for name, digest in batch.digests(self.folder / 'out').items() if '/.epitome-' not in name}, alone)
        done, dead = self.results()
        self.assertEqual({file['path']: file['sha256'] for record in done.values() for file in record['files']}, alone)
        self.assertEqual(list(dead), ['bad/poison.xml'])
        letter = dead['bad/poison.xml']
        self.assertEqual({found['code'] for found in letter['diagnostics']}, {'E0202'})
        self.assertEqual(json.loads(letter['job'])['source'], 'bad/poison.xml')
        self.assertEqual(nats.messages(self.server.port, 'S'), [])
        # The same lines as the command line's, but for what differs between two programs and two moments.
        keys = 'status', 'pages', 'words', 'diagnostics'
        lines = [json.loads(line) for line in (self.folder / 'm.jsonl').read_text().splitlines()]
        self.assertEqual({line['source'].removeprefix('store/'): [line[key] for key in keys] for line in lines if line['status'] == 'written'},
                         {source: [record[key] for key in keys] for source, record in done.items()})
        # What the killed one left goes when its folder is worked in again.
        self.run_it('export', 'store', '-k', '-q', '-o', 'out', '--name', '{folder}/{source}', status=1)
        self.assertEqual(batch.digests(self.folder / 'out'), alone)


class Kills(Case):
    def test_kills(self):
        """Every file is whole, whatever the moment; the last worker does the rest and removes what the killed ones left."""
        for number in range(3 * kills):
            self.put('%d/summary-%05d.xml' % (number % 3, number), batch.document(number % 30))
        self.run_it('export', 'store', '-q', '-o', 'whole', '--name', '{folder}/{source}')
        whole = batch.digests(self.folder / 'whole')
        self.submit('store')
        chance = random.Random()
        out = self.folder / 'out'
        for _ in range(kills):
            worker = self.worker('--ack-wait', '1', '-j2', '--max-deliver', '1000')
            time.sleep(0.1 + chance.uniform(0, 0.4))
            worker.kill()
            worker.communicate()
            self.workers.clear()
            for path in out.rglob('*'):
                if path.is_file() and not path.name.startswith('.epitome-'):
                    self.assertEqual(hashlib.sha256(path.read_bytes()).hexdigest(), whole[str(path.relative_to(out))], path)
        self.work('--max-deliver', '1000')
        self.assertEqual(batch.digests(out), whole)
        done, dead = self.results()
        self.assertEqual((len(done), dead), (3 * kills, {}))


class Jobs(Case):
    def test_again(self):
        """What is done isn't done again; what its images or files are no more is."""
        self.put('a/a.png', mixed.png(40, 40, (1, 2, 3)))
        self.put('a/a.xml', batch.SOURCE % ('en', 'Pictured', '<p>Seen.</p><figure src="a.png" alt="A plain field"/>'))
        job = {'source': 'a/a.xml', 'options': {'to': 'epub', 'name': 'x/{source}'}}
        self.submit('store/a', '--options', json.dumps(job['options']))
        self.work()
        files = self.folder / 'out/x/a.epub'
        before, made = files.read_bytes(), files.stat().st_ino
        done, _ = self.results()
        self.publish(job)
        self.publish({**job, 'text': (self.folder / 'store/a/a.xml').read_text()})
        self.work()
        self.assertEqual(self.results()[0], done)
        self.assertEqual(files.stat().st_ino, made)
        files.unlink()
        self.publish(job)
        self.work()
        self.assertEqual(files.read_bytes(), before)
        self.put('a/a.png', mixed.png(40, 40, (3, 2, 1)))
        self.publish(job)
        self.work()
        self.assertNotEqual(files.read_bytes(), before)

    def test_by_value(self):
        self.put('b/b.json', subprocess.run([program, 'convert', '-', '--to', 'json'], input=batch.document(1), capture_output=True, text=True, check=True).stdout)
        self.submit('store', '--by-value', '--options', '{"layout": "a4", "to": "pdf", "date": "2025-01-01"}')
        self.run_it('export', 'store/b/b.json', '-q', '-o', 'alone', '--layout', 'a4', '--to', 'pdf', '--date', '2025-01-01')
        (self.folder / 'store/b/b.json').unlink()
        self.work()
        self.assertEqual(*(next((self.folder / name).rglob('*.pdf')).read_bytes() for name in ('out', 'alone')))

    def test_wrong_jobs(self):
        """Each is a dead letter that says why, and none stops those behind it."""
        self.put('a.xml', batch.document(0))
        digest = hashlib.sha256(batch.document(0).encode()).hexdigest()
        os.symlink('/etc/passwd', self.folder / 'store/link.xml')
        self.submit('store/a.xml')
        wrong = [(b'no JSON', 'no JSON object'), (b'{"sour', 'no JSON object'), ([1], 'no JSON object'), ({}, 'no path below'), ({'source': 3}, 'no string'),
                 ({'source': '/etc/passwd'}, 'no path below'), ({'source': '../a.xml'}, 'no path below'), ({'source': 'x//a.xml'}, 'no path below'),
                 ({'source': 'a.xml', 'sha256': 'f' * 64}, 'not the document'), ({'source': 'a.xml', 'sha256': 'F'}, '64 digits'),
                 ({'source': 'a.xml', 'more': 'x'}, 'a job has no more'), ({'source': 'a.xml', 'options': 'a4'}, 'no object'),
                 ({'source': 'link.xml'}, 'leads outside'), ({'source': 'none.xml'}, 'no such file')]
        for options, why in (({'layout': 'none'}, 'no layout'), ({'layout': '/tmp'}, 'no layout'), ({'output': '/tmp'}, "none of a job's"),
                             ({'o': 'x'}, "none of a job's"), ({'to': 'doc'}, 'no format'), ({'to': ['pdf']}, 'no string'), ({'name': '{title}'}, 'may say'),
                             ({'name': '../{source}'}, 'leads out'), ({'languages': '/tmp'}, "none of a job's"), ({'nothing': 'x'}, "none of a job's"), ({'voice': 'true'}, "none of a job's")):
            wrong.append(({'source': 'a.xml', 'sha256': digest, 'options': options}, why))
        for job, _ in wrong:
            self.publish(job)
        self.work('--max-deliver', '2')
        letters = [json.loads(message) for subject, message in nats.messages(self.server.port, 'S-results') if subject.startswith('S.dead.')]
        said = collections.Counter()
        for letter in letters:
            text = json.dumps(letter['diagnostics'])
            found = [why for job, why in wrong if letter['job'] == (job if isinstance(job, bytes) else json.dumps(job).encode()).decode()]
            self.assertEqual(len(found), 1, letter)
            self.assertIn(found[0], text)
            said[letter['job']] += 1
        self.assertEqual((len(said), set(said.values())), (len(wrong), {1}))
        self.assertEqual(sorted(batch.digests(self.folder / 'out')), ['a.epub', 'a.pdf'])

    def test_what_cant_be_written(self):
        """It is tried again, then given up."""
        self.put('a.xml', batch.document(0))
        self.submit('store')
        os.makedirs(self.folder / 'out/a.pdf')
        self.work('--max-deliver', '2')
        _, dead = self.results()
        self.assertEqual((dead['a.xml']['deliveries'], dead['a.xml']['diagnostics'][0]['code']), (2, 'E0701'))

    def test_what_never_ends(self):
        """A job whose worker ends in the midst of it is a dead letter in the end."""
        self.put('long.xml', batch.SOURCE % ('en', 'Long', '<p>The keeper counts barrels before winter.</p>' * 20000))
        self.submit('store')
        worker = self.worker('--max-deliver', '1')
        for _ in range(1000):
            answer = nats.ask(self.server.port, '$JS.API.CONSUMER.INFO.S.workers')
            if answer.get('num_ack_pending') == 1:
                break
            time.sleep(0.005)
        worker.kill()
        self.work('--max-deliver', '1')
        done, dead = self.results()
        self.assertEqual(done, {})
        self.assertIn('begun 1 times and never came to an end', dead['long.xml']['diagnostics'][0]['message'])

    def test_long(self):
        """A document that takes longer than the broker waits stays with its worker, who gives signs of life."""
        self.put('long.xml', batch.SOURCE % ('en', 'Long', '<p>The keeper counts barrels before winter.</p>' * 60000))
        self.submit('store', '--options', '{"to": "pdf"}')
        workers = [self.worker('--ack-wait', '1', '--until-empty') for _ in range(2)]
        redelivered = 0
        while any(worker.poll() is None for worker in workers):
            redelivered = max(redelivered, nats.ask(self.server.port, '$JS.API.CONSUMER.INFO.S.workers').get('num_redelivered', 0))
            time.sleep(0.02)
        self.assertEqual([worker.returncode for worker in workers], [0, 0])
        self.assertEqual((redelivered, len(self.results()[0])), (0, 1))

    def test_usage(self):
        self.put('a.xml', batch.document(0))
        self.put('a.json', '{}')
        self.assertIn('both lead to it', self.submit('store', status=3))
        self.assertIn('no layout', self.submit('store/a.xml', '--options', '{"layout": "none"}', status=2))
        self.assertIn('no JSON', self.submit('store/a.xml', '--options', '{', status=2))
        self.assertIn('stand in', self.run_it('submit', '--nats', self.server.url, '--stream', 'S', '--store', 'other', 'store/a.xml', status=1))
        self.assertIn('--stream', self.run_it('worker', '--stream', 'a.b', status=2))
        self.run_it('worker', status=2)
        self.run_it('submit', '--stream', 'S', status=2)
        port = nats.free_port()
        self.assertIn(str(port), self.run_it('worker', '--stream', 'S', '--nats', 'nats://127.0.0.1:%d' % port, status=3))


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--count', type=int, default=count)
    parser.add_argument('--kills', type=int, default=kills)
    arguments, rest = parser.parse_known_args()
    program, count, kills = str(pathlib.Path(arguments.program).resolve()), arguments.count, arguments.kills
    batch.program = program
    unittest.main(argv=[sys.argv[0], *rest])
