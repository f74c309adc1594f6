use std::fs;

use tempfile::TempDir;

use super::super::article_file::tests::article;
use super::super::{EncodedArticle, Folder};
use super::*;

fn put(writer: &mut FolderWriter, name: &str, digest: &str, len: usize) {
    writer.put(EncodedArticle::new(&article(name, digest, len), "v1")).unwrap();
}

fn open(folder: &TempDir) -> FolderWriter {
    FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap()
}

/// A folder with the articles `names`, each of three quads.
fn folder_of(names: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut writer = open(&folder);
    for name in names {
        put(&mut writer, name, "d1", 3);
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

/// The packs.
fn files(folder: &TempDir) -> Vec<PathBuf> {
    super::super::pack::list(&folder.path().join("packs")).unwrap()
}

/// The names of the articles that a program finds that knows nothing of manifests, one for each time that one is there.
fn names_for_any_tool(folder: &TempDir) -> Vec<String> {
    let mut names = Vec::new();
    for file in files(folder) {
        let mut text = String::new();
        let mut decoder = flate2::read::MultiGzDecoder::new(File::open(file).unwrap());
        std::io::Read::read_to_string(&mut decoder, &mut text).unwrap();
        let name =
            |line: &str| line.split(['<', '>']).nth(1).map(|iri| iri.rsplit('/').next().unwrap().to_owned());
        names.extend(text.lines().filter(|line| line.starts_with('#')).filter_map(name));
    }
    names.sort_unstable();
    names
}

/// Adds lines to the manifest as if a run had ended right after.
fn append(folder: &TempDir, lines: &str) {
    let journal = folder.path().join(MANIFEST);
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text + lines).unwrap();
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
fn a_new_version_replaces_the_old_one_in_every_file() {
    let folder = folder_of(&["a", "b"]);
    let mut writer = open(&folder);
    put(&mut writer, "a", "d2", 5);
    put(&mut writer, "b", "d2", 3);
    put(&mut writer, "b", "d1", 3);
    writer.finish().unwrap();
    assert_eq!(content(&folder), [(iri("a"), 5), (iri("b"), 3)]);
    assert_eq!(names_for_any_tool(&folder), ["a", "b"]);
}

#[test]
fn equal_graphs_have_equal_articles_whatever_happened_before() {
    let one = folder_of(&["a", "b", "c"]);
    let other = folder_of(&["c", "x", "a"]);
    let mut writer = open(&other);
    writer.remove([iri("x").as_str(), "http://example.org/unknown"]).unwrap();
    put(&mut writer, "b", "d0", 9);
    writer.commit().unwrap();
    put(&mut writer, "b", "d1", 3);
    writer.finish().unwrap();
    let read = |folder: &TempDir| fs::read_to_string(folder.path().join("description.ttl")).unwrap();
    assert_eq!(read(&one), read(&other));
    let digests = |folder: &TempDir| -> Vec<_> {
        let folder = Folder::open(folder.path()).unwrap();
        folder.manifest().entries().map(|entry| (entry.article.to_string(), entry.file_digest)).collect()
    };
    assert_eq!(digests(&one), digests(&other));
    assert_eq!(names_for_any_tool(&other), ["a", "b", "c"]);
}

#[test]
fn articles_that_come_one_by_one_lie_in_few_packs() {
    let folder = TempDir::new().unwrap();
    let mut moved = 0;
    for n in 0..100 {
        let mut writer = open(&folder);
        let before: u64 = writer.packs.values().map(|holding| holding.size).max().unwrap_or(0);
        put(&mut writer, &format!("{n:03}"), "d1", 20);
        writer.commit().unwrap();
        moved += writer.packs.values().map(|holding| holding.size).filter(|&size| size > before).sum::<u64>();
        writer.finish().unwrap();
        assert!(files(&folder).len() <= 8, "{} packs for {n} articles", files(&folder).len());
    }
    let all: u64 = files(&folder).iter().map(|file| file.metadata().unwrap().len()).sum();
    assert!(moved < all * 8, "{moved} bytes were written for {all}");
    assert_eq!(content(&folder).len(), 100);
    assert!(names_for_any_tool(&folder).len() == 100);
}

#[test]
fn many_articles_make_packs_of_some_megabytes_and_changes_few_of_them_anew() {
    let folder = TempDir::new().unwrap();
    let mut writer = open(&folder);
    // What can't be compressed makes large articles.
    let noisy = |name: &str, seed: u64| {
        let mut graph = article(name, "d1", 1);
        let mut state = seed + 1;
        let noise: String = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            format!("{:x}", state >> 16)
        })
        .take(30_000)
        .collect();
        graph.quads[0].object = oxigraph::model::Literal::from(noise).into();
        EncodedArticle::new(&graph, "v1")
    };
    for n in 0..60 {
        writer.put(noisy(&format!("{n:02}"), n)).unwrap();
    }
    writer.finish().unwrap();
    let before = files(&folder);
    let size = |path: &PathBuf| path.metadata().unwrap().len() as usize;
    assert!((3..=6).contains(&before.len()), "{before:?}");
    assert!(before.iter().all(|path| size(path) < 2 * FULL));
    let mut writer = open(&folder);
    writer.remove([iri("00").as_str(), iri("01").as_str()]).unwrap();
    writer.put(noisy("02", 99)).unwrap();
    writer.finish().unwrap();
    assert_eq!(content(&folder).len(), 58);
    assert_eq!(names_for_any_tool(&folder).len(), 58);
    assert!(files(&folder).iter().all(|path| size(path) < 2 * FULL));
    assert!(before.iter().filter(|path| path.exists()).count() >= before.len() - 2);
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
    put(&mut writer, "a", "d1", 3);
    writer.finish().unwrap();
    assert_eq!(second.join().unwrap(), 1);
}

#[test]
fn repairs_what_a_crash_before_the_manifests_line_leaves() {
    let folder = folder_of(&["a"]);
    let newer = folder_with(&[("a", "d2", 7)]);
    let stray = &files(&newer)[0];
    fs::copy(stray, folder.path().join("packs").join(stray.file_name().unwrap())).unwrap();
    fs::write(folder.path().join("packs/.tmp-0"), "half").unwrap();
    append(&folder, "+\thttp://exam");
    let repaired = open(&folder).repaired().clone();
    assert_eq!((repaired.temporary, repaired.superseded, repaired.cut_line), (1, 1, true));
    assert!(repaired.to_string().contains("removed 1 half-written file\n"), "{repaired}");
    assert_eq!(content(&folder), [(iri("a"), 3)]);
    assert!(open(&folder).repaired().is_nothing());
}

/// A folder with these articles, which its manifest names.
fn folder_with(articles: &[(&str, &str, usize)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut writer = open(&folder);
    for (name, digest, len) in articles {
        put(&mut writer, name, digest, *len);
    }
    writer.finish().unwrap();
    folder
}

#[test]
fn repairs_what_a_crash_after_a_removals_line_leaves() {
    let folder = folder_of(&["a", "b"]);
    append(&folder, &Manifest::removal(&iri("a")));
    // Killed again while it is mended: what was removed is still known for that.
    let text = fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
    let packs = files(&folder);
    let bytes = fs::read(&packs[0]).unwrap();
    assert_eq!(open(&folder).repaired().rewritten, 1);
    assert_eq!((content(&folder), names_for_any_tool(&folder)), (vec![(iri("b"), 3)], vec!["b".to_owned()]));
    let mended = fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
    assert!(mended.starts_with(&text), "{mended}");
    fs::write(&packs[0], bytes).unwrap();
    assert_eq!(open(&folder).repaired().superseded, 1);
    assert_eq!(names_for_any_tool(&folder), ["b"]);
}

#[test]
fn a_crash_between_any_two_steps_of_replacing_is_repaired() {
    let folder = folder_of(&["a", "b", "c"]);
    let old = fs::read(&files(&folder)[0]).unwrap();
    let old_path = files(&folder)[0].clone();
    let old_manifest = fs::read(folder.path().join(MANIFEST)).unwrap();
    let mut writer = open(&folder);
    put(&mut writer, "b", "d2", 5);
    writer.finish().unwrap();
    let new: Vec<(PathBuf, Vec<u8>)> =
        files(&folder).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    // Everything is written, and the old pack not removed yet.
    fs::write(&old_path, &old).unwrap();
    assert_eq!(open(&folder).repaired().superseded, 1);
    assert_eq!(content(&folder), [(iri("a"), 3), (iri("b"), 5), (iri("c"), 3)]);
    assert_eq!(names_for_any_tool(&folder), ["a", "b", "c"]);
    // The new packs are written, and the manifest does not know them yet.
    for (path, bytes) in &new {
        fs::write(path, bytes).unwrap();
    }
    fs::write(&old_path, &old).unwrap();
    fs::write(folder.path().join(MANIFEST), &old_manifest).unwrap();
    assert_eq!(open(&folder).repaired().superseded, new.len());
    assert_eq!(content(&folder), [(iri("a"), 3), (iri("b"), 3), (iri("c"), 3)]);
    assert_eq!(names_for_any_tool(&folder), ["a", "b", "c"]);
}

#[test]
fn an_older_manifest_beside_newer_packs_loses_nothing() {
    let folder = folder_of(&["a", "b"]);
    let old_manifest = fs::read(folder.path().join(MANIFEST)).unwrap();
    let mut writer = open(&folder);
    put(&mut writer, "b", "d2", 5);
    put(&mut writer, "c", "d1", 4);
    writer.finish().unwrap();
    fs::write(folder.path().join(MANIFEST), &old_manifest).unwrap();
    let writer = open(&folder);
    assert_eq!((writer.repaired().adopted, writer.repaired().missing.len()), (3, 0));
    drop(writer);
    assert_eq!(content(&folder), [(iri("a"), 3), (iri("b"), 5), (iri("c"), 4)]);
}

#[test]
fn a_lost_manifest_is_made_again_from_the_packs() {
    let folder = folder_of(&["a", "b"]);
    let entries = |folder: &TempDir| -> Vec<Entry> {
        Folder::open(folder.path()).unwrap().manifest().entries().cloned().collect()
    };
    let before = entries(&folder);
    fs::remove_file(folder.path().join(MANIFEST)).unwrap();
    assert!(matches!(Folder::open(folder.path()), Err(Error::NotAFolder { .. })));
    assert_eq!(open(&folder).repaired().adopted, 2);
    assert_eq!(entries(&folder), before);
}

#[test]
fn articles_whose_pack_is_gone_or_cut_off_are_named_and_dropped_by_the_next_run() {
    for tenths in [0, 9] {
        let folder = folder_of(&["a", "b"]);
        let pack = &files(&folder)[0];
        let bytes = fs::read(pack).unwrap();
        let len = bytes.len() * tenths / 10;
        if len == 0 {
            fs::remove_file(pack).unwrap();
        } else {
            fs::write(pack, &bytes[..len]).unwrap();
        }
        let reader = Folder::open(folder.path()).unwrap();
        let errors: Vec<Error> =
            reader.manifest().entries().filter_map(|entry| reader.read(entry).err()).collect();
        let gone = if len == 0 { 2 } else { 1 };
        assert_eq!(errors.len(), gone, "{errors:?}");
        let writer = open(&folder);
        assert_eq!(writer.repaired().missing.len(), gone);
        assert!(writer.repaired().to_string().contains("ingest it again"));
        drop(writer);
        assert_eq!(content(&folder).len(), 2 - gone);
        assert!(open(&folder).repaired().is_nothing());
    }
}

#[test]
fn every_flipped_byte_is_told_or_harmless_and_mended_by_storing_the_article_again() {
    let folder = folder_of(&["a", "b"]);
    let pack = files(&folder)[0].clone();
    let bytes = fs::read(&pack).unwrap();
    let mut told = 0;
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        fs::write(&pack, damaged).unwrap();
        let reader = Folder::open(folder.path()).unwrap();
        for entry in reader.manifest().entries() {
            match reader.read(entry) {
                Ok(article) => assert_eq!(article.unwrap().quads.len(), 3),
                Err(error) => {
                    assert!(matches!(error, Error::Damaged { .. }), "{error}");
                    let said = error.to_string();
                    assert!(said.contains(&*entry.article) && said.contains("ingest --again"), "{said}");
                    told += 1;
                }
            }
        }
    }
    assert!(told > bytes.len() * 3 / 4, "{told} of {}", bytes.len());
    let mut damaged = bytes.clone();
    damaged[30] ^= 0x55;
    fs::write(&pack, damaged).unwrap();
    let mut writer = open(&folder);
    put(&mut writer, "a", "d1", 3);
    writer.finish().unwrap();
    assert_eq!(content(&folder), [(iri("a"), 3), (iri("b"), 3)]);
    assert_eq!(names_for_any_tool(&folder), ["a", "b"]);
}

#[test]
fn storing_what_is_stored_writes_nothing() {
    let folder = folder_of(&["a", "b"]);
    let before = Folder::state(folder.path()).unwrap();
    let mut writer = open(&folder);
    put(&mut writer, "a", "d1", 3);
    writer.finish().unwrap();
    assert_eq!(Folder::state(folder.path()).unwrap(), before);
    let mut writer = open(&folder);
    put(&mut writer, "a", "d2", 3);
    writer.commit().unwrap();
    let after = Folder::state(folder.path()).unwrap();
    assert!(after != before && after == writer.manifest().state());
    assert_eq!(Folder::open(folder.path()).unwrap().manifest().state(), after);
}

#[test]
fn a_file_that_is_nobodys_is_left_and_named() {
    let folder = folder_of(&["a"]);
    let stray = folder.path().join("packs/my.nq.gz");
    fs::write(&stray, "not compressed").unwrap();
    let writer = open(&folder);
    assert_eq!(writer.repaired().unreadable[0].0, stray);
    writer.finish().unwrap();
    assert!(stray.exists());
}

#[test]
fn a_folder_with_a_file_an_article_is_read_and_made_one_of_packs() {
    let folder = TempDir::new().unwrap();
    let mut text = "tidings-manifest 1\n".to_owned();
    for name in ["a", "b", "c"] {
        let EncodedArticle { entry, bytes } = EncodedArticle::new(&article(name, "d1", 3), "v1");
        let path = format!("articles/0{name}/file-{name}.nq.gz");
        fs::create_dir_all(folder.path().join(&path).parent().unwrap()).unwrap();
        fs::write(folder.path().join(&path), bytes).unwrap();
        let digest = super::super::article_file::hex(&entry.file_digest);
        text += &["+", &entry.article, "d1", &digest, "v1", "3", &path].join("\t");
        text.push('\n');
    }
    text += &Manifest::removal(&iri("c"));
    fs::write(folder.path().join(MANIFEST), &text).unwrap();
    let all = [(iri("a"), 3), (iri("b"), 3)];
    assert_eq!(content(&folder), all);
    let old = Folder::open(folder.path()).unwrap();
    let writer = open(&folder);
    assert_eq!(writer.repaired().migrated, 2);
    // One who had opened it before reads on.
    assert!(old.manifest().entries().all(|entry| old.read(entry).unwrap().is_some()));
    writer.finish().unwrap();
    assert_eq!(content(&folder), all);
    assert_eq!(names_for_any_tool(&folder), ["a", "b"]);
    assert!(!folder.path().join("articles").exists());
    assert!(open(&folder).repaired().is_nothing());
    assert_eq!(open(&folder).repaired().migrated, 0);
}

#[test]
fn a_folder_has_one_base() {
    let folder = TempDir::new().unwrap();
    let [mine, other] =
        ["http://example.org/my/", "http://example.org/"].map(|base| base.parse::<Base>().unwrap());
    open(&folder).set_base(&mine).unwrap();
    assert_eq!(Folder::settings(folder.path()).unwrap().0.as_ref(), Some(&mine));
    let error = open(&folder).set_base(&other).unwrap_err().to_string();
    assert!(error.contains("`http://example.org/my/`") && error.contains("leave out --base"), "{error}");
    // One that was made before is told by its articles.
    let folder = folder_of(&["a"]);
    fs::remove_file(folder.path().join("description.ttl")).unwrap();
    assert_eq!(Folder::settings(folder.path()).unwrap().0, Some(other));
    assert!(open(&folder).set_base(&mine).is_err());
}

#[test]
fn an_article_replaced_while_it_is_read_is_read_in_its_new_version() {
    let folder = folder_of(&["a", "b"]);
    let reader = Folder::open(folder.path()).unwrap();
    let mut writer = open(&folder);
    put(&mut writer, "a", "d2", 5);
    writer.remove([iri("b").as_str()]).unwrap();
    let read = || -> Vec<Option<usize>> {
        let read = |entry| reader.read(entry).unwrap().map(|article| article.quads.len());
        reader.manifest().entries().map(read).collect()
    };
    // As long as the old pack is there, the state that was opened is read.
    assert_eq!(read(), [Some(3), Some(3)]);
    writer.finish().unwrap();
    assert_eq!(read(), [Some(5), None]);
}

#[test]
fn articles_are_found_by_iri_address_and_id() {
    let folder = TempDir::new().unwrap();
    let base: Base = "http://example.org/my/".parse().unwrap();
    let mut writer = open(&folder);
    writer.set_base(&base).unwrap();
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
