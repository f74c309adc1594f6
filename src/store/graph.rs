//! The graph as it is queried: the index of a folder, or one in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use flate2::read::MultiGzDecoder;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Quad};

use super::{CORRECTIONS_GRAPH, Entry, Error, Folder, StoredArticle, index};
use crate::index::{Batch, Id, Snapshot};

/// Name of the graph that holds the ontology.
pub(super) const ONTOLOGY_GRAPH: &str = "https://w3id.org/tidings/ontology";
/// A graph to be queried. The default graph holds every triple of every article, each once; the named graphs hold the
/// articles' own, `https://w3id.org/tidings/ontology` names one with the ontology, and
/// `https://w3id.org/tidings/corrections` one with the folder's corrections, which are made in the articles' graphs.
///
/// ```
/// use oxigraph::model::{NamedNode, Quad};
/// use tidings::store::{Graph, Query};
/// let name = NamedNode::new("http://example.org/a")?;
/// let graph = Graph::from_quads([Quad::new(name.clone(), name.clone(), name.clone(), name)])?;
/// let answers = graph.answer(&Query::parse("ASK { ?s ?p ?o }")?, Default::default())?;
/// # let mut out = Vec::new();
/// # answers.write(oxigraph::sparql::results::QueryResultsFormat::Csv.into(), &mut out, None)?;
/// # assert_eq!(out, b"true");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Graph {
    snapshot: Arc<Snapshot>,
}

impl Graph {
    /// Opens the index of `folder`. It is made or brought up to date first, where that is needed, with `threads` threads;
    /// `on_refresh` is called before, with the number of articles to be read.
    pub fn open(folder: &Folder, threads: NonZeroUsize, on_refresh: impl Fn(usize)) -> Result<Self, Error> {
        Ok(Self { snapshot: Arc::new(index::open(folder, threads, on_refresh)?) })
    }

    /// Loads the articles of `folder` into memory, with `threads` threads that read.
    pub fn load(folder: &Folder, threads: NonZeroUsize) -> Result<Self, Error> {
        let mut batch = Batch::default();
        ontology().chain(folder.corrections().quads()).for_each(|quad| batch.add(quad.as_ref()));
        let entries: Vec<&Entry> = folder.manifest().entries().collect();
        each_article(folder, &entries, threads, |stored| {
            stored.quads.iter().for_each(|quad| batch.add(quad.as_ref()));
            Ok(())
        })?;
        Self::default().with(batch)
    }

    /// A graph of these quads; triples of the default graph are in no article's graph.
    pub fn from_quads(quads: impl IntoIterator<Item = Quad>) -> Result<Self, Error> {
        let mut batch = Batch::default();
        ontology().chain(quads).for_each(|quad| batch.add(quad.as_ref()));
        Self::default().with(batch)
    }

    /// The graph with the file at `path` added, in memory; in any RDF syntax, told by its extension; `.gz` is decompressed.
    pub fn with_file(&self, path: &Path) -> Result<Self, Error> {
        let mut batch = Batch::default();
        for quad in quads_of_file(path)? {
            batch.add(quad?.as_ref());
        }
        self.with(batch)
    }

    /// The graph with more quads, in memory.
    fn with(&self, batch: Batch) -> Result<Self, Error> {
        let mut snapshot = (*self.snapshot).clone();
        snapshot.add(batch)?;
        Ok(Self { snapshot: Arc::new(snapshot) })
    }

    /// The names and texts of the graph that are `text` but for upper and lower case, in order: what a parameter of a
    /// ready-made question can mean that is a name.
    pub fn spellings(&self, text: &str) -> Result<Vec<String>, Error> {
        Ok(self.snapshot.spellings(text)?)
    }

    /// What is asked.
    pub(super) fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The graphs whose triples are not in the default graph.
    pub(super) fn outside(&self) -> Result<Vec<Id>, Error> {
        let mut outside = Vec::new();
        for name in [ONTOLOGY_GRAPH, CORRECTIONS_GRAPH] {
            outside.extend(self.snapshot.id_of(&NamedNode::new_unchecked(name))?);
        }
        Ok(outside)
    }
}

impl Default for Graph {
    /// An empty one, without the ontology.
    fn default() -> Self {
        Self { snapshot: Arc::default() }
    }
}

/// Reads the file at `path` in any RDF syntax, told by its extension; `.gz` is decompressed.
pub(super) fn quads_of_file(path: &Path) -> Result<impl Iterator<Item = Result<Quad, Error>>, Error> {
    let unknown = || Error::UnknownFormat { path: path.to_owned() };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (name, compressed) = name.strip_suffix(".gz").map_or((&*name, false), |name| (name, true));
    let extension = name.rsplit_once('.').ok_or_else(unknown)?.1;
    let format = RdfFormat::from_extension(extension).ok_or_else(unknown)?;
    let file = BufReader::new(File::open(path).map_err(Error::io("read", path))?);
    let reader: Box<dyn Read> = if compressed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let parser = RdfParser::from_format(format).rename_blank_nodes();
    let base = std::path::absolute(path).map(|path| format!("file://{}", path.display())).unwrap_or_default();
    // A path that makes no IRI leaves the file without a base; relative IRIs in it are then errors of its own.
    let parser = parser.clone().with_base_iri(base).unwrap_or(parser);
    Ok(parser
        .for_reader(reader)
        .map(|quad| quad.map_err(|source| Error::Rdf { path: path.to_owned(), source })))
}

/// The ontology, in the graph that has its name.
pub(super) fn ontology() -> impl Iterator<Item = Quad> {
    let name = NamedNode::new_unchecked(ONTOLOGY_GRAPH);
    crate::ontology::VOCABULARY.into_iter().flat_map(move |text| {
        let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(name.clone());
        parser.rename_blank_nodes().for_slice(text).map(|quad| quad.expect("the embedded ontology is Turtle"))
    })
}

/// Reads the files of `entries` in `threads` threads and gives the articles to `take`, in the order of the entries: the
/// numbers of terms, and so the order in which a query finds things, depend on it.
pub(super) fn each_article(
    folder: &Folder,
    entries: &[&Entry],
    threads: NonZeroUsize,
    mut take: impl FnMut(StoredArticle) -> Result<(), Error>,
) -> Result<(), Error> {
    let next = AtomicUsize::new(0);
    let read = |sender: SyncSender<(usize, Result<Option<StoredArticle>, Error>)>| {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(entry) = entries.get(at) else { return };
            // The other end hangs up at the first error.
            if sender.send((at, folder.read(entry))).is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(2 * threads.get());
        for _ in 0..threads.get() {
            let sender = sender.clone();
            scope.spawn(|| read(sender));
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let result = (0..entries.len()).try_for_each(|at| {
            while !early.contains_key(&at) {
                // All senders are gone only when all entries were read.
                let Ok((read, article)) = receiver.recv() else { return Ok(()) };
                early.insert(read, article);
            }
            match early.remove(&at) {
                Some(article) => article?.map_or(Ok(()), &mut take),
                None => Ok(()),
            }
        });
        drop(receiver);
        result
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use oxigraph::sparql::CancellationToken;
    use tempfile::TempDir;

    use super::super::article_file::tests::article;
    use super::super::{EncodedArticle, FolderWriter, Query, Waiting};
    use super::*;

    fn count(graph: &Graph, query: &str) -> String {
        let answers = graph.answer(&Query::parse(query).unwrap(), CancellationToken::default()).unwrap();
        let mut csv = Vec::new();
        answers.write(oxigraph::sparql::results::QueryResultsFormat::Csv.into(), &mut csv, None).unwrap();
        String::from_utf8(csv).unwrap().lines().last().unwrap().to_owned()
    }

    #[test]
    fn the_default_graph_holds_a_triple_of_two_articles_once() {
        let folder = TempDir::new().unwrap();
        let mut writer = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap();
        for name in ["a", "b"] {
            let mut graph = article("shared", "d1", 10);
            graph.iri = article(name, "d1", 0).iri;
            for quad in &mut graph.quads {
                quad.graph_name = graph.iri.clone().into();
            }
            writer.put(EncodedArticle::new(&graph, "v1")).unwrap();
        }
        writer.finish().unwrap();
        for threads in [1, 3] {
            let folder = Folder::open(folder.path()).unwrap();
            let graph = Graph::load(&folder, NonZeroUsize::new(threads).unwrap()).unwrap();
            assert_eq!(count(&graph, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), "10");
            assert_eq!(
                count(
                    &graph,
                    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'http://example.org/')) }"
                ),
                "20"
            );
        }
    }

    #[test]
    fn a_damaged_file_ends_the_loading_with_its_name() {
        let folder = TempDir::new().unwrap();
        let mut writer = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap();
        for n in 0..20 {
            writer.put(EncodedArticle::new(&article(&n.to_string(), "d1", 3), "v1")).unwrap();
        }
        let manifest = writer.finish().unwrap();
        let path = folder.path().join(manifest.entries().nth(7).unwrap().path());
        fs::write(&path, "x").unwrap();
        let folder = Folder::open(folder.path()).unwrap();
        let error = Graph::load(&folder, NonZeroUsize::MIN).err().unwrap();
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    }

    #[test]
    fn files_of_rdf_are_read_by_their_extension() {
        let folder = TempDir::new().unwrap();
        let graph = Graph::from_quads([]).unwrap();
        let turtle = folder.path().join("a.ttl");
        fs::write(&turtle, "<#a> <#b> 1, 2 .").unwrap();
        let more = graph.with_file(&turtle).unwrap();
        assert_eq!(count(&more, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), "2");
        fs::write(&turtle, "<#a> <#b> 1,\n oops .").unwrap();
        let error = anyhow::Error::from(graph.with_file(&turtle).err().unwrap());
        assert!(
            format!("{error:#}").contains("a.ttl") && format!("{error:#}").contains("line 2"),
            "{error:#}"
        );
        assert!(matches!(graph.with_file(Path::new("a.docx")), Err(Error::UnknownFormat { .. })));
        assert!(matches!(graph.with_file(Path::new("nothing.nt")), Err(Error::Io { .. })));
    }
}
