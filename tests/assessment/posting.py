"""The fields that a browser sends for an answer, kind by kind."""

from collections.abc import Callable
from typing import Any

from app.assessment.kinds.contract import QuestionKind
from app.assessment.kinds.tokens import token

SEED = "7:which"


def posted_for(kind: QuestionKind, answer: Any, seed: str = SEED) -> dict[str, list[str]]:
    """The fields that a browser sends for an answer."""
    if kind.name in FORMS:
        return FORMS[kind.name](answer, seed)
    return {"answer": [token(seed, option) for option in ([answer] if isinstance(answer, str) else answer)]}


def _measures_fields(answer: Any, seed: str) -> dict[str, list[str]]:
    fields = {f"type-{token(seed, measure)}": [chosen] for measure, chosen in answer["types"].items()}
    for defined, parts in answer["definitions"].items():
        fields |= {f"{defined}-{part}": [words] for part, words in parts.items()}
        fields[f"{defined}-measure"] = [token(seed, parts["measure"])]
    return fields


def _pareto_fields(answer: Any, seed: str) -> dict[str, list[str]]:
    named = {field: [token(seed, item) for item in answer[field]] for field in ("order", "vital")}
    return {"order": [",".join(named["order"])], "vital": named["vital"]}


def _plot_fields(answer: Any, _seed: str) -> dict[str, list[str]]:
    return {f"point-{n}": [put] for n, put in enumerate(answer["points"])} | {"median": [answer["median"]]}


def _as_typed(answer: Any, _seed: str) -> dict[str, list[str]]:
    return {"answer": [answer]}


def _tree_fields(answer: Any, seed: str) -> dict[str, list[str]]:
    names = {node["id"]: token(seed, node["id"]) for node in answer["nodes"]} | {"aim": "aim"}
    fields = {}
    for node in answer["nodes"]:
        fields[f"text-{names[node['id']]}"] = [node["text"]]
        placed = (
            f"{node['kind']}:{names.get(node['parent'], '')}" if node["kind"] in {"secondary", "idea"} else node["kind"]
        )
        fields[f"place-{names[node['id']]}"] = [placed]
    return fields


FORMS: dict[str, Callable[[Any, str], dict[str, list[str]]]] = {
    "ordering": lambda answer, seed: {"order": [",".join(token(seed, item) for item in answer)]},
    "matching": lambda answer, seed: {f"match-{token(seed, a)}": [token(seed, b)] for a, b in answer.items()},
    "numeric": _as_typed,
    "aim": _as_typed,
    "choose-chart": _as_typed,
    "read-chart": lambda answer, _seed: {"point": [str(p) for p in answer["points"]], "rule": answer["rules"]},
    "drivers": _tree_fields,
    "measures": _measures_fields,
    "pareto": _pareto_fields,
    "plot": _plot_fields,
}
