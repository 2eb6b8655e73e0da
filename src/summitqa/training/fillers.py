"""Made-up values for training tables and lists: names, places, prices, dates, short phrases.

A template mixes plain text, alternatives in brackets (``[early/late]``) and values in braces
(``{money:2:9}``). Names come from pools far larger than any training set, so that none can be learnt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_VALUE = re.compile(r"\{([a-z]+)((?::[^{}:]*)*)\}")

_FIRST = (
    "Ada Amir Aisha Alba Anton Asha Bruno Carla Chidi Clara Dario Devi Elif Emeka Erik Esther Farid Fiona Gita Goran "
    "Hana Hugo Ilse Imran Ines Ivo Jana Joao Jonas Kaito Karim Kirsten Lars Leila Lina Luca Mado Malik Marta Mina "
    "Nadia Nils Noor Olga Omar Pavel Petra Priya Rafael Rosa Samir Sanne Sofia Tariq Tessa Tomas Uma Vera Wanjiru "
    "Wei Yara Yusuf Zoe Grace Henry Alice Peter Ruth Simon Julia Martin Helen David Laura Paul Anna Mark Susan"
).split()
_STARTS = (
    "Al Bar Bel Ber Bran Cal Cor Dal Dar Del Dor El Fal Fen Gar Gol Hal Har Hol Jar Kal Kel Kor Lan Lar Lin Lor Mal "
    "Mar Mel Mor Nal Nor Ol Or Pal Pel Per Quil Ral Rav Ros Sal Sel Sor Tal Tar Tor Ul Val Var Vel Ver Wal Wil Yar Zel"
).split()
_MIDDLES = "a an ar e el en er i il in o ol on or u un ".split(" ")
_ENDINGS = "ski sen son ova ez ini ard man kar dal berg ström lund ley well ton ham wick nik oğlu ides etti ano".split()
_PLACE_ENDINGS = (
    "ton ham by ford wick field dale mouth bridge burg haven stead minster grad ville mere port worth combe cliff"
).split()
_COUNTRIES = (
    "Norway Chile Kenya Japan Portugal Canada Ghana Peru Finland Vietnam Morocco Iceland Brazil Jordan Estonia India "
    "Denmark Mexico Nepal Uruguay Ireland Senegal Austria Malaysia Croatia Ecuador Latvia Bolivia Zambia Slovenia "
    "Belgium Thailand Tunisia Cyprus Panama Namibia Greece Oman Malta Fiji Botswana Sweden"
).split()
_ADJECTIVES = (
    "Amber Blue Bright Cedar Copper Coral Crystal Falcon Golden Granite Green Harbour Iron Ivory Jade Little Lunar "
    "Maple Meadow Northern Oak Old Orchid Pearl Quiet Red River Royal Ruby Sable Scarlet Silver Solar Southern "
    "Stone Summit Swift Union Velvet Violet Western White Wild Winter"
).split()
_NOUNS = (
    "Arrow Bell Bridge Brook Crane Crest Crown Dawn Eagle Field Fox Garden Gate Grove Hawk Heron Hill House Kestrel "
    "Lake Lantern Leaf Lion Mill Moon Otter Park Peak Pine Pond Ridge Rock Rose Star Stream Tower Tree Valley Wave Wolf"
).split()
_THINGS = (
    "torch rope ladder notebook map key card permit ticket passport lamp blanket tent saw shovel bucket brush helmet "
    "whistle compass kettle pan radio battery cable charger printer folder stamp envelope receipt contract photo form "
    "certificate badge chair table bench flag banner poster microphone camera tripod towel jacket scarf bottle cup"
).split()
_QUALITIES = (
    "spare new old signed folding small large second plain sturdy green waterproof borrowed printed valid clean dry "
    "long short heavy light sealed empty stamped"
).split()
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_LEVELS = (
    ("Low", "Medium", "High"),
    ("Very low", "Low", "Moderate", "High", "Very high"),
    ("Unlikely", "Possible", "Likely", "Almost certain"),
    ("Slim", "Fair", "Good", "Strong"),
    ("Poor", "Fair", "Good", "Excellent"),
    ("Minor", "Moderate", "Serious", "Severe"),
)


class Filler:
    """Fills templates; one per table, so that currency, date and time keep one form within it."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._currency = rng.choice(["€{}", "€{}", "${}", "${}", "£{}", "{} kr", "{} euros", "{} francs", "${}"])
        self._date_form = rng.choice(["{d} {m}", "{m} {d}", "{d} {m} {y}", "{m} {d}, {y}", "{w}, {d} {m}"])
        self._clock_form = rng.choice(["24", "24", "12"])
        self._year = rng.randint(1985, 2031)
        self._kinds: dict[str, Callable[..., str]] = {
            "money": self._money,
            "int": self._int,
            "dec": self._decimal,
            "pct": self._percent,
            "date": self._date,
            "month": lambda: rng.choice(_MONTHS),
            "day": lambda: rng.choice(_DAYS),
            "clock": self._clock,
            "year": lambda low="1950", high="2025": str(rng.randint(int(low), int(high))),
            "minutes": self._minutes,
            "first": lambda: rng.choice(_FIRST),
            "person": self._person,
            "surname": self._surname,
            "place": self._place,
            "country": lambda: rng.choice(_COUNTRIES),
            "brand": lambda: f"{rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)}",
            "word": self._word,
            "thing": lambda: f"a {rng.choice(_QUALITIES)} {rng.choice(_THINGS)}".replace("a old", "an old").replace(
                "a e", "an e"
            ),
            "levels": lambda which: rng.choice(_LEVELS[int(which)]),
            "letter": lambda: rng.choice("ABCDEFGHJKLMNPRSTUVWX"),
        }

    def fill(self, template: str) -> str:
        """Return *template* with its alternatives chosen and its values made."""
        return re.sub(" {2,}", " ", _VALUE.sub(self._value, self.choose(template))).strip()

    def choose(self, template: str) -> str:
        """Return *template* with only its alternatives chosen."""
        while match := _CHOICE.search(template):
            chosen = self.rng.choice(match.group(1).split("/"))
            template = template[: match.start()] + chosen + template[match.end() :]
        return template

    def _value(self, match: re.Match[str]) -> str:
        arguments = match.group(2).split(":")[1:]
        return self._kinds[match.group(1)](*arguments)

    def _money(self, low: str, high: str, decimals: str = "0") -> str:
        if decimals == "2":
            return self._currency.format(f"{self.rng.randint(int(low) * 20, int(high) * 20) / 20:.2f}")
        step = 1 if int(high) < 200 else 5 if int(high) < 2000 else 50
        return self._currency.format(f"{self.rng.randrange(int(low), int(high) + 1, step):,}")

    def _int(self, low: str, high: str) -> str:
        return f"{self.rng.randint(int(low), int(high)):,}"

    def _decimal(self, low: str, high: str, decimals: str = "1") -> str:
        return f"{self.rng.uniform(float(low), float(high)):.{int(decimals)}f}"

    def _percent(self, low: str = "1", high: str = "99") -> str:
        if self.rng.random() < 0.4:
            return f"{self.rng.uniform(float(low), float(high)):.1f}%"
        return f"{self.rng.randint(int(low), int(high))}%"

    def _date(self) -> str:
        return self._date_form.format(
            d=self.rng.randint(1, 28), m=self.rng.choice(_MONTHS), y=self._year, w=self.rng.choice(_DAYS)
        )

    def _clock(self, low: str = "6", high: str = "22") -> str:
        hour, minute = (
            self.rng.randint(int(low), int(high)),
            self.rng.choice([0, 0, 15, 30, 45, self.rng.randint(1, 59)]),
        )
        if self._clock_form == "24":
            return f"{hour}:{minute:02d}"
        return f"{(hour - 1) % 12 + 1}:{minute:02d} {'am' if hour < 12 else 'pm'}"

    def _minutes(self, low: str, high: str) -> str:
        total = self.rng.randint(int(low), int(high))
        if total < 90:
            return f"{total} minutes"
        return f"{total // 60} h {total % 60} min" if total % 60 else f"{total // 60} hours"

    def _person(self) -> str:
        return f"{self.rng.choice(_FIRST)} {self._surname()}"

    def _surname(self) -> str:
        return self._word() + self.rng.choice(_ENDINGS)

    def _place(self) -> str:
        stem = self._word() + self.rng.choice(_PLACE_ENDINGS)
        return self.rng.choice([*["{}"] * 8, "Upper {}", "North {}", "Port {}", "New {}"]).format(stem)

    def _word(self) -> str:
        return self.rng.choice(_STARTS) + self.rng.choice(_MIDDLES)
