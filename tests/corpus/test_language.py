import pytest

from corpus.language import guess_language

ENGLISH = "The prime minister said on Monday that the agreement would be signed before the end of the year. "
FRENCH = "Le premier ministre a déclaré lundi que l'accord serait signé avant la fin de cette année. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "und"),
        ("Trump tariffs", "und"),
        (ENGLISH * 3, "en"),
        (FRENCH * 3, "fr"),
        ("이재명 대통령은 14일 나라에서 회담했다.", "ko"),
        ("大桥于周一关闭。市长说五月将重新开放。", "zh"),
        ("両首脳は奈良で会談し、合意に署名した。", "ja"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert guess_language(text) == language
