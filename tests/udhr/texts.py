"""The Declaration of Human Rights as summaries: one source document for each text of the corpus.

    texts.py FOLDER     writes FOLDER/KEY.xml, KEY being the text's own ("deu_1996")

The texts are those of the folder EPITOME_CORPUS (default: ../shared/corpus beside the project) under udhr/. Each is a whole
document in its language: the title is the work's, the preamble the overview, the articles are takeaways, chapters and
questions in turn; parts without a title of their own are called what the language calls them. Not a word is added but the
author's name, and none is left out: `Text.blocks` is what the EPUB must say.
"""
import dataclasses
import os
import pathlib
import sys
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = pathlib.Path(os.environ.get('EPITOME_CORPUS') or ROOT.parent / 'shared/corpus')
UDHR = '{http://www.unhchr.ch/udhr}'
LANG = '{http://www.w3.org/XML/1998/namespace}lang'
COUNT = 54

# Where the corpus's tag is not the one that a document in the language carries: Tosk Albanian is written as `sq` (CLDR).
TAGS = {'als': 'sq', 'az-Latn': 'az', 'sr-Cyrl': 'sr', 'de-1996': 'de', 'el-monoton': 'el'}

# The United Nations in each language: the author's name on title page and cover.
AUTHORS = {
    'am': 'የተባበሩት መንግሥታት', 'ar': 'الأمم المتحدة', 'az': 'Birləşmiş Millətlər', 'bg': 'Обединени нации', 'bn': 'জাতিসংঘ',
    'ca': 'Nacions Unides', 'cs': 'Organizace spojených národů', 'cy': 'Y Cenhedloedd Unedig', 'da': 'De Forenede Nationer',
    'de': 'Vereinte Nationen', 'el': 'Ηνωμένα Έθνη', 'el-polyton': 'Ἡνωμένα Ἔθνη', 'en': 'United Nations',
    'es': 'Naciones Unidas', 'et': 'Ühinenud Rahvaste Organisatsioon', 'eu': 'Nazio Batuak', 'fa': 'سازمان ملل متحد',
    'fi': 'Yhdistyneet kansakunnat', 'fr': 'Nations unies', 'ga': 'Na Náisiúin Aontaithe', 'he': 'האומות המאוחדות',
    'hi': 'संयुक्त राष्ट्र', 'hr': 'Ujedinjeni narodi', 'hu': 'Egyesült Nemzetek', 'hy': 'Միավորված ազգեր',
    'id': 'Perserikatan Bangsa-Bangsa', 'it': 'Nazioni Unite', 'ja': '国際連合', 'ka': 'გაერთიანებული ერები',
    'km': 'អង្គការសហប្រជាជាតិ', 'ko': '국제 연합', 'lt': 'Jungtinės Tautos', 'lv': 'Apvienotās Nācijas', 'mr': 'संयुक्त राष्ट्रे',
    'nb': 'De forente nasjoner', 'ne': 'संयुक्त राष्ट्र सङ्घ', 'nl': 'Verenigde Naties', 'pl': 'Narody Zjednoczone',
    'pt-BR': 'Nações Unidas', 'ro': 'Națiunile Unite', 'ru': 'Организация Объединённых Наций', 'si': 'එක්සත් ජාතීන්',
    'sl': 'Združeni narodi', 'sq': 'Kombet e Bashkuara', 'sr': 'Уједињене нације', 'sv': 'Förenta nationerna',
    'sw': 'Umoja wa Mataifa', 'ta': 'ஐக்கிய நாடுகள்', 'th': 'สหประชาชาติ', 'tr': 'Birleşmiş Milletler',
    'uk': 'Організація Об’єднаних Націй', 'vi': 'Liên Hợp Quốc', 'zh-Hans': '联合国', 'zh-Hant': '聯合國',
}


@dataclasses.dataclass
class Text:
    """One text of the corpus."""
    key: str            # "deu_1996"
    tag: str            # BCP 47, "de"
    source: str         # the source document
    blocks: list        # (kind, text) in the document's order: title, heading, paragraph, item; or label, with its key


def corpus():
    """The texts' files. All 54 or an error: a missing corpus must not pass for a small one."""
    folder = CORPUS / 'udhr'
    files = sorted(folder.glob('udhr_*.xml'))
    if len(files) != COUNT:
        raise SystemExit('%s holds %d texts instead of %d: set EPITOME_CORPUS to the corpus’s folder' % (folder, len(files), COUNT))
    return files


def flat(element):
    """An element's words, white space collapsed as the source language does it: XML's own four characters."""
    return ' '.join(piece for piece in ''.join(element.itertext()).translate({9: 32, 10: 32, 13: 32}).split(' ') if piece)


class _Writer:
    def __init__(self):
        self.lines, self.blocks = [], []

    def put(self, line):
        self.lines.append(line)

    def words(self, name, element, kind):
        text = flat(element)
        self.blocks.append((kind, text))
        self.put('<%s>%s</%s>' % (name, escape(text), name))

    def body(self, element):
        """Paragraphs and lists of an article, a preamble, a note."""
        for child in element:
            if child.tag == UDHR + 'para':
                self.words('p', child, 'paragraph')
            elif child.tag == UDHR + 'orderedlist':
                self.put('<ol>')
                for item in child:
                    self.put('<li>')
                    for para in item:
                        self.words('p', para, 'item')
                    self.put('</li>')
                self.put('</ol>')
            elif child.tag != UDHR + 'title':
                raise ValueError('unknown element %s' % child.tag)

    def part(self, name, title=None):
        """Begins a part; without a title of its own the language's label is its heading."""
        self.put('<%s>' % name)
        if title is None or not flat(title):
            self.blocks.append(('label', 'part.' + name))
        else:
            self.words('title', title, 'heading')

    def article(self, element, name, heading, answer=None):
        self.put('<%s id="article-%s">' % (name, element.get('number')))
        self.words(heading, element.find(UDHR + 'title'), 'heading')
        if answer:
            self.put('<%s>' % answer)
        self.body(element)
        if answer:
            self.put('</%s>' % answer)
        self.put('</%s>' % name)


def read(path):
    root = ET.parse(path).getroot()
    tag = TAGS.get(root.get(LANG), root.get(LANG))
    note, preamble, articles = root.find(UDHR + 'note'), root.find(UDHR + 'preamble'), root.findall(UDHR + 'article')
    known = {UDHR + name for name in ('title', 'note', 'preamble', 'article')}
    if len(articles) != 30 or {child.tag for child in root} - known:
        raise ValueError('%s: not the Declaration’s shape' % path)
    out = _Writer()
    out.put('<?xml version="1.0" encoding="UTF-8"?>')
    out.put('<summary version="1" xml:lang=%s>' % quoteattr(tag))
    out.put('<work>')
    out.words('title', root.find(UDHR + 'title'), 'title')
    out.put('<contributor role="author" sort=%s>%s</contributor>' % (quoteattr(AUTHORS[tag]), escape(AUTHORS[tag])))
    out.put('<published>1948-12-10</published></work>')
    out.put('<edition><date>2026-11-22</date></edition>')
    if note is not None:
        out.part('about')
        out.body(note)
        out.put('</about>')
    if preamble is not None:
        out.part('overview', preamble.find(UDHR + 'title'))
        out.body(preamble)
        out.put('</overview>')
    for part, these, rest in (('takeaways', articles[:10], ('takeaway', 'headline')), ('story', articles[10:20], ('chapter', 'title')),
                              ('questions', articles[20:], ('qa', 'question', 'answer'))):
        out.part(part)
        for article in these:
            out.article(article, *rest)
        out.put('</%s>' % part)
    out.put('</summary>')
    return Text(root.get('key'), tag, '\n'.join(out.lines) + '\n', out.blocks)


def texts():
    return [read(path) for path in corpus()]


def write(folder):
    """The source documents in `folder`, by key."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for text in texts():
        made[text.key] = folder / (text.key + '.xml')
        made[text.key].write_text(text.source, encoding='utf-8')
    return made


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write(pathlib.Path(sys.argv[1]))
