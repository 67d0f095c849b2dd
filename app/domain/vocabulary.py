"""The closed lists of words that the wire, the database and the code share (CONTRACT enumerations)."""

from enum import StrEnum


class Term(StrEnum):
    """A word of a closed list. It hashes as the text it equals; Python's own hash of a member is a call of its own."""

    __hash__ = str.__hash__


class Language(Term):
    EN = "en"
    UK = "uk"
    RU = "ru"


class Relation(Term):
    """How a spatial expression relates what happened to its anchors."""

    AT = "at"
    NEAR = "near"
    OUTSKIRTS = "outskirts"
    PART = "part"
    BEARING = "bearing"
    DISTANCE = "distance"
    BETWEEN = "between"
    AXIS = "axis"
    TOWARD = "toward"
    ALONG = "along"
    OPERATIONAL_DIRECTION = "operational_direction"


class Compass(Term):
    """The sixteen winds."""

    N = "N"
    NNE = "NNE"
    NE = "NE"
    ENE = "ENE"
    E = "E"
    ESE = "ESE"
    SE = "SE"
    SSE = "SSE"
    S = "S"
    SSW = "SSW"
    SW = "SW"
    WSW = "WSW"
    W = "W"
    WNW = "WNW"
    NW = "NW"
    NNW = "NNW"

    @property
    def degrees(self) -> float:
        """Clockwise from true north, 0 to 337.5."""
        return list(Compass).index(self) * 22.5

    @property
    def winds(self) -> int:
        """The coarsest rose that has this wind: 4, 8 or 16."""
        return {1: 4, 2: 8, 3: 16}[len(self.value)]


class Event(Term):
    ASSAULT = "assault"
    CLASH = "clash"
    ATTACK_REPELLED = "attack_repelled"
    ADVANCE = "advance"
    CONSOLIDATION = "consolidation"
    CONTROL_CHANGE = "control_change"
    WITHDRAWAL = "withdrawal"
    SHELLING = "shelling"
    AIR_STRIKE = "air_strike"
    DRONE_STRIKE = "drone_strike"
    MISSILE_STRIKE = "missile_strike"
    AIR_DEFENCE = "air_defence"
    CASUALTIES = "casualties"
    OTHER = "other"


class Outcome(Term):
    SUCCESS = "success"
    PARTIAL_SUCCESS = "partial_success"
    NO_SUCCESS = "no_success"
    ONGOING = "ongoing"
    UNKNOWN = "unknown"


class Actor(Term):
    UA = "UA"
    RU = "RU"
    UNKNOWN = "unknown"


class SpeakerSide(Term):
    UA = "UA"
    RU = "RU"
    THIRD_PARTY = "third_party"
    MEDIA = "media"


PARTIES = (SpeakerSide.UA, SpeakerSide.RU)
"""Those who speak for one of the two sides of the war."""


class ClaimStatus(Term):
    CLAIMED = "claimed"
    REPORTED = "reported"
    ASSESSED = "assessed"
    GEOLOCATED = "geolocated"
    CONFIRMED = "confirmed"
    DENIED = "denied"


class TimePrecision(Term):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class TimeBasis(Term):
    STATED = "stated"
    AS_OF = "as_of"


class Use(Term):
    """`associative`: the name stands for a government or inside an organisation's name."""

    LITERAL = "literal"
    ASSOCIATIVE = "associative"


class MentionOutcome(Term):
    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    OUT_OF_THEATRE = "out_of_theatre"


class PlaceKind(Term):
    SETTLEMENT = "settlement"
    CITY = "city"
    OBLAST = "oblast"
    RAION = "raion"
    COUNTRY = "country"
    RIVER = "river"
    SEA = "sea"
    REGION = "region"
    FACILITY = "facility"


SETTLEMENTS = frozenset({PlaceKind.SETTLEMENT, PlaceKind.CITY})
POINTLIKE = SETTLEMENTS | {PlaceKind.FACILITY}
"""Small enough for a coordinate to say where they are."""
WATERS = frozenset({PlaceKind.RIVER, PlaceKind.SEA})


class CoordinatePrecision(Term):
    """What a place's coordinate is the coordinate of."""

    EXACT = "exact"
    HROMADA = "hromada"
    RAION = "raion"
    AREA = "area"


class GeoPrecision(Term):
    """UCDP `where_prec`, with 5 split into between and relative."""

    EXACT = "1"
    NEAR = "2"
    RAION = "3"
    OBLAST = "4"
    BETWEEN = "5a"
    RELATIVE = "5b"
    COUNTRY = "6"
    INTERNATIONAL = "7"


class FeatureKind(Term):
    POINT = "point"
    SECTOR = "sector"


class NameKind(Term):
    """Where a name form comes from; the rarer kinds cost a candidate more."""

    OFFICIAL = "official"
    ENGLISH = "english"
    RUSSIAN = "russian"
    FORMER = "former"
    VARIANT = "variant"
    ADJECTIVE = "adjective"


class PassageKind(Term):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


class LinkKind(Term):
    """How one claim stands to another. `copies`: one briefing told over by several outlets, which is one voice."""

    COPIES = "copies"
    REASSERTS = "reasserts"
    CONTRADICTS = "contradicts"
    CORROBORATES = "corroborates"


class FeedKind(StrEnum):
    """What stands at a feed's address, and so which adapter of `sources/kinds` opens it."""

    FEED = "feed"
    """RSS or Atom."""
    PAGE = "page"
    """One page that is edited as time goes by."""
    SITEMAP = "sitemap"
    FOLDER = "folder"
    JSONL = "jsonl"
    TELEGRAM = "telegram"
    """The JSON that Telegram Desktop exports of a channel."""


class FetchOutcome(StrEnum):
    """What became of one attempt to learn something; docs/feeds.md tells each."""

    POLLED = "polled"
    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    READ = "read"
    KNOWN = "known"
    FAILED = "failed"


class FailureReason(StrEnum):
    """Why an attempt failed; docs/feeds.md tells each."""

    BAD_ADDRESS = "bad_address"
    NOT_PUBLIC = "not_public"
    UNRESOLVED = "unresolved"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    REDIRECTS = "redirects"
    ROBOTS = "robots"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    BUSY = "busy"
    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    WRONG_TYPE = "wrong_type"
    MALFORMED = "malformed"
    UNREADABLE = "unreadable"
    UNDATED = "undated"
    MISSING = "missing"
    INTERNAL = "internal"

    @property
    def passes(self) -> bool:
        """Whether the same attempt may succeed a while later without anybody mending anything."""
        return self in _PASSING


_PASSING = frozenset(
    {
        FailureReason.UNRESOLVED,
        FailureReason.UNREACHABLE,
        FailureReason.TIMEOUT,
        FailureReason.BUSY,
        FailureReason.SERVER_ERROR,
        FailureReason.INTERNAL,
    }
)


class DateBasis(StrEnum):
    """Who says when a report was published."""

    GIVEN = "given"
    """The person who handed it in, or its own header."""
    FEED = "feed"
    PAGE = "page"
    """Metadata of the page."""
    TEXT = "text"
    """The one full date in its title or above its first paragraph."""
