//! Units of time, seasons and parts of the day.

/// A unit that time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The TIMEX3 duration of so many; `None` is an unknown number.
    pub(super) fn duration(self, amount: Option<f64>) -> String {
        let (before, factor, after) = match self {
            Self::Second => ("PT", 1.0, "S"),
            Self::Minute => ("PT", 1.0, "M"),
            Self::Hour => ("PT", 1.0, "H"),
            Self::Day => ("P", 1.0, "D"),
            Self::Week => ("P", 1.0, "W"),
            Self::Fortnight => ("P", 2.0, "W"),
            Self::Weekend => ("P", 1.0, "WE"),
            Self::Month => ("P", 1.0, "M"),
            Self::Quarter => ("P", 1.0, "Q"),
            Self::Year => ("P", 1.0, "Y"),
            Self::Decade if amount.is_none() => ("P", 1.0, "DE"),
            Self::Century if amount.is_none() => ("P", 1.0, "CE"),
            Self::Decade => ("P", 10.0, "Y"),
            Self::Century => ("P", 100.0, "Y"),
        };
        match amount {
            Some(n) => format!("{before}{}{after}", n * factor),
            None => format!("{before}X{after}"),
        }
    }

    /// Whether it is a part of a day.
    pub(super) fn within_day(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// A season, as TIMEX3 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// The month that it begins in, in the north.
    pub(super) fn month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// A part of the day, as TIMEX3 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
    Day,
}

impl Part {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Morning => "TMO",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night => "TNI",
            Self::Day => "TDT",
        }
    }
}
