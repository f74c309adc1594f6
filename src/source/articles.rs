use std::{
    fs,
    io::{self, Read},
    iter,
    path::Path,
};

use super::{
    Article, Error, Format, Input, Origin, Settings, decode,
    files::{File, Files},
    html, json, plain,
    stream::Stream,
};

/// The articles of inputs, one after the other, in the order of the inputs and with at most one in memory.
///
/// An input that cannot be read is an error, and the next one is read.
///
/// ```
/// use tidings::source::{Articles, Input, Settings};
///
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("talks.txt"), "Talks resume\n\nBAKU, May 20, 2025 (Agency) — They met.")?;
/// let inputs = vec![Input::new(folder.path())];
/// for article in Articles::new(inputs, Settings::default()) {
///     let article = article?;
///     assert_eq!(article.title.as_deref(), Some("Talks resume"));
///     assert_eq!(article.published.as_deref(), Some("2025-05-20"));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Articles {
    files: Files,
    open: Option<Records>,
    settings: Settings,
}

/// The articles of one file.
type Records = Box<dyn Iterator<Item = Result<Article, Error>> + Send>;

impl Articles {
    /// Reads `inputs` in their order.
    pub fn new(inputs: Vec<Input>, settings: Settings) -> Self {
        Self { files: Files::new(inputs), open: None, settings }
    }

    /// Reads what `input` gives; `path` is where it comes from, and its ending tells the format if the settings don't.
    pub fn from_reader(input: impl Read + Send + 'static, path: Option<&Path>, settings: Settings) -> Self {
        let records = open_stream(Box::new(input), path, &settings);
        let open: Records = records.unwrap_or_else(|error| Box::new(iter::once(Err(error))));
        Self { files: Files::new(Vec::new()), open: Some(open), settings }
    }
}

impl Iterator for Articles {
    type Item = Result<Article, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(article) = self.open.as_mut().and_then(Iterator::next) {
                return Some(article);
            }
            let records = self.files.next()?.and_then(|file| open(&file, &self.settings));
            match records {
                Ok(records) => self.open = Some(records),
                Err(error) => {
                    self.open = None;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Opens a file, or standard input.
fn open(file: &File, settings: &Settings) -> Result<Records, Error> {
    let path = file.as_deref();
    let input: Box<dyn Read + Send> = match path {
        Some(path) => match fs::File::open(path) {
            Ok(file) => Box::new(file),
            Err(source) => return Err(Error::Read { origin: Origin::new(Some(path)), source }),
        },
        None => Box::new(io::stdin()),
    };
    open_stream(input, path, settings)
}

fn open_stream(
    input: Box<dyn Read + Send>,
    path: Option<&Path>,
    settings: &Settings,
) -> Result<Records, Error> {
    let origin = Origin::new(path);
    let stream = Stream::open(input).map_err(|source| Error::Read { origin: origin.clone(), source })?;
    records(stream, path.and_then(Format::of_path), origin, settings)
}

/// The articles in a stream; `named` is the format that its name tells.
fn records(
    stream: Stream,
    named: Option<Format>,
    origin: Origin,
    settings: &Settings,
) -> Result<Records, Error> {
    if stream.head.trim_ascii().is_empty() {
        return Err(Error::Empty { origin });
    }
    if let Some(found) = decode::binary_format(&stream.head) {
        return Err(Error::NotText { origin, found });
    }
    let head = || decode::decode(&stream.head, None).unwrap_or_default();
    match settings.format.or(named).unwrap_or_else(|| Format::of_content(&head())) {
        Format::JsonLines if json::is_lines(&head()) => {
            Ok(Box::new(json::lines(stream.unmarked(), origin, settings.clone())))
        }
        Format::JsonLines => Ok(Box::new(json::elements(stream.unmarked(), origin, settings.clone()))),
        Format::Text => whole(stream, &origin, settings, plain::read),
        Format::Html => whole(stream, &origin, settings, html::read),
    }
}

/// The one article of a stream, which must not be longer than the limit.
fn whole(
    stream: Stream,
    origin: &Origin,
    settings: &Settings,
    read: fn(&[u8], &Origin, &Settings) -> Result<Article, Error>,
) -> Result<Records, Error> {
    let limit = settings.max_size;
    let mut bytes = Vec::new();
    let mut input = stream.whole().take(limit.saturating_add(1));
    input.read_to_end(&mut bytes).map_err(|source| Error::Read { origin: origin.clone(), source })?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge { origin: origin.clone(), limit });
    }
    let article = read(&bytes, origin, settings)?;
    Ok(Box::new(iter::once(Ok(article))))
}
