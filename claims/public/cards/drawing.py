"""How a card looks: the status first, in words and with its shape; then the claim in quotation marks."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from claims.layout.words import WITHDRAWN
from claims.public.cards.card import HEIGHT, WIDTH, Card
from claims.public.cards.lettering import LABEL, LEADING, TEXT, face, fitted

EDGE, STRIPE = 84, 20
PAPER, INK, SOFT = "#fbf9f4", "#1c1a17", "#5a5449"
COLOURS = {
    "confirmed": "#1b6044",
    "unconfirmed": "#76560a",
    "disputed": "#9d2a1f",
    WITHDRAWN: SOFT,
}
TEXT_FROM, TEXT_UNTIL, FOOT_FROM = 180, 510, 520
SIZES = range(68, 33, -2)
SHADES = 32  # of each ink on paper: few colours make a small file, and all are known before anything is drawn
FINE = 4  # shapes are drawn so many times larger and made smaller: Pillow's own have ragged edges


def png_of(card: Card) -> bytes:
    """Return the card as PNG, 1200 by 630."""
    inks = [COLOURS.get(card.status, INK), INK, SOFT]
    picture = Image.new("P", (WIDTH, HEIGHT), 0)
    picture.putpalette(_palette(inks))
    for ink, top, layer in (
        (0, 0, _heading(card)),
        (1, TEXT_FROM, _text(card)),
        (2, FOOT_FROM, _foot(card)),
    ):
        picture.paste(layer.point([ink * SHADES + v * SHADES // 256 for v in range(256)]), (0, top))
    picture.paste(SHADES - 1, (0, 0, STRIPE, HEIGHT))
    file = BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _palette(inks: list[str]) -> list[int]:
    """Return every shade between paper and each of the inks."""
    paper, shades = ImageColor.getrgb(PAPER), []
    for ink in inks:
        full = ImageColor.getrgb(ink)
        for step in range(SHADES):
            part = step / (SHADES - 1)
            shades += [round(p + (f - p) * part) for p, f in zip(paper, full, strict=True)]
    return shades


def _layer(height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Return where a part of the card is drawn: how much ink there is at each point."""
    layer = Image.new("L", (WIDTH, height), 0)
    return layer, ImageDraw.Draw(layer)


def _heading(card: Card) -> Image.Image:
    layer, draw = _layer(TEXT_FROM)
    left = EDGE
    if card.status:
        layer.paste(_shape(card.status, 60), (left, 84))
        left += 84
    size, (line, *_) = fitted(card.heading, width=WIDTH - EDGE - left, height=90, sizes=SIZES[2:])
    draw.text((left, 114), line, font=face(TEXT, size), fill=255, anchor="lm")
    return layer


def _shape(status: str, size: int) -> Image.Image:
    """Return where the shape of a status is inked: full, half full, empty, or struck through."""
    whole = size * FINE
    mask = Image.new("L", (whole, whole), 0)
    draw = ImageDraw.Draw(mask)
    line, rim = whole // 8, (0, 0, whole - 1, whole - 1)
    draw.ellipse(rim, outline=255, width=line, fill=255 if status == "confirmed" else 0)
    if status == "disputed":
        draw.pieslice(rim, -90, 90, fill=255)
    elif status == WITHDRAWN:
        near, far = whole * 0.2, whole * 0.8
        draw.line((near, far, far, near), fill=255, width=line)
    return mask.resize((size, size), Image.Resampling.LANCZOS)


def _text(card: Card) -> Image.Image:
    layer, draw = _layer(FOOT_FROM - TEXT_FROM)
    room = TEXT_UNTIL - TEXT_FROM
    size, lines = fitted(
        card.text, width=WIDTH - 2 * EDGE, height=room, sizes=SIZES, closing=card.closing
    )
    for number, line in enumerate(lines):
        draw.text((EDGE, number * size * LEADING), line, font=face(TEXT, size), fill=255)
    return layer


def _foot(card: Card) -> Image.Image:
    layer, draw = _layer(HEIGHT - FOOT_FROM)
    font = face(LABEL, 27)
    draw.line((EDGE, 4, WIDTH - EDGE, 4), fill=60, width=2)
    room, foot = WIDTH - 2 * EDGE - 40 - font.getlength(card.register), card.foot
    while len(foot) > 1 and font.getlength(foot) > room:
        foot = f"{foot.removesuffix('…')[:-1].rstrip()}…"
    draw.text((EDGE, 28), foot, font=font, fill=255)
    draw.text((WIDTH - EDGE, 28), card.register, font=font, fill=255, anchor="ra")
    return layer
