"""Why an action at the desk did not happen: each says what happened and what to do."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.desk.guard import Finding
from rejoinder.plumbing import film


class CannotError(Exception):
    """The desk does not do this now. The message is for the advisor."""


class AlreadyTakenError(CannotError):
    """Somebody else has the conversation."""

    def __init__(self, by: str) -> None:
        super().__init__(_("{name} has this conversation already.").format(name=by))
        self.by = by


class KeptBackError(CannotError):
    """The plan keeps the answer back for now."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The plan keeps this answer back for now; the page says why and until when. A lead "
                "may take it out of turn, with a reason."
            )
        )


class NotYoursError(CannotError):
    """Only the one who has the conversation may do this."""

    def __init__(self, by: str | None) -> None:
        super().__init__(
            _("{name} has this conversation. Ask for it, or let a lead take it over.").format(
                name=by
            )
            if by
            else _("Nobody has this conversation. Take it first.")
        )
        self.by = by


class TooLongError(CannotError):
    """The platform would not take the text as it is."""

    def __init__(self, used: int, allowed: int) -> None:
        super().__init__(
            _("The reply is too long: {used} of {allowed}. Shorten it, then send.").format(
                used=used, allowed=allowed
            )
        )
        self.used, self.allowed = used, allowed


class GuardedError(CannotError):
    """The guard found something; with a reason it leaves all the same."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(_("The reply has not left: read what stands beside it first."))
        self.findings = findings


def nothing_written() -> CannotError:
    return CannotError(_("There is no text yet. Write the reply, then send."))


def nothing_to_answer() -> CannotError:
    return CannotError(
        _("Its author deleted the post, so there is nothing to answer. Close the conversation.")
    )


def not_connected() -> CannotError:
    return CannotError(
        _("No account is connected that could answer this. Connect one under Channels.")
    )


def not_private() -> CannotError:
    return CannotError(_("This channel has no way to answer one person alone."))


def no_such_colleague() -> CannotError:
    return CannotError(_("This colleague cannot answer. Choose somebody who is in the team."))


def too_urgent_to_learn() -> CannotError:
    return CannotError(
        _("Somebody in urgent need waits for a colleague who answers. Call one, or take the next.")
    )


def why_needed() -> CannotError:
    return CannotError(_("Say why in a few words; it stands in the history."))


def no_picture(why: str) -> CannotError:
    words = {
        "too large": _("The file is larger than 10 MB. Make the picture smaller, then add it."),
        "too many pixels": _("The picture has too many pixels. Make it smaller, then add it."),
        "broken": _("The file is broken and cannot be read whole. Save it anew, then add it."),
    }
    other = _("The file is no picture the desk can read. Use JPEG, PNG, WebP or GIF.")
    return CannotError(words.get(why, other))


def infected(name: str) -> CannotError:
    return CannotError(
        _(
            "The virus scanner stopped this file: %(name)s. It was not kept. Tell whoever looks"
            " after your computers."
        )
        % {"name": name}
    )


def not_scanned() -> CannotError:
    return CannotError(
        _(
            "The virus scanner did not look at this file, so it was not taken. Try again, or"
            " answer without it; whoever runs the desk sees why with 'rejoinder doctor'."
        )
    )


def too_many_pictures(most: int) -> CannotError:
    if not most:
        return CannotError(_("No picture can leave this way. Take it out, or answer otherwise."))
    return CannotError(
        ngettext(
            "A reply here carries %(most)s picture. Take the others out.",
            "A reply here carries %(most)s pictures. Take the others out.",
            most,
        )
        % {"most": most}
    )


def picture_without_words() -> CannotError:
    return CannotError(
        _("Say in words what each picture shows, for people who cannot see it. Then send.")
    )


def picture_gone() -> CannotError:
    return CannotError(_("This picture is not in your draft any more."))


def pictures_by_hand() -> CannotError:
    return CannotError(
        _("This reply goes by hand, and no picture goes with it. Take it out, then send.")
    )


def no_film(why: str) -> CannotError:
    words = {
        "broken": _("The file is broken and cannot be read whole. Save it anew, then add it."),
        "cut": _(
            "What was cut away is still in this file and would leave with it. Export the film "
            "anew, then add it."
        ),
        "several": _("The file has more than one picture or more than one sound. Export one film."),
        "size": _("A film is 32 to 4,096 pixels wide and high. Export it in another size."),
    }
    other = _("The file is no film that can leave. Use MP4 with H.264 and AAC.")
    return film_too_long(film.LONGEST) if why == "too long" else CannotError(words.get(why, other))


def film_too_large(most: int) -> CannotError:
    return CannotError(
        _("A film here has %(size)s MB at most. Make it smaller or shorter, then add it.")
        % {"size": most // 1_000_000}
    )


def film_too_long(most: int) -> CannotError:
    return CannotError(
        _("A film here lasts %(seconds)s seconds at most. Make it shorter, then add it.")
        % {"seconds": most}
    )


def no_film_here() -> CannotError:
    return CannotError(_("No film can leave this way. Take it out, or answer otherwise."))


def film_alone() -> CannotError:
    return CannotError(_("A film leaves alone. Take the other film or the pictures out first."))


def film_without_words() -> CannotError:
    return CannotError(
        _("Say in words what the film shows, for people who cannot see it. Then send.")
    )


def no_room_for_film() -> CannotError:
    return CannotError(
        _("The desk has no room left for the film. What you wrote is kept. Tell who runs the desk.")
    )
