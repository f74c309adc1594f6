use std::collections::BTreeSet;
use std::fs;

use tempfile::TempDir;

use super::super::article_file::tests::article;
use super::super::{EncodedArticle, Folder, FolderWriter, Graph, Waiting};
use super::*;

const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// Puts articles into the folder: name and number of statements. Those of the articles that are named with a vowel are
/// about one thing, so that they share statements.
fn put(folder: &TempDir, articles: &[(&str, usize)]) {
    let mut writer = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap();
    for &(name, len) in articles {
        let mut graph = article(if "aeiou".contains(name) { "shared" } else { name }, "d1", len);
        graph.iri = article(name, "d1", 0).iri;
        for quad in &mut graph.quads {
            quad.graph_name = graph.iri.clone().into();
        }
        writer.put(EncodedArticle::new(&graph, "v1")).unwrap();
    }
    writer.finish().unwrap();
}

fn remove(folder: &TempDir, names: &[&str]) {
    let mut writer = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap();
    let iris: Vec<String> = names.iter().map(|name| article(name, "d1", 0).iri.into_string()).collect();
    writer.remove(iris.iter().map(String::as_str)).unwrap();
    writer.finish().unwrap();
}

/// Opens the index; gives it and the number of articles that were read for that, if any were.
fn open_counting(folder: &TempDir) -> (Graph, Option<usize>) {
    let read = std::cell::Cell::new(None);
    let folder = Folder::open(folder.path()).unwrap();
    let graph = Graph::open_index(&folder, true, ONE, |count| read.set(Some(count))).unwrap().unwrap();
    (graph, read.get())
}

/// The quads and the named graphs; of the ontology, whose blank nodes have another name each time, the number of quads.
fn content(graph: &Graph) -> (BTreeSet<String>, usize, BTreeSet<String>) {
    let store = graph.store();
    let (ontology, quads): (Vec<String>, Vec<String>) = store
        .iter()
        .map(|quad| quad.unwrap().to_string())
        .partition(|quad| quad.ends_with("<https://w3id.org/tidings/ontology>"));
    let graphs = store.named_graphs().map(|graph| graph.unwrap().to_string()).collect();
    (quads.into_iter().collect(), ontology.len(), graphs)
}

/// Asserts that the index holds what memory would, and gives the number of articles that were read to get there.
fn assert_same_as_memory(folder: &TempDir) -> Option<usize> {
    let (index, read) = open_counting(folder);
    index.store().validate().unwrap();
    let memory = Graph::load(&Folder::open(folder.path()).unwrap(), ONE).unwrap();
    assert_eq!(content(&index), content(&memory));
    read
}

fn versions(folder: &TempDir) -> usize {
    let names = fs::read_dir(folder.path().join(FOLDER)).unwrap();
    names.filter(|entry| entry.as_ref().unwrap().file_name() != ".lock").count()
}

fn articles() -> Vec<(&'static str, usize)> {
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"]
        .map(|name| (name, 5))
        .into()
}

#[test]
fn holds_what_memory_holds_and_reads_only_what_changed() {
    let folder = TempDir::new().unwrap();
    put(&folder, &articles());
    assert_eq!(assert_same_as_memory(&folder), Some(16));
    assert_eq!(assert_same_as_memory(&folder), None);
    // A statement fewer that others state, and one more that nobody else does.
    put(&folder, &[("a", 4), ("b", 7)]);
    assert_eq!(assert_same_as_memory(&folder), Some(2));
    put(&folder, &[("e", 9), ("q", 3)]);
    assert_eq!(assert_same_as_memory(&folder), Some(2));
    remove(&folder, &["e"]);
    assert_eq!(assert_same_as_memory(&folder), Some(0));
    put(&folder, &[("c", 0)]);
    assert_eq!(assert_same_as_memory(&folder), Some(1));
    assert_eq!(versions(&folder), 1);
}

#[test]
fn much_that_changed_is_built_anew() {
    let folder = TempDir::new().unwrap();
    put(&folder, &articles());
    open_counting(&folder);
    put(&folder, &[("a", 1), ("b", 1), ("c", 1)]);
    assert_eq!(assert_same_as_memory(&folder), Some(16));
}

#[test]
fn what_others_state_stays_when_all_but_one_go() {
    let folder = TempDir::new().unwrap();
    let mut many = articles();
    many.extend([("r", 1), ("s", 1), ("t", 1), ("v", 1), ("w", 1), ("x", 1), ("y", 1), ("z", 1)]);
    many.extend([("rr", 1), ("ss", 1), ("tt", 1), ("vv", 1), ("ww", 1), ("xx", 1), ("yy", 1), ("zz", 1)]);
    put(&folder, &many);
    open_counting(&folder);
    remove(&folder, &["a", "e", "i"]);
    assert_eq!(assert_same_as_memory(&folder), Some(0));
    remove(&folder, &["o"]);
    assert_eq!(assert_same_as_memory(&folder), Some(0));
}

#[test]
fn what_an_interrupted_run_left_is_no_index_and_is_cleared_away() {
    let folder = TempDir::new().unwrap();
    put(&folder, &articles());
    open_counting(&folder);
    let root = folder.path().join(FOLDER);
    let [version] = &fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect::<Vec<_>>()[..]
    else {
        panic!("one version")
    };
    // Half made, and half removed.
    fs::create_dir_all(root.join(".tmp-new/store")).unwrap();
    fs::write(root.join(".tmp-new/store/CURRENT"), "half").unwrap();
    fs::rename(version, root.join(".tmp-old-x")).unwrap();
    fs::remove_file(root.join(".tmp-old-x/store/CURRENT")).unwrap();
    assert_eq!(assert_same_as_memory(&folder), Some(16));
    assert_eq!(versions(&folder), 1);
}

#[test]
fn a_damaged_index_is_made_again() {
    let folder = TempDir::new().unwrap();
    put(&folder, &articles());
    open_counting(&folder);
    let version = || {
        let root = fs::read_dir(folder.path().join(FOLDER)).unwrap();
        root.map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap()
    };
    fs::write(version().join("store/CURRENT"), "nothing\n").unwrap();
    assert_eq!(assert_same_as_memory(&folder), Some(16));
    // Found when a newer version is to be made of it.
    fs::write(version().join("store/CURRENT"), "nothing\n").unwrap();
    put(&folder, &[("b", 3)]);
    let (_, read) = open_counting(&folder);
    assert_eq!(read, Some(16));
    fs::write(version().join(LISTING), "cut off").unwrap();
    put(&folder, &[("b", 2)]);
    assert_eq!(assert_same_as_memory(&folder), Some(16));
}

#[test]
fn a_version_that_is_read_stays_until_it_is_not() {
    let folder = TempDir::new().unwrap();
    put(&folder, &articles());
    let (old, _) = open_counting(&folder);
    let before = content(&old);
    put(&folder, &[("b", 3)]);
    let (_new, _) = open_counting(&folder);
    assert_eq!(versions(&folder), 2);
    assert_eq!(content(&old), before);
    drop(old);
    put(&folder, &[("b", 4)]);
    open_counting(&folder);
    assert!(versions(&folder) <= 2);
}

#[test]
fn a_folder_without_an_index_gets_none_unasked() {
    let folder = TempDir::new().unwrap();
    put(&folder, &[("a", 1)]);
    let opened = Folder::open(folder.path()).unwrap();
    assert!(Graph::open_index(&opened, false, ONE, |_| {}).unwrap().is_none());
    assert!(!folder.path().join(FOLDER).exists());
}

#[test]
fn a_damaged_article_is_told_and_no_index_is_left() {
    let folder = TempDir::new().unwrap();
    put(&folder, &[("a", 1)]);
    let opened = Folder::open(folder.path()).unwrap();
    let path = folder.path().join(opened.manifest().entries().next().unwrap().path());
    fs::write(&path, "x").unwrap();
    let error = Graph::open_index(&opened, true, ONE, |_| {}).err().unwrap();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    assert_eq!(versions(&folder), 1, "only what the next run clears away");
}
