"""What can go wrong, as one tree.

    CrmError                     everything a person can be told about
    ├── InputError               what somebody gave cannot be used
    │   ├── UnreadableFile       a file, or a part of it, cannot be read
    │   ├── NothingToRead        no file of a selection could be read
    │   ├── InvalidTemplate      a look for slides cannot be used
    │   ├── InvalidSetting       a setting or a form field has a value that cannot be
    │   ├── NobodyThere          no person, team or workspace of that name
    │   └── MailUnset            the mail server is not, or not wholly, set
    ├── AccessError              the person may not
    │   ├── NotAllowed           the role does not cover the page or the act
    │   ├── NamesHidden          the workspace's privacy does not show persons
    │   ├── GroupTooSmall        a selection would single persons out
    │   ├── WrongCredentials
    │   └── TooManyTries         wait before the next try
    └── StateError               the moment is wrong
        ├── ImportRunning        another import holds the workspace
        ├── ImportCancelled
        ├── NoData               nothing imported that answers the question
        ├── DataDamaged          a stored file is missing or altered
        ├── CannotWrite          the disk is full or closed to writing
        ├── MailRefused          the mail server did not take a mail
        └── TooSlow              a figure took longer than the time limit

Each class has a ``code`` and carries its context as keywords; sentences live in the
catalogues under ``error.<code>``. Anything that is not a ``CrmError`` is a bug.
"""

from __future__ import annotations

from typing import ClassVar


class CrmError(Exception):
    """Something a person can be told about, with what they can do."""

    code: ClassVar[str] = "unknown"

    def __init__(self, **context: object) -> None:
        """Keep ``context``: the values that the sentence in the catalogue names."""
        super().__init__(self.code, context)
        self.context = context

    def __str__(self) -> str:
        """Name the code and its values, for logs."""
        values = ", ".join(f"{key}={value!r}" for key, value in self.context.items())
        return f"{self.code}({values})"


class InputError(CrmError, ValueError):
    """What somebody gave cannot be used."""

    code = "input"


class UnreadableFile(InputError):
    """A file cannot be read; ``cause`` is the catalogue code of the reason.

    Context: ``file``, ``cause`` and, where known, ``line``, ``column``, ``value``.
    Sentences are under ``cause.<cause>`` and ``remedy.<cause>``.
    """

    code = "unreadable_file"


class NothingToRead(InputError):
    """No file of a selection could be read."""

    code = "nothing_to_read"


class InvalidSetting(InputError):
    """A setting has a value that cannot be; context: ``setting``, ``value``."""

    code = "invalid_setting"


class InvalidTemplate(InputError):
    """A template, a logo or a colour cannot be used; context: ``cause``.

    Sentences are under ``cause.<cause>``.
    """

    code = "invalid_template"


class NobodyThere(InputError):
    """No person, team or workspace of that name; context: ``name``."""

    code = "nobody_there"


class MailUnset(InputError):
    """The mail server is not, or not wholly, set; context: ``name`` of the setting."""

    code = "mail_unset"


class AccessError(CrmError, PermissionError):
    """The person may not."""

    code = "access"


class NotAllowed(AccessError):
    """The person's role does not cover this."""

    code = "not_allowed"


class NamesHidden(AccessError):
    """The workspace's privacy does not show figures of single persons."""

    code = "names_hidden"


class GroupTooSmall(AccessError):
    """A selection holds, or sets apart, too few persons; context: ``minimum``."""

    code = "group_too_small"


class WrongCredentials(AccessError):
    """The name and the password do not go together."""

    code = "wrong_credentials"


class TooManyTries(AccessError):
    """Too many failed sign-ins; context: ``seconds`` to wait."""

    code = "too_many_tries"


class StateError(CrmError, RuntimeError):
    """The moment is wrong."""

    code = "state"


class ImportRunning(StateError):
    """Another import holds the workspace; context: ``who``, ``since``."""

    code = "import_running"


class ImportCancelled(StateError):
    """Somebody stopped the import; nothing changed."""

    code = "import_cancelled"


class NoData(StateError):
    """Nothing was imported that answers the question; context: ``unlock``."""

    code = "no_data"


class DataDamaged(StateError):
    """A stored file is missing or was altered; context: ``file``."""

    code = "data_damaged"


class CannotWrite(StateError):
    """The disk is full or closed to writing; context: ``free`` in MiB."""

    code = "cannot_write"


class MailRefused(StateError):
    """The mail server did not take a mail; context: ``said``, in its words."""

    code = "mail_refused"


class TooSlow(StateError):
    """A figure took longer than the limit; context: ``figure``, ``seconds``."""

    code = "too_slow"
