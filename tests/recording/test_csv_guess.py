import pytest

from hiplevel.recording.csv_guess import fill, guess_columns


@pytest.mark.parametrize(
    ("header", "units"),
    [
        ("time_s,acc_x_m_s2,acc_y_m_s2,acc_z_m_s2,gyr_x_rad_s,gyr_y_rad_s,gyr_z_rad_s", ("s", "m/s2", "rad/s")),
        ("timestamp,AccX,AccY,AccZ,GyroX,GyroY,GyroZ", ("", "", "")),
        ("t,ax,ay,az,gx,gy,gz", ("", "", "")),
        ("time (ms),ax (g),ay (g),az (g),gx (dps),gy (dps),gz (dps)", ("ms", "g", "deg/s")),
        ("Time[s],AccX[g],AccY[g],AccZ[g],GyrX[°/s],GyrY[°/s],GyrZ[°/s]", ("s", "g", "deg/s")),
        ("t_us,acc_x_mg,acc_y_mg,acc_z_mg,gyr_x_mdps,gyr_y_mdps,gyr_z_mdps", ("us", "mg", "mdeg/s")),
        ("PacketCounter,SampleTimeFine,Acc_X,Acc_Y,Acc_Z,Gyr_X,Gyr_Y,Gyr_Z", ("us", "", "")),
        (
            "time,seconds_elapsed,accelerometer_x,accelerometer_y,accelerometer_z,"
            "gyroscope_x,gyroscope_y,gyroscope_z,mag_x,mag_y,mag_z",
            ("s", "", ""),
        ),
        (
            "Timestamp (µs),Accelerometer X (m/s²),Accelerometer Y (m/s²),Accelerometer Z (m/s²),"
            "Gyroscope X (rad/s),Gyroscope Y (rad/s),Gyroscope Z (rad/s)",
            ("us", "m/s2", "rad/s"),
        ),
        ("time,gFx,gFy,gFz,wx,wy,wz", ("", "", "")),  # Physics Toolbox
        (
            "time,DeviceName,AccX(g),AccY(g),AccZ(g),AsX(°/s),AsY(°/s),AsZ(°/s),AngleX(°)",
            ("", "g", "deg/s"),
        ),  # WitMotion
        ("time,acc.x,acc.y,acc.z,rotationRate.x,rotationRate.y,rotationRate.z", ("", "", "")),
        ("epoch_ns,x_acc,y_acc,z_acc,x_gyr,y_gyr,z_gyr", ("ns", "", "")),
    ],
)
def test_well_known_headers_are_understood(header: str, units: tuple[str, str, str]) -> None:
    names = header.split(",")
    columns = fill({}, names, dated_by_rate=False)
    assert columns is not None
    assert (columns.time_unit, columns.acc_unit, columns.gyr_unit) == units
    assert [name.lower()[0] for name in columns.acc] in (["a"] * 3, ["g"] * 3, ["x", "y", "z"])
    assert len({*columns.names()}) == 7


@pytest.mark.parametrize(
    ("header", "units"),
    [
        (
            "Zeit (s);Beschleunigung x (m/s²);Beschleunigung y (m/s²);Beschleunigung z (m/s²);"
            "Drehrate x (°/s);Drehrate y (°/s);Drehrate z (°/s)",
            ("s", "m/s2", "deg/s"),
        ),
        (
            "Zeitstempel [ms];Beschleunigung X-Achse [g];Beschleunigung Y-Achse [g];Beschleunigung Z-Achse [g];"
            "Gyroskop X [Grad/s];Gyroskop Y [Grad/s];Gyroskop Z [Grad/s]",
            ("ms", "g", "deg/s"),
        ),
        (
            "Zeit in Sekunden;Beschleunigungssensor x;Beschleunigungssensor y;Beschleunigungssensor z;"
            "Winkelgeschwindigkeit_x;Winkelgeschwindigkeit_y;Winkelgeschwindigkeit_z",
            ("", "", ""),
        ),
        (
            "Temps (s);Accélération x (m/s^2);Accélération y (m/s^2);Accélération z (m/s^2);"
            "Vitesse angulaire x (rad/s);Vitesse angulaire y (rad/s);Vitesse angulaire z (rad/s)",
            ("s", "m/s2", "rad/s"),
        ),
        (
            "horodatage_ms;accéléromètre_x;accéléromètre_y;accéléromètre_z;gyroscope_x;gyroscope_y;gyroscope_z",
            ("ms", "", ""),
        ),
        (
            "tiempo (s);aceleración x (g);aceleración y (g);aceleración z (g);"
            "velocidad angular x (grados/s);velocidad angular y (grados/s);velocidad angular z (grados/s)",
            ("s", "g", "deg/s"),
        ),
        (
            "tiempo;acelerómetro eje x;acelerómetro eje y;acelerómetro eje z;giroscopio eje x;giroscopio eje y;"
            "giroscopio eje z",
            ("", "", ""),
        ),
    ],
)
def test_german_french_and_spanish_headers_are_understood(header: str, units: tuple[str, str, str]) -> None:
    names = header.split(";")
    columns = fill({}, names, dated_by_rate=False)
    assert columns is not None
    assert columns.names() == names
    assert (columns.time_unit, columns.acc_unit, columns.gyr_unit) == units


def test_acceleration_without_gravity_is_not_taken_in_german_either() -> None:
    linear = [f"Lineare Beschleunigung {axis}" for axis in "xyz"]
    told = guess_columns(["Zeit", *linear, *(f"Drehrate {axis}" for axis in "xyz")])
    assert "acc" not in told
    assert told["time"] == "Zeit"


@pytest.mark.parametrize(
    ("header", "unclear"),
    [
        ("time,x,y,z", "acc"),
        ("time,ax,ay,az,acc_x,acc_y,acc_z,gx,gy,gz", "acc"),  # two accelerometers
        ("time,ax,ay,gx,gy,gz", "acc"),
        ("time,linear_acceleration_x,linear_acceleration_y,linear_acceleration_z,gx,gy,gz", "acc"),
        ("time,timestamp,ax,ay,az,gx,gy,gz", "time"),
        ("ax,ay,az,gx,gy,gz", "time"),
        ("time,ax,ay,az,pitch,roll,yaw", "gyr"),
    ],
)
def test_what_could_be_meant_otherwise_is_not_guessed(header: str, unclear: str) -> None:
    names = header.split(",")
    assert unclear not in guess_columns(names)
    assert fill({}, names, dated_by_rate=False) is None


SHIMMER = [
    "Shimmer_9C2A_Timestamp_Unix_CAL",
    *(f"Shimmer_9C2A_Accel_LN_{axis}_CAL" for axis in "XYZ"),
    *(f"Shimmer_9C2A_Gyro_{axis}_CAL" for axis in "XYZ"),
]


@pytest.mark.parametrize(
    "header", [SHIMMER, ["time", *(f"lower_back_{kind}_{axis}" for kind in ("acc", "gyr") for axis in "xyz")]]
)
def test_a_beginning_that_all_columns_of_the_one_sensor_share_is_read_past(header: list[str]) -> None:
    columns = fill({}, header, dated_by_rate=False)
    assert columns is not None
    assert columns.names() == header


def test_of_several_sensors_none_is_chosen() -> None:
    of = {place: [f"{place}_{kind}_{axis}" for kind in ("acc", "gyr") for axis in "xyz"] for place in ("hip", "thigh")}
    assert fill({}, ["time", *of["hip"], *of["thigh"]], dated_by_rate=False) is None
    both = [*SHIMMER, *(f"Shimmer_9C2A_Accel_WR_{axis}_CAL" for axis in "XYZ")]
    assert "acc" not in guess_columns(both)


def test_what_is_told_comes_before_what_the_header_says() -> None:
    names = ["time_ms", "ax_g", "ay_g", "az_g", "u", "v", "w"]
    columns = fill({"gyr": ("u", "v", "w"), "acc_unit": "mg"}, names, dated_by_rate=False)
    assert columns is not None
    assert (columns.time, columns.time_unit, columns.acc_unit, columns.gyr_unit) == ("time_ms", "ms", "mg", "")
    assert columns.gyr == ("u", "v", "w")


def test_a_rate_replaces_the_time_column() -> None:
    columns = fill({}, ["ax", "ay", "az", "gx", "gy", "gz"], dated_by_rate=True)
    assert columns is not None
    assert columns.time is None


def test_axes_in_different_units_leave_the_unit_open() -> None:
    columns = fill({}, ["time", "ax_g", "ay_mg", "az_g", "gx", "gy", "gz"], dated_by_rate=False)
    assert columns is not None
    assert columns.acc_unit == ""
