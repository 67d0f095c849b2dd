"""Where words stand: half-open spans of code points into a report's stored text."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text[start:end]`, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    @staticmethod
    def around(spans: Iterable["Span"]) -> "Span":
        """The shortest span that holds all of `spans`, of which there must be at least one."""
        held = list(spans)
        return Span(min(s.start for s in held), max(s.end for s in held))


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The edges of `text[start:end]` without white space at either end; equal where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
