"""Five reports of one briefing, of our own writing: three outlets print it, one repeats it, one has the denial."""

from datetime import date

from app.domain.report import Report

DAY, NEXT_DAY = date(2023, 7, 12), date(2023, 7, 13)

COURIER = Report(
    "Ukrainian troops advanced near Klishchiivka, south of Bakhmut, and are digging in, the General Staff of the Armed"
    " Forces of Ukraine said in its evening briefing.\n",
    DAY,
    "Morning Courier",
)
RADIO = Report(
    "Evening news.\n\nThe General Staff of the Armed Forces of Ukraine said that Ukrainian troops had advanced near"
    " Klishchiivka, south of Bakhmut, and are digging in.\n\nTomorrow will be hot and dry.\n",
    DAY,
    "Steppe Radio",
)
GAZETTE = Report(
    "According to the General Staff of the Armed Forces of Ukraine, Ukrainian troops advanced near Klishchiivka, south"
    " of Bakhmut, and are digging in.\n",
    DAY,
    "Front Gazette",
)
REPEATED = Report(
    "Ukrainian troops advanced near Klishchiivka, south of Bakhmut, and are digging in, the General Staff of the Armed"
    " Forces of Ukraine said on Thursday.\n",
    NEXT_DAY,
    "Morning Courier",
)
DENIED = Report(
    "Russia's Defence Ministry denied that Ukrainian troops had advanced near Klishchiivka.\n", DAY, "Volga Wire"
)
BRIEFING = (COURIER, RADIO, GAZETTE)
ALL = (*BRIEFING, REPEATED, DENIED)
