"""What the first and the last word of a sentence tell: that it leans on the one before it, or that it only asks."""

import re

_POINTS_BACK = re.compile(
    r"c['’]|(?:ils?|elles?|ce|cela|celui-ci|celle-ci|ceux-ci|celles-ci|cette|ces|cet|son|sa|ses|leurs?|"
    r"it|its|he|she|they|their|his|her|this|these|those|that)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?[\s»”\"*_]*$")


def points_back(sentence: str) -> bool:
    """Whether its first word stands for something said before, as in "It can hold 3,150 spectators"."""
    return bool(_POINTS_BACK.match(sentence))


def is_question(sentence: str) -> bool:
    """Whether a sentence asks, as in documents of questions and answers: it is never the answer."""
    return bool(_ASKS.search(sentence))
