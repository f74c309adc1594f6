use std::collections::HashMap;

use super::clusters::{Cluster, Clusters};
use super::forms::Forms;
use super::lexicon::{self, Noun};
use crate::annotation::{Annotation, Class, EntityId, MentionKind};
use crate::nlp::Pos;
use crate::text::{TokenId, TokenSpan};

/// The annotation with the mentions of all clusters that have a name, or are spoken of twice.
pub(super) fn write(mut annotation: Annotation, clusters: &Clusters<'_>) -> Annotation {
    let mut written: HashMap<usize, EntityId> = HashMap::new();
    let mut added: Vec<(usize, EntityId)> = Vec::new();
    for cluster in clusters.iter() {
        let entity = match cluster.entity {
            Some(entity) => entity,
            None if worth_naming(cluster, clusters) => {
                let label = label(cluster, clusters, &annotation);
                annotation.add_entity(label, class(cluster, clusters).name().to_owned(), Vec::new())
            }
            None => continue,
        };
        written.insert(clusters.number_of(cluster.members[0]), entity);
        added.extend(cluster.members.iter().map(|&i| (i, entity)));
    }
    for cluster in clusters.iter().filter(|cluster| cluster.entity.is_none()) {
        let Some(whole) = written.get(&clusters.number_of(cluster.members[0])) else { continue };
        let parts = cluster.parts.iter().filter_map(|&part| written.get(&clusters.number_of(part)).copied());
        annotation.entities[whole.index()].members = parts.collect();
    }
    for (i, entity) in added {
        let phrase = &clusters.phrases[i];
        if phrase.entity.is_some() && phrase.kind == MentionKind::Name {
            continue;
        }
        let span = clusters.doc.span_of(phrase.tokens);
        match phrase.kind {
            MentionKind::Name => annotation.add_name(span, "PERSON", entity, None),
            kind => annotation.add_mention(span, kind, entity),
        }
    }
    annotation.sort_mentions();
    annotation
}

fn worth_naming(cluster: &Cluster, clusters: &Clusters<'_>) -> bool {
    let referring = cluster
        .members
        .iter()
        .filter(|&&i| clusters.head(i).pos() != Pos::Pron || clusters.head(i).tag().starts_with("PRP"));
    let speakers = cluster.parts.len() == 1;
    let is_joined = |&i: &usize| !clusters.phrases[i].joined.is_empty();
    if cluster.parts.len() > 1 && !cluster.members.iter().all(is_joined) {
        return true;
    }
    let name = cluster.members.iter().any(|&i| clusters.phrases[i].kind == MentionKind::Name);
    let nominal = cluster.members.iter().any(|&i| clusters.phrases[i].kind == MentionKind::Nominal);
    (if name { cluster.forms.is_person() } else { nominal || speakers }) && referring.count() >= 2
}

/// The names of its members, or the first description without its determiner.
fn label(cluster: &Cluster, clusters: &Clusters<'_>, annotation: &Annotation) -> String {
    let longest = |i: &&usize| clusters.phrases[**i].tokens.len();
    if let Some(names) = names_of_parts(cluster, clusters, annotation) {
        return names;
    }
    let name = cluster
        .members
        .iter()
        .filter(|&&i| clusters.phrases[i].kind == MentionKind::Name)
        .max_by_key(longest);
    let nominal = cluster.members.iter().find(|&&i| clusters.phrases[i].kind == MentionKind::Nominal);
    let Some(&first) = name.or(nominal) else {
        let speaker = cluster.parts.first().and_then(|&part| clusters.of(part).entity);
        return speaker
            .map_or_else(String::new, |e| format!("{} and others", annotation.entities[e.index()].label));
    };
    let TokenSpan { start, end } = clusters.phrases[first].tokens;
    let first = clusters.doc.token(start);
    let start = if first.dep() == "det" && start.0 + 1 < end.0 { TokenId(start.0 + 1) } else { start };
    clusters.doc.text_of(TokenSpan { start, end }).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Iran and Iraq` for what is only called `the two countries`.
fn names_of_parts(cluster: &Cluster, clusters: &Clusters<'_>, annotation: &Annotation) -> Option<String> {
    if cluster.members.iter().any(|&i| !clusters.phrases[i].joined.is_empty()) {
        return None;
    }
    let entities = cluster.parts.iter().map(|&part| clusters.of(part).entity);
    let names: Option<Vec<&str>> =
        entities.map(|entity| Some(annotation.entities[entity?.index()].label.as_str())).collect();
    let (last, others) = names.as_ref()?.split_last()?;
    (!others.is_empty()).then(|| format!("{} and {last}", others.join(", ")))
}

fn class(cluster: &Cluster, clusters: &Clusters<'_>) -> Class {
    if cluster.forms.is_person() {
        return Class::Person;
    }
    if !cluster.parts.is_empty() {
        return Class::Group;
    }
    let nominal = cluster.members.iter().find(|&&i| clusters.phrases[i].kind == MentionKind::Nominal);
    let noun = nominal.and_then(|&i| lexicon::noun(&clusters.phrases[i].lemma));
    let several = cluster.forms == Forms::THEY;
    match noun {
        Some(Noun::Person | Noun::Man | Noun::Woman) if several => Class::Group,
        Some(Noun::Person | Noun::Man | Noun::Woman) => Class::Person,
        Some(Noun::Group) => Class::Group,
        Some(Noun::Place) => Class::Place,
        _ => Class::Entity,
    }
}
