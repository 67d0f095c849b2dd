"""What is told of reports, places and operational directions where they are listed beside the features."""

from app.domain.properties import DAY, FIRST, LAST, MOMENT, ONLY, PROPERTIES, Property
from app.domain.vocabulary import CoordinatePrecision, GeoPrecision, Language, PlaceKind


def _text(meaning: str) -> Property:
    return Property(meaning, may_lack=True)


REPORT = {
    "publisher": Property("Who published it"),
    "title": _text("Title"),
    "url": _text("Address"),
    "published": Property("Day on which it was published", format=DAY, role=ONLY),
    "recorded": Property("When it was stored here", format=MOMENT),
    "lang": Property("Its language", words=Language),
    "claims": Property("Claims that were read in it; 0 is a report that was read and says nothing", int),
    "features": Property("Points and areas on the map that were drawn of it", int),
    "superseded_by": _text("Id of the newest state of the same page, where this is an older one"),
    "citation": Property("Publisher, title, day and address"),
}
PLACE = {
    "name": Property("Name in English"),
    "name_uk": _text("Name in Ukrainian"),
    "name_ru": _text("Name in Russian"),
    "kind": Property("What it is", words=PlaceKind),
    "country": Property("ISO 3166-1 alpha-2; Crimea is UA (UN GA 68/262)"),
    "oblast_id": _text("Id of the oblast that it lies in"),
    "oblast": _text("Name of that oblast in English"),
    "raion_id": _text("Id of the raion that it lies in"),
    "raion": _text("Name of that raion in English"),
    "population": Property("People, where it is known", int, may_lack=True),
    "precision": Property("What its coordinate is the coordinate of", words=CoordinatePrecision),
    "uncertainty_m": Property("How far the place may lie from its coordinate, metres; 0 for an exact one", float),
}
DIRECTION = {
    "name": Property("Name in English"),
    "name_uk": Property("Name in Ukrainian"),
    "name_ru": Property("Name in Russian"),
    "valid_from": Property("First day on which it was in use", format=DAY, role=FIRST),
    "valid_to": Property("Last day on which it was in use; none while it is", format=DAY, may_lack=True, role=LAST),
    "place_id": _text("Id of the settlement that it is named after"),
    "place_name": _text("Name of that settlement in English"),
    "uncertainty_m": Property("How far the truth may lie from the middle, metres", float),
    "geo_precision": Property("Precision of the area, as UCDP's where_prec", words=GeoPrecision),
    "method": Property("The rule that drew the area"),
}
TABLES = {"features": PROPERTIES, "reports": REPORT, "places": PLACE, "directions": DIRECTION}
"""By the name of the collection."""
