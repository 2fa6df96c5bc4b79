#!/usr/bin/env python3
"""Draws before-and-after.png (grey) and three-lines.png (grey with alpha).

Needs Pillow and the font Vollkorn (Debian: python3-pil, fonts-vollkorn). Run it in this folder.
"""
from PIL import Image, ImageDraw, ImageFont, features

if not features.check("raqm"):
    raise SystemExit("figures.py: Pillow without Raqm can't set Vollkorn's figures")

FONTS = "/usr/share/fonts/truetype/vollkorn/Vollkorn-"
DPI = 300
PT = DPI / 72
WIDTH = round(304.5 * PT)  # the measure of the A5 layout, so that type is printed at its own size
FEATURES = ["ss11", "lnum", "tnum", "kern"]
INK, GREY, PAPER = 0, 140, 255


def font(style, points):
    return ImageFont.truetype(f"{FONTS}{style}.ttf", round(points * PT))


def before_and_after():
    row, top = 27 * PT, 2 * PT
    rows = [("Major complications", 11.0, 7.0), ("Deaths", 1.5, 0.8)]
    height = round(top + len(rows) * 2 * row * 0.62 + 20 * PT)
    image = Image.new("L", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    label, small = font("Italic", 8.75), font("Regular", 8.75)
    axis = round(110 * PT)
    unit = (WIDTH - axis - 28 * PT) / 11.0
    y = top
    for name, before, after in rows:
        for i, (when, value) in enumerate((("before", before), ("after", after))):
            base = round(y + 9.5 * PT)
            if i == 0:
                draw.text((0, base), name, INK, label, "ls", features=FEATURES)
            draw.text((axis - 6 * PT, base), when, INK, small, "rs", features=FEATURES)
            middle = round(base - 2.6 * PT)
            end = round(axis + value * unit)
            half = round(0.4 * PT) if i == 0 else round(1.7 * PT)
            draw.rectangle((axis, middle - half, end, middle + half), fill=GREY if i == 0 else INK)
            draw.text((end + 4 * PT, base), f"{value:.1f}", INK, small, "ls", features=FEATURES)
            y += row * 0.5
        y += row * 0.3
    bottom = round(y - row * 0.12)
    draw.line((axis, top, axis, bottom), fill=INK, width=round(0.35 * PT))
    image = image.crop((0, 0, WIDTH, bottom + round(2 * PT)))
    image.save("before-and-after.png", optimize=True, dpi=(DPI, DPI))


def three_lines():
    """The picked line, three times: an ornament, so it has no paper of its own."""
    width, height = WIDTH, round(24 * PT)
    image = Image.new("LA", (width, height), (0, 0))
    draw = ImageDraw.Draw(image)
    hair, heavy = max(1, round(0.35 * PT)), round(1.75 * PT)
    for i, (start, length) in enumerate(((0.06, 0.30), (0.41, 0.22), (0.55, 0.39))):
        y = round((4 + 8 * i) * PT)
        draw.rectangle((0, y, width, y + hair - 1), fill=(0, 255))
        draw.rectangle((round(start * width), y - heavy // 2, round((start + length) * width), y + heavy // 2),
                       fill=(0, 255))
    image.save("three-lines.png", optimize=True, dpi=(DPI, DPI))


before_and_after()
three_lines()
