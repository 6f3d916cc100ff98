"""A question's page as somebody fills it in at random: what its form would send, and what could be typed or chosen."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.document import Document

TYPED = ("", "7", "55", "12.5", "x", "By 31 March 2027 reduce falls on Larch ward from 12 to 6 a month", "O'Neill <b>")


@dataclass
class Page:
    """A question as a window shows it: what its form would send, what may be typed or chosen, and its buttons."""

    number: int
    fields: dict[str, list[str]]
    texts: list[str]
    choices: dict[str, list[str]]
    many: set[str]
    buttons: list[tuple[str, str]]

    @classmethod
    def of(cls, page: Document, number: int, action: str) -> "Page":
        form = next(f for f in page.forms if f.action == action)
        found = cls(number, dict(form.fields), [], {}, set(), [])
        element = next(e for e in page.all("form") if e.attrib.get("action") == action)
        for one in element.iter():
            name, kind = one.attrib.get("name", ""), one.attrib.get("type", "text")
            if one.tag == "button" and name:
                found.buttons.append((name, one.attrib["value"]))
            elif one.tag == "select":
                found.choices[name] = [o.attrib.get("value", "") for o in one.iter("option")]
            elif one.tag == "input" and kind in {"radio", "checkbox"}:
                found.choices.setdefault(name, []).append(one.attrib.get("value", "on"))
                found.many |= {name} if kind == "checkbox" else set()
            elif one.tag == "textarea" or (one.tag == "input" and kind == "text"):
                found.texts.append(name)
        return found

    def filled(self, data: st.DataObject) -> dict[str, list[str]]:
        """Some of it changed, as a person would; or all of it filled in, so that steps can be taken."""
        sent = {name: list(values) for name, values in self.fields.items()}
        if data.draw(st.booleans(), "all of it"):
            number = [data.draw(st.sampled_from(("7", "9")), "a number")]
            return sent | dict.fromkeys(self.texts, number) | {name: [all_[-1]] for name, all_ in self.choices.items()}
        for name in data.draw(st.lists(st.sampled_from([*self.texts, *self.choices] or [""]), max_size=4), "fields"):
            if name in self.many:
                sent[name] = data.draw(st.lists(st.sampled_from(self.choices[name]), unique=True), name)
            elif name in self.choices:
                sent[name] = [data.draw(st.sampled_from(self.choices[name]), name)]
            elif name:
                sent[name] = [data.draw(st.sampled_from(TYPED), name)]
        return sent
