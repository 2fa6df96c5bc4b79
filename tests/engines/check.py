"""Every example before reading engines that aren't ours, paging, following links and looking at its colours.

    check.py --work FOLDER [--all] [--update] [--book NAME]… WHAT

WHAT is readium, foliate, epubjs (every page turned at the settings below), follow (links in all three), themes, pictures, mupdf, or
listen (foliate-js plays a book that is read aloud).
FOLDER is what validators.export wrote. Without --all three examples are read, at two settings each, and some documents of documents.py. Prints each complaint; exit
status 1 if there was one. `pages.tsv` keeps how many pages each book has at each setting, pictures/ how some look; --update reads
all and writes those of WHAT anew.
"""
import argparse
import base64
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'validators'))
import documents
import judges

ENGINES = ('readium', 'foliate', 'epubjs')
# What an engine is asked for is what every reader may choose: a face (which the tests' machines have), a size, one column or two.
FAMILY = '"Vollkorn", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif CJK JP", serif'
SCREENS = {'phone': (360, 640, 1), 'six-inch': (536, 724, 1), 'tablet': (1180, 820, 1), 'spread': (1180, 820, 2)}
SIZES = (100, 150, 200, 300)
# Three books, and of them each screen and each size once at least: what every run reads. Of all, the others have each screen and
# each size once, and THOROUGH all sizes on all screens.
SHORT = {
    'frankenstein': (('tablet', 150), ('phone', 300)),
    'the-push-ar': (('spread', 100), ('phone', 200)),
    'the-push-ja': (('six-inch', 200), ('phone', 100)),
}
THOROUGH = ('the-push', 'the-push-ar')
# The documents of documents.py: each by one engine, at one setting each time; with --all by each at all of them.
OWN = 'own'
FOLLOWED = ('frankenstein', 'the-push-ar')   # of all, in every engine; the others' links in one of them
LAYOUT, ALOUD = 'book', 'read-aloud'
TABLE = HERE / 'pages.tsv'
SLACK = 0.05   # share by which a number of pages may differ: browsers and fonts have versions


def setting(screen, size):
    width, height, columns = SCREENS[screen]
    return {'name': screen, 'width': width, 'height': height, 'columns': columns, 'size': size, 'family': FAMILY}


def settings(name, index, thorough):
    pairs = list(SHORT.get(name, ()))
    if name in documents.KINDS:
        every = [(screen, size) for screen in SCREENS for size in SIZES]
        pairs = every if thorough else [every[(5 * index + 3) % len(every)]]
    elif thorough and name in THOROUGH:
        pairs = [(screen, size) for screen in SCREENS for size in SIZES]
    elif thorough:
        pairs += [(screen, SIZES[(n + index) % len(SIZES)]) for n, screen in enumerate(SCREENS)]
    return [setting(*pair) for pair in dict.fromkeys(pairs)]


class Books:
    """EPUBs by name, each with its files beside it, as the engines' page asks for them."""

    def __init__(self, files, folder, thorough=True):
        self.names, self.folder, self.thorough = {}, pathlib.Path(folder), thorough
        for name, file in files.items():
            at = self.folder / name
            with zipfile.ZipFile(file) as container:
                container.extractall(at)
                self.names[name] = [n for n in container.namelist() if n.endswith(('.xhtml', '.opf', '.ncx'))]
            (self.folder / (name + '.epub')).write_bytes(pathlib.Path(file).read_bytes())


def exported(work, thorough, kind=LAYOUT):
    """{name: EPUB} that validators.export wrote: of all books, or of those of SHORT."""
    found = {f.parent.name: f for f in sorted(pathlib.Path(work).glob(kind + '/*/*.epub')) if thorough or f.parent.name in SHORT}
    if not found:
        sys.exit('%s holds no EPUBs in %s: has validators.export run?' % (work, kind))
    return found


def own(work, thorough, what):
    """{name: EPUB} of the documents of documents.py: all, or those whose turn it is; their links are followed with --all alone."""
    turn = {'readium': 0, 'foliate': 1, 'epubjs': 2, 'mupdf': 3, 'themes': 3}.get(what)
    mine = [name for n, name in enumerate(documents.KINDS) if thorough or n % 4 == turn]
    files = {name: pathlib.Path(work) / OWN / name / (name + '.epub') for name in mine}
    lacking = [name for name, file in files.items() if not file.exists()]
    if lacking:
        sys.exit('%s holds no EPUB of %s: has validators.export run?' % (work, ', '.join(lacking)))
    return files


def run(books, jobs):
    """The jobs with their answers. An engine that can't run raises JudgeMissing."""
    folder = judges.judges_folder()
    program = pathlib.Path((folder / 'node-folder').read_text().strip()) / 'node'
    asked = ''.join(json.dumps(dict(job, folder=str(books.folder / job['book']), files=books.names[job['book']])) + '\n' for job in jobs)
    done = subprocess.run([program, HERE / 'run.cjs', folder / 'npm-files'], input=asked, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=dict(os.environ, NODE_PATH=str(folder / 'npm/node_modules')))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(answers) != len(jobs):
        raise judges.JudgeMissing('Chromium answered %d of %d jobs: %s' % (len(answers), len(jobs), done.stderr[-2000:]))
    return answers


def failed(answer):
    """What went wrong in the engine itself, as complaints."""
    where = '%s, %s' % (answer['job']['book'], answer['job'].get('engine') or answer['job']['theme'])
    return ['%s: %s' % (where, answer['error'])] if 'error' in answer else []


def turn(engine, books):
    """(complaints, {(book, engine, screen, size): pages}) of every page turned."""
    jobs = [{'task': 'turn', 'engine': engine, 'book': name, 'settings': settings(name, n, books.thorough)} for n, name in enumerate(books.names)]
    complaints, counted = [], {}
    for answer in run(books, jobs):
        complaints += failed(answer)
        for reading in answer.get('answers', []):
            at = reading['setting']
            where = '%s, %s, %s %d %%: ' % (answer['job']['book'], engine, at['name'], at['size'])
            complaints += [where + c for c in reading['said']]
            pages = sum(document['pages'] for document in reading['documents'])
            if not pages:
                complaints.append(where + 'no page')
            counted[answer['job']['book'], engine, at['name'], str(at['size'])] = pages
    return complaints, counted


def follow(books):
    """Contents, page list, notes and ways back in every engine; every id looked up as a selector."""
    complaints, links = [], 0
    jobs = [{'task': 'follow', 'engine': engine, 'book': name, 'settings': [setting('phone', 100)]} for n, name in enumerate(books.names)
            for engine in (ENGINES if books.thorough and name in FOLLOWED else ENGINES[n % 3:n % 3 + 1])]
    for answer in run(books, jobs):
        complaints += failed(answer)
        for followed in answer.get('answers', []):
            counted = followed['counted']
            where = '%s, %s: ' % (answer['job']['book'], answer['job']['engine'])
            complaints += [where + c for c in followed['said']]
            complaints += [where + 'no ' + kind for kind in ('contents', 'page list', 'ids') if not counted[kind]]
            links += sum(counted.values())
    print('%d links and ids followed' % links)
    return complaints


def listened(books):
    """The marks of a player from a book's first sentence to its last document."""
    complaints = []
    for answer in run(books, [{'task': 'listen', 'engine': 'foliate', 'book': name, 'settings': [setting('phone', 100)]} for name in books.names]):
        complaints += failed(answer)
        for listening in answer.get('answers', []):
            complaints += ['%s: %s' % (answer['job']['book'], c) for c in listening['said']]
            print('%s: %s' % (answer['job']['book'], listening['counted']))
    return complaints


def themes(books):
    """Each word and picture seen on light, on dark, in forced colours and without the book's sheets."""
    jobs = [{'task': 'look', 'theme': theme, 'book': name, 'settings': []} for name in books.names for theme in ('light', 'dark', 'forced', 'bare')]
    complaints = []
    for answer in run(books, jobs):
        complaints += failed(answer)
        complaints += ['%s, %s' % (answer['job']['book'], c) for looked in answer.get('answers', []) for c in looked['said']]
    return complaints


def mupdf(books):
    """MuPDF's pages: none without ink, no text beyond an edge, the last word on the last page."""
    complaints, counted = [], {}
    for n, name in enumerate(books.names):
        for at in settings(name, n, books.thorough):
            # It knows no two columns, and makes a table's narrower than their words where the screen holds a dozen letters.
            if at['columns'] == 2 or (at['name'], at['size']) == ('phone', 300):
                continue
            where = '%s, mupdf, %s %d %%: ' % (name, at['name'], at['size'])
            found, pages = mupdf_pages(books.folder / (name + '.epub'), at)
            complaints += [where + c for c in found]
            counted[name, 'mupdf', at['name'], str(at['size'])] = pages
    return complaints, counted


def mupdf_pages(file, at):
    """(complaints, pages) by MuPDF's own trace of what it draws. Lengths are points there; 12 is its size at 100 %."""
    sizes = ['-U', HERE / 'mupdf.css', '-W', at['width'] * 3 // 4, '-H', at['height'] * 3 // 4, '-S', 12 * at['size'] // 100]
    try:
        done = judges.run(['mutool', 'draw', '-q', *sizes, '-F', 'trace', file], timeout=120)
    except subprocess.TimeoutExpired:
        return ['no end'], 0
    pages = [page for _, page in ET.iterparse(io.StringIO(done.stdout)) if page.tag == 'page']
    if not pages:
        raise judges.JudgeMissing('mutool drew nothing of %s: %s' % (file, done.stderr[-500:]))
    said, letters = [], ''
    with zipfile.ZipFile(file) as container:
        rtl = any(b'page-progression-direction="rtl"' in container.read(n) for n in container.namelist() if n.endswith('.opf'))
        sheets = b''.join(container.read(n) for n in container.namelist() if n.endswith('first.css'))
    # Where our sheet doesn't ask it to divide words, long ones in large type are its own.
    whole = b'word-wrap' in sheets and b'overflow-wrap' not in sheets and at['size'] >= 200
    for n, page in enumerate(pages, 1):
        width = float(page.get('mediabox').split()[2])
        placed = list(glyphs(page))
        text = ''.join(letter for letter, _, _ in placed)
        if not text.strip() and page.find('fill_image') is None:
            said.append('page %d has no ink' % n)
        outside = ''.join(letter for letter, start, end in placed if letter.strip() and (start < -1 or end > width + 1))
        # In books from right to left it hangs the marks of lists to the left, too, and divides no Latin word.
        if outside and not whole and not (rtl and re.fullmatch('[ -~]+', outside)):
            said.append('page %d: "%s" beyond its edges' % (n, outside[:30]))
        letters += text
    return said + ([] if letters.strip() else ['no text']), len(pages)


def glyphs(page):
    """(character, start, end) of every glyph of a page."""
    for text in page.iter('fill_text'):
        across, _, _, _, left, _ = map(float, text.get('transform').split())
        for span in text.iter('span'):
            size = float(span.get('trm').split()[0])
            for glyph in span.iter('g'):
                start = left + across * float(glyph.get('x'))
                yield glyph.get('unicode') or '', start, start + across * size * float(glyph.get('adv'))


# Pages whose looks are kept: (document, screen, size) by book, as ReadiumCSS sets them.
PICTURED = {
    'the-push': (('contents', 'phone', 100), ('takeaways', 'phone', 100), ('cues', 'phone', 100), ('story', 'six-inch', 100),
                 ('comparison', 'phone', 100), ('comparison', 'phone', 200), ('people', 'phone', 150), ('warnings', 'phone', 100)),
    'the-push-ar': (('takeaways', 'phone', 100), ('cues', 'phone', 100), ('story', 'phone', 100), ('questions', 'phone', 150)),
    'the-push-ja': (('takeaways', 'phone', 100), ('people', 'phone', 100), ('story', 'phone', 100)),
}


def pictures(books, renew):
    """Small pictures of pages beside those of pictures/, tolerantly; a change of the looks is seen."""
    jobs = []
    for name, pages in PICTURED.items():
        kept = HERE / 'pictures' / (name + '.png')
        documents = {pathlib.PurePosixPath(file).stem: file for file in books.names[name]}
        jobs.append({'task': 'picture', 'engine': 'readium', 'book': name,
                     'kept': base64.b64encode(kept.read_bytes()).decode() if kept.exists() else None,
                     'settings': [{'setting': setting(screen, size), 'file': documents[file]} for file, screen, size in pages]})
    complaints = []
    for answer in run(books, jobs):
        complaints += failed(answer)
        name = answer['job']['book']
        for compared in answer.get('answers', []):
            if renew and compared['differ']:
                (HERE / 'pictures').mkdir(exist_ok=True)
                (HERE / 'pictures' / (name + '.png')).write_bytes(base64.b64decode(compared['png']))
            complaints += ['%s: looks otherwise than in pictures/%s.png: %s, %s %d %%' % (name, name, *PICTURED[name][n]) for n in compared['differ']]
    return complaints


# ---- what was counted before ----------------------------------------------------------------------

def table():
    return {tuple(line.split('\t')[:4]): int(line.split('\t')[4])
            for line in TABLE.read_text(encoding='utf-8').splitlines() if not line.startswith('#')} if TABLE.exists() else {}


def changed(counted):
    known = table()
    said = ['%s: no number of pages in pages.tsv' % ', '.join(key) for key in counted if key not in known]
    return said + ['%s: %d pages, %d in pages.tsv' % (', '.join(key), pages, known[key]) for key, pages in counted.items()
                   if key in known and abs(pages - known[key]) > max(1, SLACK * known[key])]


def update(counted):
    engines = {key[1] for key in counted}
    kept = {key: pages for key, pages in table().items() if key[1] not in engines}
    kept.update(counted)
    head = '# Pages of each example at each setting. Written by check.py --update; read the difference before it is committed.\n'
    rows = ''.join('\t'.join(key) + '\t%d\n' % pages for key, pages in sorted(kept.items(), key=lambda row: (*row[0][:3], int(row[0][3]))))
    TABLE.write_text(head + '# book\tengine\tscreen\tsize %\tpages\n' + rows, encoding='utf-8')


def counting(what, books):
    return mupdf(books) if what == 'mupdf' else turn(what, books)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--work', required=True)
    parser.add_argument('--all', action='store_true')
    parser.add_argument('--update', action='store_true')
    parser.add_argument('--book', action='append', help='of these alone')
    parser.add_argument('what', choices=(*ENGINES, 'follow', 'listen', 'themes', 'pictures', 'mupdf'))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        thorough = arguments.all or arguments.update
        aloud = arguments.what == 'listen'
        files = exported(arguments.work, thorough or aloud or arguments.what == 'pictures', ALOUD if aloud else LAYOUT)
        if not aloud and arguments.what != 'pictures':
            files.update(own(arguments.work, thorough, arguments.what))
        books = Books({name: file for name, file in files.items() if not arguments.book or name in arguments.book}, folder, thorough)
        try:
            if arguments.what == 'pictures':
                complaints = pictures(books, arguments.update)
            elif arguments.what in ('follow', 'listen', 'themes'):
                complaints = {'follow': follow, 'listen': listened, 'themes': themes}[arguments.what](books)
            else:
                complaints, counted = counting(arguments.what, books)
                counted = {key: pages for key, pages in counted.items() if key[0] not in documents.KINDS}
                if arguments.update:
                    update(counted)
                complaints += changed(counted)
        except judges.JudgeMissing as missing:
            sys.exit('a judge is missing: %s' % missing)
    print('\n'.join(complaints[:80]))
    print('%s: %d books, %d complaints' % (arguments.what, len(books.names), len(complaints)))
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main())
