"""What a world assumes that nobody has measured, and a world with one of these moved. Pure."""

from collections.abc import Callable

from msgspec.structs import replace

from rejoinder.drill.world import World


def moved(world: World, assumption: str, factor: float) -> World:
    """The same world with one assumption times a factor; shares stay under 1."""
    return ASSUMPTIONS[assumption](world, factor)


def _mentions(world: World, factor: float) -> World:
    surges = tuple(replace(one, mentions=one.mentions * factor) for one in world.surges)
    return replace(world, usual=world.usual * factor, surges=surges)


def _elsewhere(world: World, factor: float) -> World:
    """How many write anywhere but on X."""
    channels = tuple(
        one if one.name == "x" else replace(one, share=one.share * factor) for one in world.channels
    )
    return replace(world, channels=channels)


def _urgent(world: World, factor: float) -> World:
    share = world.need_share
    return replace(world, need_share=replace(share, urgent=share.urgent * factor))


def _misread(world: World, factor: float) -> World:
    """How often a need is read wrong."""
    right = world.read_right.each(lambda share: 1 - min(1.0, (1 - share) * factor))
    return replace(world, read_right=right)


def _unmatched(world: World, factor: float) -> World:
    """How often the question somebody asks is not found."""
    return replace(world, matched_share=1 - min(1.0, (1 - world.matched_share) * factor))


def _unsettled(world: World, factor: float) -> World:
    """How often a pointer does not settle the question."""
    return replace(world, pointer_settles=1 - min(1.0, (1 - world.pointer_settles) * factor))


def _patience(world: World, factor: float) -> World:
    return replace(world, patience_s=world.patience_s.each(lambda mean: mean * factor))


def _handling(world: World, factor: float) -> World:
    """How long replies take, whole ones and short ones."""
    handling = world.handling_s.each(lambda mean: mean * factor)
    return replace(world, handling_s=handling, pointer_s=world.pointer_s * factor)


def _advisors(world: World, factor: float) -> World:
    shifts = (replace(one, advisors=round(one.advisors * factor)) for one in world.shifts)
    return replace(world, shifts=tuple(shifts))


def _sees(world: World, factor: float) -> World:
    return replace(world, sees_share=min(1.0, world.sees_share * factor))


def _sees_after(world: World, factor: float) -> World:
    return replace(world, sees_after_s=world.sees_after_s * factor)


def _deflected(world: World, factor: float) -> World:
    return replace(world, deflected_share=min(1.0, world.deflected_share * factor))


def _writing(world: World, factor: float) -> World:
    return replace(world, writing_s=world.writing_s * factor)


def _repeats(world: World, factor: float) -> World:
    return replace(world, repeats_share=min(1.0, world.repeats_share * factor))


ASSUMPTIONS: dict[str, Callable[[World, float], World]] = {
    "mentions": _mentions,
    "written elsewhere than on X": _elsewhere,
    "urgent people": _urgent,
    "patience": _patience,
    "time to answer": _handling,
    "advisors": _advisors,
    "needs read wrong": _misread,
    "questions not matched": _unmatched,
    "pointers that do not settle": _unsettled,
    "who sees a public answer": _sees,
    "time until it is seen": _sees_after,
    "who then never asks": _deflected,
    "time to write a public answer": _writing,
    "who writes again": _repeats,
}
