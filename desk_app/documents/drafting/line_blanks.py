"""One line with gaps: what each gap asks for, and the line as a layout prints it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk_app.documents.drafting.dates_in_line import DatePart, date_parts
from desk_app.documents.drafting.gaps import BlankGap, gaps_of
from desk_app.documents.drafting.labels import cleaned, fact_of, fact_of_organisation, note_numbers
from desk_app.documents.drafting.register import Register
from desk_app.documents.drafting.roles import APPLICANT, ORGANISATION, role_in
from desk_app.documents.drafting.ticks import ticks_of
from desk_app.domain.text import fold

_UPPER = re.compile(r"in hoa", re.IGNORECASE)
_ID_PAPER = {"id_number", "identity", "id_issued_on", "id_issued_by"}
_UNITS = {"nguoi", "tang", "ban", "con", "to", "trang", "thang", "quyen"}
_HAND = "………"
SIGNER = "người ký"
_CHANGED = re.compile(r"sau khi thay doi|\bmoi\b|thay doi thong tin")
"""What a fact becomes is another thing than what it is."""


def escaped(text: str) -> str:
    """Words as a layout prints them, whatever signs they have."""
    return re.sub(r"([\\{}\[\]*]|~~)", r"\\\1", text).replace("|", "/")


def line_markup(register: Register, text: str) -> str:
    """The line with a named blank in place of each gap; the register holds what was found."""
    gaps = gaps_of(text)
    dates = date_parts(gaps)
    ticks = ticks_of(register, gaps)
    made: list[str] = []
    at = 0
    state = _LineReader(register, text, gaps, dates)
    for place, gap in enumerate(gaps):
        made.append(escaped(text[at : gap.start]))
        made.append(ticks.get(place) or state.blank(place))
        at = gap.end
    made.append(escaped(text[at:]))
    return _spaced(made)


def _spaced(parts: Sequence[str]) -> str:
    """The parts joined, a space where a blank touched a word."""
    text = ""
    for part in parts:
        is_before = text[-1:] in {"}", "]"} and part[:1].isalnum()
        touches = is_before or (part[:1] in {"{", "["} and text[-1:] not in {"", " ", "(", "[", "/"})
        text += (" " if touches else "") + part
    return re.sub(r" {2,}", " ", text) if text.strip() else text


class _LineReader:
    """The gaps of one line, from left to right."""

    def __init__(self, register: Register, text: str, gaps: Sequence[BlankGap], dates: dict[int, DatePart]) -> None:
        self._register = register
        self._text = text
        self._gaps = gaps
        self._dates = dates
        self._date_key = ""
        self._previous = ""
        self._folded = fold(text)

    def blank(self, place: int) -> str:
        """What the layout says in place of a gap."""
        gap = self._gaps[place]
        if self._register.by_hand:
            self._register.found(cleaned(gap.before, is_first=place == 0), "", "hand")
            return _HAND
        part = self._dates.get(place)
        key = self._dated(place, part) if part else self._plain(place, gap)
        self._previous = key
        if not key:
            return _HAND
        if self._register.blanks[-1].why == SIGNER:
            return f"{{?{key}}}"
        if len([one for one in self._gaps if not one.is_box]) == 1:
            return f"{{{key}}}"
        share = max(0.3, min(3.0, round(gap.width / 20, 1)))
        return f"{{{key}:{share:g}}}"

    # --- what is no date ------------------------------------------------------------------

    def _plain(self, place: int, gap: BlankGap) -> str:
        register = self._register
        label = cleaned(gap.before, is_first=place == 0)
        unit = fold(gap.after).split(" ")[0] if gap.after.strip() else ""
        if not label:
            return self._unlabelled(place, gap)
        notes = note_numbers(gap.before)
        special = self._special(gap, label, unit)
        if special is not None:
            return special
        role = role_in(label)
        fact = fact_of(_without_role(label))
        if role and fact == "full_name" and role != ORGANISATION:
            register.enter(role)
        is_new = _CHANGED.search(fold(label))
        if not is_new and self._is_of_organisation(label, role) and (name := fact_of_organisation(label)):
            return register.house(f"organisation.{name}", label, "theo nhãn, của tổ chức", kind="text")
        if fact and self._fits(fact):
            suffix = ".upper" if fact == "full_name" and _UPPER.search(gap.before) else ""
            return register.fact(fact, label, sure="sure", notes=notes, suffix=suffix)
        if answer := register.vocabulary.get(fold(label)):
            return register.known(answer, label)
        if len(fold(label)) <= 4:
            before = register.blanks[-1].label if register.blanks and register.blanks[-1].line == register.line else ""
            after = " ".join(gap.after.split()[:8]).strip(" .,:;")
            label = f"{before}, {label}" if before else f"{label} … {after}" if after else label
        return register.ask(label, kind="number" if unit in _UNITS and gap.width < 30 else "text")

    def _fits(self, fact: str) -> bool:
        """Whether the label means the person at hand: what was asked of them already is another thing now."""
        register = self._register
        if _CHANGED.search(self._folded):
            return False
        if fact in {"id_issued_on", "id_issued_by"} and register.last_fact not in _ID_PAPER:
            return False
        if fact == "full_name":
            return True
        return bool(register.role) and register.role != ORGANISATION and (register.role, fact) not in register.facts

    def _is_of_organisation(self, label: str, role: str) -> bool:
        folded = fold(label)
        return (
            self._register.role == ORGANISATION or (role == ORGANISATION and not fact_of(label)) or folded == "chuc vu"
        )

    def _special(self, gap: BlankGap, label: str, unit: str) -> str | None:
        """Fields that no person has; None where the label is none of them."""
        register, folded = self._register, fold(label)
        if folded.startswith("kinh gui"):
            named = re.search(r"uy ban nhan dan|ubnd", folded)
            register.context = "address"
            return register.house("office.place" if named else "office.address", label, "nơi nhận")
        if register.context == "address":
            if re.search(r"uy ban nhan dan|ubnd", folded):
                return register.house("office.place", label, "nơi nhận", sure="likely")
            if re.match(r"(tinh|thanh pho)\b", folded):
                return register.house("office.province_name", label, "nơi nhận", sure="likely")
            register.context = "address" if folded.startswith("huyen") else ""
        if folded.startswith("lam tai") or (folded == "tai" and self._is_signed_line()):
            return register.house("office.place", label, "nơi làm giấy")
        if re.search(r"quan he (voi|cua)|moi quan he", fold(gap.before)):
            return register.house("relation", label, "quan hệ với người được đề nghị", kind="relation")
        if (unit == "ban" or "ban sao" in folded) and re.search(r"so (luong|ban)", folded):
            return register.house("copies", label, "số bản sao", kind="number")
        if folded.endswith("ghi bang chu") and self._previous:
            return register.found(
                label, self._previous.removesuffix(".upper"), "sure", "ngày bằng chữ", suffix=".words"
            )
        if re.search(r"nghi dinh so|thong tu so|luat so", folded[-14:]):
            return register.found(label, "", "hand", "số văn bản, không phải mục người dân khai")
        if fold(gap.before).endswith("ong ba") and register.main:
            return register.found(label, f"{signer_role(register)}.full_name", "likely", "người khai")
        return self._of_paper(gap, label, folded)

    def _of_paper(self, gap: BlankGap, label: str, folded: str) -> str | None:
        """Number, book and place of an earlier entry in a register."""
        register = self._register
        self._see_context(gap)
        if register.context not in {"registered", "marriage"}:
            return None
        name = "marriage" if register.context == "marriage" else "registered"
        why = "việc đã đăng ký trước đây" if name == "registered" else "giấy chứng nhận kết hôn"
        if re.search(r"quyen so", folded):
            return register.house(f"{name}_book", label, why, kind="text")
        if re.fullmatch(r"(.* )?so", folded):
            return register.house(f"{name}_number", label, why, kind="text")
        if re.fullmatch(r"(.* )?tai", folded):
            key = "marriage_place" if name == "marriage" else "registered_at"
            return register.house(key, label if len(label) > 4 else "Đăng ký tại", why, kind="text")
        if folded == "da dang ky":
            return register.house("registered_kind", label, why, kind="text")
        return None

    def _see_context(self, gap: BlankGap) -> None:
        folded = fold(gap.before)
        if "giay chung nhan ket hon" in folded:
            self._register.context = "marriage"
        elif re.search(r"da (duoc )?dang ky", folded):
            self._register.context = "registered"
        elif re.search(r"giay (bao tu|to thay the)", folded):
            self._register.context = ""

    def _unlabelled(self, place: int, gap: BlankGap) -> str:
        """A gap without words: the name below a signature, the place of a date, or more room for the gap before."""
        register = self._register
        if number := re.fullmatch(r"\s*[(]?\s*(\d{1,2}|[a-zđ])\s*[.)]\s*|\s*[-–+•]\s*", gap.before):
            return register.ask(f"{register.section} ({number[1]})" if number[1] else register.section)
        if register.signer and not register.open_end and not self._text.strip(" .…_\t"):
            role = register.signer
            return register.found("(Ký, ghi rõ họ tên)", f"{role}.full_name", "sure", SIGNER)
        if place == 0 and self._is_signed_line() and gap.after.lstrip()[:1] == ",":
            return register.house("office.place", "Nơi làm giấy", "nơi làm giấy")
        last = register.blanks[-1] if register.blanks else None
        if last is not None and last.key and not gap.after.strip().startswith(","):
            key = last.key.rpartition(".")[0] if last.key.endswith((".day", ".month", ".year", ".words")) else last.key
            return register.found(last.label, key, last.sure, "viết tiếp chỗ trống trước")
        if place == 0 and gap.after.lstrip()[:1] == ",":
            return register.house("office.place", "Nơi làm giấy", "nơi làm giấy", sure="likely")
        return register.ask(register.section)

    # --- dates ----------------------------------------------------------------------------

    def _dated(self, place: int, part: DatePart) -> str:
        register = self._register
        if part.first == place or not self._date_key:
            self._date_key = ""
        label = self._date_label(part.first)
        if part.part in {"hour", "minute"}:
            return self._moment(label, part.part)
        if not self._date_key:
            self._date_key = self._date(part, label, place)
            return self._date_key
        base = self._date_key.rpartition(".")[0] or self._date_key
        if base == self._date_key:  # month and year apart
            return register.ask(f"{label} năm".strip(), kind="number")
        last = register.blanks[-1]
        return register.found(last.label, base, last.sure, last.why, notes=last.notes, suffix=f".{part.part}")

    def _date_label(self, first: int) -> str:
        before = re.sub(r"(ngày|tháng)\s*$", "", self._gaps[first].before.rstrip(), flags=re.IGNORECASE)
        return cleaned(before, is_first=first == 0)

    def _date(self, part: DatePart, label: str, place: int) -> str:
        register, folded, suffix = self._register, fold(label), f".{part.part}"
        if part.part == "month":
            return register.ask(f"{label} tháng".strip(), kind="number")
        after = fold(self._gaps[min(place + 2, len(self._gaps) - 1)].after)
        fact = "id_issued_on" if folded.endswith("cap") else fact_of(label) or fact_of(f"{label} ngày")
        if self._is_signed_line():
            return register.house("dossier.received_at", label or "Ngày làm giấy", "ngày làm giấy", suffix=suffix)
        if fact in {"born_on", "id_issued_on"} and self._fits(fact):
            return register.fact(fact, label or "Ngày", sure="sure", suffix=suffix)
        if after.startswith("chet") or register.context == "death" or ("phut" in folded and "chet" in self._folded):
            return register.house("died_on", "Ngày chết", "ngày chết", kind="date", suffix=suffix, sure="likely")
        if register.context in {"registered", "marriage"} or "dang ky" in folded:
            name = "marriage_on" if register.context == "marriage" else "registered_on"
            return register.house(name, "Ngày đăng ký", "ngày đăng ký", kind="date", suffix=suffix, sure="likely")
        named = (
            label if folded.startswith(("ngay", "thoi")) else f"{label} ngày" if label else f"Ngày {register.section}"
        )
        return register.ask(named.strip(), kind="date", suffix=suffix)

    def _moment(self, label: str, part: str) -> str:
        register = self._register
        if "chet" in self._folded.split(" gio")[0]:
            register.context = "death"
        name = "Giờ" if part == "hour" else "Phút"
        if register.context == "death":
            return register.house(f"died_{part}", f"{name} chết", "giờ chết", kind="number", sure="likely")
        return register.ask(f"{label or register.section} ({name.lower()})", kind="number")

    def _is_signed_line(self) -> bool:
        """ "Làm tại …, ngày … tháng … năm …": the day on which the paper is made, and nothing else on the line."""
        if self._folded.startswith("lam tai"):
            return True
        if not is_dated_place(self._text):
            return False
        first = self._gaps[0]
        is_led = not first.before.strip() and first.after.strip().lower().startswith("ngày")
        return not (is_led and self._register.context in {"registered", "marriage"})


def _without_role(label: str) -> str:
    """ "Họ, chữ đệm, tên người mẹ" asks for a name; the rest says whose."""
    return re.sub(r"\s+(của\s+)?(người|bên|ông|bà)\s.*$", "", label) if fact_of(label) == "full_name" else label


def is_dated_place(text: str) -> bool:
    """Whether a line is only "……, ngày … tháng … năm …"."""
    bare = re.sub(r"[.…_\t,:\s]+", " ", text).strip().lower()
    return bare in {"ngày tháng năm", "ngày tháng năm 20", "hôm nay ngày tháng năm"}


def signer_role(register: Register) -> str:
    """Who declares and signs where the text does not say: the applicant, else of whom the paper is, if they live."""
    is_applicants = APPLICANT in register.people or not register.main or register.main in {"deceased", "child"}
    return APPLICANT if is_applicants else register.main
