use std::collections::BTreeSet;
use std::path::Path;

use oxigraph::sparql::CancellationToken;
use tempfile::TempDir;

use super::super::article_file::tests::article;
use super::super::{EncodedArticle, FolderWriter, Graph, Query, Waiting};
use super::*;

fn put(folder: &Path, articles: &[(&str, usize)]) {
    let mut writer = FolderWriter::open(folder, Waiting::Refuse, |_| {}).unwrap();
    for (name, len) in articles {
        writer.put(EncodedArticle::new(&article(name, &len.to_string(), *len), "v1")).unwrap();
    }
    writer.finish().unwrap();
}

/// Number of triples of each article, by the index, and how many articles were read for it.
fn counts(folder: &Path) -> (Vec<String>, usize) {
    let read = std::cell::Cell::new(0);
    let folder = Folder::open(folder).unwrap();
    let graph = Graph::open(&folder, NonZeroUsize::MIN, |articles| read.set(articles)).unwrap();
    let query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?g <http://example.org/number> ?o } } GROUP BY ?g";
    let answers = graph.answer(&Query::parse(query).unwrap(), CancellationToken::default()).unwrap();
    let (_, rows) = answers.into_rows().unwrap().unwrap();
    let rows = rows.iter().map(|row| format!("{} {}", row["g"], row["n"]));
    let mut rows: Vec<String> = rows
        .map(|row| {
            row.replace("http://example.org/article/", "")
                .replace("^^<http://www.w3.org/2001/XMLSchema#integer>", "")
        })
        .collect();
    rows.sort_unstable();
    (rows, read.get())
}

#[test]
fn only_what_changed_is_read() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), &[("a", 3), ("b", 200), ("c", 5)]);
    assert_eq!(
        counts(folder.path()),
        (vec!["<a> \"3\"".into(), "<b> \"200\"".into(), "<c> \"5\"".into()], 3)
    );
    assert_eq!(counts(folder.path()).1, 0);
    put(folder.path(), &[("a", 4), ("d", 1)]);
    let all = ["<a> \"4\"", "<b> \"200\"", "<c> \"5\"", "<d> \"1\""].map(str::to_owned).to_vec();
    assert_eq!(counts(folder.path()), (all, 2));
    let mut writer = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap();
    writer.remove(["http://example.org/article/b"]).unwrap();
    writer.finish().unwrap();
    let left = ["<a> \"4\"", "<c> \"5\"", "<d> \"1\""].map(str::to_owned).to_vec();
    assert_eq!(counts(folder.path()), (left, 0));
    assert_eq!(counts(folder.path()).1, 0);
}

#[test]
fn an_index_that_is_missing_cut_or_flipped_is_made_again_or_says_so() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), &[("a", 30), ("b", 20)]);
    let (rows, _) = counts(folder.path());
    let root = folder.path().join(FOLDER);
    let segment = root.join("00000001.seg");
    let good = [STATE.into(), segment.clone()].map(|path: PathBuf| fs::read(root.join(path)).unwrap());
    fs::remove_dir_all(&root).unwrap();
    assert_eq!(counts(folder.path()), (rows.clone(), 2));
    fs::write(&segment, &good[1][..good[1].len() / 2]).unwrap();
    assert_eq!(counts(folder.path()), (rows.clone(), 2));
    for at in (0..good[0].len()).step_by(7) {
        let mut bad = good[0].clone();
        bad[at] ^= 1;
        fs::write(root.join(STATE), bad).unwrap();
        assert_eq!(counts(folder.path()).0, rows, "byte {at}");
    }
}

#[test]
fn a_folder_that_changes_often_keeps_few_segments() {
    let folder = TempDir::new().unwrap();
    for n in 0..30_usize {
        put(folder.path(), &[(&n.to_string(), 10)]);
        assert_eq!(counts(folder.path()).0.len(), n + 1);
    }
    let files = fs::read_dir(folder.path().join(FOLDER)).unwrap().count();
    assert!(files < 8, "{files} files");
}

#[test]
fn segments_are_merged_when_they_are_small_beside_each_other_or_mostly_gone() {
    let merged = |sizes: &[u64], gone: &[u64]| {
        first_to_merge(sizes, |at| sizes[at] + gone.get(at).copied().unwrap_or_default())
    };
    assert_eq!(merged(&[], &[]), None);
    assert_eq!(merged(&[100], &[]), None);
    assert_eq!(merged(&[100, 20], &[]), None);
    assert_eq!(merged(&[100, 30], &[]), Some(0));
    assert_eq!(merged(&[1000, 100, 30], &[]), Some(1));
    assert_eq!(merged(&[500, 100, 30], &[]), Some(0));
    assert_eq!(merged(&[100], &[101]), Some(0));
    assert_eq!(merged(&[1000, 100], &[0, 200]), Some(1));
}

#[test]
fn a_state_comes_back() {
    let mut line = SegmentLine::new(7);
    line.gone = BTreeSet::from([3, 900]);
    let mut state = State::empty("tidings-index 2\n");
    state.segments = vec![SegmentLine::new(2), line];
    state.listing.insert("http://example.org/a".into(), [7; 16]);
    let text = state.to_text();
    let back = State::parse(&text, "tidings-index 2\n").unwrap();
    assert_eq!(back.to_text(), text);
    assert!(State::parse(&text, "tidings-index 3\n").is_none());
    assert!(State::parse(text.trim_end(), "tidings-index 2\n").is_none());
}
