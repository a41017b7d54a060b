"""The language of a text is guessed from its words, and not where they do not decide it."""

from __future__ import annotations

import pytest

from claims.reading.language import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The council denies that the old pier is unsafe, and it will be used in the summer.",
            "en",
        ),
        ("Der Rat bestreitet, dass die alte Brücke nicht sicher ist, und will sie nutzen.", "de"),
        (
            "Le conseil dément que la jetée est dangereuse et dit que les bateaux sont sur place.",
            "fr",
        ),
        ("El consejo niega que el muelle es inseguro y dice que se usa por los barcos.", "es"),
        ("Совет отрицает, что причал не безопасен, и заявляет, что его открыли для судов.", "ru"),
        ("Рада заперечує, що причал не безпечний, і каже, що це було для суден та людей.", "uk"),
        ("港湾当局は新しいフェリーが一万二千人を運んだと発表した。", "ja"),
        ("港务局表示，新渡轮航线第一周运送了一万二千名乘客。", "zh"),
        ("قالت سلطة الميناء إن الخط الجديد نقل اثني عشر ألف راكب", "ar"),
        ("", ""),
        ("12,400", ""),
        ("Halvard Quist Adeyemi", ""),
    ],
)
def test_the_language_is_guessed_only_where_it_is_clear(text, language):
    assert guess_language(text) == language
