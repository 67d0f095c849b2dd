"""Every setting is documented with its default, and nothing is documented that is no setting."""

import re
from pathlib import Path

from app.settings import Settings

DOCUMENT = (Path(__file__).parent.parent.parent / "docs" / "running.md").read_text()
DOCUMENTED = dict(re.findall(r"^\| `([A-Z_]+)` \|.*\| ([^|]+) \|$", DOCUMENT, flags=re.MULTILINE))


def test_settings_and_documentation_are_the_same() -> None:
    variables = {
        str(field.validation_alias or f"FRONTLINE_{name.upper()}") for name, field in Settings.model_fields.items()
    }
    assert set(DOCUMENTED) == variables


def test_plain_defaults_are_documented_as_they_are() -> None:
    assert DOCUMENTED["FRONTLINE_HOST"] == f"`{Settings.model_fields['host'].default}`"
    assert DOCUMENTED["FRONTLINE_PORT"] == f"`{Settings.model_fields['port'].default}`"
