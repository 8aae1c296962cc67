"""Reading a file of any format, as a reload does."""

from pathlib import Path

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.registry import FORMATS


class Reading:
    """Writes files of one format and reads them; `name` is what they are called where a test gives none."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, folder: Path, content: str | bytes, name: str = "") -> list[Article | Problem]:
        """What a file with this content and this path below `folder` gives."""
        path = folder / (name or self._name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return [item for _, item in FORMATS.read_file(path, folder, "news")]

    def one(self, folder: Path, content: str | bytes, name: str = "") -> Article:
        """The one article, without any problem."""
        [article] = self.read(folder, content, name)
        assert isinstance(article, Article), article
        return article

    def refusal(self, folder: Path, content: str | bytes) -> Problem:
        """The one problem, for which there is no article."""
        [problem] = self.read(folder, content)
        assert isinstance(problem, Problem), problem
        assert problem.refused
        return problem
