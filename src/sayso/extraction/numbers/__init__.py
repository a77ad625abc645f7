"""Numbers: numerals in running text, in digits and in words, and what they count."""
