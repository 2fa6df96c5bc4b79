#!/usr/bin/env python3
"""EPUBs that are read aloud: --voice and --narration. Each text that the overlays name is there, in reading order, once; what is
spoken is what the document says; the durations add up and lie in the sound. Voices and recordings that fail are told of, and no
file is written.
"""
import argparse
import pathlib
import re
import signal
import struct
import subprocess
import sys
import tempfile
import time
import wave
import xml.etree.ElementTree as ET
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / 'examples/minimal/summary.xml'
XHTML, OPS, SMIL, OPF = ('{%s}' % n for n in ('http://www.w3.org/1999/xhtml', 'http://www.idpf.org/2007/ops',
                                              'http://www.w3.org/ns/SMIL', 'http://www.idpf.org/2007/opf'))
SOURCE = '''<?xml version="1.0" encoding="UTF-8"?>
<summary version="1" xml:lang="en-GB">
<work><title prefix="The">Lamp</title><contributor role="author">Ann Example</contributor></work>
<edition><date>2024-05-31</date></edition>
<overview>
<p id="first">Mr. Vane tends a lamp.<note>Of brass.</note> <em>Nobody comes. Nobody ever came.</em> He writes it down: <q>Still nothing!</q> Then <ref to="ch"/> follows.</p>
<p xml:lang="ja">灯台に人がいた。<ruby>灯<rt>ひ</rt></ruby>は消えない。</p>
<p xml:lang="ar" dir="rtl">كان الحارس وحيدًا. لم يأتِ أحد؟ بقي النور.</p>
<p>A turn. <spoiler>He leaves. The lamp goes out.</spoiler></p>
<table id="log"><caption>The log</caption><thead><tr><th>Night</th><th>Ships</th></tr></thead><tbody><tr><td>1</td><td>None.</td></tr></tbody></table>
<p id="end">…</p>
</overview>
<story><chapter id="ch"><title>After</title><p id="fire">It burns. It burns. So $(touch hacked) `touch hacked`; touch hacked</p></chapter></story>
</summary>
'''
# A voice that needs no engine: 10 ms a byte, as WAV.
VOICE = '''#!/bin/sh
text=$(cat)
echo "$EPITOME_LANGUAGE $1 $text" >> "$LOG"
n=$((${#text} * 160))
printf "RIFF\\377\\377\\377\\377WAVEfmt \\020\\0\\0\\0\\1\\0\\1\\0\\200\\76\\0\\0\\0\\175\\0\\0\\2\\0\\020\\0data\\377\\377\\377\\377"
head -c $((n * 2)) /dev/zero
'''


class Failed(Exception):
    pass


def hold(said, *details):
    if not said:
        raise Failed(' '.join(str(d) for d in details))


class Suite:
    def __init__(self, program, folder):
        self.program, self.folder = pathlib.Path(program).resolve(), pathlib.Path(folder)
        self.source, self.log = self.folder / 'lamp.xml', self.folder / 'log'
        self.source.write_text(SOURCE, encoding='utf-8')
        self.voice = self.folder / 'a voice'
        self.voice.write_text(VOICE)
        self.voice.chmod(0o755)

    def run(self, *arguments, status=0):
        done = subprocess.run([self.program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              cwd=self.folder, env={'PATH': '/usr/bin:/bin', 'LOG': str(self.log)}, timeout=60)
        hold(done.returncode == status, arguments, 'ended with', done.returncode, done.stderr.decode())
        return done.stderr.decode() if status else done.stdout.decode()

    def export(self, name, *options, source=None, status=0):
        return self.run('export', source or self.source, '--to', 'epub', '-q', '-o', self.folder / (name + '.epub'), '--format', 'short',
                        *options, status=status)

    def sentences(self, source=None):
        return [line.split('\t') for line in self.run('dump', '--sentences', source or self.source).splitlines()]


# ---- what holds of every such EPUB --------------------------------------------------------------------------------------------

def clock(text):
    hours, minutes, seconds = text.split(':')
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def length_of(mp3):
    """Seconds, by the frames (Layer III of MPEG-2)."""
    at, samples, rate = 0, 0, 0
    while at < len(mp3):
        head = struct.unpack('>I', mp3[at:at + 4])[0]
        hold(head >> 21 == 0x7FF and head >> 17 & 3 == 1, 'no frame at', at)
        first = head >> 19 & 3 == 3
        rate = [44100, 48000, 32000][head >> 10 & 3] // (1 if first else 2)
        kilobits = ([0, 32, 40, 48, 56, 64] if first else [0, 8, 16, 24, 32, 40, 48, 56, 64])[head >> 12 & 15]
        samples += (1152 if first else 576) if at else 0  # the first frame holds no sound
        at += (144 if first else 72) * kilobits * 1000 // rate + (head >> 9 & 1)
    return samples / rate


def check_overlays(file, said=None):
    """Returns {id: (epub:type, seconds)} in the order of the overlays."""
    book = zipfile.ZipFile(file)
    package = ET.fromstring(book.read('EPUB/package.opf'))
    items = {i.get('id'): i for i in package.iter(OPF + 'item')}
    durations = {m.get('refines'): clock(m.text) for m in package.iter(OPF + 'meta') if m.get('property') == 'media:duration'}
    listed = {i.get('href') for i in items.values()}
    spine = [items[i.get('idref')] for i in package.iter(OPF + 'itemref')]
    out, whole = {}, 0
    for item in spine:
        overlay = items.get(item.get('media-overlay'))
        if overlay is None:
            continue
        document = ET.fromstring(book.read('EPUB/' + item.get('href')))
        order = [e.get('id') for e in document.iter() if e.get('id')]
        smil = ET.fromstring(book.read('EPUB/' + overlay.get('href')))
        targets, total, before = [], 0, {}
        for group in smil.iter(SMIL + 'seq'):
            hold(group.get(OPS + 'textref').split('#')[1] in order, 'no', group.get(OPS + 'textref'))
            hold(list(group), 'an empty group', group.get(OPS + 'textref'))
        for par in smil.iter(SMIL + 'par'):
            path, _, target = par.find(SMIL + 'text').get('src').partition('#')
            hold(path == item.get('href') and target in order, 'no', path, target)
            sound = par.find(SMIL + 'audio')
            begin, end = clock(sound.get('clipBegin')), clock(sound.get('clipEnd'))
            hold(sound.get('src') in listed, sound.get('src'), 'is not in the manifest')
            hold(begin < end <= length_of(book.read('EPUB/' + sound.get('src'))) + 0.001, target, 'is beyond the sound')
            hold(said is not None or begin >= before.get(sound.get('src'), 0), target, 'comes before what is before it')
            before[sound.get('src')] = end
            targets.append(order.index(target))
            total += end - begin
            out[target] = (par.get(OPS + 'type'), end - begin)
        hold(targets == sorted(set(targets)), item.get('href'), 'is read in another order', targets)
        hold(abs(durations['#' + overlay.get('id')] - total) < 0.0005, overlay.get('href'), 'lasts', total)
        whole += total
    hold(out and abs(durations[None] - whole) < 0.0005, 'the whole lasts', whole)
    classes = {m.get('property'): m.text for m in package.iter(OPF + 'meta')}
    hold('.' + classes['media:active-class'] in book.read('EPUB/css/read-aloud.css').decode(), 'the active class has no style')
    return out


# ---- the tests ------------------------------------------------------------------------------------------------------------------

def test_voice(s):
    s.export('plain')
    options = ('--voice', '"%s" {lang}' % s.voice, '--voice-cache', 'cache', '--narrator', 'Zero & Co')
    s.export('one', *options)
    said = s.log.read_text(encoding='utf-8').splitlines()
    found = check_overlays(s.folder / 'one.epub')
    told = s.sentences()
    hold(list(found) == [line[0] for line in told], 'the overlays and the dump differ', set(found) ^ {line[0] for line in told})
    texts = {line[0]: line[2] for line in told}
    for wanted in ('Mr. Vane tends a lamp.', 'Nobody comes.', 'Nobody ever came.', 'He writes it down: “Still nothing!”', '灯台に人がいた。',
                   '灯は消えない。', 'لم يأتِ أحد؟', 'He leaves.', 'Of brass.', 'The log', 'None.', 'page 1'):
        hold(wanted in texts.values(), wanted, 'is not said', list(texts.values()))
    hold(sum(text == 'It burns.' for text in texts.values()) == 2, 'a sentence that stands twice is said once')
    # The cache: the same words of a language once.
    hold(len(said) == len({(line[1], line[2]) for line in told}), len(said), 'calls')
    hold('ar ar كان الحارس وحيدًا.' in said and 'en-GB en-GB None.' in said, said)
    kinds = {texts[i]: kind for i, (kind, _) in found.items()}
    hold(kinds['Of brass.'] == 'footnote' and kinds['page 1'] == 'pagebreak' and kinds['None.'] is None, kinds)
    for i, (_, seconds) in found.items():
        hold(abs(seconds - len(texts[i].encode()) * 0.01) < 0.002, texts[i], seconds)
    s.export('two', *options)
    hold((s.folder / 'one.epub').read_bytes() == (s.folder / 'two.epub').read_bytes(), 'the cache makes other bytes')
    hold(len(s.log.read_text(encoding='utf-8').splitlines()) == len(said), 'the cache is not used')
    plain, aloud = zipfile.ZipFile(s.folder / 'plain.epub'), zipfile.ZipFile(s.folder / 'one.epub')
    hold(not any(n.endswith(('.smil', '.mp3')) for n in plain.namelist()), 'a plain EPUB has sound')
    for name in plain.namelist():
        if name.endswith('.xhtml'):
            same = [''.join(ET.fromstring(book.read(name)).itertext()).split() for book in (plain, aloud)]
            hold(same[0] == same[1], name, 'says something else')
    hold('Zero &amp; Co</meta>' in aloud.read('EPUB/package.opf').decode(), 'no narrator')
    hold(not (s.folder / 'hacked').exists(), 'a shell had a part in it')


def test_engine(s):
    """An engine of speech, and a whole example."""
    s.export('espeak', '--voice', 'espeak-ng -v {lang} --stdin --stdout', source=EXAMPLE)
    found = check_overlays(s.folder / 'espeak.epub')
    hold(len(found) > 10 and sum(seconds for _, seconds in found.values()) > 20, found)


def test_failing(s):
    def fails(words, command, *options):
        said = s.export('failed', '--voice', command, *options, status=1)
        hold('E0704' in said and words in said and "'page--i' (“page i”)" in said, words, 'is not told:', said)
        hold(not (s.folder / 'failed.epub').exists(), 'a file is left')
    fails('it ended with status 3', "sh -c 'cat > /dev/null; exit 3'")
    fails('there is no sound', 'true')
    fails('neither WAV nor MP3', 'cat')
    fails('signal 9 ended it', "sh -c 'kill -9 $$'")
    fails("'./nobody' can't be run", './nobody')
    fails('not PCM of 16 bits', "printf 'RIFF0000WAVEdata0000'")
    started = time.monotonic()
    fails('more than 1 s', "sh -c 'sleep 600 & wait'", '--voice-timeout', '1')
    fails('more than 1 s', "sh -c 'exec >&-; sleep 600'", '--voice-timeout', '1')
    hold(time.monotonic() - started < 30, 'a voice that hangs is waited for')
    # The place of a sentence of the document's own.
    said = s.export('failed', '--voice', "sh -c 'grep -q Vane && exit 4; exec espeak-ng --stdout x'", status=1)
    hold(re.search(r"lamp\.xml:6:\d+: error\[E0704\]: .*“Mr\. Vane tends a lamp\.”.*status 4", said), said)
    for wrong in (('--voice', ' '), ('--voice', "say 'it"), ('--voice', 'cat', '--narration', '.'), ('--narrator', 'Ann'),
                  ('--voice-timeout', '5'), ('--voice', 'cat', '--voice-timeout', '0'), ('--voice', 'cat', '--to', 'kepub')):
        s.run('export', s.source, *wrong, status=2)


def test_signals(s):
    """A signal that ends the program ends the voice and what that started, however they take it; no file is left."""
    def ends(voice, signals, *options):
        started = subprocess.Popen([s.program, 'export', '--to', 'epub', '-q', '-o', s.folder / 'ended', *options, '--voice', voice, s.source],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=s.folder)
        try:
            hold(started.stderr.readline() == b'speaks\n', 'the voice does not begin')
            for number in signals:
                started.send_signal(number)
            # The voice and its child have the same standard error: it ends when the last of them does.
            started.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            raise Failed(voice, 'goes on after', signals)
        finally:
            started.kill()
        hold(-started.returncode in signals, 'ended with', started.returncode)
        hold(not list(s.folder.glob('ended/*')) and not list(s.folder.glob('.epitome-*')), 'a file is left')

    (s.folder / 'ended').mkdir()
    usual, deaf = "sh -c 'sleep 600 & echo speaks >&2; wait'", "sh -c 'trap \"\" INT TERM; sleep 600 & echo speaks >&2; wait'"
    for voice in (usual, deaf):
        ends(voice, [signal.SIGINT])
        ends(voice, [signal.SIGTERM])
    # Of many documents, the first signal lets those that are begun come to their end.
    ends(deaf, [signal.SIGINT, signal.SIGTERM], '--jobs', '2', EXAMPLE)


def recording(s, name, seconds, labels, rate=22050):
    folder = s.folder / name
    folder.mkdir()
    with wave.open(str(folder / 'voice.wav'), 'wb') as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(b'\0' * (4 * int(seconds * rate)))
    (folder / 'voice.txt').write_text(''.join(labels), encoding='utf-8')
    return folder


def test_narration(s):
    told = s.sentences()
    names = [line[0] for line in told if line[0].startswith(('first--', 'overview--', 'log', 'ch'))]
    labels = ['%.6f\t%.6f\t%s any words\r\n\\\t100.0\t200.0\n' % (n / 10, (n + 0.9) / 10, name) for n, name in enumerate(names)]
    s.run('export', s.source, '--to', 'epub', '-q', '-o', s.folder / 'human.epub', '--narration', recording(s, 'human', 6, labels), '--narrator', 'Ann')
    found = check_overlays(s.folder / 'human.epub', said=True)
    hold(list(found) == names and all(abs(seconds - 0.09) < 0.0011 for _, seconds in found.values()), found)
    # Backwards, and a paragraph as a whole instead of its sentences.
    whole = [n for n in names if not n.startswith('first--')] + ['first']
    labels = ['%d\t%d\t%s\n' % (len(whole) - n, len(whole) - n + 1, name) for n, name in enumerate(whole)]
    s.run('export', s.source, '--to', 'epub', '-q', '-o', s.folder / 'back.epub', '--narration', recording(s, 'back', len(whole) + 1, labels))
    hold('first' in check_overlays(s.folder / 'back.epub', said=True), 'a paragraph has no sound')
    said = s.export('all', '--narration', s.folder / 'back', '--werror', status=1)
    hold('W0707' in said and 'more sentences' in said, said)
    for number, (words, code, labels) in enumerate([
            ("the text has no 'nobody'", 'E0706', ['0\t1\tfirst\n', '1\t2\tnobody\n']),
            ("'first' is named twice", 'E0706', ['0\t1\tfirst\n', '1\t2\tfirst\n']),
            ('another label names', 'E0706', ['0\t1\tfirst\n', '1\t2\t%s\n' % next(n for n in names if n.startswith('first--'))]),
            ('this is no label', 'E0706', ['0\t1\tfirst\n', '1 2 end\n']),
            ('ends where it begins', 'E0706', ['0\t1\tfirst\n', '2\t2\tend\n']),
            ('the recording ends', 'E0706', ['0\t1\tfirst\n', '2\t9\tend\n']),
            ('no label names a sentence', 'E0705', [])]):
        said = s.export('failed', '--narration', recording(s, 'wrong%d' % number, 3, labels), status=1)
        hold(words in said and code in said, words, 'is not told:', said)
        hold(code == 'E0705' or 'voice.txt:2:1' in said, 'another place:', said)
    (s.folder / 'wrong0/voice.wav').write_bytes(b'RIFFxxxxWAVE')
    hold('voice.wav' in s.export('failed', '--narration', s.folder / 'wrong0', status=1), 'the recording is not named')
    (s.folder / 'wrong0/voice.wav').unlink()
    hold('E0106' in s.export('failed', '--narration', s.folder / 'wrong0', status=1), 'a recording that is not there')
    hold('no label file' in s.export('failed', '--narration', s.folder / 'cache', status=1), 'an empty folder')
    hold(not (s.folder / 'failed.epub').exists(), 'a file is left')


def test_edits(s):
    """A sentence keeps its id when others are put in, moved or mended; a note's mark and a comma change nothing."""
    before = {line[2]: line[0] for line in s.sentences()}
    edited = s.folder / 'edited.xml'
    edited.write_text(SOURCE.replace('Nobody comes. Nobody ever came.', 'Nobody ever came. Gulls come.').replace('It burns. It', 'Now it burns. It burns. It'),
                      encoding='utf-8')
    after = {line[2]: line[0] for line in s.sentences(edited)}
    for text in before.keys() & after.keys():
        hold(before[text] == after[text], text, before[text], after[text])
    hold(set(after) - set(before) == {'Gulls come.', 'Now it burns.'}, set(after) - set(before))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    arguments = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        suite = Suite(arguments.program, folder)
        for test in (test_voice, test_engine, test_failing, test_signals, test_narration, test_edits):
            try:
                test(suite)
            except Failed as why:
                faults += 1
                print('%s: %s' % (test.__name__, why))
    print('read aloud: %d faults' % faults)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
