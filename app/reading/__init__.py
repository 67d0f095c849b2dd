"""Report text to mentions, spatial expressions and claims: words only, no coordinates."""
