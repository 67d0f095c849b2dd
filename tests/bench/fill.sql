-- Fills the store with :features features shaped like those of reports: a third points, the rest discs and wedges, at
-- and around the settlements of the front, mostly of one day; ten to a report, in no order of time. As in life, what is
-- said of a place in the same words is the same outline. The same number gives the same rows.
-- The table `bench_town` (number, id, name, name_uk, lon, lat, weight) and the partitions are there already.

CREATE FUNCTION pg_temp.chance(n bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (hashint8extended(n, salt) & 9007199254740991)::float8 / 9007199254740992 $$;

-- Shapes of one unit around the origin: a disc, and a wedge toward each of eight winds.
CREATE TEMP TABLE shape AS
SELECT 8 AS wind, ST_Buffer(ST_SetSRID(ST_MakePoint(0, 0), 4326), 1, 16) AS geom
UNION ALL
SELECT wind, ST_SetSRID(ST_MakePolygon(ST_MakeLine(ST_MakePoint(0, 0) || arc || ST_MakePoint(0, 0))), 4326)
FROM generate_series(0, 7) wind, LATERAL (
    SELECT array_agg(ST_MakePoint(sin(radians(wind * 45 - 30 + step * 60 / 36.0)),
                                  cos(radians(wind * 45 - 30 + step * 60 / 36.0))) ORDER BY step) AS arc
    FROM generate_series(0, 36) step
) AS arcs;

CREATE TEMP TABLE town AS
SELECT t.*, sum(weight) OVER (ORDER BY number) / sum(weight) OVER () AS upto, pg_temp.chance(number, 17) AS size
FROM bench_town t;
CREATE INDEX ON town (upto);
ANALYZE town;

INSERT INTO source VALUES ('bench', 'Front Register');
INSERT INTO speaker VALUES ('bench', 'General Staff', 'UA');
INSERT INTO run (id, code_version, gazetteer_digest, rules_version) VALUES ('bench', 'bench', 'bench', '1');

-- What references is right by the way it is made.
SET session_replication_role = replica;

-- once for each piece, from here on

CREATE TEMP TABLE bench_feature AS
WITH drawn AS (
    SELECT n, (n - 1) / 10 AS report, ((n - 1) % 10)::int AS claim, town.*,
        pg_temp.chance(n, 2) AS kind, floor(8 * pg_temp.chance(n, 3))::int AS wind,
        -- How far "near" reaches goes with the place; a wedge now and then with the kilometres that are told.
        CASE WHEN pg_temp.chance(n, 2) >= .7 AND pg_temp.chance(n, 4) < .25
            THEN 2 + floor(14 * pg_temp.chance(n, 5)) ELSE 2.5 + round((3 * size)::numeric, 1) END / 110.574 AS reach,
        date '2022-02-24' + floor(1711 * pg_temp.chance((n - 1) / 10, 11) ^ .85)::int AS published,
        (pg_temp.chance(n, 12) < .2)::int AS late, pg_temp.chance(n, 13) AS lasts, pg_temp.chance(n, 14) AS more,
        floor(6 * pg_temp.chance(n, 15))::int AS event, pg_temp.chance((n - 1) / 10, 16) < .5 AS english
    FROM generate_series(:first, :last) n
    JOIN LATERAL (SELECT * FROM town WHERE upto >= pg_temp.chance(n, 1) ORDER BY upto LIMIT 1) town ON true
), dated AS (
    SELECT *, published - late AS start_on, published - late + (CASE
        WHEN lasts < .80 THEN 0 WHEN lasts < .95 THEN 1 + floor(7 * more)
        WHEN lasts < .99 THEN 30 ELSE 31 + floor(335 * more) END)::int AS end_on
    FROM drawn
)
SELECT n, report, claim, published, start_on, end_on, english, id AS place, name, name_uk, lon, lat,
    CASE WHEN kind < .3 THEN 'point' ELSE 'sector' END AS kind,
    CASE WHEN kind < .3 THEN 'at' WHEN kind < .7 THEN 'near' ELSE 'bearing' END AS relation,
    (ARRAY['assault', 'clash', 'shelling', 'drone_strike', 'attack_repelled', 'advance'])[1 + event] AS event,
    (ARRAY['UA', 'RU', 'unknown'])[1 + n % 3] AS actor,
    (ARRAY['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'])[1 + wind] AS compass,
    round((reach * 110574)::numeric) AS uncertainty_m,
    CASE WHEN kind < .3 THEN ST_SnapToGrid(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 1e-6)
    ELSE ST_ForcePolygonCCW(ST_SnapToGrid(ST_Translate(ST_Scale(
        (SELECT geom FROM shape WHERE shape.wind = CASE WHEN kind < .7 THEN 8 ELSE dated.wind END),
        reach / cos(radians(lat)), reach), lon, lat), 1e-6)) END AS geom,
    CASE WHEN english THEN format('Assault units tried to break through %s of %s towards the evening and were thrown '
        'back with losses in men and armour, the General Staff said in its morning summary.', 'the fields', name)
    ELSE format('Штурмові підрозділи надвечір намагалися прорватися біля населеного пункту %s, але зазнали втрат і '
        'відійшли на вихідні позиції, повідомив Генеральний штаб у ранковому зведенні.', name_uk) END AS quote
FROM dated;

CREATE TEMP TABLE report_of AS
SELECT report, substr(md5('report' || report), 1, 24) AS id, min(published) AS published, bool_and(english) AS english,
    string_agg(quote, E'\n' ORDER BY n) AS text
FROM bench_feature GROUP BY report;

INSERT INTO report (id, source_id, text, title, published, lang, claim_count, recorded)
SELECT id, 'bench', text, 'Morning summary', published, CASE WHEN english THEN 'en' ELSE 'uk' END, 10,
    timestamptz '2026-11-01 00:00Z' + report * interval '1 second' FROM report_of;
INSERT INTO passage (report_id, ordinal, span_start, span_end, kind)
SELECT id, 0, 0, length(text), 'paragraph' FROM report_of;
INSERT INTO interpretation (report_id, run_id) SELECT id, 'bench' FROM report_of;
INSERT INTO spatial_expression (report_id, ordinal, span_start, span_end, relation, anchors, passage, compass)
SELECT r.id, claim, claim, claim + 1, relation, '{}', 0, ARRAY[compass] FROM bench_feature JOIN report_of r USING (report);
INSERT INTO claim (report_id, ordinal, id, span_start, span_end, event, outcome, actor, speaker_id, claim_status,
    unverified, start_on, end_on, time_precision, time_basis, passage)
SELECT r.id, claim, substr(md5('claim' || n), 1, 24), claim, claim + 1, event, 'no_success', actor, 'bench', 'claimed',
    false, start_on, end_on, 'day', 'stated', 0 FROM bench_feature JOIN report_of r USING (report);

CREATE TEMP TABLE bench_row AS
SELECT f.*, substr(md5('feature' || n), 1, 24) AS id, r.id AS report_id, substr(md5('claim' || n), 1, 24) AS claim_id,
    CASE WHEN end_on - start_on >= 32 THEN date '0001-01-01' ELSE date_trunc('month', start_on::timestamp)::date END
        AS month,
    timestamptz '2026-11-01 00:00Z' + report * interval '1 second' AS recorded,
    CASE WHEN f.english THEN 'en' ELSE 'uk' END AS lang
FROM bench_feature f JOIN report_of r USING (report);

INSERT INTO feature_key (id, start_on, month, report_id, claim, claim_id, expression, run_id)
SELECT id, start_on, month, report_id, claim, claim_id, claim, 'bench' FROM bench_row;

INSERT INTO feature (id, month, report_id, claim, claim_id, expression, run_id, kind, relation, event, outcome, actor,
    claim_status, unverified, speaker_side, start_on, occurrence, as_of, published, recorded, place_id, publisher, lang,
    uncertainty_m, geo_precision, probability, method, rules_version, geom, body)
SELECT id, month, report_id, claim, claim_id, claim, 'bench', kind, relation, event, 'no_success', actor, 'claimed',
    false, 'UA', start_on, daterange(start_on, end_on, '[]'), published, published, recorded, place, 'Front Register',
    lang, uncertainty_m, '5b', .75, 'wedge', '1', geom,
    concat('{"type":"Feature","id":"', id, '","geometry":', ST_AsGeoJSON(geom, 6), ',"properties":{"kind":"', kind,
        '","relation":"', relation, '","phrase":"', compass, ' of ', name, '","event":"', event,
        '","outcome":"no_success","actor":"', actor, '","claim_status":"claimed","unverified":false,"speaker":"General ',
        'Staff","speaker_side":"UA","start":"', start_on, '","end":"', end_on, '","time_precision":"day",',
        '"time_basis":"stated","as_of":"', published, '","published":"', published, '","recorded":"',
        to_char(recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '","place_id":"', place,
        '","place_name":"', name, '","place_name_uk":"', name_uk, '","anchor_lon":', lon, ',"anchor_lat":', lat,
        ',"compass":"', compass, '","distance_km":null,"direction_name":null,"uncertainty_m":', uncertainty_m,
        ',"geo_precision":"5b","probability":0.75,"method":"wedge","quote":"', quote, '","quote_start":0,"quote_end":',
        length(quote), ',"lang":"', lang, '","report_id":"', report_id, '","report_url":null,"report_title":"Morning ',
        'summary","publisher":"Front Register","independent_sources":1,"citation":"Front Register, “Morning summary”, ',
        published, '","claim_id":"', claim_id, '"}}')
FROM bench_row;

INSERT INTO feature_day
SELECT day, kind, event, sum(starting), sum(ending), ST_Envelope(ST_SetSRID(ST_Extent(geom)::geometry, 4326))
FROM (SELECT start_on, kind, event, 1, 0, geom FROM bench_row UNION ALL SELECT end_on, kind, event, 0, 1, NULL FROM bench_row)
    AS ends (day, kind, event, starting, ending, geom)
GROUP BY day, kind, event
ON CONFLICT (day, kind, event) DO UPDATE SET starting = feature_day.starting + excluded.starting,
    ending = feature_day.ending + excluded.ending,
    around = ST_Envelope(ST_Collect(feature_day.around, excluded.around));

UPDATE revision SET number = number + 1, changed = clock_timestamp();
DROP TABLE bench_row, report_of, bench_feature;
