"""Drives the desk's window from outside, through accessibility and real keys; never imports the program.

Runs under the system's Python (gi, AT-SPI) inside a virtual screen and a session bus: `screen` beside this file starts
it, sends one deed a line as JSON ({"deed": …, "args": […]}) and reads one answer a line.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version must be required first

PATIENCE = 60
MOMENT = 0.05
# Qt calls a control without an identifier of its own by its path from here.
UNNAMED = "QApplication"


class NotSeenError(Exception):
    """What was waited for did not show itself."""


class Clerk:
    """One window, driven by accessible identifiers; every wait has an end."""

    def __init__(self, command, errors):
        self._found = {}
        self._roles = {}
        self.window = subprocess.Popen(command, stderr=errors)
        self.app = self._wait(self._application, "the program on the accessibility bus")
        # Nothing here runs the loop that would tell the cache what changed.
        self.app.set_cache_mask(Atspi.Cache.NONE)

    # --- looking ---------------------------------------------------------------------------------------------------

    def find(self, identifier, *, showing=True):
        """The control of this identifier, once it is there."""
        return self._wait(lambda: self._search(identifier, showing=showing), f"«{identifier}»")

    def name(self, identifier):
        return self.find(identifier).get_name()

    def description(self, identifier):
        return self.find(identifier).get_description()

    def role(self, identifier):
        return self.find(identifier).get_role_name()

    def text(self, identifier):
        """What a control says: its text, or its name where it has none (labels). Hidden ones too: the strip goes."""
        return _text(self.find(identifier, showing=False))

    def wait_text(self, identifier, part):
        """The text of a control once it contains `part`."""

        def said():
            text = self.text(identifier)
            return text if part in text else None

        return self._wait(said, f"{part!r} in «{identifier}»")

    def wait_empty(self, identifier):
        """Returns once nothing stands in a field."""
        return self._wait(lambda: self.text(identifier) == "" or None, f"nothing in «{identifier}»")

    def wait_name(self, identifier, part):
        return self._wait(lambda: name if part in (name := self.name(identifier)) else None, f"{part!r} as its name")

    def wait_focus(self, identifier):
        """Returns once the cursor is there."""
        return self._wait(lambda: self._has_focus(identifier), f"the cursor in «{identifier}»")

    def focused(self):
        """The identifier of what has the keyboard, "" for nothing."""
        for control in self._walk(showing=True):
            if control.get_state_set().contains(Atspi.StateType.FOCUSED) and control.get_role() != Atspi.Role.LIST_ITEM:
                return control.get_accessible_id()
        return ""

    def is_showing(self, identifier):
        return self._search(identifier, showing=True) is not None

    def is_enabled(self, identifier):
        return self.find(identifier).get_state_set().contains(Atspi.StateType.ENABLED)

    def is_checked(self, identifier):
        return self.find(identifier).get_state_set().contains(Atspi.StateType.CHECKED)

    def in_sight(self):
        """Every control with an identifier of its own that shows: {identifier: [role, name, text]}."""
        seen = {}
        for control in self._walk(showing=True):
            identifier = control.get_accessible_id()
            if identifier and not identifier.startswith(UNNAMED):
                seen[identifier] = [control.get_role_name(), control.get_name(), _text(control)]
        return seen

    def facts(self, *identifiers):
        """What stands in each of these inputs; of a list its choice, which it calls its name."""
        controls = {identifier: self.find(identifier) for identifier in identifiers}
        return {identifier: _text(control) for identifier, control in controls.items()}

    def wait_facts(self, wanted):
        """Returns once each of these inputs says what `wanted` gives for it."""
        self._wait(lambda: True if self.facts(*wanted) == wanted else None, f"{wanted} in these inputs")

    def words(self):
        """Every label in sight, in no order."""
        return [control.get_name() for control in self._walk(showing=True) if control.get_role() == Atspi.Role.LABEL]

    def wait_words(self, part):
        return self._wait(lambda: next((each for each in self.words() if part in each), None), f"a label with {part!r}")

    def rows(self, identifier):
        return self.find(identifier).get_table_iface().get_n_rows()

    def cells(self, identifier, row):
        """The texts of one row of a table; never walked, for there may be a million."""
        table = self.find(identifier).get_table_iface()
        if row >= table.get_n_rows():
            return []
        return [table.get_accessible_at(row, column).get_name() for column in range(table.get_n_columns())]

    def wait_cell(self, identifier, row, text):
        """The row's texts once one of them is `text`."""
        return self._wait(
            lambda: cells if text in (cells := self.cells(identifier, row)) else None,
            f"{text!r} in row {row} of «{identifier}»",
        )

    # --- doing -----------------------------------------------------------------------------------------------------

    def press(self, identifier):
        """Press a button as an assistive tool does."""
        control = self.find(identifier)
        names = [control.get_action_name(n) for n in range(control.get_n_actions())]
        for wanted in ("Press", "Toggle", "SetFocus"):
            if wanted in names:
                control.do_action(names.index(wanted))
                return
        raise NotSeenError(f"«{identifier}» to press; it can do {names}")

    def fill(self, identifier, text):
        """Put a text into a field as an assistive tool does."""
        if not self.find(identifier).set_text_contents(text):
            raise NotSeenError(f"«{identifier}» to take a text")

    def focus(self, identifier):
        """Put the cursor into a field."""

        def come():
            self.find(identifier).grab_focus()
            time.sleep(MOMENT)
            return self._has_focus(identifier)

        self._wait(come, f"the cursor in «{identifier}»")

    def keys(self, *names):
        """Real key presses through the X server."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "40", *names], check=True)
        time.sleep(3 * MOMENT)

    def type(self, text, delay_ms=60):
        """Real keys, one every `delay_ms`, as a person types."""
        subprocess.run(["xdotool", "type", "--delay", _pause_of(delay_ms), text], check=True)
        time.sleep(3 * MOMENT)

    def scan(self, text, delay_ms=2):
        """Type a code as a scanner in keyboard mode does, Enter after each line; the window has time to take it."""
        lines = text.split("\n")
        keys = [
            each
            for line in lines
            for each in ("type", "--args", "1", "--delay", _pause_of(delay_ms), line, "key", "Return")
        ]
        subprocess.run(["xdotool", *keys], check=True)
        time.sleep(0.2)

    def pause(self, seconds):
        """Where the test is that nothing happens."""
        time.sleep(seconds)

    def has_ended(self):
        return self.window.poll()

    def close(self):
        if self.window.poll() is None:
            self.window.terminate()
        try:
            self.window.wait(PATIENCE)  # it keeps what was half typed; a busy machine takes its time for that
        except subprocess.TimeoutExpired:
            self.window.kill()
            self.window.wait()

    # --- how -------------------------------------------------------------------------------------------------------

    def _application(self):
        desktop = Atspi.get_desktop(0)
        for n in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(n)
            if app is not None and app.get_process_id() == self.window.pid:
                return app
        return None

    def _walk(self, *, showing):
        waiting = [self.app]
        while waiting:
            control = waiting.pop()
            try:
                if showing and control is not self.app and not _is_showing(control):
                    continue
                yield control
                count = control.get_child_count()
                if count and self._role_of(control) != Atspi.Role.TABLE:
                    waiting += [control.get_child_at_index(n) for n in range(count)]
            except GLib.GError:
                continue  # gone while we looked
            waiting = [each for each in waiting if each is not None]

    def _role_of(self, control):
        """Asked once of each control: a role never changes, and each question costs the window, the bus and us."""
        if control not in self._roles:
            self._roles[control] = control.get_role()
        return self._roles[control]

    def _has_focus(self, identifier):
        control = self._search(identifier, showing=True)
        return True if control and control.get_state_set().contains(Atspi.StateType.FOCUSED) else None

    def _search(self, identifier, *, showing):
        known = self._found.get(identifier)
        try:
            if known and known.get_accessible_id() == identifier and _is_showing(known):
                return known
        except GLib.GError:
            pass  # it went away, and with it what it was found as
        found = self._found[identifier] = self._looked_for(identifier, showing=showing)
        return found

    def _looked_for(self, identifier, *, showing):
        """What is passed on the way is kept: each question to the program costs both sides."""
        found = None
        for control in self._walk(showing=showing):
            met = control.get_accessible_id()
            if met == identifier:
                if _is_showing(control):
                    return control
                found = control
            elif met and not met.startswith(UNNAMED):
                self._found.setdefault(met, control)
        return found

    def _wait(self, ask, what):
        end = time.monotonic() + PATIENCE
        while True:
            if self.window.poll() is not None:
                raise NotSeenError(f"the program ended with {self.window.returncode} before {what}")
            asked = time.monotonic()
            try:
                found = ask()
            except GLib.GError:
                found = None  # the control went away between two questions
            if found is not None:
                return found
            if time.monotonic() > end:
                raise NotSeenError(f"waited {PATIENCE} s for {what}")
            time.sleep(max(MOMENT, 2 * (time.monotonic() - asked)))  # who only waits leaves the window its time


def _pause_of(delay_ms):
    """What xdotool calls a delay: it sleeps half of it after a key, so that keys came twice as fast as was asked."""
    return str(2 * delay_ms)


def _text(control):
    """The text of a field, else the name."""
    if control.get_text_iface() is None:
        return control.get_name()
    return Atspi.Text.get_text(control, 0, Atspi.Text.get_character_count(control))


def _is_showing(control):
    """On the page in front, though perhaps scrolled away (that is SHOWING)."""
    return control.get_state_set().contains(Atspi.StateType.VISIBLE)


def serve(clerk):
    """Do what is asked, line by line, until there is nobody left to ask."""
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"answer": getattr(clerk, asked["deed"])(*asked["args"])}
        except (NotSeenError, GLib.GError, subprocess.CalledProcessError) as error:
            answer = {"error": str(error), "in_sight": clerk.in_sight() if clerk.window.poll() is None else {}}
        print(json.dumps(answer, ensure_ascii=False), flush=True)


def main():
    settings = json.loads(sys.argv[1])
    with Path(settings["errors"]).open("w", encoding="utf-8") as errors:
        try:
            clerk = Clerk(settings["command"], errors)
        except NotSeenError as error:
            print(json.dumps({"error": str(error), "in_sight": {}}), flush=True)
            return
        print(json.dumps({"answer": "open"}), flush=True)
        try:
            serve(clerk)
        finally:
            clerk.close()


if __name__ == "__main__":
    main()
