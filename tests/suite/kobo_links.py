#!/usr/bin/env python3
"""No link of an EPUB opens as a pop-up on Kobo's readers, but for notes. They show a link's target in a pop-up if it is an element with
an id that comes after the link and holds 9 to 5,000 characters (Kobo's EPUB specification, "Footnotes/Endnotes").

    kobo_links.py --program PATH [SOURCE…]    all examples, cases and trials if none is named
"""
import argparse
import pathlib
import posixpath
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ('examples/*/summary.xml', 'tests/suite/cases/*/source.xml', 'tests/trials/cases/*/source.xml')
OPF = '{http://www.idpf.org/2007/opf}'
HTML = '{http://www.w3.org/1999/xhtml}'
TYPE = '{http://www.idpf.org/2007/ops}type'


def documents(epub):
    """(path, tree) of each content document, in the order of the spine."""
    package = ET.fromstring(epub.read('EPUB/package.opf'))
    href = {item.get('id'): item.get('href') for item in package.iter(OPF + 'item')}
    for reference in package.iter(OPF + 'itemref'):
        path = href[reference.get('idref')]
        yield path, ET.fromstring(epub.read('EPUB/' + path))


def pop_ups(epub):
    """What opens as a pop-up, and the number of links that were looked at."""
    places, links = {}, []
    for path, tree in documents(epub):
        for element in tree.iter():
            here = len(places)
            places[path, element.get('id') or here] = (here, len(''.join(''.join(element.itertext()).split())))
            link = element.get('href') if element.tag == HTML + 'a' else None
            if link and ':' not in link and '#' in link and element.get(TYPE) != 'noteref':
                file, _, fragment = link.partition('#')
                links.append((here, posixpath.normpath(file) if file else path, fragment, path))
    found = []
    for here, file, fragment, path in links:
        if (file, fragment) not in places:
            found.append('%s: %s#%s is nowhere' % (path, file, fragment))
            continue
        there, characters = places[file, fragment]
        if there > here and 9 <= characters <= 5000:
            found.append('%s: %s#%s holds %d characters' % (path, file, fragment, characters))
    return found, len(links)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True, type=pathlib.Path)
    parser.add_argument('sources', nargs='*', type=pathlib.Path)
    arguments = parser.parse_args()
    sources = arguments.sources or sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))
    failed = links = exported = 0
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / 'made.epub'
        for source in sources:
            made.unlink(missing_ok=True)
            subprocess.run([arguments.program.resolve(), 'export', source, '-o', made], capture_output=True, check=False)
            if not made.exists():  # some trials are of documents that are refused
                continue
            exported += 1
            with zipfile.ZipFile(made) as epub:
                found, count = pop_ups(epub)
            links += count
            failed += len(found)
            for line in found:
                print('%s: %s' % (source, line))
    print('%d EPUBs, %d links, %d pop-ups' % (exported, links, failed))
    return 1 if failed or not links else 0


if __name__ == '__main__':
    sys.exit(main())
