#!/usr/bin/env python3
"""Documents of mixed material, made by chance from a seed: each is exported in a layout and must come out whole, with
exit status 0, without a fault of its boxes (W0607) or of the program, the PDF and the EPUB saying the same.

    mixed.py --program PATH [--count N] [--seed S] [--keep DIR]

Document n of seed s is always the same, whatever the count; the layouts take turns. --keep leaves sources, pictures and
files in DIR, a folder each.
"""
import argparse
import json
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import zlib

LAYOUTS = ('book', 'a4', 'letter', 'large')
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

    def inlines(self, least, most, notes=True):
        parts = [self.text(least, most)]
        for _ in range(self.chance.randint(0, 2)):
            kind = self.chance.randrange(6)
            if kind == 0:
                parts.append('<em>%s</em>' % self.text(1, 4))
            elif kind == 1:
                parts.append('<q>%s</q>' % self.text(2, 8))
            elif kind == 2 and notes:
                parts[-1] += '<note>%s</note>' % self.text(3, self.pick(12, 150))
            elif kind == 3:
                other = self.chance.choice(list(WORDS))
                parts.append('<foreign xml:lang="%s">%s</foreign>' % (other, self.text(1, 4, other)))
            elif kind == 4:
                parts.append(str(self.chance.randint(1, 10 ** self.chance.randint(1, 6))))
            else:
                parts.append('<strong>%s</strong>' % self.text(1, 3))
            parts.append(self.text(1, 9))
        return (' ' if self.lang != 'ja' else '').join(parts)

    def paragraph(self):
        return '<p>%s</p>' % self.inlines(5, self.pick(20, 60, 140))

    def figure(self):
        name = 'picture-%d.png' % len(self.pictures)
        self.pictures[name] = png(self.pick(40, 300, 900), self.pick(40, 300, 1200), [self.chance.randrange(256) for _ in range(3)])
        caption = '<caption>%s</caption>' % self.inlines(3, 20) if self.chance.random() < 0.6 else ''
        return '<figure src="%s" alt="%s">%s</figure>' % (name, self.text(1, 5), caption)

    def items(self, depth):
        return ''.join('<li>%s</li>' % (self.inlines(1, 30) if self.chance.random() < 0.7 else
                                        self.paragraph() + self.blocks(1, depth + 1)) for _ in range(self.chance.randint(1, 7)))

    def ordered(self, depth):
        return '<ol start="%d">%s</ol>' % (self.chance.choice([1, 8, 97, 996, 9990, self.chance.randint(1, 9990)]), self.items(depth))

    def definitions(self, depth):
        pair = lambda: '<dt>%s</dt><dd>%s</dd>' % (self.text(1, self.pick(2, 9)), self.inlines(3, 40))
        return '<dl>%s</dl>' % ''.join(pair() for _ in range(self.chance.randint(1, 5)))

    def table(self, depth):
        """Spans that tile: a row is cut into pieces of one or two columns; a first cell may reach over two rows."""
        columns, rows = self.chance.randint(2, 4), []
        cell = lambda tag, more='': '<%s%s>%s</%s>' % (tag, more, self.inlines(1, self.pick(2, 6, 25), notes=tag == 'td'), tag)
        left = self.chance.randint(1, 9)
        while left > 0:
            joined = left > 1 and self.chance.random() < 0.25
            for row in range(2 if joined else 1):
                cells, column = [], 0
                if joined:
                    column = 1
                    if row == 0:
                        cells.append(cell('td', ' rowspan="2"'))
                while column < columns:
                    wide = column + 2 <= columns and self.chance.random() < 0.2
                    cells.append(cell('td', ' colspan="2"' if wide else ''))
                    column += 2 if wide else 1
                rows.append('<tr>%s</tr>' % ''.join(cells))
            left -= 2 if joined else 1
        head = '<thead><tr>%s</tr></thead>' % ''.join(cell('th') for _ in range(columns)) if self.chance.random() < 0.7 else ''
        return '<table>%s<tbody>%s</tbody></table>' % (head, ''.join(rows))

    def block(self, depth):
        plain = [self.paragraph] * 5
        deep = [lambda: '<ul>%s</ul>' % self.items(depth), lambda: self.ordered(depth), lambda: self.ordered(depth),
                lambda: self.definitions(depth), lambda: self.table(depth), self.figure,
                lambda: '<blockquote>%s</blockquote>' % ''.join(self.paragraph() for _ in range(self.chance.randint(1, 3))),
                lambda: '<verse><stanza>%s</stanza></verse>' % ''.join('<line>%s</line>' % self.text(2, 8) for _ in range(self.chance.randint(2, 9))),
                lambda: '<letter><salutation>%s</salutation>%s<signature>%s</signature></letter>' % (
                    self.text(1, 3), ''.join(self.paragraph() for _ in range(self.chance.randint(1, 3))), self.text(1, 2)),
                lambda: '<aside><title>%s</title>%s</aside>' % (self.text(1, 5), self.blocks(2, depth + 1))]
        return self.chance.choice(plain if depth > 2 else plain + deep)()

    def blocks(self, most, depth=0):
        return ''.join(self.block(depth) for _ in range(self.chance.randint(1, most)))

    def repeated(self, most, make):
        return ''.join(make() for _ in range(self.chance.randint(1, most)))

    def parts(self):
        title = lambda: self.inlines(1, 8, notes=False)
        yield '<about>%s</about>' % self.blocks(8)
        yield '<overview>%s</overview>' % self.blocks(10)
        yield '<takeaways>%s</takeaways>' % self.repeated(self.pick(4, 12), lambda: '<takeaway><headline>%s</headline>%s</takeaway>' % (title(), self.paragraph()))
        yield '<cues>%s</cues>' % self.repeated(9, lambda: '<cue><prompt>%s</prompt><answer>%s</answer></cue>' % (self.text(1, 12), self.text(1, self.pick(6, 6, 30))))
        yield '<story>%s</story>' % self.repeated(4, lambda: '<chapter><title>%s</title>%s</chapter>' % (title(), self.blocks(9)))
        yield '<people>%s</people>' % self.repeated(8, lambda: '<person><name>%s</name><description>%s</description></person>' % (
            self.text(1, self.pick(2, 2, 14)), self.inlines(3, 40)))
        yield '<discussion>%s</discussion>' % self.repeated(self.pick(4, 12), lambda: '<question>%s</question>' % self.inlines(3, 25, notes=False))

    def document(self):
        parts = ''.join(part for part in self.parts() if self.chance.random() < 0.6) or '<overview>%s</overview>' % self.blocks(9)
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--count', type=int, default=24)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--keep', type=pathlib.Path)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(arguments.count):
            layout = LAYOUTS[number % len(LAYOUTS)]
            name = '%d-%04d-%s' % (arguments.seed, number, layout)
            folder = (arguments.keep or pathlib.Path(scratch)) / name
            folder.mkdir(parents=True, exist_ok=True)
            maker = Maker('%d/%d' % (arguments.seed, number))
            (folder / 'source.xml').write_text(maker.document(), encoding='utf-8')
            for picture, data in maker.pictures.items():
                (folder / picture).write_bytes(data)
            found = list(faults(program, layout, folder))
            failed += bool(found)
            for fault in found:
                print('%s (%s): %s' % (name, maker.lang, fault))
    print('%d documents, %d with faults' % (arguments.count, failed))
    return 1 if failed or arguments.count == 0 else 0


if __name__ == '__main__':
    sys.exit(main())
