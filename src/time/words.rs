//! The words that time expressions are made of.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::unit::{Part, Season, Unit};

/// What a piece of text may be in a time expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lex {
    /// The end of a paragraph or of the text.
    Break,
    /// Any other word or character.
    Other,
    /// A number in digits, of at most nine.
    Digits(u32),
    /// `one` to `ninety`.
    Cardinal(u32),
    /// `dozen`, `hundred`, `thousand`, `million`.
    Scale(u32),
    /// `first` to `ninetieth`; `second` is one, too.
    Ordinal(u32),
    /// A month by its full name, 1 to 12.
    Month(i8),
    /// A month in short.
    ShortMonth(i8),
    /// A day of the week, Monday is 1.
    Weekday(i8),
    /// A day of the week in short.
    ShortWeekday(i8),
    /// Days of the week: `Mondays`.
    Weekdays(i8),
    /// A unit: `year`.
    Unit(Unit),
    /// Several of a unit: `years`.
    Units(Unit),
    Season(Season),
    /// A part of the day.
    Part(Part),
    /// Parts of days: `nights`.
    Parts(Part),
    /// A word that opens an expression, or stands for one: `last`, `early`, `today`, `every`.
    Opener,
}

/// The number that a word in lower case is, `one` to `ninety`.
pub(crate) fn cardinal(word: &str) -> Option<u32> {
    match lex(word) {
        Lex::Cardinal(number) => Some(number),
        _ => None,
    }
}

/// How much a word in lower case makes of the number before it: `dozen`, `hundred`, `thousand`, `million`.
pub(crate) fn scale(word: &str) -> Option<u32> {
    match lex(word) {
        Lex::Scale(scale) => Some(scale),
        _ => None,
    }
}

/// The class of a word in lower case.
pub(super) fn lex(word: &str) -> Lex {
    let first = word.as_bytes().first().copied().unwrap_or_default();
    if first.is_ascii_digit() {
        return match word.parse() {
            Ok(n) if word.len() < 10 => Lex::Digits(n),
            _ => Lex::Other,
        };
    }
    // The longest word of the table has 13 letters.
    if word.len() > 13 || !first.is_ascii_lowercase() {
        return Lex::Other;
    }
    WORDS.get(word).copied().unwrap_or(Lex::Other)
}

static WORDS: LazyLock<HashMap<&str, Lex>> = LazyLock::new(|| {
    let numbered = |words: &'static str, class: fn(i8) -> Lex| {
        words.split(' ').zip(1..).map(move |(word, n)| (word, class(n)))
    };
    let counted = |words: &'static str, class: fn(u32) -> Lex| {
        words.split(' ').zip(1..).map(move |(word, n)| (word, class(n)))
    };
    let tens = |words: &'static str, class: fn(u32) -> Lex| {
        words.split(' ').zip(2..).map(move |(word, n)| (word, class(n * 10)))
    };
    let mut words: HashMap<&str, Lex> = OPENERS.split_whitespace().map(|word| (word, Lex::Opener)).collect();
    words.extend(numbered(MONTHS, Lex::Month));
    words.extend(numbered("jan feb mar apr may jun jul aug sep oct nov dec", Lex::ShortMonth));
    words.extend([("may", Lex::Month(5)), ("sept", Lex::ShortMonth(9))]);
    words.extend(numbered(WEEKDAYS, Lex::Weekday));
    words.extend(numbered("mon tue wed thu fri sat sun", Lex::ShortWeekday));
    words.extend([("tues", 2), ("thur", 4), ("thurs", 4)].map(|(word, day)| (word, Lex::ShortWeekday(day))));
    words.extend(numbered("mondays tuesdays wednesdays thursdays fridays saturdays sundays", Lex::Weekdays));
    words.extend(counted(CARDINALS, Lex::Cardinal));
    words.extend(tens("twenty thirty forty fifty sixty seventy eighty ninety", Lex::Cardinal));
    words.extend(counted(ORDINALS, Lex::Ordinal));
    words.extend(tens(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth",
        Lex::Ordinal,
    ));
    words.extend(
        [("dozen", 12), ("hundred", 100), ("thousand", 1000), ("million", 1_000_000)]
            .map(|(word, n)| (word, Lex::Scale(n))),
    );
    for (one, many, unit) in UNITS {
        words.extend([(one, Lex::Unit(unit)), (many, Lex::Units(unit))]);
    }
    // An ordinal first of all.
    words.insert("second", Lex::Ordinal(2));
    for (word, season) in [
        ("spring", Season::Spring),
        ("summer", Season::Summer),
        ("autumn", Season::Autumn),
        ("fall", Season::Autumn),
        ("winter", Season::Winter),
    ] {
        words.insert(word, Lex::Season(season));
    }
    for (one, many, part) in PARTS {
        words.extend([(one, Lex::Part(part)), (many, Lex::Parts(part))]);
    }
    words
});

const MONTHS: &str = "january february march april may june july august september october november december";
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";
const CARDINALS: &str = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
                         sixteen seventeen eighteen nineteen";
const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth \
                        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth";

const UNITS: [(&str, &str, Unit); 12] = [
    ("second", "seconds", Unit::Second),
    ("minute", "minutes", Unit::Minute),
    ("hour", "hours", Unit::Hour),
    ("day", "days", Unit::Day),
    ("week", "weeks", Unit::Week),
    ("fortnight", "fortnights", Unit::Fortnight),
    ("weekend", "weekends", Unit::Weekend),
    ("month", "months", Unit::Month),
    ("quarter", "quarters", Unit::Quarter),
    ("year", "years", Unit::Year),
    ("decade", "decades", Unit::Decade),
    ("century", "centuries", Unit::Century),
];

const PARTS: [(&str, &str, Part); 6] = [
    ("morning", "mornings", Part::Morning),
    ("afternoon", "afternoons", Part::Afternoon),
    ("evening", "evenings", Part::Evening),
    ("night", "nights", Part::Night),
    ("daytime", "daytimes", Part::Day),
    ("dawn", "dawns", Part::Morning),
];

/// Words at which an expression may begin, beside those of the other classes.
const OPENERS: &str = "
    a an the this last next past previous following coming same that these those each every other another recent
    current currently present presently today tonight yesterday tomorrow now nowadays recently lately early mid late
    beginning start end middle several few couple half some about around nearly almost approximately roughly over under
    more less at up no q fy fiscal noon midnight midday overnight daily weekly monthly annual annually yearly hourly
    nightly quarterly biannual biennial christmas easter thanksgiving halloween new boxing good valentine ad bc ' ’
    twenties thirties forties fifties sixties seventies eighties nineties earlier later future upcoming many
    modern to once twice thrice per dozens hundreds thousands";
