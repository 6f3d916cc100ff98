"""What a file asks of one person who is here already: compared post by post, with nothing of the past overwritten."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from app.intake.rules.asking import Asking, PersonError, naming_of, post_asked
from app.intake.rules.columns import Column
from app.intake.rules.leave import with_leave
from app.intake.rules.lines import Changed, Ending, Line, LineKind, Naming, PostAsked, Put
from app.intake.rules.matching import Placed, chain, followed, matched
from app.intake.rules.picture import KnownPerson, KnownPost
from app.intake.rules.spells import check_spells
from app.organisation.rules import address_key, list_name


class OnePerson:
    """One person's rows against their posts. `covered`: a post that no row speaks of has ended."""

    def __init__(self, known: KnownPerson, rows: Sequence[Placed], asking: Asking, *, covered: bool) -> None:
        self.known, self.asking, self.covered = known, asking, covered
        self.today = asking.today
        self.posts = [p for p in known.posts if p.employed and p.goes_on_after(self.today)]
        self.rows = sorted(rows, key=lambda p: (not p.is_primary, p.row.row))
        self.found = matched(self.posts, self.rows, self.today)
        self.returns = known.has_left(self.today)

    def lines(self) -> list[Line]:
        """Raises PersonError."""
        live = [placed for placed in self.rows if not placed.is_over(self.today)]
        self._one_main_post(live)
        lines = [line for placed in self.rows for line in self._row(placed)]
        lines += self._unspoken_of() if self.covered else []
        named = self._named(live, lines)
        check_spells(self.known.posts, named)
        left = [self._leaving(line, named) for line in named]
        return with_leave(self.known, self.rows, left, self.today)

    def _one_main_post(self, live: list[Placed]) -> None:
        main = [placed for placed in live if placed.is_primary]
        if len(main) > 1:
            raise PersonError(Column.PRIMARY, "More than one row says that it is their main post", main[1].row.row)
        stays = any(p.is_primary and p not in self.found.values() for p in self.posts) and not self.covered
        if live and not main and not stays:
            raise PersonError(Column.PRIMARY, "No row says which is their main post", live[0].row.row)

    def _row(self, placed: Placed) -> Iterator[Line]:
        post = self.found.get(placed.row.row)
        if placed.is_over(self.today):
            if post is not None:
                yield self._ended(placed, post)
        elif post is None:
            yield self._begun(placed)
        else:
            yield from self._compared(placed, post)

    def _ended(self, placed: Placed, post: KnownPost) -> Line:
        on = placed.row.ends_on
        assert on is not None
        if on <= post.starts_on:
            raise PersonError(Column.END, "Their post here began later than this end", placed.row.row)
        changed = (Changed("end", _day(post.ends_on), _day(on)),)
        return self._line(LineKind.ENDED_POST, placed, on, ended=(Ending(post.id, on),), changed=changed)

    def _begun(self, placed: Placed) -> Line:
        kind = LineKind.REJOINER if self.returns and placed.is_primary else LineKind.SECOND_POST
        if not self.returns and placed.is_primary:
            kind = LineKind.MOVER
        post = post_asked(placed, self.asking.manager(placed))
        if self.returns:
            post = replace(post, starts_on=self._back_on(placed))
        if kind is not LineKind.SECOND_POST:
            post = replace(post, pattern=post.pattern or self._last_pattern())
        return self._line(kind, placed, post.starts_on, begun=post)

    def _last_pattern(self) -> str:
        """Of the newest main post: a file that says nothing of it changes nothing."""
        had = [p for p in self.known.posts if p.is_primary]
        return max(had, key=lambda post: post.starts_on).pattern if had else ""

    def _back_on(self, placed: Placed) -> date:
        """Whoever comes back with the start they had never left: they go on from the day that ended such a post."""
        start = placed.row.starts_on
        had = [p for p in self.known.posts if p.employed and p.is_primary == placed.is_primary and p.ends_on]
        if not any(post.starts_on == start for post in had):
            return start
        return max(post.ends_on for post in had if post.ends_on)

    def _compared(self, placed: Placed, post: KnownPost) -> Iterator[Line]:
        asked = self._asked(placed, post)
        differences = self._differences(post, asked)
        counted = DATED | {"start"} if asked.starts_on > post.starts_on else DATED
        dated = [c for c in differences if c.field in counted]
        other = [c for c in differences if c.field not in counted]
        if dated and post.starts_on < self._since(placed, post):
            on = self._since(placed, post)
            kind = LineKind.MOVER if any(c.field == "team" for c in dated) else LineKind.CHANGE
            begun = replace(asked, starts_on=on)
            told = (*dated, *(c for c in other if c.field != "start"))
            yield self._line(kind, placed, on, ended=(Ending(post.id, on),), begun=begun, changed=told)
        elif dated or other:
            kind = LineKind.MOVER if any(c.field == "team" for c in dated) else LineKind.CHANGE
            put = Put(post.id, asked)
            yield self._line(kind, placed, self.today, put=put, changed=(*dated, *other))

    def _since(self, placed: Placed, post: KnownPost) -> date:
        """From when a change counts: the row's own start where that is news, else today."""
        start = placed.row.starts_on
        news = start > post.starts_on and (post.ends_on is None or start < post.ends_on)
        return start if news else self.today

    def _asked(self, placed: Placed, post: KnownPost) -> PostAsked:
        """The post as the file wants it. What the file does not say stays; spelling alone is no difference."""
        row, says = placed.row, self.asking.says
        ends_on = row.ends_on
        if Column.END not in says or followed(post, self.known.posts):
            ends_on = post.ends_on
        return PostAsked(
            number=row.number,
            assignment=row.assignment or post.assignment,
            team=placed.team,
            manager=self.asking.manager(placed) or post.manager_id,
            staff_group=_kept(post.staff_group, placed.staff_group),
            job_role=_kept(post.job_role, row.job_role),
            band=_kept(post.band, placed.band) if placed.band else post.band,
            is_primary=placed.is_primary,
            starts_on=self._start(placed, post),
            ends_on=ends_on,
            pattern=_kept(post.pattern, row.pattern or post.pattern),
        )

    def _start(self, placed: Placed, post: KnownPost) -> date:
        """An earlier start is put right, a later one begins anew; after a move the record speaks of the first post."""
        led = chain(post, self.known.posts)
        return placed.row.starts_on if len(led) == 1 else post.starts_on

    def _differences(self, post: KnownPost, asked: PostAsked) -> list[Changed]:
        told = self.asking
        pairs = (
            ("team", told.place(post.team_id), told.place(asked.team), post.team_id != asked.team),
            ("staff group", post.staff_group, asked.staff_group, post.staff_group != asked.staff_group),
            ("job role", post.job_role, asked.job_role, post.job_role != asked.job_role),
            ("band", post.band, asked.band, post.band != asked.band),
            ("main post", _yes(post.is_primary), _yes(asked.is_primary), post.is_primary != asked.is_primary),
            ("working pattern", post.pattern, asked.pattern, post.pattern != asked.pattern),
            ("manager", told.person(post.manager_id), told.person(asked.manager), post.manager_id != asked.manager),
            ("assignment number", post.assignment or "", asked.assignment or "", post.assignment != asked.assignment),
            ("employee number", post.number or "", asked.number, post.number != asked.number),
            ("start", _day(post.starts_on), _day(asked.starts_on), post.starts_on != asked.starts_on),
            ("end", _day(post.ends_on), _day(asked.ends_on), post.ends_on != asked.ends_on),
        )
        return [Changed(field, before, after) for field, before, after, differs in pairs if differs]

    def _unspoken_of(self) -> Iterator[Line]:
        spoken = {post.id for post in self.found.values()}
        for post in self.posts:
            begun_after = any(post.ends_on and placed.row.starts_on >= post.ends_on for placed in self.rows)
            free = post.id not in spoken and not begun_after and not followed(post, self.known.posts)
            if free and post.starts_on < self.today:
                yield Line(
                    kind=LineKind.ENDED_POST,
                    row=None,
                    number=post.number or "",
                    name=self.known.list_name,
                    person_id=self.known.id,
                    place=self.asking.place(post.team_id),
                    on=self.today,
                    ended=(Ending(post.id, self.today),),
                    changed=(Changed("end", _day(post.ends_on), _day(self.today)),),
                )

    def _named(self, live: list[Placed], lines: list[Line]) -> list[Line]:
        """What the person is called, put right on the line of their main row."""
        if not live:
            return lines
        first = live[0]
        naming, changed = self._new_name(first)
        if not changed:
            return lines
        at = next((n for n, line in enumerate(lines) if line.row == first.row.row), None)
        if at is None:
            return [*lines, self._line(LineKind.CHANGE, first, self.today, naming=naming, changed=changed)]
        whole = replace(lines[at], naming=naming, changed=(*lines[at].changed, *changed))
        return [*lines[:at], whole, *lines[at + 1 :]]

    def _new_name(self, placed: Placed) -> tuple[Naming, tuple[Changed, ...]]:
        said, known = naming_of(placed), self.known
        same = said.list_name.casefold() == known.list_name.casefold()
        name, listed = (known.name, known.list_name) if same else (said.name, said.list_name)
        moved = said.email and address_key(said.email) != address_key(known.email or "")
        email = said.email if moved else known.email
        changed = [] if same else [Changed("name", known.list_name, said.list_name)]
        if moved:
            changed.append(Changed("e-mail", known.email or "", said.email or ""))
        return Naming(name, listed, email), tuple(changed)

    def _leaving(self, line: Line, lines: list[Line]) -> Line:
        """Somebody whose last post ends by today leaves."""
        if line.kind is not LineKind.ENDED_POST:
            return line
        ended = {ending.post_id for each in lines for ending in each.ended}
        goes_on = any(p.goes_on_after(self.today) and p.id not in ended for p in self.known.posts)
        begins = any(each.begun for each in lines)
        last = [each for each in lines if each.kind is LineKind.ENDED_POST]
        if goes_on or begins or line is not last[0]:
            return line
        return replace(line, kind=LineKind.LEAVER)

    def _line(
        self,
        kind: LineKind,
        placed: Placed,
        on: date,
        *,
        naming: Naming | None = None,
        ended: tuple[Ending, ...] = (),
        begun: PostAsked | None = None,
        put: Put | None = None,
        changed: tuple[Changed, ...] = (),
    ) -> Line:
        row = placed.row
        return Line(
            kind, row.row, row.number, list_name(row.given, row.family), self.known.id, placed.place, on,
            naming, ended, begun, put, changed,
        )  # fmt: skip


DATED = frozenset({"team", "staff group", "job role", "band", "main post"})
"""What reports count people by: a change of it ends one post and begins another, so that the past stays."""


def _kept(before: str, after: str) -> str:
    return before if before.casefold() == after.casefold() else after


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
