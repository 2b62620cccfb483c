"""The code behind a run: Python scripts that make it again without this program. core.code.script puts them together."""
