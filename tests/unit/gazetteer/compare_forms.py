"""Do our Ukrainian case forms agree with a dictionary's? Compared with pymorphy3, for a developer to read.

Run by hand, in an environment of its own: the dictionary's licence keeps it out of the project and its locks.

    uv venv OWN && uv pip install --python OWN/bin/python -e . pymorphy3 pymorphy3-dicts-uk
    OWN/bin/python -m tests.unit.gazetteer.compare_forms [--disagreements genitive]
"""

import argparse
from collections import Counter
from collections.abc import Iterator

import pymorphy3

from app.domain.vocabulary import Language
from app.gazetteer.build import GEODATA
from app.gazetteer.inflection import CASES, load
from app.gazetteer.layers import register

GRAMMEMES = dict(zip(CASES, ("gent", "datv", "accs", "ablt", "loct"), strict=True))
PERSONS = {"Surn", "Name", "Patr"}
"""A surname's declension says nothing about a village of the same letters."""
SETTLEMENTS = {"M", "K", "X", "C", "T"}
CASE_FORMS = dict[str, set[str]]


def single_words() -> list[str]:
    """Every different name of the register that is one word."""
    names = {unit.name.replace("’", "'").lower() for unit in register.read() if unit.category in SETTLEMENTS}
    return sorted(name for name in names if name.replace("'", "").isalpha())


def dictionary_forms(analyser: pymorphy3.MorphAnalyzer, word: str) -> CASE_FORMS | None:
    """All forms that the dictionary has for the word as a nominative, in its own number; None when it knows none."""
    found: CASE_FORMS = {case: set() for case in CASES}
    for parse in _nominatives(analyser, word):
        for case, grammeme in GRAMMEMES.items():
            found[case] |= {
                form.word
                for form in parse.lexeme
                if form.tag.case == grammeme
                and form.tag.number == parse.tag.number
                and form.tag.gender == parse.tag.gender
            }
    return found if all(found.values()) else None


def _nominatives(analyser: pymorphy3.MorphAnalyzer, word: str) -> Iterator[pymorphy3.analyzer.Parse]:
    for parse in analyser.parse(word) if analyser.word_is_known(word) else ():
        from_dictionary = [type(method[0]).__name__ for method in parse.methods_stack] == ["DictionaryAnalyzer"]
        is_name = parse.tag.POS in {"NOUN", "ADJF"} and not PERSONS & set(parse.tag.grammemes)
        if from_dictionary and is_name and parse.tag.case == "nomn":
            yield parse


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--disagreements", choices=CASES, help="lists the words whose first form differs")
    wanted = arguments.parse_args().disagreements
    analyser, ours = pymorphy3.MorphAnalyzer(lang="uk"), load(GEODATA, Language.UK)
    words = single_words()
    theirs = {word: known for word in words if (known := dictionary_forms(analyser, word)) is not None}
    print(f"{len(words):,} single-word names, {len(theirs):,} in the dictionary")  # noqa: T201
    first, one = Counter[str](), Counter[str]()
    for word, their in theirs.items():
        for case in CASES:
            forms = ours.forms(word, case)
            first[case] += forms[0] in their[case]
            one[case] += bool(set(forms) & their[case])
            if case == wanted and forms[0] not in their[case]:
                print(word, "ours", *forms, "theirs", *sorted(their[case]))  # noqa: T201
    print("case          first form  one of the forms")  # noqa: T201
    for case in CASES:
        print(f"{case:<14}{first[case] / len(theirs):>10.4f}{one[case] / len(theirs):>18.4f}")  # noqa: T201


if __name__ == "__main__":
    main()
