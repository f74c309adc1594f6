//! The graph of one article as it is stored: its quads as sorted N-Quads, compressed, under a first line that tells what
//! they are.

use std::fmt::Write as _;
use std::io::{Read, Write as _};

use flate2::read::MultiGzDecoder;
use flate2::{Compression, GzBuilder};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};
use sha2::{Digest as _, Sha256};

use super::entry::{Content, Entry};
use crate::graph::{ArticleGraph, Context};

/// What the first line of an article's text starts with.
const MAGIC: &str = "# tidings-article/1";

/// An article's graph as text.
#[derive(Clone, Debug)]
pub struct ArticleText {
    entry: Entry,
    text: String,
}

/// An article's graph as a pack will hold it; made without touching the disk, in any thread.
#[derive(Clone, Debug)]
pub struct EncodedArticle {
    /// What the manifest will say of it.
    pub(super) entry: Entry,
    /// The compressed text.
    pub(super) bytes: Vec<u8>,
}

impl ArticleText {
    /// Writes out `graph`, as made by `made_by` (a word that names program, pipeline and knowledge base). The same input
    /// gives the same bytes.
    ///
    /// # Panics
    /// When `made_by` or the digest holds white space, or the digest is longer than any.
    pub fn new(graph: &ArticleGraph, made_by: &str) -> Self {
        assert!(is_word(made_by), "what made a graph is told in one word");
        assert!(is_word(&graph.digest), "a digest is one word");
        let content =
            Content::new(&graph.digest).expect("a digest is SHA-256, or a word of at most 32 bytes");
        let quads: String = graph.quads.iter().fold(String::new(), |mut text, quad| {
            writeln!(text, "{quad} .").expect("writing to a string succeeds");
            text
        });
        // A line feed in a literal is escaped: each quad is one line.
        let mut lines: Vec<&str> = quads.split_inclusive('\n').collect();
        lines.sort_unstable();
        lines.dedup();
        let mut text = format!("{MAGIC} {} content={} by={made_by}\n", graph.iri, graph.digest);
        text.extend(lines.iter().copied());
        let count = lines.len() as u64;
        let entry = Entry::unplaced(graph.iri.as_str(), content, digest(text.as_bytes()), made_by, count);
        Self { entry, text }
    }

    /// IRI of the article.
    pub fn article(&self) -> &str {
        &self.entry.article
    }

    /// Digest of the text: it differs if anything does.
    pub fn digest(&self) -> FileDigest {
        self.entry.file_digest
    }

    /// Compresses it.
    pub fn encode(self) -> EncodedArticle {
        EncodedArticle { entry: self.entry, bytes: compress(self.text.as_bytes()) }
    }
}

impl EncodedArticle {
    /// Writes out and compresses `graph`.
    ///
    /// # Panics
    /// As [`ArticleText::new`].
    pub fn new(graph: &ArticleGraph, made_by: &str) -> Self {
        ArticleText::new(graph, made_by).encode()
    }

    /// IRI of the article.
    pub fn article(&self) -> &str {
        &self.entry.article
    }

    /// Digest of the text: it differs if anything does.
    pub fn digest(&self) -> FileDigest {
        self.entry.file_digest
    }
}

/// Program version, language pipeline, knowledge base and settings as one word: graphs of the same article that were made
/// by the same are the same.
pub fn made_by(context: &Context) -> String {
    let Context { base, kb, pipeline_digest, ontology_digest, keep_text, rdf12, .. } = context;
    let pipeline = pipeline_digest.as_deref().unwrap_or("none");
    let mut all = format!("{base} {} {pipeline} {keep_text} {rdf12}", kb.digest());
    if let Some(ontology) = ontology_digest {
        all = format!("{all} {ontology}");
    }
    if context.open_statements {
        all += " open";
    }
    format!("tidings-{}-{}", env!("CARGO_PKG_VERSION"), hex(&digest(all.as_bytes())[..6]))
}

/// One word: not empty, no white space, no control characters.
fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// The first 16 bytes of SHA-256: what tells one version of a file from all others.
pub type FileDigest = [u8; 16];

pub(super) fn digest(bytes: &[u8]) -> FileDigest {
    Sha256::digest(bytes).first_chunk().copied().expect("SHA-256 has 32 bytes")
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// What each byte is worth as a hexadecimal digit; 16 of those that are none.
const WORTH: [u8; 256] = {
    let mut worth = [16; 256];
    let mut digit = 0;
    while digit < 16 {
        worth[b"0123456789abcdef"[digit as usize] as usize] = digit;
        digit += 1;
    }
    worth
};

/// Undoes [`hex`]; `None` where it is no digest of so many bytes.
pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let pairs: &[[u8; 2]; N] = pairs.try_into().ok()?;
    let mut bad = 0;
    let bytes = pairs.map(|pair| {
        let [high, low] = pair.map(|digit| WORTH[usize::from(digit)]);
        bad |= high | low;
        high << 4 | low & 15
    });
    (bad < 16).then_some(bytes)
}

/// gzip without a time and a name, so that the same text gives the same bytes.
fn compress(text: &[u8]) -> Vec<u8> {
    let buffer = Vec::with_capacity(text.len() / 8);
    let mut encoder = GzBuilder::new().mtime(0).operating_system(255).write(buffer, Compression::new(6));
    encoder.write_all(text).expect("writing to memory succeeds");
    encoder.finish().expect("writing to memory succeeds")
}

/// Undoes [`compress`]; the error is a phrase.
pub(super) fn decompress(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut text = Vec::with_capacity(bytes.len() * 8);
    MultiGzDecoder::new(bytes)
        .read_to_end(&mut text)
        .map_err(|error| format!("it can't be decompressed ({error})"))?;
    Ok(text)
}

/// What the first line of an article's text says of it, and the digest of the whole; the error is a phrase.
pub(super) fn describe(text: &[u8]) -> Result<Entry, String> {
    let line = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = std::str::from_utf8(line).map_err(|_| "its first line is not text".to_owned())?;
    let fields: Vec<&str> = line.strip_prefix(MAGIC).unwrap_or_default().split_whitespace().collect();
    let [article, content, made_by] = fields[..] else {
        return Err(format!("its first line is not that of an article's file (`{MAGIC} …`)"));
    };
    let article = article.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let content = content.strip_prefix("content=");
    let made_by = made_by.strip_prefix("by=");
    let (Some(article), Some(content), Some(made_by)) = (article, content, made_by) else {
        return Err("its first line lacks the article's IRI, `content=` or `by=`".to_owned());
    };
    let content = Content::new(content).ok_or("its first line has a digest that is none")?;
    let quads = (text.split(|&byte| byte == b'\n').count() as u64).saturating_sub(2);
    Ok(Entry::unplaced(article, content, digest(text), made_by, quads))
}

/// Reads the quads of `article`; the error is a phrase with line and column.
pub(super) fn parse(article: &str, text: &[u8]) -> Result<Vec<Quad>, String> {
    RdfParser::from_format(RdfFormat::NQuads)
        .for_slice(text)
        .map(|quad| match quad {
            Ok(quad) if is_of(&quad, article) => Ok(quad),
            Ok(quad) => Err(format!("`{quad}` is not in the graph of its article")),
            Err(error) => Err(error.to_string()),
        })
        .collect()
}

fn is_of(quad: &Quad, article: &str) -> bool {
    matches!(&quad.graph_name, GraphName::NamedNode(graph) if graph.as_str() == article)
}

#[cfg(test)]
pub(super) mod tests {
    use oxigraph::model::{Literal, NamedNode};

    use super::*;

    /// A graph of `len` statements about article `name`.
    pub(in crate::store) fn article(name: &str, digest: &str, len: usize) -> ArticleGraph {
        let iri = NamedNode::new(format!("http://example.org/article/{name}")).unwrap();
        let property = NamedNode::new("http://example.org/number").unwrap();
        let quads = (0..len)
            .rev()
            .map(|n| {
                Quad::new(
                    iri.clone(),
                    property.clone(),
                    Literal::from(u32::try_from(n).unwrap()),
                    iri.clone(),
                )
            })
            .collect();
        ArticleGraph { iri, digest: digest.to_owned(), quads }
    }

    #[test]
    fn gives_sorted_lines_and_the_same_bytes_whatever_the_order_of_quads() {
        let graph = article("a", "d1", 3);
        let mut turned = graph.clone();
        turned.quads.reverse();
        turned.quads.push(turned.quads[0].clone());
        let encoded = EncodedArticle::new(&graph, "v1");
        assert_eq!(encoded.bytes, EncodedArticle::new(&turned, "v1").bytes);
        let text = String::from_utf8(decompress(&encoded.bytes).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "# tidings-article/1 <http://example.org/article/a> content=d1 by=v1");
        assert!(lines[1..].is_sorted() && lines.len() == 4, "{text}");
    }

    #[test]
    fn a_file_tells_what_the_manifest_says_of_it() {
        let encoded = EncodedArticle::new(&article("a", "d1", 5), "v1");
        let text = decompress(&encoded.bytes).unwrap();
        assert_eq!(describe(&text).unwrap(), encoded.entry);
        assert_eq!(parse("http://example.org/article/a", &text).unwrap().len(), 5);
    }

    #[test]
    fn refuses_what_is_not_an_articles_file() {
        assert!(decompress(b"not gzip").unwrap_err().contains("decompressed"));
        let cut = &EncodedArticle::new(&article("a", "d1", 50), "v1").bytes[..40];
        assert!(decompress(cut).is_err());
        assert!(describe(b"").unwrap_err().contains("first line"));
        assert!(describe(b"# tidings-article/1 <x> y z\n").unwrap_err().contains("lacks"));
        assert!(describe(b"\xff\xfe\n").unwrap_err().contains("not text"));
        for graph in ["", "<http://e>"] {
            let line = format!("<http://a> <http://b> <http://c> {graph} .\n");
            assert!(parse("http://d", line.as_bytes()).unwrap_err().contains("the graph of its article"));
        }
        assert!(parse("http://d", b"<http://a> <http://b\n").is_err());
    }
}
