"""Who said what: quotation marks, tagger, linker; entry: `attributions.attribute`."""
