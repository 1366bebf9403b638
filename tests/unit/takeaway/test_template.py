"""A consultant's template: what is taken of it, what is refused, and why."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from core.charts.tokens import contrast
from core.errors import InvalidTemplate
from core.i18n import LANGUAGES, keys
from core.takeaway import cleaning, deck, layouts, template, theme
from core.takeaway.blank import Brand
from core.takeaway.cleaning import Refused, cleaned
from tests.unit.takeaway import opened, templates
from tests.unit.takeaway.stories import story
from tests.unit.takeaway.test_deck import test_nothing_stands_outside_a_slide as inside

SHAPES: dict[str, Callable[[], bytes]] = {
    "classic": templates.classic,
    "dark": templates.dark,
    "without_title_only": templates.without_title_only,
    "without_titles": templates.without_titles,
}
METHOD = [("Actions :", "une par trace.")]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_deck_takes_the_look_of_its_template(shape: str) -> None:
    kept = cleaned(SHAPES[shape]())
    found = story()
    file = deck.pptx_bytes(found, METHOD, template=kept)
    presentation, own = opened.deck(file), opened.deck(kept)
    assert len(own.slides) == 0
    assert len(presentation.slides) == len(found.steps) + 2
    assert presentation.slide_width == own.slide_width
    for one, other in ((presentation, own),):
        fonts = [
            each.slide_master.part.part_related_by(RT.THEME).blob
            for each in (one, other)
        ]
        assert fonts[0] == fonts[1]
    inside((found, file))
    look = theme.of(presentation, layouts.for_steps(presentation))
    assert contrast(look.ink, look.ground) >= 4.5
    assert contrast(look.muted, look.ground) >= 4.5
    assert contrast(look.accent, look.ground) >= 3
    for slide, step in zip(list(presentation.slides)[1:], found.steps, strict=False):
        assert step.title in opened.words(slide)
        empty = [s for s in slide.placeholders if not s.text_frame.text.strip()]
        assert empty == []


def test_accents_that_nobody_would_see_are_passed_over() -> None:
    own = opened.deck(cleaned(templates.dark()))
    look = theme.of(own, layouts.for_steps(own))
    assert look.accent == "#F2B705"
    assert look.ground == "#1B1033"


def test_nothing_covers_the_logo_at_the_foot() -> None:
    kept = cleaned(templates.classic())
    presentation = opened.deck(deck.pptx_bytes(story(), METHOD, template=kept))
    logo = next(s for s in presentation.slide_master.shapes if s.name == "Logo")
    for slide in presentation.slides:
        for shape in slide.shapes:
            if not shape.is_placeholder:
                assert shape.top + shape.height <= logo.top


def test_what_a_former_client_left_is_taken_out() -> None:
    given = templates.classic()
    assert b"Client secret" in templates.part(given, "ppt/slides/slide1.xml")
    kept = cleaned(given)
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        names = archive.namelist()
    for secret in ("Client secret", "Note secrète", "Auteur secret"):
        assert secret.encode() not in everything
    assert not [n for n in names if "slides/slide" in n or "thumbnail" in n]
    assert [n for n in names if "media/image" in n]


def test_a_potx_is_a_template_too() -> None:
    given = templates.classic()
    types = templates.part(given, "[Content_Types].xml")
    types = types.replace(b"presentation.main+xml", b"template.main+xml")
    kept = cleaned(templates.with_part(given, "[Content_Types].xml", types))
    assert len(opened.deck(kept).slide_layouts) == 11


def external(kind: str) -> bytes:
    given = templates.classic()
    name = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    link = (
        f'<Relationship Id="rId99" Type="{base}{kind}" Target="http://e.example/x" '
        'TargetMode="External"/></Relationships>'
    )
    rels = templates.part(given, name).replace(b"</Relationships>", link.encode())
    return templates.with_part(given, name, rels)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "presentationml")
        archive.writestr("ppt/big.xml", b"0" * (260 * 1024 * 1024))
    return out.getvalue()


def entity() -> bytes:
    given = templates.classic()
    name = "ppt/theme/theme1.xml"
    held = templates.part(given, name)
    head, _, rest = held.partition(b"?>")
    doctype = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return templates.with_part(given, name, head + b"?>" + doctype + rest)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "macros": (
        lambda: templates.with_part(templates.classic(), "ppt/vbaProject.bin", b"x"),
        "macros",
    ),
    "text": (lambda: b"not a deck", "not_a_deck"),
    "empty": (lambda: b"", "not_a_deck"),
    "old": (lambda: b"\xd0\xcf\x11\xe0" + b"0" * 600, "old_format"),
    "cut": (lambda: templates.classic()[:9000], "not_a_deck"),
    "master": (
        lambda: templates.with_part(
            templates.classic(), "ppt/slideMasters/slideMaster1.xml", b"<p:sld"
        ),
        "damaged",
    ),
    "picture elsewhere": (lambda: external("image"), "elsewhere"),
    "object": (lambda: external("oleObject"), "active"),
    "bomb": (bomb, "too_heavy"),
    "entity": (entity, "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_is_refused_with_its_cause(case: str) -> None:
    make, cause = REFUSED[case]
    with pytest.raises(Refused, match=f"^{cause}$"):
        cleaned(make())


def test_a_link_in_a_master_is_forgotten() -> None:
    kept = cleaned(external("hyperlink"))
    assert b"e.example" not in templates.part(
        kept, "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    )


def test_a_template_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    template.keep(tmp_path, templates.classic(), "Modèle maison.pptx")
    kept = template.read(tmp_path)
    assert kept is not None
    assert len(opened.deck(kept).slides) == 0
    assert template.name(tmp_path) == "Modèle maison.pptx"
    held = tmp_path / "takeaway" / "template.pptx"
    assert held.stat().st_mode & 0o077 == 0
    with pytest.raises(InvalidTemplate) as refused:
        template.keep(tmp_path, b"nothing", "x.pptx")
    assert refused.value.context["cause"] == "template_not_a_deck"
    assert template.read(tmp_path) == kept
    template.forget(tmp_path)
    assert template.read(tmp_path) is None


@pytest.mark.parametrize("name", ["x.pptm", "x.potm", "x.ppt", "x"])
def test_other_kinds_of_file_are_not_opened(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template.subprocess, "run", lambda *_, **__: pytest.fail())
    with pytest.raises(InvalidTemplate):
        template.clean(templates.classic(), name)


def test_every_cause_has_its_sentence() -> None:
    source = "".join(
        Path(module.__file__ or "").read_text("utf-8")
        for module in (cleaning, template)
    )
    for language in LANGUAGES:
        known = {k for k in keys(language) if k.startswith("cause.template_")}
        for key in known:
            cause = key.removeprefix("cause.template_")
            assert f'"{cause}"' in source or f'"template_{cause}"' in source
        for _, cause in REFUSED.values():
            assert f"cause.template_{cause}" in known


def logo(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2400, 600), "#0A7D4F").save(out, kind)
    return out.getvalue()


def test_a_logo_and_two_colours_are_a_look(tmp_path: Path) -> None:
    assert template.brand(tmp_path) is None
    template.keep_brand(tmp_path, Brand("Dupont", "#0a7d4f", "#102030", logo("JPEG")))
    kept = template.brand(tmp_path)
    assert kept is not None
    assert (kept.name, kept.accent, kept.ink) == ("Dupont", "#0A7D4F", "#102030")
    assert kept.logo.startswith(b"\x89PNG")
    found = story()
    file = deck.pptx_bytes(found, METHOD, brand=kept)
    presentation = opened.deck(file)
    look = theme.of(presentation, layouts.for_steps(presentation))
    assert (look.accent, look.ink) == (kept.accent, kept.ink)
    assert "Logo" in [shape.name for shape in presentation.slide_master.shapes]
    inside((found, file))


@pytest.mark.parametrize(
    ("brand", "cause"),
    [
        (Brand("x", "#FFFFFF"), "pale"),
        (Brand("x", "red"), "colour"),
        (Brand("x", logo=b"<svg/>"), "logo"),
        (Brand("x", logo=b"0" * 5_000_000), "logo_heavy"),
    ],
)
def test_a_look_that_cannot_be_read_is_refused(
    brand: Brand, cause: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidTemplate) as refused:
        template.keep_brand(tmp_path, brand)
    assert refused.value.context["cause"] == f"template_{cause}"
    assert template.brand(tmp_path) is None
