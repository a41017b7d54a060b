"""The reporting words: which verbs and nouns announce what somebody said, and what they tell of it.

A verb is listed once, by its lemma, with the frames it may stand in; the forms are made from it.
Frames: c clause ("said that ..."), n clause only after "that" or a plain clause opening, p person and
clause ("told reporters that ..."), o object ("criticized the plan"), q beside a quotation, b only behind
one ("...," she laughed).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from claims.vocabulary import CueClass, Position

_VERBS: Final = {
    "cq": """say add note announce declare report explain write reply respond argue stress emphasize emphasise
        assert reiterate repeat predict warn acknowledge admit concede remark suggest testify conclude reveal
        disclose estimate caution complain joke quip boast brag vow pledge swear insist maintain contend allege
        claim speculate counter retort interject confirm clarify elaborate lament muse opine hint affirm proclaim
        theorize posit agree disagree bemoan recount relate tweet state observe recall comment mention
        pronounce underscore underline charge point apologize fume tease marvel assess reaffirm profess""",
    "p": "tell inform assure remind notify advise urge",
    "n": "indicate show find imply determine demonstrate",
    "o": """criticize criticise condemn denounce praise slam blast mock attack rip accuse blame dismiss reject defend
        tout demand describe call label dub discuss cite quote propose promise question challenge
        refute rebuff rebuke decry deride hail applaud thank congratulate commend laud lambast lambaste ridicule
        chide scold berate refer talk speak recommend oppose deny answer ask insult disavow
        highlight extol mention announce predict acknowledge recount confirm reveal
        disclose warn suggest complain joke boast brag apologize vow pledge urge reiterate
        stress admit concede rail lash comment characterize portray""",
    "q": """shout yell continue bark cry exclaim whisper scoff chant read ask answer declare demand promise
        propose tell shoot urge begin conclude recommend post wonder question quote
        scream holler bellow mutter murmur mumble implore plead intone hiss thunder blurt utter remonstrate""",
    "b": """laugh sigh grumble growl grunt gasp chuckle giggle sob weep smile shrug beam crow gush enthuse rejoice snap
        snarl roar boom groan moan croak sneer protest object interrupt reason offer venture volunteer remember
        reflect reminisce start finish open close chime drawl bluster stammer rage rant reassure""",
}
_EXTRA_CLAUSE: Final = "demand deny promise propose recommend ask cite"
_IRREGULAR: Final = {
    "say": ("said", "said"), "tell": ("told", "told"), "write": ("wrote", "written"), "find": ("found", "found"),
    "show": ("showed", "shown"), "speak": ("spoke", "spoken"), "read": ("read", "read"), "swear": ("swore", "sworn"),
    "begin": ("began", "begun"), "shoot": ("shot", "shot"), "rip": ("ripped", "ripped"), "slam": ("slammed", "slammed"),
    "admit": ("admitted", "admitted"), "dub": ("dubbed", "dubbed"), "quip": ("quipped", "quipped"),
    "brag": ("bragged", "bragged"), "refer": ("referred", "referred"), "extol": ("extolled", "extolled"),
    "weep": ("wept", "wept"), "snap": ("snapped", "snapped"), "sob": ("sobbed", "sobbed"),
    "label": ("labeled", "labelled"), "rebut": ("rebutted", "rebutted"),
}  # fmt: skip
_DOUBLING: Final = frozenset(
    "rip slam admit dub quip brag refer extol rebut begin snap sob".split()
)

_DENYING: Final = "deny reject refute dismiss disavow rebuff rebut".split()
_DISTANCING: Final = (
    "allege claim maintain insist contend purport profess accuse charge assert".split()
)
_CONFIRMING: Final = "confirm acknowledge admit concede verify corroborate reaffirm affirm".split()
_QUESTIONING: Final = "question challenge ask doubt wonder".split()
_REPEATING: Final = "cite quote relate recount comment refer relay echo".split()

CLASS_OF: Final = {
    **dict.fromkeys(_DISTANCING, CueClass.DISTANCING),
    **dict.fromkeys(("speculate", "hint"), CueClass.HEDGE),
    **dict.fromkeys(_CONFIRMING, CueClass.CONFIRMATION),
    **dict.fromkeys(_DENYING, CueClass.DENIAL),
}
POSITION_OF: Final = {
    **dict.fromkeys(_DENYING, Position.DENIES),
    **dict.fromkeys(_QUESTIONING, Position.QUESTIONS),
    **dict.fromkeys(_REPEATING, Position.REPEATS),
}

# Particles that belong to the cue and stand between it and its content.
_PARTICLES: Final = """
    call:for/on/upon refer:to point:out/to comment:on talk:about/up speak:of/about/against
    warn:of/about/against complain:about/of apologize:for boast:of/about brag:about hint:at rail:against
    lash:out joke:about agree:with argue:for/against ask:about/for/if/whether question:why/how/whether
    speculate:about report:on shoot:back respond:to testify:about elaborate:on write:about/of say:of
"""
PARTICLES: Final = {
    lemma: tuple(particles.split("/"))
    for lemma, _, particles in (entry.partition(":") for entry in _PARTICLES.split())
}
NEEDS_PARTICLE: Final = frozenset(
    "refer talk speak point rail lash comment shoot complain joke boast brag hint apologize".split()
)


class Form(NamedTuple):
    """One inflected form: `tense` holds p past, s third person, b base, i -ing; `frames` as above."""

    lemma: str
    tense: str
    frames: str


def _past(lemma: str) -> tuple[str, str]:
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "d", lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied", lemma[:-1] + "ied"
    return lemma + "ed", lemma + "ed"


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")


def _ing(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if lemma in _DOUBLING else "") + "ing"


def _forms() -> dict[str, Form]:
    frames: dict[str, str] = {}
    for flags, words in _VERBS.items():
        for lemma in words.split():
            frames[lemma] = frames.get(lemma, "") + flags
    for lemma in _EXTRA_CLAUSE.split():
        frames[lemma] += "c"
    made: dict[str, Form] = {}
    for lemma, flags in frames.items():
        past, participle = _past(lemma)
        for word, tense in (
            (lemma, "b"),
            (_third(lemma), "s"),
            (_ing(lemma), "i"),
            (past, "p"),
            (participle, "p"),
        ):
            earlier = made.get(word)
            tenses = tense if earlier is None or tense in earlier.tense else earlier.tense + tense
            made[word] = Form(lemma, tenses, flags)
    return made


FORMS: Final = _forms()

# Forms that are as often nouns: they need a clear subject and a clear complement.
NOUN_LIKE: Final = frozenset(
    """claim claims report reports comment comments attack attacks note notes call calls charge charges question
    questions demand demands promise promises answer answers show shows post posts point points counter counters
    quote quotes address addresses state states mock boast vow vows pledge pledges tweet tweets blame challenge
    challenges estimate estimates rebuke praise remark remarks joke jokes stress reply lament label labels talk
    talks rip read finding findings ruling rebukes warning calling saying testimony telling thanks""".split()
)

HEDGES: Final = frozenset("allegedly reportedly purportedly supposedly".split())

INVESTIGATING: Final = frozenset("determine establish".split())

# Nouns that announce a statement when "that" follows.
NOUNS: Final = {
    **dict.fromkeys(
        "speculation rumor rumors rumour rumours suspicion suspicions".split(), CueClass.HEDGE
    ),
    **dict.fromkeys(
        "claim claims allegation allegations accusation accusations".split(), CueClass.DISTANCING
    ),
    **dict.fromkeys("assertion assertions".split(), CueClass.DISTANCING),
    **dict.fromkeys(
        "statement statements report reports announcement argument".split(), CueClass.NEUTRAL
    ),
    **dict.fromkeys(
        "suggestion suggestions warning warnings prediction predictions".split(), CueClass.NEUTRAL
    ),
    **dict.fromkeys("promise promises pledge vow".split(), CueClass.NEUTRAL),
    **dict.fromkeys(
        "confirmation acknowledgement acknowledgment admission".split(), CueClass.CONFIRMATION
    ),
    **dict.fromkeys("denial denials".split(), CueClass.DENIAL),
}

VERIFYING: Final = frozenset("confirm verify corroborate substantiate authenticate".split())
VERIFIED: Final = frozenset("confirmed verified corroborated substantiated authenticated".split())
REFUSING: Final = frozenset(
    "decline declined declines declining refuse refused refuses refusing".split()
)
