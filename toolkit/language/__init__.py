"""Words, sentences, syllables and readability formulas (`segmentation`, `readability`), and the word lists."""
