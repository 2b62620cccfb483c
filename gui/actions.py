"""Every command once: its text, key, icon and place in the menus. The main window connects them."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.icons import icon
from gui.pointer import BRUSH, CLASSES, ERASE, FLIP, MOVE, POINT, PROBE
from gui.text import tr

Actions = dict[str, QAction]


@dataclass(frozen=True)
class Command:
    """What an action looks like. `keys` in Qt's portable notation; `data` is for whoever handles it; `short` is the text on a button."""

    text: str
    keys: tuple[str, ...]
    tip: str
    icon: str = ""
    checkable: bool = False
    data: str = ""
    short: str = ""


def commands() -> dict[str, Command]:
    """All commands by name, in the user's language."""
    return {
        "open": Command(tr("Open…"), ("Ctrl+O",), tr("Open a table, CSV or workbook: two columns of numbers and a label"), "folder-open"),
        "new": Command(tr("New"), ("Ctrl+N",), tr("Empty the plane and click a dataset of your own"), "file-plus"),
        "columns": Command(
            tr("Columns and classes…"),
            ("Ctrl+Shift+O",),
            tr("Choose other columns or classes in the table that the data came from, without reading it again"),
            "columns-3-cog",
        ),
        "save data": Command(
            tr("Save dataset as CSV…"), ("Ctrl+S",), tr("Write all examples to a file that Open reads again exactly"), "save"
        ),
        "quit": Command(tr("Quit"), ("Ctrl+Q",), tr("Close the window; a run in progress ends")),
        "undo": Command(tr("Undo"), ("Ctrl+Z",), tr("Undo the last change of points, settings or data"), "undo-2"),
        "redo": Command(tr("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), tr("Redo what was undone"), "redo-2"),
        "select all": Command(tr("Select all"), ("Ctrl+A",), tr("Select all examples; Escape ends the selection")),
        "erase": Command(
            tr("Erase points"), ("Delete", "Backspace"), tr("Erase the selected points, or the one under the pointer"), "trash-2"
        ),
        "generate": Command(tr("Generate…"), ("Ctrl+G",), tr("Draw a dataset with a size, spread, overlap and noise of your choice")),
        "add noise": Command(tr("Add noise…"), ("Ctrl+Shift+N",), tr("Move every example at random; the run goes on")),
        "flip labels": Command(tr("Flip labels…"), ("Ctrl+Shift+F",), tr("Give some examples the wrong label; the run goes on")),
        "add outliers": Command(tr("Add outliers…"), ("Ctrl+Shift+X",), tr("Add examples far away from the others; the run goes on")),
        "split": Command(tr("Train/test split…"), ("Ctrl+Shift+K",), tr("Keep some examples back from training, to test on")),
        "rename": Command(
            tr("Rename…"),
            ("F2",),
            tr("Rename the class or axis in focus, or the first; Tab goes to the next. A double click on a name does it too"),
        ),
        "copy": Command(
            tr("Copy"), ("Ctrl+C",), tr("Copy the selected examples, all when none is selected; a spreadsheet takes them, too"), "copy"
        ),
        "copy dataset": Command(tr("Copy dataset"), ("Ctrl+Shift+C",), tr("Copy all examples as a table")),
        "paste": Command(
            tr("Paste"), ("Ctrl+V",), tr("Add points that were copied here, or open a table copied in a spreadsheet"), "clipboard-paste"
        ),
        "code numpy": Command(
            tr("Copy as Python: NumPy"),
            ("Ctrl+P",),
            tr("Copy a script that makes this run again, with NumPy arrays, in the course's names"),
        ),
        "code loops": Command(
            tr("Copy as Python: NumPy with loops"),
            ("Ctrl+Shift+P",),
            tr("Copy a script that makes this run again, with loops over examples and features, as in the course's labs"),
        ),
        "code sklearn": Command(
            tr("Copy as Python: scikit-learn"), ("Ctrl+Alt+P",), tr("Copy a script that fits the same columns with scikit-learn")
        ),
        "save code": Command(
            tr("Save as Python…"), ("Ctrl+Alt+S",), tr("Write a script that makes this run again: NumPy, NumPy with loops or scikit-learn")
        ),
        "play": Command(tr("Play"), ("Space",), tr("Run gradient descent: repeat the simultaneous update of w and b"), "play"),
        "step": Command(
            tr("Step"),
            ("Right",),
            tr("One iteration; of gradient descent: w := w − α ∂J/∂w, b := b − α ∂J/∂b, simultaneously"),
            "step-forward",
        ),
        "step back": Command(tr("Step back"), ("Left",), tr("Show the iteration before"), "step-back"),
        "step 10": Command(tr("Ten steps"), ("Shift+Right",), tr("Ten iterations forward")),
        "step back 10": Command(tr("Ten steps back"), ("Shift+Left",), tr("Show ten recorded iterations before")),
        "restart": Command(tr("Restart"), ("Home",), tr("Back to iteration 0, with the same start w, b"), "skip-back"),
        "latest": Command(tr("Latest iteration"), ("End",), tr("Show the latest iteration of the run")),
        "verdict": Command(
            tr("Verdict"), ("V",), tr("What the run has come to, in a sentence, and what to try next; or click the chip"), checkable=True
        ),
        "faster": Command(tr("Faster"), ("+", "="), tr("The next higher speed")),
        "slower": Command(tr("Slower"), ("-",), tr("The next lower speed")),
        "alpha up": Command(tr("Larger α"), ("]",), tr("Learning rate α one notch up, also while it trains")),
        "alpha down": Command(tr("Smaller α"), ("[",), tr("Learning rate α one notch down, also while it trains")),
        f"tool {CLASSES[0]}": Command(tr("Class 0"), ("1",), tr("Draw class 0, with the point tool or the brush"), "", True, CLASSES[0]),
        f"tool {CLASSES[1]}": Command(tr("Class 1"), ("2",), tr("Draw class 1, with the point tool or the brush"), "", True, CLASSES[1]),
        f"tool {POINT}": Command(
            tr("Point"),
            ("A",),
            tr("Click to add an example; Shift or right click adds the other class; drag moves a point"),
            "plus",
            True,
            POINT,
        ),
        f"tool {BRUSH}": Command(
            tr("Brush"),
            ("B",),
            tr("Click or drag to spray examples; with Shift or the right button of the other class"),
            "spray-can",
            True,
            BRUSH,
        ),
        f"tool {MOVE}": Command(
            tr("Move"),
            ("M",),
            tr("Drag points to move them, or a rectangle around them to select them; Shift adds to the selection"),
            "move",
            True,
            MOVE,
        ),
        f"tool {ERASE}": Command(tr("Erase"), ("E",), tr("Click or drag over points to erase them"), "eraser", True, ERASE),
        f"tool {FLIP}": Command(
            tr("Flip class"), ("X",), tr("Click or drag over points to give them the other class"), "arrow-left-right", True, FLIP
        ),
        f"tool {PROBE}": Command(
            tr("Probe"), ("I",), tr("Click an example on the plane to predict it: f = g(w·x + b)"), "crosshair", True, PROBE
        ),
        "lasso": Command(
            tr("Lasso"), ("L",), tr("With Move, draw freely around the points to select; Alt and a drag do so once"), "lasso", True
        ),
        "brush larger": Command(tr("Larger brush"), (".",), tr("Radius of the brush, or of the tool in hand, one notch up")),
        "brush smaller": Command(tr("Smaller brush"), (",",), tr("Radius of the brush, or of the tool in hand, one notch down")),
        "brush denser": Command(tr("Denser brush"), (">",), tr("The brush sprays more examples")),
        "brush sparser": Command(tr("Sparser brush"), ("<",), tr("The brush sprays fewer examples")),
        "fit view": Command(tr("Fit view"), ("F",), tr("Show all examples"), "maximize"),
        "data table": Command(
            tr("Data table"), ("Ctrl+D",), tr("All examples as rows, with P(y = 1) and loss: edit, sort, select"), "table", True
        ),
        "sort table": Command(tr("Sort data table"), ("F3",), tr("By the column of its cell: ascending, descending, order of the file")),
        "axes linear": Command(tr("Linear cost curve"), ("Ctrl+1",), tr("Linear axes"), "", True, "linear", tr("linear")),
        "axes log J": Command(
            tr("Cost curve with log J"),
            ("Ctrl+2",),
            tr("Logarithmic J: a straight line falls at a constant rate"),
            checkable=True,
            data="log J",
            short=tr("log J"),
        ),
        "axes log-log": Command(
            tr("Log–log cost curve"), ("Ctrl+3",), tr("Both axes logarithmic: shows many powers of ten"), "", True, "log-log", tr("log–log")
        ),
        "axes above J*": Command(
            tr("Cost curve of J − J*"),
            ("Ctrl+4",),
            tr("Logarithmic J − J*: how far J is above its minimum, which log J hides once it is near"),
            checkable=True,
            data="above J*",
            short=tr("J − J*"),
        ),
        "theme system": Command(tr("Theme of the system"), ("Ctrl+Shift+S",), tr("Light or dark as the desktop asks"), "", True, "system"),
        "theme light": Command(tr("Light theme"), ("Ctrl+Shift+L",), tr("Light colours"), "", True, "light"),
        "theme dark": Command(tr("Dark theme"), ("Ctrl+Shift+D",), tr("Dark colours"), "", True, "dark"),
        "toggle theme": Command(tr("Light or dark"), ("Ctrl+T",), tr("Change between the light and the dark theme"), "sun-moon"),
        "view decision boundary": Command(
            tr("Decision boundary"), ("Shift+P",), tr("Show or hide the plane of the examples"), "", True, "decision boundary"
        ),
        "view cost curve": Command(tr("Cost curve"), ("Shift+C",), tr("Show or hide the curve of J"), "", True, "cost curve"),
        "view cost landscape": Command(
            tr("Cost landscape"),
            ("Shift+L",),
            tr("Show or hide J over two of the parameters, with the path of the run"),
            "",
            True,
            "cost landscape",
        ),
        "view cost surface": Command(
            tr("Cost surface"), ("Shift+D",), tr("Show or hide the landscape in three dimensions"), "", True, "cost surface"
        ),
        "view update": Command(tr("Update in numbers"), ("Shift+U",), tr("Show or hide the numbers of one update"), "", True, "update"),
        "view sigmoid": Command(
            tr("Sigmoid"), ("Shift+S",), tr("Show or hide every example at z and y under the curve f = g(z)"), "", True, "sigmoid"
        ),
        "view loss": Command(
            tr("Loss of one example"), ("Shift+O",), tr("Show or hide the loss over f, for y = 1 and for y = 0"), "", True, "loss"
        ),
        "view vectorization": Command(
            tr("Vectorization"),
            ("Shift+V",),
            tr("Show or hide the bench: one iteration as loops, as NumPy, compiled"),
            checkable=True,
            data="vectorization",
        ),
        "measure": Command(
            tr("Measure"), ("Ctrl+M",), tr("Time one iteration as loops, as NumPy and compiled, on the data in the window"), "timer"
        ),
        "method": Command(
            tr("Method…"),
            ("Ctrl+Shift+M",),
            tr("Choose how w and b are updated: gradient descent, or another descent to compare it with"),
            "footprints",
        ),
        "update simultaneous": Command(
            tr("Simultaneous update"),
            ("Ctrl+U",),
            tr("Take every derivative before w or b is overwritten, as gradient descent does. Starts the run again."),
            checkable=True,
            data="simultaneous",
            short=tr("simultaneous"),
        ),
        "update sequential": Command(
            tr("Update one after the other"),
            ("Ctrl+Shift+U",),
            tr("Let each derivative see what was updated before it: a common mistake. Starts the run again."),
            checkable=True,
            data="sequential",
            short=tr("one after the other"),
        ),
        "view roc": Command(tr("ROC curve"), ("Shift+R",), tr("Show or hide recall against the false positive rate"), "", True, "roc"),
        "view interpretation": Command(
            tr("Interpretation"),
            ("Shift+T",),
            tr("Show or hide what one unit of a feature does to the odds"),
            "",
            True,
            "interpretation",
        ),
        "compare": Command(
            tr("Compare boundaries"), ("Shift+B",), tr("Show the boundary of linear beside that of logistic regression"), checkable=True
        ),
        "view scaling": Command(
            tr("Scaling side by side"),
            ("Shift+Z",),
            tr("Show or hide what descent meets on raw and on scaled features"),
            checkable=True,
            data="scaling",
        ),
        "view runs": Command(
            tr("Runs"),
            ("Shift+G",),
            tr("Show or hide the table of runs: this one, those of a race, those that are pinned"),
            "",
            True,
            "runs",
        ),
        "pin": Command(tr("Pin run"), ("P",), tr("Keep this run as a ghost beside those that follow"), "pin", short=tr("Pin")),
        "race": Command(
            tr("Race…"), ("Ctrl+R",), tr("Let two to six runs go side by side, with other α, λ or scaling"), "flag", short=tr("Race…")
        ),
        "end race": Command(tr("End race"), ("Ctrl+Shift+W",), tr("Go on with this run alone; undo brings the others back")),
        "show run": Command(tr("Show run in the plots"), ("Ctrl+H",), tr("Show or hide the chosen run in the plots"), "eye", True),
        "restore run": Command(
            tr("Restore run"),
            ("Ctrl+B",),
            tr("Take up the settings of the chosen run again, and the run itself; undo brings back the one that is left"),
            "archive-restore",
        ),
        "rename run": Command(tr("Rename run…"), ("Shift+F2",), tr("Give the chosen run another name"), "pencil"),
        "delete run": Command(tr("Delete run"), ("Ctrl+Delete",), tr("Take the chosen run away; undo brings it back"), "trash-2"),
        "export run": Command(tr("Export run as CSV…"), ("Ctrl+Shift+E",), tr("Write iteration, w, b and J of the chosen run to a file")),
        "export runs": Command(tr("Export table of runs…"), ("Ctrl+E",), tr("Write a row for each run to a file"), "file-down"),
        "view scikit-learn": Command(
            tr("scikit-learn"),
            ("Shift+K",),
            tr("Show or hide scikit-learn's fits of the same columns beside the run, and their boundaries on the plane"),
            checkable=True,
            data="scikit-learn",
        ),
        "enlarge": Command(
            tr("Enlarge the plot"),
            ("Ctrl+Return",),
            tr("Let the plot that has the keyboard take all the space; or double click its title"),
        ),
        "end enlarging": Command(tr("All plots"), ("Escape",), tr("Back from the enlarged plot to all of them")),
        "full screen": Command(tr("Full screen"), ("F11",), tr("Fill the screen, and back")),
        "keys": Command(tr("Keys"), ("F1",), tr("All keys and what they do"), "keyboard"),
        "about": Command(tr("About Descent Lab"), ("Shift+F1",), tr("Version and licences"), "info"),
        "clear recent": Command(tr("Clear recent files"), ("Ctrl+Shift+R",), tr("Forget the recent files")),
    }


def build_actions(window: QWidget) -> Actions:
    """The actions, added to the window so that their keys work everywhere in it."""
    actions: Actions = {}
    for name, command in commands().items():
        action = QAction(command.text, window)
        action.setIconText((" " if command.icon else "") + (command.short or command.text))  # otherwise Qt takes the … off
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command.checkable)
        action.setData(command.data)
        action.setStatusTip(command.tip)
        action.setToolTip(tooltip(command))
        # Menus of samples and recent files bring actions of their own; these are the window's.
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        window.addAction(action)
        actions[name] = action
        if command.icon:
            action.setIcon(icon(command.icon))
    return actions


def show_icons(actions: Actions) -> None:
    """Draw the icons in the colours of the theme in force."""
    for name, command in commands().items():
        if command.icon:
            actions[name].setIcon(icon(command.icon))


def tooltip(command: Command) -> str:
    """What it does, and its key."""
    return f"{command.tip}  ({QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})"
