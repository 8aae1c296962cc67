"""Reduces Slack's types, as JSON Schema, to what the local server validates.

    python -m tools.local_slack.rules.trim_types PATH/TO/slack-types.schema.json

writes types.json beside this file: the blocks and views that the bot makes, and their parts. What the bot
does not use is left out and therefore refused, so that its limits are looked up when it is first used. The
types are Slack's (npm: @slack/types 3.2.0, MIT), converted to a schema with ts-json-schema-generator.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tools.local_platform.trimming import lines, reachable, without_prose

HERE = Path(__file__).parent
ROOTS = ("HomeView", "ModalView")
USED = frozenset(
    """
    ActionsBlock ContextBlock DividerBlock HeaderBlock InputBlock RichTextBlock SectionBlock
    Button Checkboxes Datepicker PlainTextInput Select StaticSelect ExternalSelect MultiSelect
    MultiExternalSelect MultiUsersSelect TextObject PlainTextElement MrkdwnElement PlainTextOption
    RichTextSection RichTextQuote RichTextText RichTextLink RichTextDate
    """.split()
)
"""The branches of unions that are kept."""
UNUSED = frozenset(
    """
    clear_on_close confirm description dispatch_action dispatch_action_config expand external_id fields
    focus_on_load hint initial_date notify_on_close option_groups
    """.split()
)
"""The properties that are left out."""
PREFIX = "#/definitions/"
PROSE = frozenset({"description", "deprecated", "title", "default", "defaultSnippets"})
ANY_BLOCK, KNOWN_BLOCK = "#/definitions/AnyBlock", "#/definitions/KnownBlock"


def trim(schema: dict[str, Any]) -> dict[str, Any]:
    """The part of the schema that the local server needs, without explanatory text."""
    cleaned = {name: _used(without_prose(one, PROSE)) for name, one in schema["definitions"].items()}
    return {
        "source": "npm: @slack/types 3.2.0 (MIT), trimmed by trim_types.py",
        "definitions": reachable(cleaned, ROOTS, PREFIX),
    }


def _used(node: Any) -> Any:
    """The used part of the schema, without the generic block, which would allow blocks of any type."""
    if isinstance(node, list):
        return [_used(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _used(value) for key, value in node.items()}
    if "anyOf" in kept:
        kept["anyOf"] = [
            one for one in kept["anyOf"] if one.get("$ref", PREFIX).removeprefix(PREFIX) in {"", *USED}
        ]
    if "properties" in kept:
        kept["properties"] = {key: value for key, value in kept["properties"].items() if key not in UNUSED}
    return {"$ref": KNOWN_BLOCK} if kept.get("$ref") == ANY_BLOCK else kept


def written(trimmed: dict[str, Any]) -> str:
    """The JSON with one definition per line, so that the diff of an update is readable."""
    source = json.dumps(trimmed["source"])
    return f'{{"source":{source},\n"definitions":{{\n{lines(trimmed["definitions"])}\n}}}}\n'


if __name__ == "__main__":
    trimmed = trim(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    (HERE / "types.json").write_text(written(trimmed), encoding="utf-8")
