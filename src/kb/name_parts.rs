//! What an entity is called by a part of its name: a person by the surname, a team by its place, a party by its creed, islands
//! without the word for them, a body by its initials.

use super::{Key, Row};
use crate::annotation::{Class, Kind};
use crate::text::{WordList, fold, in_capitals};

/// What belongs to the surname that it stands before.
const PARTICLES: &[&str] = &[
    "al", "el", "ben", "bin", "ibn", "da", "das", "de", "del", "della", "der", "den", "di", "dos", "du",
    "la", "le", "mac", "st", "ten", "ter", "van", "von", "zu", "abu", "ould",
];
/// What may come after a surname.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "v"];

/// Frequent Chinese, Korean and Vietnamese surnames, which stand before the given name.
static FIRST_SURNAMES: WordList = WordList::new(
    "\
    an bai ban bo cai cao chang chen cheng cho choi chu cui dai dang deng ding dinh dong du duan fan fang \
     feng fu gao ge gong gu guo han hao he ho hoang hong hou hu huang hui huynh hwang jang jeon jeong jia \
     jiang jin jung kang kim kong kwon lai le lee lei leung li liang liao lim lin ling liu long lu luo luong \
     ly ma mao meng moon ngo nguyen nie no oh pan pang park peng pham phan qi qian qin qiu ren roh ryu seo \
     shao shen shi shim shin song su sun tan tang tao tian tran trinh truong tsai tsang tung vo vu wan wang \
     wei wen wong woo wu xi xia xiang xiao xie xiong xu xue yan yang yao ye yi yin yoon you yu yuan yun zeng \
     zhai zhang zhao zheng zhong zhou zhu zou",
);
/// Those of them that are given names or surnames of others too: only of people of these countries.
static SHARED_SURNAMES: WordList =
    WordList::new("an ban bo du han ho hong hu kim le lee long ma no park song tan van");
/// China, Hong Kong, Macau, Taiwan, North and South Korea, Vietnam, Singapore.
const SURNAME_FIRST: &[u32] = &[148, 8646, 14_773, 865, 423, 884, 881, 334];

/// Words for kinds of places that are left out: `the Senkaku (Islands)`.
static PLACE_KINDS: WordList = WordList::new(
    "archipelago desert governorate island islands mountains oblast peninsula prefecture province",
);

/// Parts of the names of a row by which it may be called, in no order.
pub(super) fn parts(row: &Row) -> Vec<String> {
    let Some(class) = row.class else { return Vec::new() };
    match class {
        Class::SportsTeam => team_parts(row),
        Class::PoliticalParty => creed(row),
        Class::Event => contest(row).into_iter().collect(),
        _ => match class.kind() {
            Kind::Person => surname(row).into_iter().collect(),
            Kind::Organization => initials(row).into_iter().collect(),
            Kind::Place | Kind::Polity => place(row).into_iter().collect(),
            _ => Vec::new(),
        },
    }
}

/// The surname of a person: the last word of the label, with particles before it; of names that begin with it, the first.
fn surname(row: &Row) -> Option<String> {
    let words: Vec<&str> = row.label.split_whitespace().collect();
    let is = |list: &[&str], word: &str| list.contains(&fold(word).as_str());
    if is_surname_first(row, &words) {
        return Some(words[0].to_owned());
    }
    let mut end = words.len();
    while end > 2 && is(SUFFIXES, words[end - 1]) {
        end -= 1;
    }
    let mut start = end.checked_sub(1).filter(|&start| start > 0)?;
    while start > 1 && is(PARTICLES, words[start - 1]) {
        start -= 1;
    }
    // `Henry VIII of England`, `William the Conqueror` have none.
    if matches!(words[start - 1], "of" | "the") {
        return None;
    }
    let surname = words[start..end].join(" ");
    (surname.chars().count() > 1).then_some(surname)
}

/// Whether the name is written in the order of China, Korea or Vietnam: `Deng Xiaoping`.
fn is_surname_first(row: &Row, words: &[&str]) -> bool {
    let [first, .., last] = words else { return false };
    let (first, last_folded) = (fold(first), fold(last));
    let of_there = matches!(row.country, Some(Key::Item(qid)) if SURNAME_FIRST.contains(&qid));
    words.len() <= 3
        && FIRST_SURNAMES.contains(&first)
        && !FIRST_SURNAMES.contains(&last_folded)
        && (of_there || last.contains('-') || !SHARED_SURNAMES.contains(&first))
}

/// What a team is called where sport is spoken of: by its place (`Boston`, `England`), or without it (`Red Sox`). The words
/// of its label up to each, and from each, as far as they are names.
fn team_parts(row: &Row) -> Vec<String> {
    const GENERIC: &[&str] =
        &["ac", "afc", "as", "cd", "cf", "club", "fc", "fk", "rc", "sc", "sk", "ssc", "sv", "team", "united"];
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    let words: Vec<&str> = row.label.split_whitespace().take_while(is_name).collect();
    let whole = row.label.split_whitespace().count();
    let splits = (1..words.len()).flat_map(|at| [words[..at].join(" "), words[at..].join(" ")]);
    let label = (words.len() < whole).then(|| words.join(" "));
    let tells = |part: &String| part.split(' ').any(|word| !GENERIC.contains(&fold(word).as_str()));
    splits.chain(label).filter(tells).collect()
}

/// The adjective of a party, and its members: `Socialist` and `Socialists` of the Socialist Party.
fn creed(row: &Row) -> Vec<String> {
    let names = std::iter::once(&row.label).chain(&row.aliases);
    let of_name = |name: &String| {
        let creed = name.split(" Party").next().filter(|creed| creed.len() < name.len())?;
        let is_word = creed.split(' ').count() <= 2 && creed.starts_with(char::is_uppercase);
        is_word.then(|| creed.to_owned())
    };
    let mut parts = Vec::new();
    for creed in names.filter_map(of_name) {
        let plural =
            format!("{}s", creed.strip_suffix("ic").filter(|stem| stem.ends_with("crat")).unwrap_or(&creed));
        let has_members =
            ["ist", "ive", "an", "al", "cratic", "Green"].iter().any(|end| creed.ends_with(end));
        if has_members {
            parts.push(plural);
        }
        parts.push(creed);
    }
    parts
}

/// What is held again and again, without the sport or the body: `World Cup` of the Rugby World Cup.
fn contest(row: &Row) -> Option<String> {
    const CONTEST: &str = "World Cup";
    let is_series = !row.label.contains(|c: char| c.is_ascii_digit());
    (is_series && row.label.ends_with(CONTEST) && row.label.len() > CONTEST.len()).then(|| CONTEST.to_owned())
}

/// A place without the word for its kind: `Senkaku` of the Senkaku Islands.
fn place(row: &Row) -> Option<String> {
    let (name, kind) = row.label.rsplit_once(' ')?;
    (PLACE_KINDS.contains(&kind.to_lowercase()) && name.starts_with(char::is_uppercase))
        .then(|| name.to_owned())
}

/// The initials of a body of three words and more that has no acronym yet.
fn initials(row: &Row) -> Option<String> {
    let names = || std::iter::once(&row.label).chain(&row.aliases);
    if names().any(|name| in_capitals(name) && name.chars().count() > 1) {
        return None;
    }
    let small = ["of", "the", "and", "for", "in", "on", "to", "de", "&"];
    let mut letters = String::new();
    for word in row.label.split([' ', '-']).filter(|word| !small.contains(word)) {
        if word == "Television" {
            letters.push_str("TV");
        } else {
            letters.push(word.chars().next().filter(|c| c.is_uppercase())?);
        }
    }
    (3..=6).contains(&letters.chars().count()).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(class: Class, label: &str) -> Vec<String> {
        parts(&Row { label: label.to_owned(), class: Some(class), ..Row::default() })
    }

    #[test]
    fn people_are_known_by_their_surnames() {
        for (label, expected) in [
            ("Ursula von der Leyen", Some("von der Leyen")),
            ("Donald Trump Jr.", Some("Trump")),
            ("Ahmed al-Sharaa", Some("al-Sharaa")),
            ("Mohammed bin Salman", Some("bin Salman")),
            ("Pelé", None),
            ("Juana of Castile", None),
            ("Deng Xiaoping", Some("Deng")),
            ("Moon Jae-in", Some("Moon")),
            ("Jeremy Lin", Some("Lin")),
            ("Long John Baldry", Some("Baldry")),
        ] {
            assert_eq!(parts_of(Class::Person, label).first().map(String::as_str), expected, "{label}");
        }
    }

    #[test]
    fn teams_are_known_by_their_places_and_without_them() {
        let parts = |label: &str| parts_of(Class::SportsTeam, label);
        assert_eq!(parts("Boston Red Sox"), ["Boston", "Red Sox", "Boston Red", "Sox"]);
        assert_eq!(parts("England national football team"), ["England"]);
        assert!(parts("Arsenal F.C.").contains(&"Arsenal".to_owned()));
    }

    #[test]
    fn parties_bodies_and_places_are_known_by_parts() {
        assert_eq!(parts_of(Class::PoliticalParty, "Socialist Party"), ["Socialists", "Socialist"]);
        assert_eq!(parts_of(Class::PoliticalParty, "Democratic Party"), ["Democrats", "Democratic"]);
        assert_eq!(parts_of(Class::PoliticalParty, "Fine Gael"), [""; 0]);
        assert_eq!(parts_of(Class::Landform, "Senkaku Islands"), ["Senkaku"]);
        assert_eq!(parts_of(Class::Organization, "National Union of Teachers"), ["NUT"]);
        assert_eq!(parts_of(Class::Company, "China Mobile"), [""; 0]);
        assert_eq!(parts_of(Class::Event, "Cricket World Cup"), ["World Cup"]);
        assert_eq!(parts_of(Class::Event, "1998 Cricket World Cup"), [""; 0]);
    }
}
