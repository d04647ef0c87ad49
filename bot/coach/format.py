"""The shape of playbook files: which keys, of what type; the loader and the editors' JSON Schema both come from here."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, create_model

from bot.coach.kind import Kind
from bot.coach.model import RELATIONSHIPS, VENUES
from bot.coach.problems import Problem
from bot.coach.yaml_tree import Path, Tree

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=700)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Lines = Annotated[list[Line], Field(min_length=1)]
Phrases = list[Phrase]
Wordings = Annotated[list[Line], Field(min_length=3, max_length=3)]
Level = Annotated[int, Field(ge=1, le=3)]

FEWEST = {"flags": 4, "passes": 4, "near": 3}


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class WhenShape(_Shape):
    relationship: list[Literal[RELATIONSHIPS]] = []  # type: ignore[valid-type]
    venue: list[Literal[VENUES]] = []  # type: ignore[valid-type]
    profession: list[Name] = []


class ExamplesShape(_Shape):
    flags: Annotated[list[Line], Field(min_length=FEWEST["flags"])]
    passes: Annotated[list[Line], Field(min_length=FEWEST["passes"])]
    near: Annotated[list[Line], Field(min_length=FEWEST["near"])]


class RuleShape(_Shape):
    id: Name
    principle: Name | None = None
    severity: Level
    kind: str = "phrases"
    why: Line
    unless: Phrases = []
    repairs: Phrases = []
    when: WhenShape = WhenShape()
    raised: WhenShape = Field(default=WhenShape(), alias="raise")
    negation: Literal["drops", "keeps"] = "drops"
    rewrites: Lines
    examples: ExamplesShape


class CodeShape(_Shape):
    what: Line
    where: Line
    date: Line


class SourcesShape(_Shape):
    seeds: Annotated[list[str], Field(min_length=1)]
    codes: Annotated[list[CodeShape], Field(min_length=1)]


class PraiseShape(_Shape):
    phrases: Phrases
    examples: Lines
    lines: Lines


class PairShape(_Shape):
    before: Line
    after: Line


class TipShape(_Shape):
    id: Annotated[str, StringConstraints(pattern=r"^W\d{2,3}$")]
    title: Line
    text: Line
    before: Line
    after: Line
    plan: Line
    practice: Line
    question: Line
    source: Line
    professions: dict[Name, PairShape] = {}


class RemindersShape(_Shape):
    one: Wordings = Field(alias="1")
    two: Wordings = Field(alias="2")
    three: Wordings = Field(alias="3")


class PrincipleShape(_Shape):
    title: Line
    family: Line
    precedence: int
    idea: Line
    never_means: Line
    sources: SourcesShape
    reminders: RemindersShape
    questions: Annotated[list[Line], Field(min_length=3)]
    repairs: Phrases = []
    praise: PraiseShape
    rewrites: Annotated[list[Line], Field(min_length=3)]
    pair: PairShape
    lists: dict[Name, Phrases] = {}
    rules: list[RuleShape]
    tips: Annotated[list[TipShape], Field(min_length=3)]


class SignpostShape(_Shape):
    about: Line
    to: Line


class LimitShape(_Shape):
    topic: Line
    who: Line
    limit: Line
    source: Line
    date: Line


class ProfessionShape(_Shape):
    title: Line
    known_as: Annotated[Phrases, Field(min_length=1)]
    raised: dict[Name, Level] = Field(default={}, alias="raise")
    red_lines: Lines
    signposts: Annotated[list[SignpostShape], Field(min_length=1)]
    model_sentence: Line
    policy_note: Line
    limits: list[LimitShape] = []
    lists: dict[Name, Phrases] = {}
    rules: list[RuleShape] = []


class HouseRulesShape(_Shape):
    lists: dict[Name, Phrases] = {}
    rules: list[RuleShape]


class SeedShape(_Shape):
    claim: Line
    principle: Name
    rules: list[Name]
    tips: list[str]


class Format:
    """The shapes of the files of a set of playbooks, with the keys that the `kinds` add to a rule."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._rules = {name: _rule_shape(kind) for name, kind in kinds.items()}

    def check(self, tree: Tree, shape: type[BaseModel], file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
        """Return what `tree` holds in `shape`, and every problem with it; the rules are checked by their kind."""
        if not isinstance(tree.data, dict):
            return None, [
                Problem(
                    file,
                    tree.line(()),
                    f"this file holds {_named(tree.data)}",
                    "start with the keys of the format: title: ...",
                )
            ]
        held = {key: value for key, value in tree.data.items() if key != "rules"}
        with_rules = "rules" in shape.model_fields
        problems: list[Problem] = []
        content: dict[str, Any] = {}
        try:
            content = shape.model_validate(held | ({"rules": []} if with_rules else {})).model_dump()
        except ValidationError as error:
            problems += _problems(error, tree, file, (), shape)
        if with_rules:
            content["rules"], more = self._check_rules(tree, file)
            problems += more
        elif "rules" in tree.data:
            problems.append(
                Problem(
                    file,
                    tree.line(("rules",)),
                    "unknown key 'rules'",
                    "rules live in principles, professions and rules files",
                )
            )
        return content, problems

    def schema(self, shape: type[BaseModel]) -> dict[str, Any]:
        """Return the JSON Schema of a file of this `shape`, for editors."""
        schema = shape.model_json_schema()
        if "rules" not in shape.model_fields:
            return schema
        kinds = []
        for name, rule in self._rules.items():
            own = rule.model_json_schema(ref_template="#/$defs/{model}")
            schema["$defs"].update(own.pop("$defs", {}))
            own["properties"]["kind"] = (
                {"const": name} if name == "phrases" else {"const": name, "description": own.get("description", "")}
            )
            own["required"] = [*own["required"], *([] if name == "phrases" else ["kind"])]
            schema["$defs"][f"{name}-rule"] = own
            kinds.append({"$ref": f"#/$defs/{name}-rule"})
        schema["properties"]["rules"] = {"type": "array", "items": {"anyOf": kinds}}
        schema["$defs"].pop("RuleShape", None)
        return schema

    def _check_rules(self, tree: Tree, file: str) -> tuple[list[dict[str, Any]], list[Problem]]:
        rules, problems = [], []
        held = tree.data.get("rules")
        if not isinstance(held, list):
            return [], [
                Problem(
                    file, tree.line(("rules",)), "'rules' must be a list", "write rules: and then - id: ... for each"
                )
            ]
        for index, rule in enumerate(held):
            path: Path = ("rules", index)
            if not isinstance(rule, dict):
                problems.append(
                    Problem(
                        file,
                        tree.line(path),
                        f"a rule can't be {_named(rule)}",
                        "write - id: ..., severity: ..., phrases: ...",
                    )
                )
                continue
            shape = self._rules.get(str(rule.get("kind") or "phrases"))
            if shape is None:
                problems.append(
                    _unknown("kind", str(rule["kind"]), list(self._rules), file, tree.line((*path, "kind")))
                )
                continue
            try:
                rules.append(shape.model_validate(rule).model_dump() | {"line": tree.line(path), "path": path})
            except ValidationError as error:
                problems += _problems(error, tree, file, path, shape)
        return rules, problems


def _rule_shape(kind: Kind) -> type[BaseModel]:
    typed = {
        list[str]: Annotated[Phrases, Field(min_length=1)],
        list[list[str]]: Annotated[list[Annotated[Phrases, Field(min_length=1)]], Field(min_length=2, max_length=4)],
    }
    fields: dict[str, Any] = {}
    for name, spec in kind.fields.items():
        of_type = typed.get(spec.type, spec.type)
        fields[name] = (
            (of_type, Field(description=spec.about))
            if spec.required
            else (of_type | None, Field(default=None, description=spec.about))
        )
    return create_model(f"{kind.name}-rule", __base__=RuleShape, __doc__=kind.about, **fields)


def _problems(error: ValidationError, tree: Tree, file: str, above: Path, shape: type[BaseModel]) -> list[Problem]:
    return [_problem(dict(e), tree, file, above, shape) for e in error.errors(include_url=False)]


def _problem(error: dict[str, Any], tree: Tree, file: str, above: Path, shape: type[BaseModel]) -> Problem:
    path = (*above, *error["loc"])
    line, key = tree.line(path), str(error["loc"][-1])
    where = ".".join(str(p) for p in error["loc"])
    if error["type"] == "extra_forbidden":
        return _unknown("key", key, _known_keys(shape, error["loc"][:-1]), file, line)
    if error["type"] == "missing":
        return Problem(file, line, f"'{where}' is missing", f"add {key}: ...")
    context = error.get("ctx", {})
    if error["type"] == "too_short":
        return Problem(
            file,
            line,
            f"'{where}' has {context['actual_length']} of at least {context['min_length']}",
            "add what is missing",
        )
    if error["type"] == "literal_error":
        return Problem(file, line, f"'{where}' can't be '{error['input']}'", f"write {context['expected']}")
    return Problem(file, line, f"'{where}': {error['msg'][0].lower()}{error['msg'][1:]}", "")


def _known_keys(shape: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    model: Any = shape
    for step in path:
        field = next((f for name, f in getattr(model, "model_fields", {}).items() if step in (name, f.alias)), None)
        model = field.annotation if field else model
        inner = [a for a in getattr(model, "__args__", ()) if hasattr(a, "model_fields")]
        model = inner[0] if inner else model
    return [f.alias or name for name, f in getattr(model, "model_fields", {}).items()]


def _unknown(what: str, found: str, known: list[str], file: str, line: int) -> Problem:
    near = get_close_matches(found, known, n=1, cutoff=0.5)
    return Problem(
        file,
        line,
        f"unknown {what} '{found}'",
        f"did you mean '{near[0]}'?" if near else f"use one of: {', '.join(known)}",
    )


def _named(data: Any) -> str:
    return {type(None): "nothing", list: "a list", str: f"the text '{str(data)[:30]}'"}.get(
        type(data), "something else"
    )
