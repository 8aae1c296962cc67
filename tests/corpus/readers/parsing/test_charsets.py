from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.parsing.charsets import UnknownEncoding, decode

WEST = "The café on the corner was closed on Monday. “It is a pity,” the owner said – and left."
RUSSIAN = "Мост был закрыт в понедельник. Мэр сказал, что он откроется в мае."
JAPANESE = "橋は月曜日に閉鎖された。市長は五月に再開すると述べた。"


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("cp1252", WEST, "Windows-1252"),
        ("cp1252", "café", "Windows-1252"),
        ("latin-1", "Los años pasan y el niño espera.", "Windows-1252"),
        ("iso8859_15", "Un café à 5 €, près de l'œuvre", "ISO 8859-15"),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy.", "Windows-1250"),
        ("cp1254", "Köprü pazartesi günü kapatıldı. Belediye başkanı söyledi.", "Windows-1254"),
        ("cp1257", "Tiltas buvo uždarytas pirmadienį. Meras sakė, kad jis bus atidarytas.", "Windows-1257"),
        ("cp1251", RUSSIAN, "Windows-1251"),
        ("koi8_r", RUSSIAN, "KOI8-R"),
        ("cp1253", "Η γέφυρα έκλεισε τη Δευτέρα. Ο δήμαρχος είπε ότι θα ανοίξει.", "Windows-1253"),
        ("cp932", JAPANESE, "Shift JIS"),
        ("euc_jp", JAPANESE, "EUC-JP"),
        ("iso2022_jp", JAPANESE, "ISO-2022-JP"),
        ("cp949", "다리는 월요일에 폐쇄되었다. 시장은 5월에 다시 열린다고 말했다.", "EUC-KR"),
        ("gb18030", "大桥于周一关闭。市长说五月将重新开放。", "GB 18030"),
        (
            "mac_roman",
            "Le maire a déclaré à la fête que la clé était là. « C’est réglé », dit-il.",
            "Mac OS Roman",
        ),
        ("mac_roman", "Die Brücke über den Fluß ist für Fußgänger gesperrt, sagte Müller.", "Mac OS Roman"),
        ("utf-16-le", WEST, "UTF-16"),
        ("utf-16-be", WEST, "UTF-16"),
        ("big5", "大橋於週一關閉。市長說五月將重新開放。", "Big5"),
    ],
)
def test_an_encoding_is_told_by_its_letters_and_named(encoding: str, text: str, name: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.detected) == (text, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_says_its_encoding_or_is_utf8_needs_no_word(encoding: str) -> None:
    found = decode(WEST.encode(encoding))
    assert (found.text, found.detected) == (WEST, None)
    assert decode(WEST.encode("utf-16-be"), "utf-16-be").text == WEST


def test_what_was_said_comes_before_what_is_found_but_not_before_a_mark() -> None:
    assert decode("uzavřen".encode("cp1250"), "cp1250").text == "uzavřen"
    assert decode(WEST.encode("utf-8-sig"), "cp1250").text == WEST
    with pytest.raises(UnknownEncoding):
        decode(b"caf\xe9", "ascii")


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (b"Half \xed\xa0\x80 of it", 5),
        (bytes(range(128, 256)), 0),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 0),
        ("Größe und Maß – café\n".encode() * 3 + b"\xe9", 81),
        (b"half \x80\x81\x82 a", 5),
        (b"\xff\xfeh", 2),
        (WEST.encode("cp1252") + b"\x81", 7),
    ],
    ids=["half a character", "all bytes", "a picture", "damaged UTF-8", "signs", "cut short", "unused byte"],
)
def test_where_it_is_not_sure_it_is_refused_with_the_place(data: bytes, start: int) -> None:
    with pytest.raises(UnknownEncoding, match=r"not UTF-8 \(byte \d+\)") as caught:
        decode(data)
    assert caught.value.start == start


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    with suppress(UnknownEncoding):
        decode(data).text.encode()
