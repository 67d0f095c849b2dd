"""What each doubt about a candidate costs. One scale: 0 is no doubt, 1 worth a hint, 4 and more a contradiction.

Set by hand from what reports do and checked on simulated lists (tests/unit/resolving/test_lists.py); none of them is
fitted to a marked report.
"""

from typing import Final

from app.domain.vocabulary import NameKind, PlaceKind

NAME: Final[dict[NameKind, float]] = {
    NameKind.OFFICIAL: 0.0,
    NameKind.ENGLISH: 0.0,
    NameKind.RUSSIAN: 0.1,
    NameKind.FORMER: 0.2,
    NameKind.VARIANT: 0.5,
    NameKind.ADJECTIVE: 0.3,
}
"""A name in use is likelier than a loose spelling. Former names cost little: most were changed in 2024."""

LENT: Final = 1.5
"""A loose spelling or an old name, by which another settlement is known today."""
BORNE_TODAY: Final = 1.5
BORNE_TODAY_KM: Final = 12.0
"""A former name of one place, where another one as near as this bears it now: no two neighbours are called alike, so
the name was given up long ago."""

MISSPELT: Final = 0.8
"""Found by likeness only: a name that nobody knows may be a person's, or a village's too small for any gazetteer."""

OTHER_KIND: Final = 4.0
"""A word beside the name demands another kind: "the Oskil River" is no village."""
NEARLY_KIND: Final = 0.8
"""Village for city or the reverse: reports call small towns either."""
UNASKED_KIND: Final[dict[PlaceKind, float]] = {
    PlaceKind.COUNTRY: 1.0,
    PlaceKind.RIVER: 1.2,
    PlaceKind.SEA: 1.2,
    PlaceKind.REGION: 1.2,
    PlaceKind.FACILITY: 1.2,
    PlaceKind.OBLAST: 1.2,
    PlaceKind.RAION: 3.0,
}
"""Its bare name is also a settlement's, and no word beside says that it is none. Raions never
are named bare."""

LARGE_TOWN: Final = 0.2
TOWN: Final = 0.8
VILLAGE: Final = 1.2
GREAT_CITY_PEOPLE: Final = 100_000
LARGE_TOWN_PEOPLE: Final = 20_000
"""Large places are named without explanation, so a bare name means them. Below 20,000 population is no guide."""

GREAT_NAMESAKE: Final = 0.3
"""A village or town whose name is a great city's: whoever means it says "the village of"."""

UNREPORTED: Final = 0.8
"""Not among the front-line settlements of Ukraine that reports have named, and no great city."""
REPORTED_LAYER: Final = "settlements"
COARSE: Final = 0.3
"""Known by its hromada or raion only: its distances are less to be trusted."""

FRONT_KM: Final = (10.0, 120.0)
REARWARD: Final = 0.6
"""A small place away from the contact line of the day: nothing up to 10 km, all of it from 120 km on, by the logarithm
between. Most villages in reports lie within reach of the guns, and the record of the line is good to 15 km."""
NEIGHBOUR_COUNTRY: Final = 0.6
DEEP: Final = 1.0
DEEP_KM: Final = 400.0
"""…and more, for a Russian place farther from the contact line than most drones fly."""
"""A Russian or Belarusian settlement bearing a name that is also found in Ukraine."""
FAR_COUNTRY: Final = 2.0
THEATRE: Final = frozenset({"UA", "RU", "BY", "MD"})
"""Where the war is fought or launched from; elsewhere a name is a place of politics."""

BESIDE_OBLAST: Final = 4.0
"""Another oblast or raion stands beside the name ("Andriivka, Donetsk Oblast"). Not more than all
distances together: some reports err in it."""
HEADED_OBLAST: Final = 2.5
"""Another oblast is named in the heading, or before it in the passage."""
EARLIER_OBLAST: Final = 1.0
EARLIER_FADES: Final = 0.8
"""Another oblast was named last in an earlier sentence of the passage; each sentence in between makes it say less."""
ABROAD: Final = 2.0
"""…and it lies in another country than all of them: a governor of Belgorod oblast tells of no village near Kharkiv."""
DIRECTION: Final = 2.5
"""Named as an operational direction, but no direction in use on that day is named after it."""
BARE_ADJECTIVE: Final = 0.7
"""An adjective of this place's name, where no direction is spoken of: «від Покровська» is Pokrovsk and not Pokrov."""
ONLY_DIRECTION: Final = 2.0
"""A stretch of the front that is no place besides (Siverskyi, Slobozhanskyi), where no direction is spoken of."""
DIRECTIONS_LAYER: Final = "directions"
SAME_NAME: Final = 0.6
"""Another place of that name is meant elsewhere in the report."""
GLOSS: Final = 4.0
"""Lies elsewhere than the report itself says in brackets ("20 km south of Bakhmut")."""
GLOSS_REACH_KM: Final = 40.0
"""A gloss without a distance ("south of Bakhmut") reaches no farther than a wedge does."""
GLOSS_ANGLE: Final = 60.0
GLOSS_RANGE: Final = (0.5, 1.6, 3.0)
"""A gloss bears a place out that lies within 60 degrees of its bearing, from .5d - 3 km to 1.6d + 3 km."""

NEAR_KM: Final = 8.0
FAR_KM: Final = 250.0
DISTANCE: Final = 5.0
"""Of the places told of together: nothing up to 8 km apart, then by the logarithm of the distance, in full from 250 km
on. Villages of one list lie a median of 15 km apart."""
FARTHER_NAMED: Final = (1.0, 1.5, 3.0)
"""By how much the distances of villages and towns, large towns, and great cities count for less: these are named from
farther off. Whole stretches of the front count as great cities do."""
FRONT_REACH: Final = 1.5
"""The most of that under an operational direction: near Makiivka on the Lyman direction is near the village."""
NEAREST_SHARE: Final = 0.2
"""How much of that is asked of the nearest neighbour alone; the rest of all, by weight. Reports jump between stretches
of the front, but seldom with every name."""
OUTLIER: Final = 0.8
"""How much of its say a name loses that lies far from all its own neighbours: an aside, or itself mistaken."""
LONE: Final = 0.3
"""Weight of one neighbour that is trusted in full: context told by less counts in proportion."""

SAME_LIST: Final = 1.0
SAME_SENTENCE: Final = 0.7
SAME_PASSAGE: Final = 0.5
SENTENCE_FADES: Final = 0.7
HEADING: Final = 0.8
DATELINE: Final = 0.3
CAPITAL_PEOPLE: Final = 2_000_000
"""A report written in Kharkiv is mostly of places near it; one written in a capital may be of anywhere."""
OTHER_PASSAGE: Final = 0.06
"""How much two names say of each other, by what holds them together; within a passage less with each sentence."""
GAP: Final = 0.15
"""Each name in between takes away so much of it."""
NEIGHBOURS: Final = 10
"""Names asked for each: the nearest in the text, so that the work grows with the text and no faster."""
PASSAGES_BACK: Final = 6

MARGIN: Final = 0.4
"""The best must lead the next one elsewhere by this much, else the name stays open: such a guess is a coin toss."""
SAME_SPOT_KM: Final = 10.0
"""Candidates nearer to each other than this are not told apart: either is right enough."""
NONE_OF_THESE: Final = 6.5
"""Doubts that add up to more leave even a lone candidate unlikely."""

PARDONED: Final = 0.5
"""How much of its distance a town large enough to be named from anywhere is forgiven when that is asked."""

CONSIDERED: Final = 8
"""Candidates of one name that are weighed against the others' (of up to 119)."""
KEPT: Final = 8
"""Candidates that a resolution tells of."""
ROUNDS: Final = 3
"""Rounds of asking the neighbours again: what is settled in one settles others in the next."""
BLOCK: Final = 256
HELD_BLOCKS: Final = 16
"""Mentions weighed at a time, and how many times that are held between rounds: bounds the memory, not the result."""
