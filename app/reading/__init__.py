"""Report text to mentions, spatial expressions and claims: words only, no coordinates.

`read` is the whole way, `phrase` the way of what a person types. Both go through the rooms in this order: text (with
words, the word lists), mentions, expressions; `read` then on through events, speakers and dates to claims.
"""
