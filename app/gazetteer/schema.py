"""The one file a built gazetteer is: its tables, its version, and what opening refuses."""

VERSION = 1

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_uk TEXT, name_ru TEXT, kind TEXT NOT NULL, lon REAL, lat REAL,
    country TEXT NOT NULL, oblast_id TEXT, raion_id TEXT, hromada TEXT, population INTEGER, precision TEXT NOT NULL,
    uncertainty_m REAL NOT NULL, layers TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT NOT NULL, lang TEXT NOT NULL);
CREATE TABLE bearers (
    name_id INTEGER NOT NULL, place_id TEXT NOT NULL, kind TEXT NOT NULL, valid_from TEXT, valid_to TEXT,
    PRIMARY KEY (name_id, place_id)
) WITHOUT ROWID;
CREATE TABLE forms (key TEXT PRIMARY KEY, names TEXT NOT NULL, words INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE folds (key TEXT PRIMARY KEY, names TEXT NOT NULL, words INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE areas (place_id TEXT PRIMARY KEY, wkb BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE directions (
    slug TEXT NOT NULL, place_id TEXT NOT NULL, name TEXT NOT NULL, name_uk TEXT NOT NULL, name_ru TEXT NOT NULL,
    valid_from TEXT NOT NULL, valid_to TEXT, reason TEXT NOT NULL, PRIMARY KEY (slug, valid_from)
) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX bearers_by_place ON bearers (place_id);
CREATE INDEX places_by_latitude ON places (lat) WHERE population IS NOT NULL AND lat IS NOT NULL;
"""
