"""Small files made by hand, byte for byte known: a tagged PDF and an EPUB."""
import io
import zipfile


def pdf(content, marks, cmap, tree=True, boxes='', widths=''):
    """A page with `content`; `marks`: structure elements' bodies under Document; `boxes`: more of the page's; `widths`:
    the font's /W array, else it says nothing of widths."""
    objects = {1: '<</Type/Catalog/Pages 2 0 R%s>>' % ('/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>' if tree else ''),
               2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
               3: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]%s/Contents 4 0 R/Resources<</Font<</F0 5 0 R>>>>>>' % boxes,
               4: stream(content), 5: '<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[%s]%s>>' % ('<</W%s>>' % widths if widths else '', '/ToUnicode 8 0 R' if cmap else ''),
               6: '<</Type/StructTreeRoot/K 7 0 R>>',
               7: '<</Type/StructElem/S/Document/P 6 0 R/K[%s]>>' % ' '.join('%d 0 R' % (9 + i) for i in range(len(marks))),
               8: stream(cmap or '')}
    for i, body in enumerate(marks):
        objects[9 + i] = '<</Type/StructElem/P 7 0 R/Pg 3 0 R%s>>' % body
    out, places = b'%PDF-1.7\n', []
    for number in sorted(objects):
        places.append(len(out))
        out += ('%d 0 obj\n%s\nendobj\n' % (number, objects[number])).encode('latin-1')
    start = len(out)
    out += ('xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1)).encode()
    out += b''.join(b'%010d 00000 n \n' % place for place in places)
    return out + ('trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1, start)).encode()


def stream(text):
    return '<</Length %d>>\nstream\n%s\nendstream' % (len(text), text)


def cmap(*pieces):
    return '1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n' + '\n'.join(pieces) + '\nendcmap\n'


CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="E/p.opf"/></rootfiles></container>'
PACKAGE = ('<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a%20b.xhtml"/></manifest>'
           '<spine><itemref idref="a"/></spine></package>')


def epub(body, **changes):
    """`changes`: other text for CONTAINER, PACKAGE; None leaves the file out."""
    files = {'META-INF/container.xml': changes.get('container', CONTAINER), 'E/p.opf': changes.get('package', PACKAGE),
             'E/a b.xhtml': changes.get('content', '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
                                                   '<head><title>T</title></head><body>%s</body></html>' % body)}
    return zipped({name: text.encode() for name, text in files.items() if text is not None})


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as container:
        for name, data in files.items():
            container.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
