"""A small EPUB that no rule has anything against, made from templates, and changes of it."""
import io
import struct
import zipfile
import zlib

CONTAINER = '''<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
'''

PACKAGE = '''<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="uid" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="uid">urn:uuid:7e3a1c5e-0c3b-5c1d-9f0a-3b1d5a7c9e10</dc:identifier>
<dc:title>The Keeper</dc:title>
<dc:language>en</dc:language>
<dc:source>urn:uuid:1e3a1c5e-0c3b-5c1d-9f0a-3b1d5a7c9e10</dc:source>
<meta property="dcterms:modified">2026-11-29T12:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">All pictures have a text.</meta>
<meta name="cover" content="cover-jpg"/>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="css" href="style.css" media-type="text/css"/>
<item id="cover-jpg" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>
<item id="lamp" href="lamp.png" media-type="image/png"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/>
</manifest>
<spine toc="ncx">
<itemref idref="cover"/>
<itemref idref="one"/>
<itemref idref="two"/>
</spine>
<guide><reference type="text" title="Start" href="one.xhtml"/></guide>
</package>
'''

HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><title>%s</title><link rel="stylesheet" href="style.css"/></head>
'''

NAV = HEAD % 'Contents' + '''<body>
<nav epub:type="toc"><h1>Contents</h1><ol>
<li><a href="one.xhtml">One</a><ol>
<li><a href="one.xhtml#lamp">Lamp</a></li>
</ol></li>
<li><a href="two.xhtml">Two</a></li>
</ol></nav>
<nav epub:type="page-list" hidden="hidden"><ol>
<li><a href="one.xhtml#page-1">1</a></li>
<li><a href="two.xhtml#page-2">2</a></li>
</ol></nav>
<nav epub:type="landmarks" hidden="hidden"><ol>
<li><a epub:type="bodymatter" href="one.xhtml">Start</a></li>
</ol></nav>
</body>
</html>
'''

NCX = '''<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="urn:uuid:7e3a1c5e-0c3b-5c1d-9f0a-3b1d5a7c9e10"/>
<meta name="dtb:maxPageNumber" content="2"/></head>
<docTitle><text>The Keeper</text></docTitle>
<navMap>
<navPoint id="n1" playOrder="1"><navLabel><text>One</text></navLabel><content src="one.xhtml"/></navPoint>
<navPoint id="n2" playOrder="2"><navLabel><text>Two</text></navLabel><content src="two.xhtml"/></navPoint>
</navMap>
<pageList>
<pageTarget id="p1" type="normal" value="1" playOrder="1"><navLabel><text>1</text></navLabel><content src="one.xhtml#page-1"/></pageTarget>
<pageTarget id="p2" type="normal" value="2" playOrder="2"><navLabel><text>2</text></navLabel><content src="two.xhtml#page-2"/></pageTarget>
</pageList>
</ncx>
'''

COVER = HEAD % 'Cover' + '''<body epub:type="cover"><p><img src="cover.jpg" alt="The Keeper"/></p></body>
</html>
'''

ONE = HEAD % 'One' + '''<body>
<section epub:type="chapter">
<h1><span id="page-1" epub:type="pagebreak" role="doc-pagebreak" aria-label="1"></span>One</h1>
<p>The keeper wound the lamp.<a id="mark-1" href="#note-1" epub:type="noteref" role="doc-noteref">1</a></p>
<h2><span id="lamp"></span>The lamp</h2>
<p>It burned whale oil. <a href="two.xhtml">See the second part.</a></p>
<p><img src="lamp.png" alt="A lamp"/></p>
<aside id="note-1" epub:type="footnote" role="doc-footnote">
<p>Or so they say. <a href="#mark-1" epub:type="backlink" role="doc-backlink">Back</a></p>
</aside>
</section>
</body>
</html>
'''

TWO = HEAD % 'Two' + '''<body>
<section>
<h1><span id="page-2" epub:type="pagebreak" role="doc-pagebreak" aria-label="2"></span>Two</h1>
<p>The glass broke on the second night of the storm.</p>
<table><tr><th>Night</th><th>Wind</th></tr><tr><td>1</td><td>7</td></tr></table>
</section>
</body>
</html>
'''

STYLE = '''/* A sheet that old engines understand. */
section, nav, aside { display: block; }
p { margin: 0; text-indent: 1em; }
h1, h2 { page-break-after: avoid; }
'''


def jpeg(width, height, components=3):
    """The headers of a JPEG, nothing of its picture."""
    frame = struct.pack('>BHHB', 8, height, width, components) + bytes(3 * components)
    return (b'\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00'
            + b'\xff\xc0' + struct.pack('>H', len(frame) + 2) + frame + b'\xff\xd9')


def png(width, height, pixel, kind=6):
    """A PNG whose pixels are `pixel(x, y)`, bytes of the colour type `kind`."""
    rows = b''.join(b'\0' + b''.join(pixel(x, y) for x in range(width)) for y in range(height))

    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, kind, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b''))


def strokes(ink, ground):
    """A drawing: every eighth row is ink."""
    return png(32, 32, lambda x, y: ink if y % 8 == 0 else ground)


def base():
    """{path: bytes} in the order of the container."""
    texts = {'META-INF/container.xml': CONTAINER, 'OEBPS/package.opf': PACKAGE, 'OEBPS/nav.xhtml': NAV, 'OEBPS/toc.ncx': NCX,
             'OEBPS/style.css': STYLE, 'OEBPS/cover.xhtml': COVER, 'OEBPS/one.xhtml': ONE, 'OEBPS/two.xhtml': TWO}
    files = {'mimetype': b'application/epub+zip', **{path: text.encode() for path, text in texts.items()}}
    files['OEBPS/cover.jpg'] = jpeg(1600, 2400)
    files['OEBPS/lamp.png'] = strokes(b'\x10\x10\x10\xff', b'\xff\xff\xff\xff')
    return files


def edit(path, old, new):
    """Another text in one place of a file."""
    def change(files):
        name = path if path in files else 'OEBPS/' + path
        before = files[name]
        assert old.encode() in before, (path, old)
        files[name] = before.replace(old.encode(), new.encode(), 1)
    return change


def append(path, text):
    def change(files):
        files['OEBPS/' + path] += text.encode()
    return change


def put(path, data):
    def change(files):
        files[path if '/' in path else 'OEBPS/' + path] = data if isinstance(data, bytes) else data.encode()
    return change


def drop(path):
    def change(files):
        del files[path if path in files else 'OEBPS/' + path]
    return change


def in_manifest(identifier, href, media_type, more=''):
    return edit('package.opf', '</manifest>', '<item id="%s" href="%s" media-type="%s"%s/>\n</manifest>' % (identifier, href, media_type, more))


def language(tag):
    """The whole book in another language."""
    def change(files):
        for name in files:
            if name.endswith(('.opf', '.xhtml')):
                files[name] = files[name].replace(b'<dc:language>en<', b'<dc:language>%s<' % tag.encode()).replace(
                    b'xml:lang="en" lang="en"', b'xml:lang="%s" lang="%s"' % (tag.encode(), tag.encode()))
    return change


def right_to_left(files):
    """In Arabic, with its direction."""
    language('ar')(files)
    for name in files:
        files[name] = files[name].replace(b'lang="ar">\n<head>', b'lang="ar" dir="rtl">\n<head>')
    edit('package.opf', '<spine toc="ncx">', '<spine toc="ncx" page-progression-direction="rtl">')(files)


def fixed(files):
    """Fixed pages, each with its size."""
    edit('package.opf', '</metadata>', '<meta property="rendition:layout">pre-paginated</meta>\n</metadata>')(files)
    for name in ('cover', 'one', 'two'):
        edit(name + '.xhtml', '</title>', '</title><meta name="viewport" content="width=600, height=800"/>')(files)


def as_epub_2(files):
    """The same book as an EPUB 2."""
    package = files['OEBPS/package.opf'].decode()
    lines = [line for line in package.replace('version="3.0"', 'version="2.0"').splitlines() if 'property="' not in line and 'id="nav"' not in line]
    files['OEBPS/package.opf'] = '\n'.join(lines).replace(' properties="cover-image"', '').encode()
    del files['OEBPS/nav.xhtml']


def make(*changes):
    """The bytes of the book after the changes."""
    files = base()
    for change in changes:
        change(files)
    return zipped(files)


def zipped(files, first_stored=True):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as container:
        for path, data in files.items():
            stored = path == 'mimetype' and first_stored
            container.writestr(zipfile.ZipInfo(path), data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()
