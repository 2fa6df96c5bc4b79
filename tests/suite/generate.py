"""Documents made at random from a number: every element of the vocabulary, deep and shallow, with and without attributes, in two
scripts, with white space and characters that syntaxes write each in their own way. The same number gives the same document."""
import random

WORDS = ['lamp', 'keeper', 'AT&amp;T', 'sea &lt; sky', '“light”', 'don’t', 'über', 'naïve', 'back\\slash', 'a&#160;b', '&#x2192;',
         'tide', 'x &gt; y', 'one/two~three', 'it’s “so”', 'storm,', 'night.', 'a', 'I']
IDEOGRAPHIC = ['灯台守', '光\n  が', '海', '&#x20BB7;']
INLINE = ['em', 'strong', 'sc', 'cite', 'q', 'foreign', 'spoiler', 'sup', 'sub', 'span', 'a', 'ref', 'note', 'ruby']
BLOCKS = ['p', 'ul', 'ol', 'dl', 'table', 'figure', 'blockquote', 'verse', 'letter', 'aside', 'separator']


def is_ideographic(number):
    """Whether the document has Chinese and Japanese, whose fonts are not everywhere."""
    return number % 4 == 0


class Maker:
    def __init__(self, number):
        self.random = random.Random(number)
        self.ids = 0
        self.vocabulary = WORDS + (IDEOGRAPHIC if is_ideographic(number) else [])

    def chance(self, share):
        return self.random.random() < share

    def words(self, most=6):
        space = lambda: self.random.choice([' ', ' ', ' ', '\n      ', '  '])
        out = ''
        for i in range(self.random.randint(1, most)):
            out += (space() if i else '') + self.random.choice(self.vocabulary)
        return out

    def common(self, id=True):
        out = ''
        if id and self.chance(.15):
            self.ids += 1
            out += ' id="n%d"' % self.ids
        if self.chance(.08):
            out += ' xml:lang="%s"' % self.random.choice(['fr', 'de', 'ja', 'ar', 'en-GB'])
        if self.chance(.05):
            out += ' dir="%s"' % self.random.choice(['ltr', 'rtl'])
        return out

    # around: names of the inlines around, and what may not stand here
    def inlines(self, around=(), depth=0):
        out = ''
        for _ in range(self.random.randint(1, 3)):
            out += self.words(4)
            if depth < 3 and self.chance(.3):
                out += self.random.choice([' ', '', '']) + self.inline(around, depth) + self.random.choice([' ', '', ', '])
        return out

    def inline(self, around, depth):
        name = self.random.choice(INLINE)
        if name in ('a', 'ref') and ('a' in around or 'ref' in around):
            name = 'em'
        if name == 'note' and any(x in around for x in ('note', 'a', 'ref', 'ruby', 'heading')):
            name = 'strong'
        if name == 'ruby' and 'ruby' in around:
            name = 'sc'
        inside = self.inlines(around + (name,), depth + 1)
        attributes = self.common()
        if name == 'foreign' and 'xml:lang' not in attributes:
            attributes += ' xml:lang="la"'
        if name == 'a':
            attributes += ' href="https://example.org/?a=1&amp;b=%27x%27"'
        if name == 'ref':
            return '<ref to="overview"%s>%s</ref>' % (attributes, inside) if self.chance(.7) else '<ref to="overview"/>'
        if name == 'ruby':
            return '<ruby%s>%s<rt>%s</rt></ruby>' % (attributes, inside, self.words(2))
        return '<%s%s>%s</%s>' % (name, attributes, inside, name)

    def line(self, name, heading=False):
        return '<%s%s>%s</%s>' % (name, self.common(False), self.inlines(('heading',) if heading else ()), name)

    def blocks(self, depth, least=1, most=3):
        return '\n'.join(self.block(depth) for _ in range(self.random.randint(least, most)))

    def flow(self, name, depth, id=True):
        inside = self.inlines() if depth > 3 or self.chance(.6) else self.blocks(depth + 1)
        return '<%s%s>%s</%s>' % (name, self.common(id), inside, name)

    def attribution(self):
        parts = [self.line(name) for name in ('speaker', 'source', 'locator') if self.chance(.6)]
        return '<attribution>%s</attribution>' % ''.join(parts) if parts else ''

    def block(self, depth):
        name = self.random.choice(BLOCKS if depth < 5 else ['p'])
        common = self.common()
        if name == 'p':
            return '<p%s>%s</p>' % (common, self.inlines())
        if name in ('ul', 'ol'):
            start = ' start="%d"' % self.random.randint(0, 40) if name == 'ol' and self.chance(.3) else ''
            return '<%s%s%s>%s</%s>' % (name, common, start, '\n'.join(self.flow('li', depth) for _ in range(self.random.randint(1, 3))), name)
        if name == 'dl':
            pairs = ''.join('<dt%s>%s</dt>%s' % (self.common(), self.inlines(), self.flow('dd', depth, False))
                            for _ in range(self.random.randint(1, 2)))
            return '<dl%s>%s</dl>' % (common, pairs)
        if name == 'table':
            return self.table(common)
        if name == 'figure':
            caption = self.line('caption') if self.chance(.5) else ''
            what = 'decorative="true"' if self.chance(.3) else 'alt="A lamp &amp; a &quot;keeper&quot;"'
            return '<figure src="lamp.png" %s%s>%s</figure>' % (what, common, caption)
        if name == 'blockquote':
            return '<blockquote%s>%s%s</blockquote>' % (common, self.paragraphs(), self.attribution())
        if name == 'verse':
            stanzas = ''.join('<stanza>%s</stanza>' % ''.join(self.line('line') for _ in range(self.random.randint(1, 3)))
                              for _ in range(self.random.randint(1, 2)))
            return '<verse%s>%s%s</verse>' % (common, stanzas, self.attribution())
        if name == 'letter':
            ends = [self.line(n) if self.chance(.5) else '' for n in ('salutation', 'signature')]
            return '<letter%s>%s%s%s</letter>' % (common, ends[0], self.paragraphs(), ends[1])
        if name == 'aside':
            title = self.line('title', True) if self.chance(.5) else ''
            return '<aside%s>%s%s</aside>' % (common, title, self.blocks(depth + 1, 1, 2))
        return '<separator%s/>' % common

    def paragraphs(self):
        return ''.join('<p%s>%s</p>' % (self.common(), self.inlines()) for _ in range(self.random.randint(1, 2)))

    def table(self, common):
        columns = self.random.randint(1, 3)

        def row(head):
            cells = ''
            left = columns
            while left:
                span = self.random.randint(1, left) if self.chance(.2) else 1
                left -= span
                name = 'th' if self.chance(.8 if head else .2) else 'td'
                attributes = self.common() + (' colspan="%d"' % span if span > 1 else '')
                if name == 'th' and self.chance(.1):
                    attributes += ' scope="%s"' % self.random.choice(['row', 'col'])
                empty = name == 'td' and self.chance(.1)
                cells += '<%s%s/>' % (name, attributes) if empty else '<%s%s>%s</%s>' % (name, attributes, self.inlines(), name)
            return '<tr%s>%s</tr>' % (self.common(), cells)

        caption = self.line('caption') if self.chance(.4) else ''
        head = '<thead>%s</thead>' % row(True) if self.chance(.6) else ''
        return '<table%s>%s%s<tbody>%s</tbody></table>' % (common, caption, head, ''.join(row(False) for _ in range(self.random.randint(1, 3))))

    def part(self, name):
        title = self.line('title', True) if self.chance(.4) else ''
        intro = self.blocks(0, 0, 2)
        items = lambda make: ''.join(make() for _ in range(self.random.randint(1, 3)))
        if name == 'hook':
            inside = title + self.paragraphs() + (self.line('source') if self.chance(.5) else '')
        elif name in ('about', 'overview'):
            inside = title + self.blocks(0)
        elif name == 'takeaways':
            inside = title + intro + items(lambda: '<takeaway%s>%s%s</takeaway>' % (self.common(), self.line('headline', True), self.blocks(0)))
        elif name == 'cues':
            inside = title + intro + items(lambda: '<cue%s>%s%s</cue>' % (self.common(), self.line('prompt'), self.line('answer')))
        elif name == 'story':
            inside = title + self.blocks(0) + items(lambda: '<chapter%s>%s%s</chapter>' % (self.common(), self.line('title', True), self.blocks(0)))
        elif name == 'questions':
            inside = title + intro + items(lambda: '<qa%s>%s<answer%s>%s</answer></qa>' % (
                self.common(), self.line('question', True), self.common(False), self.blocks(0)))
        elif name == 'comparison':
            prefix = ' prefix="The"' if self.chance(.5) else ''
            author = '<author>Ann &amp; Bo</author>' if self.chance(.5) else ''
            inside = title + '<with><title%s>Other &lt;Book></title>%s</with>' % (prefix, author) + self.blocks(0)
        elif name == 'people':
            inside = title + intro + items(lambda: '<person%s>%s%s</person>' % (self.common(), self.line('name'), self.flow('description', 0, False)))
        elif name == 'discussion':
            inside = title + intro + items(lambda: '<question%s>%s</question>' % (self.common(), self.inlines(('heading',))))
        elif name == 'warnings':
            inside = title + intro + items(lambda: '<warning%s>%s%s</warning>' % (
                self.common(), self.line('term'), self.line('places') if self.chance(.5) else '')) + self.blocks(0, 0, 1)
        elif name == 'notes':
            inside = title + self.blocks(0) + items(lambda: self.line('source'))
        else:
            inside = title + self.blocks(0)
        attributes = self.common(False)
        return '<%s%s>%s</%s>' % (name, attributes, inside, name)


PARTS = ['hook', 'about', 'takeaways', 'cues', 'story', 'questions', 'comparison', 'people', 'discussion', 'warnings', 'notes', 'brand']


def document(number):
    maker = Maker(number)
    parts = maker.random.sample(PARTS, maker.random.randint(2, 5))
    body = '\n'.join(maker.part(name) for name in parts)
    return '''<?xml version="1.0" encoding="UTF-8"?>
<summary version="1" xml:lang="en">
  <work>
    <title prefix="The" short="Lamp">Lamp &amp; the <![CDATA[<Keeper>]]> “of”\n      Night</title>
    <contributor role="author" sort="Example, Ann">Ann Example</contributor>
    <contributor role="translator">R&amp;D Press</contributor>
    <subject>Light</subject><subject>Sea</subject>
    <fact label="Pages">412 &lt; 500</fact>
  </work>
  <edition><date>2024-05-31</date><brand name="House" href="https://example.org/"/></edition>
  <overview>%s</overview>
%s
</summary>
''' % (maker.blocks(0), body)
