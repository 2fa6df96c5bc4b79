#!/usr/bin/env python3
"""No English word of the program's own stands in a file of another language: labels left untranslated, and words that no
language file has but the program's own text.

    languages.py --program PATH

A document with every part, whose own words hold no word of English, is made in each language of layouts/languages/. All
that its pages and its package say (text, links, bookmarks, metadata, alternative texts) is held against the words of the
English labels. Also: the page labels of both files are the same.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
LANGUAGES = ROOT / 'layouts/languages'

# Words that a language writes as English does, in the labels that it has today.
SAME = {
    '*': {'epitome', 'epub', 'isbn', 'pdf'},
    'af': {'as', 'begin', 'in', 'is', 'november', 'of'},
    'br': {'an'},
    'ca': {'artificial', 'independent', 'no', 'notes', 'original', 'text'},
    'cs': {'text'},
    'da': {'november'},
    'de': {'in', 'november', 'person', 'text'},
    'es': {'no', 'original'},
    'et': {'november', 'on', 'see'},             # is, this
    'fi': {'on'},                                # is
    'fil': {'may'},
    'fo': {'november'},
    'fr': {'images', 'notes', 'on', 'original', 'page', 'pages', 'questions', 'sources', 'table'},  # on: one
    'fy': {'as', 'help', 'in', 'is', 'it', 'of', 'set'},
    'ga': {'an', 'in', 'is'},                    # the, in, is
    'gd': {'an', 'is', 'no'},
    'gl': {'artificial', 'as'},
    'ha': {'an'},
    'ht': {'an'},
    'hu': {'november'},
    'id': {'november'},
    'it': {'in'},
    'ku': {'an'},
    'la': {'in', 'series'},
    'lb': {'an', 'no', 'of', 'text'},
    'lv': {'no', 'to'},                          # from, that
    'mg': {'an'},
    'mt': {'in', 'is', 'it'},
    'nl': {'begin', 'december', 'in', 'is', 'of'},
    'nn': {'for'},
    'oc': {'editor', 'original', 'questions'},
    'om': {'of'},
    'pl': {'to'},                                # this
    'pt': {'as', 'original'},                    # as: the
    'pt-BR': {'artificial', 'as', 'original'},
    'ro': {'original', 'text'},
    'sk': {'text'},
    'sl': {'in', 'november'},                    # in: and
    'sr-Latn': {'on'},                           # he
    'sv': {'november', 'text'},
    'vi': {'in'},                                # print
}

# Every part and every kind of generated word. Its own words are of no language.
SOURCE = '''<?xml version="1.0" encoding="UTF-8"?>
<summary version="1" xml:lang="%s">
  <work>
    <title>Qwzx</title>
    <original-title>Xqwz</original-title>
    <subtitle>Zxqw</subtitle>
    <series number="2">Wqxz</series>
    <contributor role="author" sort="Qq">Qq</contributor>
    <contributor role="author" sort="Xx">Xx</contributor>
    <contributor role="author" sort="Zz">Zz</contributor>
%s    <original-language>la</original-language>
    <published>1999</published>
    <publisher>Qzq</publisher>
    <isbn>9780140328721</isbn>
    <award>Xzx</award>
    <fact label="Zqz">12</fact>
  </work>
  <edition>
    <date>2026-11-22</date>
    <modified>2026-%s</modified>
    <author>Wzw</author>
    <brand name="Bzb" href="https://q.invalid/">Bxb.</brand>
    <licence>Lql</licence>
    <made by="%s" reviewed-by="Vqv"/>
  </edition>
  <hook><p>Qxw.</p></hook>
  <about><p>Qxw.</p></about>
  <overview><p>Qxw<note>Zwz.</note> <q>xwq <spoiler>zwx</spoiler></q>, <a href="https://q.invalid/x">xzw</a>.</p>
    <table><thead><tr><th>Qq</th></tr></thead><tbody><tr><td>Ww</td></tr></tbody></table>
    <blockquote><p>Wxw.</p><attribution><speaker>Qq</speaker><source>Xx</source></attribution></blockquote></overview>
  <takeaways><takeaway><headline>Qxw</headline><p>Qxw.</p></takeaway></takeaways>
  <cues><cue><prompt>Qxw</prompt><answer>Qxw</answer></cue></cues>
  <story id="s"><chapter><title>Qxw</title><p>Qxw <ref to="s"/>.</p></chapter></story>
  <questions><qa><question>Qxw</question><answer><p>Qxw.</p></answer></qa></questions>
  <comparison><with><title>Qwx</title><author>Xx</author></with><p>Qxw.</p></comparison>
  <people><person><name>Qxw</name><description>qxw.</description></person></people>
  <discussion><question>Qxw</question></discussion>
  <warnings><warning><term>Qxw</term><places><ref to="s"/></places></warning></warnings>
  <notes><p>Qxw.</p><source>Qxw.</source></notes>
</summary>
'''
ROLES = ('translator', 'illustrator', 'editor', 'narrator')


def words(text):
    return set(re.findall(r'[^\W\d_]{2,}', re.sub(r'\{[^}]*\}|urn:uuid:[0-9a-f-]*', ' ', text).lower()))


def labels(tag):
    return {e.get('name'): e.text or '' for e in ET.parse(LANGUAGES / (tag + '.xml')).getroot().iter('label')}


def said_by_pages(dump):
    """What the dump of the pages quotes, without names of things that no reader sees."""
    said = []
    for line in dump.splitlines():
        if line.startswith('page map'):
            break
        if re.match(r'\s*(lang|identifier|created|modified|producer) ', line):
            continue
        line = re.sub(r'(lang|id)="[^"]*"', '', line)
        said += re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    return ' '.join(said)


def said_by_package(dump):
    said, labels_of_pages = [], []
    for piece in re.split(r'^=== ', dump, flags=re.M)[1:]:
        path, _, text = piece.partition('\n')
        if not path.split()[0].endswith(('.xhtml', '.opf', '.ncx')) or not text.lstrip().startswith('<?xml'):
            continue
        for element in ET.fromstring(text.strip().encode('utf-8')).iter():
            name = element.tag.rpartition('}')[2]
            if not (name in ('language', 'identifier', 'date') or
                    (name == 'meta' and not str(element.get('property')).endswith('accessibilitySummary'))):
                said.append(element.text or '')
            said += [element.tail or ''] + [element.get(a) or '' for a in ('alt', 'title', 'aria-label', 'content')
                                            if name != 'meta']
            if element.get('role') == 'doc-pagebreak':
                labels_of_pages.append(element.get('aria-label') or element.get('title') or element.text)
    return ' '.join(said), labels_of_pages


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    english = set().union(*(words(text) for text in labels('en').values()))
    tags = sorted(f.stem for f in LANGUAGES.glob('*.xml'))
    assert len(english) > 100 and len(tags) > 100
    source_words = words(re.sub(r'<[^>]*>', ' ', SOURCE))
    assert not source_words & english, source_words & english
    failed = 0
    used = {}
    with tempfile.TemporaryDirectory() as folder:
        for tag in tags:
            source = pathlib.Path(folder) / (tag + '.xml')
            roles = ''.join('    <contributor role="%s" sort="R">Rqr</contributor>\n' % role for role in ROLES)
            source.write_text(SOURCE % (tag, roles, '11-22' if sum(map(ord, tag)) % 2 else '12-01',
                                        ('person', 'assisted', 'generated')[sum(map(ord, tag)) % 3]), encoding='utf-8')
            dumps = []
            for stage in ('--pages', '--package'):
                run = subprocess.run([program, 'dump', str(source), stage], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                if run.returncode:
                    print('%s: %s' % (tag, run.stderr))
                    failed += 1
                    break
                dumps.append(run.stdout)
            if len(dumps) < 2:
                continue
            pages = re.findall(r'^page "([^"]*)"', dumps[0], re.M)
            package, breaks = said_by_package(dumps[1])
            if not breaks or not set(breaks) <= set(pages):
                print('%s: page labels differ: %r, %r' % (tag, breaks[:5], pages[:5]))
                failed += 1
            if tag.startswith('en'):
                continue
            found = (words(said_by_pages(dumps[0])) | words(package)) & english
            allowed = SAME['*'] | SAME.get(tag, set())
            used[tag] = found
            if found - allowed:
                print('%s: English words: %s' % (tag, ' '.join(sorted(found - allowed))))
                failed += 1
            if SAME.get(tag, set()) - found:
                print('%s: allowed but not there: %s' % (tag, ' '.join(sorted(SAME[tag] - found))))
                failed += 1
    print('%d languages, %d failed' % (len(tags), failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
