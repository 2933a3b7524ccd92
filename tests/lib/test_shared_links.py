import pytest

from raprong.lib.shared_links import address_of_file, is_sign_in

ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456"


@pytest.mark.parametrize(
    ("shared", "itself"),
    [
        (
            f"https://drive.google.com/file/d/{ID}/view?usp=sharing",
            f"https://drive.google.com/uc?export=download&id={ID}",
        ),
        (f"https://drive.google.com/open?id={ID}", f"https://drive.google.com/uc?export=download&id={ID}"),
        (
            f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
            f"https://docs.google.com/spreadsheets/d/{ID}/export?format=pdf",
        ),
        ("https://example.go.th/file/d/1", "https://example.go.th/file/d/1"),
    ],
)
def test_a_link_to_share_leads_to_the_file_itself(shared: str, itself: str) -> None:
    assert address_of_file(shared) == itself


def test_sign_in_pages_of_sharing_services_are_known() -> None:
    assert is_sign_in("https://accounts.google.com/v3/signin/identifier?continue=https://drive.google.com/")
    assert not is_sign_in("https://example.go.th/?from=accounts.google.com")
