"""Words, sentences, syllables and readability of a text; entry: `segmentation` and `readability`."""
