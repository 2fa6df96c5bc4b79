#!/usr/bin/env python3
"""Edits of every example: the EPUB's ids that are gone or stand for another text, and the files that differ, are those that the edit
named, so that readers' highlights and links from outside stay where they were.

    edits.py --program PATH [--seed N]

Page breaks are left out: they move with the pages.
"""
import argparse
import copy
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
LISTS = {'EPUB/nav.xhtml', 'EPUB/contents.xhtml', 'EPUB/toc.ncx'}   # hold names of what other files hold
BREAK = re.compile(r'<span epub:type="pagebreak"[^>]*?(/>|></span>)')
PAGES = re.compile(r'<nav [^>]*epub:type="page-list".*?</nav>|<pageList>.*?</pageList>|<meta name="dtb:[^>]*>|playOrder="[0-9]*"', re.S)
WORDS = 'A keeper who had nothing to do with it came by and left before the lamp was lit'.split()


def package(program, tree, folder):
    """{path: text} of the EPUB's files."""
    tree.write(folder / 'edited.xml', encoding='utf-8', xml_declaration=True)
    done = subprocess.run([program, 'dump', 'edited.xml', '--package'], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit('%s: exit status %d\n%s' % (folder, done.returncode, done.stderr))
    files = {}
    for line in done.stdout.splitlines():
        if line.startswith('=== '):
            files[line[4:]] = current = []
        else:
            current.append(line)
    texts = {path: PAGES.sub('', BREAK.sub('', '\n'.join(lines))) for path, lines in files.items()}
    return {path: re.sub(r'\n\n+', '\n', text) for path, text in texts.items()}


LEAVES = {'{http://www.w3.org/1999/xhtml}' + name for name in ('p', 'dt', 'td', 'th')}


def ids(files):
    """{id: text of the element, or None where other blocks stand in it}."""
    found = {}
    for path, text in files.items():
        if path.endswith('.xhtml'):
            for element in ET.fromstring(text.encode()).iter():
                if element.get('id'):
                    found[element.get('id')] = ''.join(element.itertext()) if element.tag in LEAVES else None
    return found


def differing(before, after):
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def paragraph(text):
    element = ET.Element('p')
    element.text = text
    return element


# Each edit changes a tree and says which files it may touch and of how many texts the ids may go or stand for another; None: it
# finds nothing to do.

def insert_paragraph(root, rng):
    """Before a paragraph of any chapter."""
    places = [(chapter, at) for chapter in root.iter('chapter') for at, child in enumerate(chapter) if child.tag == 'p']
    if not places:
        return None
    chapter, at = rng.choice(places)
    chapter.insert(at, paragraph(' '.join(rng.sample(WORDS, len(WORDS))) + '.'))
    return {'EPUB/story.xhtml'}, 0


def insert_takeaway(root, rng):
    part = root.find('takeaways')
    if part is None:
        return None
    places = [at for at, child in enumerate(part) if child.tag == 'takeaway']
    new = ET.Element('takeaway')
    ET.SubElement(new, 'headline').text = ' '.join(rng.sample(WORDS, 6))
    new.append(paragraph(' '.join(rng.sample(WORDS, len(WORDS))) + '.'))
    part.insert(rng.choice(places), new)
    # A drawn cover has a line for each.
    return {'EPUB/takeaways.xhtml', 'EPUB/images/cover.png'} | LISTS, 0


def change_answer(root, rng):
    """Its first paragraph becomes another."""
    answers = [qa.find('answer') for qa in root.iter('qa')]
    places = [p for answer in answers for p in answer.findall('p') if p.find('.//note') is None]
    if not places:
        return None
    place = rng.choice(places)
    for child in list(place):
        place.remove(child)
    place.text = ' '.join(rng.sample(WORDS, len(WORDS))) + '.'
    return {'EPUB/questions.xhtml'}, 1


def mend_typo(root, rng):
    """A letter more in a paragraph."""
    places = [p for part in root.iter() if part.tag in ('about', 'overview', 'story') for p in part.iter('p') if p.text and len(p.text.strip()) > 3]
    if not places:
        return None
    place = rng.choice(places)
    part = next(part for part in root if place in part.iter())
    text = place.text.rstrip()
    place.text = text + 'x' + place.text[len(text):]
    return {'EPUB/%s.xhtml' % part.tag}, 1


EDITS = (insert_paragraph, insert_takeaway, change_answer, mend_typo)


def run(program, rng, scratch):
    """How many edits were made, and how many of them had faults."""
    faults = tried = 0
    for source in sorted(ROOT.glob('examples/*/summary.xml')):
        tree = ET.parse(source)
        folder = scratch / source.parent.name
        shutil.copytree(source.parent, folder)
        before = package(program, tree, folder)
        for edit in EDITS:
            changed = copy.deepcopy(tree.getroot())
            wanted = edit(changed, rng)
            if wanted is None:
                continue
            tried += 1
            files, most = wanted
            after = package(program, ET.ElementTree(changed), folder)
            old, new, touched = ids(before), ids(after), differing(before, after)
            moved = sorted(i for i in old if i not in new or old[i] != new[i])
            if not touched or not touched <= files or len(moved) > most:
                faults += 1
                print('%s, %s: files %s instead of %s; ids gone or moved: %s' % (
                    source.parent.name, edit.__name__, sorted(touched), sorted(files), moved[:8]))
    return tried, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        tried, faults = run(str(pathlib.Path(arguments.program).resolve()), random.Random(arguments.seed), pathlib.Path(scratch))
    print('%d edits, %d with faults' % (tried, faults))
    return 1 if faults or tried < 20 else 0


if __name__ == '__main__':
    sys.exit(main())
