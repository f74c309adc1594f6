//! `tidings explain --kg`: what a statement of a graph rests on.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of a type with a lifetime is no function for any lifetime"
)]

use std::io::Write;
use std::path::Path;

use anyhow::bail;
use oxigraph::model::NamedNode;
use tidings::source::Article;
use tidings::statement::Explained;
use tidings::store::{Evidence, Folder, Saying, Trace, expand};

use super::sentence::{Read, Sentences};

/// Shows the statements and events that an IRI stands for.
pub(super) fn run(
    kg: &Path,
    name: &str,
    sentences: &Sentences,
    json: bool,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let folder = Folder::open(kg)?;
    let traces = Trace::of(&folder, &node(&folder, name)?)?;
    if traces.is_empty() {
        bail!(
            "`{}` has no statement or event that `{name}` stands for or has a part in; \
             `tidings query --kg {} --name relations-of --param name=NAME` lists those of an entity",
            kg.display(),
            kg.display()
        );
    }
    let mut again = Again { sentences, whole: None };
    for trace in &traces {
        if json {
            let mut value = serde_json::to_value(trace)?;
            value["understood"] = again.understood(trace, |read, explained| read.json(explained)).into();
            writeln!(out, "{value}")?;
        } else {
            writeln!(out, "{}", text(trace, &mut again))?;
        }
    }
    Ok(())
}

/// An IRI, with a prefix or relative to the base of the graph if it is no whole one.
fn node(folder: &Folder, name: &str) -> anyhow::Result<NamedNode> {
    let name = name.trim_start_matches('<').trim_end_matches('>');
    let is_whole = name.contains("://") || name.starts_with("urn:");
    let iri = if is_whole {
        name.to_owned()
    } else {
        expand(name).unwrap_or_else(|| format!("{}{name}", folder.base()))
    };
    NamedNode::new(iri)
        .map_err(|_| anyhow::anyhow!("`{name}` is no IRI; give that of a statement, event or entity"))
}

/// Reads again what statements rest on.
struct Again<'s> {
    sentences: &'s Sentences,
    /// The article that was read last.
    whole: Option<(String, Read<'s>)>,
}

impl Again<'_> {
    /// How the sentences that a statement rests on are understood: in the article where the graph keeps its text, else alone.
    fn understood<T>(&mut self, trace: &Trace, show: impl Fn(&Read<'_>, &Explained) -> T) -> Vec<T> {
        if let Some(text) = &trace.text
            && self.whole.as_ref().is_none_or(|(article, _)| *article != trace.article)
        {
            let read = self.sentences.read(Article { text: text.clone(), ..Article::default() });
            self.whole = Some((trace.article.clone(), read));
        }
        let mut shown = Vec::new();
        for Evidence { text, start, marked } in &trace.evidence {
            let alone;
            let read = match &self.whole {
                Some((_, whole)) if trace.text.is_some() => whole,
                _ => {
                    alone = self.sentences.read_alone(text, *start);
                    &alone
                }
            };
            shown.extend(read.at(marked).into_iter().map(|explained| show(read, explained)));
        }
        shown
    }
}

fn text(trace: &Trace, again: &mut Again<'_>) -> String {
    let Trace {
        iri,
        says,
        asserted,
        confidence,
        presented,
        said_by,
        when,
        inferred,
        article,
        source,
        evidence,
        text: _,
    } = trace;
    let mut lines = vec![says.clone()];
    let mut line = |name: &str, value: String| lines.push(format!("  {name:<10} {value}"));
    let presented: Vec<String> =
        presented.iter().map(|name| name.rsplit(':').next().unwrap_or_default().to_lowercase()).collect();
    let confidence = confidence.map_or_else(String::new, |confidence| format!(", confidence {confidence}"));
    line("presented", format!("{}{confidence}", presented.join(", ")));
    for saying in said_by {
        line("said by", said(saying));
    }
    if said_by.is_empty() {
        line("said by", "the article itself".to_owned());
    }
    if !when.is_empty() {
        line("when", when.join(", "));
    }
    line(
        "so it is",
        if *asserted { "asserted: a fact of the graph" } else { "not asserted: no fact of the graph" }
            .to_owned(),
    );
    for triple in inferred {
        line("follows", triple.clone());
    }
    line("statement", format!("<{iri}>"));
    line("article", format!("<{article}>"));
    if !source.is_empty() {
        line("source", source.join(", "));
    }
    for evidence in evidence {
        line("words", evidence.in_brackets());
    }
    for explained in again.understood(trace, |read, explained| read.lines(explained)) {
        lines.extend(explained.into_iter().map(|line| format!("    {line}")));
    }
    lines.join("\n") + "\n"
}

fn said(saying: &Saying) -> String {
    let Saying { source, stance, cue } = saying;
    let source = source.as_deref().unwrap_or("somebody who is not named");
    let stance = stance.as_deref().map(|stance| format!(", {stance}")).unwrap_or_default();
    let cue = cue.as_deref().map(|cue| format!(" (`{cue}`)")).unwrap_or_default();
    format!("{source}{stance}{cue}")
}
