"""Options and exit statuses that commands share."""

from datetime import datetime
from typing import Annotated

import typer

from app.domain.vocabulary import Language

SOME_FAILED, CANNOT_START = 1, 2

Published = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication, where the report does not say it.")
]
Publisher = Annotated[str | None, typer.Option(help="Who published it.")]
Lang = Annotated[Language | None, typer.Option(help="Language, where it should not be told from the text.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and draw, and store nothing.")]
