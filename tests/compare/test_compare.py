"""epitome compare: every example in every layout, files changed by a word, files made by hand, damaged files.

test_compare.py PROGRAM [unittest's arguments]
"""
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

import handmade

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
LAYOUTS = sorted(p.parent.name for p in ROOT.glob('layouts/*/layout.xml'))
EXAMPLES = sorted(ROOT.glob('examples/*/summary.xml'))
SCRATCH = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(SCRATCH.name)

# One short document for scripts whose text a PDF can lose: right to left, without spaces, with reordered vowels.
SCRIPTS = {
    'ar': ('المصباح', 'أُضيءَ مصباحٌ في الغرفة، فرأى الناسُ ما حولهم. كتب أحدهم EPUB و PDF سنة 2024 على الجدار.', 'هامشٌ قصير.'),
    'he': ('המנורה', 'מנורה נדלקה בחדר, והחדר נראה. מישהו כתב PDF על הקיר בשנת 2024.', 'הערה קצרה.'),
    'th': ('ตะเกียง', 'มีคนจุดตะเกียงในห้อง แล้วทุกคนก็มองเห็นห้องนั้น น้ำและไฟอยู่ด้วยกันไม่ได้', 'หมายเหตุสั้น ๆ'),
    'ja': ('灯', '部屋に灯がともり、部屋が見えた。PDFとEPUBは同じ文章を持つ。「誰が点けたのか」と人は問う。', '短い注。'),
    'hi': ('दीपक', 'कमरे में एक दीपक जला और कमरा दिखाई दिया। किसने जलाया, यह प्रश्न शक्ति का है।', 'छोटी टिप्पणी।'),
}
DOCUMENT = '''<?xml version="1.0" encoding="UTF-8"?>
<summary version="1" xml:lang="%s">
  <work><title>%s</title><contributor role="author" sort="Example, Ann">Ann Example</contributor></work>
  <edition><date>2024-05-31</date></edition>
  <overview><p>%s<note>%s</note></p><p>%s</p></overview>
</summary>
'''


def run(*arguments):
    return subprocess.run([PROGRAM, 'compare', *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)


def export(source, layout='book', name=''):
    folder = FOLDER / (name or source.parent.name) / layout
    if not folder.exists():
        folder.mkdir(parents=True)
        done = subprocess.run([PROGRAM, 'export', source, '--layout', layout, '-o', folder, '-q'], stderr=subprocess.PIPE)
        if done.returncode:
            raise SystemExit('%s in %s can not be exported: %s' % (source, layout, done.stderr.decode()))
    return next(folder.glob('*.pdf')), next(folder.glob('*.epub'))


def changed(epub, name, old, new):
    """A copy of the EPUB with one text in one file replaced; the text must be there once."""
    with zipfile.ZipFile(epub) as container:
        files = {n: container.read(n) for n in container.namelist()}
    if files[name].count(old.encode()) != 1:
        raise AssertionError('%r is not once in %s' % (old, name))
    files[name] = files[name].replace(old.encode(), new.encode())
    return written(handmade.zipped(files), '.epub')


def written(data, ending):
    file = tempfile.NamedTemporaryFile(suffix=ending, dir=FOLDER, delete=False)
    file.write(data)
    file.close()
    return pathlib.Path(file.name)


class Compare(unittest.TestCase):
    def equal(self, *files):
        done = run(*files)
        self.assertEqual((done.returncode, done.stderr.decode()), (0, ''), done.stdout.decode())
        self.assertIn('the same text', done.stdout.decode())
        return done.stdout.decode()

    def different(self, *files, says, code='E0804'):
        done = run(*files)
        text = done.stderr.decode()
        self.assertEqual(done.returncode, 1, done.stdout.decode() + text)
        self.assertIn('error[%s]' % code, text)
        for part in says:
            self.assertIn(part, text)
        return text


class Written(Compare):
    """What the program itself wrote."""

    def test_examples(self):
        self.assertGreaterEqual((len(LAYOUTS), len(EXAMPLES)), (4, 4))
        for layout in LAYOUTS:
            for example in EXAMPLES:
                with self.subTest(layout=layout, example=example.parent.name):
                    self.equal(*export(example, layout), example)

    def test_scripts(self):
        for language, (title, text, note) in SCRIPTS.items():
            with self.subTest(language=language):
                source = FOLDER / (language + '.xml')
                source.write_text(DOCUMENT % (language, title, text, note, text * 6))
                pdf, epub = export(source, name=language)
                self.assertIn('footnotes', self.equal(pdf, epub, source))
                # One character of the last block.
                with zipfile.ZipFile(epub) as container:
                    content = container.read('EPUB/overview.xhtml').decode()
                at = content.rindex(text)
                other = content[:at + 8] + 'x' + content[at + 9:]
                self.different(pdf, changed(epub, 'EPUB/overview.xhtml', content, other), says=['x'])

    def push(self):
        return export(ROOT / 'examples/the-push/summary.xml')

    def test_part_called_like_the_book(self):
        for lang in ('en', 'ar', 'ja'):
            title, text, note = SCRIPTS.get(lang, ('Lamp', 'A lamp was lit.', 'A note.'))
            source = FOLDER / ('alike-%s.xml' % lang)
            source.write_text((DOCUMENT % (lang, title, text, note, text)).replace('</title>', '</title><subtitle>%s</subtitle>' % title).replace(
                '</overview>', '</overview><story><title>%s</title><p>%s</p></story>' % (title, text)), encoding='utf-8')
            with self.subTest(lang=lang):
                self.assertEqual(0, run(*export(source, name='alike-' + lang)).returncode)

    def test_one_word(self):
        pdf, epub = self.push()
        text = self.different(pdf, changed(epub, 'EPUB/story.xhtml', 'listens to the reply', 'listens to the replies'),
                              says=['in “The story”', '“reply.”', '“replies.”', '(page 6, P)', '(EPUB/story.xhtml, p#ch-women--p-'])
        lines = text.split('\n')
        first, second, caret = (next(l for l in lines if mark in l) for mark in ('the reply. ', 'the replies. ', '^'))
        self.assertEqual((first[caret.index('^')], second[caret.index('^')]), ('y', 'i'))

    def test_number_and_punctuation(self):
        pdf, epub = self.push()
        self.different(pdf, changed(epub, 'EPUB/about.xhtml', '41 territories', '14 territories'), says=['“41”', '“14”'])
        self.different(pdf, changed(epub, 'EPUB/overview.xhtml', 'addressed to Fox, whom', 'addressed to Fox whom'), says=['“Fox,”', '“Fox”'])
        self.different(pdf, changed(epub, 'EPUB/takeaways.xhtml', '<ol class="takeaways">', '<ol class="takeaways" start="2">'), says=['Key takeaways'])

    def test_link_text(self):
        pdf, epub = self.push()
        self.different(pdf, changed(epub, 'EPUB/questions.xhtml', '>The fourth takeaway</a>', '>The fourth</a>'), says=['“takeaway”'])

    def test_moved_paragraph(self):
        pdf, epub = self.push()
        with zipfile.ZipFile(epub) as container:
            content = container.read('EPUB/story.xhtml').decode()
        begin, _, end = [place.start() for place in re.finditer('<p [^>]*id="ch-sam--p-', content)][:3]
        paragraph = content[begin:content.index('</p>', begin) + 4]
        moved = content[:begin] + content[begin + len(paragraph):end] + paragraph + content[end:]
        self.different(pdf, changed(epub, 'EPUB/story.xhtml', content, moved), says=['in “The story”', 'page 8'])

    def test_missing_footnote(self):
        pdf, epub = export(ROOT / 'examples/frankenstein/summary.xml')
        with zipfile.ZipFile(epub) as container:
            name, content = next((n, container.read(n).decode()) for n in container.namelist()
                                 if n.endswith('.xhtml') and b'Published by Colburn' in container.read(n))
        begin = content.rindex('<aside ', 0, content.index('Published by Colburn'))
        note = content[begin:content.index('</aside>', begin) + 8]
        self.different(pdf, changed(epub, name, note, ''), says=['in “footnotes”', '“Published”'])

    def test_missing_part(self):
        pdf, epub = self.push()
        text = self.different(pdf, changed(epub, 'EPUB/package.opf', '<itemref idref="overview-xhtml"/>', ''),
                              says=['“Overview” stands in', 'the-push.pdf (page 2, H1) only'], code='E0805')
        self.assertNotIn('E0804', text)

    def test_other_document(self):
        self.different(self.push()[0], export(ROOT / 'examples/frankenstein/summary.xml')[1], says=['The Push', 'Frankenstein'])

    def test_other_source(self):
        pdf, epub = self.push()
        source = (ROOT / 'examples/the-push/summary.xml').read_text()
        self.assertEqual(source.count('a good choice for a reading group'), 1)
        other = FOLDER / 'the-push' / 'other.xml'
        other.write_text(source.replace('a good choice for a reading group', 'a choice for a reading group'))
        cover = FOLDER / 'the-push' / 'cover.jpg'
        cover.write_bytes((ROOT / 'examples/the-push/cover.jpg').read_bytes())
        self.different(pdf, epub, other, says=['Questions and answers', '“good”', '“choice”', 'other.xml'])

    def test_tables_that_are_lists(self):
        # The first table is a list in the EPUB, the second in the PDF: one word of each kind of piece.
        source = ROOT / 'tests/trials/cases/tab-lists-en/source.xml'
        pdf, epub = export(source)
        self.equal(pdf, epub, source)
        with zipfile.ZipFile(epub) as container:
            content = container.read('EPUB/story.xhtml').decode()
        for old, new in (('>morning lamp</cite></span>,', '>morning lamp</cite></span> and'),  # between two heads
                         ('>morning lamp</cite></span>', '>morning lamps</cite></span>'),  # a head
                         ('<span class="of">morning lamp</span>: ', '<span class="of">morning lamps</span>: '),  # its name
                         ('<span class="of">morning lamp</span>: ', '<span class="of">morning lamp</span> or '),  # what follows it
                         ('>stone garden</cite>', '>stone</cite>'),  # a value
                         ('scope="col">stone</th>', 'scope="col">stones</th>')):  # a head that is a name in the PDF only
            with self.subTest(old=old, new=new):
                self.assertIn(old, content)
                other = changed(epub, 'EPUB/story.xhtml', content, content.replace(old, new, 1))
                self.different(pdf, other, says=['in “The story”'])
        other = FOLDER / 'tab-lists-other.xml'
        for old, new in (('<th><cite>morning lamp', '<th><cite>morning lamps'), ('stone garden</cite>', 'stone</cite>')):
            with self.subTest(source=old):
                text = source.read_text()
                self.assertIn(old, text)
                other.write_text(text.replace(old, new, 1))
                self.different(pdf, epub, other, says=['in “'])

    def test_formats(self):
        pdf, epub = self.push()
        other = changed(epub, 'EPUB/about.xhtml', '41 territories', '14 territories')
        short = run('--format=short', pdf, other)
        self.assertEqual((len(short.stderr.decode().splitlines()), len(short.stdout.decode().splitlines())), (1, 1))
        done = run('--format=json', pdf, other)
        message, summary = json.loads(done.stderr), json.loads(done.stdout)
        self.assertEqual((message['code'], summary['same'], done.returncode), ('E0804', False, 1))
        self.assertIn('41 territories', message['hints'][0])
        self.assertEqual([p['name'] for p in summary['parts'] if p['verdict'] != 'same'], ['About the author'])

    def test_usage(self):
        pdf, epub = self.push()
        for arguments in ([], [pdf], [pdf, epub, epub, epub], ['--format=x', pdf, epub]):
            self.assertEqual(run(*arguments).returncode, 2, arguments)
        self.different(pdf, FOLDER / 'none.epub', says=['none.epub'], code='E0106')


CMAP = handmade.cmap('2 beginbfchar\n<0001><00410042>\n<0002><00AD>\nendbfchar',
                     '3 beginbfrange\n<FFFFFFFE><FFFFFFFF><0041>\n<0010><0012><0061>\n<0020><0021>[<D83DDE00><200F0020>]\nendbfrange')
LINES = '/P<</MCID 0>>BDC BT /F0 9 Tf <0001>Tj [<0010>-3<00110002>]TJ ET EMC /Artifact BMC BT <0001>Tj ET EMC '
MORE = '/P<</MCID 1>>BDC BT <0012>Tj <0021>Tj /Span<</ActualText<FEFF0078 0079>>>BDC <0001>Tj EMC <0020>Tj ET EMC'


class ByHand(Compare):
    """Files whose bytes say what their text is."""

    def files(self, body, content=LINES + MORE, marks=('/S/P/K[0 1]',), cmap=CMAP, **more):
        return written(handmade.pdf(content, marks, cmap, **more), '.pdf'), written(handmade.epub(body), '.epub')

    def test_text(self):
        self.equal(*self.files('<p>ABabc\n xy\U0001F600</p>'))

    def test_white_space_and_controls(self):
        self.equal(*self.files('<p>AB<b>ab\u00ad</b>c\u2066\u2069 \n <i>xy</i>\U0001F600 </p>'))
        for body in ('<p>AB abc xy\U0001F600</p>', '<p>ABabcxy\U0001F600</p>', '<p>ABabc xy</p>', '<p>ABabc\u00a0xy\U0001F600</p>'):
            self.different(*self.files(body), says=['page 1, P'])

    def test_exact_characters(self):
        cmap = handmade.cmap('1 beginbfchar\n<0001><00650301>\nendbfchar')
        content = '/P<</MCID 0>>BDC BT /F0 9 Tf <0001>Tj ET EMC'
        self.equal(*self.files('<p>e\u0301</p>', content, ['/S/P/K 0'], cmap))
        self.different(*self.files('<p>\u00e9</p>', content, ['/S/P/K 0'], cmap), says=['\u00e9'])

    def test_order_is_the_structures(self):
        marks = ['/S/P/K 1', '/S/P/K 0']
        self.different(*self.files('<p>ABab</p><p>c xy\U0001F600</p>', marks=marks), says=['page 1'])
        self.different(*self.files('<p>c xy\U0001F600 ABab</p>', marks=['/S/P/K[0 1]']), says=['page 1'])

    def test_actual_text_of_an_element(self):
        self.equal(*self.files('<p>other</p>', marks=['/S/P/ActualText(other)/K[0 1]']))

    def test_roles(self):
        # A role of the file's own; a number that the list's own mark gives.
        self.equal(*self.files('<p>ABabc xy\U0001F600</p>', marks=['/S/Own/K[0 1]']))

    def test_not_reached(self):
        for arguments in (dict(tree=False), dict(marks=['/S/P/K 0']), dict(cmap=None),
                          dict(content=LINES + MORE + ' BT <0001>Tj ET')):
            with self.subTest(**arguments):
                self.different(*self.files('<p>ABabc xy\U0001F600</p>', **arguments), says=[], code='E0803')

    def shown(self, content, **more):
        """Files of a paragraph, "AB" and "ab", the second half set by `content`."""
        both = '/P<</MCID 0>>BDC BT /F0 10 Tf 9 9 Td <0001>Tj ET EMC /P<</MCID 1>>BDC %s EMC' % content
        return self.files('<p>ABab</p>', both, ['/S/P/K[0 1]'], **more)

    def test_text_beside_the_page_is_lost(self):
        lines = {'below': 'BT 20 -1 Td <00100011>Tj ET', 'above': 'BT 1 0 0 1 20 201 Tm <00100011>Tj ET',
                 'left': 'BT -1 20 Td <00100011>Tj ET', 'moved': 'q 1 0 0 1 300 0 cm BT 9 9 Td <00100011>Tj ET Q',
                 'scaled': 'BT 3 0 0 3 90 90 Tm 40 0 Td <00100011>Tj ET', 'next line': 'BT 9 9 TD <0020>Tj 10 TL T* <00100011>Tj ET',
                 'risen': 'BT 9 190 Td 15 Ts <00100011>Tj ET'}
        for name, line in lines.items():
            with self.subTest(name):
                self.different(*self.shown(line), says=['page 1: “ab” stands beside the page'], code='E0803')

    def test_text_on_the_page_is_said(self):
        for line in ('q 1 0 0 1 300 0 cm Q BT 9 9 Td <00100011>Tj ET', 'BT 300 9 Td -290 0 Td <00100011>Tj ET',
                     'q 1 0 0 1 300 300 cm 1 0 0 1 -200 -200 cm BT 9 9 Td <00100011>Tj ET Q',
                     'BT 9 9 Td <00100011>Tj 500 0 Td <0021>Tj ET'):
            with self.subTest(line):
                self.equal(*self.shown(line))

    def test_words_that_run_off_the_page(self):
        widths = '[16 [500] 17 18 600]'
        line = 'BT %s Td [<0010>-400<0011>]TJ ET'
        self.equal(*self.shown(line % '180 9', widths=widths))
        self.different(*self.shown(line % '195 9', widths=widths), says=['page 1: “b” stands beside'], code='E0803')
        self.different(*self.shown('BT 180 Tz ' + line[3:] % '186 9', widths=widths), says=['page 1: “b” stands beside'], code='E0803')

    def test_the_trim_is_the_page(self):
        for boxes in ('/TrimBox[0 0 200 100]', '/CropBox[0 0 200 100]'):
            with self.subTest(boxes):
                self.different(*self.shown('BT 9 150 Td <00100011>Tj ET', boxes=boxes), says=['“ab” stands beside'], code='E0803')

    def test_hostile_states_and_widths(self):
        self.different(*self.shown('q ' * 5000), says=['without end'], code='E0801')
        self.different(*self.shown('BT 9 9 Td <00100011>Tj ET', widths='[%s]' % ('0 65535 1 ' * 5000)), says=['too many'], code='E0801')

    def test_unknown_code(self):
        self.different(*self.files('<p>ABab</p>', LINES.replace('<0010>', '<0999>'), ['/S/P/K 0']), says=['\ufffd'])

    def test_maps_without_end(self):
        for pieces in (['<0000><FFFF><0041>'] * 20000,
                       ['<%08X><%08X><0041>' % (n << 16, n << 16 | 0xFFFF) for n in range(2000)],
                       ['<0000><FFFF><%s>' % ('0041' * 5000)]):
            cmap = handmade.cmap('%d beginbfrange' % len(pieces), *pieces, 'endbfrange')
            self.different(*self.files('<p>x</p>', cmap=cmap), says=['too large'], code='E0801')

    def test_spine_without_end(self):
        package = handmade.PACKAGE.replace('<itemref idref="a"/>', '<itemref idref="a"/>' * 2)
        self.different(self.files('')[0], written(handmade.epub('<p>x</p>', package=package), '.epub'), says=['twice'], code='E0802')

    def test_damaged_structure(self):
        for marks in (['/S/P/K[0 1 0]'], ['/S/P/K[0 1 9 0 R]'], ['/S/P/K[0 1 7 0 R]']):
            self.different(*self.files('<p>x</p>', marks=marks), says=['structure tree'], code='E0801')

    def test_deep_epub(self):
        self.different(*self.files('<i>' * 5000 + '</i>' * 5000), says=['too deeply'], code='E0802')

    def test_epub_parts(self):
        pdf = self.files('')[0]
        for changes in (dict(container=None), dict(container='<container/>'), dict(package=None), dict(package='<package/>'),
                        dict(package=handmade.PACKAGE.replace('idref="a"', 'idref="b"')), dict(content=None),
                        dict(content='<html><body>'), dict(content='<html/>'),
                        dict(package=handmade.PACKAGE.replace('a%20b', '../../x'))):
            with self.subTest(**changes):
                self.different(pdf, written(handmade.epub('', **changes), '.epub'), says=[], code='E0802')


class Damaged(Compare):
    """Files cut short or with bits turned: an answer with a code, whatever it is, never a crash."""

    def answered(self, pdf, epub):
        done = run('--format=short', pdf, epub)
        self.assertIn(done.returncode, (0, 1), done.stderr.decode(errors='replace'))
        if done.returncode:
            self.assertRegex(done.stderr.decode(errors='replace'), r'error\[E080[1-5]\]')
        return done.returncode

    def damage(self, data, ending, other):
        chance = random.Random(len(data))
        found = 0
        for cut in [0, 1, 9, len(data) // 2, len(data) - 30] + [chance.randrange(len(data)) for _ in range(15)]:
            file = written(data[:cut], ending)
            self.assertEqual(self.answered(*((file, other) if ending == '.pdf' else (other, file))), 1, 'cut at %d' % cut)
        for _ in range(60):
            bad = bytearray(data)
            for _ in range(chance.choice([1, 1, 8, 64])):
                bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
            file = written(bytes(bad), ending)
            found += self.answered(*((file, other) if ending == '.pdf' else (other, file)))
        self.assertGreater(found, 10)

    def test_pdf(self):
        pdf, epub = export(ROOT / 'examples/minimal/summary.xml')
        self.damage(pdf.read_bytes(), '.pdf', epub)

    def test_epub(self):
        pdf, epub = export(ROOT / 'examples/minimal/summary.xml')
        self.damage(epub.read_bytes(), '.epub', pdf)

    def test_not_such_files(self):
        pdf, epub = export(ROOT / 'examples/minimal/summary.xml')
        self.different(epub, epub, says=[], code='E0801')
        self.different(pdf, pdf, says=['not a ZIP container'], code='E0802')


if __name__ == '__main__':
    unittest.main()
