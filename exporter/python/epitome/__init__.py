"""Typeset, tagged PDF and EPUB from one structured book summary.

    >>> import epitome
    >>> result = epitome.export(b'''<summary version="1" xml:lang="en">
    ...   <work><title prefix="The">Lamp</title><contributor role="author">Ann Example</contributor></work>
    ...   <edition><date>2024-05-31</date></edition>
    ...   <overview><p>A lamp is lit, and the room is seen.</p></overview>
    ... </summary>''', to=["pdf", "epub"])
    >>> [file.name for file in result.files]
    ['the-lamp.pdf', 'the-lamp.epub']
    >>> result.files[0].data[:8], result.words
    (b'%PDF-1.7', 9)

What an author can do wrong is told, not raised; then there are no files:

    >>> result = epitome.export(b'<summary version="1" xml:lang="en"/>')
    >>> result.files, result.diagnostics[0].code, result.diagnostics[0].line
    ((), 'E0202', 1)

The interpreter goes on while a document is set, and each thread has fonts and layouts of its own: a pool of threads uses
all cores.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor(2) as pool:
    ...     results = list(pool.map(epitome.export, [source] * 4))    # doctest: +SKIP
"""
from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from . import _epitome

__all__ = ['Diagnostic', 'File', 'Result', 'data_folder', 'export', 'formats', 'syntaxes', 'version']


@dataclass(frozen=True)
class Diagnostic:
    """What was found in the source, or in the program's installation."""
    severity: Literal['note', 'warning', 'error']
    code: str  # 'E0301': source/reference.md lists them
    message: str
    line: int  # from 1; 0: the source as a whole, or another file that the message names
    column: int  # from 1, in characters
    hints: tuple[str, ...]
    text: str  # as the program prints it, with the source's line

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class File:
    format: str  # 'pdf'
    name: str  # 'the-lamp.pdf'
    media_type: str
    data: bytes

    def write(self, folder: str | os.PathLike[str]) -> pathlib.Path:
        """Writes it into the folder, under its name."""
        path = pathlib.Path(folder) / self.name
        path.write_bytes(self.data)
        return path


@dataclass(frozen=True)
class Result:
    files: tuple[File, ...]  # those that were asked for; none if there is an error
    diagnostics: tuple[Diagnostic, ...]
    pages: int
    words: int

    @property
    def ok(self) -> bool:
        return bool(self.files)

    def __getitem__(self, format: str) -> bytes:
        """The bytes of the file in that format; KeyError if there is none."""
        for file in self.files:
            if file.format == format:
                return file.data
        raise KeyError(format)


def version() -> str:
    return _epitome.version()


def formats() -> list[str]:
    """What `to` may name."""
    return _epitome.formats()


def syntaxes() -> list[str]:
    """What a source can be written in: 'xml', 'json' …"""
    return _epitome.syntaxes()


def data_folder() -> str:
    """Layouts, patterns and the list of fonts: EPITOME_DATA, or those that came with the package."""
    return os.environ.get('EPITOME_DATA') or str(pathlib.Path(__file__).parent / 'data')


def export(source: bytes | str | os.PathLike[str], format: str | None = None, to: Iterable[str] = ('pdf', 'epub'), *,
           layout: str = 'book', date: str = '', parts: Iterable[str] = (), images: Mapping[str, bytes] | None = None, name: str = '<source>',
           on_missing_glyph: Literal['error', 'replace'] = 'error') -> Result:
    """Makes the files of one document, in memory.

    source: the document itself, as bytes or str; or a path (pathlib.Path), then images are read from beside it. OSError if that
        file can't be read.
    format: what the source is written in, one of syntaxes(); None: what a path ends in, else xml.
    to: some of formats().
    parts: only these kinds of parts; none named: all.
    layout: the name of a layout or a folder with one.
    date: of the edition, YYYY-MM-DD, instead of the document's own.
    images: their bytes, by the path that the document names them with; not with a path.
    name: what diagnostics call the source.
    ValueError for arguments that no document could be exported with.
    """
    wanted = [to] if isinstance(to, str) else list(to)
    if format is not None and format not in syntaxes():
        raise ValueError("format: there is no '%s'; there are %s" % (format, ', '.join(syntaxes())))
    if unknown := [one for one in wanted if one not in formats()] or not wanted:
        raise ValueError('to: %s; there are %s' % (unknown if wanted else 'nothing', ', '.join(formats())))
    if on_missing_glyph not in ('error', 'replace'):
        raise ValueError("on_missing_glyph: error or replace, not '%s'" % on_missing_glyph)
    if date and not _epitome.is_date(date):
        raise ValueError("date: '%s' is not a date; write YYYY-MM-DD" % date)
    folder = None
    if isinstance(source, os.PathLike):
        if images is not None:
            raise ValueError('images: they are read from beside the source')
        path = pathlib.Path(source)
        name, folder = str(path), str(path.parent) + '/'
        text = path.read_bytes()
    else:
        text = source.encode('utf-8') if isinstance(source, str) else bytes(source)
    diagnostics, files, pages, words = _epitome.run(
        data_folder(), name, text, dict(images or {}), folder, format or '', wanted, layout, date, list(parts),
        on_missing_glyph == 'replace')
    return Result(tuple(File(*file) for file in files),
                  tuple(Diagnostic(*fields[:5], tuple(fields[5]), fields[6]) for fields in diagnostics), pages, words)
