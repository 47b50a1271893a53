"""Which contacts a document tells of, as accounts: what it is about, what it mentions, and whose account it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from diptych.gather.identity import Identities, Who, identities_of, same_people, sides_of
from diptych.gather.titles import TitleContact, title_contact
from diptych.records import Account, Contact, Participant, Telling, content_id

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.records import Document, Reading

__all__ = ["tellings_of"]

#: A contact told within so many characters of the head of the text is what a government's paper opens with.
_OPENING = 400
#: Forms of contact that one word of a text may stand for where another names the form.
_LOOSE = frozenset({"meeting", "other", "visit", "summit", "multilateral", "press_conference"})
_REMOTE = frozenset({"phone_call", "video_call"})
#: Days after which a paper is on another contact of the same people.
_LATE = 3
#: Forms that a text may give where its title has a wider one.
_FINER: dict[str, frozenset[str]] = {
    "other": frozenset({"phone_call", "video_call", "meeting", "visit", "summit", "trilateral", "multilateral"}),
    "press_conference": frozenset({"meeting", "visit", "summit", "trilateral"}),
    "meeting": frozenset({"summit", "trilateral", "video_call"}),
}
#: A name that is of a state ("Ada Bell of Lakemark"), and what is a state's ("Lakemark's"); a title's field is neither.
_BELONGS = r"[^\W\d_]+ (?!Minister|Secretary|Ministry|Department)[A-Z][\w-]+ of (?:the )?{0}\b|\b{0}[’']s\b"
#: Forms of contact that hold other contacts.
_STAYS = frozenset({"visit", "summit", "multilateral"})


def tellings_of(reading: Reading, kb: Knowledge) -> tuple[Telling, ...]:
    """Return what ``reading`` tells of contacts between two sides, in the order of the text.

    A contact that only the title names in full is completed from it. Contacts within one state are left out, and so
    is what a text says again of a contact that it has told already. ``side`` is the country of the publisher, with
    ``via`` None, for what a government tells itself. What it reports of the other side's account, and what the press
    reports of either, carries that side and ``via``, the reporter.
    """
    document = reading.document
    identities = identities_of(kb)
    states = {name for actor in reading.actors if actor.kind == "state" for name in (actor.name, actor.country) if name}
    contacts = [_with_real_states(contact, states, document, kb) for contact in reading.contacts]
    title = title_contact(reading, kb)
    lead: Contact | None = None
    if title is not None and title.between_sides:
        lead, contacts = _led_by_title(title, contacts, document, identities)
    elif title is not None and title.with_others and title.kind is not None:
        lead = next((one for one in contacts if _opens(one, document, title)), None)
    elif contacts and _opens(contacts[0], document, title):
        lead = contacts[0]
    named = title is not None and len({one.country for one in title.participants if one.name}) > 1
    tellings: list[Telling] = []
    told: list[Contact] = []
    for contact in contacts:
        is_lead = contact is lead or (lead is not None and _beside(contact, lead, document, identities, named=named))
        if not _between_sides(contact, kb) or any(_again(contact, one, document, identities) for one in told):
            continue
        told.append(contact)
        if is_lead and lead is not None and lead.kind in _STAYS and contact.date is None and lead.precision == "day":
            # A meeting of a visit without a day of its own was on one of the days of the visit.
            contact = msgspec.structs.replace(contact, date=lead.date, precision="day")
        tellings.extend(_accounts(contact, is_lead, reading, kb))
    return tuple(tellings)


def _opens(contact: Contact, document: Document, title: TitleContact | None) -> bool:
    """Whether a text whose title does not name the contact is about it all the same: it opens with it."""
    if contact.start >= _OPENING or contact.background or not _about_now(contact, document):
        return False
    if title is not None and title.kind is None:
        return contact.kind == "message"
    if title is not None and title.with_others:
        # "Meeting with business leaders": the title tells of a contact, and not of one with the other side's people.
        return _in_title(contact, document)
    countries = {one.country for one in contact.participants if one.country}
    named = {one.country for one in contact.participants if one.country and (one.name or one.office)}
    return len(named) > 1 or (len(countries) > 1 and not named) or contact.kind == "visit" or len(countries) == 1


def _in_title(contact: Contact, document: Document) -> bool:
    """Whether the title names somebody of each side of the contact, or of the one that does not publish it."""
    words = set(re.findall(r"[^\W\d_]+", document.title or ""))
    named = {one.country for one in contact.participants if one.country and one.name and one.name.split()[-1] in words}
    return any(country != document.country for country in named)


def _same_form(contact: Contact, title: TitleContact) -> bool:
    """Whether a contact of the text can be the one of the title by its form."""
    if contact.kind == title.kind or title.kind == "other":
        return contact.kind != "message"
    if title.kind in _REMOTE:
        return contact.kind in _REMOTE or (contact.kind in _LOOSE and contact.start < _OPENING)
    return contact.kind not in _REMOTE and contact.kind != "message"


def _days_late(contact: Contact, document: Document) -> int:
    """Days from the last day of a dated contact to the publication."""
    if contact.date is None or document.published is None:
        return 0
    return (document.published - dt.date.fromisoformat(contact.date.split("/")[-1])).days


def _with_real_states(contact: Contact, states: set[str], document: Document, kb: Knowledge) -> Contact:
    """``contact`` without countries that are no states: a title field may take "Healthcare" for one.

    A state that no table has counts where it publishes, or the text speaks of persons or things *of* it.
    """

    def real(code: str | None) -> bool:
        if code is None or code in states or kb.state(code) is not None or kb.bloc(code) is not None:
            return True
        return code == document.country or re.search(_BELONGS.format(re.escape(code)), document.text) is not None

    if all(real(one.country) and real(one.side) for one in contact.participants):
        return contact
    mended = tuple(
        one if real(one.country) and real(one.side) else msgspec.structs.replace(one, country=None, side=None)
        for one in contact.participants
    )
    return msgspec.structs.replace(contact, participants=mended)


def _led_by_title(
    title: TitleContact, contacts: Sequence[Contact], document: Document, identities: Identities
) -> tuple[Contact, list[Contact]]:
    """The contact that the title tells of, made one with what the text says of it, and all contacts with it."""
    day = document.published
    asked = sides_of(identities.who(one, day) for one in title.participants)
    best: tuple[int, int] | None = None
    for at, contact in enumerate(contacts):
        if contact.background or not _same_form(contact, title):
            continue
        if contact.status in ("planned", "proposed") and not title.planned and contact.start >= _OPENING:
            continue
        if contact.status == "proposed" or not _about_now(contact, document):
            continue
        if title.kind in _REMOTE and contact.kind not in _REMOTE and contact.status == "planned":
            # What was spoken of in the call, not the call.
            continue
        other_form_or_place = contact.kind != title.kind or contact.start > 0
        if other_form_or_place and contact.precision == "day" and _days_late(contact, document) > _LATE:
            continue
        fit = _fit(asked, sides_of(identities.who(one, day) for one in contact.participants))
        if fit and (best is None or fit > best[0]):
            best = (fit, at)
    if best is None:
        made = Contact(
            id=content_id("contact", document.id, "title", title.kind),
            kind=title.kind or "other",
            status="planned" if title.planned else "held",
            date=title.date,
            precision="day" if title.date else "unknown",
            participants=title.participants,
            quote="",
            start=0,
            end=0,
        )
        return made, [made, *contacts]
    found = contacts[best[1]]
    kind = found.kind if title.kind is None or found.kind in _FINER.get(title.kind, ()) else title.kind
    # Remarks before a meeting speak of it as yet to come; the paper that carries them is of the day itself.
    ahead = title.planned or title.kind in _STAYS or _days_late(found, document) < 0
    status = "held" if found.status == "planned" and not ahead else found.status
    undated = found.date is None and title.date is not None
    lead = msgspec.structs.replace(
        found,
        date=title.date if undated else found.date,
        precision="day" if undated else found.precision,
        kind=kind,
        status=status,
        participants=_completed(found.participants, title.participants, identities, day),
    )
    return lead, [lead if at == best[1] else contact for at, contact in enumerate(contacts)]


def _fit(asked: dict[str, tuple[Who, ...]], given: dict[str, tuple[Who, ...]]) -> int:
    """How well the participants of a text fit those of its title; 0: others."""
    named = {country for country, people in given.items() if country and any(who.known for who in people)}
    if not named <= asked.keys():
        return 0
    points = 0
    for country in asked.keys() & given.keys():
        same = same_people(asked[country], given[country])
        if same == "different":
            return 0
        points += 3 if same == "same" else 1
    return points if points >= 2 else 0


def _completed(
    ours: Sequence[Participant], title: Sequence[Participant], identities: Identities, day: dt.date | None
) -> tuple[Participant, ...]:
    """The participants of a text, its unnamed ones replaced by those that the title names, the missing ones added.

    A state that only the text has is what the talk was of where the title names people of two sides.
    """
    full = len({two.country for two in title if _names(two, two.country)}) > 1
    named = {two.country for two in title if two.name}
    out = []
    for one in ours:
        if one.country in named and full:
            # Who else was there is told of in the text; the title names whose contact it was.
            who = [identities.who(one, day)]
            if same_people(who, [identities.who(two, day) for two in title if two.country == one.country]) == "same":
                out.append(one)
        elif one.name or one.office or not (full or any(_names(two, one.country) for two in title)):
            out.append(one)
    for one in title:
        mine = [identities.who(two, day) for two in out if two.country == one.country]
        if not mine or (identities.who(one, day).known and same_people([identities.who(one, day)], mine) != "same"):
            out.append(one)
    return tuple(out)


def _names(participant: Participant, country: str | None) -> bool:
    return participant.country == country and bool(participant.name or participant.office)


def _about_now(contact: Contact, document: Document) -> bool:
    """Whether the contact is of the days of the publication, as far as its date tells."""
    if contact.date is None or document.published is None:
        return True
    first, last = contact.date.split("/")[0], contact.date.split("/")[-1]
    published = document.published.isoformat()
    if contact.precision != "day":
        return False
    near = dt.timedelta(days=14)
    return (document.published - near).isoformat() <= last and (
        first <= (document.published + near).isoformat() or first <= published <= last
    )


def _beside(contact: Contact, lead: Contact, document: Document, identities: Identities, *, named: bool) -> bool:
    """Whether a contact is told as news beside the first: a paper on a visit tells of each meeting of it.

    ``named``: the title names the people of the first, so the paper is of no other unless it is on a visit.
    Somebody takes part in both, not everybody; and a day of its own is one of the visit or summit.
    """
    if (
        contact.background
        or contact.kind == "other"
        or contact.status not in ("held", "ongoing", lead.status)
        or document.kind not in ("readout", "other", "news")
        or len({one.country for one in contact.participants if one.country and (one.name or one.office)}) < 2
        or not _about_now(contact, document)
    ):
        return False
    if (
        lead.kind in _REMOTE
        or lead.kind == "message"
        or (lead.kind not in _STAYS and (named or contact.kind in _REMOTE))
    ):
        return False
    if contact.date is not None and lead.kind not in _STAYS and contact.date != (lead.date or str(document.published)):
        return False
    day = document.published
    ours = sides_of(identities.who(one, day) for one in contact.participants)
    theirs = sides_of(identities.who(one, day) for one in lead.participants)
    found = [same_people(ours[country], theirs[country]) for country in ours.keys() & theirs.keys() if country]
    return "same" in found and not (ours.keys() <= theirs.keys() and set(found) == {"same"})


def _between_sides(contact: Contact, kb: Knowledge) -> bool:
    """Whether the contact is one of two sides or may be: somebody of unknown country, or a visit abroad, counts."""
    countries = {one.country for one in contact.participants if one.country}
    if len(countries) > 1:
        return True
    if not countries:
        return False
    if any(one.country is None and one.name and len(one.name.split()) in (2, 3) for one in contact.participants):
        return contact.kind != "visit"
    abroad = kb.find_state(contact.place) if contact.place else None
    return contact.kind == "visit" and abroad is not None and abroad not in countries


def _again(contact: Contact, told: Contact, document: Document, identities: Identities) -> bool:
    """Whether a text tells of the same contact once more, in passing and without a day of its own."""
    if contact.precision == "day" and contact.date != told.date and not (told.date is None and contact.date is None):
        return False
    if contact.status in ("planned", "proposed") and told.status not in ("planned", "proposed"):
        return False
    if contact.precision in ("month", "year"):
        return False
    if (
        contact.kind != told.kind
        and contact.kind not in ("other", "meeting")
        and not {contact.kind, told.kind} <= _REMOTE
    ):
        return False
    day = document.published
    ours = sides_of(identities.who(one, day) for one in contact.participants)
    theirs = sides_of(identities.who(one, day) for one in told.participants)
    if not ours.keys() <= theirs.keys():
        return False
    found = [same_people(ours[country], theirs[country]) for country in ours]
    if told.kind in _STAYS and contact.kind not in _STAYS:
        # A visit has meetings with people whom the telling of the visit does not name.
        return set(found) == {"same"}
    return "different" not in found


def _accounts(contact: Contact, lead: bool, reading: Reading, kb: Knowledge) -> Iterable[Telling]:
    """The publisher's own telling of a contact, and those of others' accounts that it reports."""
    document = reading.document
    country = document.country
    reported = [
        account
        for account in reading.accounts
        if account.contact == contact.id and account.via is not None and account.side != country
        if any(one.country == account.side for one in contact.participants) or kb.state(account.side)
    ]
    if country is not None and document.kind != "news":
        yield _telling(contact, lead, document, country, None)
    elif not reported:
        yield _telling(contact, lead, document, None, _reporter(document))
    for account in _once(reported):
        yield _telling(contact, lead, document, account.side, account.via)


def _once(accounts: Sequence[Account]) -> list[Account]:
    return list({(account.side, account.via): account for account in accounts}.values())


def _reporter(document: Document) -> str | None:
    return document.publisher or (document.byline[0] if document.byline else None)


def _telling(contact: Contact, lead: bool, document: Document, side: str | None, via: str | None) -> Telling:
    return Telling(
        id=content_id("telling", document.id, contact.id, side, via),
        document=document.id,
        uri=document.uri,
        publisher=document.publisher,
        side=side,
        published=document.published,
        language=document.language,
        kind=document.kind,
        title=document.title,
        contact=contact,
        lead=lead,
        via=via,
    )
