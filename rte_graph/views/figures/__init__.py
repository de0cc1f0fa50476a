"""Figures for papers: drawn at their printed size, as SVG with text, PDF with its fonts, or PNG.

Each kind of figure makes a `Sheet` (marks, lines and words at their places, in points); ``vector`` writes it
as SVG, ``printing`` (matplotlib, the extra ``[figures]``) as PDF and PNG. So the three show the same.
"""

from __future__ import annotations
