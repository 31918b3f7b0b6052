"""Who said what: quotation marks and the runs between them, and for each saying its source, cue and content.

`attributions.attribute` finds them by what `tagger` and `linker` learnt, `conventions` by how news is laid out.
"""
