"""Whether a question is in a language that the model does not know.

For most languages the script tells. For those in Latin script the function words do, since questions are too
short for language identification by letters (py3langid takes one English question in ten for another
language).
"""

from corpus.lazy_pattern import lazy_pattern
from retrieval.models.vocabulary import Vocabulary

UNSURE = "und"
"""The tag of a language that is only known to be in another script than the model's languages."""
FEWEST = 2
"""Minimum function words of a language in a question: a single one is often part of a name."""

_WORD = lazy_pattern(r"[^\W\d_]+")
_LATIN = lazy_pattern(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SCRIPTS = (
    ("ko", lazy_pattern(r"[\uac00-\ud7af]")),
    ("ja", lazy_pattern(r"[\u3040-\u30ff]")),
    ("zh", lazy_pattern(r"[\u3400-\u9fff]")),
)

# For each language: function words that are in no name, and those that may be in names ("van der", "de la").
_STRONG = {
    "de": "warum weshalb wieso wer wie wo wann welche welcher welches wurde wurden hat haben ist sind nicht"
    " und sich für über zwischen gegen wird werden viele eine einen dem gibt gab sagte geschah passierte",
    "fr": "pourquoi qui quand où comment combien quel quelle quels quelles est sont été était dans pour avec"
    " sur par une des que entre contre après ont dit fait",
    "es": "qué quién quiénes cuándo dónde cómo cuánto cuántos cuántas cuál por para según está fue fueron son"
    " una unos sobre entre contra después murió dijo que quien cuando donde como cuantos pasó ocurrió",
    "it": "perché chi quando dove come quanto quanti quale quali è sono stato stata della delle degli nel"
    " nella per con una che ha hanno dopo tra contro successo detto",
    "pt": "quem quando onde como quanto quantos qual quais foi foram são uma não por para com sobre entre"
    " contra depois que disse morreu aconteceu",
    "nl": "waarom wie wanneer waar hoe welke werd werden heeft hebben is zijn niet en het een voor met over"
    " tussen tegen na wat hoeveel gebeurde zei",
    "pl": "dlaczego kto kiedy gdzie jak ile jaki jaka jest są został została nie dla przez między przeciw po"
    " co się w na",
    "sv": "varför vem när var hur vilken vilka är blev har inte och för med mellan mot efter ett vad hände",
    "tr": "neden niçin kim ne zaman nerede nasıl kaç hangi ve için ile bu bir oldu mı mi mu dedi",
    "id": "mengapa kenapa siapa kapan bagaimana berapa apa adalah tidak dan untuk dengan antara setelah yang"
    " dari pada di terjadi",
}
_WEAK = {
    "de": "der die das den des von im in am zu zum zur mit auf aus bei was ein er es",
    "fr": "le la les l d de du un et il elle au aux en ce a s y",
    "es": "el la los las de del en un y a al se",
    "it": "il lo la i gli le di del al in un e a da si",
    "pt": "o a os as de do da dos das em no na um e se",
    "nl": "de van der den in op te er",
    "pl": "z i o do",
    "sv": "i på en den det av som till",
    "tr": "da de",
    "id": "ke",
}
_TAUGHT = {
    "de": "nicht werden wurde zwischen",
    "fr": "pourquoi gouvernement depuis plusieurs",
    "es": "gobierno también después personas",
    "it": "perché governo quando persone",
    "pt": "governo também depois pessoas",
    "nl": "waarom regering mensen tussen",
    "pl": "dlaczego kiedy rząd ludzi",
    "sv": "varför regeringen människor mycket",
    "tr": "neden hükümet nasıl insan",
    "id": "mengapa siapa pemerintah orang",
}
"""Common words, most of which are single tokens for a model of the language; for all-MiniLM none is."""
_ASKING = frozenset(
    "warum weshalb wieso wann welcher welches pourquoi combien quelles quién quiénes cuándo dónde cómo"
    " cuántos perché quanti quem quantos waarom wanneer hoeveel dlaczego kiedy varför vilka neden niçin"
    " nerede nasıl mengapa siapa bagaimana berapa".split()
)
"""Words which at the beginning of a question suffice alone."""
_ENGLISH = frozenset(
    "the of and to is are was were did does do has have had who what when where why which how many much for"
    " with by at from that this it its his her their be been about after before over said say not"
    " comment".split()
)
_TYPED_IN_ENGLISH = frozenset(("wat", "in"))
"""Words of another language that are in English questions too; "wat" is typed for "what"."""


def unknown_language(text: str, vocabulary: Vocabulary) -> str:
    """The primary tag of the text's language if the model does not know it, UNSURE if only the script shows
    that; empty if the model knows it or nothing shows that it doesn't."""
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return ""
    script = next((tag for tag, letters in _SCRIPTS if letters.search(text)), "")
    if not vocabulary.knows(text):
        return script or UNSURE
    if script:
        return ""
    if 2 * sum(bool(_LATIN.match(word)) for word in words) < len(words):
        long = [word for word in words if len(word) > 2]  # single letters are in every tokenizer
        return UNSURE if long and not any(map(vocabulary.is_word, long)) else ""
    tag = _by_small_words(words)
    taught = sum(map(vocabulary.is_word, _TAUGHT[tag].split())) if tag else 0
    return "" if 2 * taught > len(_TAUGHT.get(tag, "").split()) else tag


def _by_small_words(words: list[str]) -> str:
    """The language with the most function words in the text; empty if it may be English."""
    best, tag = 0, ""
    for language, strong in _STRONG.items():
        strong_words, weak_words = set(strong.split()), set(_WEAK[language].split())
        own = strong_words | weak_words
        if any(word in _ENGLISH and word not in own for word in words):
            continue
        found = sum(word in own for word in words) + (words[0] in _ASKING & strong_words)
        telling = (own & set(words)) - _ENGLISH
        if found > best and found >= FEWEST and telling & strong_words and telling - _TYPED_IN_ENGLISH:
            best, tag = found, language
    return tag
