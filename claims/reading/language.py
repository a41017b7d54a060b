"""A guess at a text's language from its commonest words; no guess where it is not clear."""

from __future__ import annotations

import re
from collections import Counter

_WORDS = {
    "en": "the of and to in that is was for with on said by from it has are which",
    "de": "der die und das den von ist nicht mit dem ein eine auf sich auch für im wurde",
    "fr": "le les et des une est dans pour que qui sur pas par avec du au aux plus",
    "es": "el los las y una es por con para del que se al su como más lo fue",
    "it": "il di che è per una con non della del gli sono nel alla anche ha dei le",
    "pt": "o os e não uma em para com da do dos ao mais foi são como no na",
    "nl": "de het een en van is dat niet op te met voor zijn aan ook er door bij",
    "sv": "och att det som en är av för på med den till inte har ett om var",
    "ru": "и в не на что с по как из за от это его для о к был до",
    "uk": "і в не на що з та у як із за від це його для про до був",
}
_OWNERS: dict[str, list[str]] = {}
for _language, _row in _WORDS.items():
    for _word in _row.split():
        _OWNERS.setdefault(_word, []).append(_language)
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)
_SAMPLE = 5_000
_ENOUGH = 4
_LEAD = 1.3


def guess_language(text: str) -> str:
    """Give a language code, or "" when the words do not decide it."""
    sample = text[:_SAMPLE]
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) > len(sample) / 5:
            return language
    counts = Counter(
        language for word in _WORD.findall(sample.lower()) for language in _OWNERS.get(word, ())
    )
    first, second = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return first[0] if first[1] >= _ENOUGH and first[1] >= _LEAD * second[1] else ""
