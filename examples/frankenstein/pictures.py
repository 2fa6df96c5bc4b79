#!/usr/bin/env python3
"""Draws cover.png (grey), voices.png (grey) and floes.png (grey with alpha).

Needs Pillow with Raqm and the font Vollkorn (Debian: python3-pil, fonts-vollkorn). Run it in this folder.
"""
from PIL import Image, ImageDraw, ImageFont, features

if not features.check("raqm"):
    raise SystemExit("pictures.py: Pillow without Raqm can't set Vollkorn with its features")

FONTS = "/usr/share/fonts/truetype/vollkorn/Vollkorn-"
DPI = 300
PT = DPI / 72
MEASURE = round(304.5 * PT)  # of the A5 layout, so that type is printed at its own size
INK, PAPER = 0, 255

# Words of the text of 1831 from the first letter to the last, by the voice that speaks them.
VOICES = [("Walton", 5532), ("Victor", 25429), ("The creature", 15063), ("Victor", 23576), ("Walton", 5237)]


def font(style, size):
    return ImageFont.truetype(f"{FONTS}{style}.ttf", round(size))


def voices():
    levels = ["Walton", "Victor", "The creature"]
    label = font("Italic", 8.75 * PT)
    row, first = 17 * PT, 9 * PT
    image = Image.new("L", (MEASURE, round(first + 2 * row + 6 * PT)), PAPER)
    draw = ImageDraw.Draw(image)
    start = round(66 * PT)
    unit = (MEASURE - start) / sum(words for _, words in VOICES)
    hair, heavy = round(0.35 * PT), round(3 * PT)
    middle = [round(first - 2.6 * PT + i * row) for i in range(len(levels))]
    for i, name in enumerate(levels):
        draw.text((0, round(first + i * row)), name, INK, label, "ls", features=["kern", "ss11"])
        draw.rectangle((start, middle[i], MEASURE, middle[i] + hair), fill=INK)
    x, before = start, None
    for name, words in VOICES:
        level = levels.index(name)
        if before is not None:  # one voice hands over to another
            draw.rectangle((round(x), min(middle[level], middle[before]), round(x) + hair,
                            max(middle[level], middle[before])), fill=INK)
        end = x + words * unit
        draw.rectangle((round(x), middle[level] - heavy // 2, round(end), middle[level] + heavy // 2), fill=INK)
        x, before = end, level
    image.save("voices.png", optimize=True, dpi=(DPI, DPI))


def floes():
    """Three lines broken by leads of open water. An ornament: no paper of its own."""
    image = Image.new("LA", (MEASURE, round(22 * PT)), (0, 0))
    draw = ImageDraw.Draw(image)
    hair = max(1, round(0.35 * PT))
    leads = [[(0.30, 0.37), (0.71, 0.74)], [(0.12, 0.21), (0.52, 0.66)], [(0.34, 0.58), (0.83, 0.90)]]
    for i, open_water in enumerate(leads):
        y, x = round((4 + 7 * i) * PT), 0.0
        for begin, end in open_water + [(1.0, 1.0)]:
            draw.rectangle((round(x * MEASURE), y, round(begin * MEASURE), y + hair - 1), fill=(0, 255))
            x = end
    image.save("floes.png", optimize=True, dpi=(DPI, DPI))


def cover():
    """2 : 3, as shops want a cover."""
    width, height, scale = 1600, 2400, 2
    image = Image.new("L", (width * scale, height * scale), PAPER)
    draw = ImageDraw.Draw(image)
    horizon, margin = 1080, 120
    y, gap, i = float(horizon), 5.0, 0
    while y < height - margin:
        half = 1.1 + 1.1 * (y - horizon) / (height - horizon)
        draw.rectangle((margin * scale, round((y - half) * scale), (width - margin) * scale, round((y + half) * scale)),
                       fill=INK)
        y += gap
        gap *= 1.115
        i += 1
    x = 1120
    draw.rectangle((x * scale, (horizon - 66) * scale, (x + 9) * scale, (horizon + 3) * scale), fill=INK)
    title, author = font("SemiBold", 196 * scale), font("Regular", 76 * scale)
    draw.text(((margin - 9) * scale, 330 * scale), "Frankenstein", INK, title, "ls", features=["kern", "ss11"])
    draw.text((margin * scale, 460 * scale), "Mary Shelley", INK, author, "ls", features=["kern", "ss11"])
    image = image.resize((width, height), Image.LANCZOS)
    image.point(lambda v: v & 0xF0 | v >> 4).save("cover.png", optimize=True)


voices()
floes()
cover()
