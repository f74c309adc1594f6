//! What holds for any bytes; shared by the property tests and the fuzz targets.

use std::io::Cursor;

use tidings::source::{Articles, Format, Settings};

/// Reads `bytes` as `format`; whatever comes is an article with text, or an error that can be shown.
pub(crate) fn reader_ends_well(bytes: &[u8], format: Option<Format>) {
    let settings = Settings { format, max_size: 10_000, ..Settings::default() };
    for result in Articles::from_reader(Cursor::new(bytes.to_vec()), None, settings) {
        match result {
            Ok(article) => {
                assert!(!article.text.trim().is_empty());
                if let Some(dateline) = article.dateline {
                    assert!(dateline.span.of(&article.text).starts_with(&dateline.place));
                }
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}
