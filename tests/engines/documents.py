"""Documents for the reading engines that no example is like: long notes, wide tables, crowded cards, spoilers wherever one may stand,
many warnings, and every block in scripts of other directions, without spaces or without italics. Made by chance from the name: always
the same. Words are those of trials/mixed.py, and more languages'.
"""
import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'trials'))
import mixed

LANGUAGES = dict(mixed.WORDS, **{
    'zh': ['灯塔', '的', '守灯人', '每晚', '数', '着', '油桶', '，', '雾', '里', '等', '船', '。', '「', '光', '」', '谁', '也', '没有', '来'],
    'ko': '등대 지기는 밤마다 기름을 센다 안개 속에서 배를 기다린다 불빛 벽 계단 겨울 아무도 오지 않았다 조심스럽게 적는다'.split(),
    'th': ['ประภาคาร', 'คนเฝ้า', 'นับ', 'น้ำมัน', 'ทุกคืน', 'ใน', 'หมอก', 'รอ', 'เรือ', 'แสงไฟ', 'ไม่มีใคร', 'มา', ' '],
    'hy': 'փարոսապահը գիշերները հաշվում է նավթի տակառները մառախուղի մեջ նավին սպասելով լույսը պատին աստիճաններ հանցագործությունների ոչ ոք չեկավ'.split(),
    'ka': 'შუქურის მცველი ყოველ ღამე ითვლის ნავთს ნისლში გემს ელოდება სინათლე კედელი კიბე სამართალდარღვევების არავინ მოვიდა'.split(),
    'ta': 'கலங்கரை விளக்கம் காவலர் ஒவ்வொரு இரவும் எண்ணெய் எண்ணுகிறார் மூடுபனியில் கப்பலுக்காக காத்திருக்கிறார் ஒளி சுவர் படி யாரும் வரவில்லை'.split(),
    'el': 'ὁ φύλακας τοῦ φάρου μετράει κάθε νύχτα τὸ λάδι στὴν ὁμίχλη περιμένει καράβι φῶς τοῖχος σκάλα καταδικασθοῦν διεθνοποιημένων κανεὶς δὲν ἦρθε'.split(),
    'hi': 'दीपस्तंभ रखवाला हर रात तेल गिनता है कोहरे में जहाज़ की प्रतीक्षा प्रकाश दीवार सीढ़ी कोई नहीं आया'.split(),
})
WITHOUT_SPACES = ('ja', 'zh', 'th')


class Maker(mixed.Maker):
    def __init__(self, name, lang):
        super().__init__(name)
        self.lang, self.titles, self.depth = lang, 0, 0

    def text(self, least, most, lang=None):
        lang = lang or self.lang
        words = [self.chance.choice(LANGUAGES[lang]) for _ in range(self.chance.randint(least, most))]
        return ('' if lang in WITHOUT_SPACES else ' ').join(words).strip() or LANGUAGES[lang][0]

    def inlines(self, least, most, notes=True):
        return self.text(least, most) + (self.behind(True) if notes and self.chance.random() < 0.3 else '') + ' ' + self.inline(notes)

    def cell(self, tag, wide, high):
        """Heads are short: a table that is set as lists shows them before each value."""
        if tag == 'td':
            return super().cell(tag, wide, high)
        spans = (' colspan="%d"' % wide if wide > 1 else '') + (' rowspan="%d"' % high if high > 1 else '')
        return '<th%s>%s</th>' % (spans, self.inlines(1, self.pick(1, 4, 9)))

    def block(self, depth):
        """Lists in lists, but no deeper: at 300 % a phone has room for seven letters. No picture in them: epub.js gives it its own width."""
        before, self.depth = self.depth, depth
        made = super().block(depth if depth < 2 else 3)
        self.depth = before
        return made

    def figure(self):
        """In a colour that can be told from light pages and from dark ones."""
        if self.depth:
            return self.paragraph()
        made = super().figure()
        name, picture = list(self.pictures.items())[-1]
        self.pictures[name] = mixed.png(*struct.unpack('>II', picture[16:24]), (170, 100, 60))
        return made

    def note(self, *most):
        inside = '%s <q>%s</q> %s <a href="https://lamp.example/%s">%s</a>' % (
            self.text(1, self.pick(*most)), self.text(1, 5), self.foreign(), 'log-' * self.pick(1, 20), self.text(1, 3))
        return '<note>%s</note>' % self.pick(inside, self.text(1, self.pick(*most)))

    def spoiler(self, most=20):
        return '<spoiler>%s</spoiler>' % self.text(2, most)

    def title(self, more=''):
        self.titles += 1
        return '<title>%s %d%s</title>' % (self.text(1, 6), self.titles, more)

    def written(self, parts):
        parts += '<brand id="lamp">%s<p>%s</p></brand>' % (self.title(), self.text(2, 9))  # what references name
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<summary version="1" xml:lang="%s"><work><title>%s</title><contributor role="author">'
                '%s</contributor></work><edition><date>2024-05-31</date><author>%s</author></edition>%s</summary>\n'
                % (self.lang, self.text(2, 4), self.text(2, 3), self.text(2, 3), parts))


def notes(m):
    """Of a word and of a page; many in a paragraph, two at one place; in lists, cells and at a text's very end."""
    chapter = lambda: '<chapter>%s%s</chapter>' % (m.title(), m.repeated(5, lambda: '<p>%s</p>' % ''.join(
        m.text(1, 30) + m.note(3, 40, 400) + (m.note(3, 12) if m.chance.random() < 0.2 else '') + ' ' for _ in range(m.pick(1, 3, 9)))))
    listed = '<ul>%s</ul>' % m.repeated(6, lambda: '<li>%s%s</li>' % (m.text(1, 4), m.note(4, 90)))
    table = '<table><tbody>%s</tbody></table>' % ''.join('<tr><th>%s</th><td>%s%s</td></tr>' % (m.text(1, 2), m.text(1, 2), m.note(3, 30)) for _ in range(4))
    return ('<overview><p>%s%s</p>%s%s</overview><story>%s</story>' % (m.text(1, 1), m.note(2, 2), listed, table, ''.join(chapter() for _ in range(4))))


def tables(m):
    """One column to nine, cells joined, cells of a word and of a page, long words, a table first and last in its part."""
    return ('<overview>%s</overview><comparison><with>%s</with>%s</comparison><story><chapter>%s%s<p>%s</p>%s</chapter></story>' % (
        ''.join(m.table() for _ in range(6)), m.title(), m.table(), m.title(), m.table(), m.text(4, 40), m.table()))


def cards(m):
    """Of a word and of half a page, with what gives away the end in them."""
    cue = lambda: '<cue><prompt>%s</prompt><answer>%s %s</answer></cue>' % (
        m.inlines(1, m.pick(1, 12, 60), notes=False), m.text(1, m.pick(1, 20, 200)), m.spoiler() if m.chance.random() < 0.4 else '')
    return '<cues><p>%s</p>%s</cues>' % (m.text(9, 20), ''.join(cue() for _ in range(24)))


def spoilers(m):
    """In a paragraph's midst and as the whole of it, in titles, heads, cells, captions, lists, notes, names and answers."""
    table = '<table><caption>%s</caption><thead><tr><th>%s</th><th>%s</th></tr></thead><tbody><tr><th>%s</th><td>%s</td></tr></tbody></table>' % (
        m.spoiler(6), m.spoiler(3), m.text(1, 2), m.spoiler(2), m.spoiler(30))
    told = lambda: m.pick('<p>%s</p>' % m.spoiler(90), '<p>%s %s %s</p>' % (m.text(3, 30), m.spoiler(), m.text(3, 30)),
                          '<p>%s<note>%s</note></p>' % (m.text(2, 9), m.spoiler()), '<ul><li>%s</li><li>%s</li></ul>' % (m.spoiler(), m.text(2, 5)),
                          '<blockquote><p>%s</p><attribution><speaker>%s</speaker></attribution></blockquote>' % (m.spoiler(), m.spoiler(3)),
                          '<dl><dt>%s</dt><dd>%s</dd></dl>' % (m.spoiler(3), m.spoiler()), '<aside>%s<p>%s</p></aside>' % (m.title(), m.spoiler()), table)
    chapter = lambda: '<chapter>%s%s</chapter>' % (m.title(m.spoiler(4)), ''.join(told() for _ in range(7)))
    return ('<overview>%s</overview><takeaways><takeaway><headline>%s</headline><p>%s</p></takeaway></takeaways><story>%s</story><questions><qa><question>%s'
            '?</question><answer><p>%s</p></answer></qa></questions><people><person><name>%s</name><description>%s</description></person></people>' % (
                told(), m.spoiler(5), m.spoiler(), ''.join(chapter() for _ in range(4)), m.spoiler(5), m.spoiler(), m.spoiler(2), m.spoiler()))


def warnings(m):
    """Many, with references to parts of all lengths behind them, the contents of a hundred chapters too."""
    names = ['ch%d' % n for n in range(40)]
    warning = lambda: '<warning><term>%s</term><places>%s</places></warning>' % (m.text(1, m.pick(2, 12)), ', '.join(
        '%s <ref to="%s"/>' % (m.text(1, 3), m.chance.choice(names)) for _ in range(m.pick(1, 3, 9))))
    chapters = ''.join('<chapter id="%s">%s<p>%s</p></chapter>' % (name, m.title(), m.text(1, m.pick(2, 40, 300))) for name in names)
    return '<warnings><p>%s</p>%s<p>%s</p></warnings><story>%s</story>' % (m.text(3, 40), ''.join(warning() for _ in range(14)), m.text(3, 40), chapters)


def every(m):
    """All parts and all blocks, with phrases of other scripts in them."""
    blocks = lambda: ''.join((m.paragraph(), '<ul>%s</ul>' % m.items(0), m.ordered(0), m.definitions(0), m.table(), m.figure(),
                              '<blockquote>%s%s</blockquote>' % (m.paragraph(), m.attribution()), '<verse>%s%s</verse>' % (m.stanza(), m.attribution()),
                              '<letter><salutation>%s</salutation>%s<signature>%s</signature></letter>' % (m.text(1, 3), m.paragraph(), m.text(1, 2)),
                              '<aside>%s%s</aside>' % (m.title(), m.paragraph()), '<separator/>',
                              '<p>%s %s<note>%s</note> %s</p>' % (m.text(2, 9), m.spoiler(), m.text(4, 60), m.text(2, 9))))
    return ''.join(part.replace('</overview>', blocks() + '</overview>') for part in m.parts())


KINDS = {'notes': (notes, 'en'), 'tables': (tables, 'de'), 'cards': (cards, 'en'), 'spoilers': (spoilers, 'en'), 'warnings': (warnings, 'en'),
         'notes-ar': (notes, 'ar'), 'tables-he': (tables, 'he'), 'spoilers-ja': (spoilers, 'ja'), 'cards-ar': (cards, 'ar'),
         **{'every-' + lang: (every, lang) for lang in ('ar', 'he', 'ja', 'zh', 'ko', 'th', 'hi', 'hy', 'ka', 'ta', 'el')}}


def write(name, folder):
    """The source document of that name in a folder, with its pictures; its path."""
    make, lang = KINDS[name]
    maker = Maker('engines/' + name, lang)
    text = maker.written(make(maker))
    (folder / 'source.xml').write_text(text, encoding='utf-8')
    for picture, data in maker.pictures.items():
        (folder / picture).write_bytes(data)
    return folder / 'source.xml'
