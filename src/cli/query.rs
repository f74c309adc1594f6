//! `tidings query`: asks a graph.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use oxigraph::sparql::CancellationToken;
use oxigraph::sparql::results::QueryResultsFormat;
use tidings::export;
use tidings::store::{AnswerFormat, Folder, Graph, Query, QueryError, Question, questions};

use super::asking::AskArgs;
use super::table;

/// Asks a graph a question in SPARQL, or a ready-made one
///
/// The default graph is the union of all articles' graphs; `GRAPH ?article { ... }` reaches each of them. The usual
/// prefixes (td:, schema:, rdfs:, owl:, skos:, prov:, oa:, geo:, wd: ...) need no declaration.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct QueryArgs {
    /// The query in SPARQL 1.1; `-` reads it from standard input
    #[arg(conflicts_with_all = ["file", "name", "list"])]
    query: Option<String>,
    /// Reads the query from a file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "list"])]
    file: Option<PathBuf>,
    /// Asks a ready-made question
    #[arg(short, long, value_name = "QUESTION", conflicts_with = "list")]
    name: Option<String>,
    /// Sets a parameter of the ready-made question; given several times, any of the values will do
    #[arg(short, long = "param", value_name = "NAME=VALUE", requires = "name", value_parser = pair)]
    parameters: Vec<(String, String)>,
    /// Lists the ready-made questions
    #[arg(long)]
    list: bool,
    /// The graph folder
    #[arg(long, value_name = "DIR", required_unless_present_any = ["list", "data"])]
    kg: Option<PathBuf>,
    /// Adds a file of RDF (ttl, nt, nq, trig, rdf, jsonld; also with .gz), in memory
    #[arg(long, value_name = "FILE")]
    data: Vec<PathBuf>,
    /// How to write the answer [default: a table on a terminal, else csv; turtle for graphs]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Gives the first N results only
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Stops the query after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    timeout: u64,
    #[command(flatten)]
    asking: AskArgs,
}

const EXAMPLES: &str = "\
Examples:
  tidings query --kg kg 'SELECT ?label { ?x a td:Country ; rdfs:label ?label }'
  tidings query --kg kg --name articles-about --param name=Iran
  tidings query --kg kg --format json 'ASK { ?person a td:Person }'
  tidings query --kg kg --format turtle 'DESCRIBE ?x { ?x rdfs:label \"Iran\" }'
  tidings query --list";

/// How an answer is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Tsv,
    Json,
    Xml,
    #[value(alias = "ttl")]
    Turtle,
    Nt,
    #[value(name = "rdfxml", alias = "rdf")]
    RdfXml,
    #[value(name = "jsonld")]
    JsonLd,
    Trig,
    Nq,
}

impl Format {
    /// The format for rows; `None` where it is one for graphs.
    fn of_rows(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            _ => None,
        }
    }

    /// The format for graphs; `None` where it is one for rows.
    fn of_graph(self) -> Option<export::Format> {
        match self {
            Self::Turtle => Some(export::Format::Turtle),
            Self::Nt => Some(export::Format::NTriples),
            Self::RdfXml => Some(export::Format::RdfXml),
            Self::JsonLd => Some(export::Format::JsonLd),
            Self::Trig => Some(export::Format::TriG),
            Self::Nq => Some(export::Format::NQuads),
            _ => None,
        }
    }
}

/// What the evaluation hands over to be printed.
enum Output {
    Bytes(Vec<u8>),
    Table(String),
}

/// Runs it, writing to `out`.
pub(crate) fn run(args: &QueryArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    if args.list {
        return list(out);
    }
    let mut query = read_query(args)?;
    let format = chosen_format(args.format, &query)?;
    let graph = load(args)?;
    if let Some(question) = args.name.as_deref().and_then(Question::named) {
        query = question.query(&question.spelled(&args.parameters, &graph)?)?;
    }
    if let Some(limit) = args.limit {
        query = query.with_limit(limit);
    }
    let limit = Duration::from_secs(args.timeout);
    evaluate(graph, query, format, limit, out)
}

fn list(out: &mut dyn Write) -> anyhow::Result<()> {
    for question in questions() {
        writeln!(out, "{}\n    {} {}", question.name, question.title, question.description)?;
        for parameter in &question.parameters {
            let (name, default) = (parameter.name, &parameter.default);
            writeln!(out, "    --param {name}={default:?}  {}", parameter.description)?;
        }
    }
    Ok(())
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn read_query(args: &QueryArgs) -> anyhow::Result<Query> {
    if let Some(name) = &args.name {
        let Some(question) = Question::named(name) else {
            bail!("there is no question `{name}`; `tidings query --list` shows them");
        };
        return Ok(question.query(&args.parameters)?);
    }
    let (text, origin) = match (&args.query, &args.file) {
        (_, Some(path)) => {
            let text =
                fs::read_to_string(path).with_context(|| format!("can't read `{}`", path.display()))?;
            (text, format!("`{}`", path.display()))
        }
        (Some(query), None) if query != "-" => (query.clone(), "the query".to_owned()),
        (query, None) => {
            if query.is_none() && io::stdin().is_terminal() {
                bail!(
                    "no query given; give one in quotes, or `--name` a ready-made one (`--list` shows them)"
                );
            }
            (
                io::read_to_string(io::stdin()).context("can't read standard input")?,
                "standard input".to_owned(),
            )
        }
    };
    Query::parse(&text).map_err(|error| anyhow::anyhow!("{origin}, {error}"))
}

/// The format that was asked for, if it fits the query; the table is `None`.
fn chosen_format(format: Option<Format>, query: &Query) -> anyhow::Result<Option<AnswerFormat>> {
    match format {
        None if query.gives_graph() => Ok(Some(export::Format::Turtle.into())),
        None if io::stdout().is_terminal() => Ok(None),
        None => Ok(Some(QueryResultsFormat::Csv.into())),
        Some(format) if query.gives_graph() => match format.of_graph() {
            Some(format) => Ok(Some(format.into())),
            None => {
                bail!("this query gives a graph; choose turtle, nt, rdfxml, jsonld, trig or nq as --format")
            }
        },
        Some(Format::Table) => Ok(None),
        Some(format) => match format.of_rows() {
            Some(format) => Ok(Some(format.into())),
            None => bail!("this query gives rows; choose table, csv, tsv, json or xml as --format"),
        },
    }
}

fn load(args: &QueryArgs) -> anyhow::Result<Graph> {
    let mut graph = match &args.kg {
        Some(path) => args.asking.open(&Folder::open(path)?)?,
        None => Graph::from_quads([])?,
    };
    for path in &args.data {
        graph = graph.with_file(path)?;
    }
    Ok(graph)
}

/// Evaluates in another thread and prints what comes, until the time is over.
fn evaluate(
    graph: Graph,
    query: Query,
    format: Option<AnswerFormat>,
    limit: Duration,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    let (sender, receiver) = sync_channel(4);
    let worker = {
        let stop = stop.clone();
        thread::spawn(move || answer(&graph, &query, format, stop, sender))
    };
    let deadline = Instant::now() + limit;
    let mut wrote = 0;
    loop {
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Output::Bytes(bytes)) => {
                wrote += bytes.len();
                out.write_all(&bytes)?;
            }
            Ok(Output::Table(text)) => out.write_all(text.as_bytes())?,
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                // The program ends whether the evaluation sees this in time or not.
                stop.cancel();
                out.flush()?;
                let part = if wrote > 0 { "; what was written is not the whole answer" } else { "" };
                bail!("the query was stopped after {} s{part}; allow more with --timeout", limit.as_secs());
            }
        }
    }
    match worker.join() {
        Ok(Ok(())) => Ok(()),
        Ok(Err(QueryError::Write(error))) => Err(error.into()),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => bail!("the evaluation of the query failed; please report the query"),
    }
}

/// Evaluates, and sends what is to be printed.
fn answer(
    graph: &Graph,
    query: &Query,
    format: Option<AnswerFormat>,
    stop: CancellationToken,
    sender: SyncSender<Output>,
) -> Result<(), QueryError> {
    let answers = graph.answer(query, stop)?;
    if let Some(format) = format {
        let mut out = io::BufWriter::with_capacity(1 << 16, Sender(sender));
        answers.write(format, &mut out, None)?;
        return Ok(out.flush()?);
    }
    let rows = answers.into_rows()?.expect("a table is chosen for rows only");
    // The other end hangs up when the time is over.
    let _ = sender.send(Output::Table(table::render(&rows.0, &rows.1)));
    Ok(())
}

/// Sends what is written.
struct Sender(SyncSender<Output>);

impl Write for Sender {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(Output::Bytes(bytes.to_owned())).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
