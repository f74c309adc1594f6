use super::mentions::Mentions;
use crate::annotation::{Annotation, Class, MentionKind};
use crate::coref::{Noun, noun};
use crate::nlp::{Doc, Pos, Token};
use crate::text::{Table, TokenId, TokenSpan, WordList};

/// Labels of the recogniser for what is no thing: times and numbers.
const NO_THINGS: &[&str] = &["DATE", "TIME", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"];

/// Nouns for what is built, which also say where something happens.
const FACILITIES: &[&str] = &[
    "airbase",
    "airfield",
    "airport",
    "apartment",
    "bakery",
    "bank",
    "bar",
    "barracks",
    "base",
    "border crossing",
    "bridge",
    "building",
    "bunker",
    "bus station",
    "cafe",
    "camp",
    "cathedral",
    "checkpoint",
    "church",
    "clinic",
    "club",
    "compound",
    "consulate",
    "courthouse",
    "crossing",
    "dam",
    "depot",
    "embassy",
    "factory",
    "farm",
    "garrison",
    "headquarters",
    "highway",
    "home",
    "hospital",
    "hotel",
    "house",
    "jail",
    "laboratory",
    "mall",
    "market",
    "monastery",
    "mosque",
    "museum",
    "nightclub",
    "office",
    "outpost",
    "palace",
    "pharmacy",
    "pipeline",
    "plant",
    "police station",
    "port",
    "power plant",
    "power station",
    "prison",
    "pub",
    "railway",
    "reactor",
    "refinery",
    "residence",
    "restaurant",
    "road",
    "runway",
    "school",
    "shelter",
    "shop",
    "shrine",
    "stadium",
    "station",
    "store",
    "street",
    "supermarket",
    "synagogue",
    "temple",
    "terminal",
    "theater",
    "theatre",
    "tower",
    "tunnel",
    "university",
    "venue",
    "warehouse",
];

/// Nouns for those who act together or for others, of which the lists of nouns know another meaning or none.
const ACTORS: &[&str] = &[
    "assembly",
    "authority",
    "bidder",
    "bomber",
    "branch",
    "cabinet",
    "center",
    "centre",
    "command",
    "escort",
    "guard",
    "insider",
    "judiciary",
    "leadership",
    "monitor",
    "movement",
    "opposition",
    "panel",
    "power",
    "presidency",
    "prosecution",
    "side",
    "source",
    "state",
    "superpower",
    "unit",
    "watchdog",
    "youth",
];

/// Nouns for people that the lists of nouns have not, or know another meaning of first.
static PEOPLE: WordList = WordList::new(
    "agent ceo cfo chair chancellor co-author co-founder co-owner founder fraudster frontrunner jihadist mep midfielder mp \
     parliamentarian queen",
);

/// What stands before `agent` where it is none of them.
const SUBSTANCES: &[&str] = &["biological", "chemical", "cleaning", "nerve"];

/// Nouns that the lists of nouns take for people who act together, and that in news mean what they do or have.
static NO_ACTORS: WordList = WordList::new(
    "batch collection conference content contents convention culture data economy findings flight formation gathering generation \
     hierarchy labor labour meeting mission package parade procession progression queue rally sequence series session set \
     settlement species stack streak table traffic turnout variety vegetation wildlife",
);

/// Nouns for products and works by lemma; `things.md` tells their source.
static THINGS: Table = Table::new(include_str!("things.tsv"));

/// Nouns for what firms bring out that the table has not, or knows another meaning of first.
static PRODUCTS: WordList = WordList::new(
    "app application beta browser burger chip chipset crossover drone edition e-reader feature gadget game generation gizmo \
     handset hatchback headset lineup menu messenger model notebook processor prototype range robot sedan service skin \
     smartphone smartwatch supercar suv tablet toolkit update upgrade vaccine variant version wearable website",
);

/// The same for works.
static WORKS: WordList = WordList::new(
    "adaptation anthology biopic blockbuster blog comic compilation debut documentary ebook episode issue memoir mixtape \
     musical podcast prequel remake remix season sequel series show single sitcom soundtrack spin-off track trailer trilogy \
     video",
);

/// What thing a noun that names nothing stands for, if it is one that is made to be sold, read, heard or seen.
pub(super) fn thing(head: Token<'_>) -> Option<Class> {
    let lemma = head.lemma().to_lowercase();
    if PRODUCTS.contains(&lemma) || is_brand(head.text()) {
        return Some(Class::Product);
    }
    if WORKS.contains(&lemma) {
        return Some(Class::Work);
    }
    match THINGS.get(&lemma)? {
        "work" => Some(Class::Work),
        _ => Some(Class::Product),
    }
}

/// Whether a word is written as only names of products are: `iPhone`.
pub(super) fn is_brand(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.next().is_some_and(char::is_uppercase)
}

/// Adds those who take part in events and are only described once (`two police officers`), as entities of the article's
/// own.
pub(super) fn describe(annotation: &mut Annotation, doc: &Doc, mut heads: Vec<TokenId>) {
    let mentions = Mentions::new(doc, annotation);
    let names = annotation.mentions.iter().filter(|m| m.kind == MentionKind::Name);
    let mut in_name = vec![false; doc.len()];
    for name in names {
        in_name[doc.tokens_in(name.span).range()].fill(true);
    }
    heads.retain(|&head| {
        mentions.at(head).next().is_none() && !in_name[head.index()] && !is_part_of_compound(doc.token(head))
    });
    heads.sort();
    heads.dedup();
    for head in heads {
        let token = doc.token(head);
        if let Some(class) = class(token) {
            let tokens = phrase(token);
            let label = doc.text_of(tokens).split_whitespace().collect::<Vec<_>>().join(" ");
            let entity = annotation.add_entity(label, class.name().to_owned(), Vec::new());
            annotation.add_mention(doc.span_of(tokens), MentionKind::Nominal, entity);
        }
    }
    annotation.sort_mentions();
}

/// Whether a word names nothing by itself: a half of `Sino-Russian`, or the `both` that takes up others.
fn is_part_of_compound(token: Token<'_>) -> bool {
    let doc = token.doc();
    let is_dash = |at: Option<u32>| {
        let beside = at.filter(|&at| (at as usize) < doc.len()).map(|at| doc.token(TokenId(at)));
        beside.is_some_and(|t| {
            t.text() == "-" && (t.span().start == token.span().end || t.span().end == token.span().start)
        })
    };
    let modifies = matches!(token.dep(), "compound" | "amod" | "nmod" | "npadvmod");
    let at = token.id().0;
    token.norm() == "both"
        || token.pos() == Pos::Propn && modifies && (is_dash(at.checked_sub(1)) || is_dash(Some(at + 1)))
}

/// What a noun that names nothing stands for: people, a group, a place, or else a thing of no class.
pub(super) fn class(head: Token<'_>) -> Option<Class> {
    // `killed three`
    if head.pos() == Pos::Num && matches!(head.dep(), "dobj" | "nsubjpass") && head.lemma() != "$" {
        return Some(Class::Entity);
    }
    if !matches!(head.pos(), Pos::Noun | Pos::Propn) || is_time_or_number(head) {
        return None;
    }
    let lemma = head.lemma().to_lowercase();
    if FACILITIES.contains(&lemma.as_str()) {
        return Some(Class::Facility);
    }
    if is_body(head) {
        return Some(Class::Group);
    }
    let several = head.morph_value("Number") == Some("Plur");
    let is_substance = || head.children().any(|c| SUBSTANCES.contains(&c.norm()));
    let known = if PEOPLE.contains(&lemma) && !is_substance() { Some(Noun::Person) } else { noun(&lemma) };
    match known {
        Some(Noun::Person | Noun::Man | Noun::Woman) if several => Some(Class::Group),
        Some(Noun::Person | Noun::Man | Noun::Woman) => Some(Class::Person),
        Some(Noun::Group) if NO_ACTORS.contains(&lemma) => Some(Class::Entity),
        Some(Noun::Group) => Some(Class::Group),
        Some(Noun::Place) => Some(Class::Place),
        Some(Noun::Measure) => None,
        None => Some(Class::Entity),
    }
}

/// Whether a noun stands for those who act together, whatever else it may mean: `the opposition`.
pub(super) fn is_body(head: Token<'_>) -> bool {
    let is_think_tank = || head.lemma() == "tank" && head.children().any(|c| c.norm() == "think");
    ACTORS.contains(&head.lemma().to_lowercase().as_str()) || is_think_tank()
}

/// Whether a phrase says how much or how many: `five percent`, `$3 billion`.
pub(super) fn is_amount(head: Token<'_>) -> bool {
    is_time_or_number(head) || head.pos() == Pos::Num || head.tag() == "$"
}

/// Whether the recogniser takes a word for a part of a time or number.
pub(super) fn is_time_or_number(head: Token<'_>) -> bool {
    let doc = head.doc();
    let entities = doc.entities();
    let after = entities.partition_point(|e| e.tokens.end <= head.id());
    entities
        .get(after)
        .is_some_and(|e| e.tokens.start <= head.id() && NO_THINGS.contains(&doc.label(e.label)))
}

/// The noun with what stands before it, determiners left out.
fn phrase(head: Token<'_>) -> TokenSpan {
    let before = |c: &Token<'_>| {
        c.id() < head.id() && matches!(c.dep(), "amod" | "compound" | "nmod" | "nummod" | "poss")
    };
    let start = head.children().find(before).map_or(head.id(), |first| first.subtree().start);
    TokenSpan::new(start.index(), head.id().index() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::Kb;
    use crate::link::Linker;
    use crate::nlp::Pipeline;
    use crate::source::Article;

    #[test]
    fn the_table_is_in_order_and_names_nothing_twice() {
        let names: Vec<&str> = THINGS.lines().map(|(name, _)| name).collect();
        assert!(names.len() > 4000);
        assert!(names.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn parts_of_names_and_of_pairs_are_described_by_nothing() {
        let text = "The North Korea-South Korea summit and the Turko-Norwegian talks began.";
        let doc = Pipeline::embedded().worker().parse(text);
        let names = crate::extract::names(&doc, Kb::builtin());
        let article = Article { text: text.to_owned(), ..Article::default() };
        let mut annotation = Linker::new(Kb::builtin(), None).link(article, &doc, &names);
        describe(&mut annotation, &doc, doc.tokens().map(Token::id).collect());
        let nominals = annotation.mentions.iter().filter(|m| m.kind == MentionKind::Nominal);
        let described: Vec<&str> = nominals.map(|m| m.span.of(text)).collect();
        assert_eq!(described, ["North Korea-South Korea summit", "Turko-Norwegian talks"]);
    }

    #[test]
    fn things_are_told_from_people_and_ideas() {
        let doc = Pipeline::embedded()
            .worker()
            .parse("A smartphone, the iPhone, a novel, a minister and a theory.");
        let of = |word: &str| doc.tokens().find(|t| t.text() == word).and_then(thing);
        assert_eq!((of("smartphone"), of("iPhone")), (Some(Class::Product), Some(Class::Product)));
        assert_eq!((of("novel"), of("minister"), of("theory")), (Some(Class::Work), None, None));
    }
}
