#!/usr/bin/env python3
"""Prints how many bytes of memory an export of both files takes for each byte of its source, by kind of content.

    memory.py --program EPITOME [--check] [KIND…]

Two sizes of each kind give the slope, so that what every export takes (the program, its fonts, the pages that page breaking
looks at together) is left aside; the last column is that constant. --check fails where a slope is MOST or more.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

MOST = 60
SIZES = 400_000, 1_200_000  # beyond the text that is kept prepared, below the limit of nodes
HEAD = '''<summary version="1" xml:lang="%s"><work><title prefix="The">Lamp</title><contributor role="author">Ann Example</contributor>\
<original-language>en</original-language></work><edition><date>2024-05-31</date></edition><overview><p>He tends it.</p>%s</overview>%s</summary>'''
PEAK = '''import os, sys
child = os.fork()
if child == 0:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)'''

WORDS = ('keeper lamp barrel stair winter gale signal harbour window letter oil brass glass watch morning answer silence ledger '
         'boat rope island weather daughter promise the a of and in that was his for').split()


def words(n, seed):
    """So many words, always the same ones for a seed, as a sentence."""
    chosen = []
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % (1 << 31)
        chosen.append(WORDS[(seed >> 8) % len(WORDS)])
    return ' '.join(chosen).capitalize() + '.'


def emphasised(n, seed):
    parts = words(n, seed)[:-1].split(' ')
    return ' '.join('<em>%s</em>' % word if i % 2 else word for i, word in enumerate(parts)) + '.'


# kind: (language, what stands before the pieces, the i-th piece, what stands behind them); "|" before: a part of its own, not in the overview
KINDS = {
    'running-text': ('en', '', lambda i: '<p>%s %s</p>' % (words(40 + i * 7 % 60, i), words(20, i + 9)), ''),
    'short-paragraphs': ('en', '', lambda i: '<p>%s</p>' % words(4 + i % 5, i), ''),
    'phrases': ('en', '', lambda i: '<p>%s</p>' % emphasised(40 + i * 7 % 40, i), ''),
    'links': ('en', '', lambda i: '<p>%s</p>' % ' '.join(
        '%s <a href="https://example.org/%d/%d">%s</a>' % (words(2, i + k), i, k, words(2, i * k)) for k in range(12)), ''),
    'quotations': ('en', '', lambda i: '<p>%s</p>' % ' '.join('%s <q>%s</q>' % (words(3, i + k), words(3, i * k)) for k in range(12)), ''),
    'notes': ('en', '', lambda i: '<p>%s<note>%s</note> %s</p>' % (words(12, i), words(8, i + 5), words(12, i + 7)), ''),
    'short-items': ('en', '<ul>', lambda i: '<li>%s %d</li>' % (words(2, i), i), '</ul>'),
    'numbered-items': ('en', '<ol>', lambda i: '<li>%s %d</li>' % (words(2, i), i), '</ol>'),
    'definitions': ('en', '<dl>', lambda i: '<dt>%s</dt><dd>%s</dd>' % (words(2, i), words(8, i)), '</dl>'),
    'rows': ('en', '', lambda i: '<table><tbody>%s</tbody></table>' % ''.join(
        '<tr>%s</tr>' % ''.join('<td>%s</td>' % words(3, i + r * 5 + c) for c in range(3)) for r in range(12)), ''),
    'verse-lines': ('en', '<verse>', lambda i: '<stanza>%s</stanza>' % ''.join('<line>%s</line>' % words(6, i + k) for k in range(4)), '</verse>'),
    'block-quotations': ('en', '', lambda i: '<blockquote><p>%s</p><attribution><speaker>Ann</speaker></attribution></blockquote>' % words(20, i), ''),
    'chapters': ('en', '|<story>', lambda i: '<chapter><title>%s</title><p>%s</p></chapter>' % (words(3, i), words(60, i)), '</story>'),
    'takeaways': ('en', '|<takeaways>', lambda i: '<takeaway><headline>%s</headline><p>%s</p></takeaway>' % (words(6, i), words(30, i)), '</takeaways>'),
    'cues': ('en', '|<cues>', lambda i: '<cue><prompt>%s</prompt><answer>%s</answer></cue>' % (words(6, i), words(10, i)), '</cues>'),
    'arabic': ('ar', '', lambda i: '<p>%s</p>' % ' '.join(('حارس', 'المنارة', 'يعد', 'البراميل', 'قبل', 'الأيام', 'والضوء')[(i * k + k) % 7] for k in range(40)), ''),
    'japanese': ('ja', '', lambda i: '<p>%s</p>' % ''.join(('灯台の番人は', '樽を数えてから', '日を数え、', '灯は燃え続ける。')[(i * k + k) % 4] for k in range(30)), ''),
}


def document(kind, size):
    """The kind's pieces until the document has so many bytes."""
    language, before, piece, behind = KINDS[kind]
    pieces, left, i = [], size, 0
    while left > 0:
        i += 1
        pieces.append(piece(i) + '\n')
        left -= len(pieces[-1].encode())
    own = before.lstrip('|') + ''.join(pieces) + behind
    return HEAD % ((language,) + (('', own) if before.startswith('|') else (own, '')))


def peak(program, source, out):
    """Bytes. A new process begins with the size of the one that starts it: so a small one does."""
    done = subprocess.run([sys.executable, '-ISc', PEAK, program, 'export', source, '-o', out], capture_output=True, text=True)
    if not done.stdout.startswith('0 '):
        sys.exit('%s: not exported\n%s' % (source, done.stderr[-2000:]))
    return int(done.stdout.split()[1]) * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--check', action='store_true')
    parser.add_argument('kinds', nargs='*', metavar='KIND')
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    beyond = []
    for kind in arguments.kinds or KINDS:
        measured = []
        for size in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                source = pathlib.Path(folder, kind + '.xml')
                source.write_text(document(kind, size), encoding='utf-8')
                measured.append((source.stat().st_size, peak(program, str(source), folder)))
        (small, least), (large, most) = measured
        slope = (most - least) / (large - small)
        print('%-18s %5.1f bytes a byte   %5.0f MB besides' % (kind, slope, (least - slope * small) / 2**20), flush=True)
        if slope >= MOST:
            beyond.append(kind)
    if arguments.check and beyond:
        sys.exit('%d bytes a byte or more: %s' % (MOST, ', '.join(beyond)))


if __name__ == '__main__':
    main()
