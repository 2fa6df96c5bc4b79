"""How even word spaces are to the eye: the white between the ink of neighbouring words, whatever the font's advances say.

    python3 ink.py BOOK.pdf [--pages 20] [--first N --last N] [--measure-mm 105]

Pages are drawn as margins.py does, `--pages` of them at equal distances. A justified line's gap is the mean of its white strips, each
the widest between two words in the band of its small letters; lines with two gaps or more count, last lines don't.
"""
import statistics
import types

import margins
from boxes import load, parser


def white(rows, line, before, behind, size):
    """The widest strip without ink around the gap from `before` to `behind`, in points."""
    per_pt = margins.DPI / 72
    left, stop = int((before - size / 3) * per_pt), int((behind + size / 3) * per_pt)
    band = rows[int((line.mid - .45 * size) * per_pt):int((line.mid + .45 * size) * per_pt)]
    inked = 0
    for row in band:  # as numbers of bits, so that rows are joined at once
        inked |= int.from_bytes(row[left:stop].translate(bytes(255 - i for i in range(256))), 'big')
    columns = inked.to_bytes(stop - left, 'big')
    return max(map(len, columns.split(b'\xff'))) / per_pt


def spread(book, pdf, size, pages=20):
    """(spread, mean in points, lines) of the lines' mean white."""
    numbers = sorted({line.page for line in book.lines})
    means = []
    for page in [numbers[i * len(numbers) // pages] for i in range(min(pages, len(numbers)))]:
        used = [line for line in book.lines if line.page == page and not line.heading and not line.ends and book.full(line) and len(line.gaps) > 1]
        rows = margins.drawn(pdf, page) if used else None
        means += [statistics.mean(white(rows, line, a, b, size) for a, b in line.gaps) for line in used]
    return types.SimpleNamespace(spread=statistics.pstdev(means) / statistics.mean(means), mean=statistics.mean(means), lines=len(means))


def main():
    p = parser(__doc__)
    p.add_argument('--pages', type=int, default=20, help='how many are drawn')
    args = p.parse_args()
    found = spread(load(args), args.pdf, args.size_pt, args.pages)
    print('lines           %d\nink_gap_mean_pt %.3f\nink_gap_spread  %.4f' % (found.lines, found.mean, found.spread))


if __name__ == '__main__':
    main()
