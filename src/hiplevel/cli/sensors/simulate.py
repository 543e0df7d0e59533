"""`hiplevel sensors simulate`: a sensor of any spec on a simulated person, printed, in this computer, or on the air."""

import asyncio
from typing import Any

import click

from hiplevel.cli.common import json_option, print_json, say
from hiplevel.cli.options.completion import exercise_ids, spec_ids
from hiplevel.cli.options.numbers import Number, Whole
from hiplevel.cli.options.sensor_settings import Settings, read_settings, settings_option
from hiplevel.model.errors import Reason, UsageError
from hiplevel.sensors.spec import Spec, load_spec

PRINT, INSIDE = "print", "in-process"
PRINT_S, INSIDE_S = 5.0, 20.0


@click.command()
@click.argument("spec_id", metavar="SPEC", shell_complete=spec_ids)
@click.option(
    "--transport",
    default=PRINT,
    show_default=True,
    metavar="HOW",
    help="print its packets; in-process: connect to it here and say what came; or a Bluetooth controller that sends it "
    "over the air: usb:0, serial:/dev/ttyACM0, tcp-client:host:port.",
)
@click.option("--seconds", type=Number(0.1, 86_400), help="How long. Over the air without end.")
@click.option(
    "--wearer",
    "--exercise",
    "exercise",
    default="pelvic-drop",
    show_default=True,
    metavar="ID",
    shell_complete=exercise_ids,
    help="What is done.",
)
@click.option("--stance", type=click.Choice(("left", "right")), default="left", show_default=True)
@click.option("--seed", type=Whole(), default=0, show_default=True, help="Same seed, same packets.")
@click.option("--number", default="0001", show_default=True, metavar="TEXT", help="Its serial number.")
@click.option("--battery", type=Whole(0, 100), default=87, show_default=True, help="Its charge, percent.")
@click.option("--fault", "told_faults", multiple=True, metavar="NAME=VALUE", help="What goes wrong, such as drop=0.02.")
@settings_option
@json_option
def simulate(
    spec_id: str,
    transport: str,
    seconds: float | None,
    exercise: str,
    stance: Any,
    seed: int,
    number: str,
    battery: int,
    told_faults: tuple[str, ...],
    settings: tuple[str, ...],
    as_json: bool,
) -> None:
    """A sensor of this kind on a simulated person. Everything it says is simulated, and it says so.

    Printed, it is one packet a line: time, characteristic, bytes; with --json one JSON object a line. In-process, it is
    found, connected, started and read through real Bluetooth code, faster than real time. Over the air any computer
    finds it.

    Faults: drop, duplicate, reorder (probabilities), burst_s, drift_ppm, wrap_s, break_after, break_every, stall_after
    (packets), refuse, silent, firmware, lacks, encrypted, seed.
    """
    spec, told = load_spec(spec_id), read_settings(settings)
    spec.settings(told)
    say(f"SIMULATED: {spec.name}, {exercise}, stance {stance}, seed {seed}, {spec.rate_hz(told):g} Hz.")
    if transport == PRINT:
        if told_faults:
            raise UsageError(
                "Printed packets meet with no faults.", Reason.USAGE, f"Add --transport {INSIDE}, or a controller."
            )
        _print_packets(spec, told, seconds or PRINT_S, (exercise, stance, seed), as_json)
        return
    from hiplevel.sensors.virtual.faults import parse_faults
    from hiplevel.sensors.virtual.sensor import AtRate, Given, VirtualSensor
    from hiplevel.simulate import wearer

    options: dict[str, Any] = {
        "number": number,
        "battery_percent": battery,
        "faults": parse_faults(told_faults),
        "settings": told,
    }
    if transport == INSIDE:
        from hiplevel.cli.sensors.rehearse import rehearse, report_text

        rate_hz = spec.rate_hz(told)
        person = wearer(exercise, rate_hz=rate_hz, seed=seed, stance=stance)
        given = Given(person.take(round((seconds or INSIDE_S) * rate_hz)))
        report = rehearse(
            spec,
            told,
            lambda air, pacer: VirtualSensor(spec, given, pacer=pacer, break_link=air.break_links, **options),
        )
        if as_json:
            print_json(report)
        else:
            click.echo(report_text(report))
        return
    from hiplevel.sensors.virtual.serve import serve

    anyone = AtRate(lambda rate_hz: wearer(exercise, rate_hz=rate_hz, seed=seed, stance=stance))

    async def on_air() -> None:
        await serve(VirtualSensor(spec, anyone, **options), transport, seconds, say)

    asyncio.run(on_air())


def _print_packets(spec: Spec, told: Settings, seconds: float, who: tuple[str, Any, int], as_json: bool) -> None:
    from hiplevel.simulate import wearer

    exercise, stance, seed = who
    encoder, rate_hz = spec.encoder(**told), spec.rate_hz(told)
    person = wearer(exercise, rate_hz=rate_hz, seed=seed, stance=stance)
    total = round(seconds * rate_hz)
    for start in range(0, total, encoder.batch):
        samples = person.take(min(encoder.batch, total - start))
        sent = encoder.encode(samples.acc_m_s2, samples.gyr_rad_s, start)
        time_s = (start + len(samples)) / rate_hz
        for characteristic, payload in sent:
            if as_json:
                packet = {"time_s": time_s, "characteristic": characteristic, "hex": payload.hex(), "simulated": True}
                print_json(packet, indent=None)
            else:
                click.echo(f"{time_s:8.3f}  {characteristic}  {payload.hex(' ')}")
