"""The readers' catalogue: complete, in step with what the pages say, and compiled as it can be read."""

from __future__ import annotations

import re

import polib
import pytest
from django.conf import settings

from claims import languages

TRANSLATED = [tag for tag in languages.READERS if tag != languages.PUBLIC]
HELD = re.compile(r"%\(\w+\)s|%\(\w+\)d|%[sd]|\{\w*\}|<[^>]+>")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(settings.BASE_DIR / f"claims/locale/{language}/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_none_is_a_guess(language: str) -> None:
    entries = catalogue(language)
    assert len(entries) > 200
    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_a_sentence_holds_it_holds_in_every_language(language: str) -> None:
    for entry in catalogue(language):
        said = [(entry.msgid, entry.msgstr)] if entry.msgstr else []
        said += [(entry.msgid_plural, text) for text in list(entry.msgstr_plural.values())[1:]]
        for source, text in said:
            assert sorted(HELD.findall(source)) == sorted(HELD.findall(text)), source


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_the_one_that_can_be_read(language: str) -> None:
    read = catalogue(language)
    compiled = polib.mofile(
        str(settings.BASE_DIR / f"claims/locale/{language}/LC_MESSAGES/django.mo")
    )
    said = {(one.msgctxt, one.msgid): (one.msgstr, one.msgstr_plural) for one in compiled}
    assert said == {
        (one.msgctxt, one.msgid): (one.msgstr, one.msgstr_plural)
        for one in read
        if not one.obsolete
    }
