"""Everything that can go wrong, as one tree.

DiptychError                     exit code
├── UsageError                       2     the call itself is wrong
├── InputError                       3     the input cannot be had
│   ├── NotFound                     3       no such file, or it vanished
│   ├── UnreachableError             3       an address that does not answer, loops or refuses
│   └── TooLarge                     3       over the size limit
├── ContentError                     4     the input was had but cannot be read as an account
│   ├── EmptyInput                   4
│   ├── UnsupportedMedia             4       a binary, an image, an archive
│   ├── Undecodable                  4       a broken, encrypted or mis-encoded file
│   ├── NoText                       4       a PDF without a text layer, a page without an article
│   └── UnreadLanguage               4       a language that is not read yet
├── ComparisonError                  5     both were read but cannot be laid side by side
│   ├── SameText                     5
│   └── DifferentContacts            5
├── OutputError                      6     the result cannot be written
├── KnowledgeError                   7     a row of knowledge is wrong; names file and line
├── ModelError                       8     weights are missing or are not the recorded ones
├── StoreError                       9     the archive cannot be used as it is
│   ├── NewerStore                   9       written by a later version
│   ├── DamagedStore                 9       not a database, or inconsistent
│   ├── BusyStore                    9       another process holds it
│   └── UnwritableStore              9       read-only, or the disk is full
├── UnknownId                        3     nothing in the archive has this id
└── UnforeseenError                  1     a mistake of diptych's own while it read one of many documents

Every error is made of what happened and what to do about it; its text is one sentence of each.
"""

from __future__ import annotations

__all__ = [
    "BusyStore",
    "ComparisonError",
    "ContentError",
    "DamagedStore",
    "DifferentContacts",
    "DiptychError",
    "EmptyInput",
    "InputError",
    "KnowledgeError",
    "ModelError",
    "NewerStore",
    "NoText",
    "NotFound",
    "OutputError",
    "SameText",
    "StoreError",
    "TooLarge",
    "Undecodable",
    "UnforeseenError",
    "UnknownId",
    "UnreachableError",
    "UnreadLanguage",
    "UnsupportedMedia",
    "UnwritableStore",
    "UsageError",
]


class DiptychError(Exception):
    """Base of all errors raised on purpose.

    ``happened`` says what went wrong, ``remedy`` what the user can do; ``exit_code`` is the process's exit status.
    """

    exit_code = 1

    def __init__(self, happened: str, remedy: str) -> None:
        self.happened = happened.rstrip(". ")
        self.remedy = remedy.rstrip(". ")
        super().__init__(f"{self.happened}. {self.remedy}.")


class UsageError(DiptychError):
    """The call itself is wrong."""

    exit_code = 2


class InputError(DiptychError):
    """The input cannot be had."""

    exit_code = 3


class NotFound(InputError):
    """No such file, or it vanished while it was read."""


class UnreachableError(InputError):
    """An address that does not answer, loops or refuses."""


class TooLarge(InputError):
    """The input is over the size limit."""


class ContentError(DiptychError):
    """The input was had but cannot be read as an account."""

    exit_code = 4


class EmptyInput(ContentError):
    """There is nothing in it."""


class UnsupportedMedia(ContentError):
    """A binary, an image, an archive: not a kind of text that is read."""


class Undecodable(ContentError):
    """Broken, encrypted, or in an encoding that cannot be made out."""


class NoText(ContentError):
    """A PDF without a text layer, a page without an article."""


class UnreadLanguage(ContentError):
    """A language that is not read yet."""


class ComparisonError(DiptychError):
    """Both inputs were read but cannot be laid side by side."""

    exit_code = 5


class SameText(ComparisonError):
    """The same text twice."""


class DifferentContacts(ComparisonError):
    """Two accounts of different contacts."""


class OutputError(DiptychError):
    """The result cannot be written."""

    exit_code = 6


class KnowledgeError(DiptychError):
    """A row of knowledge is wrong; the message names the file and the line."""

    exit_code = 7


class ModelError(DiptychError):
    """Weights are missing or are not the recorded ones."""

    exit_code = 8


class StoreError(DiptychError):
    """The archive cannot be used as it is."""

    exit_code = 9


class NewerStore(StoreError):
    """The archive was written by a later version of diptych."""


class DamagedStore(StoreError):
    """Not a database, or one whose contents do not hold together."""


class BusyStore(StoreError):
    """Another process holds the archive for longer than we wait."""


class UnwritableStore(StoreError):
    """The archive is read-only, or the disk is full."""


class UnknownId(DiptychError):
    """Nothing in the archive has this id."""

    exit_code = 3


class UnforeseenError(DiptychError):
    """A mistake of diptych's own while it read one of many documents; the others are not lost for it."""

    exit_code = 1
