"""Which code and data an interpretation was made with."""

from dataclasses import dataclass

from app.domain.digest import digest


@dataclass(frozen=True, slots=True)
class Run:
    """The same three give the same id and, for the same evidence, the same rows on every machine."""

    code_version: str
    gazetteer_digest: str
    rules_version: str

    @property
    def id(self) -> str:
        return digest("run", self.code_version, self.gazetteer_digest, self.rules_version)
