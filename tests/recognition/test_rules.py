"""What is true of files, links, words and days, whatever somebody sends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recognition.rules import (
    LONGEST_FILE_NAME,
    MOST_BYTES,
    FileKind,
    file_name,
    fits,
    host_of,
    key_of,
    kind_of,
    last_day,
    wrong_file,
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4 ...", FileKind.PDF),
        (b"\xff\xd8\xff\xe0..JFIF", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\n....", FileKind.PNG),
        (b"<html><script>alert(1)</script>", None),
        (b"MZ\x90\x00", None),
        (b"PK\x03\x04 a document", None),
        (b" %PDF-1.4", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(content) is kind


def test_each_file_that_cannot_be_taken_has_a_sentence_with_the_remedy() -> None:
    assert wrong_file(b"%PDF-1.4") == ""
    assert "empty" in wrong_file(b"")
    assert "not a PDF, JPEG or PNG, whatever its name says" in wrong_file(b"MZ")
    assert "larger than 5 MB" in wrong_file(b"%PDF-" + b"x" * MOST_BYTES)
    assert "larger than 5 MB" in wrong_file(b"", too_large=True)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("certificate.pdf", "certificate.pdf"),
        ("certificate.PDF", "certificate.PDF"),
        ("C:\\Users\\ada\\certificate.exe", "certificate.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("Zertifikat für Ölmühle.pdf", "Zertifikat für Ölmühle.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a_b Set-Cookie_ x.pdf"),
        ("", "file.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
    ],
)
def test_a_file_is_saved_under_a_name_that_is_safe_and_true(name: str, kept: str) -> None:
    assert file_name(name, FileKind.PDF) == kept


@given(st.text(max_size=300), st.sampled_from(FileKind))
def test_no_name_is_too_long_or_leads_elsewhere(name: str, kind: FileKind) -> None:
    kept = file_name(name, kind)
    assert 0 < len(kept) <= LONGEST_FILE_NAME
    assert not set(kept) & set("/\\\"'<>\r\n\x00")
    assert "." in kept


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://www.england.nhs.uk/qsir", "www.england.nhs.uk"),
        ("http://example.org", "example.org"),
        ("https://Example.ORG:8443/a?b=c#d", "example.org"),
        ("https://münchen.example", "xn--mnchen-3ya.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org/x", ""),
        ("https://bank.example@evil.example/", ""),
        ("https://localhost/", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("https://exa mple.org", ""),
        ("https://example.org/\nx", ""),
        ("example.org", ""),
    ],
)
def test_a_link_leads_to_the_web_and_its_host_is_named_as_a_browser_resolves_it(link: str, host: str) -> None:
    assert host_of(link) == host


@given(st.text(max_size=60))
def test_no_text_is_a_link_by_surprise(text: str) -> None:
    assert host_of(text) == "" or text.lower().startswith(("http://", "https://"))


def test_a_rule_fits_when_each_of_its_words_is_a_word_of_the_item() -> None:
    assert fits(key_of("qsir PRACTITIONER"), key_of("The Practitioner’s programme: QSIR, practitioner"))
    assert fits(key_of("Amélioration"), key_of("AMELIORATION continue"))
    assert fits("", key_of("anything"))
    assert not fits(key_of("QSIR"), key_of("QSIRP"))
    assert not fits(key_of("QSIR Practitioner"), key_of("QSIR Fundamentals"))


def test_a_level_lasts_its_months_from_the_day_on_which_it_counts() -> None:
    assert last_day(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert last_day(date(2024, 3, 3), None) is None
