#!/usr/bin/env python3
"""What `epitome check` does with what it finds: --fix and --diff mend it, --ignores leaves out what is meant so, --against
looks for quotations in the book.

    editor.py --program PATH [test…]      Novel needs the corpus
"""
import argparse
import html
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import proof  # noqa: E402

program = None

# What a fault makes of a sound piece of text, as characters; `check --fix` brings it back.
FAULTS = [
    ('the keeper', 'the the keeper'), ('of the', 'of of the'), ('keeper, who', 'keeper,, who'), ('keeper, who', 'keeper , who'),
    ('lamp, and', 'lamp,and'), ('keeper’s', 'keeper´s'), ('keeper’s', "keeper's"), ('night … and', 'night ... and'),
    ('12 °C', '12 ºC'), ('lamp – a', 'lamp -- a'), ('lamp – a', 'lamp - a'), ('lighthouse', 'light\u200bhouse'),
    ('(so he', '( so he'), ('he said)', 'he said )'), ('oil & wicks', 'oil &amp; wicks'), ('stairs—or', 'stairs--or'),
    ('a lamp', 'a lam\u00adp'), ('fog; nobody', 'fog;nobody'),
]
SOUND = ('The keeper’s lamp – a lamp, and not the keeper, who is old – burns at 12 °C above the sea all night … and the keeper '
         'counts oil & wicks (so he said) on the stairs—or in the lighthouse of the fog; nobody asks him.')
BOOK = '''The Lamp

I had come up the stairs at nine, and the ﬁre was out. “Who goes there?” I cried;
but there was nobody. _Never_ have I seen so dark a night -- the sea itself was gone,
and I lit the lamp with a hand that shook like a child's.

In the morning the boat came. They brought bread, oil and letters, and one of them
was for me. I did not open it. I put it with the others, and counted the barrels.
'''


def run(*arguments, cwd):
    return subprocess.run([program, *map(str, arguments)], cwd=cwd, capture_output=True)


def quotation(text, speaker='The keeper', source=''):
    return ('<blockquote><p>%s</p><attribution><speaker>%s</speaker>%s</attribution></blockquote>\n'
            % (text, speaker, '<source>%s</source>' % source if source else ''))


class Case(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.folder = pathlib.Path(self.place.name)

    def told(self, *arguments):
        done = run('check', *arguments, '--format', 'json', cwd=self.folder)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return [json.loads(line) for line in done.stderr.decode().splitlines()]


class Mend(Case):
    def faulty(self, chance, count):
        """A paragraph with faults that don't touch each other, as the source has it."""
        text = SOUND
        for sound, fault in chance.sample(FAULTS, count):
            if text.count(sound) == 1:
                text = text.replace(sound, fault)
        out = html.escape(text, quote=False)
        if chance.random() < 0.5:  # lines of a source end where they like
            out = re.sub(' ', lambda _: chance.choice([' '] * 8 + ['\n   ']), out)
        return out

    def test_what_was_spoilt_is_as_it_was(self):
        chance = random.Random(16)
        for _ in range(5):
            paragraphs = [self.faulty(chance, chance.randint(1, 6)) for _ in range(8)]
            for form in ('xml', 'json', 'ascii.json'):
                source = self.folder / ('lamp.' + form)
                spoilt = self.folder / 'spoilt.xml'
                spoilt.write_text(proof.document('en', '<overview>%s</overview>' % ''.join('<p>%s</p>\n' % p for p in paragraphs)),
                                  encoding='utf-8')
                run('convert', spoilt, '-o', source, cwd=self.folder)
                if form == 'xml':
                    source.write_bytes(spoilt.read_bytes())
                if form == 'ascii.json':  # as Python writes it
                    source.write_text(json.dumps(json.loads(source.read_text(encoding='utf-8')), indent=1), encoding='utf-8')
                before = source.read_text(encoding='utf-8')
                shown = run('check', '--diff', source, cwd=self.folder)
                self.assertEqual(source.read_text(encoding='utf-8'), before)
                done = run('check', '--fix', source, cwd=self.folder)
                self.assertEqual((done.stdout, done.returncode), (shown.stdout, 0))
                after = source.read_text(encoding='utf-8')
                again = run('check', '--diff', source, cwd=self.folder)
                self.assertEqual(again.stdout, b'')
                # All but what a line's end keeps from being mended.
                dump = run('dump', source, '--document', cwd=self.folder).stdout.decode()
                whole = sum('\n' not in p for p in paragraphs) if form == 'xml' else len(paragraphs)
                self.assertGreater(whole, 0)
                self.assertGreaterEqual(dump.count(SOUND), whole, after)
                # The diff is what happened.
                source.write_text(before, encoding='utf-8')
                patched = subprocess.run(['patch', '-s', str(source)], input=shown.stdout, cwd=self.folder, capture_output=True)
                self.assertEqual((patched.returncode, source.read_text(encoding='utf-8')), (0, after), patched.stdout)

    def test_markup_stays(self):
        """Nothing that markup stands in is mended, and nothing else of a source changes."""
        sources = ('<em>He went,</em>, of <q>of</q> <em>a</em> a <note>b</note> c.', 'x<!-- - -->', '<![CDATA[a &amp; b]]>',
                   'a &#32;, b', 'so he said <note>or not.</note>, or')
        for content in sources:
            source = self.folder / 'lamp.xml'
            text = proof.document('en', '<overview><p>%s</p></overview>' % content)
            source.write_text(text, encoding='utf-8')
            done = run('check', '--fix', source, cwd=self.folder)
            self.assertEqual((done.stdout, done.returncode, source.read_text(encoding='utf-8')), (b'', 0, text))

    def test_a_source_with_errors_stays(self):
        source = self.folder / 'lamp.xml'
        text = proof.document('en', '<overview><p>The the lamp.</p><p>of of the</p>').replace('</summary>', '')
        source.write_text(text, encoding='utf-8')
        self.assertEqual((run('check', '--fix', source, cwd=self.folder).returncode, source.read_text(encoding='utf-8')), (1, text))

    def test_standard_input_is_no_file(self):
        self.assertEqual(run('check', '--fix', '-', cwd=self.folder).returncode, 2)


class Ignores(Case):
    def setUp(self):
        super().setUp()
        text = 'He said knock knock, and\n  knock knock once more; the keeper would never admit-that he had heard it'
        (self.folder / 'lamp.xml').write_text(proof.document('en', '<overview><p>%s</p></overview>' % text), encoding='utf-8')

    def codes(self, lines):
        (self.folder / 'meant.txt').write_text(lines, encoding='utf-8')
        return [(m['code'], m['file'], m['line']) for m in self.told('lamp.xml', '--ignores', 'meant.txt')]

    def test_what_is_meant_so(self):
        doubled = [('W0411', 'lamp.xml', 3), ('W0411', 'lamp.xml', 4)]
        rest = [('W0419', 'lamp.xml', 4), ('W0425', 'lamp.xml', 4)]
        self.assertEqual(self.codes('# nothing\n\n'), doubled + rest)
        self.assertEqual(self.codes('W0411 | * | He stammers.\n'), rest)
        self.assertEqual(self.codes('W0411 | said knock knock, and | He stammers.\n'), doubled[1:] + rest)
        self.assertEqual(self.codes('W0411|knock knock, and knock knock once|He stammers.'), rest)
        self.assertEqual(self.codes('W0425 | heard it | It breaks off.\nW0419|never admit-that|so\n'), doubled)

    def test_what_was_not_told(self):
        told = self.codes('W0411 | * | He stammers.\nW0420 | * | no\nW0419 | knock | elsewhere\n')
        self.assertEqual(told[2:], [('W0435', 'meant.txt', 2), ('W0435', 'meant.txt', 3)])

    def test_no_reason(self):
        for line in ('W0411', 'W0411 | *', 'W0411 | * | ', 'W0411 | | why', 'W9999 | * | why', 'E0101 | * | why', 'nothing'):
            self.assertEqual(self.codes('\n%s\n' % line)[-1], ('E0436', 'meant.txt', 2), line)

    def test_warnings_that_are_errors(self):
        (self.folder / 'meant.txt').write_text('W0411 | * | a\nW0419 | * | b\nW0425 | * | c\n')
        self.assertEqual(run('check', 'lamp.xml', '--werror', '--ignores', 'meant.txt', cwd=self.folder).returncode, 0)
        self.assertEqual(run('check', 'lamp.xml', '--werror', cwd=self.folder).returncode, 1)
        self.assertEqual(run('check', 'lamp.xml', '--ignores', 'none.txt', cwd=self.folder).returncode, 1)


class Against(Case):
    CASES = [
        ('I had come up the stairs at nine, and the fire was out.', 'N0431'),
        ('<q>Who goes there?</q> I cried', 'N0431'),
        ('Never have I seen so dark a night – the sea itself was gone', 'N0431'),
        ('i lit the lamp with a hand that shook like a child’s.', 'N0431'),
        ('[T]hey brought bread, oil and letters … I put it with the others', 'N0431'),
        ('I lit [a light] with a hand that shook', 'N0431'),
        ('They brought bread, oil and papers, and one of them was for me.', 'W0432', 'the book has “letters” for “papers”'),
        ('They brought bread, oil, and letters, and one of them was for me.', 'W0432', 'the book has no “,”'),
        ('In the morning boat came.', 'W0432', 'the book has “the” besides'),
        ('I put it with the others, and never counted the barrels again.', 'W0432', 'the book has no “never”'),
        ('The sea keeps no letters, and neither do I.', 'W0433'),
        ('Nobody', 'N0431'),
    ]

    def book(self):
        (self.folder / 'book.txt').write_text(BOOK, encoding='utf-8')
        paragraphs = ''.join('<p>%s</p>' % html.escape(re.sub(r'_(\w+)_', r'\1', p), quote=False) for p in BOOK.split('\n\n')[1:])
        (self.folder / 'book.xml').write_text(proof.document('en', '<overview>%s</overview>' % paragraphs), encoding='utf-8')
        self.assertEqual(run('export', 'book.xml', '--to', 'epub', '-o', 'book.epub', cwd=self.folder).returncode, 0)

    def test_as_text_and_as_epub(self):
        self.book()
        (self.folder / 'lamp.xml').write_text(proof.document(
            'en', '<overview>%s</overview>' % (''.join(quotation(c[0]) for c in self.CASES) + '<blockquote><p>Whose?</p></blockquote>'
                                               + quotation('Another book has it.', source='<cite>The Sea</cite>'))), encoding='utf-8')
        for book in ('book.txt', 'book.epub'):
            told = [m for m in self.told('lamp.xml', '--against', book) if m['code'][1:] in ('0431', '0432', '0433', '0434')]
            self.assertEqual([m['code'] for m in told], [c[1] for c in self.CASES] + ['N0434'])
            for message, case in zip(told, self.CASES):
                self.assertIn(''.join(case[2:]), message['message'])
            self.assertIn('7 word for word, 4 with differences, 1 not found; 1 of other works', told[-1]['message'])
        places = [int(m['message'].rpartition('byte ')[2]) for m in self.told('lamp.xml', '--against', 'book.txt') if m['code'] == 'N0431']
        said = [BOOK.encode()[at:].decode()[:12] for at in places]
        self.assertEqual(said[:3], ['I had come u', 'Who goes the', 'Never_ have '])

    def test_no_book(self):
        self.book()
        for name, data, code in (('no.epub', b'PK\x03\x04 no', 'E0802'), ('no.txt', b'no \xfa', 'E0106')):
            (self.folder / name).write_bytes(data)
            self.assertIn(code, [m['code'] for m in self.told('book.xml', '--against', name)])


class Novel(Case):
    def test_the_example(self):
        source = proof.ROOT / 'examples/frankenstein/summary.xml'
        told = self.told(source, '--against', proof.texts.CORPUS / 'frankenstein.txt')
        codes = [m['code'] for m in told if m['code'][1:] in ('0431', '0432', '0433', '0434')]
        self.assertEqual(codes, ['N0431'] * 4 + ['N0434'])

    def test_spoilt(self):
        """Of sentences of the novel, some with a word changed, each is known for what it is."""
        text = re.sub(r'[\s_]+', ' ', (proof.texts.CORPUS / 'frankenstein.txt').read_text(encoding='utf-8'))
        sentences = [s for s in re.findall(r'(?<=\. )[A-Z][^.!?“”;]{60,300}\.', text) if text.count(s) == 1][::5][:220]
        self.assertEqual(len(sentences), 220)
        wanted = []
        for index, sentence in enumerate(sentences):
            words = sentence.split(' ')
            if index % 2:
                words[len(words) // 2] = 'lighthouse'
                sentences[index] = ' '.join(words)
            wanted.append('W0432' if index % 2 else 'N0431')
        (self.folder / 'lamp.xml').write_text(proof.document('en', '<overview>%s</overview>' % ''.join(
            quotation(html.escape(s, quote=False)) for s in sentences)), encoding='utf-8')
        told = self.told('lamp.xml', '--against', proof.texts.CORPUS / 'frankenstein.txt')
        summary = next(m['message'] for m in told if m['code'] == 'N0434')
        self.assertIn('%d word for word, %d with differences, 0 not found' % (wanted.count('N0431'), wanted.count('W0432')), summary)


class Spelling(Case):
    TEXT = ('<overview><p>The keeper recieves a letter from Qwert and does’nt answer; see www.exmple.org/foo, 3rd, qbx@exmple.org.</p>'
            '<p>Yuiop’s sister Zorbla and her frend Zorbla walk to Dundley. The colour of Ameirca. She recieves it.</p>'
            '<p xml:lang="de">Der Leuchtturm ist ein Gebeude am Meer, sagt Zorbla.</p>'
            '<p>He said <foreign xml:lang="de">wircklich</foreign> and <foreign xml:lang="ja">日本語です</foreign>.</p>'
            '<blockquote><p>So drivest thou thy shippe.</p><attribution><speaker>Xyvv</speaker></attribution></blockquote></overview>')
    WORDS = ['recieves', 'does’nt', 'frend', 'Ameirca', 'Gebeude', 'wircklich']

    def setUp(self):
        super().setUp()
        os.environ.pop('DICPATH', None)

    def write(self, body, lang='en-GB'):
        text = proof.document(lang, body).replace('</title>', ' Yuiop</title>', 1)
        (self.folder / 'lamp.xml').write_text(text, encoding='utf-8')
        for form in ('json', 'md'):
            self.assertEqual(run('convert', 'lamp.xml', '-o', 'lamp.' + form, cwd=self.folder).returncode, 0)

    def words(self, *arguments):
        return [re.search('“(.*?)”', m['message'])[1] for m in self.told(*arguments) if m['code'] == 'W0437']

    def test_words(self):
        self.write(self.TEXT.replace('Qwert', 'Yuiop'))
        for form in ('xml', 'json', 'md'):
            told = self.told('lamp.' + form, '--spelling')
            found = [m for m in told if m['code'] == 'W0437']
            self.assertEqual([re.search('“(.*?)”', m['message'])[1] for m in found], self.WORDS, form)
            self.assertIn('2 times', found[0]['message'])
            self.assertIn('receives', found[0]['hints'][0])
            self.assertIn('Gebäude', found[4]['hints'][0])
            source = (self.folder / ('lamp.' + form)).read_bytes()
            for one, word in zip(found, self.WORDS):
                self.assertEqual(source[one['offset']:one['offset'] + one['length']].decode(), word)
            self.assertEqual([m['message'] for m in told if m['code'] == 'N0438'], ["no dictionary for 'ja' is found"])
        self.assertEqual(self.words('lamp.xml'), [])

    def test_meant(self):
        self.write(self.TEXT)
        (self.folder / 'meant.txt').write_text('W0437 | frend | so spelt\nW0437 | does’nt answer | so said\n', encoding='utf-8')
        left = self.words('lamp.xml', '--spelling', '--ignores', 'meant.txt')
        self.assertEqual(left, [w for w in self.WORDS if w not in ('frend', 'does’nt')])
        # Spelling that isn't asked for leaves no line unused.
        self.assertEqual([m['code'] for m in self.told('lamp.xml', '--ignores', 'meant.txt') if m['code'] == 'W0435'], [])

    def test_tags_without_end(self):
        """A dictionary is read once, however many tags it serves: 200 times it would take 2 GB."""
        many = ''.join('<foreign xml:lang="en-GB-x-a%d">barells</foreign> ' % i for i in range(200))
        (self.folder / 'many.xml').write_text(proof.document('de', '<overview><p>%s.</p></overview>' % many), encoding='utf-8')
        command = [program, 'check', 'many.xml', '--spelling']
        child = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, how, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(how)
        self.assertEqual(child.returncode, 0)
        self.assertLess(used.ru_maxrss, 700 * 1024)

    def test_what_was_meant(self):
        """The likeliest words first, those of the document before others."""
        meant = {'recieve': 'receive', 'tommorow': 'tomorrow', 'seperate': 'separate', 'accomodation': 'accommodation', 'wasnever': 'was never',
                 'definatly': 'defiantly', 'wich': 'which', 'litle': 'little', 'unuseable': 'unusable', 'thaat': 'that', 'keper': 'keeper'}
        self.write('<overview><p>The keeper: %s.</p></overview>' % ', '.join(meant))
        for _ in range(2):
            told = {re.search('“(.*?)”', m['message'])[1]: m['hints'][0] for m in self.told('lamp.xml', '--spelling') if m['code'] == 'W0437'}
            self.assertEqual(sorted(told), sorted(meant))
            for word, right in meant.items():
                self.assertIn('“%s”' % right, told[word])
        self.assertIn('mean “keeper”', told['keper'])
        # No letters are tried in a word that is very long.
        self.write('<overview><p>%s</p></overview>' % ('qw' * 16))
        self.assertIn('a line of --ignores', self.told('lamp.xml', '--spelling')[0]['hints'][0])

    def test_own_dictionary(self):
        own = self.folder / 'own'
        own.mkdir()
        # An encoding of its own.
        (own / 'mt.aff').write_text('SET ISO8859-3\n')
        (own / 'mt.dic').write_text('2\nil-lanterna\nħafna\n', encoding='iso8859-3')
        self.write('<overview><p>ħafna ħafnna</p></overview>', 'mt')
        self.assertEqual(self.words('lamp.xml', '--spelling', '--dictionaries', 'own'), ['ħafnna'])

    def test_most(self):
        words = ['qxz' + a + b for a in 'abcdefghijkl' for b in 'abcdefghijkl']
        self.write('<overview><p>%s</p></overview>' % ' '.join(words))
        self.assertEqual(sum(m['code'] == 'W0437' for m in self.told('lamp.xml', '--spelling')), 101)

    def test_examples(self):
        """The examples in English have no word that is told."""
        for name in ('the-push', 'frankenstein', 'minimal', 'the-checklist-manifesto'):
            self.assertEqual(self.words(proof.ROOT / 'examples' / name / 'summary.xml', '--spelling'), [], name)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    arguments, rest = parser.parse_known_args()
    program = str(pathlib.Path(arguments.program).resolve())
    unittest.main(argv=[sys.argv[0], *rest])
