#!/usr/bin/env python3
"""Whether work and memory grow as their input does: every element that can be repeated, once, four and sixteen times as often.

    growth.py --program PATH [ELEMENT…]

Work is counted in instructions (valgrind's cachegrind), which are the same however busy the machine is; memory is the
program's own. What a document without the element takes is taken off, of one that is
refused what another refused one takes. n elements and 4 n give the exponent, which must stay
below 1.3: 1 is linear, 2 quadratic. An export's memory for each byte of running text, and that of what is refused, stay below
what the headers say. Each element is written on one line, where places are hardest to find; the last document
has all of them, each on a line of its own, and is exported. Of a site the second run is measured, which makes nothing but pages, lists and
feeds."""
import argparse
import concurrent.futures
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

MOST = 1.3
LEAST_MEMORY = 2, 12  # megabytes that 4 n and 16 n elements must take before their exponent says anything
LEAST_WORK = 1_000_000  # instructions that 4 n must take before they say anything
SIZES = 1_000_000, 3_000_000  # of running text
MOST_BYTES = 60  # of memory for each of its bytes: reader/read_document.hpp
MOST_REFUSED = 64  # megabytes: diag/limits.hpp
TEXT = 'The keeper counts the barrels before he counts the days, and the lamp burns on. '
HEAD = '''<summary version="1" xml:lang="en"><work><title prefix="The">Lamp</title><contributor role="author">Ann Example</contributor>%s</work><edition><date>2024-05-31</date>%s</edition>%s</summary>'''

JSON = ('{"version": "1", "lang": "en", "work": {"title": "Lamp", "contributors": [{"role": "author", "text": "Ann Example"}]}, '
              '"edition": {"date": "2024-05-31"}, "parts": [{"type": "overview", "blocks": ["He tends it.%s"]}]}')

PEAK = '''import os, sys
child = os.fork()
if child == 0:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1), os.dup2(null, 2)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)'''


def document(work='', edition='', overview='', parts=''):
    return HEAD % (work, edition, '<overview><p>He tends it.</p>%s</overview>%s' % (overview, parts))


def many(pattern, n, joint=''):
    return joint.join(pattern.replace('#', str(i)) for i in range(n))


def tag(i):
    return 'abcdefghij'[i // 1000 % 10] + 'abcdefghij'[i // 100 % 10] + 'abcdefghij'[i // 10 % 10] + 'abcdefghij'[i % 10]


def overview(pattern, before='', behind='', joint=''):
    return lambda n: document(overview=before + many(pattern, n, joint) + behind)


def part(pattern, before, behind):
    return lambda n: document(parts=before + many(pattern, n) + behind)


def work(pattern):
    return lambda n: document(work=many(pattern, n))


# name: (n, the document with n of them); for memory there are four times as many
ELEMENTS = {
    'paragraphs': (100, overview('<p>%s</p>' % (TEXT * 2))),
    'short-paragraphs': (200, overview('<p>Words #.</p>')),
    'one-paragraph': (100, overview(TEXT, '<p>', '</p>')),
    'one-word': (2000, overview('lamp', '<p>', '</p>')),
    'one-number': (4000, overview('0000', '<p>', '</p>')),
    'zero-width-breaks': (1000, overview('lamp&#x200B;', '<p>', '</p>')),
    'one-paragraph-ja': (200, lambda n: document(overview='<p xml:lang="ja">%s</p>' % ('灯台の番人は、' * n))),
    'one-paragraph-ar': (200, lambda n: document(overview='<p xml:lang="ar" dir="rtl">%s</p>' % ('حارس المنارة يعد ' * n))),
    'items': (200, overview('<li>Words #</li>', '<ul>', '</ul>')),
    'numbered-items': (200, overview('<li>Words #</li>', '<ol>', '</ol>')),
    'nested-lists': (60, overview('<ul><li><p>a</p><ul><li>b</li></ul></li></ul>')),
    'lists': (100, overview('<ul><li>Words #</li></ul>')),
    'definitions': (100, overview('<dt>Word #</dt><dd>What it means.</dd>', '<dl>', '</dl>')),
    'rows': (100, overview('<tr><td>a #</td><td>b</td></tr>', '<table><tbody>', '</tbody></table>')),
    'spanned-rows': (40, overview('<tr><td rowspan="2">a #</td><td>b</td></tr><tr><td>c</td></tr>', '<table><tbody>', '</tbody></table>')),
    'cells': (100, overview('<td>a</td>', '<table><tbody><tr>', '</tr></tbody></table>')),
    'tables': (30, overview('<table><caption>T #</caption><tbody><tr><td>a</td><td>b</td></tr></tbody></table>')),
    'notes': (50, overview('<p>Word<note>A note, %s #.</note>.</p>' % TEXT)),
    'notes-of-a-paragraph': (50, overview('word<note>A note #.</note> ', '<p>', '</p>')),
    'references': (50, lambda n: document(overview=many('<p><ref to="t#"/></p>', n), parts='<takeaways>%s</takeaways>' % many(
        '<takeaway id="t#"><headline>On #</headline><p>x</p></takeaway>', n))),
    # So many that the guessed page is another than the right one at both sizes.
    'references-to-one': (1600, lambda n: document(overview='<p>%s</p>' % ('<ref to="c"/> ' * n), parts=(
        '<story><chapter id="c"><title>Storm</title><p>x</p></chapter></story>'))),
    'names-in-names': (30, lambda n: document(parts='<story>%s</story>' % many(
        '<chapter id="c#"><title>Storm #</title><p>x</p></chapter><chapter><title>After <ref to="c#"/></title><p>y</p></chapter>', n))),
    'links': (100, overview('<a href="https://example.org/#">word</a> ', '<p>', '</p>')),
    'phrases': (300, overview('<em>lamp</em> ', '<p>', '</p>')),
    'quotations': (200, overview('<q>lamp</q> ', '<p>', '</p>')),
    'languages': (200, lambda n: document(overview='<p>%s</p>' % ' '.join('<span xml:lang="en-x-%s">lamp</span>' % tag(i) for i in range(n)))),
    'variants': (200, lambda n: document(overview='<p>%s</p>' % ' '.join('<span xml:lang="de-x%s">Lampe</span>' % tag(i) for i in range(n)))),
    'ruby': (200, overview('<ruby>灯<rt>hi</rt></ruby>', '<p>', '</p>')),
    'spoilers': (30, overview('<p>See <spoiler>it #</spoiler>.</p>')),
    'block-quotations': (60, overview('<blockquote><p>Words #.</p><attribution><speaker>A</speaker></attribution></blockquote>')),
    'verse-lines': (100, overview('<line>The lamp burns #</line>', '<verse><stanza>', '</stanza></verse>')),
    'stanzas': (60, overview('<stanza><line>The lamp</line></stanza>', '<verse>', '</verse>')),
    'letters': (40, overview('<letter><salutation>Dear #</salutation><p>x</p><signature>A</signature></letter>')),
    'asides': (30, overview('<aside><title>Aside #</title><p>x</p></aside>')),
    'separators': (100, overview('<separator/><p>x</p>')),
    'chapters': (50, part('<chapter><title>Chapter #</title><p>x</p></chapter>', '<story>', '</story>')),
    'takeaways': (50, part('<takeaway><headline>On #</headline><p>x</p></takeaway>', '<takeaways>', '</takeaways>')),
    'cues': (50, part('<cue><prompt>What #?</prompt><answer>That.</answer></cue>', '<cues>', '</cues>')),
    'questions': (50, part('<qa><question>What #?</question><answer><p>That.</p></answer></qa>', '<questions>', '</questions>')),
    'people': (50, part('<person><name>P #</name><description>Someone.</description></person>', '<people>', '</people>')),
    'discussion': (50, part('<question>What #?</question>', '<discussion>', '</discussion>')),
    'warnings': (50, part('<warning><term>Storm #</term><places>all</places></warning>', '<warnings>', '</warnings>')),
    'sources': (50, part('<source>Someone, #</source>', '<notes><p>x</p>', '</notes>')),
    'contributors': (100, work('<contributor role="translator">A B#</contributor>')),
    'authors': (100, work('<contributor role="author">A B#</contributor>')),
    'subjects': (100, work('<subject>sea #</subject>')),
    'awards': (100, work('<award>sea #</award>')),
    'facts': (100, work('<fact label="Sea #">deep</fact>')),
    'siblings': (100, lambda n: document(edition=many('<sibling xml:lang="de" href="https://example.org/#"/>', n))),
    'missing-images': (120, overview('<figure src="a#.png" alt="x"/>')),
    'overfull-lines': (130, overview('<p>%s#</p>' % ('lamp' * 60))),
    'straight-quotes': (900, overview('it\'s # ', '<p>', '</p>')),
    'unknown-elements': (120, overview('<x/>', '<p>', '</p>')),
    'unknown-references': (120, overview('<ref to="t#">x</ref>', '<p>', '</p>')),
    'doubled-ids': (120, overview('<p id="a">x</p>')),
    'text-outside': (120, lambda n: document() + 'x<!-- -->' * n),
    'control-characters': (8000, overview('x\x07', '<p>', '</p>')),
    'invalid-bytes': (120, overview('x\udcff', '<p>', '</p>')),
    'long-title': (100, lambda n: document().replace('>Lamp<', '>%s<' % ' '.join(['a'] * n))),
}


# The page that a reference leads to is known when all pages are: its figures are exchanged in their line, and the PDF gets
# a link. One paragraph that can't have as many lines as before asks for another pass for all, which remembers what the first
# found out: (n, the document, the same in plain words, most of the one's instructions by the other's).
REFERENCE, WORDS = '<ref to="c"/>', 'Storm, page 9,'


def story(words):
    return lambda n: document(overview=''.join('<p>%s%d %s %s</p>' % (TEXT, i * 7919, words, TEXT) for i in range(n)),
                              parts='<story><chapter id="c"><title>Storm</title><p>x</p></chapter></story>')


RATIOS = {
    'references-beside-words': (1000, story(REFERENCE), story(WORDS), 1.3),
    'ampersands-of-json': (60000, lambda n: JSON % ('& ' * n), lambda n: JSON % ('+ ' * n), 1.2),
    'unknown-elements-beside-text': (2000, overview('<zork/>'), overview('<p>x</p>'), 1.2),
    'unknown-entries-of-json': (2000, lambda n: JSON % ('"%s, "' % (', {"type": "zork"}' * n)), lambda n: JSON % ('"%s, "' % (', {"id": 5}' * n)), 1.5),
}


# Markdown of another shape, which `convert` makes a document: name: (n, the source)
NOTES = '# Lamp\n\n## Summary\n\nHe tends it.\n\n%s\n'
OTHER_SHAPES = {
    'ampersands-of-a-heading': (20000, lambda n: NOTES % ('## %s\n\nHe tends it.' % ('&' * n))),
    'open-tags': (20000, lambda n: NOTES % ('<div>\n%s' % ('<' * n))),
}


# What is refused at its bounds: 16 MB, 200,000 nodes.
REFUSED = {
    'wrong-end-tags': lambda: document(overview='<p>a</q>' * 2_000_000),
    'too-many-elements': lambda: document(overview='<p/>' * 200_001),
    'too-many-attributes': lambda: document(overview='<p a="" b="" c=""/>' * 50_001),
    'unknown-elements': lambda: document(overview='<x>The lamp burns on.</x>' * 199_000),
    'cdata-sections': lambda: document(overview='<![CDATA[a]]>' * 1_200_000),
    'parted-text': lambda: document(overview='<p>%s</p>' % ('a<!---->' * 2_000_000)),
    'unknown-entities': lambda: document(overview='<p>%s</p>' % ('&nope;' * 2_700_000)),
    'one-fault': lambda: document(overview='<p>%s<x/></p>' % (TEXT * 200_000)),
}


def refused(program):
    for name, make in REFUSED.items():
        megabytes = program.megabytes(name, 1, make())
        print('refused: %-22s %.0f MB%s' % (name, megabytes, '' if megabytes <= MOST_REFUSED else '   MORE THAN %d' % MOST_REFUSED), flush=True)
        yield megabytes > MOST_REFUSED


def all_together(n):
    overviews, parts, works = '', '', ''
    for name in ('paragraphs', 'items', 'definitions', 'rows', 'notes', 'links', 'quotations', 'ruby', 'verse-lines', 'asides'):
        made = ELEMENTS[name][1](n)
        overviews += re.search('<p>He tends it.</p>(.*)</overview>', made).group(1)
    for name in ('chapters', 'takeaways', 'cues', 'questions', 'people', 'discussion', 'warnings'):
        parts += re.search('</overview>(.*)</summary>', ELEMENTS[name][1](n)).group(1)
    for name in ('contributors', 'subjects', 'awards', 'facts'):
        works += re.search('Ann Example</contributor>(.*)</work>', ELEMENTS[name][1](n)).group(1)
    return re.sub(r'(?<=>)(?=<(p|li|dt|tr|line|aside|chapter|takeaway|cue|qa|person|question|warning|contributor|subject|award|fact)\b)', '\n',
                  document(works, '', overviews, parts))


def summaries(count, subjects, of_each):
    """{file: document} of so many summaries, of `of_each` out of `subjects` each."""
    return {'%05d.xml' % i: document(work=''.join('<subject>Sea %d</subject>' % ((i * of_each + k) % subjects) for k in range(of_each))
                                     ).replace('>Lamp<', '>Lamp %d<' % i) for i in range(count)}


# name: (n, the sources for n)
SITES = {
    'site-subjects': (200, lambda n: summaries(20, n, n // 20)),
    'site-summaries': (60, lambda n: summaries(n, 10, 1)),
    'site-summaries-and-subjects': (60, lambda n: summaries(n, n, 1)),
}


def beside_others(program, pool):
    for name, (n, make, other, most) in RATIOS.items():
        runs = [[pool.submit(program.instructions, name + end, k, made(k)) for k in (n, 4 * n)]
                for end, made in (('', make), ('-not', other))]
        ours, others = (four.result() - once.result() for once, four in runs)
        print('%-22s %.2f times the work%s' % (name, ours / others, '' if ours < most * others else '   MORE THAN %.1f' % most), flush=True)
        yield ours >= most * others


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = path, pathlib.Path(folder)
        self.refused = set()  # names of documents that are refused: their pages aren't set

    def command(self, name, n, text):
        if not isinstance(text, str):
            return self.site(name, n, text)
        source = self.folder / ('%s-%d.%s' % (name, n, {'{': 'json', '#': 'md'}.get(text[0], 'xml')))
        source.write_text(text, encoding='utf-8', errors='surrogateescape')
        if source.suffix == '.md':
            return [self.path, 'convert', str(source), '-o', str(self.folder / ('out-%s-%d.xml' % (name, n)))]
        if name not in ('all-together', 'running-text') and not name.startswith('references-beside-words'):
            return [self.path, 'check', str(source)]
        return [self.path, 'export', str(source), '-o', str(self.folder / ('out-%s-%d' % (name, n)))]

    def site(self, name, n, sources):
        """The second run's command. No two measurements share a folder."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix='%s-%d-' % (name, n), dir=self.folder))
        for file, text in sources.items():
            (folder / file).write_text(text, encoding='utf-8')
        command = [self.path, 'site', '-q', '--jobs', '1', '--files', 'epub', str(folder), '-o', str(folder) + '-site']
        subprocess.run(command, check=True)
        return command

    def instructions(self, name, n, text):
        out = subprocess.run(['valgrind', '--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null',
                              *self.command(name, n, text)], capture_output=True, text=True, errors='replace')
        found = re.search(r'I\s+refs:\s+([\d,]+)', out.stderr)
        if out.returncode not in (0, 1) or not found:
            raise SystemExit('%s, %d: exit status %d\n%s' % (name, n, out.returncode, out.stderr[-2000:]))
        if out.returncode == 1:
            self.refused.add(name)
        return int(found.group(1).replace(',', ''))

    def megabytes(self, name, n, text):
        # A new process begins with the size of the one that starts it: so that a small one does.
        out = subprocess.run([sys.executable, '-ISc', PEAK, *self.command(name, n, text)], capture_output=True, text=True)
        status, kilobytes = map(int, out.stdout.split())
        if status not in (0, 1):
            raise SystemExit('%s, %d: exit status %d' % (name, n, status))
        return kilobytes / 1024


def running_text(size):
    paragraphs, left, i = [], size, 0
    while left > 0:
        i += 1
        paragraphs.append('<p>%s</p>\n' % (TEXT * (2 + i * 7 % 9)))
        left -= len(paragraphs[-1])
    return document(overview=''.join(paragraphs))


def bytes_per_byte(program):
    """Of memory that an export takes for each byte of running text: between two sizes, so that what every export takes is left aside."""
    small, large = (running_text(size) for size in SIZES)
    least, most = (program.megabytes('running-text', len(text), text) for text in (small, large))
    return (most - least) * 1024 * 1024 / (len(large) - len(small))


def exponent(none, once, four):
    return math.log(max(four - none, 1) / max(once - none, 1), 4)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('elements', nargs='*')
    arguments = parser.parse_args()
    elements = {**ELEMENTS, 'all-together': (24, all_together), **SITES, **OTHER_SHAPES}
    names = arguments.elements or list(elements)
    failed = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        program = Program(str(pathlib.Path(arguments.program).resolve()), folder)
        nothing = {'none': document(), 'refused': document(overview='<x/>'), 'all-together': document(), 'site': summaries(1, 1, 1), 'notes': NOTES % ''}
        none = {kind: (pool.submit(program.instructions, kind, 0, text), pool.submit(program.megabytes, kind, 0, text))
                for kind, text in nothing.items()}
        none = {kind: (work.result(), memory.result()) for kind, (work, memory) in none.items()}
        none.update({**dict.fromkeys(SITES, none['site']), **dict.fromkeys(OTHER_SHAPES, none['notes'])})
        runs = {}
        for name in names:
            n, make = elements[name]
            work = [pool.submit(program.instructions, name, k, make(k)) for k in (n, 4 * n)]
            memory = [pool.submit(program.megabytes, name, k, make(k)) for k in (4 * n, 16 * n)]
            runs[name] = work, memory
        for name, (work, memory) in runs.items():
            once, four = (run.result() for run in work)
            before = none.get(name, none['refused' if name in program.refused else 'none'])
            small, large = (run.result() for run in memory)
            of_work = exponent(before[0], once, four) if four - before[0] > LEAST_WORK else 0
            of_memory = exponent(before[1], small, large) if small - before[1] > LEAST_MEMORY[0] and large - before[1] > LEAST_MEMORY[1] else 0
            good = max(of_work, of_memory) < MOST
            failed += not good
            print('%-22s work %5.2f (%.0f, %.0f million)   memory %5.2f (%.0f, %.0f MB)%s' % (
                name, of_work, (once - before[0]) / 1e6, (four - before[0]) / 1e6, of_memory, small - before[1], large - before[1],
                '' if good else '   GROWS FASTER THAN ITS INPUT'), flush=True)
        if not arguments.elements:
            failed += sum(beside_others(program, pool))
            of_text = bytes_per_byte(program)
            failed += of_text >= MOST_BYTES
            print('running-text: %.0f bytes of memory for each byte%s' % (of_text, '' if of_text < MOST_BYTES else '   MORE THAN %d' % MOST_BYTES))
            failed += sum(refused(program))
    print('%d elements, %d faults' % (len(names), failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
