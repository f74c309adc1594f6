//! Fills a store on disk.

use std::num::NonZeroUsize;
use std::path::Path;

use oxigraph::model::{GraphName, NamedNode, Quad};
use oxigraph::store::{StorageError, Store};

use super::super::graph::{ONTOLOGY_GRAPH, load_articles, ontology};
use super::super::{CORRECTIONS_GRAPH, Entry, Error, Folder};
use super::listing::{Changes, Listing};

/// Memory that the loader may fill before it writes what it has read, in megabytes.
const BATCH: usize = 512;

/// Makes a store of all articles of `folder`; gives what was read.
pub(super) fn build(path: &Path, folder: &Folder, threads: NonZeroUsize) -> Result<Listing, Error> {
    let store = Store::open(path)?;
    let mut loader = store.bulk_loader().with_max_memory_size_in_megabytes(BATCH);
    loader.load_quads(ontology())?;
    loader.load_quads(folder.corrections().quads())?;
    loader.commit()?;
    let entries: Vec<&Entry> = folder.manifest().entries().collect();
    let mut listing = Listing::empty(folder.corrections().digest());
    add(&store, folder, &entries, threads, &mut listing)?;
    store.optimize()?;
    store.flush()?;
    Ok(listing)
}

/// Makes `changes` in a store that holds `listing`; gives what it holds then.
pub(super) fn update(
    path: &Path,
    folder: &Folder,
    mut listing: Listing,
    changes: &Changes,
    threads: NonZeroUsize,
) -> Result<Listing, Error> {
    let store = Store::open(path)?;
    for article in &changes.removed {
        remove(&store, &NamedNode::new_unchecked(&**article))?;
        listing.remove(article);
    }
    let entries: Vec<&Entry> =
        changes.added.iter().filter_map(|article| folder.manifest().get(article)).collect();
    add(&store, folder, &entries, threads, &mut listing)?;
    store.flush()?;
    Ok(listing)
}

/// Adds articles. What is noted is what was read: a writer may have replaced or removed one meanwhile.
fn add(
    store: &Store,
    folder: &Folder,
    entries: &[&Entry],
    threads: NonZeroUsize,
    listing: &mut Listing,
) -> Result<(), Error> {
    let mut loader = store.bulk_loader().with_max_memory_size_in_megabytes(BATCH).without_atomicity();
    let note = |article: &str, file| listing.insert(article.into(), file);
    load_articles(&mut loader, folder, entries, threads, note)?;
    loader.commit()?;
    Ok(())
}

/// Takes the graph of an article out, and its triples out of the default graph, but for those that another article states
/// too.
fn remove(store: &Store, article: &NamedNode) -> Result<(), StorageError> {
    let ours =
        [ONTOLOGY_GRAPH, CORRECTIONS_GRAPH].map(|name| GraphName::from(NamedNode::new_unchecked(name)));
    let this = GraphName::from(article.clone());
    let does_not_count =
        |graph: &GraphName| *graph == GraphName::DefaultGraph || *graph == this || ours.contains(graph);
    let mut transaction = store.start_transaction()?;
    let quads: Vec<Quad> =
        transaction.quads_for_pattern(None, None, None, Some(article.into())).collect::<Result<_, _>>()?;
    for quad in quads {
        let (subject, predicate, object) =
            (quad.subject.as_ref(), quad.predicate.as_ref(), quad.object.as_ref());
        let is_stated_elsewhere = transaction
            .quads_for_pattern(Some(subject), Some(predicate), Some(object), None)
            .find(|quad| !quad.as_ref().is_ok_and(|quad| does_not_count(&quad.graph_name)))
            .transpose()?
            .is_some();
        if !is_stated_elsewhere {
            let triple = Quad { graph_name: GraphName::DefaultGraph, ..quad };
            transaction.remove(&triple);
        }
    }
    transaction.remove_named_graph(article)?;
    transaction.commit()
}
