"""Calls of the system fail, one at a time: an export then ends with a status that says so and with the old files, both of them,
or it does without the call and writes what it always writes.

    test_faults.py EPITOME FAIL_CALL [--every N] [test…]      (the program, the library of fail_call.c)

--every: each how many of the allocations fails (7), and all of the last 200, while files are written. --every 1 takes minutes.
"""
import concurrent.futures
import hashlib
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

SOURCE = b'''<?xml version="1.0" encoding="UTF-8"?>
<summary version="1" xml:lang="en">
  <work><title prefix="The">Lamp</title><contributor role="author" sort="Example, Ann">Ann Example</contributor></work>
  <edition><date>2024-05-31</date></edition>
  <overview><p>A lamp is lit, and the room is seen.</p><p xml:lang="ar">\xd9\x85\xd8\xb5\xd8\xa8\xd8\xa7\xd8\xad</p></overview>
</summary>
'''
NAMES = 'the-lamp.epub', 'the-lamp.pdf'
OLD = {name: b'old ' + name.encode() for name in NAMES}
DONE, INPUT, COULD_NOT_WRITE, OUR_OWN = 0, 1, 3, 70
program = fail_call = None
every = 7


class Ended:
    def __init__(self, call='', at=0, old=OLD, **more):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / 'lamp.xml').write_bytes(SOURCE)
            out = folder / 'out'
            out.mkdir()
            for name, content in old.items():
                (out / name).write_bytes(content)
            environment = dict(os.environ, LD_PRELOAD=fail_call, FAIL_CALL=call, FAIL_AT=str(at), COUNT_TO=str(folder / 'count'), **more)
            run = subprocess.run([program, 'export', 'lamp.xml', '-o', 'out'], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                 capture_output=True)
            self.status, self.told = run.returncode, run.stderr.decode()
            self.files = {path.name: path.read_bytes() for path in out.iterdir()}
            count = folder / 'count'
            self.calls = int(count.read_text()) if count.exists() else None  # None: it ended at once


class Faults(unittest.TestCase):
    def setUp(self):
        whole = Ended()
        self.assertEqual((whole.status, whole.told, sorted(whole.files)), (DONE, '', sorted(NAMES)))
        self.new = whole.files
        self.assertNotEqual(self.new, OLD)

    def each(self, call, **more):
        """What each failing call leads to."""
        calls = Ended(call, **more).calls
        self.assertGreater(calls, 0, call)
        return [Ended(call, at, **more) for at in range(1, calls + 1)]

    def shows(self, ended):
        return '%s\n%s' % (ended.told, {name: 'new' if content == self.new.get(name) else content[:20] for name, content in ended.files.items()})

    def whole_or_not(self, ended, *statuses):
        self.assertIn(ended.status, (DONE, *statuses), self.shows(ended))
        self.assertEqual(ended.files == (self.new if ended.status == DONE else OLD), True, self.shows(ended))
        if ended.status != DONE:
            self.assertRegex(ended.told, r'error\[E\d{4}\]')

    def test_memory(self):
        calls = Ended('memory').calls
        jobs = [(at, '1') for at in range(1, calls + 1) if at % every == 0 or at > calls - 200]
        jobs += [(at, '0') for at in range(every, calls + 1, 50 * every)]  # all from there fail
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            ends = list(pool.map(lambda job: Ended('memory', job[0], FAIL_TIMES=job[1]), jobs))
        statuses = {}
        for (at, times), ended in zip(jobs, ends):
            with self.subTest(at=at, times=times):
                self.whole_or_not(ended, OUR_OWN)
                if ended.status != DONE:
                    self.assertIn('error[E0903]: memory ran out', ended.told)
            statuses[ended.status] = statuses.get(ended.status, 0) + 1
        print('%d allocations, of which failed every %d.: statuses %s' % (calls, every, statuses))
        # Else nothing was tried.
        self.assertGreater(statuses.get(OUR_OWN, 0), len(jobs) * 3 // 4)

    def test_rename(self):
        for more in {}, {'NO_LINKS': '1'}:
            ends = self.each('rename', **more)
            self.assertEqual(len(ends), 3 if more else 2)
            for ended in ends:
                self.whole_or_not(ended, COULD_NOT_WRITE)
                self.assertEqual(ended.status, COULD_NOT_WRITE)

    def test_rename_where_nothing_was(self):
        for ended in [Ended('rename', at, old={}) for at in (1, 2)]:
            self.assertEqual((ended.status, ended.files), (COULD_NOT_WRITE, {}), ended.told)

    def test_rename_that_can_not_be_undone(self):
        """No name can be given any more: what is new and where the old file is are told."""
        ended = Ended('rename', 2, FAIL_TIMES='0')
        self.assertEqual(ended.status, COULD_NOT_WRITE)
        self.assertEqual(ended.files['the-lamp.pdf'] == self.new['the-lamp.pdf'], True)
        self.assertEqual(ended.files['the-lamp.epub'], OLD['the-lamp.epub'])
        kept = [name for name in ended.files if name.startswith('.epitome-')]
        self.assertEqual([ended.files[name] for name in kept], [OLD['the-lamp.pdf']])
        self.assertIn('the new file could not be taken back; the old one is', ended.told)
        self.assertIn(kept[0], ended.told)

    def test_signals(self):
        """One that comes when a file is there but not yet remembered, or when only one of two is renamed."""
        ended = Ended(TERM_IN='mkostemp')
        self.assertEqual((ended.status, ended.files), (-signal.SIGTERM, OLD))
        ended = Ended(TERM_IN='rename')
        self.assertEqual((ended.status, ended.files == self.new), (-signal.SIGTERM, True), self.shows(ended))

    def test_link(self):
        """A file system without hard links."""
        for ended in self.each('link'):
            self.assertEqual(ended.status, DONE, ended.told)
            self.whole_or_not(ended)

    def test_sync(self):
        ends = self.each('fsync')
        self.assertEqual(len(ends), 3)
        for ended in ends[:2]:
            self.assertEqual(ended.status, COULD_NOT_WRITE)
            self.whole_or_not(ended, COULD_NOT_WRITE)
        # That of the folder, when all files have their names.
        self.assertEqual((ends[2].status, ends[2].files == self.new), (COULD_NOT_WRITE, True), ends[2].told)
        self.assertIn('it is written, but its folder could not be synced', ends[2].told)

    def test_open(self):
        """Of all that is opened only the source is an editor's; the rest is the program's."""
        ends = self.each('open')
        self.assertGreater(len(ends), 6)
        for ended in ends:
            self.whole_or_not(ended, INPUT, OUR_OWN)
            if ended.status == INPUT:
                self.assertIn('lamp.xml: error[E0106]', ended.told)
        self.assertEqual([ended.status for ended in ends].count(INPUT), 1)


class Batches(unittest.TestCase):
    """Of many documents only that one fails whose call fails, and no file is half written."""

    def batch(self, call='', at=0, many=6, jobs=2, **more):
        """(status, what is told, files, calls)"""
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / 'src').mkdir()
            for number in range(many):
                (folder / 'src' / ('%02d.xml' % number)).write_bytes(SOURCE.replace(b'>Lamp<', b'>Lamp %02d<' % number))
            environment = dict(os.environ, LD_PRELOAD=fail_call, FAIL_CALL=call, FAIL_AT=str(at), COUNT_TO=str(folder / 'count'), **more)
            run = subprocess.run([program, 'export', 'src', '-o', 'out', '-q', '-k', '-j', str(jobs)], cwd=folder, env=environment,
                                 stdin=subprocess.DEVNULL, capture_output=True)
            out, count = folder / 'out', folder / 'count'
            files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()} if out.exists() else {}
            return run.returncode, run.stderr.decode(), files, int(count.read_text()) if count.exists() else None

    def test_one_call(self):
        status, told, whole, _ = self.batch()
        self.assertEqual((status, told, len(whole)), (DONE, '', 12))
        for call in 'fsync', 'rename':
            with self.subTest(call=call):
                for at in 1, 4, 9:
                    status, told, files, _ = self.batch(call, at)
                    self.assertEqual(status, COULD_NOT_WRITE, told)
                    self.assertEqual(told.count('error[E0701]'), 1, told)
                    self.assertLessEqual(files.items(), whole.items())
                    # All but one document; where a folder's fsync failed, all.
                    self.assertIn(len(files), (10, 12) if 'its folder' in told else (10,), told)
                    self.assertEqual(len({name.rpartition('.')[0] for name in files}) * 2, len(files))

    def test_memory(self):
        _, _, whole, calls = self.batch('memory', many=3)
        for at in range(701, calls, calls // 12):
            status, told, files, _ = self.batch('memory', at, many=3)
            self.assertIn(status, (DONE, OUR_OWN))
            self.assertLessEqual(files.items(), whole.items())
            if status == OUR_OWN:
                self.assertIn('error[E0903]', told)

    def test_memory_while_another_thread_makes_a_file(self):
        _, _, whole, calls = self.batch('memory', many=3)
        ends = [self.batch('memory', at, many=3, SLEEP_IN='mkostemp') for at in range(calls // 8, calls, calls // 40)]
        for status, told, files, _ in ends:
            self.assertIn(status, (DONE, OUR_OWN), told)
            self.assertLessEqual(files.items(), whole.items())
        self.assertGreater([status for status, *_ in ends].count(OUR_OWN), len(ends) // 2)

    def test_looks_at_each_file_as_often_as_before(self):
        """Twice the documents, twice the calls."""
        calls = [self.batch('stat', many=many, jobs=1)[3] for many in (8, 16, 32)]
        self.assertLess(abs((calls[2] - calls[1]) - 2 * (calls[1] - calls[0])), 8, calls)
        self.assertGreater(calls[1] - calls[0], 8, calls)


if __name__ == '__main__':
    program, fail_call = (str(pathlib.Path(sys.argv.pop(1)).resolve()) for _ in range(2))
    if '--every' in sys.argv:
        at = sys.argv.index('--every')
        every = int(sys.argv[at + 1])
        del sys.argv[at:at + 2]
    unittest.main()
