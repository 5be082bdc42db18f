"""Four years in which genuine work was once nowhere at its end, told step by step; and what each is about."""

from __future__ import annotations

import pytest

from tests.kit.wire.stations import templates
from tests.kit.wire.year import Year, told


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> None:
    Year.made = templates(tmp_path_factory.mktemp("templates"))


_ONE_NAME = """
image_two_machines_from_a_backup(what=0, which=39)
a_stick_goes_there_and_back(meanwhile=2, what=1, who=48)
sync(who=2)
put_a_backup_back(forgets=True, which=25)
a_usual_day(what=0, which=68)
the_district_has_something_erased(which=9)
back_up(who=17)
set_a_clock(days_on=1, who=48)
a_usual_day(what=2, which=11)
a_usual_day(what=1, which=58)
sync(who=56)
the_district_speaks()
set_a_clock(days_on=-1, who=90)
back_up_the_district()
sync(who=22)
a_usual_day(what=2, which=49)
a_usual_day(what=2, which=48)
set_a_clock(days_on=4000, who=22)
a_stick_goes_there_and_back(meanwhile=1, what=1, who=70)
set_a_clock(days_on=4000, who=72)
a_usual_day(what=1, which=17)
put_a_backup_back(forgets=True, which=22)
set_a_clock(days_on=1, who=27)
a_usual_day(what=1, which=3)
sync(who=38)
bring_a_stick_to_the_district(part=168, which=29)
set_a_clock(days_on=-1, who=36)
a_stick_goes_there_and_back(meanwhile=1, what=0, who=65)
bring_the_district_back(which=42)
bring_the_district_back(which=26)
write(what=1, which=86, who=74)
put_a_backup_back(forgets=True, which=36)
image_two_machines_from_a_backup(what=1, which=75)
bring_the_district_back(which=31)
back_up(who=19)
the_district_has_something_erased(which=52)
put_a_backup_back(forgets=True, which=92)
write_a_stick(to_desk=2, who=47)
back_up_the_district()
a_stick_goes_there_and_back(meanwhile=0, what=2, who=91)
the_district_speaks()
bring_a_stick_to_the_district(part=1000, which=39)
write_a_stick(to_desk=0, who=76)
the_district_speaks()
image_two_machines_from_a_backup(what=0, which=9)
set_a_clock(days_on=4000, who=68)
bring_the_district_back(which=4)
write_a_stick(to_desk=0, who=19)
bring_the_district_back(which=17)
back_up(who=28)
back_up(who=12)
set_a_clock(days_on=-4000, who=36)
back_up(who=8)
set_a_clock(days_on=-4000, who=86)
write_a_stick(to_desk=1, who=8)
back_up(who=49)
the_district_speaks()
write(what=0, which=54, who=92)
the_district_has_something_erased(which=15)
"""
"""Two clones carry other work on at once; when the second reaches the district, its log has the first one's name."""

_TWO_HOLDERS = """
bring_the_district_back(which=68)
back_up_the_district()
put_a_backup_back(forgets=True, which=22)
put_a_backup_back(forgets=True, which=67)
put_a_backup_back(forgets=False, which=96)
bring_the_district_back(which=53)
clone(who=39)
bring_the_district_back(which=47)
bring_the_district_back(which=91)
put_a_backup_back(forgets=False, which=2)
a_usual_day(what=1, which=45)
write_a_stick(to_desk=0, who=42)
bring_the_district_back(which=89)
back_up_the_district()
put_a_backup_back(forgets=True, which=38)
a_usual_day(what=2, which=77)
a_usual_day(what=2, which=21)
put_a_backup_back(forgets=True, which=76)
clone(who=58)
clone(who=6)
put_a_backup_back(forgets=True, which=58)
write_a_stick(to_desk=2, who=92)
bring_the_district_back(which=79)
back_up_the_district()
back_up_the_district()
a_usual_day(what=0, which=36)
"""
"""A machine and the district are put back together; only colleagues hold what was written in between."""

_ONE_LOG_OF_TWO_KEYS = """
the_district_has_something_erased(which=53)
a_usual_day(what=0, which=90)
back_up_the_district()
back_up_the_district()
another_desk()
set_a_clock(days_on=-4000, who=99)
put_a_backup_back(forgets=False, which=20)
bring_the_district_back(which=52)
set_a_clock(days_on=4000, who=98)
a_stick_goes_there_and_back(meanwhile=0, what=0, who=91)
a_stick_goes_there_and_back(meanwhile=0, what=0, who=44)
back_up_the_district()
back_up_the_district()
a_stick_goes_there_and_back(meanwhile=0, what=0, who=63)
put_a_backup_back(forgets=False, which=0)
a_stick_goes_there_and_back(meanwhile=0, what=0, who=0)
back_up_the_district()
another_desk()
a_machine_burns(who=99)
back_up_the_district()
back_up_the_district()
back_up_the_district()
back_up_the_district()
clone(who=20)
back_up_the_district()
a_usual_day(what=0, which=0)
"""
"""The district forgot a new desk; its image began its log anew, and each of the two was given keys of its own."""

_TWINS_THAT_AGREE = """
another_desk()
bring_the_district_back(which=32)
clone(who=75)
a_stick_goes_there_and_back(meanwhile=2, what=0, who=22)
back_up(who=10)
clone(who=58)
a_usual_day(what=2, which=61)
put_a_backup_back(forgets=False, which=80)
"""
"""The same where both began with the same work: the district had it from one, and the other's next was refused."""


@pytest.mark.parametrize("story", [_ONE_NAME, _TWO_HOLDERS, _ONE_LOG_OF_TWO_KEYS, _TWINS_THAT_AGREE])
def test_nothing_is_lost_in_a_year_in_which_it_once_was(made, story):
    assert told(story) == len(story.strip().splitlines())
