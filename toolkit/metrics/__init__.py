"""From what was found in an article to numbers: `dictionary` says what each is, `table` makes rows and evidence.

`sourcing`, `hedging` and `right_of_reply` count what needs more than a line.
"""
