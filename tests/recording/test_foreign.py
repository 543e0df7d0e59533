"""What the apps of sensors write gives the samples that were measured; what cannot give them is refused."""

from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import HiplevelError, InputError, Reason, RecordingError, UsageError
from hiplevel.model.samples import Samples
from hiplevel.recording.csv_rows import CsvOptions
from hiplevel.recording.foreign import load_files
from recording import vendors
from recording.conftest import moving_samples, table


def assert_same(found: Samples, wanted: Samples, *, to: float = 1e-6) -> None:
    np.testing.assert_allclose(found.time_s - found.time_s[0], wanted.time_s - wanted.time_s[0], atol=1e-6)
    np.testing.assert_allclose(found.acc_m_s2, wanted.acc_m_s2, atol=to)
    np.testing.assert_allclose(found.gyr_rad_s, wanted.gyr_rad_s, atol=to)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_movella_dot_is_read_without_a_word(tmp_path: Path) -> None:
    samples = moving_samples(rate_hz=60.0)
    loaded = load_files([written(tmp_path / "dot.csv", vendors.dot(samples))])
    assert_same(loaded.samples, samples)
    assert (loaded.columns.time_unit, loaded.columns.acc_unit, loaded.columns.gyr_unit) == ("us", "m/s2", "deg/s")
    assert "Movella DOT" in loaded.how


def test_movella_dot_counts_on_when_its_clock_begins_again(tmp_path: Path) -> None:
    samples = moving_samples(rate_hz=60.0)
    text = vendors.dot(samples, first_us=(1 << 32) - 5_000_000, first_packet=65_500)
    loaded = load_files([written(tmp_path / "dot.csv", text)])
    assert_same(loaded.samples, samples)


def test_lost_packets_of_movella_dot_are_a_gap(tmp_path: Path) -> None:
    samples = moving_samples(rate_hz=60.0)
    kept = samples[:300].joined(samples[420:])
    loaded = load_files([written(tmp_path / "dot.csv", vendors.dot(kept))])
    assert len(loaded.samples) == len(samples) - 120
    assert np.max(np.diff(loaded.samples.time_s)) == pytest.approx(121 / 60.0, abs=1e-5)


def test_movella_dot_still_goes_back_where_files_were_pasted_together(tmp_path: Path) -> None:
    text = vendors.dot(moving_samples(rate_hz=60.0))
    rows = text.splitlines()
    pasted = "\n".join([*rows, *rows[-100:]]) + "\n"
    with pytest.raises(InputError) as refused:
        load_files([written(tmp_path / "dot.csv", pasted)])
    assert refused.value.reason is Reason.TIME_BACKWARDS


def test_movella_dot_without_raw_values_says_which_payload_to_record(tmp_path: Path) -> None:
    header = "PacketCounter,SampleTimeFine,Euler_X,Euler_Y,Euler_Z,FreeAcc_X,FreeAcc_Y,FreeAcc_Z,Status,\n"
    rows = "".join(f"{i},{i * 16667},1.0,2.0,3.0,0.1,0.2,0.3,0,\n" for i in range(50))
    with pytest.raises(InputError, match=r"only Euler, FreeAcc\..*'Rate quantities'"):
        load_files([written(tmp_path / "dot.csv", vendors.DOT_PREAMBLE.format(rate=60.0) + header + rows)])


@pytest.mark.parametrize(("fine", "tail"), [(False, ""), (True, ""), (False, "\t")])
def test_mt_manager_is_no_movella_dot_and_is_dated_by_its_counter(tmp_path: Path, fine: bool, tail: str) -> None:
    samples = moving_samples(rate_hz=100.0)
    text = vendors.mt_manager(samples, first_packet=65_000, fine=fine, tail=tail)
    loaded = load_files([written(tmp_path / "MT_00B421AF.txt", text)])
    assert_same(loaded.samples, samples)
    assert loaded.how == "as Xsens MT Manager writes them"
    assert loaded.notices == ("Dated by the rate that the file tells: 100 Hz.",)


def test_lost_packets_of_mt_manager_are_a_gap(tmp_path: Path) -> None:
    samples = moving_samples(rate_hz=100.0)
    kept = samples[:300].joined(samples[420:])
    loaded = load_files([written(tmp_path / "MT_00B421AF.txt", vendors.mt_manager(kept))])
    assert_same(loaded.samples, kept)


@pytest.mark.parametrize(("fine", "words"), [(True, "0.1 ms as MTw.*Give the rate in Hz, 100 by"), (False, "is empty")])
def test_a_table_of_mt_manager_saved_anew_without_its_comment_asks_for_the_rate(
    tmp_path: Path, fine: bool, words: str
) -> None:
    samples = moving_samples(rate_hz=100.0)
    text = vendors.mt_manager(samples, fine=fine).removeprefix(vendors.MT_PREAMBLE.format(rate=100.0))
    path = written(tmp_path / "mtw.csv", text.replace("\t", ","))
    with pytest.raises(InputError, match=words) as refused:
        load_files([path])
    assert refused.value.reason is Reason.RATE
    assert_same(load_files([path], {"gyr_unit": "rad/s"}, CsvOptions(rate_hz=100.0)).samples, samples)


def test_mt_manager_believes_units_that_are_told(tmp_path: Path) -> None:
    path = written(tmp_path / "MT_00B421AF.txt", vendors.mt_manager(moving_samples(rate_hz=100.0)))
    with pytest.raises(InputError, match="use gyr unit rad/s"):
        load_files([path], {"gyr_unit": "deg/s"})


@pytest.mark.parametrize("turned", [False, True])
def test_metamotion_is_a_pair_of_files(tmp_path: Path, turned: bool) -> None:
    samples = moving_samples()
    acc, gyr = vendors.metabase(tmp_path, samples)
    loaded = load_files([gyr, acc] if turned else [acc, gyr])
    assert_same(loaded.samples, samples)
    assert loaded.started_ns == vendors.START_MS * 1_000_000
    assert_same(load_files([tmp_path]).samples, samples)


def test_metamotion_by_another_version_of_its_app(tmp_path: Path) -> None:
    samples = moving_samples()
    pair = vendors.metabase(tmp_path, samples)
    for path in pair:
        head, *rows = path.read_text().splitlines()
        head = head.replace("epoc (ms),timestamp", "epoch (ms),time").replace("-axis", "-Axis")
        rows = [row.replace(",", ".00,", 1) for row in rows]
        path.write_text("\n".join([head.replace("x-", "X-").replace("y-", "Y-").replace("z-", "Z-"), *rows]) + "\n")
    loaded = load_files(pair)
    assert_same(loaded.samples, samples)
    assert loaded.started_ns == vendors.START_MS * 1_000_000


def test_a_table_put_together_from_both_files_of_metamotion_is_a_table(tmp_path: Path) -> None:
    samples = moving_samples()
    text = table(samples, "epoc (ms),acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z,steps", time=1e3)
    rows = "\n".join(f"{line},0" for line in text.splitlines()[1:])
    assert_same(load_files([written(tmp_path / "both.csv", text.splitlines()[0] + "\n" + rows)]).samples, samples)


def test_metamotion_at_two_rates_keeps_every_gyroscope_value(tmp_path: Path) -> None:
    samples = moving_samples()
    loaded = load_files(list(vendors.metabase(tmp_path, samples, acc_every=4)))
    last = len(loaded.samples)
    assert len(samples) - last <= 3  # too far behind the accelerometer's last value
    np.testing.assert_allclose(loaded.samples.gyr_rad_s, samples.gyr_rad_s[:last], atol=1e-8)
    np.testing.assert_allclose(loaded.samples.acc_m_s2[:-3], samples.acc_m_s2[: last - 3], atol=0.01)


def test_streamed_metamotion_is_dated_by_its_rate_not_by_its_packets(tmp_path: Path) -> None:
    samples = moving_samples(60.0)
    loaded = load_files(list(vendors.metabase(tmp_path, samples, streamed=True)))
    steps_s = np.diff(loaded.samples.time_s[500:])
    assert np.all(np.abs(steps_s - 0.01) < 0.0026)  # packets are up to 30 ms late
    assert loaded.samples.time_s[-1] == pytest.approx(60.0, abs=0.1)
    assert any("when packets came" in notice for notice in loaded.notices)


def test_a_stall_of_streamed_metamotion_is_a_gap(tmp_path: Path) -> None:
    samples = moving_samples(60.0)
    kept = samples[:3000].joined(samples[3240:])
    loaded = load_files(list(vendors.metabase(tmp_path, kept, streamed=True)))
    assert np.max(np.diff(loaded.samples.time_s)) == pytest.approx(2.4, abs=0.1)


def test_what_is_known_cannot_be_told(tmp_path: Path) -> None:
    pair = vendors.metabase(tmp_path, moving_samples())
    with pytest.raises(UsageError, match=r"cannot be told\. Leave them out"):
        load_files(pair, options=CsvOptions(rate_hz=100.0))
    with pytest.raises(UsageError, match=r"cannot be told\. Leave them out"):
        load_files(pair, {"acc_unit": "m/s2"})


def test_two_sessions_in_one_file_are_not_one(tmp_path: Path) -> None:
    acc, gyr = vendors.metabase(tmp_path, moving_samples())
    rows = gyr.read_text().splitlines()
    gyr.write_text("\n".join([*rows, *rows[1:]]) + "\n")
    with pytest.raises(InputError, match=r"backwards.*Cut both files there") as refused:
        load_files([acc, gyr])
    assert "a rate" not in str(refused.value)


def test_half_of_a_pair_says_what_to_name(tmp_path: Path) -> None:
    acc, _ = vendors.metabase(tmp_path, moving_samples())
    with pytest.raises(
        InputError, match=r"without the gyroscope's file by MetaMotion's app\. Name the accelerometer's"
    ):
        load_files([acc])


def test_pairs_of_two_sensors_are_not_mixed(tmp_path: Path) -> None:
    acc, gyr = vendors.metabase(tmp_path, moving_samples())
    other = tmp_path / "other_Accelerometer.csv"
    other.write_text(acc.read_text())
    with pytest.raises(InputError, match=r"more than one file of the accelerometer.*Name two files of one sensor"):
        load_files([acc, gyr, other])


def test_files_of_two_days_are_no_session(tmp_path: Path) -> None:
    acc, gyr = vendors.metabase(tmp_path, moving_samples())
    gyr.write_text(gyr.read_text().replace(f"\n{vendors.START_MS // 10**7}", f"\n{vendors.START_MS // 10**7 + 9}"))
    with pytest.raises(InputError, match=r"do not overlap in time\. Name the two files of one session"):
        load_files([acc, gyr])


@pytest.mark.parametrize(("platform", "standard"), [("android", False), ("ios", False), ("ios", True)])
def test_a_phone_reads_up_as_up(tmp_path: Path, platform: str, standard: bool) -> None:
    samples = moving_samples()
    folder = vendors.phone(tmp_path / "phone", samples, platform=platform, standard=standard)
    assert_same(load_files([folder]).samples, samples)
    assert_same(load_files([vendors.zipped(folder)]).samples, samples)


def test_a_phone_without_gravity_says_which_file_has_it(tmp_path: Path) -> None:
    folder = vendors.phone(tmp_path / "phone", moving_samples())
    (folder / "TotalAcceleration.csv").unlink()
    for paths in ([folder], [folder / "Accelerometer.csv", folder / "Gyroscope.csv"]):
        with pytest.raises(InputError, match=r"no gravity in it.*TotalAcceleration\.csv \(Android\)"):
            load_files(paths)


@pytest.mark.parametrize("standard", [False, True])
def test_an_iphone_without_raw_values_gives_them_by_gravity(tmp_path: Path, standard: bool) -> None:
    samples = moving_samples()
    folder = vendors.phone(tmp_path / "phone", samples, platform="ios", standard=standard)
    (folder / "AccelerometerUncalibrated.csv").unlink()
    vendors.add_gravity(folder, samples, 1.0 if standard else -1.0)
    loaded = load_files([folder])
    assert_same(loaded.samples, samples)
    rows = (folder / "Gravity.csv").read_text().splitlines()
    (folder / "Gravity.csv").write_text("\n".join([rows[0], *rows[3:]]) + "\n")
    with pytest.raises(InputError, match="no gravity in it"):
        load_files([folder])


def test_an_iphone_is_not_guessed(tmp_path: Path) -> None:
    folder = vendors.phone(tmp_path / "phone", moving_samples(), platform="ios")
    (folder / "Metadata.csv").unlink()
    with pytest.raises(InputError, match="Name the whole folder or archive"):
        load_files([folder])


def test_tables_that_are_no_pair_are_refused(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(table(moving_samples()))
    with pytest.raises(UsageError, match=r"no pair of accelerometer and gyroscope.*Name one: a\.csv, b\.csv"):
        load_files([tmp_path])
    (tmp_path / "b.csv").unlink()
    assert_same(load_files([tmp_path]).samples, moving_samples(), to=1e-5)


def test_folders_and_archives_with_nothing_in_them(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RecordingError, match="No CSV file is in empty"):
        load_files([tmp_path / "empty"])
    folder = vendors.phone(tmp_path / "phone", moving_samples(1.0))
    whole = vendors.zipped(folder).read_bytes()
    torn = tmp_path / "torn.zip"
    torn.write_bytes(whole[:200] + bytes(200) + whole[400:])
    with pytest.raises(HiplevelError):
        load_files([torn])
