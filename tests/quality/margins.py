"""How straight the right margin is to the eye: where the ink of the letters that end justified lines stands.

    python3 margins.py BOOK.pdf [--pages 20] [--first N --last N] [--measure-mm 105]

Pages are drawn at 600 dpi (poppler's pdftoppm), `--pages` of them at equal distances. Lines that end in a lower-case letter
count; f does not, whose hook stands out in every engine. Boxes (boxes.py) can't tell this: they end with an advance.
"""
import re, statistics as S, subprocess
from collections import defaultdict
from boxes import load, parser

DPI = 600
INK = bytes(255 if grey >= 128 else 0 for grey in range(256))


def drawn(pdf, page):
    """(width, rows of the page from top to bottom, a byte a pixel: 0 where there is ink)."""
    out = subprocess.run(['pdftoppm', '-gray', '-r', str(DPI), '-f', str(page), '-l', str(page), pdf], check=True, stdout=subprocess.PIPE).stdout
    head = re.match(rb'P5\s+(\d+)\s+(\d+)\s+255\s', out)
    width, height = int(head[1]), int(head[2])
    pixels = out[head.end():].translate(INK)
    return [pixels[y * width:(y + 1) * width] for y in range(height)]


def ink_end(rows, line, right, size):
    """From the measure's end to the ink's end, in points; beyond it is positive."""
    per_pt = DPI / 72
    left, stop = int((right - size) * per_pt), int((right + size) * per_pt)
    band = rows[int((line.mid - .45 * size) * per_pt):int((line.mid + .45 * size) * per_pt)]
    return max(len(row[left:stop].rstrip(b'\xff')) for row in band) / per_pt - (right - left / per_pt)


def main():
    p = parser(__doc__)
    p.add_argument('--pages', type=int, default=20, help='how many are drawn')
    args = p.parse_args()
    book = load(args)
    numbers = sorted({l.page for l in book.lines})
    ends, neighbours = defaultdict(list), []
    count = min(args.pages, len(numbers))
    for page in [numbers[i * len(numbers) // count] for i in range(count)]:
        rows, before = None, None
        for line in (l for l in book.lines if l.page == page):
            last = line.words[-1][2][-1]
            if line.heading or line.ends or not book.full(line) or not re.fullmatch('[a-eg-z]', last):
                before = None
                continue
            rows = rows or drawn(args.pdf, page)
            x = ink_end(rows, line, book.right(line), args.size_pt)
            ends[last].append(x)
            if before is not None:
                neighbours.append(abs(x - before))
            before = x
    every = [x for xs in ends.values() for x in xs]
    if len(every) < 20:
        raise SystemExit('too few lines end in a letter')
    same = sum(len(xs) * S.pvariance(xs) for xs in ends.values()) / len(every)
    print('lines                        %d' % len(every))
    print('ink_end_spread_pt            %.3f' % S.pstdev(every))
    print('ink_end_spread_same_letter   %.3f' % same ** .5)
    if neighbours:
        print('neighbours_over_half_pt_pct  %.1f' % (100 * sum(n > .5 for n in neighbours) / len(neighbours)))


if __name__ == '__main__':
    main()
