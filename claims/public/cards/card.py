"""A card before it is drawn, which takes a library as large as all that pages need."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. Without a status it stands for the register itself."""

    status: str
    heading: str
    text: str
    closing: str
    foot: str
    register: str
