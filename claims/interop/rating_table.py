"""What the ratings of fact-checkers come to: the table of this register, by language and by outlet.

A word stands here only where the outlets that use it define it so, or where it can mean nothing else. What is missing
is reported and left without a meaning. `VERSION` goes up with every change; what was recorded before
stays as it was.
"""

# ruff: noqa: RUF001  (the words and quotation marks of many scripts)

from __future__ import annotations

import unicodedata

from claims.vocabulary import RatedAs, Stance, VerificationStatus

VERSION = 1

# Words that mean the same whoever uses them. Several languages share a spelling only where they share the meaning.
WORDS: dict[RatedAs, tuple[str, ...]] = {
    RatedAs.TRUE: (
        "true, correct, accurate, confirmed, verified, this is true, correct attribution",
        "verdadero, verdadera, cierto, es cierto, correcto, verdad",
        "verdadeiro, verdade, vrai, exact, c'est vrai, vero, richtig, wahr, stimmt, waar, juist",
        "prawda, tačno, istina, točno, adevărat, pravda, doğru, benar, fakta, sant, sandt, totta",
        "правда, верно, правдиво, истина, вярно, αληθές",
        "صحيح, حقيقي, حقيقة, درست, सही, सच, সত্য, সঠিক, ਸਹੀ, సత్యం, உண்மை, 正確, 正确, 真实, 可信, 사실, 正しい, เป็นจริง",
    ),
    RatedAs.MOSTLY_TRUE: (
        "mostly true, mostly correct, mostly accurate, largely true, largely accurate, mainly true",
        "mayormente verdadero, mayormente cierto, casi cierto, plutôt vrai, quasi vero, c'eri quasi",
        "größtenteils richtig, größtenteils wahr, überwiegend richtig, überwiegend wahr, grotendeels waar",
        "prawie prawda, većinom tačno, преимущественно правда, 事實大致正確, 대체로 사실, ほぼ正確",
    ),
    RatedAs.MIXED: (
        "half true, half-true, partly true, partially true, partly correct, partially correct, mixed, mixture",
        "partly false, partially false, half false, mixed evidence",
        "verdad a medias, medias verdades, parcialmente cierto, parcialmente falso, parcialmente verdadero, mixto",
        "parcialmente verdadeiro, meia verdade, meia-verdade, partiellement vrai, partiellement faux",
        "en partie vrai, en partie faux, mi-vrai, mi-faux, parzialmente vero, parzialmente falso, nì",
        "teilweise richtig, teilweise falsch, teilweise wahr, halbwahr, deels waar, deels onwaar, gedeeltelijk waar",
        "częściowa prawda, częściowy fałsz, delvis sant, delvist sandt, parțial adevărat, karma",
        "полуправда, частично верно, частичная правда, صحيح جزئيا, زائف جزئيا, خطأ جزئيا, نصف حقيقة",
        "نصف حقيقي, نص حقيقي, غير صحيح جزئيا",
        "आधा सच, अर्धसत्य, আংশিক সত্য, 部分錯誤, 部分错误, 절반의 사실, sebagian benar",
    ),
    RatedAs.MISLEADING: (
        "misleading, missing context, lacks context, needs context, out of context, miscaptioned, distorts the facts",
        "cherry picks, cherry-picks, spins the facts, false context, exaggerated",
        "engañoso, engañosa, descontextualizado, sin contexto, fuera de contexto, sacado de contexto",
        "enganoso, enganador, descontextualizado, fora de contexto, exagerado",
        "sem contexto, falta contexto, distorcido",
        "trompeur, hors contexte, sorti de son contexte, fuorviante, irreführend, fehlender kontext, misleidend",
        "manipulacja, manipulare, manipulisanje činjenicama, manipulisano, vilseledande, misvisende, yanıltıcı",
        "манипуляция, вводит в заблуждение, مضلل, مضلّل, تضليل, भ्रामक, বিভ্রান্তিকর, menyesatkan, 誤導, 误导, sesat",
    ),
    RatedAs.MOSTLY_FALSE: (
        "mostly false, largely false, mainly false, mostly incorrect",
        "mayormente falso, casi falso, plutôt faux, quasi falso, größtenteils falsch, überwiegend falsch",
        "grotendeels onwaar, uglavnom netačno, преимущественно ложь, 대체로 사실 아님",
    ),
    RatedAs.FALSE: (
        "false, incorrect, inaccurate, wrong, fake, untrue, not true, this is false, fake news, hoax, pants on fire",
        "misattributed, fabricated, totally false, completely false, fals",
        "falso, falsa, es falso, mentira, bulo, es un bulo, es mentira, incorrecto, falsch, unwahr, fake!",
        "faux, c'est faux, infox, intox, onwaar, onjuist, nepdit nieuws, nieprawda, fałsz, netačno, neistina, lažno",
        "netočno, nepravda, yanlış, asılsız, salah, hoaks, tidak benar, falskt, falsk, usant, väärin",
        "ложь, фейк, неправда, неверно, невярно, фалшиво, ψευδές, ψευδής είδηση",
        "زائف, خطأ, كاذب, غير صحيح, خبر زائف, خبر كاذب, مزيف, مش حقيقي, خاطئ, نادرست",
        "झूठ, झूठा, फर्जी, फ़र्ज़ी, गलत, ग़लत, असत्य",
        "মিথ্যা, ভুয়া, ভুল, ਗਲਤ, ਫਰਜ਼ੀ, తప్పు, பொய், தவறு, ખોટું, खोटे, 錯誤, 错误, 谣言, 不实, 전혀 사실 아님, 誤り",
        "ข่าวปลอม, sai",
    ),
    RatedAs.ALTERED: (
        "altered, doctored, manipulated, altered photo, altered video, altered image, digitally altered",
        "doctored video, doctored image, edited, manipulated video, manipulated photo, ai-generated, deepfake",
        "manipulado, manipulada, editado, montaje, imagen manipulada, foto alterada, adulterado, montagem",
        "montage, photomontage, truqué, manipulato, fotomontaggio, manipuliert, bewerkt, przerobione",
        "فبركة, مفبرك, معدل, فيديو معدل, एडिटेड, एडिटेड तस्वीर, 變造, সম্পাদিত",
    ),
    RatedAs.SATIRE: (
        "satire, labeled satire, originated as satire, sátira, satira, satirique, satiriskt, hiciv",
        "сатира, ساخر, سخرية, व्यंग्य",
    ),
    RatedAs.UNPROVEN: (
        "unproven, unverified, unsupported, unsubstantiated, not proven, no evidence, not enough evidence",
        "insufficient evidence, cannot be verified, unverifiable, inconclusive",
        "sin pruebas, no hay pruebas, no verificable, no demostrado, sin evidencia, não há provas, insustentável",
        "impossível provar, sem provas, non vérifiable, sans preuve, invérifiable, non verificabile",
        "unbelegt, nicht belegt, unbewiesen, onbewezen, nieweryfikowalne, neproverljivo, belirsiz, şüpheli",
        "непроверимо, не доказано, недоказано, غير مؤكد, غير مثبت, अप्रमाणित, প্রমাণিত নয়, 尚無定論, 尚无定论, 판단 유보",
    ),
}  # fmt: skip

# Words that one outlet defines in a way of its own: by its site, before the words of everybody.
OUTLETS: dict[str, dict[str, RatedAs]] = {
    "politifact.com": {"barely true": RatedAs.MOSTLY_FALSE},
    "snopes.com": {"unfounded": RatedAs.UNPROVEN, "legend": RatedAs.UNPROVEN},
    "washingtonpost.com": {
        "one pinocchio": RatedAs.MOSTLY_TRUE,
        "two pinocchios": RatedAs.MIXED,
        "three pinocchios": RatedAs.MOSTLY_FALSE,
        "four pinocchios": RatedAs.FALSE,
        "geppetto checkmark": RatedAs.TRUE,
    },
    "pagellapolitica.it": {
        "pinocchio andante": RatedAs.MOSTLY_FALSE,
        "panzana pazzesca": RatedAs.FALSE,
    },
    "chequeado.com": {"insostenible": RatedAs.UNPROVEN},
    "poligrafo.sapo.pt": {"pimenta na língua": RatedAs.FALSE},
    "verafiles.org": {"no basis": RatedAs.UNPROVEN},
    "newtral.es": {"verdad a medias": RatedAs.MIXED},
    # The codes of DXY's list of rumours.
    "dxy.com": {
        "rumortype 0": RatedAs.FALSE,
        "rumortype 1": RatedAs.TRUE,
        "rumortype 2": RatedAs.UNPROVEN,
    },
}

STANCES = {
    RatedAs.TRUE: Stance.SUPPORTS,
    RatedAs.MOSTLY_TRUE: Stance.SUPPORTS,
    RatedAs.MOSTLY_FALSE: Stance.REFUTES,
    RatedAs.FALSE: Stance.REFUTES,
    RatedAs.ALTERED: Stance.REFUTES,
}
# What a register's own ratings come to, where it is brought in as its operator's; the rest has no status here.
STATUSES = {
    RatedAs.TRUE: VerificationStatus.CONFIRMED,
    RatedAs.UNPROVEN: VerificationStatus.UNCONFIRMED,
    RatedAs.MIXED: VerificationStatus.DISPUTED,
    RatedAs.MISLEADING: VerificationStatus.DISPUTED,
    RatedAs.MOSTLY_FALSE: VerificationStatus.DISPUTED,
    RatedAs.FALSE: VerificationStatus.DISPUTED,
    RatedAs.ALTERED: VerificationStatus.DISPUTED,
}
OWN_WORDS = {
    "confirmed": VerificationStatus.CONFIRMED,
    "unconfirmed": VerificationStatus.UNCONFIRMED,
    "disputed": VerificationStatus.DISPUTED,
}


def spelled(rating: str) -> str:
    """Return a rating as the table spells it: lower case, no white space or punctuation around it."""
    same = unicodedata.normalize("NFKC", rating).casefold().replace("’", "'")
    same = "".join(_kept(letter) for letter in same)
    return " ".join(same.split()).strip(" .!?…\"'“”«»:;-–—*।。！‚„()[]")


def _kept(letter: str) -> str:
    """Leave out what is unseen, and the vowel signs and stretching that Arabic may be written with or without."""
    category = unicodedata.category(letter)
    if category == "Cf" or letter == "\u0640" or "\u064b" <= letter <= "\u0652":
        return ""
    return " " if category in {"Cc", "Zs", "Zl", "Zp"} else letter


_KNOWN = {
    spelled(word): meaning
    for meaning, lines in WORDS.items()
    for line in lines
    for word in line.split(",")
}


def meaning_of(rating: str, *, site: str = "") -> RatedAs | None:
    """Return what a rating comes to, by its outlet's own words before everybody's; None where the table has none."""
    word = spelled(rating)
    own = next((OUTLETS[one] for one in OUTLETS if site == one or site.endswith(f".{one}")), {})
    return own.get(word) or _KNOWN.get(word)


def stance_of(meaning: RatedAs | None) -> Stance:
    """Return what a fact-check of that rating does to its claim: context, unless it says true or false."""
    return STANCES.get(meaning, Stance.CONTEXT) if meaning else Stance.CONTEXT


def status_of(rating: str, meaning: RatedAs | None) -> VerificationStatus | None:
    """Return the status that the rating of a register's own is here; None where there is none for it."""
    return OWN_WORDS.get(spelled(rating)) or (STATUSES.get(meaning) if meaning else None)
