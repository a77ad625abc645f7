"""Spans, offsets, folding, segments and selectors: everything that is true of any text in any language."""
