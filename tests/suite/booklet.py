#!/usr/bin/env python3
"""Booklets read back: every sheet of `--to booklet` is cut at its fold by what pdftotext says of each half, the sheets are folded as a
reader would, and what is then read page by page is what the PDF of the same pages says, in its order. qpdf says that the sheets are
as a printer needs them. Cards likewise: the prompts and answers of the source, each once, face and back of a card where they meet.

    booklet.py --program PATH
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
PART = '<overview>%s</overview><cues><cue><prompt>Oil</prompt><answer>It burns.</answer></cue></cues>'
DOCUMENT = ('<summary version="1" xml:lang="%s"><work><title>%s</title><contributor role="author">Ann Example</contributor></work>'
            '<edition><date>2024-05-31</date>%s</edition>%s</summary>')
BRAND = '<brand name="Epitome" href="https://epitome.example/">The lines worth keeping.</brand>'
PARAGRAPH = 'Paragraph %d tells how the lamp was lit, who stood beside it and what the sea did in the night that followed. '
ARABIC = 'الفقرة %d تحكي كيف أضيء المصباح ومن وقف بجانبه وماذا فعل البحر في الليلة التالية. '


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit('%s: %s' % (' '.join(map(str, command)), done.stderr))
    return done.stdout


def text(pdf, page, box=None):
    """The words on a page, or in a box (x, y, width, height in points) of it, in a fixed order."""
    area = [] if box is None else ['-x', box[0], '-y', box[1], '-W', box[2], '-H', box[3]]
    words = run('pdftotext', '-q', '-r', '72', '-f', page, '-l', page, *area, pdf, '-').split()
    return sorted(words)


def sides(pdf):
    """(width, height) of each page, and the catalog."""
    found = json.loads(run('qpdf', '--json', '--json-stream-data=none', pdf))
    objects = found['qpdf'][1]
    values = lambda reference: objects['obj:' + reference]['value']
    catalog = values(objects['trailer']['value']['/Root'])
    return [values(p['object'])['/MediaBox'][2:] for p in found['pages']], catalog


def signatures(count, per):
    """How many sheets each signature has, as the printed order must have them."""
    sheets = (count + 3) // 4
    each = per // 4 or (sheets if sheets <= 16 else 8)
    number = -(-sheets // each)
    return [sheets // number + (i < sheets % number) for i in range(number)]


def folded(pdf, count, per, rtl):
    """The words of each page of the folded booklet, in reading order."""
    boxes, _ = sides(pdf)
    halves = []
    for page, (width, height) in enumerate(boxes, 1):
        left, right = (text(pdf, page, (round(x * width / 2), 0, round(width / 2), round(height))) for x in (0, 1))
        halves.append((right, left) if rtl else (left, right))
    out, first = [], 0
    for sheets in signatures(count, per):
        own = halves[first:first + 2 * sheets]
        first += 2 * sheets
        before, behind = [], []
        for front, back in zip(own[::2], own[1::2]):
            before += [front[1], back[0]]
            behind = [back[1], front[0]] + behind
        out += before + behind
    if first != len(halves):
        raise SystemExit('%s has %d sides, %d were expected' % (pdf, len(halves), first))
    return out


def check_booklet(program, source, layout, per, folder, complaints):
    name = '%s in %s, signatures of %d' % (source.parent.name if source.stem == 'summary' else source.stem, layout, per)
    plain, booklet = folder / 'plain.pdf', folder / 'sheets.booklet.pdf'
    run(program, 'export', '-q', source, '--layout', layout, '--to', 'pdf', '-o', plain)
    run(program, 'export', '-q', source, '--layout', layout, '--to', 'booklet', *(['--signature', per] if per else []), '-o', booklet)
    boxes, catalog = sides(booklet)
    preferences = catalog['/ViewerPreferences']
    if (preferences.get('/Duplex'), preferences.get('/PrintScaling')) != ('/DuplexFlipShortEdge', '/None'):
        complaints.append('%s: prints as %s' % (name, preferences))
    if '/StructTreeRoot' in catalog or '/MarkInfo' in catalog:
        complaints.append('%s: claims tags' % name)
    paper = (841.89, 595.276) if layout == 'book' else (792, 612)
    if any(abs(a - b) > 0.01 for box in boxes for a, b in zip(box, paper)):
        complaints.append('%s: sheets of %s' % (name, boxes[0]))
    pages = [text(plain, i) for i in range(1, len(sides(plain)[0]) + 1)]
    brand = '<brand' in source.read_text(encoding='utf-8')
    blanks = [[]] * (-len(pages) % 4)
    wanted = pages[:-1] + blanks + pages[-1:] if brand else pages + blanks
    rtl = 'xml:lang="ar"' in source.read_text(encoding='utf-8')
    found = folded(booklet, len(pages), per, rtl)
    for number, (a, b) in enumerate(zip(wanted, found), 1):
        if a != b:
            complaints.append('%s: page %d says %s… and not %s…' % (name, number, b[:6], a[:6]))
            break
    if len(wanted) != len(found):
        complaints.append('%s: %d pages, %d expected' % (name, len(found), len(wanted)))
    return len(pages)


def check_cards(program, source, folder, complaints):
    letters = lambda element: re.sub(r'[^a-z]', '', ''.join(element.itertext()).lower())
    cues = [(letters(c.find('prompt')), letters(c.find('answer'))) for c in ET.parse(source).getroot().iter('cue')]
    for options in ([], ['--duplex'], ['--card-size', '3x5'], ['--card-size', '3x5', '--duplex']):
        cards = folder / 'x.cards.pdf'
        run(program, 'export', '-q', source, '--to', 'cards', *options, '-o', cards)
        boxes, _ = sides(cards)
        duplex, small = '--duplex' in options, '3x5' in options
        face = (5 * 72, 3 * 72) if small else (105 / 25.4 * 72, 74.25 / 25.4 * 72)
        seen = []
        for page in range(1, len(boxes) + 1, 2 if duplex else 1):
            width, height = boxes[page - 1]
            rows, columns = round(height // (face[1] - 1)), 2
            left, top = (width - columns * face[0]) / 2, (height - rows * face[1]) / 2
            at = lambda p, column, row: re.sub(r'[^a-z]', '', ' '.join(run(
                'pdftotext', '-q', '-r', '72', '-f', p, '-l', p, '-x', round(left + column * face[0]), '-y', round(top + row * face[1]),
                '-W', round(face[0]), '-H', round(face[1]), cards, '-').split()).lower())
            for row in range(rows):
                for column in range(columns if duplex else 1):
                    front = at(page, column, row)
                    back = at(page + 1, columns - 1 - column, row) if duplex else at(page, 1, row)
                    if front or back:
                        seen.append((front, back))
        # The label of a spoiler may stand before an answer.
        if len(seen) != len(cues) or any(not f.startswith(p) or not b.endswith(a) for (f, b), (p, a) in zip(seen, cues)):
            complaints.append('%s, cards %s: %s' % (source.parent.name, options, seen[:3]))


def check_black(program, source, folder, complaints):
    """No operator sets a colour, no picture has one: pictures are in greys, the profile of the file's colours aside."""
    for to, black in (('pdf', True), ('booklet', True), ('pdf', False)):
        pdf = folder / ('x.booklet.pdf' if to == 'booklet' else 'x.pdf')
        run(program, 'export', '-q', source, '--to', to, *(['--black'] if black else []), '-o', pdf)
        plain = subprocess.run(['qpdf', '--qdf', '--object-streams=disable', '--decode-level=generalized', pdf, '-'],
                               capture_output=True, check=True).stdout
        coloured = len(re.findall(rb'\s(?:rg|RG)\s', plain)) + plain.count(b'/DeviceRGB')
        if bool(coloured) == black:
            complaints.append('%s of %s, black %s: %d things in colour' % (to, source.parent.name, black, coloured))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    program = pathlib.Path(parser.parse_args().program).resolve()
    complaints, counts = [], []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        sources = {}
        for name, language, words, paragraphs, brand in (
                ('short', 'en', PARAGRAPH, 3, BRAND), ('plain', 'en', PARAGRAPH, 40, ''), ('long', 'en', PARAGRAPH, 900, BRAND),
                ('from-the-right', 'ar', ARABIC, 60, BRAND)):
            sources[name] = folder / (name + '.xml')
            body = ''.join('<p>%s</p>' % ((words * 4) % tuple(range(4 * i, 4 * i + 4))) for i in range(paragraphs))
            sources[name].write_text(DOCUMENT % (language, 'Lamp', brand, PART % body), encoding='utf-8')
        for source, layout, per in (
                (sources['short'], 'book', 0), (sources['plain'], 'half-letter', 0), (sources['long'], 'book', 0),
                (sources['long'], 'half-letter', 16), (sources['from-the-right'], 'book', 0), (sources['from-the-right'], 'book', 8),
                (ROOT / 'examples/the-push/summary.xml', 'book', 0), (ROOT / 'examples/the-push/summary.xml', 'half-letter', 8)):
            counts.append(check_booklet(program, source, layout, per, folder, complaints))
        check_cards(program, ROOT / 'examples/the-push/summary.xml', folder, complaints)
        check_black(program, ROOT / 'examples/frankenstein/summary.xml', folder, complaints)
    if max(counts) <= 64:
        complaints.append('no book has more than one signature: %s pages' % counts)
    print('\n'.join(complaints) or 'booklets of %s pages are read in order' % ', '.join(map(str, counts)))
    sys.exit(1 if complaints else 0)


if __name__ == '__main__':
    main()
