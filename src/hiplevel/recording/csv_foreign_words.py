"""Column names in German, French and Spanish, in English: 'Beschleunigung x', 'temps', 'giroscopio'."""

import re
import unicodedata

_WORDS = {
    "time": "zeit zeitpunkt zeit_in_sekunden temps temps_en_secondes tiempo tiempo_en_segundos",
    "timestamp": "zeitstempel horodatage horodate marca_de_tiempo marca_temporal",
    "elapsed_time": "verstrichene_zeit vergangene_zeit temps_ecoule tiempo_transcurrido",
    "seconds": "sekunden secondes segundos",
    "acceleration": "beschleunigung aceleracion",
    "accelerometer": "beschleunigungssensor beschleunigungsmesser beschleunigungsaufnehmer accelerometre acelerometro",
    "gyroscope": "gyroskop kreisel drehratensensor giroscopio giroscopo",
    "angular_velocity": "winkelgeschwindigkeit drehgeschwindigkeit vitesse_angulaire velocidad_angular",
    "angular_rate": "drehrate drehraten vitesse_de_rotation velocidad_de_giro tasa_de_giro",
}
_ENGLISH = {foreign: english for english, words in _WORDS.items() for foreign in words.split()}
_ANY = re.compile(rf"(?<![a-z])({'|'.join(sorted(_ENGLISH, key=len, reverse=True))})(?![a-z])")
_AXIS = re.compile(r"_(?:achse|axe|eje)_|_(?:en|in|sur|selon)_(?=[xyz]$)|(?<=_[xyz])_?(?:achse|axe|eje)$")


def in_english(words: str) -> str:
    """A column's name in lower case with underscores, as an English program would have named it."""
    plain = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    return _AXIS.sub("_", _ANY.sub(lambda found: _ENGLISH[found[1]], plain)).strip("_")
