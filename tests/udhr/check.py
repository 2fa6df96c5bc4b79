"""The 54 texts of the corpus (texts.py), laid out in `book`, before the independent judges.

    check.py --program EPITOME --work FOLDER WHAT

WHAT is 'export', which must come first (it writes all files into FOLDER), or the name of one check; see CHECKS.
Prints each complaint; exit status 1 if there was one.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'validators')]
import judges
import texts

XHTML = '{http://www.w3.org/1999/xhtml}'
LANGUAGES = texts.ROOT / 'layouts/languages'
# What the texts' own authors did, and the program warns of: straight quotation marks, hyphens for dashes, three full stops,
# titles with an article that stands in them.
OF_THE_TEXT = {'W0402', 'W0403', 'W0404', 'W0405'}
PARTS = ('about', 'overview', 'takeaways', 'story', 'questions')


class Exported:
    def __init__(self, program, work):
        self.program, self.work = pathlib.Path(program).resolve(), pathlib.Path(work).resolve()

    def listed(self):
        """{key: {'pdf': path, 'epub': path}} of what `export` wrote."""
        table = self.work / 'files.tsv'
        if not table.exists():
            raise SystemExit('%s is missing: has `export` run?' % table)
        rows = [line.split('\t') for line in table.read_text(encoding='utf-8').splitlines()]
        return {key: {'pdf': self.work / pdf, 'epub': self.work / epub} for key, pdf, epub in rows}

    def files(self, ending):
        return [made[ending] for made in self.listed().values()]


def export(exported):
    """Two calls for all: both files of each text, and no diagnostic but those of OF_THE_TEXT."""
    sources = texts.write(exported.work / 'sources')
    out = exported.work / 'files'
    out.mkdir(parents=True, exist_ok=True)
    for old in [*out.iterdir(), *exported.work.glob('files.tsv')]:
        old.unlink()
    printed, complaints = '', []
    # Both Greek texts have one title, and files are named by it.
    for again in (False, True):
        these = [source for key, source in sources.items() if (key == 'ell_polytonic') == again]
        made = out.parent / 'again' if again else out
        made.mkdir(exist_ok=True)
        done = subprocess.run([exported.program, 'export', *these, '--layout', 'book', '-o', made],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        printed += done.stdout
        if done.returncode:
            complaints.append('exit status %d' % done.returncode)
    complaints += [line for line in printed.splitlines() for code in re.findall(r'(?:warning|error)\[(\w+)\]', line)
                   if code not in OF_THE_TEXT]
    rows = []
    for key, source in sources.items():
        line = [l for l in printed.splitlines() if l.startswith('%s: ' % source) and ' pages, ' in l]
        written = re.findall(r', ([^ ]+\.(?:pdf|epub)) \(', line[0]) if len(line) == 1 else []
        if [name.rpartition('.')[2] for name in written] != ['pdf', 'epub']:
            complaints.append('%s: not both files: %s' % (key, line))
        else:
            # Not every judge takes a name in any script.
            kept = [pathlib.Path(name).rename(out / (key + pathlib.Path(name).suffix)) for name in written]
            rows.append('\t'.join([key] + [str(path.relative_to(exported.work)) for path in kept]))
    if len({row.split('\t')[1] for row in rows}) != len(rows):
        complaints.append('two texts have one file: %s' % rows)
    (exported.work / 'files.tsv').write_text('\n'.join(rows) + '\n', encoding='utf-8')
    return complaints


def judged(judge, ending):
    def check(exported):
        return ['%s: %s' % (f, c) for f, found in judge(exported.files(ending)).items() for c in found]
    return check


# ---- text of the EPUB -----------------------------------------------------------------------------

def language(tag):
    """A language's file: the tag's, or the one that is left when its last subtags are taken away."""
    while not (LANGUAGES / (tag + '.xml')).exists():
        tag, dash, _ = tag.rpartition('-')
        if not dash:
            raise SystemExit('no language file for %s' % tag)
    return ET.parse(LANGUAGES / (tag + '.xml')).getroot()


def label(tag, key):
    return next(e.text for e in language(tag).iter('label') if e.get('name') == key)


def unspaced(tag):
    """A function that takes away the spaces that a language sets at its marks ("mot !" in French): the program puts its own."""
    patterns = []
    for rule in language(tag).iter('spaced'):
        for side, pattern in (('before', '[ \u00a0\u202f]?(?=[%s])'), ('after', '(?<=[%s])[ \u00a0\u202f]?')):
            marks = re.escape((rule.get(side) or '').replace(' ', ''))
            patterns += [pattern % marks] if marks else []
    return lambda text: re.sub('|'.join(patterns), '', text) if patterns else text


def epub_blocks(path):
    """(title, texts of headings and paragraphs of the parts in spine order), character for character; white space is
    collapsed as XML and CSS do, no other space."""
    with zipfile.ZipFile(path) as container:
        opf = ET.fromstring(container.read('EPUB/package.opf'))
        items = {i.get('id'): i for i in opf.iter('{http://www.idpf.org/2007/opf}item')}
        order = [items[r.get('idref')].get('href') for r in opf.iter('{http://www.idpf.org/2007/opf}itemref')]
        documents = [ET.fromstring(container.read('EPUB/' + name)).find(XHTML + 'body') for name in order]
    title, blocks = None, []
    for body in documents:
        for section in body.findall(XHTML + 'section'):
            if section.get('id') == 'title-page':
                title = texts.flat(section.find(XHTML + 'h1'))
            if section.get('id') in PARTS:
                blocks += list(leaves(section))
    return title, blocks


BLOCKS = {XHTML + name for name in ('h1', 'h2', 'h3', 'h4', 'p')}


def leaves(element):
    """Texts of headings and paragraphs, and any text that stands outside of them."""
    if element.tag in BLOCKS:
        yield texts.flat(element)
        return
    pieces = [element.text, *(child.tail for child in element)]
    yield from ('outside of a paragraph: ' + piece for piece in pieces if (piece or '').strip())
    for child in element:
        yield from leaves(child)


def text_of(text, title, blocks):
    """What differs between a text of the corpus and an EPUB's title and blocks."""
    plain = unspaced(text.tag)
    first, *wanted = [plain(label(text.tag, words) if kind == 'label' else words) for kind, words in text.blocks]
    found = [] if plain(title) == first else ['title "%s" instead of "%s"' % (title, first)]
    blocks = [plain(block) for block in blocks]
    for n, (expected, actual) in enumerate(zip(wanted, blocks)):
        if expected != actual:
            at = next((i for i, (a, b) in enumerate(zip(expected, actual)) if a != b), min(len(expected), len(actual)))
            found.append('paragraph %d, character %d: "%s" instead of "%s"' % (
                n, at, ascii(actual[max(0, at - 10):at + 10]), ascii(expected[max(0, at - 10):at + 10])))
    if len(wanted) != len(blocks):
        found.append('%d headings and paragraphs instead of %d' % (len(blocks), len(wanted)))
    return found


def text(exported):
    """The EPUB says what the corpus's file says, character for character but for `unspaced`, and nothing else but the labels."""
    made = exported.listed()
    return ['%s: %s' % (text.key, c) for text in texts.texts() if text.key in made
            for c in text_of(text, *epub_blocks(made[text.key]['epub']))]


def script_of(epub):
    """The first word of its letters' Unicode names, the most frequent one."""
    letters = collections.Counter(unicodedata.name(c, '?').split()[0] for c in ''.join(epub_blocks(epub)[1]) if c.isalpha())
    return letters.most_common(1)[0][0]


def ace(exported):
    """The first two texts of each script: Ace takes seconds for each, and the other languages of a script have the same elements."""
    taken = {}
    for key, made in exported.listed().items():
        taken.setdefault(script_of(made['epub']), []).append(made['epub'])
    return ['%s: %s' % (f, c) for f, found in judges.ace([f for files in taken.values() for f in files[:2]]).items() for c in found]


def fonts(exported):
    """Every font is embedded and has its characters (poppler)."""
    complaints = []
    for key, made in exported.listed().items():
        done = judges.run(['pdffonts', made['pdf']])
        rows = [line.split() for line in done.stdout.splitlines()[2:]]
        if done.returncode or not rows:
            complaints.append('%s: pdffonts lists no font: %s' % (key, done.stderr))
        # … emb sub uni object generation
        complaints += ['%s: %s' % (key, ' '.join(row)) for row in rows if row[-5:-2] != ['yes', 'yes', 'yes']]
    return complaints


CHECKS = {
    'export': export,
    'verapdf-ua1': judged(lambda files: judges.verapdf(files, 'ua1'), 'pdf'),
    'verapdf-2a': judged(lambda files: judges.verapdf(files, '2a'), 'pdf'),
    'qpdf': judged(judges.qpdf, 'pdf'),
    'fonts': fonts,
    'epubcheck': judged(judges.epubcheck, 'epub'),
    'ace': ace,
    'text': text,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--work', required=True)
    parser.add_argument('what', choices=CHECKS)
    arguments = parser.parse_args()
    exported = Exported(arguments.program, arguments.work)
    try:
        complaints = CHECKS[arguments.what](exported)
        if arguments.what != 'export' and len(exported.listed()) != texts.COUNT:
            complaints.append('%d texts instead of %d' % (len(exported.listed()), texts.COUNT))
    except judges.JudgeMissing as missing:
        sys.exit('a judge is missing: %s' % missing)
    complaints = list(dict.fromkeys(complaints))
    print('\n'.join(complaints[:60]))
    print('%s: %d texts, %d complaints' % (arguments.what, texts.COUNT, len(complaints)))
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main())
