#!/usr/bin/env python3
"""Whole exports of documents that a machine made from ours: elements removed, repeated, moved, filled with other text and other
attributes. Whatever they say, the program ends with status 0 and both files, or with 1 and a reason for it; a fault of its own
(E09…), another status or a process that has to be ended is a failure. Of each eighth document that comes out, `epitome compare`
must say that both files hold the same text.

    mutate.py --program PATH [--seconds 60 | --count N] [--seed S] [--keep FOLDER]

The documents follow from the seed: a failure names the number that makes it anew (`--only NUMBER`).
"""
import argparse
import concurrent.futures
import copy
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as tree

TESTS = pathlib.Path(__file__).resolve().parent.parent
LAYOUTS = ('book', 'a4', 'letter', 'large')
HANGS = 60  # seconds
LANGUAGE = '{http://www.w3.org/XML/1998/namespace}lang'
TEXTS = ('word', '10', '1,234.5', '', ' ', '—', '…?!', '« a »', 'https://example.org/a/path.html?query=value&other=%20x#fragment',
         'Donaudampfschifffahrtsgesellschaftskapitänswitwenrente', 'x' * 300, 'שלום, עולם! (1)', 'مرحبا بالعالم ١٢', '日本語の文章です。「引用」もある。',
         'ภาษาไทยไม่มีช่องว่าง', 'हिन्दी में क्षत्रिय', 'e\u0301\u0323\u0302\u0308', 'e' + '\u0301' * 120, '🔥👨‍👩‍👧🇩🇪', 'a\u00adb\u00adc', '\u00a0' * 20,
         '\u202eabc\u202c', '\u200b\u200d\u2060', 'a plain sentence of ten words that fills a line or so. ' * 40)
VALUES = {LANGUAGE: ('fr', 'ar', 'ja', 'he', 'de-1901', 'en-x-a1', 'zz', 'th'), 'dir': ('rtl', 'ltr'), 'colspan': ('2', '3', '40', '0', '1000'),
          'rowspan': ('2', '3', '40', '0', '1000'), 'start': ('0', '9', '98', '9998'), 'scope': ('row', 'col'), 'to': ('a', 'story', 'nowhere'),
          'id': ('a', 'story', 'x y'), 'href': ('https://example.org/', 'mailto:a@example.org', 'ftp://x/'), 'alt': ('', 'A picture.')}


def sources():
    found = sorted(TESTS.parent.glob('examples/*/summary.xml')) + sorted(TESTS.glob('suite/cases/*/source.xml')) + sorted(TESTS.glob('trials/cases/*/*.xml'))
    return [path for path in found if path.stat().st_size < 60000]


class Mutation:
    """One change of a document after another; `random` decides all."""

    def __init__(self, root, rng, donor):
        self.root, self.rng, self.donor = root, rng, donor

    def pairs(self):
        return [(parent, child) for parent in self.root.iter() for child in parent]

    def remove(self, parent, child):
        parent.remove(child)

    def repeat(self, parent, child):
        for _ in range(self.rng.choice((1, 2, 3, 30))):
            parent.insert(list(parent).index(child), self.renamed(child))

    def renamed(self, child):
        made = copy.deepcopy(child)
        for element in made.iter():
            element.attrib.pop('id', None)
        return made

    def move(self, parent, child):
        parent.remove(child)
        self.rng.choice(list(self.root.iter())).append(child)

    def graft(self, parent, child):
        parent.append(self.renamed(self.rng.choice(list(self.donor.iter()))))

    def swap(self, parent, child):
        children = list(parent)
        other = self.rng.choice(children)
        a, b = children.index(child), children.index(other)
        parent[a], parent[b] = other, child

    def text(self, parent, child):
        child.text = self.rng.choice(TEXTS)

    def longer(self, parent, child):
        child.text = ((child.text or 'word') + ' ') * self.rng.choice((2, 20, 200))

    def tail(self, parent, child):
        child.tail = self.rng.choice(TEXTS)

    def attribute(self, parent, child):
        name = self.rng.choice(list(VALUES))
        child.set(name, self.rng.choice(VALUES[name]))

    def unset(self, parent, child):
        if child.attrib:
            child.attrib.pop(self.rng.choice(list(child.attrib)))

    def wrap(self, parent, child):
        at = list(parent).index(child)
        parent.remove(child)
        around = tree.Element(self.rng.choice(('em', 'q', 'aside', 'ul', 'note', 'blockquote', 'a', 'li', 'td')))
        around.append(child)
        parent.insert(at, around)

    def language(self, parent, child):
        self.root.set(LANGUAGE, self.rng.choice(('fr', 'ar', 'ja', 'he', 'de', 'th', 'ur', 'hi', 'pl', 'zh-Hant')))

    def run(self):
        ways = [self.remove, self.repeat, self.repeat, self.move, self.graft, self.graft, self.swap, self.text, self.text, self.longer,
                self.tail, self.attribute, self.attribute, self.unset, self.wrap, self.language]
        for _ in range(self.rng.choice((1, 1, 1, 2, 2, 3, 5))):
            pairs = self.pairs()
            if pairs:
                self.rng.choice(ways)(*self.rng.choice(pairs))


def document(seed, number, seeds):
    """(folder of the pictures, bytes, layout) of one document."""
    rng = random.Random('%d %d' % (seed, number))
    path, donor = rng.choice(seeds), rng.choice(seeds)
    root = tree.fromstring(path.read_bytes())
    Mutation(root, rng, tree.fromstring(donor.read_bytes())).run()
    return path.parent, tree.tostring(root, encoding='utf-8', xml_declaration=True), rng.choice(LAYOUTS)


def call(command):
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=HANGS, text=True, errors='replace')
    except subprocess.TimeoutExpired:
        return None


def tried(program, seed, number, seeds, keep):
    """(whether files were made, complaint or None)."""
    pictures, source, layout = document(seed, number, seeds)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for picture in pictures.iterdir():
            if picture.suffix in ('.png', '.jpg'):
                shutil.copy(picture, folder)
        (folder / 'source.xml').write_bytes(source)
        run = call([program, 'export', folder / 'source.xml', '--layout', layout, '-o', folder / 'out', '--quiet'])
        complaint = None
        if run is None:
            complaint = 'had to be ended after %d s' % HANGS
        elif run.returncode not in (0, 1) or re.search(r'\[E09|\[[EW]0607', run.stderr):
            complaint = 'exit status %d\n%s' % (run.returncode, run.stderr[:1500])
        elif run.returncode == 1 and 'error[' not in run.stderr:
            complaint = 'refused without a reason: %s' % run.stderr[:500]
        made = not complaint and run.returncode == 0
        if made and number % 8 == 0:
            files = [next(folder.glob('out/*.' + ending)) for ending in ('pdf', 'epub')]
            same = call([program, 'compare', *files, folder / 'source.xml'])
            if same is None or same.returncode != 0:
                complaint = 'compare: %s' % (same and (same.stdout + same.stderr)[:1500])
        if complaint and keep:
            shutil.copytree(folder, pathlib.Path(keep) / str(number), dirs_exist_ok=True)
        return made, complaint and 'document %d (--layout %s, from %s): %s' % (number, layout, pictures.name, complaint)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--seconds', type=float, default=60)
    parser.add_argument('--count', type=int)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--only', type=int)
    parser.add_argument('--keep')
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    seeds, until = sources(), time.monotonic() + arguments.seconds
    count = made = failed = 0
    numbers = [arguments.only] if arguments.only is not None else range(arguments.count or sys.maxsize)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for start in range(0, len(numbers), 64):
            if not arguments.count and arguments.only is None and time.monotonic() > until:
                break
            for came_out, complaint in pool.map(lambda n: tried(program, arguments.seed, n, seeds, arguments.keep), numbers[start:start + 64]):
                count, made, failed = count + 1, made + came_out, failed + bool(complaint)
                if complaint:
                    print(complaint, flush=True)
    print('%d documents, %d of them exported; %d passed, %d failed' % (count, made, count - failed, failed))
    return 1 if failed or not made else 0


if __name__ == '__main__':
    sys.exit(main())
