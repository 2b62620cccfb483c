"""The examples in a script: written out while they are few, read from the dataset as this program saves it (core.writing) otherwise."""

from core.code.quoting import array, comment, plain, string
from core.dataset import Dataset
from core.formula_guard import guarded
from core.kept_back import SETS
from core.writing import class_texts, needs_note

MOST_INLINE = 300


def data_lines(dataset: Dataset, file: str) -> list[str]:
    """Lines that make X_train and y_train of the examples trained on; `file` is the name under which many are looked for."""
    told = _about(dataset)
    if dataset.training.m <= MOST_INLINE:
        X, y = dataset.training.X.tolist(), dataset.training.y.tolist()
        return [*told, *array("X_train", map(str, X)), *array("y_train", (str(int(label)) for label in y))]
    return [*told, *_from_file(dataset, file)]


def _about(dataset: Dataset) -> list[str]:
    named = [(f"x{j}", name) for j, name in enumerate(dataset.feature_names, start=1)]
    named += [(f"y = {y}", name) for y, name in enumerate(dataset.class_names)]
    names = ", ".join(f"{symbol}: {plain(name)}" for symbol, name in named if name not in (symbol, symbol[-1]))
    kept_back = f" {dataset.m - dataset.training.m:,} more are kept back to test on and left out here." if dataset.test is not None else ""
    title = f"{plain(dataset.title)}, " if dataset.title else ""
    return [*comment(f"{title}{dataset.training.m:,} examples to train on.{kept_back}"), *comment(names)]


def _from_file(dataset: Dataset, file: str) -> list[str]:
    n, marked = dataset.n, dataset.test is not None
    label = n + marked
    converters = [f"{n}: {{{string(SETS[0])}: 0, {string(SETS[1])}: 1}}.get"] if marked else []
    zero, one = (guarded(name) for name in class_texts(dataset))
    if (zero, one) != ("0", "1"):
        converters.append(f"{label}: {{{string(zero)}: 0, {string(one)}: 1}}.get")
    lines = comment(
        "They are too many to write here: save them in Descent Lab with File, Save dataset as CSV (Ctrl+S), in the folder that this "
        "script is started in and under this name."
    )
    lines += ["data = np.loadtxt(", f"    {string(file)},", '    delimiter=",",', f"    skiprows={1 + needs_note(dataset)},"]
    lines += ["    comments=None,", "    quotechar='\"',", '    encoding="utf-8",']
    if converters:
        lines += [f"    converters={{{', '.join(converters)}}},"]
    lines += [")"]
    if marked:
        lines += [f"data = data[data[:, {n}] == 0]  # without the examples that are kept back"]
    return [*lines, f"X_train, y_train = data[:, :{n}], data[:, {label}]"]
