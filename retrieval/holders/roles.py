"""The offices and roles that somebody can hold, with the words of questions and of articles for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of office or role.

    - `asked`: pattern of the nouns with which a question names it ("ceo"); empty if it only has verbs.
    - `told`: pattern of the nouns with which articles name it.
    - `verbs`: pattern of the verbs with which questions ask for its holder, and articles name them
      ("runs"); `done` is that of their participles ("run by").
    - `deeds`: pattern of verbs with which articles alone name its holder ("bought").
    - `alone`: pattern of those nouns of `told` that an article uses for the holder without saying once more
      of what body ("CEO Ada Oro" in an article about it).
    - `less`: pattern of those nouns of `told` that may mean another role ("chairman" for who runs a
      company), so that a sentence with another one is preferred.
    - `of_country`: it is the office of a country, a town or a part of its government, not of a
      company or club.
    - `lasting`: it never changes hands, as that of a founder.
    """

    asked: str
    told: str
    verbs: str = r"(?!)"
    done: str = r"(?!)"
    deeds: str = r"(?!)"
    alone: str = r"(?!)"
    less: str = r"(?!)"
    of_country: bool = False
    lasting: bool = False


_CHAIR = r"chair(?:man|woman|person)?"
_CEO = r"ceo|chief executive(?: officer)?"
_HEAD = r"(?:head|chief)(?! (?-i:(?!(?:of|for|at|and|is|who|has|said|told)\b)[a-z]))"
"""Not “chief economist” or “head coach”."""
_STATE = r"president|prime minister|premier|governor|king|queen|emir"
_SECRETARY = r"secretary(?:[- ]general)?"

ROLES = (
    Role(r"president", r"president", of_country=True),
    Role(r"prime minister|premier|pm", r"prime minister|premier|pm", of_country=True),
    Role(r"chancellor", r"chancellor", of_country=True),
    Role(r"monarch|king|queen", r"monarch|king|queen|emperor|empress", of_country=True),
    Role(r"pope", r"pope|pontiff", of_country=True),
    Role(r"mayor", r"mayor|lord mayor", of_country=True),
    Role(r"governor", r"governor|gov\.?", of_country=True),
    Role(r"speaker", r"speaker", of_country=True),
    Role(
        r"(?:foreign |defen[cs]e |finance )?minister|secretary(?: of \w+| general)?",
        r"minister|secretary(?:[- ]general| of \w+)?",
        of_country=True,
    ),
    Role(r"ceo|chief executive", rf"{_CEO}|boss|{_HEAD}", alone=_CEO),
    Role(_CHAIR, rf"{_CHAIR}|head|president", r"chairs", r"chaired", less=r"head|president"),
    Role(
        r"(?:head )?coach|manager",
        r"coach|manager|boss",
        r"coach(?:es|ing)|manag(?:es|ing)",
        r"coached|managed",
        alone=r"coach|manager",
    ),
    Role(
        r"captain|skipper",
        r"captain|skipper",
        r"captains|captaining|skippers",
        r"captained|skippered",
        alone=r"captain|skipper",
    ),
    Role(
        r"(?:co-?)?owner|parent company",
        r"(?:co-?)?owner|parent(?: company)?",
        r"owns",
        r"owned|bought|acquired|purchased",
        r"bought|acquired|purchased",
        alone=r"owner",
    ),
    Role(
        r"(?:co-?)?founder",
        r"(?:co-?)?founder",
        r"(?:co-?)?founded",
        r"(?:co-?)?founded|started|set up",
        alone=r"(?:co-?)?founder",
        lasting=True,
    ),
    Role(
        r"leader|head|chief|boss|director|administrator|commissioner",
        rf"{_CEO}|leader|{_HEAD}|boss|director(?:[- ]general)?|managing director|administrator"
        rf"|commissioner|commander|{_CHAIR}|{_SECRETARY}|{_STATE}|minister",
        r"leads|leading|runs|running|heads|heading|directs|directing|helms"
        r"|in charge of|at the helm of|at the head of|governs|rules",
        r"led|run|headed|directed|helmed",
        alone=_CEO,
        less=_CHAIR,
    ),
)
"""The first role that a question names is the one that it asks for."""
