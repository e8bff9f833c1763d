"""The public names are what they are on purpose: an accidental name is for ever."""

import ast
import inspect

import briefing


def test_every_name_can_be_imported() -> None:
    for name in briefing.__all__:
        assert getattr(briefing, name).__name__ == name


def test_a_type_checker_sees_the_names_that_are_loaded() -> None:
    blocks = [node for node in ast.parse(inspect.getsource(briefing)).body if isinstance(node, ast.If)]
    imports = [node for block in blocks for node in ast.walk(block) if isinstance(node, ast.ImportFrom)]
    seen = {alias.asname: f"{node.module}.{alias.name}" for node in imports for alias in node.names}
    assert seen == {name: f"{briefing._HOME[name]}.{name}" for name in briefing.__all__}
    assert set(dir(briefing)) == set(briefing.__all__)
