"""Everything that can go wrong on purpose.

FrontlineError
├── ReportError              a report that cannot be taken as given; `reason` says why, in one word
│   ├── UnreadableReport     no text in it, wrong encoding, not a text at all
│   ├── UndatedReport        nobody says when it was published
│   └── FetchError           an address that could not be fetched, or must not be
├── FeedError                an entry of the register of feeds that is not there or not right
├── GazetteerError           a gazetteer that is missing, broken or of another version
├── ClusterError             the embedded database cannot be had
│   └── MissingPackages      …for want of system packages; carries the line to type
└── QueryError               a request that cannot be answered as asked
    ├── BadParameter         a parameter outside its form or range (400)
    └── UnsettledPhrase      a direction that names no known place, or several (422)
"""

from collections.abc import Mapping, Sequence

from app.domain.interpretation import Candidate
from app.domain.vocabulary import FailureReason


class FrontlineError(Exception):
    """Base of all errors raised on purpose; its text is written for the person who can mend it."""


class ReportError(FrontlineError):
    reason = FailureReason.MALFORMED
    target: str | None = None
    """The address or file it is about, where that is known."""


class UnreadableReport(ReportError):
    reason = FailureReason.UNREADABLE


class UndatedReport(ReportError):
    reason = FailureReason.UNDATED


class FetchError(ReportError):
    """`retry_after`: seconds for which the server asks not to be asked again."""

    def __init__(
        self,
        message: str,
        reason: FailureReason = FailureReason.UNREACHABLE,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry_after = retry_after


class FeedError(FrontlineError):
    pass


class GazetteerError(FrontlineError):
    pass


class ClusterError(FrontlineError):
    pass


class MissingPackages(ClusterError):
    def __init__(self, message: str, command: str) -> None:
        super().__init__(message)
        self.command = command


class QueryError(FrontlineError):
    pass


class BadParameter(QueryError):
    """`name` is the parameter, `right` says what would be right."""

    def __init__(self, name: str, message: str, right: str) -> None:
        super().__init__(message)
        self.name = name
        self.right = right


class UnsettledPhrase(QueryError):
    """`understood` tells what was read from the phrase; `candidates` the places it may mean, and `within` what each of
    them lies in, by id."""

    def __init__(
        self,
        phrase: str,
        message: str,
        understood: str,
        candidates: Sequence[Candidate] = (),
        within: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.phrase = phrase
        self.understood = understood
        self.candidates = tuple(candidates)
        self.within = dict(within or {})
