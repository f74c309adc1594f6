use super::unit::{Part, Season, Unit};

/// What was read from some pieces: up to where, and what it means before it is resolved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    /// One past its last piece.
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    /// The time of the day, if it has one.
    pub(super) clock: Option<Clock>,
}

impl Reading {
    pub(super) fn new(end: usize, meaning: Meaning) -> Self {
        Self { end, meaning, clock: None }
    }

    pub(super) fn at(self, end: usize, clock: Clock) -> Self {
        Self { end, clock: Some(clock), ..self }
    }

    /// Whether it is precise to a day.
    pub(super) fn is_day(&self) -> bool {
        match &self.meaning {
            Meaning::Weekday(..) | Meaning::Offset(Unit::Day, ..) => true,
            Meaning::Calendar(_, field) => {
                matches!(field, Field::Day(..) | Field::DayOfMonth(_) | Field::Feast(_))
            }
            _ => false,
        }
    }

    /// Whether it means a time of the calendar, not a duration, set or reference.
    pub(super) fn is_calendar(&self) -> bool {
        !matches!(self.meaning, Meaning::Duration(..) | Meaning::Set(_) | Meaning::Reference(_))
    }
}

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A part of a year.
    Calendar(Year, Field),
    /// The years `10 * n` to `10 * n + 9`; of `'80s` only the 8 is known.
    Decade(i16),
    ShortDecade(i16),
    Century(i16),
    /// `'99`.
    ShortYear(i16),
    Weekday(i8, Turn),
    /// A month, season or quarter in its turn: `last May`.
    Turn(Field, Turn),
    /// So many units from an anchor: `two years ago`, `last week`, `the same day`.
    Offset(Unit, i32, Anchor),
    /// The n-th unit of a time, from 1; -1 is the last.
    Within(Unit, i8, Box<Meaning>),
    /// A number of units, unknown if `None`.
    Duration(Option<f64>, Unit),
    /// The value of a set.
    Set(String),
    Reference(Reference),
    /// A part of a day that nothing tells.
    SomeDay,
}

/// The year of a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Year {
    Known(i16),
    /// So many years from an anchor: `March last year`, `April of that year`.
    Shifted(i16, Anchor),
    /// Not said.
    Open,
}

/// What part of a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field {
    All,
    Fiscal,
    Half(i8),
    Quarter(i8),
    Season(Season),
    Month(i8),
    Day(i8, i8),
    /// The day of a month that is not said: `the 20th`.
    DayOfMonth(i8),
    Feast(Feast),
}

/// Feasts whose day is another each year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Feast {
    /// Of the western churches, so many days from Easter.
    Easter(i32),
    /// The n-th weekday (1 is Monday) of a month; -1 is the last.
    Weekday(i8, i8, i8),
}

/// From where an offset counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Anchor {
    /// The day of publication, of `today` and the like.
    Today,
    /// The day of publication, or in a tale the time last spoken of.
    Published,
    /// The last time that was spoken of.
    Spoken,
    /// The same if it was in this sentence, else, in news, the day of publication.
    Near,
}

/// Which one of those that come again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Turn {
    /// The nearest that suits the tense.
    Plain,
    Last,
    This,
    Next,
    /// The one before or after the time last spoken of: `the previous April`.
    Before,
    After,
}

/// The TIMEX3 references.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reference {
    Past,
    Present,
    Future,
}

/// A time of the day.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Clock {
    Part(Part),
    /// As `T14:30`.
    At(String),
}
