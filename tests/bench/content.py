"""An example's words as sources for other typesetters: equal content, page, face, tags, contents and outline."""
import html
import pathlib
import re
import xml.etree.ElementTree as ET

LANG = '{http://www.w3.org/XML/1998/namespace}lang'
PARTS = dict(hook='', about='About the author', overview='Overview', takeaways='Takeaways', cues='Memory cues', story='The story',
             questions='Questions and answers', comparison='In comparison', people='People in the book',
             discussion='Questions for discussion', warnings='Content warnings', notes='Notes and sources', brand='')
HEADINGS = dict(title=2, headline=3, question=3, prompt=3, term=3, name=3)
LEAVES = set('p li dt dd source line speaker caption answer places description salutation signature locator attribution'.split())
BLOCKS = LEAVES | set(HEADINGS) | set('ol ul dl table tr td th thead tbody blockquote verse stanza letter aside figure'.split())
ITALIC = {'em', 'cite', 'foreign'}


def read(source):
    """(title, language, folder, blocks): a block is (level, inlines) or ('table', rows); an inline is (style, text)."""
    root = ET.parse(source).getroot()
    title = root.find('work/title')
    name = ' '.join(filter(None, [title.get('prefix'), ''.join(title.itertext()).strip()]))
    blocks = []
    for part in root:
        if part.tag in PARTS:
            own = part.find('title')
            if own is None and PARTS[part.tag]:
                blocks.append((1, [('', PARTS[part.tag])]))
            for child in part:
                _block(child, blocks, 1 if child is own else None)
    return name, root.get(LANG), pathlib.Path(source).parent, _unskipped(blocks)


def _unskipped(blocks):
    """No heading skips a level: PDF/UA-1 allows none."""
    above, out = 0, []
    for level, content in blocks:
        if level and level != 'table':
            level = above = min(level, above + 1)
        out.append((level, content))
    return out


def _block(element, blocks, level=None):
    if element.tag == 'table':
        blocks.append(('table', [[_inlines(cell) for cell in row] for row in element.iter('tr')]))
    elif any(child.tag in BLOCKS for child in element):
        for child in element:
            _block(child, blocks)
    else:
        inlines = _inlines(element)
        if inlines:
            blocks.append((level or HEADINGS.get(element.tag, 0), inlines))


def _inlines(element, style=''):
    out = [(style, element.text or '')]
    for child in element:
        if child.tag == 'note':
            out.append(('note', ' '.join(''.join(child.itertext()).split())))
        elif child.tag == 'q':
            out += [(style, '“')] + _inlines(child, style) + [(style, '”')]
        else:
            out += _inlines(child, 'em' if child.tag in ITALIC else style)
        out.append((style, child.tail or ''))
    squeezed = [(s, re.sub(r'\s+', ' ', t)) for s, t in out]
    return [(s, t) for s, t in squeezed if t] if any(t.strip() for _, t in squeezed) else []


# ---- Typst --------------------------------------------------------------------------------------

def typst(title, language, folder, blocks):
    escape = lambda s: re.sub(r'([\\#$*\[\]<>@`=~/_;-])', r'\\\1', s)
    inline = lambda runs: ''.join({'em': '#emph[%s]', 'note': '#footnote[%s]'}.get(s, '%s') % escape(t) for s, t in runs).strip()
    out = ['''#set document(title: "%s", date: none)
#set page(width: 419.53pt, height: 595.28pt, margin: (inside: 46pt, outside: 69pt, top: 64.5pt, bottom: 96.8pt), numbering: "1", header: [%s])
#set text(font: "Vollkorn", size: 10.5pt, lang: "%s", hyphenate: true, features: ("ss11",))
#set par(justify: true, first-line-indent: 14pt, leading: 3.5pt, spacing: 3.5pt)
#outline(depth: 3)
''' % (title, title, language.split('-')[0])]
    for level, content in blocks:
        if level == 'table':
            columns = max(map(len, content))
            cells = [''.join('[%s], ' % inline(c) for c in row) for row in content]
            out.append('#table(columns: %d, table.header(%s), %s)' % (columns, cells[0], ''.join(cells[1:])))
        elif level:
            out.append('=' * level + ' ' + inline(content))
        else:
            out.append(re.sub(r'^(\d+)\.', r'\1\\.', inline(content)))
    return '\n\n'.join(out) + '\n'


# ---- HTML: WeasyPrint, Prince, Pandoc -------------------------------------------------------------

STYLE = '''@font-face{font-family:Book;src:url(fonts/Vollkorn-Regular.ttf)}
@font-face{font-family:Book;font-style:italic;src:url(fonts/Vollkorn-Italic.ttf)}
@font-face{font-family:Book;font-weight:600;src:url(fonts/Vollkorn-SemiBold.ttf)}
@page{size:419.53pt 595.28pt;margin:64.5pt 69pt 96.8pt 46pt;@top-center{content:"%s"}@bottom-right{content:counter(page)}}
body{margin:0;font:10.5pt/14pt Book;text-align:justify;hyphens:auto}p{margin:0;text-indent:14pt;widows:2;orphans:2}
h1,h2,h3{font-weight:600;break-after:avoid;text-align:left}h1{font-size:21pt}h2{font-size:14pt}h3{font-size:10.5pt}
.note{float:footnote}nav a::after{content:leader('.') target-counter(attr(href),page)}'''


def page(title, language, folder, blocks):
    inline = lambda runs: ''.join({'em': '<em>%s</em>', 'note': '<span class="note">%s</span>'}.get(s, '%s') % html.escape(t, quote=False) for s, t in runs).strip()
    body, contents = [], []
    for level, content in blocks:
        if level == 'table':
            rows = ['<tr>%s</tr>' % ''.join('<%s>%s</%s>' % (tag, inline(c), tag) for c in row)
                    for tag, row in (('th' if i == 0 else 'td', row) for i, row in enumerate(content))]
            body.append('<table>%s</table>' % ''.join(rows))
        elif level:
            contents.append('<li><a href="#h%d">%s</a></li>' % (len(contents), inline([r for r in content if r[0] != 'note'])))
            body.append('<h%d id="h%d">%s</h%d>' % (level, len(contents) - 1, inline(content), level))
        else:
            body.append('<p>%s</p>' % inline(content))
    return '''<!DOCTYPE html>
<html lang="%s"><head><meta charset="utf-8"><title>%s</title><style>%s</style></head><body><nav><ol>%s</ol></nav>
%s
</body></html>
''' % (language, html.escape(title), STYLE % title.replace('"', '\\"'), '\n'.join(contents), '\n'.join(body))
