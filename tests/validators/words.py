"""Words: how text is cut into them, and how what a file says is compared with what the document says.

`epitome dump SOURCE --words` prints what the document says, a line a piece in the order of output: KIND, a tab, TEXT.
    body        text of the document: a paragraph, a heading, a cell …
    note        a footnote's text, in the order of their marks: a stream of its own
    generated   text that the program writes itself (labels, title page, imprint): known, and left out
"""
import dataclasses
import difflib
import re
import unicodedata

# Not to be seen: soft hyphen, zero-width space and joiners of lines, marks and isolates of direction.
UNSEEN = re.compile('[\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]')


def is_ideograph(character):
    """Ideographs and kana, which are written without spaces: a reader's program may put one where a line or a run ends."""
    return unicodedata.east_asian_width(character) == 'W' and unicodedata.name(character, '').startswith(('CJK', 'HIRAGANA', 'KATAKANA'))


def words(text):
    """Words of a text, composed (NFC), without what is not to be seen; a mark of punctuation is a word of its own.

    So a language's own spaces at its marks (French « mot ! ») make no difference, and what stands between a word and its
    full stop (a page's number, a note's mark) can be told from both. So is an ideograph or a kana. Apostrophes and hyphens stay inside their words.
    """
    out, word = [], ''
    text = UNSEEN.sub('', unicodedata.normalize('NFC', text))
    for at, character in enumerate(text):
        if character.isspace():
            out, word = out + [word] if word else out, ''
        elif is_ideograph(character):
            out += [word, character] if word else [character]
            word = ''
        elif unicodedata.category(character)[0] in 'PS' and not (
                character in "'’-\u2010\u2011" and word and text[at + 1:at + 2].isalnum()):
            out += [word, character] if word else [character]
            word = ''
        else:
            word += character
    return out + [word] if word else out


@dataclasses.dataclass
class Said:
    """What the document says: body and notes as words, generated text as phrases (lists of words)."""
    body: list
    notes: list
    generated: list


def said(dump):
    result = Said([], [], [])
    for number, line in enumerate(dump.splitlines(), 1):
        kind, tab, text = line.partition('\t')
        if not tab or kind not in ('body', 'note', 'generated'):
            raise ValueError('line %d of the words is neither body, note nor generated: %r' % (number, line))
        if kind == 'generated':
            result.generated.append(words(text))
        else:
            (result.body if kind == 'body' else result.notes).extend(words(text))
    return result


def said_body(dump):
    """The body of what the document says as one text, a line a piece."""
    return '\n'.join(text for kind, _, text in (line.partition('\t') for line in dump.splitlines()) if kind == 'body')


# Figures that a file writes: item numbers, page numbers (arabic, roman), marks of notes and list items, and what
# stands at them.
FIGURE = re.compile(r'(\d+|[ivxlcdm]+)$')
PUNCTUATION = set('.()[],:*†‡–•')


def _generated_ends(run, at, phrases):
    """Where generated words that begin at run[at] may end."""
    if FIGURE.match(run[at]) or run[at] in PUNCTUATION:
        yield at + 1
    for phrase in phrases:
        if phrase and run[at:at + len(phrase)] == phrase:
            yield at + len(phrase)


def _reach(expected, actual, phrases):
    """For each place in the file's words, the places in the document's that can be reached: word for word, generated words skipped."""
    reached = [set() for _ in range(len(actual) + 1)]
    reached[0].add(0)
    for at in range(len(actual)):
        if reached[at]:
            for end in _generated_ends(actual, at, phrases):
                reached[end] |= reached[at]
            reached[at + 1] |= {i + 1 for i in reached[at] if i < len(expected) and expected[i] == actual[at]}
    return reached


def is_generated(run, phrases):
    """Is this run of words nothing but generated phrases and figures, end to end?"""
    return bool(_reach([], run, phrases)[-1])


def compare(expected, actual, phrases=()):
    """What differs between the document's words and a file's, as sentences; empty if nothing does.

    A file may have more words than the document only where they are generated phrases or figures.
    """
    reached = _reach(expected, actual, phrases)
    if len(expected) in reached[-1]:
        return []
    # For a reader, all that differs in one likely alignment.
    found = []
    matcher = difflib.SequenceMatcher(None, expected, actual, autojunk=False)
    for tag, i, j, k, l in matcher.get_opcodes():
        if tag != 'equal' and not (tag == 'insert' and is_generated(actual[k:l], phrases)):
            found.append('after "%s": the document says "%s", the file "%s"' % (
                ' '.join(expected[max(0, i - 4):i]), ' '.join(expected[i:j][:12]), ' '.join(actual[k:l][:12])))
    return found or ['the words are the same, but not their order among generated words']
