"""Tables for people and pipes."""

import pytest
from rich.table import Table

from app.cli.tables import print_table

ID = "UA14020010010059145"


def test_a_pipe_gets_names_and_ids_whole(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    table = Table("name", "uk", "kind", "precision", "id")
    table.add_row("Nova Oleksandrivka of the Valley", "Нова Олександрівка", "settlement", "hromada", ID)
    print_table(table)
    told = capsys.readouterr().out
    assert "Nova Oleksandrivka of the Valley" in told
    assert ID in told
