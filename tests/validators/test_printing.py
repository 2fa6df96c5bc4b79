"""What a printer gets: files go through the filters of CUPS with the settings that a print dialogue takes from them (their viewer
preferences; none where they say nothing), and what comes out has their pages in number, order, size and scale, and the backs that
were asked for. No daemon, no port: cupsfilter runs the filters that cupsd would, by the same tables, for the queue of a PPD.
Two queues: a printer that takes PDF (filter pdftopdf) and one that takes PWG raster, as driverless printers do (pdftopdf, gstoraster).

    test_printing.py PROGRAM
"""
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

import judges

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / 'examples'
PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
A4, LETTER = (595.276, 841.89), (612, 792)
DPI = 75

# A laser printer that can't print the outer 12 pt of its paper and prints on both sides.
PPD = '''*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TEST.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsVersion: 2.4
*cupsFilter2: "{filter}"
*OpenUI *PageSize/Paper: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: {paper}
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: {paper}
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: {paper}
*ImageableArea A4/A4: "12 12 583 830"
*ImageableArea Letter/Letter: "12 12 600 780"
*DefaultPaperDimension: {paper}
*PaperDimension A4/A4: "595.276 841.89"
*PaperDimension Letter/Letter: "612 792"
*OpenUI *Duplex/Both sides: PickOne
*OrderDependency: 10 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
*OpenUI *Resolution/Resolution: PickOne
*OrderDependency: 10 AnySetup *Resolution
*DefaultResolution: {dpi}dpi
*Resolution {dpi}dpi/{dpi}: "<</HWResolution[{dpi} {dpi}]>>setpagedevice"
*CloseUI: *Resolution
*OpenUI *ColorModel/Colours: PickOne
*OrderDependency: 10 AnySetup *ColorModel
*DefaultColorModel: Gray
*ColorModel Gray/Grey: "<</cupsColorSpace 18/cupsBitsPerColor 8/cupsColorOrder 0/cupsCompression 0>>setpagedevice"
*CloseUI: *ColorModel
*DefaultFont: Courier
*Font Courier: Standard "(1)" Standard ROM
'''
QUEUES = {'pdf': ('application/vnd.cups-pdf application/pdf 0 -', ['pdftopdf']),
          'pwg': ('image/pwg-raster image/pwg-raster 0 -', ['pdftopdf', 'gstoraster'])}
SIDES = {'/Simplex': 'one-sided', '/DuplexFlipLongEdge': 'two-sided-long-edge', '/DuplexFlipShortEdge': 'two-sided-short-edge'}


def binary(*command):
    # Administrators' programs are not on every user's path.
    program = shutil.which(command[0]) or shutil.which(command[0], path='/usr/sbin:/sbin')
    if not program:
        raise judges.JudgeMissing('%s is not installed' % command[0])
    done = subprocess.run([program, *map(str, command[1:])], stdin=subprocess.DEVNULL, capture_output=True,
                          env=dict(os.environ, LC_ALL='C.UTF-8'))
    if done.returncode:
        raise AssertionError('%s: %s' % (' '.join(map(str, command)), done.stderr.decode(errors='replace')[-2000:]))
    return done.stdout


def preferences(pdf):
    found = json.loads(binary('qpdf', '--json', '--json-stream-data=none', pdf))['qpdf'][1]
    catalog = found['obj:' + found['trailer']['value']['/Root']]['value']
    return catalog.get('/ViewerPreferences', {})


def pages(pdf):
    """Of each page: (width, height), and its words as (word, left, top, right, bottom) from its upper left corner."""
    tree = ET.fromstring(binary('pdftotext', '-q', '-bbox', pdf, '-'))
    space = '{http://www.w3.org/1999/xhtml}'
    return [(tuple(float(page.get(k)) for k in ('width', 'height')),
             [(w.text, *(float(w.get(k)) for k in ('xMin', 'yMin', 'xMax', 'yMax'))) for w in page.iter(space + 'word')])
            for page in tree.iter(space + 'page')]


def upright(size, words):
    """A page that is wider than high, as it lies on the paper: turned to the right."""
    width, height = size
    if width <= height:
        return size, words
    return (height, width), [(w, height - bottom, left, height - top, right) for w, left, top, right, bottom in words]


def differences(source, printed, paper):
    """What a reader of the printed sheets would find: complaints."""
    found = []
    if len(source) != len(printed):
        return ['%d sides instead of %d' % (len(printed), len(source))]
    for number, (wanted, (size, words)) in enumerate(zip(source, printed), 1):
        own_size, expected = upright(*wanted)
        # Of the file too: its media box is what many programs take for the page.
        if max(abs(a - b) for s in (own_size, size) for a, b in zip(s, paper)) > 0.1:
            found.append('side %d of %s is printed on %s' % (number, own_size, size))
        rest = sorted(words)
        if [w[0] for w in sorted(expected)] != [w[0] for w in rest]:
            found.append('side %d has other words' % number)
            continue
        apart = max((abs(a - b) for e, g in zip(sorted(expected), rest) for a, b in zip(e[1:], g[1:])), default=0)
        if apart > 0.1:
            found.append('side %d: a word is %.2f pt from its place' % (number, apart))
    return found


def raster(data):
    """Of each page of a PWG raster (PWG 5102.4): duplex, tumble, resolution, size in points, and rows of grey values."""
    if data[:4] != b'RaS2':
        raise AssertionError('no PWG raster: %r' % data[:4])
    at, out = 4, []
    while at < len(data):
        header = data[at:at + 1796]
        number = lambda offset: struct.unpack('>I', header[offset:offset + 4])[0]
        at += 1796
        width, height, bits, colours = number(372), number(376), number(388), number(420)
        step = bits // 8
        rows = []
        while len(rows) < height:
            repeats = data[at] + 1
            at += 1
            row = bytearray()
            while len(row) < width * step:
                code = data[at]
                at += 1
                if code < 128:
                    row += data[at:at + step] * (code + 1)
                    at += step
                else:
                    row += data[at:at + step * (257 - code)]
                    at += step * (257 - code)
            grey = bytes(row) if step == 1 else bytes(sum(row[i:i + step]) // step for i in range(0, len(row), step))
            rows += [grey] * repeats
        out.append({'duplex': number(272), 'tumble': number(368), 'dpi': (number(276), number(280)), 'colours': colours,
                    'size': (number(352), number(356)), 'rows': rows})
    return out


def own_raster(pdf):
    """The pages as another program draws them, lying on the paper as a printer takes them."""
    data, at, out = binary('pdftoppm', '-q', '-cropbox', '-gray', '-r', DPI, pdf), 0, []
    while at < len(data):
        head = re.compile(rb'P5\s+(\d+)\s+(\d+)\s+255\s').match(data, at)
        width, height = int(head[1]), int(head[2])
        rows = [data[i:i + width] for i in range(head.end(), head.end() + width * height, width)]
        at = head.end() + width * height
        out.append([bytes(column) for column in zip(*rows[::-1])] if width > height else rows)
    return out


def tiles(rows, side=15):
    """How dark each square of 5 mm is."""
    return [[255 - sum(sum(r[x:x + side]) for r in rows[y:y + side]) / side ** 2 for x in range(0, len(rows[0]) - side, side)]
            for y in range(0, len(rows) - side, side)]


class Printing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name).resolve()
        cls.files = {}
        push = EXAMPLES / 'the-push/summary.xml'
        for name, paper, options in (
                ('a4', A4, ['--layout', 'a4', '--to', 'pdf']), ('letter', LETTER, ['--layout', 'letter', '--to', 'pdf']),
                ('large', A4, ['--layout', 'large', '--to', 'pdf']),
                ('print-a4', A4, ['--layout', 'print-a4', '--to', 'pdf']), ('print-letter', LETTER, ['--layout', 'print-letter', '--to', 'pdf']),
                ('booklet', A4, ['--to', 'booklet']), ('booklet-letter', LETTER, ['--layout', 'half-letter', '--to', 'booklet']),
                ('cards', A4, ['--to', 'cards']), ('cards-duplex', A4, ['--to', 'cards', '--duplex']),
                ('cards-3x5', LETTER, ['--to', 'cards', '--card-size', '3x5'])):
            made = cls.folder / (name + '.pdf')
            binary(PROGRAM, 'export', '-q', push, *options, '-o', made)
            cls.files[name] = (made, paper)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def queue(self, kind, paper):
        made = self.folder / ('%s-%s.ppd' % (kind, 'a4' if paper == A4 else 'letter'))
        made.write_text(PPD.format(filter=QUEUES[kind][0], paper='A4' if paper == A4 else 'Letter', dpi=DPI))
        return made

    def settings(self, pdf):
        """What a dialogue takes from the file."""
        asked = preferences(pdf)
        options = []
        if '/Duplex' in asked:
            options += ['-o', 'sides=' + SIDES[asked['/Duplex']]]
        if asked.get('/PrintScaling') == '/None':
            options += ['-o', 'print-scaling=none']
        return options

    def through(self, kind, name, *options):
        pdf, paper = self.files[name]
        command = ['cupsfilter', '-e', '-p', self.queue(kind, paper), '-i', 'application/pdf', '-m', QUEUES[kind][0].split()[1] if kind == 'pwg' else 'printer/test']
        filters = binary(*command, '--list-filters', pdf).decode().split()
        self.assertEqual(filters, QUEUES[kind][1])
        return binary(*command, *(options or self.settings(pdf)), pdf)

    def printed(self, name, *options):
        made = self.folder / 'printed.pdf'
        made.write_bytes(self.through('pdf', name, *options))
        return pages(made)

    def test_sides_are_those_of_the_file(self):
        for name, (pdf, paper) in self.files.items():
            with self.subTest(name):
                self.assertEqual(differences(pages(pdf), self.printed(name), paper), [])

    def test_what_is_printed_is_printed_in_its_size(self):
        """Whoever prints without a look at the settings, or with one that fits pages to the paper, would have cards of a wrong size and
        large print that isn't large: the files ask for neither."""
        for name, (pdf, _) in self.files.items():
            with self.subTest(name):
                self.assertEqual(preferences(pdf).get('/PrintScaling'), '/None')

    def test_large_print_is_large(self):
        """UKAAF G003 and ACB: nothing under 18 pt, note marks, captions and running heads included; margins of an inch."""
        for layout in ('large', 'large-letter'):
            pdf = self.folder / 'largest.pdf'
            binary(PROGRAM, 'export', '-q', EXAMPLES / 'frankenstein/summary.xml', '--layout', layout, '--to', 'pdf', '-o', pdf)
            drawn = binary('mutool', 'trace', pdf).decode()
            sizes = {float(s) for s in re.findall(r'<span [^>]*trm="([\d.]+)', drawn)}
            self.assertGreater(len(sizes), 3)
            self.assertGreaterEqual(min(sizes), 18, layout)
            for (width, _), words in pages(pdf)[1:]:  # behind the cover
                left, right = min((w[1] for w in words), default=72), max((w[3] for w in words), default=0)
                self.assertGreaterEqual(min(left, width - right), 65, layout)  # less what hangs: half a mark

    def test_a_page_that_is_fitted_is_found(self):
        for name in ('a4', 'booklet', 'cards'):
            pdf, paper = self.files[name]
            found = differences(pages(pdf), self.printed(name, '-o', 'fit-to-page'), paper)
            self.assertRegex(' '.join(found), 'from its place')
        pdf, paper = self.files['booklet']
        self.assertRegex(differences(pages(pdf), self.printed('booklet', '-o', 'page-ranges=3-4'), paper)[0], '2 sides instead of')
        self.assertIn('other words', ' '.join(differences(pages(pdf), self.printed('booklet', '-o', 'outputorder=reverse'), paper)))

    def test_a_printer_of_rasters(self):
        for name, duplex, tumble in (('a4', 0, 0), ('print-a4', 1, 0), ('booklet', 1, 1), ('cards', 0, 0), ('cards-duplex', 1, 0),
                                     ('booklet-letter', 1, 1)):
            pdf, paper = self.files[name]
            with self.subTest(name):
                got = raster(self.through('pwg', name))
                own = own_raster(pdf)
                self.assertEqual(len(got), len(own))
                for number, (side, wanted) in enumerate(zip(got, own), 1):
                    self.assertEqual((side['duplex'], side['tumble'], side['dpi']), (duplex, tumble, (DPI, DPI)), number)
                    self.assertTrue(all(abs(a - b) <= 1 for a, b in zip(side['size'], paper)), side['size'])
                    apart = max(abs(a - b) for g, w in zip(tiles(side['rows']), tiles(wanted)) for a, b in zip(g, w))
                    self.assertLess(apart, 60, 'side %d of %s looks otherwise' % (number, name))

    def test_a_leaf_has_the_page_that_follows_on_its_back(self):
        """A booklet's leaf, cut at the fold: its front has a page's number, its back the next one. A sheet is turned over its short edge."""
        plain = self.folder / 'pages.pdf'
        binary(PROGRAM, 'export', '-q', EXAMPLES / 'the-push/summary.xml', '--layout', 'book', '--to', 'pdf', '-o', plain)
        order = {tuple(sorted(w[0] for w in words)): i for i, (_, words) in enumerate(pages(plain)) if words}
        sheets = self.printed('booklet')
        leaves = 0
        for front, back in zip(sheets[::2], sheets[1::2]):
            (width, height), words = front
            half = lambda page, below: order.get(tuple(sorted(w[0] for w in page[1] if ((w[2] + w[4]) / 2 > height / 2) == below)))
            for below in (False, True):
                # Turned over its short edge, what was above comes to lie below.
                pair = half(front, below), half(back, not below)
                if None not in pair:
                    leaves += 1
                    self.assertEqual(abs(pair[0] - pair[1]), 1, pair)
        self.assertGreater(leaves, 8)


if __name__ == '__main__':
    unittest.main()
