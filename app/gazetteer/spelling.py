"""When do two spellings count as one name? `exact` keys keep the letters, `fold` keys keep what all spellings share."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’ʼ`´‘ʹʺ′\u02bb"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"

# Marks that stand inside words in print without being letters: stress, soft hyphen, zero-width joiners.
_INVISIBLE = "\u0300\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROPPED = str.maketrans(dict.fromkeys(APOSTROPHES + _INVISIBLE))
_LETTERS = str.maketrans({"ё": "е", "ґ": "г", "æ": "ae", "ø": "o", "ł": "l", "ß": "ss", "đ": "d", "ı": "i"})
_SEPARATORS = re.compile(rf"[\s{re.escape(HYPHENS)}]+")

_CYRILLIC_SOUNDS = str.maketrans(
    {
        **dict(zip("абвгґдзклмнопрстуфх", "abvggdzklmnoprstufχ", strict=True)),
        "е": "e",
        "є": "e",
        "ё": "e",
        "э": "e",
        "и": "i",
        "і": "i",
        "ї": "i",
        "ы": "i",
        "й": "i",
        "ж": "ž",
        "ц": "c",
        "ч": "č",
        "ш": "š",
        "щ": "šč",
        "ю": "u",
        "я": "a",
        "ь": "",
        "ъ": "",
    }
)
_LATIN_SOUNDS: tuple[tuple[str, str], ...] = (
    ("x", "ks"),
    ("shch", "šč"),
    ("sch", "šč"),
    ("tch", "č"),
    ("kh", "χ"),
    ("zh", "ž"),
    ("ch", "č"),
    ("sh", "š"),
    ("ts", "c"),
    ("tz", "c"),
    ("w", "v"),
    ("h", "g"),
    ("q", "k"),
)
_GLIDES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[yij](?=[au])"), ""),
    (re.compile(r"[eyij]+"), "i"),
    (re.compile(r"io"), "i"),
    # -oye and -oe for -e: Novotroitskoye, Novotroitske.
    (re.compile(r"(?<=[^aiou])oi\b"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    # -піль, -поль.
    (re.compile(r"(?<=p)ol\b"), "il"),
    # -овка, -евка, -івка; -ов, -ев, -ів: one suffix in Russian and Ukrainian clothes.
    (re.compile(r"[oi]v(?=k|\b|s)"), "iv"),
)


def exact(words: str) -> str:
    """The lookup key of a name or of a stretch of text: case, apostrophes, accents, ё, ґ and hyphens set aside.

    Words stand apart by one space, whether the text had spaces or a hyphen between them.
    """
    return _SEPARATORS.sub(" ", word_key(words)).strip()


def word_key(word: str) -> str:
    """`exact` for one word, which is known to hold no separator."""
    lowered = word.casefold().translate(_DROPPED)
    if lowered.isascii():
        return lowered
    return _without_latin_accents(lowered).translate(_LETTERS)


def _without_latin_accents(word: str) -> str:
    """é → e, š → s; й and ї stay, since in Cyrillic the mark makes the letter."""
    composed = unicodedata.normalize("NFC", word)
    return "".join(unicodedata.normalize("NFD", c)[0] if "\u00c0" <= c <= "\u024f" else c for c in composed)


@lru_cache(maxsize=8_192)
def fold(key: str) -> str:
    """What Kurdyumivka, Kurdiumivka, Kurdyumovka, Курдюмівка and Курдюмовка share. Takes an `exact` key."""
    if not key.isascii():
        key = key.translate(_CYRILLIC_SOUNDS)
    for letters, sound in _LATIN_SOUNDS:
        key = key.replace(letters, sound)
    for pattern, sound in _GLIDES:
        key = pattern.sub(sound, key)
    return key
