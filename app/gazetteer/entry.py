"""What a layer contributes: places, their names, and areas, before they are joined into one gazetteer."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from shapely.geometry.base import BaseGeometry

from app.domain.place import Place
from app.domain.vocabulary import Language, NameKind

WEIGHT = {kind: weight for weight, kind in enumerate(NameKind)}
"""Lighter is weightier: the order in which the kinds are declared."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a place. `inflect` asks for the case forms of a Ukrainian or Russian name."""

    text: str
    lang: Language
    kind: NameKind
    inflect: bool = True
    valid_from: str | None = None
    """ISO date from which the name was in force; None when that is not known."""
    valid_to: str | None = None
    """ISO date of the last day on which the name was in force; None when it still is."""


@dataclass(slots=True)
class Draft:
    """The gazetteer while it is being put together: later layers add to what earlier ones brought."""

    places: dict[str, Place] = field(default_factory=dict)
    names: dict[str, dict[tuple[str, Language], Name]] = field(default_factory=dict)
    areas: dict[str, BaseGeometry] = field(default_factory=dict)
    hromadas: dict[str, str] = field(default_factory=dict)
    """Settlement id → the hromada's name."""

    def add(self, place: Place, names: Iterable[Name]) -> None:
        """Adds a place that is not yet there, with its names."""
        if place.id in self.places:
            raise ValueError(f"{place.id} ({place.name}) is in the gazetteer already")
        self.places[place.id] = place
        self.name(place.id, names)

    def name(self, place_id: str, names: Iterable[Name]) -> None:
        """Adds names; where two layers bring the same one, the weightier kind stands."""
        held = self.names.setdefault(place_id, {})
        for name in names:
            key = (name.text, name.lang)
            known = held.get(key)
            if known is None or WEIGHT[name.kind] < WEIGHT[known.kind]:
                held[key] = name

    def locate(self, place_id: str, layer: str, **changes: object) -> None:
        """Changes fields of a place and notes the layer that knew better."""
        place = self.places[place_id]
        layers = place.layers if layer in place.layers else (*place.layers, layer)
        self.places[place_id] = replace(place, layers=layers, **changes)  # type: ignore[arg-type]
