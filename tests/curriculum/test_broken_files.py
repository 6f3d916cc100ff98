"""Every slip in a course file is told with its file, its line and its remedy."""

import pytest

from app.curriculum.problems import Problem
from tests.curriculum.guide import HOME, Folder

COURSE, TEXT, QUIZ = f"{HOME}/course.yaml", f"{HOME}/01-cold-tea.md", f"{HOME}/check.yaml"
MODULE = "    title: Why is the tea cold?\n"
LATER = "  - {id: later, title: Later, opens: later, about: More of it.}\n"
LONG = "Notwithstanding considerable organisational complexity, multidisciplinary representatives " * 20

# file, what stands there, what is written instead, message, remedy
SLIPS = [
    (COURSE, "tier: induction", "tier: inducton", "unknown tier 'inducton'", "Did you mean 'induction'?"),
    (COURSE, "tier: induction", "teir: induction", "unknown field 'teir'", "Write 'tier'"),
    (COURSE, "edition: 1", "edition: '1'", "'edition' must be a whole number", "in figures"),
    (COURSE, "edition: 1", "edition: 0", "'edition' is 0", "Write 1 or more"),
    (COURSE, "slug: tea-round", "slug: tea-rounds", "is not the folder's name", "Write slug: tea-round"),
    (
        COURSE,
        "audience: staff",
        "audience: nurses",
        "'nurses' is not a value of 'audience'",
        "'staff', 'partner' or 'author'",
    ),
    (COURSE, "review_by: 2027-11-30", "review_by: soon", "'review_by' must be a day", "2027-11-30"),
    (COURSE, "review_by: 2027-11-30", "review_by: 2027-11-31", "is no number or date that exists", "Correct it"),
    (COURSE, "retention: other", "retention: any", "is not a value of 'retention'", "statutory-10-years"),
    (COURSE, "{from: 11, to: 14}", "{from: 15, to: 14}", "ends before it begins", "the lower age first"),
    (COURSE, "status: open", "status: partly-open", "the status is 'partly-open'", "Write status: open"),
    (COURSE, "competency: measurement", "competency: measuring", "unknown competency 'measuring'", "'measurement'"),
    (COURSE, '"Count before', '"Understand before', "begins with 'understand'", "one can see"),
    (COURSE, "level: 1", "level: 9", "'level' is 9", "Write 5 or less"),
    (COURSE, "[count-first]", "[count-last]", "unknown objective 'count-last'", "'count-first'"),
    (COURSE, "kind: read,", "kind: raed,", "unknown kind 'raed'", "Use one of"),
    (COURSE, "minutes: 3, part", "minutes: -3, part", "'minutes' is -3", "Write 1 or more"),
    (COURSE, "participatory_minutes: 0}", "participatory_minutes: 9}", "more participatory", "within the minutes"),
    (COURSE, "id: check, kind", "id: read-cold-tea, kind", "is there twice", "its own id"),
    (COURSE, "quiz: check.yaml", "quiz: chek.yaml", "the file 'chek.yaml' does not exist", "correct its name"),
    (COURSE, "quiz: check.yaml", "quiz: ../check.yaml", "cannot be used as 'quiz'", "has no folder"),
    (COURSE, "file: 01-cold-tea.md", "file: /etc/passwd", "cannot be used as 'file'", "has no folder"),
    (COURSE, "file: 01-cold-tea.md", "file: 02.md", "the file '02.md' does not exist", "correct its name"),
    (COURSE, "draw: 1", "draw: 2", "draws 2 of 2 questions", "Write 4 questions"),
    (COURSE, "draw: 1", "blueprint: {count-last: 1}", "unknown objective 'count-last'", "Did you mean 'count-first'?"),
    (COURSE, "draw: 1", "blueprint: {count-first: 2}", "draws 2 of 2 questions on 'count-first'", "Write 4 of them"),
    (COURSE, "draw: 1", "draw: 2, blueprint: {count-first: 1}", "draws 1 questions, and draw says 2", "Delete draw"),
    (COURSE, "pass_mark: 1", "pass_mark: 2", "asks for 2 right of 1", "Write 1 or less"),
    (COURSE, "[read-cold-tea, check]", "[read-cold-tea, chekc]", "unknown activity 'chekc'", "'check'"),
    (COURSE, "[read-cold-tea, check]", "[check, check]", "'check' is required twice", "Delete one"),
    (
        COURSE,
        "sources:\n",
        "comparisons: [{before: read-cold-tea, after: check}]\nsources:\n",
        "'read-cold-tea' is no activity with questions",
        "Use one of: check",
    ),
    (
        COURSE,
        "sources:\n",
        "comparisons: [{before: check, after: check}]\nsources:\n",
        "'check' does not come after 'check'",
        "Name the later one",
    ),
    (COURSE, "awards: null", "awards: tea", "unknown tier 'tea'", "Use one of"),
    (COURSE, "certificate: completion", "certificate: gold", "is not a value of 'certificate'", "taking-part"),
    (
        COURSE,
        "sources:\n",
        "sources:\n  - {id: x, text: y, url: 'http://x.example'}\n",
        "is no safe address",
        "https://",
    ),
    (COURSE, "title: Hot tea", "title: '**Hot** tea", "is not YAML", "at the end of the text"),
    (COURSE, "title: Hot tea for everybody", "title: '**Hot** tea'", "'**' would be shown as it is", "plain words"),
    (COURSE, "owner: QI team", "owner: QI team\nowner: You", "'owner' is written twice", "Keep one"),
    (COURSE, "title: Hot", "title: &t Hot", "& and * are not used", "put it in quotes"),
    (COURSE, "title: Hot tea", "title: !!python/name:os.system Hot tea", "the tag", "quotation marks"),
    (COURSE, MODULE, f"{MODULE}    opens: later\n    about: x\n", "opens later and has content", "delete opens: later"),
    (COURSE, "- id: cold-tea\n", "- id: editions\n", "'editions' is the address of another page", "another id"),
    (COURSE, "validity: null", "validity: {months: 0, refresh: x}", "'months' is 0", "Write 1 or more"),
    (QUIZ, "id: check", "id: chek", "is not the file's name", "Write id: check"),
    (QUIZ, "kind: single", "kind: singel", "unknown kind 'singel'", "'single'"),
    (QUIZ, "objective: count-first", "objective: count", "unknown objective 'count'", "Use one of"),
    (QUIZ, "competency: measurement", "competency: measure", "unknown competency 'measure'", "Use one of"),
    (QUIZ, "source: course", "source: hearsay", "unknown source 'hearsay'", "Use one of"),
    (QUIZ, "difficulty: easy", "difficulty: hardish", "is not a value of 'difficulty'", "'hard'"),
    (QUIZ, "id: how-cold", "id: of-how-many", "is there twice", "its own"),
    (QUIZ, ", correct: true", "", "0 options are marked", "kind: single"),
    (QUIZ, ', feedback: "A name explains no number."', "", "entry 1 of 'options' is missing", "kind: single"),
    (QUIZ, "{id: of,", "{id: no,", "'id' of entry 2 of 'options' must be text", "kind: single"),
    (QUIZ, "answer: 25", "answers: 25", "question 'how-cold'", "kind: numeric"),
    (QUIZ, "Those are", "**Those** are", "'**' would be shown as it is", "plain words"),
    (QUIZ, "stem: Of 40", "stem: '# Of 40", "is not YAML", "at the end of the text"),
    (QUIZ, "Of 40 cups, 10 were cold.", "Of <b>40</b> cups", "HTML is not used", "Markdown"),
    (QUIZ, "Of 40 cups, 10 were cold.", "Of [[median]] cups", "stands outside a module's text", "words alone"),
    (QUIZ, "Of 40 cups, 10 were cold.", "Of {{pals}} cups", "stands outside '::: help'", "::: help"),
    (TEXT, "## A week", "### A week", "a heading of level ###", "Use ##"),
    (TEXT, "## A week of cups", "## Introduction", "is an empty phrase", "Name what the part says"),
    (TEXT, "[[baseline]]", "[[base line]]", "unknown term 'base line'", "Did you mean 'baseline'?"),
    (TEXT, "[@improvement-guide]", "[@guide]", "unknown source 'guide'", "Use one of"),
    (TEXT, "::: situation", "::: sitation", "unknown container 'sitation'", "'situation'"),
    (TEXT, "::: situation", " ::: situation", "':::' is indented", "Begin the line"),
    (TEXT, "::: think How many of the cups were cold?", "::: think", "has no title", "::: think Question?"),
    (TEXT, "::: source", "::: source Here", "has words after its name", "line below"),
    (TEXT, "cups.svg | Cold cups", "cups.svg Cold cups", "is not the name of a drawing", "| Caption"),
    (TEXT, "::: figure cups.svg |", "::: figure ../cups.svg |", "is not the name of a drawing", "| Caption"),
    (TEXT, "{{qi_team}}", "{{qi_taem}}", "unknown word of the trust 'qi_taem'", "Did you mean 'qi_team'?"),
    (TEXT, "Nobody knew", "{{qi_team}} knew", "stands outside '::: help'", "::: help"),
    (TEXT, "Nobody knew", "![A cup](cup.png) Nobody knew", "pictures are not used", "::: figure"),
    (TEXT, "Nobody knew", "<b>Nobody</b> knew", "HTML is not used", "Markdown"),
    (TEXT, "Nobody knew", "[Nobody](ftp://x.example/) knew", "leads nowhere safe", "https://"),
    (TEXT, "Nobody knew", "It was not just late, but cold. Nobody knew", "is an empty phrase", "Say what it is"),
    (TEXT, "Nobody knew", "We engage, empower and enable. Nobody knew", "is an empty phrase", "somebody does"),
    (TEXT, "Nobody knew", "Studies show a lot. Nobody knew", "is an empty phrase", "[@source]"),
    (TEXT, "Nobody knew", "Well done! Nobody knew", "is an empty phrase", "why it is right"),
    (TEXT, "Nobody knew", "The LOS rose. Nobody knew", "nobody explains 'LOS'", "then (LOS)"),
    (TEXT, "::: try Count something small", "::: activity chek", "unknown activity 'chek'", "Did you mean 'check'?"),
    (TEXT, "::: try Count something small", "::: reflection check", "'check' is no private note", "sharing: never"),
    (TEXT, "::: try Count something small", "::: video tea | Tea", "has no address or no title", "https://"),
    (TEXT, "::: try Count something small", "::: tabs Tea", "the tabs 'Tea' have 0 parts", "=== Name"),
    (TEXT, "::: try Count something small", "::: self-check Tea?", "has no single right answer", "with (x)"),
]


# What is missing is told where the thing begins that lacks it; what a list lacks, where the list begins.
AWAY = {
    "0 options are marked": -2,
    "question 'how-cold'": -7,
    "opens later and has content": -1,
    "is no safe address": 1,
    "'owner' is written twice": 1,
}


@pytest.mark.parametrize(("file", "old", "new", "message", "remedy"), SLIPS, ids=[f"{s[3]}" for s in SLIPS])
def test_a_slip_is_told_where_it_is_with_its_remedy(
    folder: Folder, file: str, old: str, new: str, message: str, remedy: str
) -> None:
    line = folder.swap(file, old, new)
    told = [p for p in folder.problems() if message in p.message]
    assert told, "\n".join(str(p) for p in folder.problems())
    first = told[0]
    assert first.file == f"courses/{file}"
    assert first.line == line + AWAY.get(message, 0)
    assert remedy in first.remedy
    assert str(first).startswith(f"courses/{file}:{first.line}: ")
    assert str(first).endswith(".")


def test_a_course_takes_no_longer_than_its_tier_promises(folder: Folder) -> None:
    folder.swap(COURSE, "minutes: 2,", "minutes: 99,")
    problem = folder.only()
    assert problem.message == "the activities take 102 minutes, and the tier promises 45"
    assert "release_hours" in problem.remedy


def test_a_line_is_named_exactly(folder: Folder) -> None:
    for file, old, new in (
        (COURSE, "competency: measurement", "competency: measuring"),
        (QUIZ, "{id: of,", "{id: no,"),
        (QUIZ, "source: course", "source: hearsay"),
        (TEXT, "[[baseline]]", "[[base line]]"),
        (TEXT, "[@improvement-guide]", "[@guide]"),
        (TEXT, "::: situation", "::: sitation"),
        (TEXT, "{{qi_team}}", "{{qi_taem}}"),
    ):
        before = (folder / file).read_text()
        line = folder.swap(file, old, new)
        assert {p.line for p in folder.problems()} == {line}, new
        folder.write(file, before)


def test_all_slips_are_told_at_once(folder: Folder) -> None:
    folder.swap(COURSE, "tier: induction", "tier: inducton")
    folder.swap(COURSE, "competency: measurement", "competency: measuring")
    folder.swap(QUIZ, "kind: single", "kind: singel")
    folder.swap(TEXT, "[[baseline]]", "[[base line]]")
    assert {p.file for p in folder.problems()} == {f"courses/{f}" for f in (COURSE, QUIZ, TEXT)}
    assert len(folder.problems()) == 4


def test_a_file_that_nothing_uses_is_told(folder: Folder) -> None:
    folder.write(f"{HOME}/old.md", "Old words.")
    assert folder.only() == Problem(
        f"courses/{HOME}/old.md", 0, "is used nowhere", "Name it in course.yaml or show it in a module, or delete it."
    )


def test_a_stray_file_and_a_folder_without_a_course_are_told(folder: Folder) -> None:
    folder.write("notes.txt", "mine")
    folder.write("drafts/idea.md", "mine")
    assert [(p.file, p.message) for p in folder.problems()] == [
        ("courses/drafts", "has no course.yaml"),
        ("courses/notes.txt", "belongs to no course"),
    ]


def test_a_container_that_is_never_closed_is_told(folder: Folder) -> None:
    folder.write(TEXT, "Words.\n\n::: try Something\nDo it.\n")
    messages = [p.message for p in folder.problems() if p.file.endswith(".md")]
    assert messages == ["'::: try' is never closed"]


def test_a_container_inside_another_is_told(folder: Folder) -> None:
    line = folder.swap(TEXT, "29 of 60, so", "::: aside Inside\n29 of 60, so")
    told = {p.message: p.line for p in folder.problems()}
    assert told["'::: aside' begins inside '::: think'"] == line
    assert "':::' closes nothing" not in told


def test_a_figure_needs_its_table(folder: Folder) -> None:
    text = (folder / TEXT).read_text()
    start, end = text.index("| Day"), text.index(":::\n\n::: source")
    folder.write(TEXT, text[:start] + "No table.\n" + text[end:])
    assert folder.only().message == "the figure cups.svg has no table"


def test_text_too_hard_to_read_is_told_with_what_was_measured(folder: Folder) -> None:
    folder.swap(TEXT, "Nobody knew", f"{LONG}. Nobody knew")
    problem = folder.only()
    assert "the reading age is " in problem.message
    assert "written for 11 to 14" in problem.message
    assert problem.remedy.startswith("Use shorter sentences and shorter words. The hardest are: “Notwithstanding")


def test_two_modules_do_not_share_twelve_words(folder: Folder) -> None:
    shared = "the tea reached the last bay at twenty past four and was cold"
    folder.swap(TEXT, "Nobody knew", f"Today {shared}. Nobody knew")
    folder.write(f"{HOME}/02-again.md", f"Once more {shared}.\n")
    again = "  - id: again\n    title: Again\n    file: 02-again.md\n    objectives: [count-first]\n    activities:\n"
    read = "      - {id: read-again, kind: read, minutes: 1, participatory_minutes: 0}\n"
    folder.swap(COURSE, "completion:\n", f"{again}{read}completion:\n")
    problem = folder.only()
    assert (problem.file, problem.line) == (f"courses/{HOME}/02-again.md", 1)
    assert f"also stands in courses/{TEXT}:" in problem.message


def test_a_quiz_whose_longest_answers_are_right_is_told(folder: Folder) -> None:
    text = (folder / QUIZ).read_text()
    start, end = text.index("  - id: of-how-many"), text.index("  - id: how-cold")
    question = text[start:end].replace("How many beds were moved", "How many beds were moved in all today, late or not")
    folder.write(QUIZ, text[:start] + "".join(question.replace("of-how-many", f"q{n}") for n in range(3)) + text[end:])
    assert folder.only().message == "the right option is the longest in 3 of 3 questions"


def test_a_course_that_opens_in_parts_cannot_be_completed_yet(folder: Folder) -> None:
    folder.swap(COURSE, "completion:\n", f"{LATER}completion:\n")
    folder.swap(COURSE, "status: open", "status: partly-open")
    assert "somebody could complete the course" in folder.only().message
    folder.swap(COURSE, "[read-cold-tea, check]", "[read-cold-tea, check, later-quiz]")
    assert folder.problems() == []
    folder.swap(COURSE, "[read-cold-tea, check, later-quiz]", "[read-cold-tee, check, later-quiz]")
    assert "unknown activity 'read-cold-tee'" in folder.only().message


def test_a_partners_course_has_no_pass_mark_and_gives_nobody_away(folder: Folder) -> None:
    for old, new in (
        ("tier: induction", "tier: patients-and-carers"),
        ("audience: staff", "audience: partner"),
        ("public_title: Hot tea for everybody", "public_title: Tea for carers"),
    ):
        folder.swap(COURSE, old, new)
    assert {p.message for p in folder.problems()} == {
        "the public title says 'carer', and certificates and mails show it",
        "partners take part, they do not pass",
        "partners' records are kept on request only",
        "'check' has a pass mark",
    }


def test_a_note_for_partners_says_that_it_is_not_for_emergencies(folder: Folder) -> None:
    note = (
        "      - {id: mine, kind: note, minutes: 1, participatory_minutes: 0, title: Mine, prompt: Write., "
        "readers: Only you., sharing: never, required: true}\n"
    )
    folder.swap(COURSE, "tier: induction", "tier: patients-and-carers")
    folder.swap(COURSE, "audience: staff", "audience: partner")
    folder.swap(COURSE, "completion:\n", f"{note}completion:\n")
    messages = {p.message for p in folder.problems()}
    assert "'mine' does not say that it is not for emergencies" in messages
    assert "'mine' says required: true, but completion does not ask for it" in messages


def test_the_shared_files_are_checked_first(folder: Folder) -> None:
    folder.swap("glossary.yaml", "- term: quality improvement", "- trem: quality improvement")
    assert {p.file for p in folder.problems()} == {"courses/glossary.yaml"}


def test_a_definition_is_short_and_a_term_is_there_once(folder: Folder) -> None:
    folder.swap("glossary.yaml", "- term: audit", f"- term: Baseline\n  definition: {'word ' * 41}\n- term: audit")
    assert {p.message for p in folder.problems()} == {
        "the definition of 'Baseline' has 41 words",
        "the term 'baseline' is there twice",
    }
