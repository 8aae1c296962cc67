"""The names of an article's fields in files, in several languages."""

import unicodedata
from collections.abc import Mapping

_ENGLISH: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "articleid", "newsid", "storyid", "docid", "identifier", "guid", "uuid"),
    "title": (
        "title", "headline", "headlines", "articletitle", "posttitle", "webtitle", "heading", "name",
    ),
    "text": (
        "text", "body", "content", "articlebody", "bodytext", "articletext", "fulltext", "maintext",
        "contenttext", "plaintext", "postcontent", "story", "article", "contentencoded", "encoded",
        "bodyhtml", "bodyxhtml", "contenthtml", "html", "contentelements", "articlecontent", "newscontent",
        "paragraphs", "blocks", "selftext", "leadparagraph", "description", "summary", "abstract", "excerpt",
    ),
    "url": (
        "url", "link", "permalink", "canonical", "canonicalurl", "weburl", "articleurl", "sourceurl",
        "webpage", "href", "uri", "mainentityofpage", "alternate", "respondedurl", "requestedurl",
    ),
    "published": (
        "published", "publishedat", "firstpublished", "firstpublishdate", "firstpublicationdate",
        "datepublished", "publisheddate", "publisheddatetime", "publicationdate", "publishdate",
        "publishtime", "publishedtime", "publishedon", "publishon", "datepublish", "pubdate", "pubtime",
        "datetimepub", "webpublicationdate", "displaydate", "versioncreated", "dategmt", "date", "datetime",
        "postdategmt",
        "postdate", "dateposted", "releasedate", "issued", "created", "createdat", "createdutc",
        "datecreated", "timestamp",
    ),
    "modified": (
        "modified", "datemodified", "modifiedat", "lastmodified", "modifieddate", "updated", "updatedat",
        "dateupdated", "lastupdated", "lastupdateddate", "postmodified", "postmodifiedgmt", "lastmod",
    ),
    "author": (
        "author", "authors", "byline", "bylines", "creator", "creators", "writer", "writers", "authorname",
        "by", "credits", "publishedby", "journalist", "reporter",
    ),
    "source": (
        "source", "sourcename", "site", "sitename", "publisher", "outlet", "publication", "newspaper",
        "paper", "provider", "medium", "domain", "feed", "origin",
    ),
    "language": ("language", "lang", "inlanguage", "languagecode", "langcode"),
    "collection": ("collection",),
}  # fmt: skip
_OTHERS: Mapping[str, tuple[str, ...]] = {
    "title": (
        "titel", "überschrift", "schlagzeile", "titre", "título", "titulo", "titular", "titolo", "rubrik",
        "otsikko", "tytuł", "başlık", "заголовок", "제목", "見出し", "題名", "タイトル", "标题", "標題",
    ),
    "text": (
        "inhalt", "volltext", "texte", "contenu", "texto", "contenido", "cuerpo", "conteúdo", "testo",
        "contenuto", "tekst", "treść", "metin", "текст", "본문", "내용", "本文", "正文", "内容", "內容",
    ),
    "url": ("lien", "enlace", "ссылка", "링크", "リンク", "链接", "連結"),
    "published": (
        "datum", "erscheinungsdatum", "veröffentlicht", "veröffentlichtam", "datedepublication", "fecha",
        "fechadepublicación", "datadepublicação", "datadipubblicazione", "datapublikacji", "tarih", "дата",
        "날짜", "일자", "입력", "작성일", "등록일", "日付", "日時", "公開日", "掲載日", "発行日", "日期",
        "时间", "時間", "发布时间", "發布時間",
    ),
    "author": (
        "autor", "autorin", "verfasser", "auteur", "auteurs", "autores", "autore", "yazar", "автор",
        "기자", "기고자", "작성자", "글쓴이", "저자", "記者", "著者", "筆者", "作者", "记者",
    ),
    "source": (
        "quelle", "zeitung", "fuente", "medio", "periódico", "fonte", "testata", "bron", "kaynak", "источник",
        "언론사", "매체", "출처", "媒体", "媒體", "新聞社", "出典", "来源", "來源",
    ),
    "language": ("sprache", "langue", "idioma", "lingua", "язык", "언어", "言語", "语言", "語言"),
}  # fmt: skip
"""The same in other languages, from the columns and labels of real files; names with two meanings, such as
`data`, are left out."""
NAMES: Mapping[str, tuple[str, ...]] = {
    ours: theirs + _OTHERS.get(ours, ()) for ours, theirs in _ENGLISH.items()
}
"""For each field of Newsdesk its normalised names; the first one with a value is used. A description or
summary is the text only if there is nothing else."""
SUMMARIES = frozenset(("description", "summary", "abstract", "excerpt"))
"""The names that mean only a part of a text."""
OURS: Mapping[str, str] = {name: ours for ours, names in NAMES.items() for name in names}
"""The field of each known name."""


def plain_name(name: str) -> str:
    """A normalised name: `dc:Pub_Date` is `pubdate`."""
    letters = unicodedata.normalize("NFKC", name).casefold().rpartition(":")[2]
    return "".join(character for character in letters if character.isalnum())
