"""What is stored: evidence (append-only), interpretation (dropped and rebuilt at will) and operations.

    source ─< report ─< passage
                    ├─< mention ────────────< resolution        mention → place, or why not, with the losers
                    ├─< spatial_expression
                    └─< claim ─< claim_expression
              speaker ──┘   └───────────────< feature           what was drawn of a claim
    run ─< interpretation (one per report) ─< resolution, feature_key ─ feature, issue
                                                                feature_day     how many features there are, and where

Parts of a report are numbered as they stand in it (`ordinal`); a place is an id of the gazetteer.
"""
