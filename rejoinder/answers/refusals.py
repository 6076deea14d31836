"""Why an answer was not written, checked or published: what happened and what to do."""

from django.utils.translation import gettext as _


class CannotError(Exception):
    """It is not done. The message is for the advisor."""


class ChangedMeanwhileError(CannotError):
    """Somebody else wrote on the draft since it was read."""

    def __init__(self, by: str) -> None:
        super().__init__(
            _(
                "{name} wrote on this draft meanwhile. What you wrote is in the fields, and is not "
                "kept yet. Look at what changed, then keep yours."
            ).format(name=by)
        )


class SecondPersonError(CannotError):
    """The subject asks for a second person."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A second person has to read this first: it is about a subject where a mistake "
                "does harm. If nobody is there, publish it alone and say why."
            )
        )


def is_published() -> CannotError:
    return CannotError(_("This revision is published and stays as it is. Write the next one."))


def is_withdrawn() -> CannotError:
    return CannotError(_("This answer was withdrawn. Open another one."))


def own_words() -> CannotError:
    return CannotError(_("Somebody who did not write on it has to read it."))


def incomplete() -> CannotError:
    return CannotError(_("A public answer needs a question and a text."))


def nothing_said_to_change() -> CannotError:
    return CannotError(_("Say what changed. People who read the page before read this first."))


def has_answer(question: str) -> CannotError:
    return CannotError(
        _("“%(question)s” has a public answer already. Revise that one.") % {"question": question}
    )


def no_name() -> CannotError:
    return CannotError(_("Name the question first. An answer covers questions that have a name."))


def no_language() -> CannotError:
    return CannotError(_("Name a language by its tag, such as de or en-gb."))


def too_long(what: str, cap: int) -> CannotError:
    return CannotError(
        _("%(what)s is longer than %(cap)d characters.") % {"what": what, "cap": cap}
    )


def why_needed() -> CannotError:
    return CannotError(_("Say why in a few words; it stands in the history."))
