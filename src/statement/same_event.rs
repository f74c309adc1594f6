use super::cast::Cast;
use super::filler::Setting;
use crate::annotation::{EntityId, Event, MentionKind, Participant};
use crate::nlp::Token;
use crate::predicate::Kind;

/// Classes that different words may give to one event.
const KIN: &[&[&str]] = &[
    &["td:Attack", "td:Bombing", "td:Explosion", "td:Assault"],
    &["td:Killing", "td:Death"],
    &["td:Meeting", "td:Talks", "td:Consultation"],
    &["td:Agreement", "td:Accord", "td:TreatySigning"],
    &["td:Protest", "td:Demonstration"],
    &["td:Fire", "td:Accident", "td:Disaster"],
    &["td:Trial", "td:Indictment"],
];

/// Classes of what is said, where each word is an event of its own.
const SAID: &[&str] = &["td:Announcement", "td:Publication", "td:Decision", "td:Movement"];

/// The most sentences between an event and a general noun that takes it up.
const NEAR: usize = 3;

/// Nouns that take up what was told in other words.
const GENERIC: &[&str] = &[
    "accident",
    "agreement",
    "attack",
    "blast",
    "blaze",
    "bombing",
    "collision",
    "crash",
    "deal",
    "disaster",
    "explosion",
    "fire",
    "killing",
    "meeting",
    "murder",
    "pact",
    "protest",
    "rally",
    "shooting",
    "strike",
    "summit",
    "talk",
    "treaty",
];

/// What the grammar of an anchor says of whether the event was told before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `the attack`, `this attack`, `the attack on the port`
    Definite,
    /// `an attack`, `another attack`
    Indefinite,
    /// A verb, or a noun without a determiner.
    Plain,
}

/// Gives events that are the same one statement: `Rebels attacked a base. The attack ...`. One that names nobody in a role takes
/// those that the other names.
///
/// A verb tells the same event as the noun that it only goes with: `reached an agreement`.
///
/// An event is the same as the last one before it of its class or a kindred one, where no role or place speaks against it and it is
/// either a definite noun, or shares those who take part.
pub(super) fn merge(setting: &Setting<'_>, casts: &[Cast<'_>], events: &mut [Event]) {
    let forms: Vec<Form> = casts.iter().map(|cast| form(setting, cast)).collect();
    let words: Vec<String> = casts.iter().map(|cast| lemma(setting, cast)).collect();
    let sentence = |cast: usize| setting.doc.token(casts[cast].matched.predicate.head).sentence_index();
    let names = |entity: EntityId| is_named(setting, entity);
    let title_end = setting.annotation.sentences.first().map_or(0, |s| s.end);
    for later in 1..events.len() {
        let (before, rest) = events.split_at_mut(later);
        let event = &mut rest[0];
        let is_said = SAID.contains(&event.class.as_str());
        if is_said && forms[later] != Form::Definite {
            continue;
        }
        let same = before.iter().enumerate().rev().find(|(earlier, other)| {
            if !are_kin(&other.class, &event.class) || conflict(other, event, &names) {
                return false;
            }
            let shared = shared(other, event);
            match forms[later] {
                Form::Definite => {
                    // `The increase` takes up `rose`.
                    let takes_up = event.roles.is_empty()
                        && casts[later].matched.frame.is_general()
                        && other.class == event.class
                        && sentence(*earlier) + NEAR >= sentence(later);
                    takes_up
                        || (event.roles.is_empty() || (shared > 0 && !is_said))
                            && words_agree(&words[*earlier], &words[later])
                }
                _ if casts[later].matched.frame.is_general() => false,
                // What the headline tells is told again.
                Form::Indefinite => shared > 0 && other.anchor.end <= title_end,
                Form::Plain => {
                    other.class == event.class
                        && (shared > 1
                            || (shared > 0 && forms[*earlier] == Form::Plain && event.roles.len() == 1))
                }
            }
        });
        if let Some((_, other)) = same {
            event.statement = other.statement.clone();
            take_roles(event, other);
        }
    }
    for (verb, cast) in casts.iter().enumerate() {
        let noun = |noun| casts.iter().position(|c| c.matched.predicate.head == noun);
        if let Some(noun) = cast.supports.and_then(noun) {
            let other = events[noun].clone();
            let event = &mut events[verb];
            event.statement = other.statement.clone();
            if event.class != other.class {
                event.class.clone_from(&other.class);
                event.plover.clone_from(&other.plover);
                event.roles.clear();
            }
            take_roles(event, &other);
        }
    }
}

fn form(setting: &Setting<'_>, cast: &Cast<'_>) -> Form {
    let predicate = cast.matched.predicate;
    if predicate.kind == Kind::Verb {
        return Form::Plain;
    }
    let head: Token<'_> = setting.doc.token(predicate.head);
    let determiner = head.children().find(|c| matches!(c.dep(), "det" | "poss" | "nummod"));
    match determiner.map(|d| (d.dep(), d.norm())) {
        Some(("det", "the" | "this" | "that" | "these" | "those" | "both")) => Form::Definite,
        Some(_) => Form::Indefinite,
        None => Form::Plain,
    }
}

fn lemma(setting: &Setting<'_>, cast: &Cast<'_>) -> String {
    setting.doc.token(cast.matched.predicate.head).lemma().to_lowercase()
}

/// Whether two anchors are the same word or derived from it (`stab`, `stabbing`), or words that take up others.
fn words_agree(one: &str, other: &str) -> bool {
    let begin = |word: &str| word.chars().take(4).collect::<String>();
    begin(one) == begin(other) || (GENERIC.contains(&one) && GENERIC.contains(&other))
}

fn are_kin(one: &str, other: &str) -> bool {
    one == other || KIN.iter().any(|kin| kin.contains(&one) && kin.contains(&other))
}

fn is_named(setting: &Setting<'_>, entity: EntityId) -> bool {
    let mut mentions = setting.annotation.mentions.iter();
    mentions.any(|m| m.entity == Some(entity) && m.kind == MentionKind::Name)
}

/// How many take part in both.
fn shared(one: &Event, other: &Event) -> usize {
    other.roles.iter().filter(|r| one.roles.iter().any(|o| o.entity == r.entity)).count()
}

/// Whether roles, place, polarity or mood tell two events apart.
fn conflict(one: &Event, other: &Event, names: &impl Fn(EntityId) -> bool) -> bool {
    let sides = |event: &Event, roles: &[&str]| -> Vec<EntityId> {
        let of = event.roles.iter().filter(|r| roles.contains(&r.role.as_str()) && names(r.entity));
        of.map(|r| r.entity).collect()
    };
    let apart = |roles: &[&str]| {
        let (a, b) = (sides(one, roles), sides(other, roles));
        let within = |a: &[EntityId], b: &[EntityId]| a.iter().all(|entity| b.contains(entity));
        !a.is_empty() && !b.is_empty() && !within(&a, &b) && !within(&b, &a)
    };
    apart(&["td:agent", "td:coAgent"])
        || apart(&["td:patient", "td:recipient"])
        || one.polarity != other.polarity
        || one.mood != other.mood
        || matches!((one.place, other.place), (Some(a), Some(b)) if a != b)
}

/// Fills the roles that nobody fills.
fn take_roles(event: &mut Event, other: &Event) {
    let missing =
        |r: &&Participant| !event.roles.iter().any(|own| own.role == r.role || own.entity == r.entity);
    let taken: Vec<Participant> = other.roles.iter().filter(missing).cloned().collect();
    event.roles.extend(taken);
    event.place = event.place.or(other.place);
}
