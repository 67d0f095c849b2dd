"""Where in a text a page's program code stands: scripts, styles and data that leaked between the sentences."""

import re

from app.domain.text import Span

# What sentences never hold. All repetitions are bounded, so that time stays linear in the length of the text.
_NAME = r"[A-Za-z_$][\w$]{0,60}"
_PATH = rf"{_NAME}(?:\.{_NAME}){{0,8}}"
_MARKS = re.compile(
    rf"""
    (?P<certain>
        </?(?:script|style|noscript)\b[^<>]{{0,300}}>
      | <!\[CDATA\[ | //\s?\]\]>
      | \b(?:document|window|localStorage|sessionStorage|googletag|dataLayer|adsbygoogle)\.{_NAME}
        \s?(?:=\s?\w{{0,60}}|[.(\[])
      | \bfunction\s?(?:{_NAME})?\s?\([^()]{{0,200}}\)\s?\{{
      | [.\#]?{_NAME}(?:-\w{{1,60}}){{0,6}}\s?\{{\s?-?[a-z][a-z-]{{1,40}}\s?:[^{{}}\n]{{1,300}}\}}
      | \{{\s?["'][\w@$-]{{1,60}}["']\s?:\s?(?:"[^"\n]{{0,500}}"|["'\[{{\d])
    )
  | (?P<likely>
        \bvar\s+{_NAME}\s*[,=;] | \b(?:let|const)\s+{_NAME}\s*=
      | \b(?:if|for|while|switch|catch)\s?\([^{{}}\n]{{0,200}}\)\s?\{{
      | \b(?:try|else|finally|do)\s?\{{
      | [=!]==? | \|\|= | \|\| | &&
      | {_NAME}(?:\.{_NAME}){{1,8}}\s?=\s?(?:\w{{1,60}}|["'\[{{(])
      | {_PATH}\([^()\n]{{0,200}}(?:\([^()\n]{{0,200}}\)[^()\n]{{0,200}})?\)\s?(?:;|\.{_NAME}\()
      | \}}\s?(?:[()]|,\s?\{{|else\b|catch\b)
      | @(?:media|import|font-face|keyframes)\b[^{{;\n]{{0,200}}[{{;]
    )
  | (?P<possible>
        \breturn\b[^.\n;]{{0,80}};
      | =>
      | {_NAME}\s?=\s?(?:["'\[{{(]|new\b|true\b|false\b|null\b|-?\d|{_PATH}\s?[;.(])
      | ["'][\w@$-]{{1,60}}["']\s?:\s?(?:"[^"\n]{{0,500}}"|["'\[{{]|-?\d|true\b|false\b|null\b)
    )
    """,
    re.VERBOSE,
)
# Ordinary prose holds none of these, and a text without them no mark but "possible" ones. They cost next to nothing to
# look for; the marks themselves are tried at every letter.
_BRACKETS = ("{", "}", "=", "<")
_SIGNS = (
    *("||", "&&", "]]>", "@media", "@import", "@font-face", "@keyframes"),
    *("document.", "window.", "Storage.", "googletag.", "dataLayer.", "adsbygoogle."),
)
_CALL = re.compile(r"\((?<=[\w$]\()|var\s")
# Seven words in a row, with no sign of a program between them, are a sentence again.
_PROSE = re.compile(r"(?:[^\W\d_][\w'’ʼ-]*[,:»”\"]?\s+){6}[^\W\d_]{2}")
_LEAD = re.compile(r"[\s`;(){}\[<>/*]{1,40}\Z")
_REST = re.compile(r"(?:[^\S\n]*[`'\"“”;,(){}\[\]<>/*=!&|+.\d-]|[^\S\n]*\b(?:null|true|false|px|this)\b){1,200}")
_STATEMENT = re.compile(r"[^\n;{}.]{0,160}['\"()\[\]=$_][^\n;{}.]{0,160}[;{}]")
_FARTHEST = 240
"""Characters between two marks of one run: a long string or address may stand between them."""


def script_spans(text: str) -> tuple[Span, ...]:
    """Runs of leaked code in `text`, in order, not overlapping; empty for ordinary prose.

    Marks that a sentence may hold too ("losses = 5") prove nothing unless a likelier one stands beside them.
    """
    if not _may_hold_code(text):
        return ()
    runs: list[list[re.Match[str]]] = []
    for mark in _MARKS.finditer(text):
        if runs and _joined(text, runs[-1][-1].end(), mark.start()):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    spans: list[Span] = []
    for run in runs:
        if _is_code(run):
            span = _widened(text, run[0].start(), run[-1].end(), spans[-1].end if spans else 0)
            spans.append(span)
    return tuple(spans)


def _may_hold_code(text: str) -> bool:
    if any(bracket in text for bracket in _BRACKETS):
        return True
    return "(" in text and (any(sign in text for sign in _SIGNS) or _CALL.search(text) is not None)


def _is_code(run: list[re.Match[str]]) -> bool:
    kinds = {mark.lastgroup for mark in run}
    return "certain" in kinds or ("likely" in kinds and len(run) > 1)


def _joined(text: str, end: int, start: int) -> bool:
    return start - end <= _FARTHEST and not _PROSE.search(text, end, start)


def _widened(text: str, start: int, end: int, floor: int) -> Span:
    """A run with the loose brackets and signs around it, and the statement it breaks off in."""
    lead = _LEAD.search(text, max(floor, start - 40), start)
    statement = _STATEMENT.match(text, end)
    if statement and not _PROSE.search(text, end, statement.end()):
        end = statement.end()
    rest = _REST.match(text, end)
    return Span(lead.start() if lead else start, rest.end() if rest else end)
