//! Times of whole texts, and properties that hold for any text.

#[path = "properties/times.rs"]
mod properties;

use proptest::prelude::*;
use proptest::sample::select;
use tidings::annotation::Annotation;
use tidings::nlp::Pipeline;
use tidings::source::Article;
use tidings::time;

/// The times of a text that was published on Tuesday, 20 May 2025, as `words = value`.
fn times(text: &str) -> Vec<String> {
    let article =
        Article { text: text.to_owned(), published: Some("2025-05-20".to_owned()), ..Article::default() };
    let mut annotation = Annotation { article, ..Annotation::default() };
    time::add(&mut annotation, &Pipeline::embedded().parse(text));
    annotation.times.iter().map(|time| format!("{} = {}", time.span.of(text), time.value)).collect()
}

#[test]
fn dates_are_those_nearest_to_the_publication_that_suit_the_tense() {
    for (text, expected) in [
        ("The parties met on Monday.", "Monday = 2025-05-19"),
        ("The parties will meet on Monday.", "Monday = 2025-05-26"),
        ("The parliament opens on Friday.", "Friday = 2025-05-23"),
        ("It was passed in December.", "December = 2024-12"),
        ("It will be passed in December.", "December = 2025-12"),
        ("The storm hit early on 3 January.", "early on 3 January = 2025-01-03"),
        ("He resigned last Friday night.", "last Friday night = 2025-05-16TNI"),
        ("The army took the town in mid-2011.", "mid-2011 = 2011"),
        ("Prices rose in the third quarter.", "the third quarter = 2024-Q3"),
        ("She left two years ago.", "two years ago = 2023"),
        ("The law expires at the end of next year.", "the end of next year = 2026"),
    ] {
        assert_eq!(times(text), [expected], "{text}");
    }
}

#[test]
fn durations_sets_and_references_have_their_values() {
    for (text, expected) in [
        ("They have fought for over two decades.", "over two decades = P20Y"),
        ("The ties have worsened in recent years.", "recent years = PAST_REF"),
        ("A 34-year-old man was arrested.", "34-year-old = P34Y"),
        ("The siege lasted two and a half years.", "two and a half years = P2.5Y"),
        ("Every summer the river dries up.", "Every summer = XXXX-SU"),
        ("They meet twice a week.", "twice a week = P1W"),
        ("The law allows 40 hearings per month.", "per month = P1M"),
        ("The wall fell a quarter of a century ago.", "a quarter of a century ago = 2000"),
        ("In the first half of last year, exports fell.", "the first half of last year = 2024-H1"),
        ("The week before last, the minister quit.", "The week before last = 2025-W19"),
        ("The ship is currently at sea.", "currently = PRESENT_REF"),
        ("In the late 1990s the price fell.", "the late 1990s = 199"),
        ("The city was founded in the 5th century BC.", "the 5th century BC = BC04"),
    ] {
        assert_eq!(times(text), [expected], "{text}");
    }
}

#[test]
fn times_lead_from_one_to_the_next() {
    assert_eq!(
        times(
            "Napoleon landed on 1 March 1815. The following day he moved north. In June of that year he lost."
        ),
        ["1 March 1815 = 1815-03-01", "The following day = 1815-03-02", "June of that year = 1815-06"]
    );
    assert_eq!(
        times("They met between March and April 1918, and on April 6-7, 1917."),
        ["March = 1918-03", "April 1918 = 1918-04", "April 6 = 1917-04-06", "7, 1917 = 1917-04-07"]
    );
}

#[test]
fn a_day_that_is_a_name_has_its_own_year() {
    assert_eq!(times("The October 7 massacre changed that."), ["October 7 = 2023-10-07"]);
    assert_eq!(times("The 9/11 attacks changed that."), ["9/11 = 2001-09-11"]);
    assert_eq!(times("They voted on October 7."), ["October 7 = 2024-10-07"]);
}

#[test]
fn words_that_only_look_like_times_are_none() {
    for text in [
        "Theresa May met them.",
        "The troops march on.",
        "He may go.",
        "It costs $ 2000.",
        "Some 1,500 people came.",
        "She came second.",
    ] {
        assert_eq!(times(text), Vec::<String>::new(), "{text}");
    }
}

const WORDS: &[&str] = &[
    "the",
    "a",
    "last",
    "next",
    "this",
    "early",
    "end",
    "of",
    "in",
    "May",
    "Sept.",
    "20",
    "20th",
    "1939",
    "’99",
    "1990s",
    "BC",
    "year",
    "years",
    "weeks",
    "-",
    "–",
    ",",
    "/",
    ":",
    "30",
    "p.m.",
    "GMT",
    "ago",
    "later",
    "before",
    "two",
    "hundred",
    "million",
    "first",
    "quarter",
    "century",
    "every",
    "Monday",
    "mondays",
    "night",
    "noon",
    "Christmas",
    "half",
    "and",
    "99999999999",
    "0",
    "31",
    "February",
    "9998",
    "12",
    ".",
    "\n\n",
    "é",
    "東京",
    "İ",
    "½",
    "old",
    "from now",
    "now",
    "yesterday",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn times_of_any_words_are_sound(
        words in prop::collection::vec((select(WORDS), select(&["", " ", " "][..])), 0..40),
        dated in any::<bool>(),
    ) {
        let text: String = words.iter().flat_map(|(word, gap)| [*word, *gap]).collect();
        properties::times_are_sound(&text, dated.then_some("2024-02-29"));
    }

    #[test]
    fn times_of_any_text_are_sound(text in any::<String>()) {
        properties::times_are_sound(&text, Some("2025-05-20"));
    }
}
