#!/usr/bin/env python3
"""Documents of mixed material, made by chance from a seed: each is exported in a layout and must come out whole, with
exit status 0, without a fault of its boxes (W0607) or of the program, the PDF and the EPUB saying the same.

    mixed.py --program PATH [--count N] [--seed S] [--layouts NAME…] [--every] [--keep DIR] [--judges]

Document n of seed s is always the same, whatever the count; the layouts take turns, or with --every each document is set in each. --keep leaves sources, pictures and
files in DIR, a folder each. --judges gives all files to veraPDF (PDF/UA-1, PDF/A-2a) and EPUBCheck too, those of the cases
beside this file with them.
"""
import argparse
import json
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import tomllib
import zlib

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'validators'))
import judges

LAYOUTS = ('book', 'a4', 'letter', 'large', 'half-letter', 'print-a4', 'print-letter', 'phone', 'large-letter', 'dyslexia')
FAULTS = {'W0607', 'E0901'}

WORDS = {
    'en': 'lamp keeper ship winter oil stair wall night fog light he counts lights writes and the a of barrels carefully '
          'unacknowledged responsibilities over under before'.split(),
    'de': 'Lampe Wärter Schiff Winter Öl Treppe Wand Nacht Nebel und der die das zählt schreibt vorsichtig '
          'Leuchtturmwärterstochter Verantwortungsbewusstsein über unter vor'.split(),
    'ar': 'مصباح حارس سفينة شتاء زيت درج جدار ليل ضباب ضوء يعدّ يشعل يكتب و في من على البراميل بعناية'.split(),
    'he': 'מנורה שומר אונייה חורף שמן מדרגות קיר לילה ערפל אור סופר מדליק כותב ו של על החביות בזהירות'.split(),
    'ja': ['灯台', 'の', '番人', 'は', '毎晩', '油', 'を', '数え', 'て', '霧', 'の', '中', 'で', '「', '船', '」', 'を', '待つ', '。', '、'],
}


def png(width, height, colour):
    """A plain picture, without a library."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = (b'\0' + bytes(colour) * width) * height
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b''))


class Maker:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.lang = self.chance.choice(list(WORDS))
        self.pictures = {}

    def pick(self, *choices):
        return self.chance.choice(choices)

    def text(self, least, most, lang=None):
        lang = lang or self.lang
        words = [self.chance.choice(WORDS[lang]) for _ in range(self.chance.randint(least, most))]
        return ('' if lang == 'ja' else ' ').join(words)

    def inline(self, notes):
        """A piece that stands apart from the words around it, or, with `notes`, one that no heading holds."""
        words = lambda most: self.text(1, most)
        link = lambda: '<a href="https://lamp.example/%s">%s</a>' % ('-'.join(['log'] * self.pick(1, 3, 30)), words(4))
        kinds = [lambda: '<em>%s</em>' % words(4), lambda: '<strong>%s</strong>' % words(3), lambda: '<cite>%s</cite>' % words(5),
                 lambda: '<q>%s</q>' % self.text(2, 8), self.foreign, lambda: '<sc>%s</sc>' % words(3), lambda: '<ref to="lamp"/>',
                 lambda: str(self.chance.randint(1, 10 ** self.chance.randint(1, 6)))]
        return self.chance.choice(kinds + [link, lambda: '<spoiler>%s</spoiler>' % words(9)] if notes else kinds)()

    def foreign(self):
        other = self.chance.choice(list(WORDS))
        return '<foreign xml:lang="%s">%s</foreign>' % (other, self.text(1, 4, other))

    def behind(self, notes):
        """What is joined to the word before it."""
        if notes and self.chance.random() < 0.6:
            return '<note>%s</note>' % self.text(3, self.pick(12, 150, 400))
        tag = self.pick('sub', 'sup')
        return '<%s>%d</%s>' % (tag, self.chance.randint(1, 99), tag)

    def inlines(self, least, most, notes=True):
        parts = [self.text(least, most)]
        for _ in range(self.chance.randint(0, 2)):
            if self.chance.random() < 0.25:
                parts[-1] += self.behind(notes)
            else:
                parts.append(self.inline(notes))
            parts.append(self.text(1, 9))
        return (' ' if self.lang != 'ja' else '').join(parts)

    def paragraph(self):
        return '<p>%s</p>' % self.inlines(5, self.pick(20, 60, 140))

    def figure(self):
        name = 'picture-%d.png' % len(self.pictures)
        self.pictures[name] = png(self.pick(40, 300, 900), self.pick(40, 300, 1200), [self.chance.randrange(256) for _ in range(3)])
        caption = '<caption>%s</caption>' % self.inlines(3, self.pick(20, 20, 90)) if self.chance.random() < 0.6 else ''
        said = 'alt="%s"' % self.text(1, 5) if self.chance.random() < 0.8 else 'decorative="true"'
        return '<figure src="%s" %s>%s</figure>' % (name, said, caption)

    def items(self, depth):
        return ''.join('<li>%s</li>' % (self.inlines(1, 30) if self.chance.random() < 0.7 else
                                        self.paragraph() + self.blocks(1, depth + 1)) for _ in range(self.chance.randint(1, 7)))

    def ordered(self, depth):
        return '<ol start="%d">%s</ol>' % (self.chance.choice([1, 8, 97, 996, 9993, self.chance.randint(1, 9993)]), self.items(depth))

    def definitions(self, depth):
        meaning = lambda: self.inlines(3, 40) if depth > 2 or self.chance.random() < 0.8 else self.blocks(2, depth + 1)
        pair = lambda: '<dt>%s</dt><dd>%s</dd>' % (self.text(1, self.pick(2, 9)), meaning())
        return '<dl>%s</dl>' % ''.join(pair() for _ in range(self.chance.randint(1, 5)))

    def rows(self, columns, most, tag):
        """Rows with spans that tile: from the top and the start, each cell takes what is free below and beside it."""
        count = self.chance.randint(1, most)
        taken, rows = set(), []
        for row in range(count):
            cells = []
            for column in range(columns):
                if (row, column) in taken:
                    continue
                wide = high = 1
                while column + wide < columns and (row, column + wide) not in taken and self.chance.random() < 0.15:
                    wide += 1
                while row + high < count and self.chance.random() < 0.12:
                    high += 1
                taken |= {(row + down, column + right) for down in range(high) for right in range(wide)}
                cells.append(self.cell('th' if column == 0 and self.chance.random() < 0.2 else tag, wide, high))
            rows.append(cells)
        # A row in which nothing begins has no cell: not a row that the vocabulary allows.
        return ''.join('<tr>%s</tr>' % ''.join(cells) for cells in rows) if all(rows) else self.rows(columns, most, tag)

    def cell(self, tag, wide, high):
        spans = (' colspan="%d"' % wide if wide > 1 else '') + (' rowspan="%d"' % high if high > 1 else '')
        most = self.pick(*[2, 6, 25] * 6, 200, 500)
        words = self.inlines(1, most) if tag == 'th' or self.chance.random() < 0.95 else ''
        return '<%s%s>%s</%s>' % (tag, spans, words, tag)

    def table(self):
        columns = self.chance.randint(1, self.pick(4, 4, 9))
        caption = '<caption>%s</caption>' % self.inlines(1, 20) if self.chance.random() < 0.4 else ''
        head = '<thead>%s</thead>' % self.rows(columns, self.pick(1, 1, 2), 'th') if self.chance.random() < 0.7 else ''
        turned = ' dir="%s"' % self.pick('ltr', 'rtl') if self.chance.random() < 0.15 else ''
        return '<table%s>%s%s<tbody>%s</tbody></table>' % (turned, caption, head, self.rows(columns, self.pick(3, 9, 30), 'td'))

    def attribution(self):
        lines = [(tag, self.inlines(1, 8)) for tag in ('speaker', 'source', 'locator')]
        lines = lines[self.chance.randint(0, 2):][:self.chance.randint(1, 3)]
        return '<attribution>%s</attribution>' % ''.join('<%s>%s</%s>' % (tag, words, tag) for tag, words in lines) if self.chance.random() < 0.5 else ''

    def stanza(self):
        return '<stanza>%s</stanza>' % self.repeated(9, lambda: '<line>%s</line>' % self.text(2, self.pick(8, 8, 30)))

    def block(self, depth):
        plain = [self.paragraph] * 5
        deep = [lambda: '<ul>%s</ul>' % self.items(depth), lambda: self.ordered(depth), lambda: self.ordered(depth),
                lambda: self.definitions(depth), lambda: self.table(), self.figure,
                lambda: '<blockquote>%s%s</blockquote>' % (self.repeated(3, self.paragraph), self.attribution()),
                lambda: '<verse>%s%s</verse>' % (self.repeated(3, self.stanza), self.attribution()),
                lambda: '<letter><salutation>%s</salutation>%s<signature>%s</signature></letter>' % (
                    self.text(1, 3), self.repeated(3, self.paragraph), self.text(1, 2)),
                lambda: '<aside><title>%s</title>%s</aside>' % (self.text(1, 5), self.blocks(2, depth + 1)),
                lambda: '<separator/>']
        return self.chance.choice(plain if depth > 2 else plain + deep)()

    def blocks(self, most, depth=0):
        return ''.join(self.block(depth) for _ in range(self.chance.randint(1, most)))

    def repeated(self, most, make):
        return ''.join(make() for _ in range(self.chance.randint(1, most)))

    def warnings(self):
        warning = lambda: '<warning><term>%s</term>%s</warning>' % (
            self.text(1, self.pick(3, 12)), '<places>%s</places>' % self.inlines(1, 9) if self.chance.random() < 0.7 else '')
        return '<warnings>%s%s%s</warnings>' % (self.blocks(3), self.repeated(9, warning), self.blocks(3))

    def parts(self):
        title = lambda: self.inlines(1, 8, notes=False)
        yield '<hook>%s</hook>' % self.repeated(3, self.paragraph)
        yield '<about>%s</about>' % self.blocks(8)
        yield '<overview>%s</overview>' % self.blocks(10)
        yield '<takeaways>%s</takeaways>' % self.repeated(self.pick(4, 12), lambda: '<takeaway><headline>%s</headline>%s</takeaway>' % (title(), self.paragraph()))
        yield '<cues>%s</cues>' % self.repeated(9, lambda: '<cue><prompt>%s</prompt><answer>%s</answer></cue>' % (self.text(1, 12), self.text(1, self.pick(6, 6, 30))))
        yield '<story>%s</story>' % self.repeated(4, lambda: '<chapter><title>%s</title>%s</chapter>' % (title(), self.blocks(9)))
        yield '<questions>%s</questions>' % self.repeated(4, lambda: '<qa><question>%s</question><answer>%s</answer></qa>' % (title(), self.blocks(4)))
        yield '<comparison><with><title>%s</title><author>%s</author></with>%s%s</comparison>' % (title(), self.text(2, 3), self.paragraph(), self.table())
        yield '<people>%s</people>' % self.repeated(8, lambda: '<person><name>%s</name><description>%s</description></person>' % (
            self.text(1, self.pick(2, 2, 14)), self.inlines(3, 40)))
        yield '<discussion>%s</discussion>' % self.repeated(self.pick(4, 12), lambda: '<question>%s</question>' % self.inlines(3, 25, notes=False))
        yield self.warnings()
        yield '<notes>%s%s</notes>' % (self.blocks(3), self.repeated(9, lambda: '<source>%s</source>' % self.inlines(3, 30)))

    def document(self):
        parts = ''.join(part for part in self.parts() if self.chance.random() < 0.5)
        # What references name.
        parts += '<brand id="lamp"><title>%s</title>%s</brand>' % (self.text(1, 3), self.paragraph())
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<summary version="1" xml:lang="%s"><work><title>%s</title>'
                '<contributor role="author">%s</contributor></work><edition><date>2024-05-31</date></edition>%s</summary>\n'
                % (self.lang, self.text(1, 5), self.text(2, 3), parts))


def faults(program, layout, folder):
    source, out = folder / 'source.xml', folder / 'out'
    done = subprocess.run([program, 'export', source, '--layout', layout, '--format=json', '-q', '-o', out],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    told = [json.loads(line) for line in done.stderr.decode().splitlines() if line.startswith('{')]
    for message in told:
        if message['code'] in FAULTS or message['code'].startswith('E'):
            yield '%s %s' % (message['code'], message['message'])
    if done.returncode != 0:
        yield 'exit status %d %s' % (done.returncode, '' if told else done.stderr.decode(errors='replace')[:500])
        return
    pdf, epub = next(out.glob('*.pdf')), next(out.glob('*.epub'))
    done = subprocess.run([program, 'compare', pdf, epub, source], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        yield 'compare: ' + done.stderr.decode(errors='replace')[:500]


def export_cases(program, folder):
    """What the cases write, in one layout each: a folder a case. Those that are refused write nothing."""
    for number, file in enumerate(sorted(HERE.glob('cases/*/case.toml'))):
        case = tomllib.loads(file.read_text(encoding='utf-8'))
        layouts = case.get('layouts', ['book'])
        out = folder / ('case-' + file.parent.name) / 'out'
        out.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([program, 'export', case.get('source', 'source.xml'), '--layout', layouts[number % len(layouts)], '-q', '-o', out,
                        *case.get('options', [])], cwd=file.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def judged(folder):
    """Complaints of the judges about all that stands in the folders; each judge starts once."""
    pages = [pdf for pdf in folder.glob('*/out/*.pdf') if not pdf.name.endswith('.cards.pdf')]  # sheets claim no tags
    pdfs, epubs = sorted(pages), sorted(folder.glob('*/out/*.epub'))
    print('%d PDF, %d EPUB before the judges' % (len(pdfs), len(epubs)))
    for found in (judges.verapdf(pdfs, 'ua1'), judges.verapdf(pdfs, '2a'), judges.epubcheck(epubs)):
        for file, complaints in found.items():
            for complaint in complaints:
                yield '%s: %s' % (pathlib.Path(file).relative_to(folder), complaint)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--count', type=int, default=24)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--layouts', nargs='+', default=LAYOUTS)
    parser.add_argument('--every', action='store_true')
    parser.add_argument('--keep', type=pathlib.Path)
    parser.add_argument('--judges', action='store_true')
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        files = (arguments.keep or pathlib.Path(scratch)).resolve()
        for number in range(arguments.count):
            maker = Maker('%d/%d' % (arguments.seed, number))
            document = maker.document()
            for layout in arguments.layouts if arguments.every else [arguments.layouts[number % len(arguments.layouts)]]:
                name = '%d-%04d-%s' % (arguments.seed, number, layout)
                folder = files / name
                folder.mkdir(parents=True, exist_ok=True)
                (folder / 'source.xml').write_text(document, encoding='utf-8')
                for picture, data in maker.pictures.items():
                    (folder / picture).write_bytes(data)
                found = list(faults(program, layout, folder))
                failed += bool(found)
                for fault in found:
                    print('%s (%s): %s' % (name, maker.lang, fault))
                if not arguments.keep and not arguments.judges:
                    shutil.rmtree(folder)
        if arguments.judges:
            export_cases(program, files)
            for complaint in judged(files):
                failed += 1
                print(complaint[:400])
    print('%d documents, %d faults' % (arguments.count, failed))
    return 1 if failed or arguments.count == 0 else 0


if __name__ == '__main__':
    sys.exit(main())
