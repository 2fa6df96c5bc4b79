#!/usr/bin/env python3
"""source/reference.md lists each code of exporter/diag/codes.hpp, once and in its order, and no other; an error with its summary.
The rules for EPUBs (10xx) stand in a page that the program writes itself: source/epub-rules.md, which the test suite.rules compares.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def complaints():
    codes = re.findall(r'X\(([EWN]0\d{3}), \w+, "([^"]*)"\)', (ROOT / 'exporter/diag/codes.hpp').read_text(encoding='utf-8'))
    rows = re.findall(r'^\| ([EWN]\d{4}) \| ([^|]*[^| ]) *\|', (ROOT / 'source/reference.md').read_text(encoding='utf-8'), re.M)
    if not codes or not rows:
        yield 'no code found: %d in codes.hpp, %d in reference.md' % (len(codes), len(rows))
    for kind in 'WNE':
        wanted, listed = ([code for code, _ in table if code[0] == kind] for table in (codes, rows))
        for code in sorted({*wanted, *listed}):
            if wanted.count(code) != listed.count(code):
                yield '%s: %d in codes.hpp, %d in reference.md' % (code, wanted.count(code), listed.count(code))
        if sorted(wanted) == sorted(listed) and wanted != listed:
            yield 'reference.md has the codes %s… in another order' % kind
    for code, text in rows:
        if code[0] == 'E' and (code, text) not in codes:
            yield '%s: reference.md says "%s", codes.hpp "%s"' % (code, text, dict(codes).get(code))


found = list(complaints())
print('\n'.join(found) or 'reference.md lists every code')
sys.exit(1 if found else 0)
