"""What is asked and shown as the specifications say."""

from rejoinder.channels import oauth


def test_the_challenge_is_that_of_the_specification() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert oauth.challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_verifiers_are_long_and_never_the_same() -> None:
    assert len({oauth.verifier() for _ in range(100)}) == 100
    assert all(43 <= len(oauth.verifier()) <= 128 for _ in range(10))


def test_values_travel_as_they_are() -> None:
    assert oauth.form({"a": "b c&d", "é": "1"}) == b"a=b+c%26d&%C3%A9=1"
    assert oauth.address("https://x.example/a", {"b": "c d"}) == "https://x.example/a?b=c+d"
    assert oauth.address("https://x.example/a?e=f", {"b": "c"}) == "https://x.example/a?e=f&b=c"
