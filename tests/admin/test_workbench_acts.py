"""The workbench's forms as its scripts use them: the same pages and verbs, with answers a script can read."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client

from claims.models import Appearance, Article, Claim, Claimant, User
from claims.reading.attribution import suggest
from claims.vocabulary import ClaimKind
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.fetching import fetched
from tests.admin.seeing import links_in


def accept_url(article: Article) -> str:
    return f"/admin/claims/article/{article.pk}/accept/"


def place(article: Article, number: int = 0) -> str:
    one = suggest(article.text)[number]
    return f"{one.start}-{one.end}"


def filled(client: Client, article: Article, where: str) -> dict[str, Any]:
    """Return the form for the words at `where`, ready to send."""
    form = fetched(client, f"{accept_url(article)}?place={where}").context["form"]
    values = {name: form[name].value() for name in form.fields}
    chosen = {name: value for name, value in values.items() if value not in (None, False)}
    return chosen | {"speaker_kind": "body"}


def test_a_script_gets_the_form_alone(sign_in: SignIn, contributor: User, article: Article) -> None:
    page = fetched(sign_in(contributor), f"{accept_url(article)}?place={place(article)}")
    source = page.content.decode()
    assert source.lstrip().startswith("<form")
    assert "<html" not in source
    assert "Statement 1 of 3" in source
    assert "Not a claim" in source


def test_the_first_button_of_the_form_is_no_known_claim(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    """Enter in a field sends a form by its first button: that must not add an appearance to some claim."""
    factories.ClaimFactory(wording="The old bridge is safe.")
    source = fetched(
        sign_in(contributor), f"{accept_url(article)}?place={place(article)}"
    ).content.decode()
    first = source.index("<button")
    assert 'name="claim"' not in source[first : source.index(">", first)]
    assert 'name="claim"' in source


def test_words_of_ones_own_choice_come_with_the_nearest_statements_speaker(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    start = article.text.index("bridge is safe")
    where = f"{start}-{start + len('bridge is safe')}"
    page = fetched(sign_in(contributor), f"{accept_url(article)}?place={where}")
    values = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    assert values["exact"] == "bridge is safe"
    assert values["wording"] == "Bridge is safe."
    assert values["speaker_name"] == "The mayor"
    assert values["cue"] == "said"
    assert "Words of your choice" in page.content.decode()


def test_words_between_quotation_marks_are_direct(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    inner = article.text.index("We will finish in May")
    for start, end in ((inner, inner + 22), (inner - 1, inner + 23)):
        page = fetched(client, f"{accept_url(article)}?place={start}-{end}")
        assert page.context["form"]["direct"].value() is True
    page = fetched(client, f"{accept_url(article)}?place=0-3")
    assert not page.context["form"]["direct"].value()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("Ukraine has lost 29,600 servicemen", ClaimKind.FIGURE),
        ("Prices rose by 4.5 percent", ClaimKind.FIGURE),
        ("It began on August 6", ClaimKind.FACT),
        ("It began on 6 August 2024", ClaimKind.FACT),
        ("The law of 1998 holds", ClaimKind.FACT),
        ("An F-16 came down", ClaimKind.FACT),
        ("It is safe", ClaimKind.FACT),
    ],
)
def test_a_number_suggests_a_figure(
    sign_in: SignIn, contributor: User, content: str, kind: ClaimKind
) -> None:
    article = factories.ArticleFactory(text=f"{content}.", by=contributor)
    page = fetched(sign_in(contributor), f"{accept_url(article)}?place=0-{len(content)}")
    assert page.context["form"]["kind"].value() == kind


def test_kinds_that_cannot_be_checked_say_so(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    source = fetched(sign_in(contributor), accept_url(article)).content.decode()
    assert "Forecast (not checkable)" in source
    assert "Opinion (not checkable)" in source
    assert "Figure (not" not in source


def test_recording_answers_with_what_changed_and_the_way_back(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    answer = fetched(client, accept_url(article), filled(client, article, place(article))).json()
    claim, appearance = Claim.objects.get(), Appearance.objects.get()
    assert answer["said"] == "Claim recorded."
    assert answer["claim"] == {
        "url": f"/admin/claims/claim/{claim.pk}/change/",
        "wording": claim.wording,
    }
    assert answer["undo"] == {
        "url": f"/admin/claims/article/{article.pk}/undo/",
        "label": "Undo",
        "fields": {"entry": appearance.pk},
    }
    parts = answer["parts"]
    assert set(parts) == {"bench-counter", "bench-others", "p-0", "statement-1"}
    assert "<strong>2</strong> of 3" in parts["bench-counter"]
    assert 'class="is-recorded"' in parts["statement-1"]
    assert 'class="is-recorded cue-neutral"' in parts["p-0"]
    # What was told a script is not told again on the next page.
    assert (
        "Claim recorded."
        not in client.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()
    )


def test_a_known_claim_takes_the_same_form(
    sign_in: SignIn, contributor: User, article: Article, claim: Claim
) -> None:
    client = sign_in(contributor)
    fields = filled(client, article, place(article)) | {"claim": claim.pk}
    answer = fetched(client, f"/admin/claims/article/{article.pk}/appearance/", fields).json()
    assert answer["said"] == "Appearance added."
    assert Claim.objects.get() == claim
    found = Appearance.objects.get()
    assert (found.claim, found.cue) == (claim, "said")
    assert found.speaker == Claimant.objects.get(name="The mayor")


def test_the_same_words_after_an_emoji_stand_where_they_stand(
    sign_in: SignIn, contributor: User
) -> None:
    article = factories.ArticleFactory(
        text="🌉🌉 safe. The mayor said it is safe.\n\n🌉 It is safe.", by=contributor
    )
    client = sign_in(contributor)
    start = article.text.rindex("safe")
    fields = filled(client, article, f"{start}-{start + 4}") | {"speaker": "nobody"}
    fetched(client, accept_url(article), fields)
    found = Appearance.objects.get()
    assert (found.exact, found.start) == ("safe", start)


def test_a_quote_over_two_paragraphs_survives_how_browsers_send_line_breaks(
    sign_in: SignIn, contributor: User
) -> None:
    article = factories.ArticleFactory(text="It is.\n\nIt is.\n\nIt is.\n\nIt is.", by=contributor)
    client = sign_in(contributor)
    fields = filled(client, article, "8-22") | {"speaker": "nobody", "claimant": "nobody"}
    fields["exact"] = fields["exact"].replace("\n", "\r\n")
    fetched(client, accept_url(article), fields)
    found = Appearance.objects.get()
    assert (found.start, found.end, found.exact) == (8, 22, "It is.\n\nIt is.")


def test_a_refusal_names_the_fields_and_does_nothing(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    fields = filled(client, article, place(article)) | {
        "wording": "",
        "kind": "rumour",
        "place": "x",
    }
    page = fetched(client, accept_url(article), fields)
    assert page.status_code == 200
    refused = page.json()["refused"]
    assert set(refused["fields"]) == {"wording", "kind"}
    assert refused["general"]
    assert not Claim.objects.exists()


def test_a_form_sent_twice_makes_one_claim(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    fields = filled(client, article, place(article))
    fetched(client, accept_url(article), fields)
    answer = fetched(client, accept_url(article), fields).json()
    assert "recorded from this quote already" in answer["refused"]["fields"]["wording"][0]
    assert Claim.objects.count() == 1


def test_somebody_signed_out_is_turned_away_without_losing_words(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    client = sign_in(contributor)
    fields = filled(client, article, place(article))
    client.logout()
    page = fetched(client, accept_url(article), fields)
    assert page.status_code == 403
    assert fields["wording"] in page.content.decode()
    assert fetched(client, accept_url(article)).status_code == 302


def test_a_role_without_the_verb_is_refused(
    sign_in: SignIn, importer: User, article: Article
) -> None:
    """An importer may record claims, but sets nothing aside."""
    client = sign_in(importer)
    url = f"/admin/claims/article/{article.pk}/set-aside/"
    assert fetched(client, url, {"place": place(article)}).status_code == 403


HOSTILE = '</p><script>alert(1)</script>"><img src=x onerror=alert(1)>'


def test_nothing_hostile_comes_alive_in_the_parts(sign_in: SignIn, contributor: User) -> None:
    article = factories.ArticleFactory(text=f"The mayor said {HOSTILE} is safe.", by=contributor)
    client = sign_in(contributor)
    fields = filled(client, article, f"15-{15 + len(HOSTILE)}") | {
        "wording": HOSTILE,
        "speaker": "new",
        "speaker_name": HOSTILE,
    }
    answer = fetched(client, accept_url(article), fields).json()
    assert answer["claim"]["wording"] == HOSTILE
    for html in answer["parts"].values():
        assert "<script" not in html
        assert "<img" not in html
    page = fetched(client, f"{accept_url(article)}?place=15-20")
    assert "<script" not in page.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_recording_takes_as_many_queries_however_much_was_recorded(
    sign_in: SignIn, contributor: User, rows: int, django_assert_num_queries
) -> None:
    text = "\n\n".join(f"The mayor said bridge {n} is safe." for n in range(rows + 1))
    article = factories.ArticleFactory(text=text, by=contributor)
    mayor = factories.ClaimantFactory(name="The mayor", by=contributor)
    for one in suggest(text)[1:]:
        draft = factories.appearance_draft(
            article, text[one.start : one.end], start=one.start, end=one.end
        )
        factories.ClaimFactory(appearance=draft, by=contributor)
    client = sign_in(contributor)
    fields = filled(client, article, place(article)) | {"speaker": str(mayor.pk)}
    ContentType.objects.get_for_model(Claim)  # kept from the first request on
    # session, person, their permissions, their groups' permissions; article; whoever was chosen, their other names;
    # the page's savepoint; the speaker; the verb: savepoint, article's lock, claims of this quote, claim, entry,
    # wording, appearance, index (2; on PostgreSQL 3), release; the admin's log; release; draft; the appearance; all
    # appearances, what is aside
    with django_assert_num_queries(26 if connection.vendor == "postgresql" else 25):
        assert fetched(client, accept_url(article), fields).json()["claim"]
    assert links_in(client.get(f"/admin/claims/article/{article.pk}/change/"))
