"""Every example in every layout before the independent judges.

    validate.py --program EPITOME --work FOLDER WHAT

WHAT is 'export', which must come first (it writes all files into FOLDER), or the name of one check; see CHECKS.
Prints each complaint; exit status 1 if there was one.
"""
import argparse
import base64
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ET

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'engines'))
import documents
import epub_text
import judges
import pdf_text
from words import FIGURE, compare, is_generated, said, words

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAYOUTS = sorted(layout.parent.name for layout in ROOT.glob('layouts/*/layout.xml'))
# Large print has no italics: it sets titles of works in quotation marks, which the document doesn't have. That its two files say
# the same is suite.compare's to say.
SAME_WORDS = [layout for layout in LAYOUTS if layout not in ('large', 'large-letter', 'dyslexia')]
# The EPUB's formats for one family of readers.
FLAVOURS = ('kepub', 'kindle')
# The edition that is read aloud, by an engine of speech.
ALOUD, VOICE = 'read-aloud', 'espeak-ng -v {lang} --stdin --stdout'
# Sheets for a printer: folders and how they are asked for.
SHEETS = {'booklet': ('--to', 'booklet', '--marks'), 'cards': ('--to', 'cards'),
          'cards-duplex': ('--to', 'cards', '--card-size', '3x5', '--duplex', '--registration')}
# Two examples' pages in brief: tagged as the layouts' are.
BRIEF = {'brief': ('--to', 'brief'), 'brief-letter': ('--to', 'brief', '--layout', 'letter')}
EXAMPLES = sorted(ROOT.glob('examples/*/summary.xml'))
# Pages that begin with what the EPUB has elsewhere (the imprint, which closes these) or not at all (the end of an address
# that is written after its link, in narrow lines): their breaks stand before the next word that both have.
OTHER_BEGINNINGS = ('phone', 'print-a4', 'print-letter')
# Every example in the first layouts; in those that build on them a few that hold all between them.
EVERY_EXAMPLE = ('book', 'a4', 'letter', 'large')
SOME_EXAMPLES = ('frankenstein', 'the-push', 'the-push-ar')


def examples_of(layout):
    if layout == ALOUD:
        return [e for e in EXAMPLES if e.parent.name == 'minimal']
    some = SOME_EXAMPLES[1:] if layout in BRIEF else SOME_EXAMPLES
    return [e for e in EXAMPLES if layout in (*EVERY_EXAMPLE, *FLAVOURS) or e.parent.name in some]


class Exported:
    """What `export` wrote: one folder a layout and example."""

    def __init__(self, program, work):
        self.program, self.work = pathlib.Path(program).resolve(), pathlib.Path(work).resolve()

    def folder(self, layout, example):
        return self.work / layout / example.parent.name

    def one(self, layout, example, ending):
        found = list(self.folder(layout, example).glob('*.' + ending))
        if len(found) != 1:
            raise SystemExit('%s holds %d .%s files instead of one: has `export` run?' % (self.folder(layout, example), len(found), ending))
        return found[0]

    def files(self, ending, layouts=LAYOUTS):
        return [self.one(layout, example, ending) for layout in layouts for example in examples_of(layout)]

    def words(self, layout, example):
        done = subprocess.run([self.program, 'dump', example, '--words', '--layout', layout], stdout=subprocess.PIPE, text=True, check=True)
        result = said(done.stdout)
        result.generated += [words(font.get('credit')) for font in ET.parse(ROOT / 'fonts/manifest.xml').getroot().iter('font')]
        return result


def export(exported):
    complaints = []
    for layout in LAYOUTS:
        for example in examples_of(layout):
            folder = exported.folder(layout, example)
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.iterdir():
                old.unlink()
            done = subprocess.run([exported.program, 'export', example, '--layout', layout, '-o', folder],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode or sorted(f.suffix for f in folder.iterdir()) != ['.epub', '.pdf']:
                complaints.append('%s in %s: exit status %d, %s\n%s' % (
                    example, layout, done.returncode, [f.name for f in folder.iterdir()], done.stdout))
    for flavour in FLAVOURS:
        for example in EXAMPLES:
            folder = exported.folder(flavour, example)
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run([exported.program, 'export', '-q', example, '--to', flavour, '-o', folder], check=True, stdin=subprocess.DEVNULL)
    for example in examples_of(ALOUD):
        folder = exported.folder(ALOUD, example)
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([exported.program, 'export', '-q', example, '--to', 'epub', '--voice', VOICE, '-o', folder], check=True, stdin=subprocess.DEVNULL)
    for name in documents.KINDS:
        folder = exported.work / 'own' / name
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([exported.program, 'export', '-q', documents.write(name, folder), '--to', 'epub', '-o', folder / (name + '.epub')], check=True,
                       stdin=subprocess.DEVNULL)
    for product, options in {**SHEETS, **BRIEF}.items():
        for example in examples_of(product):
            folder = exported.folder(product, example)
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run([exported.program, 'export', '-q', example, *options, '-o', folder], check=True, stdin=subprocess.DEVNULL)
    return complaints


def judged(judge, ending, layouts=LAYOUTS):
    def check(exported):
        return ['%s: %s' % (f, c) for f, found in judge(exported.files(ending, layouts)).items() for c in found]
    return check


# ---- text ---------------------------------------------------------------------------------------

def is_body(roles):
    """Not the contents, generated as a whole; not a drawn cover's words; nor a footnote: that is a stream of its own."""
    return not {'TOC', 'Note'} & set(roles) and ('Figure' not in roles or 'Caption' in roles)


def is_note(roles):
    return 'Note' in roles


def readings(example):
    """{a ruby's base and reading in one word: the same as words}: a reader that goes by place sees two words."""
    parts = lambda ruby: (''.join(ruby.itertext()).replace(ruby.findtext('rt'), ''), ruby.findtext('rt'))
    return {words(base + above)[0]: words(base) + words(above)
            for base, above in map(parts, ET.parse(example).getroot().iter('ruby')) if len(words(base + above)) == 1}


def pdf_streams(path, work):
    """{reader: (words of the body, words of the notes)} of a PDF, artifacts left out.

    pdf.js leaves out soft hyphens and so can't tell a cut word from two: it is a judge of whether the file opens.
    """
    pdf, copies = pdf_text.Pdf(path), {}
    for name, keep in (('body', is_body), ('notes', is_note)):
        copies[name] = work / (path.stem + '-' + name + '.pdf')
        pdf.only(keep, copies[name])
    pieces = pdf_text.structure_text(path)
    cut = lambda pages: words(pdf_text.join_lines('\n'.join(pages)))
    return {
        'poppler': tuple(words(pdf_text.stream(pieces, keep)) for keep in (is_body, is_note)),
        'mutool': tuple(cut(pdf_text.page_texts(copy)) for copy in copies.values()),
    }


def text(exported):
    """The words of the PDF and of the EPUB are the document's, in its order; notes are a stream of their own."""
    complaints = []
    for layout in SAME_WORDS:
        for example in examples_of(layout):
            expected = exported.words(layout, example)
            epub = epub_text.read(exported.one(layout, example, 'epub'))
            scratch = exported.work / 'text' / layout / example.parent.name
            scratch.mkdir(parents=True, exist_ok=True)
            streams = pdf_streams(exported.one(layout, example, 'pdf'), scratch)
            streams['EPUB'] = (epub.body, epub.notes)
            apart = readings(example)
            for reader, (body, notes) in streams.items():
                for kind, wanted, found in (('text', expected.body, body), ('notes', expected.notes, notes)):
                    if reader == 'mutool':
                        wanted = [part for word in wanted for part in apart.get(word, [word])]
                    complaints += ['%s in %s, %s as %s reads it: %s' % (example.parent.name, layout, kind, reader, c)
                                   for c in compare(wanted, found, expected.generated)]
    return complaints


def page_list(exported):
    """The EPUB's page list has the PDF's page labels, and each page break stands before the word that begins that page."""
    complaints = []
    for layout in SAME_WORDS:
        if layout in OTHER_BEGINNINGS:
            continue
        for example in examples_of(layout):
            pdf = pdf_text.Pdf(exported.one(layout, example, 'pdf'))
            epub = epub_text.read(exported.one(layout, example, 'epub'))
            scratch = exported.work / 'page-list'
            scratch.mkdir(exist_ok=True)
            copy = scratch / ('%s-%s.pdf' % (layout, example.parent.name))
            pdf.only(is_body, copy)
            found = compare_pages(pdf.labels(), pdf_text.page_texts(copy), epub, exported.words(layout, example).generated)
            complaints += ['%s in %s: %s' % (example.parent.name, layout, c) for c in found]
    return complaints


def compare_pages(labels, texts, epub, phrases=()):
    """What differs between a PDF's pages (labels, texts of the body) and an EPUB's page list and page breaks.

    Pages of generated text alone (cover, title page, contents, writing lines) have no words to compare.
    """
    found = []
    listed = [label for label, _, _ in epub.page_list]
    if listed != labels:
        found.append('page list %s, page labels %s' % (listed, labels))
    for label, file, fragment in epub.page_list:
        if epub.targets.get((file, fragment)) != label:
            found.append('page list: %s leads to %s#%s, where %s is' % (label, file, fragment, epub.targets.get((file, fragment), 'nothing')))
    if [label for label, _ in epub.breaks] != labels:
        found.append('page breaks %s, page labels %s' % ([label for label, _ in epub.breaks], labels))
    places, compared = dict(epub.breaks), 0
    for index, label in enumerate(labels):
        on_page = words(texts[index])
        at = places.get(label)
        if is_generated(on_page, phrases) or at is None:
            continue
        if epub.body[at:at + 1] != on_page[:1]:   # an item's number or mark, which the EPUB's list gives
            on_page = on_page[bool(FIGURE.match(on_page[0])):]
            on_page = on_page[on_page[0] in '.–•':]
        compared += 1
        # A word cut by the page's turn is whole before the break's place in the EPUB (model/page_map.hpp).
        before = texts[index - 1].rstrip() if index else ''
        first = words(before.split()[-1][:-1] + on_page[0])[0] if before.endswith('\u00ad') else on_page[0]
        if epub.body[at:at + 1] != [first]:
            found.append('page %s begins "%s", its break stands before "%s"' % (label, ' '.join(on_page[:5]), ' '.join(epub.body[at:at + 5])))
    if not compared:
        found.append('no page has words to compare')
    return found


def rejected():
    """{file: does the schema refuse it?} of the suite's bad inputs, from their table."""
    table = {}
    for line in (ROOT / 'tests/suite/rejected/expected.tsv').read_text(encoding='utf-8').splitlines():
        if not line.startswith('#') and '.xml\t' in line:
            name, _, schema = line.split('\t')[:3]
            table[ROOT / 'tests/suite/rejected' / name] = schema == 'invalid'
    return table


LARGEST_PDF = 110_000   # bytes of the-push besides its images


def size(exported):
    """the-push is small in every layout: what its PDF takes besides its images."""
    complaints = []
    for layout in LAYOUTS:
        example = ROOT / 'examples/the-push/summary.xml'
        pdf = pdf_text.Pdf(exported.one(layout, example, 'pdf'), decoded=False)
        streams = [o['stream'] for o in pdf.objects.values() if 'stream' in o]
        images = sum(len(base64.b64decode(s['data'])) for s in streams if s['dict'].get('/Subtype') == '/Image')
        rest = pdf.path.stat().st_size - images
        print('%s: %d bytes besides %d of images' % (layout, rest, images))
        if rest > LARGEST_PDF:
            complaints.append('the-push in %s takes %d bytes besides its images' % (layout, rest))
    return complaints


def jing(exported):
    """The schema's two forms accept every example and refuse those of the bad inputs that the table says they refuse."""
    complaints, table = [], rejected()
    cases = sorted(ROOT.glob('tests/suite/cases/*/source.xml'))
    schemas = sorted([*ROOT.glob('source/*.rng'), *ROOT.glob('source/*.rnc')])
    if {s.suffix for s in schemas} != {'.rng', '.rnc'}:
        return ['source/ holds no schema in both forms (.rng, .rnc): %s' % schemas]
    for schema in schemas:
        found = judges.jing([*EXAMPLES, *cases, *table], schema)
        complaints += ['%s: %s' % (f, c) for f in (*EXAMPLES, *cases) for c in found[str(f)]]
        complaints += ['%s: %s %s, the table says otherwise %s' % (f, schema.name, 'accepts' if refused else 'refuses', found[str(f)][:1])
                       for f, refused in table.items() if bool(found[str(f)]) != refused]
    return complaints


# Of `export --report`: what no page of an example may have.
NEVER = ('overfull', 'underfull', 'widow', 'orphan', 'stranded', 'hyphen_at_page_end', 'thin_end', 'too_high')


def pages(exported):
    """Lines and pages by the program's own report, which quality.report holds to what the kit measures."""
    complaints = []
    for layout in LAYOUTS:
        for example in examples_of(layout):
            folder = exported.folder(layout, example)
            report = folder / 'report.json'
            subprocess.run([exported.program, 'export', '-q', example, '--layout', layout, '--to', 'pdf', '-o', exported.one(layout, example, 'pdf'),
                            '--report', report], check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            totals = json.loads(report.read_text(encoding='utf-8'))['totals']
            if not totals['lines']:
                complaints.append('%s, %s: a report without lines' % (example, layout))
            complaints += ['%s, %s: %s %d' % (example, layout, name, totals[name]) for name in NEVER if totals[name]]
    return complaints


CHECKS = {
    'export': export,
    'verapdf-ua1': judged(lambda files: judges.verapdf(files, 'ua1'), 'pdf', (*LAYOUTS, *BRIEF)),
    'verapdf-2a': judged(lambda files: judges.verapdf(files, '2a'), 'pdf', (*LAYOUTS, *BRIEF)),
    'verapdf-2b': judged(lambda files: judges.verapdf(files, '2b'), 'pdf', tuple(SHEETS)),
    'qpdf': judged(judges.qpdf, 'pdf', (*LAYOUTS, *SHEETS, *BRIEF)),
    'poppler': judged(judges.poppler, 'pdf'),
    'mutool-pdf': judged(judges.mutool_pdf, 'pdf'),
    'ghostscript': judged(judges.ghostscript, 'pdf'),
    'chromium': judged(judges.chromium, 'pdf'),
    'pdfjs': judged(judges.pdfjs, 'pdf'),
    'epubcheck': judged(judges.epubcheck, 'epub', (*LAYOUTS, *FLAVOURS, ALOUD)),
    # Ace takes seconds for each file; the layouts' EPUBs differ in their page lists only, so one is enough of them.
    'ace': judged(judges.ace, 'epub', ('book', *FLAVOURS, ALOUD)),
    'mutool-epub': judged(judges.mutool_epub, 'epub'),
    'calibre': judged(judges.calibre, 'epub', ('book',)),
    'kepubify': judged(judges.kepubify, 'epub', ('book',)),
    'kindling': judged(judges.kindling, 'epub', ('kindle',)),
    'jing': jing,
    'text': text,
    'page-list': page_list,
    'pages': pages,
    'size': size,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--work', required=True)
    parser.add_argument('what', choices=CHECKS)
    arguments = parser.parse_args()
    if not EXAMPLES:
        sys.exit('no examples/*/summary.xml')
    try:
        complaints = CHECKS[arguments.what](Exported(arguments.program, arguments.work))
    except judges.JudgeMissing as missing:
        sys.exit('a judge is missing: %s' % missing)
    complaints = list(dict.fromkeys(complaints))
    print('\n'.join(complaints[:60]))
    print('%s: %d examples, %d complaints' % (arguments.what, len(EXAMPLES), len(complaints)))
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main())
