"""What the guard finds in a reply, what it lets stand, and what helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.guard import Finding, Guard, Kind, Published, Written, remedied

OURS = Published(
    contacts=("0333 900 1234", "care@northwind.example"),
    places=("12 High Street, Exampleton ZZ9 9ZZ",),
    domains=("northwind.example",),
)
GUARD = Guard(OURS)
MOCK_UP = (
    "@tom_example Tom, this fixes it: hold the button of her alarm for ten seconds. As she is "
    "alone from four, I’ll ring her at three on 07700 900417 to check it works."
)


def look(text: str, **known: object) -> tuple[Finding, ...]:
    return GUARD.check([Written(text, **known)])[0]  # type: ignore[arg-type]  # a test names fields


def kinds(text: str, **known: object) -> list[Kind]:
    return [one.kind for one in look(text, **known)]


def test_the_reply_of_the_mock_up_is_stopped_for_four_reasons() -> None:
    assert kinds(MOCK_UP) == [Kind.PERSONAL, Kind.HEALTH, Kind.ALONE, Kind.APPOINTMENT]


def test_what_only_its_reader_sees_may_say_it() -> None:
    assert kinds(MOCK_UP, public=False) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call me on 07700 900123.", Kind.PERSONAL),
        ("We have you at 4 Elm Road, Exampleton.", Kind.PERSONAL),
        ("Sorry to hear your mum is in hospital.", Kind.HEALTH),
        ("Is your pacemaker linked to the line?", Kind.HEALTH),
        ("Ihre Mutter ist im Krankenhaus, das tut uns leid.", Kind.HEALTH),
        ("Since you live alone we will hurry.", Kind.ALONE),
        ("Ihre Oma ist heute Nacht allein.", Kind.ALONE),
        ("Your house is empty until Friday then.", Kind.WHEREABOUTS),
        ("Your engineer visit is on Tuesday at 10.", Kind.APPOINTMENT),
        ("Der Techniker kommt morgen um 10 Uhr zu Ihnen.", Kind.APPOINTMENT),
        ("Send us your account number, please.", Kind.ASKS_PERSONAL),
    ],
)
def test_everybody_would_read_it(text: str, kind: Kind) -> None:
    assert kind in kinds(text)
    assert kinds(text, public=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ring us free on 0333 900 1234 or write to care@northwind.example.",
        "Our shop is at 12 High Street, Exampleton ZZ9 9ZZ.",
        "You are not alone: the mast is down for everybody near you.",
        "Has she tried turning it off and on?",
        "The mast is expected back at 3pm today.",
        "Please send us your account number by direct message.",
        "What is the first half of your postcode?",
        "You can use your data while you are abroad.",
        "In an emergency dial 999 from any phone.",
    ],
)
def test_what_may_stand_in_public(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("What's your PIN, so that we can check?", True),
        ("Please confirm your password by DM.", True),
        ("Bitte nennen Sie uns Ihr Kundenkennwort.", True),
        ("We will never ask you for your PIN.", False),
        ("You can reset your password on our site.", False),
        ("Wir fragen nie nach Ihrem Passwort.", False),
    ],
)
def test_nobody_asks_for_a_secret(text: str, asks: bool, public: bool) -> None:
    assert (Kind.SECRET in kinds(text, public=public)) is asks


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Check your bill at https://other.example/pay", "other.example"),
        ("Log in at northwind.example.evil.example/x.", "northwind.example.evil.example"),
        ("Log in at https://help.northwind.example/x", ""),
        ("The news is at https://other.example/news", ""),
    ],
)
def test_links_of_account_matters_are_on_our_domain(text: str, host: str) -> None:
    assert [one.detail for one in look(text) if one.kind == Kind.LINK] == ([host] if host else [])


def test_before_a_domain_is_known_only_hidden_links_are_found() -> None:
    bare = Guard(Published())
    written = [Written(f"Log in at https://{host}/x") for host in ("other.example", "bit.ly")]
    assert [len(found) for found in bare.check(written)] == [0, 1]


def test_a_name_from_another_conversation_is_found_where_one_addresses_people() -> None:
    known = {"to": ["Tom"], "others": ["Tina Turner", "@tina.example"]}
    assert kinds("Hi Tina, it is fixed.", **known) == [Kind.NAME]
    assert kinds("@tina.example it is fixed.", **known) == [Kind.NAME]
    assert kinds("Tina wrote about it.", **known) == [Kind.NAME]
    assert kinds("It is fixed for Tina.", **known) == []
    assert kinds("Hi Tina, it is fixed.", **known, said=["Tina says it is down"]) == []
    assert kinds("Hi Tina, it is fixed.", **known, ours=["Tina K"]) == []


def test_the_account_they_wrote_to_is_the_one_that_answers() -> None:
    known = {"account": "northwind", "accounts": ["northwind_help"]}
    assert kinds("On it.", said=["@northwind_help no signal"], **known) == [Kind.ACCOUNT]
    assert kinds("On it.", said=["@northwind @northwind_help no signal"], **known) == []


@pytest.mark.parametrize(
    ("asked", "reply", "passed_over"),
    [
        ("When will it be back?", "We are sorry for the trouble, the team has it.", True),
        ("When will it be back?", "By six this evening.", False),
        ("When will it be back?", "We do not know yet, and will say so here at four.", False),
        ("How much is it?", "It comes with a lovely screen.", True),
        ("Wann geht es wieder?", "Danke für Ihre Geduld!", True),
        ("Can I keep my number?", "Thanks so much for getting in touch!", True),
        ("Can I keep my number?", "You can, for thirty days.", False),
        ("Are you kidding me?", "Sorry about this.", False),
        ("No signal.", "Sorry about this.", False),
    ],
)
def test_a_direct_question_is_not_passed_over(asked: str, reply: str, passed_over: bool) -> None:
    assert (Kind.UNANSWERED in kinds(reply, said=[asked])) is passed_over


def test_too_long_is_found_too() -> None:
    assert kinds("a", fits=False) == [Kind.LENGTH]


def test_the_remedy_hides_what_is_personal_and_leaves_out_what_else_must_not_stand() -> None:
    text = "Thank you, Tom. Your mum is in hospital. We called 07700 900123 today."
    assert remedied(text, look(text)) == "Thank you, Tom. We called ••• today."


@given(st.text(), st.lists(st.text(), max_size=3), st.booleans())
def test_whatever_is_written_places_are_places_and_a_remedy_leaves_nothing_to_cut(
    text: str, said: list[str], public: bool
) -> None:
    found = look(text, said=said, public=public)
    assert all(0 <= one.start <= one.end <= len(text) for one in found)
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=list(Kind).index)
    remedied(text, found)


@given(
    st.lists(
        st.sampled_from(
            [
                "Thank you, Tom.",
                "Her alarm is down!",
                "As she is alone, hurry.",
                "Call 07700 900123.",
                "What's your PIN?",
                "We are on it",
                "\n",
            ]
        )
    )
)
def test_after_the_remedy_the_guard_finds_nothing_more(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert look(remedied(text, look(text))) == ()


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800" * 9, "@" * 5_000, "a.b" * 50_000, "?!." * 9_999]
)
def test_bad_input_is_only_looked_at(text: str) -> None:
    look(text, said=[text], others=[text], to=[text], account=text, accounts=[text])


def test_a_batch_is_what_its_parts_are() -> None:
    written = [Written(MOCK_UP), Written("On it."), Written("What's your PIN?")]
    assert GUARD.check(written) == [GUARD.check([one])[0] for one in written]
