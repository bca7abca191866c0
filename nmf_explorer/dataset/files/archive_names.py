"""Decode the names of archive members that are in the encoding of an old or foreign system.

In several of these a backslash is also the second byte of a letter, so names are decoded before folders are looked for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# UTF-8 and encodings of Windows and DOS in the order of preference.
_ENCODINGS = ("utf-8", "cp437", "cp932", "gbk", "big5", "cp866")
_LAST_COMMON_CP932 = 0x97  # lead byte of the kanji of JIS level 1
_COMMON_BIG5 = range(0xA4, 0xC7)  # lead bytes of the letters of level 1
_LETTER_BEFORE_BACKSLASH = re.compile(r"(?<=[^\x00-\x7f])\\")


def decoded_names(names: Sequence[str]) -> list[str]:
    """Return names whose bytes above 127, marked by surrogates, are decoded as what makes most letters.

    All of them are in one encoding, UTF-8 if it can decode them. Names without surrogates are kept.
    """
    unknown = [_raw(name) for name in names if not _is_text(name)]
    if not unknown:
        return list(names)
    badness = {encoding: _badness(unknown, encoding) for encoding in _ENCODINGS}
    encoding = min(_ENCODINGS, key=lambda candidate: badness[candidate])
    # Where nothing makes sense, a backslash after a strange byte is part of a letter unless it alone makes folders.
    is_doubtful = badness[encoding] > 0 and (any("/" in name for name in names) or not _has_plain_backslash(unknown))
    decoded = []
    for name in names:
        text = name if _is_text(name) else _raw(name).decode(encoding, "replace")
        decoded.append(_LETTER_BEFORE_BACKSLASH.sub("＼", text) if is_doubtful and text is not name else text)
    return decoded


def _is_text(name: str) -> bool:
    return not any("\udc80" <= character <= "\udcff" for character in name)


def _raw(name: str) -> bytes:
    return name.encode("ascii", "surrogateescape")


def _has_plain_backslash(names: list[bytes]) -> bool:
    return any(re.search(rb"(^|[\x00-\x7f])\\", name) for name in names)


def _badness(names: list[bytes], encoding: str) -> float:
    """Return how many of the letters of names are unlikely in an encoding; infinite if it cannot decode them."""
    try:
        texts = [name.decode(encoding) for name in names]
    except UnicodeDecodeError:
        return float("inf")
    return sum(not _is_likely(text, i, encoding) for text in texts for i in range(len(text)) if not text[i].isascii())


def _is_likely(text: str, i: int, encoding: str) -> bool:
    """Return whether a letter is common in texts of an encoding."""
    letter = text[i]
    name = unicodedata.name(letter, "")
    before, after = text[:i][-1:], text[i + 1 :][:1]
    is_in_latin_word = any(other.isascii() and other.isalpha() for other in (before, after))
    if encoding == "utf-8":
        return True
    raw = letter.encode(encoding)
    if encoding == "cp932":
        is_kana = name.startswith(("HIRAGANA", "KATAKANA-HIRAGANA PROLONGED", "KATAKANA LETTER"))
        return is_kana or (name.startswith("CJK") and len(raw) == 2 and raw[0] <= _LAST_COMMON_CP932)
    if encoding == "gbk":
        return name.startswith("CJK") and letter.encode("gb2312", "ignore") != b""
    if encoding == "big5":
        return name.startswith("CJK") and raw[0] in _COMMON_BIG5
    if encoding == "cp866":
        return name.startswith("CYRILLIC") and not is_in_latin_word
    return name.startswith("LATIN") and is_in_latin_word and not (letter.islower() and after.isupper())
