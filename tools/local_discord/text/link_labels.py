"""Discord's checks of the label of a masked link before it is shown instead of the address."""

import re
import unicodedata

_UNSEEN = frozenset({"Cf", "Zl", "Zp", "Cc", "Zs"})
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_LIKES = {
    ord(like): sign
    for sign, likes in {
        "h": "Hһհ\u13c2ℎ𝐡𝒉𝒽𝓱𝔥𝕙𝖍𝗁𝗵𝘩𝙝𝚑ｈ",
        "t": "T𝐭𝑡𝒕𝓉𝓽𝔱𝕥𝖙𝗍𝘁𝘵𝙩𝚝",
        "p": "Pρϱр⍴ⲣ𝐩𝑝𝒑𝓅𝓹𝔭𝕡𝖕𝗉𝗽𝘱𝙥𝚙𝛒𝛠𝜌𝜚𝝆𝝔𝞀𝞎𝞺𝟈ｐҏ",
        "s": "Sƽѕꜱꮪ𐑈𑣁𝐬𝑠𝒔𝓈𝓼𝔰𝕤𝖘𝗌𝘀𝘴𝙨𝚜ｓ",
        ":": "ː˸։׃܃܄ःઃ᛬᠃᠉⁚∶ꓽ꞉︰：;\u037e",
        "/": "᜵⁁⁄∕╱⟋⧸Ⳇ⼃〳ノ㇓丿𝈺",
    }.items()
    for like in likes
}
"""Look-alikes that the client treats as characters of `https://` when it looks for addresses in labels."""
_PICTURES = re.compile(
    "[‼⁉ℹ↔-↙↩↪⌚⌛⌨⏏⏩-⏳⏸-⏺Ⓜ▪▫▶◀◻-◾☀-☄☎☑☔☕☘☝☠☢☣☦☪☮☯☸-☺♀♂♈-♓♟♠♣♥♦♨♻♾♿⚒-⚗⚙⚛⚜⚠⚡⚧⚪⚫⚰⚱⚽⚾⛄⛅⛈⛎⛏⛑⛓⛔⛩⛪⛰-⛵"
    "⛷-⛺⛽✂✅✈-✍✏✒✔✖✝✡✨✳✴❄❇❌❎❓-❕❗❣❤➕-➗➡➰➿⤴⤵⬅-⬇⬛⬜⭐⭕〰〽㊗㊙\u20e3\ufe0f\U0001f000-\U0001faff]"
)
_INVITE = re.compile(r"discord(?:app)?\.\w", re.IGNORECASE)


def without_unseen(label: str) -> str:
    """The label without invisible characters."""
    return "".join(
        c for c in label if c in " \n" or not (unicodedata.category(c) in _UNSEEN or c in _FILLERS)
    )


def as_client_reads(label: str) -> str:
    """The label with look-alikes replaced by the characters of `https://`."""
    return label.translate(_LIKES)


def leads_elsewhere(read: str) -> bool:
    """Whether a label contains an invitation or an emoji, for which the client shows no link."""
    return bool(_INVITE.search(read) or _PICTURES.search(read))
