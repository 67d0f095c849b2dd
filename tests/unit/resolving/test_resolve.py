"""Which of several namesakes is meant, and when that stays open."""

from dataclasses import replace
from datetime import date

from app.domain.interpretation import Resolution
from app.domain.place import NameReference, OperationalDirection, Place
from app.domain.reading import Mention
from app.domain.vocabulary import Compass, Language, MentionOutcome, NameKind, PlaceKind
from app.resolving import weights
from app.resolving.resolve import resolve
from tests.atlas import TableAtlas
from tests.read import direction, gloss, read, together

ATLAS = TableAtlas()


def places(marked: str, *expressions: object, atlas: TableAtlas = ATLAS) -> list[str | None]:
    """The id each mention resolves to; None where it stays open."""
    return [r.place.id if r.place else None for r in resolutions(marked, *expressions, atlas=atlas)]


def resolutions(marked: str, *expressions: object, atlas: TableAtlas = ATLAS) -> tuple[Resolution, ...]:
    report, reading = read(marked, atlas, *expressions)  # type: ignore[arg-type]
    return resolve(report, reading, atlas)


def atlas_with(*more: Place, **aliases: tuple[NameReference, ...]) -> TableAtlas:
    return TableAtlas(places=ATLAS.places | {p.id: p for p in more}, aliases=dict(aliases))


def village(key: str, name: str, lon: float, lat: float, **more: object) -> Place:
    return Place(key, name, None, None, PlaceKind.SETTLEMENT, lon, lat, "UA", **more)  # type: ignore[arg-type]


def test_neighbours_in_the_list_settle_a_namesake() -> None:
    assert places("Near [Klishchiivka], [Andriivka] and [Kurdiumivka].") == ["klishchiivka", "andriivka", "kurdiumivka"]
    assert places("In [Kharkiv] and [Andriivka].")[1] == "andriivka_k"


def test_two_namesakes_settle_each_other() -> None:
    """Neither Opytne nor Andriivka is unique, but one pair of them lies within eight kilometres."""
    assert places("Near [Opytne] and [Andriivka].", together(0, 1)) == ["opytne", "andriivka"]


def test_a_lone_namesake_stays_open_with_its_candidates() -> None:
    [lone] = resolutions("Fighting near [Opytne].")
    assert lone.outcome is MentionOutcome.AMBIGUOUS
    assert lone.place is None
    assert {c.place.id for c in lone.candidates} == {"opytne", "opytne_a"}


def test_candidates_nearer_than_ten_kilometres_are_one_answer() -> None:
    atlas = atlas_with(village("a", "Stepove", 37.68, 48.19), village("b", "Stepove", 37.72, 48.21))
    assert places("Near [Stepove].", atlas=atlas) == ["a"]


def test_oblast_beside_the_name() -> None:
    assert places("Shelling of [Andriivka], {Kharkiv Oblast}.") == ["andriivka_k", "kharkiv"]
    assert places("Shelling of [Andriivka] ({Donetsk Oblast}) and [Bila Hora] ({Luhansk Oblast}).") == [
        "andriivka",
        "donetsk",
        "bila_hora_l",
        "luhansk",
    ]


def test_an_oblast_that_owns_the_next_name_says_nothing_of_the_one_before() -> None:
    for owning in ("{Kharkiv Oblast}'s [Kharkiv]", "the {Kharkiv Oblast} city of [Kharkiv]"):
        assert places(f"They struck [Klishchiivka], [Andriivka] and {owning}.")[1] == "andriivka", owning


def test_oblast_before_the_name_and_in_the_heading() -> None:
    assert places("In {Kharkiv Oblast} shells hit [Andriivka].")[1] == "andriivka_k"
    assert places("# {Kharkiv Oblast}\n[Andriivka] was shelled.")[1] == "andriivka_k"


def test_oblast_in_an_earlier_sentence_is_a_hint_and_no_more() -> None:
    assert places("Shells hit {Luhansk Oblast} again. A house burnt in [Bila Hora].")[1] == "bila_hora_l"
    text = "Shells hit {Kharkiv Oblast} again. Fighting went on near [Klishchiivka] and [Andriivka]."
    assert places(text)[2] == "andriivka"


def test_list_of_towns_that_oblasts_are_named_after() -> None:
    marked = "In [Donetsk] and {Kharkiv Oblast} the night was quiet."
    report, reading = read(marked, ATLAS)
    first = replace(reading.mentions[0], kinds=frozenset({PlaceKind.OBLAST}))
    found = resolve(report, replace(reading, mentions=(first, *reading.mentions[1:])), ATLAS)
    assert found[0].place == ATLAS.place("donetsk")


def test_direction_in_the_heading_settles_the_list_below() -> None:
    assert places("# [Bakhmut] direction\nAttacks near [Andriivka] were repelled.", direction(0))[1] == "andriivka"


def test_directions_of_one_paragraph_keep_their_lists_apart() -> None:
    """Opytne lies by Bakhmut and by Avdiivka; the direction that opens its sentence tells which."""
    text = "On the [Avdiivka] direction attacks went on near [Opytne]. On the [Bakhmut] direction near [Opytne]."
    assert places(text, direction(0), direction(2)) == ["avdiivka", "opytne_a", "bakhmut", "opytne"]


def test_a_place_far_from_all_its_neighbours_is_no_evidence() -> None:
    text = "Kherson was named first: [Kherson]. Near [Klishchiivka], [Andriivka] and [Kharkiv], said the staff."
    assert places(text)[2] == "andriivka"


def test_contact_line_of_the_day_hints_at_villages() -> None:
    rear = village("rear", "Yasne", 34.0, 49.8)
    front = village("front", "Yasne", 37.9, 48.55)
    assert places("A shell fell on [Yasne].", atlas=atlas_with(rear, front)) == ["front"]


def test_an_area_is_not_preferred_for_having_no_distance() -> None:
    """Far from all its neighbours, the city is still likelier than the river of its name."""
    city = Place("c", "Dnipro", None, None, PlaceKind.CITY, 35.05, 48.46, "UA", population=968_000)
    assert places("Near [Klishchiivka], [Dnipro] and [Kurdiumivka].", atlas=atlas_with(city))[1] == "c"


def test_the_settlement_that_names_a_direction_of_the_day() -> None:
    elsewhere = village("bila_hora_x", "Bila Hora", 33.0, 49.5)
    named = OperationalDirection("x", "", "", "", date(2022, 1, 1), None, "bila_hora", None)
    atlas = replace(atlas_with(elsewhere), register=(named,))
    assert places("On the [Bila Hora] direction.", direction(0), atlas=atlas) == ["bila_hora"]
    assert places("At [Bila Hora].", atlas=atlas) == [None]


def test_gloss_places_its_village() -> None:
    text = "Near [Opytne] (3km southwest of [Avdiivka]) and [Bakhmut]."
    assert places(text, gloss(0, 1, Compass.SW, 3))[0] == "opytne_a"
    text = "Near [Opytne] (5km south of [Bakhmut]) and [Avdiivka]."
    assert places(text, gloss(0, 1, Compass.S, 5))[0] == "opytne"


def test_gloss_that_no_candidate_meets_leaves_the_name_open() -> None:
    text = "Near [Soledar] (5km south of [Andriivka])."
    outcome = resolutions(text, gloss(0, 1, Compass.S, 5))
    assert outcome[0].outcome is MentionOutcome.AMBIGUOUS
    assert outcome[0].candidates[0].place.id == "soledar"


def test_one_name_for_two_places_in_one_sentence() -> None:
    text = "Near [Opytne] (3km southwest of [Avdiivka]), and near [Opytne] (5km south of [Bakhmut])."
    found = places(text, gloss(0, 1, Compass.SW, 3), gloss(2, 3, Compass.S, 5))
    assert found == ["opytne_a", "avdiivka", "opytne", "bakhmut"]


def test_same_name_again_means_the_same_place() -> None:
    filler = "\n".join(["Nothing else was told."] * 3)
    text = f"Near [Klishchiivka], [Andriivka], [Kurdiumivka].\n{filler}\nLater [Andriivka] was shelled."
    assert places(text)[3] == "andriivka"


def test_a_large_city_is_meant_by_its_bare_name_unless_neighbours_say_otherwise() -> None:
    hamlet = village("kharkiv_x", "Kharkiv", 37.97, 48.48)
    assert places("Drones over [Kharkiv].", atlas=atlas_with(hamlet)) == ["kharkiv_city"]


def test_kind_words_decide() -> None:
    atlas = atlas_with(dnipro_city := Place("dnipro_c", "Dnipro", None, None, PlaceKind.CITY, 35.05, 48.46, "UA"))
    report, reading = read("Boats on the [Dnipro].", atlas)
    [mention] = reading.mentions
    for kind, expected in ((PlaceKind.RIVER, "dnipro"), (PlaceKind.CITY, dnipro_city.id)):
        asked: Mention = replace(mention, kinds=frozenset({kind}))
        [found] = resolve(report, replace(reading, mentions=(asked,)), atlas)
        assert found.place and found.place.id == expected


def test_far_countries_are_out_of_the_theatre() -> None:
    vilnius = Place("v", "Vilnius", None, None, PlaceKind.CITY, 25.28, 54.69, "LT", population=590_000)
    [found] = resolutions("Leaders met in [Vilnius].", atlas=atlas_with(vilnius))
    assert (found.outcome, found.place) == (MentionOutcome.OUT_OF_THEATRE, vilnius)


def test_a_ukrainian_village_is_no_guess_for_a_far_city_that_the_report_means() -> None:
    city = Place("o", "Odesa", None, None, PlaceKind.CITY, -102.4, 31.8, "US", population=114_000)
    home = Place("h", "Odesa", None, None, PlaceKind.CITY, 30.73, 46.48, "UA", population=1_010_000)
    assert places("Missiles hit [Odesa].", atlas=atlas_with(city, home)) == ["h"]


def test_unknown_name_is_unknown() -> None:
    [found] = resolutions("Near [Nowhereville].")
    assert (found.outcome, found.place, found.candidates) == (MentionOutcome.UNKNOWN, None, ())


def test_former_names_cost_more_than_names_in_use() -> None:
    renamed = village("new", "Yasnohorivka", 37.73, 48.21, layers=(weights.REPORTED_LAYER,))
    former = (NameReference("new", NameKind.FORMER, Language.EN),)
    atlas = atlas_with(renamed, Krasnohorivka=former)
    [found] = resolutions("Near [Krasnohorivka].", atlas=atlas)
    assert found.place == renamed
    assert found.candidates[0].score > 0
    assert any("former" in reason for reason in found.candidates[0].reasons)


def test_an_old_name_of_a_city_does_not_take_it_from_those_that_bear_it() -> None:
    """Donetsk was once an Oleksandrivka; who writes so today means a village."""
    city = Place("d", "Donetsk", None, None, PlaceKind.CITY, 37.8, 48.0, "UA", population=900_000)
    known = (weights.REPORTED_LAYER,)
    borne = (NameReference("d", NameKind.VARIANT, Language.EN), NameReference("o", NameKind.OFFICIAL, Language.EN))
    atlas = atlas_with(city, village("o", "Oleksandrivka", 36.24, 47.97, layers=known), Oleksandrivka=borne)
    assert places("Near [Oleksandrivka].", atlas=atlas) == ["o"]
    atlas = atlas_with(city, village("o", "Doniets", 36.24, 47.97, layers=known), Donets=borne)
    assert places("Near [Donets].", atlas=atlas) == ["d"], "a spelling of its own name"


def test_associative_mentions_are_no_neighbours() -> None:
    assert places("<Avdiivka> defenders said: fighting near [Opytne].")[1] is None


def test_dateline_hints_unless_it_is_a_capital() -> None:
    by_kharkiv, by_kyiv = village("a", "Pisochyn", 36.04, 49.96), village("b", "Pisochyn", 30.7, 50.3)
    datelines = {name.upper(): ATLAS.references(name) for name in ("Kharkiv", "Kyiv")}
    atlas = replace(atlas_with(by_kharkiv, by_kyiv), aliases=datelines)
    assert places("<KHARKIV>. A missile fell on [Pisochyn].", atlas=atlas)[1] == "a"
    assert places("<KYIV>. A missile fell on [Pisochyn].", atlas=atlas)[1] != "b"


def test_candidates_come_best_first_with_reasons() -> None:
    found = resolutions("Near [Klishchiivka], [Andriivka] and [Kurdiumivka].")[1]
    scores = [c.score for c in found.candidates]
    assert scores == sorted(scores)
    assert found.candidates[0].place == found.place
    assert any("distance" in reason for reason in found.candidates[1].reasons)


def test_resolution_is_deterministic_and_parallel_to_the_mentions() -> None:
    marked = "Near [Opytne], [Nowhere], [Andriivka]; in {Kharkiv Oblast}; <Kharkiv> said."
    first = resolutions(marked)
    assert first == resolutions(marked)
    assert len(first) == 5
