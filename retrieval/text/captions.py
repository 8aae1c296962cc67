"""The captions of photos, recognised by what they say about the photo, or because they tell in the present
tense what somebody does at a named place or on a past day."""

import re

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.scripts import folded

LONGEST = 300
"""Characters of the longest caption: longer sentences tell more than a photo shows."""
_SHOWN = lazy_pattern(
    r"(?:\(|, )(?:(?:seen|pictured|shown) )?(?:(?:at|on the|(?:second|third) from(?: the)?|far|top"
    r"|bottom|front|back) )*(?:left|right|cent(?:er|re))(?:\)|, )"
    r"|\b(?:file|undated|handout) (?:photo|photograph|picture|image)\b"
    r"|\b(?:pictured|seen|shown) (?:here|above|below|in (?:this|an?) (?:\w+ ){0,2}(?:photo|picture|image))\b"
    r"|(?-i:[A-Z])[\w'’-]+,? pictured (?:earlier|last|in|on|at|with|during|after|before|outside)\b"
    r"|^\W*this (?:\w+ )?(?:illustration|photo|picture|image|photograph|rendering|handout|combination)"
    r" (?:shows|depicts|taken|provided|released|made|by|from|of)\b"
    r"|^\W*(?:clockwise )?from (?:top |bottom |far |upper )?(?:left|right)(?: to (?:right|left))?[,:]"
    r"|\bin this (?:[\w.,]+ ){0,5}(?:photo|photograph|picture|image|frame grab)\b"
    r"|[a-z.] \((?-i:L)\)(?=[ ,]|$)"
    r"|(?:(?-i:\b[A-Z][\w.'’-]+)|\b(?:man|woman|boy|girl|soldier|officer|policeman|member|supporter|fan))"
    r"(?: \((?:L|R|C)\))? (?:poses (?:with|for|in|at|as|near|beside|on|outside|after|before)"
    r"|waves (?:at|to|as)|gestures|smiles|hugs|kisses|greets|addresses|looks on"
    r"|speaks (?:to|with|at|during|after|before|outside|in front))\b"
    r"|^\W*(?-i:(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w.'’-]+)/(?:AFP|AP|CNN|EPA|Getty|NurPhoto|Pool|Redux|Reuters"
    r"|Shutterstock|Sipa|The New York Times|USA TODAY)\b",
    re.IGNORECASE,
)
"""Who is in a photo and where in it, what somebody does in it, in the present tense, or who took it."""
_SHOWN_SIGNS = tuple(
    "left right cent photo picture image grab seen shown (l) poses waves gestures smiles hugs kisses greets"
    " addresses looks speaks / illustration rendering handout combination".split()
)
"""A text that matches `_SHOWN` has one of these when it is `folded`. Looking for them takes a twentieth of
the time."""
_VERBS = (
    r"walk|stand|sit|wade|queue|gather|pray|kneel|hug|embrace|wave|cheer|sweep|dig|mourn|hold|look|gaze|ride|light"
    r"|clean|clear|inspect|survey|swim|sleep|shake|applaud|wear|display|chant|shout"
)
_VERBS_WITH_ES = r"march|watch|cross|search"
"""Verbs whose third person ends in "es"."""
_DOES = rf"(?:{_VERBS})s|(?:{_VERBS_WITH_ES})es|carries|lines up"
_DO = rf"{_VERBS}|{_VERBS_WITH_ES}|carry|line up|take part|react"
"""What one person, or several, do in a photo."""
_SOMEBODY = (
    r"an? (?:[\w’'-]+ ){0,3}?(?:man|woman|boy|girl|child|soldier|officer|guard|worker|resident|protester"
    r"|demonstrator|supporter|fan|firefighter|rescuer|volunteer|visitor|tourist|migrant|refugee|student|nurse"
    r"|farmer|fisherman|vendor|passenger|commuter|shopper|voter|pedestrian|cyclist|villager)"
)
_PEOPLE = (
    r"(?:[\w’'-]+ ){0,3}?(?:people|residents|villagers|children|students|protesters|demonstrators|supporters"
    r"|fans|rescuers|firefighters|officers|policemen|police|soldiers|troops|workers|volunteers|migrants"
    r"|refugees|women|men|boys|girls|relatives|mourners|worshippers|visitors|tourists|passengers|commuters"
    r"|pedestrians|shoppers|voters)(?: in (?-i:[A-Z])[\w ]{2,25}, (?-i:[A-Z])[\w. ]{2,25},)?"
)
"""People in a photo without names."""
_DATED = (
    r"\b(?:in|on) (?:[a-z]+day,? )?(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
    r"(?: \d{1,2})?(?:,? \d{4})?\W*$"
)
_TELLS = lazy_pattern(
    r"\b(?:said|says?|told|was|were|ha[ds]|have|been|will|would|can|could|may|might|must|should|do(?:es)?|did"
    r"|every|each|often|always|usually|who|when|while|as|they|we|you|i|it's|that's|but)\b",
    re.IGNORECASE,
)
"""Words of sentences that tell more than a photo shows."""
_PICTURED = lazy_pattern(
    rf"(?:{_SOMEBODY} (?-i:{_DOES})|{_PEOPLE} (?-i:{_DO}))(?![\w-])(?=.* (?-i:[A-Z]))"
    r"|(?!(?:he|she|his|her|its|their|this|the) )(?-i:[A-Z])[^.;:!?]{2,60}? "
    rf"(?-i:{_DOES})\b(?=.*{_DATED})",
    re.IGNORECASE,
)
"""What somebody does in a photo, with a name, or a day at the end, that says where or when. Articles use the
past tense for a past day."""
_NAMED = r"[A-Z][\w.'’-]*[\w’]"
_CREDITED = lazy_pattern(
    rf" (?:(?:Courtesy|From) )?{_NAMED}(?: (?:of|the|van|von|de|der|bin|al|via|{_NAMED})){{1,4}}"
    r"(?:/[^\n.!?]{2,40})?(?=[ \t]*(?:\n|\Z))"
)
"""Who took a photo, after its caption at the end of the line. Of thirty lines of RealTimeQA that end in such
names, twenty were captions; the others end in a full stop too, or have no whole sentence before the names."""


def describes_photo(text: str) -> bool:
    """Whether the text is a photo's caption by what it says, as far as one of its sentences shows."""
    plain = folded(text)
    if any(sign in plain for sign in _SHOWN_SIGNS) and _SHOWN.search(text):
        return True
    return bool(_PICTURED.match(text)) and not _TELLS.search(text)


def is_credited(text: str, start: int, end: int) -> bool:
    """Whether the sentence `text[start:end]` is a photo's caption or credit by its place: a caption ends its
    line with who took the photo ("The pier at dawn. Ida Berg")."""
    if text[max(start, end - 1) : end] == "." and _CREDITED.match(text, end):
        return True
    credit = _CREDITED.match(text, start - 1) if start > 1 and text[start - 2] == "." else None
    return credit is not None and credit.end() == end


def is_caption(text: str) -> bool:
    """Whether the text is just a photo's caption, which may be skipped between two sentences."""
    return len(text) <= LONGEST and "\n" not in text.strip() and describes_photo(text)
