#!/usr/bin/env python3
"""What is handed out of a summary. `--to brief`: every example stands on one page of A4, and in smaller layouts on one or it is refused
(E0708); the page says the title, each headline and the address. `--parts`: both files hold the parts that are named and no other, say the
same, and refer to nothing that isn't there. A summary of 200 words is one side of the layouts for printing.

    handouts.py --program PATH
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = sorted(ROOT.glob('examples/*/summary.xml'))
DOCUMENT = ('<summary version="1" xml:lang="en"><work><title>Lamp</title><contributor role="author">Ann Example</contributor></work>'
            '<edition><date>2024-05-31</date>%s</edition>%s</summary>')
PART = '<takeaways id="all">%s</takeaways>'
TAKEAWAY = '<takeaway><headline>Who keeps a lamp keeps the sea in order, and %d ships</headline><p>See <ref to="end"/>.</p></takeaway>'
STORY = '<story><chapter id="end"><title>How it went out</title><p>As <ref to="all"/> says.</p></chapter></story>'


PARAGRAPH = '<p>%s</p>' % ('What the keeper wrote in the log is short and exact, and nobody has read it until now. ' * 3)
SHORT = ('<hook><p>A lamp goes out for the last time, and nobody on the mainland has noticed it for a year.</p></hook><overview>%s</overview>'
         '<takeaways>%s</takeaways><cues>%s</cues><discussion><question>Whom do you owe?</question></discussion>'
         '<notes><source>Ann Example, <cite>Lamp</cite> (2024).</source></notes>') % (
    PARAGRAPH * 2, ''.join('<takeaway><headline>What is lit is seen</headline><p>To keep a lamp is to think of somebody else, every night '
                           'of the year, without a word.</p></takeaway>' for _ in range(3)),
    '<cue><prompt>Oil</prompt><answer>It burns, and is counted every night.</answer></cue>' * 2)


def run(*command):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def said(pdf):
    # Lines are joined as they are read; what a language writes apart or turned round is compared by its letters.
    return re.sub(r'[\W_]', '', run('pdftotext', '-q', pdf, '-').stdout).lower()


def letters(element):
    kept = [element.text or ''] + [letters(child) + (child.tail or '') for child in element if child.tag not in ('note', 'rt')]
    return re.sub(r'[\W_]', '', ''.join(kept)).lower()


def check_brief(program, source, layout, folder, complaints):
    """Whether it fits."""
    name, pdf = '%s in %s' % (source.parent.name, layout), folder / 'x.brief.pdf'
    done = run(program, 'export', '-q', source, '--to', 'brief', '--layout', layout, '-o', pdf)
    if done.returncode:
        if done.returncode != 1 or 'error[E0708]' not in done.stderr or 'hint: ' not in done.stderr:
            complaints.append('%s: %s' % (name, done.stderr))
        return False
    if not re.search(r'Pages: +1\n', run('pdfinfo', pdf).stdout):
        complaints.append('%s: not one page' % name)
    root, words = ET.parse(source).getroot(), said(pdf)
    # pdftotext gives ideographs and Arabic in the order of their places: only Latin letters are looked for.
    if not re.search('[؀-ۿ぀-ヿ一-鿿]', source.read_text(encoding='utf-8')):
        complaints += ['%s: it lacks %s' % (name, letters(h)) for h in root.iter('headline') if letters(h) not in words]
    brand = root.find('edition/brand')
    structure = run('pdfinfo', '-struct-text', pdf).stdout
    if (brand is not None) != bool(re.search(r'^ *Figure', structure, re.M)) or (brand is not None) != bool(re.search(r'^ *Link', structure, re.M)):
        complaints.append('%s: the way back is missing, or leads nowhere' % name)
    return True


def check_parts(program, folder, complaints):
    source = folder / 'whole.xml'
    source.write_text(DOCUMENT % ('', PART % TAKEAWAY % 3 + STORY), encoding='utf-8')
    for parts, has, lacks in (('takeaways', 'See “How it went out”.', 'As “Key'), ('story', 'As “Key takeaways” says.', 'keeps')):
        done = run(program, 'export', '-q', source, '--parts', parts, '-o', folder)
        words = run(program, 'dump', '--words', source, '--parts', parts).stdout
        if done.returncode or has not in words or lacks in words:
            complaints.append('--parts %s: %s%s' % (parts, done.stderr, words))
        same = run(program, 'compare', folder / 'lamp.pdf', folder / 'lamp.epub')
        if same.returncode:
            complaints.append('--parts %s: %s%s' % (parts, same.stdout, same.stderr))
    identifiers = {run(program, 'dump', '--document', source, *chosen).stdout for chosen in ([], ['--parts', 'takeaways'], ['--parts', 'story'])}
    if len(identifiers) != 3:
        complaints.append('files of other parts are not other files')
    for parts, expected in (('takeaway', "did you mean 'takeaways'?"), ('takeaways,xyz', 'there are hook, about'), ('cues', 'it has takeaways, story')):
        done = run(program, 'export', '-q', source, '--parts', parts, '-o', folder)
        if done.returncode != 1 or expected not in done.stderr:
            complaints.append('--parts %s: %s' % (parts, done.stderr))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    program = pathlib.Path(parser.parse_args().program).resolve()
    complaints = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for source in EXAMPLES:
            for layout in ('a4', 'phone'):
                if not check_brief(program, source, layout, folder, complaints) and layout == 'a4':
                    complaints.append('%s: its brief does not fit A4' % source.parent.name)
        many = folder / 'many.xml'
        many.write_text(DOCUMENT % ('', PART % ''.join(TAKEAWAY % i for i in range(90)) + STORY), encoding='utf-8')
        if check_brief(program, many, 'a4', folder, complaints):
            complaints.append('ninety takeaways stand on one page')
        check_parts(program, folder, complaints)
        short = folder / 'short.xml'
        short.write_text(DOCUMENT % ('<brand name="Epitome" href="https://epitome.example/">The lines worth keeping.</brand>', SHORT), encoding='utf-8')
        for layout in ('print-a4', 'print-letter'):
            run(program, 'export', '-q', short, '--to', 'pdf', '--layout', layout, '-o', folder / 'x.pdf')
            if not re.search(r'Pages: +1\n', run('pdfinfo', folder / 'x.pdf').stdout):
                complaints.append('a summary of 200 words has more than a side of %s' % layout)
    print('\n'.join(complaints) or 'handouts of %d examples are whole' % len(EXAMPLES))
    sys.exit(1 if complaints else 0)


if __name__ == '__main__':
    main()
