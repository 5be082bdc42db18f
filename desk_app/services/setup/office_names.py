"""The names of provinces and communes as an office writes them ("xã Quảng Oai"), to choose from at the first start."""

from __future__ import annotations

from datetime import date

from desk_app.services.catalogue import unit_data


def provinces(today: date) -> list[str]:
    """The 34, in the order of the alphabet that the units have."""
    return sorted((_written(each.name) for each in unit_data.load_units(today).provinces.values()), key=_bare)


def communes(today: date) -> list[tuple[str, str]]:
    """Every commune with its province, both as an office writes them."""
    units = unit_data.load_units(today)
    return sorted(
        ((_written(each.name), _written(units.provinces[each.province].name)) for each in units.communes.values()),
        key=lambda pair: _bare(pair[0]),
    )


def _written(name: str) -> str:
    """ "Xã Quảng Oai" within a sentence."""
    return name[:1].lower() + name[1:]


def _bare(name: str) -> str:
    """The name without its kind, to sort by."""
    for kind in ("thành phố ", "tỉnh ", "đặc khu ", "phường ", "xã "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name
