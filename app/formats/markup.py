"""Text inside XML."""

import re
from xml.sax.saxutils import escape

# What XML 1.0 (2.2) has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(said: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", said))
