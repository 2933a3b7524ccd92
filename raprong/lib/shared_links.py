"""What is known of services on which offices share files: where the file itself is, and how they ask to sign in."""

import re
from urllib.parse import urlsplit

GOOGLE_ID = r"(?P<id>[\w-]{10,})"
# A link to share shows a page around the file; the file itself stands elsewhere.
ITSELF = (
    (r"https://drive\.google\.com/file/d/{id}", "https://drive.google.com/uc?export=download&id={id}"),
    (r"https://drive\.google\.com/open\?(?:.*&)?id={id}", "https://drive.google.com/uc?export=download&id={id}"),
    (r"https://docs\.google\.com/document/d/{id}", "https://docs.google.com/document/d/{id}/export?format=pdf"),
    (r"https://docs\.google\.com/spreadsheets/d/{id}", "https://docs.google.com/spreadsheets/d/{id}/export?format=pdf"),
    (r"https://docs\.google\.com/presentation/d/{id}", "https://docs.google.com/presentation/d/{id}/export/pdf"),
)
FORMS = [(re.compile(pattern.replace("{id}", GOOGLE_ID)), address) for pattern, address in ITSELF]
SIGN_IN_HOSTS = frozenset(
    {"accounts.google.com", "login.microsoftonline.com", "login.live.com", "login.microsoft.com", "idmsa.apple.com"}
)


def address_of_file(address: str) -> str:
    """Where the file itself is that a link shares; any other address stays as it is."""
    for form, itself in FORMS:
        if found := form.match(address):
            return itself.format(id=found["id"])
    return address


def is_sign_in(address: str) -> bool:
    """Whether an address is a page on which such a service asks people to sign in."""
    return (urlsplit(address).hostname or "") in SIGN_IN_HOSTS
