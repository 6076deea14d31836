"""A reply as an e-mail: in their thread, under a name that we chose. Pure."""

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from rejoinder.channels.contract import Outgoing
from rejoinder.channels.mailing import one_line


class UnfitError(ValueError):
    """An address that no e-mail can go to."""


def reply(outgoing: Outgoing, key: str, sender: str, name: str = "") -> EmailMessage:
    """Raises UnfitError. A line of words cannot become a header: what ends one is taken away."""
    message = EmailMessage(policy=policy.SMTP)
    message["Message-ID"] = f"<{key}>"
    message["Date"] = outgoing.created_at
    message["From"] = _address(sender, name)
    message["To"] = _address(outgoing.contact)
    message["Subject"] = subject(str(outgoing.ref.get("subject", "")))
    message["In-Reply-To"] = f"<{one_line(outgoing.to)}>"
    message["References"] = " ".join(f"<{one_line(each)}>" for each in references(outgoing))
    if outgoing.automatic:
        message["Auto-Submitted"] = "auto-replied"  # RFC 3834, 3.1.7
    message.set_content(_said(outgoing), cte="quoted-printable")
    for number, picture in enumerate(outgoing.pictures, start=1):
        kind, _, form = picture.media_type.partition("/")
        message.add_attachment(
            picture.data,
            kind,
            form,
            filename=f"picture-{number}.jpg",
            disposition="inline",
            headers=[f"Content-Description: {one_line(picture.alt)}"],
        )
    return message


def _said(outgoing: Outgoing) -> str:
    """The words, and below them what each picture shows: readers read the words first."""
    shown = [f"[{number}] {each.alt}" for number, each in enumerate(outgoing.pictures, start=1)]
    return "\n\n".join([outgoing.text, *shown])


def subject(theirs: str) -> str:
    """Re:, once."""
    theirs = one_line(theirs) or "Your message"
    return theirs if theirs.lower().startswith(("re:", "aw:")) else f"Re: {theirs}"


def references(outgoing: Outgoing) -> list[str]:
    """The thread so far: its first message, and those before this one."""
    told = outgoing.ref.get("references", [])
    chain = [each for each in told if isinstance(each, str)] if isinstance(told, list) else []
    return list(dict.fromkeys([outgoing.root, *chain, outgoing.to]))


def _address(spec: str, name: str = "") -> Address:
    try:
        return Address(one_line(name), addr_spec=one_line(spec))
    except Exception as error:  # noqa: BLE001  # the parser raises what it likes
        raise UnfitError(f"No e-mail can be sent there: {error}") from None
