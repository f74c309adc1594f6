use std::collections::{HashMap, HashSet};

use super::{Annotation, Certainty, Entity, EntityId, MentionKind, Mood, Number, Object, Polarity};

/// What one version of an article says and another doesn't, or says in another way.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// What is said: `Finland td:borders Sweden`, `td:Meeting agent Finland`.
    pub says: String,
    /// How the older version presents it; none where it doesn't say it.
    pub before: Option<Presented>,
    /// How the newer version presents it; none where it doesn't say it.
    pub after: Option<Presented>,
}

/// What changed between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Only the newer version says it.
    Added,
    /// Only the older version says it.
    Withdrawn,
    /// What was so is not so, or the reverse.
    Reversed,
    /// It is less certain, or somebody else's words, or no longer told as something that is or was.
    Softened,
    /// The opposite of softened.
    Hardened,
    /// The number, or the one whose words it is, is another.
    Changed,
}

/// How an article presents what it says.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Presented {
    /// How certain.
    pub certainty: Certainty,
    /// Whether it is so or not.
    pub polarity: Polarity,
    /// Whether it is or was, or is to come or supposed.
    pub mood: Mood,
    /// Whose words it is, if not the article's: the name, or the words for the source, empty where nobody is named.
    pub source: Option<String>,
    /// How many, of an event.
    pub number: Option<Number>,
}

/// What changed from one version of an article to another: what is added, withdrawn, reversed, softened, hardened or has another
/// number. First what the newer version says, in its order, then what it withdraws.
///
/// The same is said where the property or class of event and those who take part are the same: by their IRI or their label;
/// those who are only described, by the last word of the description. Of several ways in which a version presents the same, the firmest counts.
pub fn changes(old: &Annotation, new: &Annotation) -> Vec<Change> {
    let mut names = HashMap::new();
    let (was, is) = (said(old, &mut names), said(new, &mut names));
    let before: HashMap<&Key, &Presented> = was.iter().map(|said| (&said.key, &said.presented)).collect();
    let after: HashSet<&Key> = is.iter().map(|said| &said.key).collect();
    let told = is.iter().filter_map(|said| {
        let before = before.get(&said.key).copied();
        let kind = before.map_or(Some(ChangeKind::Added), |before| kind(before, &said.presented))?;
        Some(change(kind, said, before, Some(&said.presented)))
    });
    let withdrawn = was.iter().filter(|said| !after.contains(&said.key));
    let withdrawn = withdrawn.map(|said| change(ChangeKind::Withdrawn, said, Some(&said.presented), None));
    told.chain(withdrawn).collect()
}

fn change(kind: ChangeKind, said: &Said, before: Option<&Presented>, after: Option<&Presented>) -> Change {
    Change { kind, says: said.says.clone(), before: before.cloned(), after: after.cloned() }
}

/// What differs between two ways to present the same; none where nothing does.
fn kind(before: &Presented, after: &Presented) -> Option<ChangeKind> {
    if before == after {
        return None;
    }
    Some(match before.softness().cmp(&after.softness()) {
        _ if before.polarity != after.polarity => ChangeKind::Reversed,
        std::cmp::Ordering::Less => ChangeKind::Softened,
        std::cmp::Ordering::Greater => ChangeKind::Hardened,
        std::cmp::Ordering::Equal => ChangeKind::Changed,
    })
}

impl Presented {
    /// By how many steps it is less than a fact that the article itself tells.
    fn softness(&self) -> u8 {
        let certainty = match self.certainty {
            Certainty::Certain => 0,
            Certainty::Probable => 1,
            Certainty::Possible => 2,
        };
        certainty + u8::from(self.mood != Mood::Actual) + u8::from(self.source.is_some())
    }
}

/// A property or class, and those it is said of with their roles.
type Key = (String, Vec<(String, String)>);

struct Said {
    key: Key,
    says: String,
    presented: Presented,
}

/// What an article says, each once, in the order of the text.
fn said<'a>(annotation: &'a Annotation, known: &mut HashMap<&'a str, String>) -> Vec<Said> {
    let names = Names::of(annotation, known);
    let relations = annotation.relations.iter().map(|relation| {
        let subject = names.key(relation.subject);
        let (object, label) = match &relation.object {
            Object::Entity(entity) => (names.key(*entity), names.label(*entity)),
            Object::Time(id) => {
                let value =
                    annotation.times.iter().find(|time| time.id == *id).map(|time| time.value.to_string());
                (value.clone().unwrap_or_default(), value.unwrap_or_default())
            }
        };
        let says = format!("{} {} {label}", names.label(relation.subject), relation.property);
        let key = (relation.property.clone(), vec![(String::new(), subject), (String::new(), object)]);
        let (certainty, polarity, mood) = (relation.certainty, relation.polarity, relation.mood);
        let source = source(annotation, relation.attribution.as_deref(), &names);
        let presented = Presented { certainty, polarity, mood, source, number: None };
        (relation.evidence.start, Said { key, says, presented })
    });
    let events = annotation.events.iter().map(|event| {
        let place = event.place.map(|place| ("in", place));
        let roles = event.roles.iter().map(|r| (r.role.trim_start_matches("td:"), r.entity)).chain(place);
        let mut key: Vec<(String, String)> =
            roles.clone().map(|(role, entity)| (role.to_owned(), names.key(entity))).collect();
        key.sort();
        key.dedup();
        let mut told: Vec<String> = Vec::new();
        for (role, entity) in roles {
            let words = format!(" {role} {}", names.label(entity));
            if !told.contains(&words) {
                told.push(words);
            }
        }
        let says = format!("{}{}", event.class, told.concat());
        let (certainty, polarity, mood) = (event.certainty, event.polarity, event.mood);
        let source = source(annotation, event.attribution.as_deref(), &names);
        let presented = Presented { certainty, polarity, mood, source, number: event.number };
        (event.anchor.start, Said { key: (event.class.clone(), key), says, presented })
    });
    let mut all: Vec<(u32, Said)> = relations.chain(events).collect();
    all.sort_by_key(|&(start, _)| start);
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut once: Vec<Said> = Vec::new();
    for (_, said) in all {
        match places.get(&said.key) {
            Some(&place) if said.presented.softness() < once[place].presented.softness() => {
                once[place] = said;
            }
            Some(_) => {}
            None => {
                places.insert(said.key.clone(), once.len());
                once.push(said);
            }
        }
    }
    once
}

/// Whose words something is: the name of the source or what stands for it.
fn source(annotation: &Annotation, attribution: Option<&str>, names: &Names<'_>) -> Option<String> {
    let attribution = annotation.attributions.iter().find(|a| Some(a.id.as_str()) == attribution)?;
    let source = attribution.source.as_ref();
    Some(source.map_or_else(String::new, |source| match source.entity {
        Some(entity) => names.label(entity),
        None => source.span.of(&annotation.article.text).to_owned(),
    }))
}

/// What entities are called.
struct Names<'a> {
    annotation: &'a Annotation,
    /// What is the same for the same entity in two versions of an article, by its place here.
    keys: Vec<String>,
}

impl<'a> Names<'a> {
    /// `known` has the keys of the older version's entities by their IRIs: an entity that an article has to itself is named
    /// after the article, and one that is the same everywhere may have got another label.
    fn of(annotation: &'a Annotation, known: &mut HashMap<&'a str, String>) -> Self {
        let named: HashSet<EntityId> = annotation
            .mentions
            .iter()
            .filter(|m| m.kind == MentionKind::Name)
            .filter_map(|m| m.entity)
            .collect();
        let key = |(index, entity): (usize, &'a Entity)| {
            let label = entity.label.to_lowercase();
            let is_named = named.contains(&index.into()) || !entity.links.is_empty();
            match &entity.iri {
                Some(iri) if is_named => known.entry(iri).or_insert(label).clone(),
                _ => label.rsplit(' ').next().unwrap_or_default().to_owned(),
            }
        };
        Self { annotation, keys: annotation.entities.iter().enumerate().map(key).collect() }
    }

    fn label(&self, id: EntityId) -> String {
        self.annotation.entities[id.index()].label.clone()
    }

    fn key(&self, id: EntityId) -> String {
        self.keys[id.index()].clone()
    }
}
