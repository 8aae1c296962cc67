"""Kinds of files that people have and that are not read, and what to do to have what is in them."""

from pathlib import PurePosixPath

NO_TEXT = "they hold no text that is read"
_ADVICE = {
    "save them as .docx": "doc docm odt fodt rtf pages wpd wps sxw hwp hwpx",
    "save them as .csv": "xls xlsx xlsm xlsb ods numbers dbf sav dta",
    "write them out as .csv or .jsonl": "db sqlite sqlite3 mdb accdb parquet feather arrow avro pkl npy sql",
    "unpack them, or pack them as .zip": "7z rar tar tgz gz bz2 tbz xz txz zst lz4 cab dmg iso",
    "save the messages as .eml, or the mailbox as .mbox": "msg oft emlx pst ost olm dbx",
    "save the pages as .html or .mhtml": "webarchive maff warc wacz har asp aspx php jsp",
    "add the addresses that they lead to": "url webloc desktop lnk",
    "save their chapters as .html or .txt": "epub mobi azw azw3 fb2 djvu",
    "export the notes as .html or .md": "enex one onepkg bear textbundle",
    "save them as .html or .md": "rst adoc asciidoc org tex textile wiki mediawiki mdx",
    "save them as .pdf": "ps eps indd qxp pub xps pptx ppt odp key",
    "they are not complete: get them again": "part crdownload download tmp",
    NO_TEXT: (
        "jpg jpeg png gif webp svg avif heic bmp tif tiff ico psd ai mp3 m4a wav ogg flac mp4 m4v mov avi "
        "mkv webm css js mjs map woff woff2 ttf otf eot"
    ),
}
"""What would take files of these endings."""
_BY_ENDING = {f".{ending}": advice for advice, endings in _ADVICE.items() for ending in endings.split()}
_SINGLE = (
    ("they are", "it is"), ("they hold", "it holds"), ("they lead", "it leads"), ("their", "its"),
    ("them", "it"), ("the addresses", "the address"), ("the pages", "the page"),
)  # fmt: skip
"""What of the advice is another where it is about one file."""
_OF_SYSTEMS = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"))
"""What systems put into folders by themselves, in lower case."""


def advice_for(name: str, *, one: bool) -> str | None:
    """What to do with files of this name's kind, or with `one` of it; None for a kind that nobody is known to
    have."""
    advice = _BY_ENDING.get(PurePosixPath(name.lower()).suffix)
    if advice and one:
        for many, single in _SINGLE:
            advice = advice.replace(many, single)
    return advice


def is_of_system(name: str) -> bool:
    """Whether a system wrote the file by itself."""
    return name.lower() in _OF_SYSTEMS
