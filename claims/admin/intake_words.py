"""What the desk says of an intake: why nothing came from an address and what to do, and what an article is like."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.desk_vocabulary import FetchTrouble
from claims.models import Article, ArticleIntake
from claims.workflow.twins import Twin

AGAIN = frozenset(
    {
        FetchTrouble.NO_HOST,
        FetchTrouble.CONNECTION,
        FetchTrouble.TIMEOUT,
        FetchTrouble.CERTIFICATE,
        FetchTrouble.GONE,
        FetchTrouble.FORBIDDEN,
        FetchTrouble.BUSY,
        FetchTrouble.GARBLED,
        FetchTrouble.FORGOTTEN,
    }
)
ADVICE: dict[str, str | Promise] = {
    FetchTrouble.ADDRESS: gettext_lazy(
        "Only ordinary web addresses are fetched: http or https, a public site, no user name, no unusual port. "
        "Look whether it was copied whole; else paste the text below."
    ),
    FetchTrouble.PRIVATE: gettext_lazy(
        "It leads to a private network or to this very machine, not to the public Internet; such addresses are "
        "never fetched. If you can open the page yourself, paste its text below."
    ),
    FetchTrouble.REDIRECT: gettext_lazy(
        "The page sends visitors on, to somewhere that is not fetched or round in circles. Open it in your browser, "
        "and take in the address you end up at, or paste the text below."
    ),
    FetchTrouble.NO_HOST: gettext_lazy(
        "No site of that name is known. Look for a typing error in the address; if it is right, the site may be "
        "gone: paste the text from an archive below."
    ),
    FetchTrouble.CONNECTION: gettext_lazy(
        "The connection failed or broke off. Try again in a minute, or paste the text below."
    ),
    FetchTrouble.TIMEOUT: gettext_lazy(
        "It did not answer in full within twenty seconds. Try again in a minute, or paste the text below."
    ),
    FetchTrouble.CERTIFICATE: gettext_lazy(
        "Its certificate is not valid, so anybody might have answered in its place. If your browser trusts the "
        "page, paste the text below."
    ),
    FetchTrouble.GONE: gettext_lazy(
        "The site answers that the page does not exist. Look for a typing error; if the page was taken down, paste "
        "the text from an archive below."
    ),
    FetchTrouble.FORBIDDEN: gettext_lazy(
        "The site wants visitors to sign in, to pay or to be human. If you may read the page, paste its text below."
    ),
    FetchTrouble.BUSY: gettext_lazy(
        "The site says that it is overloaded or broken. Try again later, or paste the text below."
    ),
    FetchTrouble.TOO_LARGE: gettext_lazy(
        "Pages of more than 10 MB are not kept. Paste the article's text below."
    ),
    FetchTrouble.NOT_TEXT: gettext_lazy(
        "At the address is a PDF, a picture or another file, not a web page or plain text. Paste its text below."
    ),
    FetchTrouble.GARBLED: gettext_lazy(
        "What the site sent was damaged or no answer at all. Try again, or paste the text below."
    ),
    FetchTrouble.NO_ARTICLE: gettext_lazy(
        "The page was fetched, but holds no text of an article: a video, a list of links, or a page that is only "
        "built in the browser. Paste the text below."
    ),
    FetchTrouble.FORGOTTEN: gettext_lazy(
        "Nobody has fetched the page for a quarter of an hour, so the background worker may not be running. Try again, "
        "paste the text below, or tell whoever runs the register."
    ),
}


def advice_on(trouble: str) -> str | Promise:
    """Return why nothing came from an address, and what to do."""
    return ADVICE.get(trouble, "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """An article of the register beside one on its way in, in words."""

    article: Article
    same_text: bool
    ways: list[str]

    @property
    def choice(self) -> str:
        """How a form names the choice of this article."""
        return f"version-{self.article.pk}"


def compared(twin: Twin, intake: ArticleIntake) -> Comparison:
    """Say in which ways an article is like the one on its way in."""
    ways = [*_likeness(twin), *_days_apart(twin.article, intake)]
    return Comparison(twin.article, twin.same_text, ways)


def _likeness(twin: Twin) -> list[str]:
    if twin.same_text:
        return [_("word for word the same text")]
    said = []
    if twin.share:
        # Never "100 %": what is wholly contained may still be longer, and rounding must not make it so.
        percent = min(int(100 * twin.share), 99)
        said.append(_("%(percent)d %% the same") % {"percent": percent})
    if twin.same_original:
        said.append(_("read from the same file"))
    if twin.same_address:
        said.append(_("from the same address"))
    return said


def _days_apart(article: Article, intake: ArticleIntake) -> list[str]:
    if not (article.published_on and intake.published_on):
        return []
    days = (intake.published_on - article.published_on).days
    if days == 0:
        return [_("published on the same day")]
    earlier = ngettext("published %(days)d day earlier", "published %(days)d days earlier", days)
    later = ngettext("published %(days)d day later", "published %(days)d days later", -days)
    return [(earlier if days > 0 else later) % {"days": abs(days)}]
