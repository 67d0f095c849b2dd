"""The phrases that place something, as patterns over the classes of words; one grammar for the three languages.

A pattern is a regular expression whose letters are words: every class of the lexicon (near, compass, town …), every
kind of mention (place, expanse, tract, stream) and mark is one symbol. Names in MACROS stand for their own patterns.
`(?P<list>…)` holds the anchors, `(?P<winds>…)` the bearings, `(?P<dist>…)` the distance, `(?P<part>…)` the part.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.domain.vocabulary import Relation
from app.reading.words.lexicon import SHAPING

USED = "used"
"""The class of words that an expression found earlier has taken."""

_KINDS = (
    *sorted(SHAPING),
    *("place", "expanse", "tract", "stream", "site", USED),
    *("comma", "semicolon", "colon", "open", "close", "slash", "dash", "poss", "gone", "quote", "stop", "dot"),
    *("digits", "other", "cap", "word", "name", "edge"),
)
SYMBOLS = {kind: chr(0x4E00 + number) for number, kind in enumerate(_KINDS)}

_MACROS = {
    "mention": "(place|expanse|tract|stream|site)",
    "comma_or_and": "(comma (and|slash)? | and | slash)",
    "sep": "(comma_or_and | semicolon and?)",
    "away_from": "(of|off|from)",
    "gloss": "(open (?!close) [^open close]{1,24} close)",
    "aside": "(comma? used{1,12} | gloss)",
    "qualifier": "(det|dem|windy|about|quote)",
    "generic": "(town|admin of|district of|community of|facility|water|district|community)",
    "owner": "((place|expanse|stream) (poss|(?=(word|border|coast|dem)? town of? mention)))",
    "owners": "(owner (word|border|coast|dem)?){0,2}",
    "lead": "((det (word|windy|dem|digits|dash){0,3}|qualifier{0,3}) owners generic{0,2} of? quote?)",
    "inside": "((comma? in|of|comma)? (qualifier|admin of){0,2} (expanse|tract) | comma expanse | place community)",
    "named": "(tract of? place | mention)",
    "item": "(lead named quote? poss? (facility|community)? inside{0,2} aside{0,2})",
    "list": "(item (sep in? item|dash item_){0,60})",
    "item_": "(named quote? inside{0,2} aside{0,2})",
    "one": "(lead mention inside{0,2})",
    "some": "(mention (sep mention){0,8})",
    "bounded_row": "(item ((comma_or_and item|dash item_){1,60} (?!(sep item){0,60} measure? compass away_from))?)",
    "back": "((det|this)? town(?!mention|cap|quote|of)|capital|this district|this admin)",
    "row": "(item (sep item|dash item_){0,60})",
    "anchors": "((?P<list>row)|(?P<back>back))",
    "anchors_": "((?P<list>bounded_row)|(?P<back>back))",
    "measure": "((about|to){0,3} ((digits|number) (dash (digits|number))? unit dot?) (gloss)?)",
    "winds": "(compass|bearing)",
    "compasses": "(compass (comma? and? (to|on|in|from)? det? compass){0,3})",
    "windies": "(windy (comma? and? windy){0,3})",
}


@dataclass(frozen=True)
class Rule:
    """One kind of phrase. `name` tells it apart in tests and messages."""

    name: str
    relation: Relation
    pattern: re.Pattern[str]
    needs: frozenset[str]
    """Symbols of which a row must have one."""
    leaves: bool = False
    """Whether other rules may still take its words: "15 km from the road between A and B" is two expressions."""

    @cached_property
    def groups(self) -> frozenset[str]:
        """Names of the groups of its pattern."""
        return frozenset(self.pattern.groupindex)


def _compiled(pattern: str) -> re.Pattern[str]:
    previous = ""
    while previous != pattern:
        previous = pattern
        pattern = re.sub(r"(?<![<\w])[a-z_]+(?![\w>])", _expanded, pattern)
    return re.compile(re.sub(r"\s+", "", pattern))


def _expanded(match: re.Match[str]) -> str:
    word = match.group()
    return _MACROS[word] if word in _MACROS else SYMBOLS[word]


def _rule(name: str, relation: Relation, pattern: str, *, needs: str, leaves: bool = False) -> Rule:
    return Rule(name, relation, _compiled(pattern), frozenset(SYMBOLS[kind] for kind in needs.split()), leaves)


# Earlier rules take their words first.
RULES: tuple[Rule, ...] = (
    # between Avdiivka and Marinka; at "15 km from the road between A and B" the distance keeps both anchors
    _rule(
        "distance between",
        Relation.DISTANCE,
        "(?P<dist>measure) away? away_from det? line between (?P<list>one and one)",
        leaves=True,
        needs="between",
    ),
    _rule(
        "border between",
        Relation.ALONG,
        "border between (?P<list>lead (expanse|tract) and lead (expanse|tract))",
        needs="border",
    ),
    _rule("between", Relation.BETWEEN, "between (?P<list>one (and|dash|comma) in? between? one)", needs="between"),
    # X, north of Y, and Z: the bearing says where X is, and Z is none of its anchors
    _rule(
        "aside",
        Relation.BEARING,
        "(?<=(?:mention)comma) (?P<dist>measure)? (about|to|det){0,2} (?P<winds>compasses)"
        " away_from (?P<list>one) (?=comma)",
        needs="compass",
    ),
    # in the east of the oblast; на півночі Харківщини
    _rule(
        "side of",
        Relation.PART,
        "(in|on) (det(?=compasses of)|(?!compasses of)) (?P<winds>compasses) of?"
        " ((?P<back>back)|det? dem? generic? (?P<list>some))",
        needs="compass",
    ),
    _rule(
        "side",
        Relation.PART,
        "(?P<winds>compasses) (?P<list>(expanse|tract) (sep (expanse|tract)){0,8})",
        needs="compass",
    ),
    # 5 km north-west of X; north and south of the city of X; на південь від X; к юго-западу от X
    _rule(
        "bearing of",
        Relation.BEARING,
        "(?P<dist>measure)? (away|about|comma){0,2} (to|on|in|from|away)? det? about{0,2}"
        " (?P<winds>compasses) away_from anchors_",
        needs="compass",
    ),
    # в районах південніше A, B, C: only the first is bounded by the bearing
    _rule(
        "areas bearing", Relation.BEARING, "(?<=near) (?P<winds>bearing) of? (?P<list>one) (?=comma)", needs="bearing"
    ),
    # поблизу X, східніше A, B та C: the same
    _rule(
        "listed bearing",
        Relation.BEARING,
        "(?<=(?:mention)comma) (?P<winds>bearing) of? (?P<list>one) (?=comma)",
        needs="bearing",
    ),
    # 7 км севернее X; північніше та західніше X
    _rule(
        "bearing",
        Relation.BEARING,
        "near? (?P<dist>measure)? about? (?P<winds>bearing (comma? and? bearing){0,3}) (of|off)? anchors",
        needs="bearing",
    ),
    _rule(
        "distance",
        Relation.DISTANCE,
        "(?P<dist>measure) (away|word)? away_from (det? (center|outskirts) of?)? anchors",
        needs="unit",
    ),
    # northern outskirts of X; на околиці X; X's southern suburbs
    _rule("outskirts", Relation.OUTSKIRTS, "(?P<winds>windies)? outskirts (of|off)? anchors", needs="outskirts"),
    _rule("outskirts after", Relation.OUTSKIRTS, "(?P<list>one) poss (?P<winds>windies)? outskirts", needs="poss"),
    # the left bank of the Dnipro; on left-bank Kherson Oblast
    _rule("bank", Relation.ALONG, "(?P<part>bank) of? det? (?P<list>lead stream inside?)", needs="bank"),
    _rule(
        "bank of land", Relation.PART, "(?P<part>bank) (part)? of? (?P<list>lead (expanse|tract|place))", needs="bank"
    ),
    _rule(
        "along",
        Relation.ALONG,
        "(along|border|coast) (det|coast|border|line|bank|with|from|of|on|in|word){0,4}"
        " (?P<list>lead (stream|expanse) (sep lead (stream|expanse)){0,3})",
        needs="along border coast",
    ),
    # western Donetsk Oblast; the north of X; у північній частині X; central X
    _rule(
        "part",
        Relation.PART,
        "(?P<winds>windies) ((part|district|area) of? det? generic? of?)?"
        " (?P<list>(mention) inside{0,2} (sep mention (?!dir)){0,8})",
        needs="windy",
    ),
    _rule("part of back", Relation.PART, "(?P<winds>windies) (part|district|area) of? (?P<back>back)", needs="windy"),
    _rule(
        "centre",
        Relation.PART,
        "(?P<part>center) (part)? of? det? generic? of? ((?P<list>some)|(?P<back>back))",
        needs="center",
    ),
    # A–B frontline; у напрямках A – B та C – D; the road A–B
    _rule(
        "axis before",
        Relation.AXIS,
        "(dir|(?P<part>line)) (of|digits|cap|dash|quote|town|line|generic){0,6}"
        " (?P<list>place (dash place){1,4} (sep place dash place){0,6})",
        needs="dash",
    ),
    _rule(
        "axis after",
        Relation.AXIS,
        "(?P<list>place (dash place){1,4}) quote? det? (word|dem)? (dir|(?P<part>line)|border)",
        needs="dash",
    ),
    # Crimea's southern coast; Ukraine's east
    _rule(
        "side after",
        Relation.PART,
        "(?P<list>place|expanse) poss (?P<winds>windies|compasses) (?!mention|dem|town|admin)",
        needs="poss",
    ),
    _rule(
        "from to",
        Relation.AXIS,
        "(from|off) (?P<list>one ((in|on) det? compass|word|comma){0,3} (to|toward) one)",
        needs="from off",
    ),
    # двигаясь из A в B; but not «из A по B ударили»
    _rule("moving from to", Relation.AXIS, "from (?P<list>one (in|on) one)", needs="from"),
    # on the Bakhmut and Lyman directions; на Куп'янському напрямку; in the direction of X
    _rule(
        "direction",
        Relation.OPERATIONAL_DIRECTION,
        "(?P<list>named ((comma named){0,6} comma? (and|slash) named)?) quote? (word|windy|dem){0,1} dir",
        needs="dir",
    ),
    _rule("direction of", Relation.OPERATIONAL_DIRECTION, "dir (of|to|on) anchors", needs="dir"),
    _rule(
        "direction name",
        Relation.OPERATIONAL_DIRECTION,
        "(in|on) dir (?P<list>lead mention aside{0,2} (sep lead mention aside{0,2}){0,20})",
        needs="dir",
    ),
    _rule("toward", Relation.TOWARD, "toward anchors", needs="toward"),
    # attacked from the north, south and east: the side it comes from, of the place last spoken of
    _rule(
        "from side",
        Relation.TOWARD,
        "from det? (?P<winds>compasses) (det? direction)? (?!of|from|mention|expanse)".replace("direction", "dir"),
        needs="compass",
    ),
    _rule("near", Relation.NEAR, "near (used{1,12} sep)? (?P<list>row)", needs="near"),
    _rule("area", Relation.NEAR, "(?P<list>place (sep place){0,8}) area", needs="area"),
    _rule("in district of capital", Relation.AT, "(in|on) (?P<list>tract) (?P<back>capital)", needs="capital"),
    # attacked the capital and the port of X
    _rule(
        "capital and",
        Relation.AT,
        "det? (?P<back>capital) and (?P<list>row)",
        needs="capital",
    ),
    _rule("in that", Relation.AT, "(in|on) (?P<back>this (town|district|admin))", needs="this"),
    # in the town two houses burned; у місті чули вибухи
    _rule("in the", Relation.AT, "(in|from) det? (?P<back>town (?!mention|cap|quote|of|open))", needs="town"),
    _rule("this direction", Relation.OPERATIONAL_DIRECTION, "(in|on) (?P<back>this dir)", needs="this"),
    # hit the town with bombs; the city was shelled
    _rule("the town", Relation.AT, "det (?P<back>town (?!mention|cap|quote|of|open))", needs="town"),
    # город полностью занят; село звільнено: languages without articles
    _rule("bare town", Relation.AT, "(?P<back>town) (?!mention|cap|quote|of|open|dot)", needs="town"),
    _rule("in", Relation.AT, "(in|on|from) (?P<list>list)", needs="in on from"),
    # Most words begin no item, and every word is asked.
    _rule(
        "list", Relation.AT, "(?!word|cap|comma|stop|in|on|and) (?P<list>row)", needs="place expanse tract stream site"
    ),
)
NEEDED = frozenset().union(*(rule.needs for rule in RULES))


@lru_cache(maxsize=4096)
def rules_for(present: frozenset[str]) -> tuple[Rule, ...]:
    """Those that a row with these symbols may have a phrase for."""
    return tuple(rule for rule in RULES if not present.isdisjoint(rule.needs))
