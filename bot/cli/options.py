"""Options that several commands share."""

import click

from corpus.article import DEFAULT_COLLECTION, check_collection_name
from corpus.errors import WrongCall


def collection_name(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    """The name itself. Raises WrongCall if it can't name a collection."""
    try:
        return check_collection_name(name)
    except ValueError as error:
        raise WrongCall(str(error)) from error


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
as_asked_option = click.option(
    "--as-asked", is_flag=True, help="Do not take dates, outlets or authors from the question's words."
)
collection_option = click.option(
    "--collection",
    default=DEFAULT_COLLECTION,
    show_default=True,
    callback=collection_name,
    help="Which collection.",
)
