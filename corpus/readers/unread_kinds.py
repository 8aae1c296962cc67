"""Known kinds of files that are not read, with advice on how to make them readable."""

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
"""The endings of files by the advice for them."""
_BY_ENDING = {f".{ending}": advice for advice, endings in _ADVICE.items() for ending in endings.split()}
_SINGLE = (
    ("they are", "it is"), ("they hold", "it holds"), ("they lead", "it leads"), ("their", "its"),
    ("them", "it"), ("the addresses", "the address"), ("the pages", "the page"),
)  # fmt: skip
"""Replacements that put the advice into the singular."""
_OF_SYSTEMS = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"))
"""Files that operating systems create in folders, in lower case."""


def advice_for(name: str, *, one: bool) -> str | None:
    """The advice for files of this name's kind, or for `one` file; None for an unknown kind."""
    advice = _BY_ENDING.get(PurePosixPath(name.lower()).suffix)
    if advice and one:
        for many, single in _SINGLE:
            advice = advice.replace(many, single)
    return advice


def is_of_system(name: str) -> bool:
    """Whether an operating system created the file."""
    return name.lower() in _OF_SYSTEMS
