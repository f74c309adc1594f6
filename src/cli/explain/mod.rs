//! `tidings explain`: why a name is taken for what it is taken for, and what a statement rests on.

mod sentence;
mod statement;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use comfy_table::{Cell, CellAlignment};
use serde_json::{Map, Value, json};
use tidings::annotation::SURE;
use tidings::graph::article_iri;
use tidings::kb::{Kb, KbId};
use tidings::link::{FEATURES, Judged, Judgement, LEAST, Model};
use tidings::pipeline::Reader;
use tidings::text::{CodePoints, fold};

use super::input::InputArgs;
use super::reader::ReaderArgs;
use super::table;

/// Shows for the names of an article which entities they may mean, what speaks for each, and what was chosen; or how its
/// sentences are understood; or what a statement of a graph rests on
///
/// With `--sentences`, what each verb and noun says of others is shown with syntax undone, which is all that the lexicon
/// matches: the frames that it evokes, which phrase fills which role, who says so, and the words that make it more or less
/// certain. `not told` are frames that others outdo, or whose roles nobody known fills.
///
/// With `--kg`, IRIs of a graph stand in place of articles: of a statement, an event, or an entity with all that is said about it. It
/// is shown what each says, how the article presents it, in whose words, and the sentences that it comes from, with the words that
/// matter in brackets; the sentences are read again for the frame, and the reasons for its certainty: in
/// their article where the graph keeps its text (`ingest --keep-text`), else alone, so that pronouns stand for nobody.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    input: InputArgs,

    /// A graph folder whose statements are explained; IRIs are named in place of articles
    #[arg(long, value_name = "DIR", conflicts_with_all = ["mention", "at", "sentences"])]
    kg: Option<PathBuf>,

    /// Explains what sentences say, in place of names
    #[arg(long)]
    sentences: bool,

    /// Only names that hold this text, and those that mean the same; only sentences that hold it
    #[arg(long, value_name = "TEXT", conflicts_with = "at")]
    mention: Option<String>,

    /// Only the name, or the sentence, at this place, counted in characters from 0
    #[arg(long, value_name = "OFFSET")]
    at: Option<usize>,

    /// Writes JSON, one line for the names that mean the same thing
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    reader: ReaderArgs,
}

const EXAMPLES: &str = "\
Examples:
  tidings explain examples/articles/iran-nuclear-deal.txt --mention Kerry
  tidings explain examples/articles/iran-nuclear-deal.txt --at 0
  tidings explain --json examples/articles/charles-taylor-verdict.txt
  tidings explain --sentences examples/articles/iran-nuclear-deal.txt --at 0
  tidings ingest examples/articles --kg news
  tidings explain --kg news entity/Liberia-Q1014";

/// Candidates that a table shows; JSON has all.
const SHOWN: usize = 4;

/// Runs it, writing to `out`.
pub(crate) fn run(args: ExplainArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    if let Some(kg) = &args.kg {
        let names = args.input.names();
        anyhow::ensure!(
            !names.is_empty(),
            "nothing to explain: name the IRI of a statement, event or entity"
        );
        let sentences = sentence::Sentences::open(&args.reader)?;
        for name in names {
            statement::run(kg, &name.to_string_lossy(), &sentences, args.json, out)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if args.sentences {
        return sentence::run(args, out);
    }
    let reader = args.reader.open()?;
    let (mut articles, mut skipped, mut explained) = (0, 0, 0);
    for article in args.input.articles()? {
        let article = match article {
            Ok(article) => article,
            Err(error) => {
                skipped += 1;
                super::report(&error.into());
                continue;
            }
        };
        articles += 1;
        let points = CodePoints::new(&article.text);
        for judgement in reader.judge(&article) {
            if !is_asked_for(&judgement, args.mention.as_deref(), args.at, &points) {
                continue;
            }
            explained += 1;
            let article = article_iri(&article, &reader.context().base).into_string();
            let view = View { article, judgement: &judgement, reader: &reader, points: &points };
            if args.json {
                writeln!(out, "{}", view.json())?;
            } else {
                writeln!(out, "{}", view.text())?;
            }
        }
    }
    let asked = args.mention.is_some() || args.at.is_some();
    anyhow::ensure!(
        explained > 0 || !asked || articles == 0,
        "no name was found there; without `--mention` and `--at` all names are shown"
    );
    Ok(ExitCode::from(u8::from(skipped > 0)))
}

/// Whether names are among those asked for.
fn is_asked_for(
    judgement: &Judgement,
    mention: Option<&str>,
    at: Option<usize>,
    points: &CodePoints<'_>,
) -> bool {
    let holds = |at: usize| {
        judgement
            .spans
            .iter()
            .map(|&span| points.of_span(span))
            .any(|(start, end)| (start..end).contains(&at))
    };
    let has = |text: &str| judgement.forms.iter().any(|form| fold(form).contains(&fold(text)));
    mention.is_none_or(has) && at.is_none_or(holds)
}

/// What is shown of a group of names.
struct View<'a> {
    article: String,
    judgement: &'a Judgement,
    reader: &'a Reader,
    points: &'a CodePoints<'a>,
}

impl View<'_> {
    fn kb(&self) -> &Kb {
        &self.reader.context().kb
    }

    /// `Q794`, or else its IRI.
    fn id(&self, entity: KbId) -> String {
        let entity = self.kb().entity(entity);
        let qid = entity.as_ref().and_then(|entity| Some(format!("Q{}", entity.qid?)));
        let iri = || entity.as_ref().and_then(|e| e.iri.map(str::to_owned).or_else(|| e.geonames_iri()));
        qid.or_else(iri).unwrap_or_else(|| "no Q-id".to_owned())
    }

    fn label(&self, entity: KbId) -> &str {
        self.kb().entity(entity).map_or("?", |entity| entity.label)
    }

    /// The places of the names in characters: `10-16, 40-46 as Iran`.
    fn places(&self) -> String {
        let places =
            self.judgement.spans.iter().zip(&self.judgement.governments).map(|(&span, government)| {
                let (start, end) = self.points.of_span(span);
                let government = government.map(|country| format!(" as {}", self.label(country)));
                format!("{start}-{end}{}", government.unwrap_or_default())
            });
        places.collect::<Vec<_>>().join(", ")
    }

    /// What was decided, in a sentence.
    fn decision(&self) -> String {
        let described = |judged: &Judged| {
            format!("{} ({}), {:.2}", self.label(judged.entity), self.id(judged.entity), judged.score)
        };
        match (&self.judgement.choice, self.judgement.candidates.first()) {
            (None, None) => "local: the knowledge base has no such name".to_owned(),
            (None, Some(best)) => {
                format!("local: the likeliest is {}, and {LEAST} is needed", described(best))
            }
            (Some(choice), Some(best)) if choice.score >= SURE => format!("same as {}", described(best)),
            (Some(_), best) => format!("close match {}", best.map(described).unwrap_or_default()),
        }
    }

    fn text(&self) -> String {
        let judgement = self.judgement;
        let head =
            format!("{}  {}  at {}", judgement.forms.join(" = "), judgement.name_type.label(), self.places());
        let decision = self.decision();
        if judgement.candidates.is_empty() {
            return format!("{head}\n{decision}\n");
        }
        format!("{head}\n{decision}\n{}\n", self.table())
    }

    /// The features as rows, the candidates as columns: each value, and what it adds to the logarithm of the odds.
    fn table(&self) -> String {
        let shown = &self.judgement.candidates[..self.judgement.candidates.len().min(SHOWN)];
        let model = Model::trained();
        let mut header = vec!["feature".to_owned(), "weight".to_owned()];
        header.extend(shown.iter().map(|judged| {
            let class = self.kb().entity(judged.entity).map_or("", |entity| entity.class.name());
            format!("{}\n{} {class}", self.label(judged.entity), self.id(judged.entity))
        }));
        let number = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
        let mut rows = Vec::new();
        for &(feature, name) in &FEATURES {
            let values: Vec<f64> = shown.iter().map(|judged| judged.values.get(feature)).collect();
            if values.iter().all(|&value| value == 0.0) {
                continue;
            }
            let weight = model.weight(feature);
            let mut row = vec![Cell::new(name), number(format!("{weight:+.2}"))];
            row.extend(values.iter().map(|value| number(format!("{value:.2} {:+.2}", value * weight))));
            rows.push(row);
        }
        let sum = shown.iter().map(|judged| number(format!("{:+.2}", model.log_odds(&judged.values))));
        rows.push([Cell::new("log odds"), Cell::new("")].into_iter().chain(sum).collect());
        let score = shown.iter().map(|judged| number(format!("{:.3}", judged.score)));
        rows.push([Cell::new("probability"), Cell::new("")].into_iter().chain(score).collect());
        let by = shown.iter().map(|judged| Cell::new(format!("{} `{}`", judged.by.name(), judged.name)));
        rows.push([Cell::new("found by"), Cell::new("")].into_iter().chain(by).collect());
        table::of_cells(header, rows.into_iter())
    }

    fn json(&self) -> Value {
        let judgement = self.judgement;
        let mentions: Vec<Value> = judgement
            .spans
            .iter()
            .zip(&judgement.governments)
            .map(|(&span, government)| {
                let (start, end) = self.points.of_span(span);
                let government = government.map(|country| self.id(country));
                json!({ "start": start, "end": end, "government": government })
            })
            .collect();
        let choice = judgement.choice.map(|choice| {
            let link = if choice.score >= SURE { "owl:sameAs" } else { "skos:closeMatch" };
            json!({ "id": self.id(choice.entity), "score": rounded(choice.score), "link": link })
        });
        json!({
            "article": self.article,
            "forms": judgement.forms,
            "type": judgement.name_type.label(),
            "mentions": mentions,
            "choice": choice,
            "candidates": judgement.candidates.iter().map(|judged| self.candidate(judged)).collect::<Vec<_>>(),
        })
    }

    fn candidate(&self, judged: &Judged) -> Value {
        let model = Model::trained();
        let features: Map<String, Value> = FEATURES
            .iter()
            .filter(|(feature, _)| judged.values.get(*feature) != 0.0)
            .map(|&(feature, name)| {
                let value = rounded(judged.values.get(feature));
                (name.to_owned(), json!({ "value": value, "weight": model.weight(feature) }))
            })
            .collect();
        json!({
            "id": self.id(judged.entity),
            "label": self.label(judged.entity),
            "class": self.kb().entity(judged.entity).map(|entity| entity.class.name()),
            "name": judged.name,
            "by": judged.by.name(),
            "score": rounded(judged.score),
            "features": features,
        })
    }
}

/// To four digits after the point.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
