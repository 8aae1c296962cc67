"""Options that several commands share."""

import click

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
as_asked_option = click.option(
    "--as-asked", is_flag=True, help="Do not take dates, outlets or authors from the question's words."
)
