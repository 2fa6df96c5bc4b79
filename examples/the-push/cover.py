#!/usr/bin/env python3
"""Draws cover.jpg: level lines, and one that falls through them.

Needs Pillow with Raqm and the font Vollkorn (Debian: python3-pil, fonts-vollkorn). Run it in this folder.
"""
from PIL import Image, ImageDraw, ImageFont, features

if not features.check("raqm"):
    raise SystemExit("cover.py: Pillow without Raqm can't set Vollkorn with its features")

FONTS = "/usr/share/fonts/truetype/vollkorn/Vollkorn-"
WIDTH, HEIGHT = 1600, 2400
SCALE = 3  # drawn three times as large, then reduced: smooth diagonals
PAPER, INK, MADDER = (252, 251, 248), (0, 0, 0), (138, 42, 31)
E = WIDTH / 11  # the module of the typographic covers

image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
draw = ImageDraw.Draw(image)


def px(value):
    return round(value * SCALE)


def text(x, baseline, words, style, size, fill=INK, tracking=0.0, extra=()):
    """Sets `words` from x, tracked by `tracking` ems; returns where they end."""
    face = ImageFont.truetype(f"{FONTS}{style}.ttf", px(size))
    options = dict(features=["ss11", "kern", *extra])
    if not tracking:
        draw.text((px(x), px(baseline)), words, fill, face, "ls", **options)
        return x + face.getlength(words, **options) / SCALE
    for i, letter in enumerate(words):
        draw.text((px(x), px(baseline)), letter, fill, face, "ls", **options)
        pair = words[i:i + 2]
        step = face.getlength(pair, **options) - (face.getlength(pair[1:], **options) if len(pair) > 1 else 0)
        x += step / SCALE + tracking * size
    return x


# Nineteen level lines. The diagonal starts on the sixth, whose second half seems to have fallen through the rest.
left, right = E, WIDTH - E
first, last, count = 6.9 * E, HEIGHT - 2.15 * E, 19
step = (last - first) / (count - 1)
pivot_line = 5
pivot = (left + 4.05 * E, first + pivot_line * step)
for i in range(count):
    y = first + i * step
    end = pivot[0] if i == pivot_line else right
    half = 0.011 * E
    draw.rectangle((px(left), px(y - half), px(end), px(y + half)), fill=INK)

# Its ends are cut level, as a line of the page would be.
foot = (right, last)
thick, half = 0.19 * E, 0.011 * E
draw.polygon([(px(pivot[0] - thick / 2), px(pivot[1] - half)), (px(pivot[0] + thick / 2), px(pivot[1] - half)),
              (px(foot[0]), px(foot[1] + half)), (px(foot[0] - thick), px(foot[1] + half))], fill=MADDER)

# The first letters' side bearings are taken off, so that the ink and the lines start together.
text(left - 0.045 * E, 2.72 * E, "The", "SemiBold", 2.1 * E, tracking=-0.014)
text(left - 0.11 * E, 4.72 * E, "Push", "SemiBold", 2.1 * E, tracking=-0.014)
text(left - 0.01 * E, 5.82 * E, "Ashley Audrain", "Regular", 0.62 * E)
text(left - 0.015 * E, HEIGHT - E, "epitome", "Regular", 0.42 * E, tracking=0.06, extra=("smcp",))

# A hairline inside the edge: a white cover dissolves on a white shelf.
frame = 0.02 * E
for i in range(px(frame * 0.5)):
    draw.rectangle((i, i, WIDTH * SCALE - 1 - i, HEIGHT * SCALE - 1 - i), outline=(120, 120, 120))

image.resize((WIDTH, HEIGHT), Image.LANCZOS).save(
    "cover.jpg", quality=82, subsampling="4:4:4", progressive=False, optimize=True, dpi=(300, 300))
