"""A PDF's structure, page labels and text, by way of qpdf's JSON: which text belongs to which element, on which page."""
import base64
import json
import pathlib
import re
import tempfile

from judges import run

INLINE = {'Span', 'Quote', 'Link', 'Reference', 'Ruby', 'RB', 'RT', 'RP', 'Em', 'Strong', 'Code', 'Annot', 'BibEntry', 'Warichu'}


class Pdf:
    def __init__(self, path, decoded=True):
        """`decoded`: streams without their compression; else as they are stored."""
        self.path = pathlib.Path(path)
        answer = run(['qpdf', '--json=2', '--json-key=qpdf', '--json-stream-data=inline', '--decode-level=' + ('generalized' if decoded else 'none'), path])
        if answer.returncode:
            raise ValueError('qpdf can not read %s: %s' % (path, answer.stderr))
        self.header, self.objects = json.loads(answer.stdout)['qpdf']
        self.catalogue = self.value(self.value(self.objects['trailer']['value'])['/Root'])
        self.pages = list(self._leaves(self.catalogue['/Pages']))   # references, in order

    def value(self, v):
        """What a reference stands for; anything else is itself. A stream gives its dictionary."""
        while isinstance(v, str) and re.fullmatch(r'\d+ \d+ R', v):
            o = self.objects['obj:' + v]
            v = o['value'] if 'value' in o else o['stream']['dict']
        return v

    def _leaves(self, reference):
        node = self.value(reference)
        if node.get('/Type') == '/Pages':
            for kid in self.value(node['/Kids']):
                yield from self._leaves(kid)
        else:
            yield reference

    def labels(self):
        """The page labels (ISO 32000-1 12.4.2), one a page."""
        ranges = {}
        def walk(node):
            node = self.value(node)
            numbers = self.value(node.get('/Nums', []))
            ranges.update((numbers[i], self.value(numbers[i + 1])) for i in range(0, len(numbers), 2))
            for kid in self.value(node.get('/Kids', [])):
                walk(kid)
        walk(self.catalogue.get('/PageLabels', {}))
        result, current, start = [], {}, 0
        for index in range(len(self.pages)):
            if index in ranges:
                current, start = ranges[index], index
            number = current.get('/St', 1) + index - start
            style = current.get('/S')
            prefix = text_string(self.value(current.get('/P', 'u:')))
            figure = {None: '', '/D': str(number), '/r': roman(number), '/R': roman(number).upper()}[style]
            result.append(prefix + figure)
        return result

    def marks(self):
        """{(page reference, MCID): the roles from Document down to the element}."""
        roles = self.value(self.value(self.catalogue['/StructTreeRoot']).get('/RoleMap', {}))
        found = {}
        def walk(kid, page, chain):
            item = self.value(kid)
            if isinstance(item, list):
                for k in item:
                    walk(k, page, chain)
            elif isinstance(item, int):
                found[page, item] = chain
            elif '/MCID' in item:
                found[item.get('/Pg', page), item['/MCID']] = chain
            elif '/S' in item:
                role = self.value(item['/S'])
                walk(item.get('/K', []), item.get('/Pg', page), chain + (self.value(roles.get(role, role))[1:],))
        walk(self.value(self.catalogue['/StructTreeRoot']).get('/K', []), None, ())
        return found

    def content(self, page):
        """The content of a page, and the reference of its first stream (others are listed after it)."""
        contents = self.value(page)['/Contents']
        references = contents if isinstance(contents, list) else [contents]
        if len(references) == 1 and isinstance(self.value(references[0]), list):
            references = self.value(references[0])
        return b'\n'.join(base64.b64decode(self.objects['obj:' + r]['stream']['data']) for r in references), references

    def only(self, keep, path):
        """Writes a copy to `path` in which only that content is painted whose roles `keep` accepts. Artifacts are left out."""
        marks, changed = self.marks(), {}
        for page in self.pages:
            data, references = self.content(page)
            data = without(data, lambda mcid: mcid is not None and keep(marks.get((page, mcid), ())))
            for i, reference in enumerate(references):
                stream = {'dict': {}, 'data': base64.b64encode(data if i == 0 else b'').decode()}
                changed['obj:' + reference] = {'stream': stream}
        header = dict(self.header)
        with tempfile.NamedTemporaryFile('w', suffix='.json') as patch:
            json.dump({'qpdf': [header, changed]}, patch)
            patch.flush()
            done = run(['qpdf', self.path, '--update-from-json=' + patch.name, path])
        if done.returncode:
            raise ValueError('qpdf could not write the copy: ' + done.stderr)


def text_string(v):
    """qpdf's JSON strings: 'u:' text, 'b:' bytes in hex."""
    return v[2:] if v.startswith('u:') else bytes.fromhex(v[2:]).decode('latin-1')


def roman(n):
    out = ''
    for value, figure in ((1000, 'm'), (900, 'cm'), (500, 'd'), (400, 'cd'), (100, 'c'), (90, 'xc'), (50, 'l'), (40, 'xl'),
                          (10, 'x'), (9, 'ix'), (5, 'v'), (4, 'iv'), (1, 'i')):
        while n >= value:
            out, n = out + figure, n - value
    return out


# Tokens of a content stream (ISO 32000-1 7.2): strings first, since they may hold anything.
TOKEN = re.compile(rb'''(?P<string>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<dict><<|>>)|(?P<comment>%[^\r\n]*)
                       |(?P<bracket>[\[\]])|(?P<name>/[^\s()<>\[\]{}/%]*)|(?P<word>[^\s()<>\[\]{}/%]+)''', re.X | re.S)
SHOW = {b'Tj': b'', b'TJ': b'', b"'": b'T*', b'"': b'T*'}
PAINT = {b'f', b'F', b'f*', b'B', b'B*', b'b', b'b*', b'S', b's'}


def without(data, keep):
    """A content stream in which text, paths and images are not painted where keep(MCID or None) is false.

    Only painting is taken out: positions, fonts and colours stay as they were for what follows.
    """
    out, operands, depth, shown = [], [], 0, []
    for token in TOKEN.finditer(data):
        text = token.group()
        if token.lastgroup == 'comment':
            continue
        if token.lastgroup != 'word' or re.fullmatch(rb'[+-]?[\d.]+|true|false|null', text):
            operands.append(text)
            continue
        if text == b'BI':
            raise ValueError('inline images are not read here')
        if text in (b'BDC', b'BMC'):
            mcid = re.search(rb'/MCID (\d+)', b' '.join(operands))
            outer = shown[-1] if shown else None
            # An inner sequence without a number of its own (a span with ActualText) belongs to the outer one.
            shown.append(keep(int(mcid.group(1))) if mcid else bool(outer) and operands[0] != b'/Artifact')
        elif text == b'EMC':
            shown.pop()
        visible = bool(shown) and shown[-1]
        if visible or not (text in SHOW or text in PAINT or text in (b'Do', b'sh')):
            out.append(b' '.join(operands + [text]))
        elif text in PAINT:
            out.append(b'n')
        else:
            out.append(SHOW.get(text, b''))
        operands = []
    return b'\n'.join(out)


def page_texts(path):
    """The text of each page as mutool reads it."""
    done = run(['mutool', 'draw', '-q', '-F', 'txt', path])
    if done.returncode:
        raise ValueError('mutool: ' + done.stderr)
    return done.stdout.split("\f")[:-1]   # a form feed ends each page


def join_lines(text):
    """Lines of a paragraph as one text: a soft hyphen joins, and so does a word's own hyphen; else a line's end parts words."""
    return re.sub('([-\u2010])\n(?=\\w)', r'\1', re.sub('\u00ad\\s*\n?', '', text))


# ---- poppler's structure text -------------------------------------------------------------------

ELEMENT = re.compile(r'(?P<indent> *)(?P<role>[A-Z][A-Za-z0-9]*)(?: <[^>]*>)?(?: ".*")?(?: \((?:block|inline|grouping|table|annotation)[^)]*\))?:?$')


def structure_text(path):
    """[(roles from the top, number of the block that holds it, text)] in logical order: poppler's `pdfinfo -struct-text`."""
    done = run(['pdfinfo', '-struct-text', path])
    if done.returncode:
        raise ValueError('pdfinfo: ' + done.stderr)
    found, stack, pending, blocks = [], [(-1, '', 0)], None, 0
    def take(text):
        found.append((tuple(role for _, role, _ in stack[1:]), stack[-1][2], text.strip(' ')[1:-1]))
    for line in done.stdout.split('\n'):
        if pending is not None:                        # a text that holds a line's end
            pending += '\n' + line
            if line.endswith('"'):
                take(pending)
                pending = None
            continue
        depth = len(line) - len(line.lstrip(' '))
        if line.lstrip().startswith('"'):
            while stack[-1][0] >= depth:
                stack.pop()
            if line.endswith('"') and len(line.strip()) > 1:
                take(line)
            else:
                pending = line
            continue
        element = ELEMENT.match(line)
        if element:
            while stack[-1][0] >= depth:
                stack.pop()
            role = element.group('role')
            blocks += role not in INLINE
            stack.append((depth, role, stack[-1][2] if role in INLINE else blocks))
    if pending is not None:
        raise ValueError('an unfinished text in the structure: ' + pending)
    return found


def stream(pieces, keep):
    """One text of the pieces whose roles `keep` accepts; a line's end parts different blocks."""
    out, last = [], None
    for roles, block, text in pieces:
        if not keep(roles):
            continue
        if last is not None and block != last:
            out.append('\n')
        out.append(text)
        last = block
    return join_lines(''.join(out))
