use super::filler::{Setting, is_a};
use crate::annotation::{Class, EntityId, Kind, Mention, MentionKind};
use crate::text::Span;

/// Places that a text puts into larger ones by a comma, `Turin, Italy`, by the indexes of their mentions with what they refer to.
/// Places in a list are not: `Poland, Austria and Italy`; nor who acts behind a place: `in Turin, Poland vetoed it`.
pub(super) fn places(setting: &Setting<'_>) -> Vec<[(usize, EntityId); 2]> {
    let text = setting.doc.text();
    let names = setting.annotation.mentions.iter().enumerate();
    let names: Vec<(usize, EntityId, &Mention, Class)> = names
        .filter(|(_, m)| m.kind == MentionKind::Name && m.place.is_none())
        .filter_map(|(i, m)| Some((i, m.entity?, m, setting.class(m.entity?)?)))
        .filter(|(.., class)| matches!(class.kind(), Kind::Polity | Kind::Place | Kind::Facility))
        .collect();
    let between = |one: &Mention, other: &Mention| {
        let gap = Span { start: one.span.end, end: other.span.start };
        (gap.start < gap.end).then(|| gap.of(text))
    };
    let acts = |m: &Mention| {
        let head = setting.doc.head_of(setting.doc.tokens_in(m.span));
        head.is_some_and(|head| matches!(head.dep(), "nsubj" | "nsubjpass" | "poss"))
    };
    let mut found = Vec::new();
    for (at, pair) in names.windows(2).enumerate() {
        let [(inner, place, one, class), (outer, around, other, wider)] = [pair[0], pair[1]];
        // `Ireland, Kenya, ...`, `Poland, Austria and ...`
        let in_list = names.get(at + 2).is_some_and(|&(_, _, next, widest)| match between(other, next) {
            Some(", ") => !may_lie_in(wider, widest),
            Some(" and " | ", and " | " or " | ", or ") => true,
            _ => false,
        });
        if between(one, other) == Some(", ")
            && place != around
            && may_lie_in(class, wider)
            && other.name_type.as_deref() != Some("NORP")
            && !in_list
            && !acts(other)
        {
            found.push([(inner, place), (outer, around)]);
        }
    }
    found
}

/// Whether a place of one class may lie in one of the other: a city in a region or country, a region in a country.
fn may_lie_in(class: Class, wider: Class) -> bool {
    let is_country = is_a(wider, Class::Country);
    let is_region = is_a(wider, Class::Region);
    !is_a(class, Class::Country) && (is_country || (is_region && !is_a(class, Class::Region)))
}
