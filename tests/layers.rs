//! Data flows one way: the code of a folder may name only the folders above it. Comments and unit tests may name any.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// In the order of the flow. A folder may name itself and those before it.
const LAYERS: &[&str] = &[
    "text",
    "source",
    "nlp",
    "annotation",
    "time",
    "kb",
    "extract",
    "link",
    "coref",
    "ontology",
    "predicate",
    "lexicon",
    "attribution",
    "statement",
    "graph",
    "index",
    "export",
    "store",
    "serve",
];

/// Pairs that must not meet although the order would allow it.
const APART: [(&str, &str); 1] = [("nlp", "source")];

fn files(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

fn names(code: &[&str], layer: &str) -> bool {
    let path = format!("crate::{layer}");
    code.iter().any(|line| line.contains(&path))
}

#[test]
fn every_folder_names_only_those_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (depth, layer) in LAYERS.iter().enumerate() {
        for file in files(&src.join(layer)) {
            seen += 1;
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
            let code: Vec<&str> = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
            let later = LAYERS[depth + 1..].iter();
            let apart = APART.iter().filter(|(a, _)| a == layer).map(|(_, b)| b);
            for other in later.chain(apart).filter(|l| names(&code, l)) {
                wrong.push(format!("{} names crate::{other}", file.display()));
            }
        }
    }
    assert!(seen > 5, "found only {seen} source files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
