//! The vocabulary as static pages: an index, and a page a term.

use std::fmt::Write;

use super::describe::{Description, Words, describe};
use super::{Lexicon, Role};
use crate::ontology::{Ontology, TermKind};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222}\
a{color:#0b5394;text-decoration:none}a:hover{text-decoration:underline}code{background:#f3f3f3;padding:.1em .3em}\
dt{font-weight:600;margin-top:.6em}dd{margin:0 0 0 1.5em}h1 small{color:#777;font-weight:400;font-size:.6em}\
mark{background:#e8f0fe;padding:0 .15em}sub{color:#777;font-size:.7em}li{margin:.15em 0}";

/// File names with their contents.
pub fn pages(ontology: &Ontology, lexicon: &Lexicon) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    let mut index = String::from(
        "<p>What articles can be found to say, and the words that say it: classes of entities and events, properties, and the frames of the lexicon.</p>\n",
    );
    for (kind, heading) in [
        (TermKind::Class, "Classes"),
        (TermKind::Property, "Properties"),
        (TermKind::Frame, "Frames"),
        (TermKind::Construction, "Constructions"),
    ] {
        put(&mut index, &format!("<h2>{heading}</h2>\n<ul>\n"));
        let named = ontology.of_kind(kind).filter(|iri| !iri.starts_with("_:"));
        for term in named.filter_map(|iri| describe(ontology, lexicon, iri)) {
            let comment = term.comment.as_deref().unwrap_or_default();
            put(&mut index, &format!("<li>{} {}</li>\n", link(ontology, &term.term), escaped(comment)));
            pages.push((file_name(&term.term), page(&title(&term), &body(ontology, &term))));
        }
        put(&mut index, "</ul>\n");
    }
    pages.push(("index.html".to_owned(), page("Vocabulary", &format!("<h1>Vocabulary</h1>\n{index}"))));
    pages
}

fn put(out: &mut String, text: &str) {
    out.push_str(text);
}

fn title(term: &Description) -> String {
    format!("{} ({})", term.label, term.term)
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{}</title><style>{STYLE}</style></head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

fn body(ontology: &Ontology, term: &Description) -> String {
    let mut out = String::from("<p><a href=\"index.html\">Vocabulary</a></p>\n");
    let heading = [escaped(&term.label), escaped(&term.term), term.kind.to_owned()];
    put(&mut out, &format!("<h1>{} <small>{} · {}</small></h1>\n", heading[0], heading[1], heading[2]));
    if let Some(comment) = &term.comment {
        put(&mut out, &format!("<p>{}</p>\n", escaped(comment)));
    }
    put(&mut out, &format!("<p><code>{}</code></p>\n<dl>\n", escaped(&term.iri)));
    for (name, links) in &term.links {
        let links: Vec<String> = links.iter().map(|to| link(ontology, to)).collect();
        put(&mut out, &format!("<dt>{name}</dt><dd>{}</dd>\n", links.join(", ")));
    }
    put(&mut out, "</dl>\n");
    for words in &term.frames {
        put(&mut out, &frame(ontology, words));
    }
    out
}

fn frame(ontology: &Ontology, words: &Words) -> String {
    let mut out =
        format!("<h2>{} → {}</h2>\n<dl>\n", link(ontology, &words.frame), link(ontology, &words.evokes));
    for (name, list) in [("verbs", &words.verbs), ("nouns", &words.nouns), ("adjectives", &words.adjectives)]
    {
        if !list.is_empty() {
            put(&mut out, &format!("<dt>{name}</dt><dd>{}</dd>\n", escaped(&list.join(", "))));
        }
    }
    for (role, functions) in &words.roles {
        put(&mut out, &format!("<dt>{role}</dt><dd>{}</dd>\n", escaped(&functions.join(", "))));
    }
    put(&mut out, "</dl>\n<ul>\n");
    for example in &words.examples {
        put(&mut out, &format!("<li>{}</li>\n", marked(example)));
    }
    put(&mut out, "</ul>\n");
    out
}

/// An example with its roles marked.
fn marked(example: &str) -> String {
    let mut out = String::new();
    for (number, part) in example.split(['[', ']']).enumerate() {
        match part.split_once(':').filter(|_| number % 2 == 1) {
            Some((role, phrase)) if is_role(role) => {
                write!(out, "<mark>{}<sub> {role}</sub></mark>", escaped(phrase))
                    .expect("a string takes all");
            }
            _ => out.push_str(&escaped(part)),
        }
    }
    out
}

fn is_role(name: &str) -> bool {
    name == "place" || Role::ALL.iter().any(|role| role.name() == name)
}

fn file_name(term: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    format!("{}.html", term.chars().map(plain).collect::<String>())
}

/// A link to the page of a term, or to what else an IRI is.
fn link(ontology: &Ontology, term: &str) -> String {
    let iri = ontology.expand(term);
    match iri {
        Some(iri) if ontology.kind(&iri).is_some() => {
            format!("<a href=\"{}\">{}</a>", file_name(term), escaped(term))
        }
        Some(iri) => format!("<a href=\"{}\">{}</a>", escaped(&iri), escaped(term)),
        None => escaped(term),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_link_between_pages_leads_to_one() {
        let pages = pages(&Ontology::builtin(), Lexicon::builtin());
        let names: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), pages.len(), "no two terms share a page");
        for (name, text) in &pages {
            for target in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(target.starts_with("http") || names.contains(target), "{name}: {target}");
            }
        }
        let (_, attack) = pages.iter().find(|(name, _)| name == "td-Attack.html").unwrap();
        assert!(attack.contains("<mark>") && attack.contains("lex-attack.html"));
    }
}
