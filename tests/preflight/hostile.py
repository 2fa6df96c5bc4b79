"""Files that are no EPUB, or are made to cost memory, time or a file outside: small on disk, each one fault."""
import io
import zipfile

import book


def container(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_STORED if name == 'mimetype' else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_file(name, data):
    return book.make(lambda files: files.update({name: data}))


def page(body):
    return (book.HEAD % 'Two' + '<body>' + body + '</body></html>').encode()


def files():
    """(name, bytes)."""
    yield 'empty', b''
    yield 'no ZIP', b'PK\3\4' + bytes(100)
    yield 'cut off', book.make()[:900]
    yield 'no package', container([('mimetype', b'application/epub+zip')])
    yield 'a package that is not there', book.make(book.drop('OEBPS/package.opf'))
    yield 'a package that is no XML', with_file('OEBPS/package.opf', b'<package')
    yield 'a damaged document', damaged()
    yield 'a bomb: a document of 100 MB', with_file('OEBPS/two.xhtml', bytes(100 << 20))
    yield 'a bomb: a document of 16 MB of tags', with_file('OEBPS/two.xhtml', page('<b>' * 5_000_000))
    yield 'a bomb: many documents', many(12)
    yield 'deeply nested', with_file('OEBPS/two.xhtml', page('<div><p id="x" id="y">' * 100_000 + '</p></div>' * 100_000))
    yield 'links in links', with_file('OEBPS/two.xhtml', page('<a href="#x">' * 200_000 + '</a>' * 200_000))
    yield 'an attribute without an end', with_file('OEBPS/two.xhtml', page('<p a="' + 'x' * 5_000_000))
    yield 'an entity bomb', with_file('OEBPS/two.xhtml', ('<!DOCTYPE html [<!ENTITY a0 "x">%s]>' % ''.join(
        '<!ENTITY a%d "%s">' % (i, '&a%d;' % (i - 1) * 10) for i in range(1, 20))).encode() + page('<p>&a19;</p>'))
    yield 'an outer entity', with_file('OEBPS/two.xhtml', b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + page('<p>&a;</p>'))
    yield 'a path out of the container', with_file('../../outside.txt', b'x')
    yield 'addresses without an end', with_file('OEBPS/style.css', b'a{b:url(../../../x);c:' + b'url(' * 1_000_000)
    yield 'blocks without an end', with_file('OEBPS/style.css', b'@import "gone.css";' + b'@media x{' * 300_000 + b'a{' * 300_000)
    yield 'comments without an end', with_file('OEBPS/style.css', b'@import "gone.css";' + b'a{}/*' * 1_000_000)
    yield 'a hundred thousand items of nothing', book.make(lambda files: book.edit('package.opf', '</manifest>', ''.join(
        '<item id="i%d" href="x%d" media-type="image/png"/>' % (i, i) for i in range(100_000)) + '</manifest>')(files))
    yield 'a picture that says it is large', book.make(book.drop('two.xhtml'), book.put('lamp.png', book.strokes(b'\0\0\0\xff', bytes(4))[:16] + b'\x7f\xff\xff\xff' * 2 + b'\x08\x06' + bytes(60)))
    yield 'a file for all', large()


def damaged():
    """A byte of a compressed document is another one."""
    data = bytearray(book.make())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        place = archive.getinfo('OEBPS/two.xhtml').header_offset
    data[place + 30 + len('OEBPS/two.xhtml') + 40] ^= 0xFF
    return bytes(data)


def many(count):
    """Documents of 15 MB of text each, more together than a book has."""
    text = page('<p>%s</p>' % ('x' * 15_000_000))
    changes = [book.in_manifest('m%d' % i, 'm%d.xhtml' % i, 'application/xhtml+xml') for i in range(count)]
    return book.make(*changes, lambda files: files.update({'OEBPS/m%d.xhtml' % i: text for i in range(count)}))


def large():
    """Larger than what is sent to a Kindle, with an error besides: W1007."""
    out = io.BytesIO(book.make(book.drop('two.xhtml')))
    with zipfile.ZipFile(out, 'a', zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo('OEBPS/sound.raw'), bytes(210 << 20))
    return out.getvalue()
