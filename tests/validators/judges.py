"""Independent judges, each a function from files to complaints: {file: [complaint, …]}, an empty list where it is content.

A judge that is missing or does not answer raises JudgeMissing: an error of the run, never a silent pass.
test_judges.py feeds each a broken file and expects a complaint.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile

HERE = pathlib.Path(__file__).resolve().parent


class JudgeMissing(Exception):
    pass


def judges_folder():
    """The folder that `.ci/setup judges` made; ./run test gives it in EPITOME_JUDGES."""
    folder = os.environ.get('EPITOME_JUDGES')
    if not folder or not (pathlib.Path(folder) / 'complete').exists():
        raise JudgeMissing('EPITOME_JUDGES names no folder of judges: run ./run test, or set it to what .ci/setup judges prints')
    return pathlib.Path(folder)


def run(argv, **options):
    """The finished process; standard output and error as text."""
    program = shutil.which(str(argv[0]))
    if not program:
        raise JudgeMissing('%s is not installed' % argv[0])
    return subprocess.run([program, *map(str, argv[1:])], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, errors='replace', **options)


def node(script, *arguments, **environment):
    folder = judges_folder()
    program = pathlib.Path((folder / 'node-folder').read_text().strip()) / 'node'
    return run([program, HERE / script, *arguments], env=dict(os.environ, **environment))


def each(files, judge):
    return {str(f): judge(f) for f in files}


def lines(text, ignored=()):
    """The non-empty lines of a tool's words, without those that match a pattern of `ignored`."""
    return [l for l in text.splitlines() if l.strip() and not any(re.search(p, l) for p in ignored)]


def command(argv, ignored=(), **options):
    """Complaints of one command: what it says on standard error, or its exit status."""
    done = run(argv, **options)
    said = lines(done.stderr, ignored)
    if done.returncode and not said:
        said = ['%s: exit status %d' % (argv[0], done.returncode)]
    return said


# ---- PDF ----------------------------------------------------------------------------------------

def verapdf(files, flavour):
    """veraPDF with a profile: 'ua1' (ISO 14289-1) or '2a' (ISO 19005-2 level A). One start for all files."""
    jars = judges_folder() / 'verapdf'
    done = run(['java', '-cp', '%s/*' % jars, 'org.verapdf.apps.GreenfieldCliWrapper', '-f', flavour, '--format', 'xml', *files])
    try:
        jobs = ET.fromstring(done.stdout).iter('job')
    except ET.ParseError:
        raise JudgeMissing('veraPDF gave no report: ' + done.stderr[-2000:])
    found = {}
    for job in jobs:
        name = job.findtext('item/name')
        report = job.find('validationReport')
        if report is None:
            found[name] = ['not judged: ' + (job.findtext('taskException/exceptionMessage') or 'no report')]
        elif report.get('isCompliant') != 'true':
            found[name] = ['clause %s test %s: %s (%s times), for instance %s' % (
                rule.get('clause'), rule.get('testNumber'), rule.findtext('description'), rule.get('failedChecks'),
                rule.findtext('check/context')) for rule in report.iter('rule')] or ['not compliant']
        else:
            found[name] = []
    return {str(f): found.get(str(pathlib.Path(f).resolve()), found.get(str(f), ['veraPDF did not report on it'])) for f in files}


def qpdf(files):
    return each(files, lambda f: command(['qpdf', '--check', f]))


def poppler(files):
    """Every page drawn, fonts listed, the structure tree walked. Its text, which takes poppler longest, is for the check `text`."""
    # poppler takes the boolean that ISO 32000-1 table 321 asks for to be an error.
    suspects = [r'Suspects object is wrong type \(boolean\)']
    def judge(f):
        with tempfile.TemporaryDirectory() as folder:
            return (command(['pdftoppm', '-r', '30', f, folder + '/page']) + command(['pdffonts', f])
                    + command(['pdftotext', f, os.devnull]) + command(['pdfinfo', '-struct', f], suspects))
    return each(files, judge)


def mutool_pdf(files):
    # Debian builds it without colour management, of which it warns at every start.
    return each(files, lambda f: command(['mutool', 'draw', '-q', '-r', '30', '-o', '/dev/null', '-F', 'pam', f],
                                         [r'^warning: ICC support is not available$']))


def ghostscript(files):
    def judge(f):
        done = run(['gs', '-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=nullpage', '-dPDFSTOPONERROR', '-dPDFSTOPONWARNING', f])
        return lines(done.stdout + done.stderr) or (['exit status %d' % done.returncode] if done.returncode else [])
    return each(files, judge)


def chromium(files):
    """PDFium, in Chromium's viewer: loaded, with as many pages as qpdf counts."""
    done = node('chromium.cjs', *[pathlib.Path(f).resolve() for f in files], NODE_PATH=str(judges_folder() / 'npm/node_modules'))
    seen = {}
    for line in done.stdout.splitlines():
        if line.startswith('{'):
            answer = json.loads(line)
            seen[answer['file']] = answer
    def judge(f):
        answer = seen.get(str(pathlib.Path(f).resolve()))
        if answer is None or answer['state'] == 'no viewer':
            raise JudgeMissing('Chromium opened no viewer for %s: %s' % (f, done.stderr[-2000:]))
        if answer['state'] != 'success':
            return ['state: ' + answer['state']]
        pages = run(['qpdf', '--show-npages', f]).stdout.strip()
        return [] if str(answer['pages']) == pages else ['%s pages instead of %s' % (answer['pages'], pages)]
    return each(files, judge)


def pdfjs_pages(files):
    """{file: {complaints, labels, pages}} as pdf.js reads them."""
    done = node('pdfjs.mjs', judges_folder() / 'npm', *[pathlib.Path(f).resolve() for f in files])
    seen = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        seen[answer['file']] = answer
    missing = [f for f in files if str(pathlib.Path(f).resolve()) not in seen]
    if missing:
        raise JudgeMissing('pdf.js gave no answer for %s: %s' % (missing[0], done.stderr[-2000:]))
    return {str(f): seen[str(pathlib.Path(f).resolve())] for f in files}


def pdfjs(files):
    return {f: answer['complaints'] for f, answer in pdfjs_pages(files).items()}


# ---- EPUB ---------------------------------------------------------------------------------------

def epubcheck(files):
    jars = judges_folder() / 'epubcheck'
    done = run(['java', '-cp', '%s/*' % jars, HERE / 'EpubCheckMany.java', *files])
    said = [l for l in done.stderr.splitlines() if re.match(r'(FATAL|ERROR|WARNING)\(', l)]
    counted = {}
    for line in done.stdout.splitlines():
        if line.startswith('checked '):
            _, fatal, errors, warnings, name = line.split(' ', 4)
            counted[name] = int(fatal) + int(errors) + int(warnings)
    def judge(f):
        if str(f) not in counted:
            raise JudgeMissing('EPUBCheck gave no answer for %s: %s' % (f, done.stderr[-2000:]))
        own = [l for l in said if str(f) in l]
        return (own or ['%d errors and warnings' % counted[str(f)]]) if counted[str(f)] else []
    return each(files, judge)


def ace(files):
    """DAISY Ace: every finding, whatever its weight. One browser for all files."""
    modules = judges_folder() / 'npm/node_modules'
    with tempfile.TemporaryDirectory() as out:
        done = node('ace-many.cjs', modules, out, *[pathlib.Path(f).resolve() for f in files],
                    PUPPETEER_EXECUTABLE_PATH=shutil.which('chromium') or '/usr/bin/chromium')
        said = [line.split(' ', 2) for line in done.stdout.splitlines()]
        checked = {words[1] for words in said if words[0] == 'checked'}
        refused = {words[1]: words[2] for words in said if words[0] == 'refused'}
        def judge(n):
            if str(n) in refused:
                return ['could not be opened: ' + refused[str(n)]]
            report = pathlib.Path(out, str(n), 'report.json')
            if str(n) not in checked or not report.exists():
                raise JudgeMissing('Ace gave no answer: ' + (done.stdout + done.stderr)[-2000:])
            answer = json.loads(report.read_text(encoding='utf-8'))
            found = ['%s: %s (%s)' % (document['earl:testSubject']['url'], finding['earl:test']['dct:title'], finding['earl:test']['earl:impact'])
                     for document in answer['assertions'] for finding in document['assertions']]
            return found or ([] if answer['earl:result']['earl:outcome'] == 'pass' else ['outcome: ' + answer['earl:result']['earl:outcome']])
        return {str(f): judge(n) for n, f in enumerate(files)}


def mutool_epub(files):
    return each(files, lambda f: command(['mutool', 'draw', '-q', '-r', '30', '-o', '/dev/null', '-F', 'pam', f],
                                         [r'^warning: ICC support is not available$', r'^warning: unknown epub version: 3.0$']))


def documents_of(epub):
    """{name: words} of an EPUB's documents."""
    with zipfile.ZipFile(epub) as container:
        return {name: ' '.join(''.join(ET.fromstring(container.read(name)).find('{*}body').itertext()).split())
                for name in container.namelist() if name.endswith('.xhtml')}


# Its name and what it counts.
KEPUBIFY = (r'^Kepubify ', r'^\[ *1/ *1\] Converting ', r'^1 total: 1 converted, 0 copied, 0 skipped, 0 errored$')


def kepubify(files):
    """What it says when it converts a file for Kobo, and what of the words is lost thereby."""
    program = judges_folder() / 'go/kepubify'
    def judge(f):
        with tempfile.TemporaryDirectory() as folder:
            made = pathlib.Path(folder, 'made.kepub.epub')
            done = run([program, '--no-add-dummy-titlepage', '-o', made, f])
            said = lines(done.stdout + done.stderr, KEPUBIFY)
            if done.returncode or not made.exists():
                return said + ['nothing converted, exit status %d' % done.returncode]
            before, after = documents_of(f), documents_of(made)
            return said + ['%s has other words' % name for name in before if before[name] != after.get(name)]
    return each(files, judge)


def kindling(files):
    """A judge of books for Kindle. Not among those of every run: `./run test --kindle` builds it and gives it in EPITOME_KINDLING."""
    program = os.environ.get('EPITOME_KINDLING')
    if not program:
        raise JudgeMissing('EPITOME_KINDLING names no kindling: ./run test --kindle builds it')
    def judge(f):
        with tempfile.TemporaryDirectory() as folder:
            with zipfile.ZipFile(f) as container:
                container.extractall(folder)
            done = run([program, 'validate', next(pathlib.Path(folder).rglob('*.opf'))])
            # It takes a link to the web for a resource that is fetched.
            said = [l for l in lines(done.stdout, [r'OPF_014.* references remote resources']) if re.match(r'\[(error|warning)\b', l)]
            if not re.search(r'^\d+ errors?, ', done.stdout, re.M):
                raise JudgeMissing('kindling gave no answer: ' + (done.stdout + done.stderr)[-500:])
            return said or (['exit status %d' % done.returncode] if done.returncode else [])
    return each(files, judge)


def calibre(files):
    def judge(f):
        with tempfile.TemporaryDirectory() as folder:
            done = run(['ebook-convert', f, folder + '/book.txt'], env=dict(os.environ, QT_QPA_PLATFORM='offscreen', QTWEBENGINE_DISABLE_SANDBOX='1'))
            said = lines(done.stderr)
            said += [l for l in done.stdout.splitlines() if re.search(r'\b(invalid|error|failed|corrupt)', l, re.I)]
            book = pathlib.Path(folder, 'book.txt')
            return said or ([] if book.exists() and book.stat().st_size else ['nothing converted, exit status %d' % done.returncode])
    return each(files, judge)


# ---- the source ---------------------------------------------------------------------------------

def jing(files, schema):
    """RELAX NG, XML form or compact (.rnc). One start for all files."""
    jars = ['/usr/share/java/%s.jar' % name for name in ('jing', 'xercesImpl', 'xml-apis')]
    if not all(map(os.path.exists, jars)):
        raise JudgeMissing('jing is not installed')
    done = run(['java', '-cp', ':'.join(jars), HERE / 'JingMany.java', schema, *files])
    found, said = {}, []
    for line in lines(done.stdout):
        if line.startswith('checked '):
            found[line.removeprefix('checked ')], said = said, []
        else:
            said.append(line)
    if set(found) != {str(f) for f in files}:
        raise JudgeMissing('jing did not judge all files: ' + '\n'.join(said) + done.stderr[-2000:])
    return found


# ---- catalogues ---------------------------------------------------------------------------------

def opds2(files):
    """OPDS 2.0 by the Palace Project's importer."""
    done = run([judges_folder() / 'python/bin/python', HERE / 'opds2.py', *files])
    found = dict(map(json.loads, done.stdout.splitlines()))
    if set(found) != {str(f) for f in files}:
        raise JudgeMissing('the judge of OPDS 2.0 did not judge all files: ' + done.stderr[-2000:])
    return found


def thorium(root):
    """All files to which Thorium's reader of catalogues finds its way from a root's address, each as opds.cjs says."""
    done = node('opds.cjs', root, NODE_PATH=str(judges_folder() / 'npm/node_modules'))
    if done.returncode != 0 or not done.stdout:
        raise JudgeMissing('the catalogue %s can\'t be walked: %s' % (root, done.stderr[-2000:]))
    return [json.loads(line) for line in done.stdout.splitlines()]
