use std::fs;

use tempfile::TempDir;

use super::super::article_file::tests::article;
use super::super::{EncodedArticle, Folder};
use super::*;

fn open(folder: &TempDir) -> FolderWriter {
    FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap()
}

/// A folder with the articles `names`, each of three quads.
fn folder_of(names: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut writer = open(&folder);
    for name in names {
        writer.put(EncodedArticle::new(&article(name, "d1", 3), "v1")).unwrap();
    }
    writer.finish().unwrap();
    folder
}

/// The quads of every article, by IRI.
fn content(folder: &TempDir) -> Vec<(String, usize)> {
    let folder = Folder::open(folder.path()).unwrap();
    let read = |entry| folder.read(entry).unwrap().unwrap();
    folder.manifest().entries().map(read).map(|stored| (stored.article, stored.quads.len())).collect()
}

/// The files that hold articles.
fn files(folder: &TempDir) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder.path().join("articles")).sort_by_file_name();
    files.into_iter().map(|file| file.unwrap().into_path()).filter(|path| path.is_file()).collect()
}

fn iri(name: &str) -> String {
    format!("http://example.org/article/{name}")
}

#[test]
fn what_is_put_is_read_again() {
    let folder = folder_of(&["b", "a"]);
    assert_eq!(content(&folder), [(iri("a"), 3), (iri("b"), 3)]);
    assert!(folder.path().join("description.ttl").is_file());
}

#[test]
fn a_new_version_replaces_the_old_one_and_its_file() {
    let folder = folder_of(&["a", "b"]);
    let mut writer = open(&folder);
    writer.put(EncodedArticle::new(&article("a", "d2", 5), "v1")).unwrap();
    writer.put(EncodedArticle::new(&article("b", "d2", 3), "v1")).unwrap();
    writer.put(EncodedArticle::new(&article("b", "d1", 3), "v1")).unwrap();
    writer.finish().unwrap();
    assert_eq!(content(&folder), [(iri("a"), 5), (iri("b"), 3)]);
    assert_eq!(files(&folder).len(), 2);
}

#[test]
fn equal_graphs_have_equal_folders_whatever_happened_before() {
    let one = folder_of(&["a", "b", "c"]);
    let other = folder_of(&["c", "x", "a"]);
    let mut writer = open(&other);
    writer.remove([iri("x").as_str(), "http://example.org/unknown"]).unwrap();
    writer.put(EncodedArticle::new(&article("b", "d0", 9), "v1")).unwrap();
    writer.commit().unwrap();
    writer.put(EncodedArticle::new(&article("b", "d1", 3), "v1")).unwrap();
    writer.finish().unwrap();
    for name in ["manifest.tsv", "description.ttl"] {
        let read = |folder: &TempDir| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read(&one), read(&other));
    }
    let names = |folder: &TempDir| -> Vec<PathBuf> {
        files(folder).iter().map(|path| path.strip_prefix(folder.path()).unwrap().to_owned()).collect()
    };
    assert_eq!(names(&one), names(&other));
}

#[test]
fn a_second_writer_is_told() {
    let folder = TempDir::new().unwrap();
    let _writer = open(&folder);
    let error = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap_err();
    assert!(error.to_string().contains(&format!("another process (id {})", std::process::id())), "{error}");
}

#[test]
fn a_second_writer_waits_for_the_first() {
    let folder = TempDir::new().unwrap();
    let mut writer = open(&folder);
    let path = folder.path().to_owned();
    let (sender, receiver) = std::sync::mpsc::channel();
    let second = std::thread::spawn(move || {
        let waited = FolderWriter::open(path, Waiting::Wait, |_| sender.send(()).unwrap()).unwrap();
        waited.manifest().len()
    });
    receiver.recv().unwrap();
    writer.put(EncodedArticle::new(&article("a", "d1", 3), "v1")).unwrap();
    writer.finish().unwrap();
    assert_eq!(second.join().unwrap(), 1);
}

#[test]
fn repairs_what_a_crash_before_the_manifests_line_leaves() {
    let folder = folder_of(&["a"]);
    let newer = EncodedArticle::new(&article("a", "d2", 7), "v1");
    let path = folder.path().join(newer.entry.path());
    fs::write(&path, &newer.bytes).unwrap();
    fs::write(path.with_file_name(".tmp-0"), "half").unwrap();
    let journal = folder.path().join(MANIFEST);
    let mut text = fs::read_to_string(&journal).unwrap();
    text.push_str("+\thttp://exam");
    fs::write(&journal, text).unwrap();
    let repaired = open(&folder).repaired().clone();
    assert_eq!((repaired.temporary, repaired.superseded, repaired.cut_line), (1, 1, true));
    assert!(repaired.to_string().contains("removed 1 half-written file\n"), "{repaired}");
    assert_eq!(content(&folder), [(iri("a"), 3)]);
    assert!(open(&folder).repaired().is_nothing());
}

#[test]
fn repairs_what_a_crash_after_a_removals_line_leaves() {
    let folder = folder_of(&["a", "b"]);
    let journal = folder.path().join(MANIFEST);
    let text = fs::read_to_string(&journal).unwrap() + &Manifest::removal(&iri("a"));
    fs::write(&journal, text).unwrap();
    assert_eq!(open(&folder).repaired().superseded, 1);
    assert_eq!(content(&folder), [(iri("b"), 3)]);
}

#[test]
fn a_lost_manifest_is_made_again_from_the_files() {
    let folder = folder_of(&["a", "b"]);
    let before = fs::read(folder.path().join(MANIFEST)).unwrap();
    fs::remove_file(folder.path().join(MANIFEST)).unwrap();
    assert!(matches!(Folder::open(folder.path()), Err(Error::NotAFolder { .. })));
    assert_eq!(open(&folder).repaired().adopted, 2);
    assert_eq!(fs::read(folder.path().join(MANIFEST)).unwrap(), before);
}

#[test]
fn an_article_whose_file_is_gone_is_named_and_dropped_by_the_next_run() {
    let folder = folder_of(&["a", "b"]);
    fs::remove_file(&files(&folder)[0]).unwrap();
    let reader = Folder::open(folder.path()).unwrap();
    let errors: Vec<Error> =
        reader.manifest().entries().filter_map(|entry| reader.read(entry).err()).collect();
    assert!(matches!(errors[..], [Error::Missing { .. }]), "{errors:?}");
    let writer = open(&folder);
    assert_eq!(writer.repaired().missing.len(), 1);
    assert!(writer.repaired().to_string().contains("ingest it again"));
}

#[test]
fn a_damaged_file_is_named_with_the_mend() {
    let folder = folder_of(&["a"]);
    let file = &files(&folder)[0];
    let other = EncodedArticle::new(&article("a", "d9", 1), "v1");
    for bytes in [other.bytes.as_slice(), b"garbage", b""] {
        fs::write(file, bytes).unwrap();
        let reader = Folder::open(folder.path()).unwrap();
        let error = reader.read(reader.manifest().entries().next().unwrap()).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error}");
        assert!(error.to_string().contains(&iri("a")) && error.to_string().contains("delete it"), "{error}");
    }
}

#[test]
fn a_file_that_is_nobodys_is_left_and_named() {
    let folder = folder_of(&["a"]);
    let stray = files(&folder)[0].with_file_name("my.nq.gz");
    fs::write(&stray, "not compressed").unwrap();
    let writer = open(&folder);
    assert_eq!(writer.repaired().unreadable[0].0, stray);
    assert!(stray.exists());
}

#[test]
fn an_article_replaced_while_it_is_read_is_read_in_its_new_version() {
    let folder = folder_of(&["a", "b"]);
    let reader = Folder::open(folder.path()).unwrap();
    let mut writer = open(&folder);
    writer.put(EncodedArticle::new(&article("a", "d2", 5), "v1")).unwrap();
    writer.remove([iri("b").as_str()]).unwrap();
    let read: Vec<_> = reader.manifest().entries().map(|entry| reader.read(entry).unwrap()).collect();
    assert_eq!(read[0].as_ref().unwrap().quads.len(), 5);
    assert_eq!(read[1], None);
}

#[test]
fn articles_are_found_by_iri_address_and_id() {
    let folder = TempDir::new().unwrap();
    let base: crate::graph::Base = "http://example.org/my/".parse().unwrap();
    let mut writer = open(&folder);
    let named =
        crate::source::Article { url: Some("https://news.example/one".to_owned()), ..Default::default() };
    let numbered = crate::source::Article { id: Some("n-2".to_owned()), ..Default::default() };
    for one in [&named, &numbered] {
        let mut graph = article("x", "d1", 1);
        graph.iri = crate::graph::article_iri(one, &base);
        writer.put(EncodedArticle::new(&graph, "v1")).unwrap();
    }
    writer.finish().unwrap();
    let folder = Folder::open(folder.path()).unwrap();
    let by_url = folder.find("https://news.example/one").unwrap().clone();
    assert!(by_url.article.starts_with("http://example.org/my/article/one-"), "{}", by_url.article);
    assert_eq!(folder.find(&by_url.article).unwrap(), &by_url);
    assert_ne!(folder.find("n-2").unwrap(), &by_url);
    let error = folder.find("nothing").unwrap_err().to_string();
    assert!(error.contains("`nothing`"), "{error}");
}

#[test]
fn a_folder_that_cant_be_written_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = FolderWriter::open(file.join("kg"), Waiting::Refuse, |_| {}).unwrap_err();
    assert!(matches!(error, Error::Io { .. }) && error.to_string().contains("file/kg"), "{error}");
    assert!(matches!(Folder::open(&file), Err(Error::NotAFolder { .. })));
}
