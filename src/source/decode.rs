//! Bytes to text, whatever the encoding.
//!
//! In this order: a byte order mark; UTF-16 without one, told by its zero bytes; UTF-8 if the bytes are valid as
//! such, whatever they declare (other encodings hardly ever are); the declared encoding, if the bytes are valid in it;
//! UTF-8 with a few damaged places; a guess by `chardetng`.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// The text of `bytes`, without byte order mark. `declared` is the label of an encoding that the document gives itself.
///
/// # Errors
/// Says what the bytes are when they are no text.
pub(crate) fn decode(bytes: &[u8], declared: Option<&[u8]>) -> Result<String, &'static str> {
    if let Some(found) = binary_format(bytes) {
        return Err(found);
    }
    let text = decode_any(bytes, declared);
    if is_text(&text) { Ok(text) } else { Err("too many control characters") }
}

fn decode_any(bytes: &[u8], declared: Option<&[u8]>) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0.into_owned();
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let declared = declared.and_then(Encoding::for_label);
    // ISO-2022-JP consists of ASCII bytes, so that it is always valid UTF-8 too.
    let shifted = declared == Some(ISO_2022_JP) && bytes.contains(&0x1B);
    if !shifted && let Ok(text) = str::from_utf8(bytes) {
        return text.to_owned();
    }
    if let Some(encoding) = declared
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return text.into_owned();
    }
    if mostly_utf8(bytes) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The UTF-16 that `bytes` begin to be, with or without byte order mark.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => (encoding != UTF_8).then_some(encoding),
        None => utf16_without_mark(bytes),
    }
}

/// Most characters of Western text in UTF-16 have one zero byte, always on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.chunks_exact(2).take(2048);
    let total = pairs.len();
    let (mut first, mut second) = (0, 0);
    for pair in pairs {
        first += usize::from(pair[0] == 0 && pair[1] != 0);
        second += usize::from(pair[1] == 0 && pair[0] != 0);
    }
    if total < 4 {
        return None;
    }
    match (first * 10 > total * 4, second * 10 > total * 4) {
        (true, false) if second * 50 <= total => Some(UTF_16BE),
        (false, true) if first * 50 <= total => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether sequences of several bytes that are valid UTF-8 outnumber the damaged places by ten to one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 10
}

/// Files that people mistake for text, by their first bytes.
const MAGICS: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xD0\xCF\x11\xE0", "an office document of an old kind"),
    (b"{\\rtf", "an RTF document"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"7z\xBC\xAF", "a 7-Zip archive"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"WARC/", "a web archive (WARC)"),
];

/// What `bytes` are, if they are evidently no text.
pub(crate) fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    if let Some(&(_, name)) = MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    (bytes.contains(&0) && utf16(bytes).is_none()).then_some("it holds zero bytes")
}

/// Whether at most one character in a hundred, and one more, is a control or replacement character.
fn is_text(text: &str) -> bool {
    let odd = |c: char| {
        c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}' | '\u{85}'))
    };
    let (mut total, mut bad) = (0_usize, 0_usize);
    for c in text.chars() {
        total += 1;
        bad += usize::from(odd(c));
    }
    bad <= 1 + total / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn removes_a_byte_order_mark() {
        assert_eq!(decode(b"\xEF\xBB\xBFZ\xC3\xBCrich", None).unwrap(), "Zürich");
        for big in [false, true] {
            assert_eq!(decode(&utf16_bytes("\u{FEFF}Zürich – 東京", big), None).unwrap(), "Zürich – 東京");
        }
    }

    #[test]
    fn tells_utf16_without_a_mark_by_its_zero_bytes() {
        for big in [false, true] {
            assert_eq!(
                decode(&utf16_bytes("Zürich said on Monday", big), None).unwrap(),
                "Zürich said on Monday"
            );
        }
    }

    #[test]
    fn guesses_latin_1() {
        let (bytes, ..) =
            encoding_rs::WINDOWS_1252.encode("Le président français a été réélu à Paris, dit-il.");
        assert_eq!(decode(&bytes, None).unwrap(), "Le président français a été réélu à Paris, dit-il.");
    }

    #[test]
    fn takes_the_declared_encoding_unless_it_is_wrong() {
        let text = "Министр приехал в Баку";
        let (bytes, ..) = encoding_rs::KOI8_R.encode(text);
        assert_eq!(decode(&bytes, Some(b"koi8-r")).unwrap(), text);
        assert_eq!(decode(text.as_bytes(), Some(b"iso-8859-1")).unwrap(), text, "valid UTF-8 is UTF-8");
        assert_eq!(decode(&bytes, Some(b"utf-8")).unwrap(), text, "not UTF-8, though it says so");
    }

    #[test]
    fn keeps_utf8_that_was_cut_in_the_middle_of_a_character() {
        let text = "Привет из Баку, где встретились министры";
        let cut = decode(&text.as_bytes()[..text.len() - 1], None).unwrap();
        assert!(cut.starts_with("Привет из Баку") && cut.ends_with('\u{FFFD}'), "{cut}");
    }

    #[test]
    fn refuses_what_is_no_text_and_says_what_it_is() {
        assert_eq!(decode(b"%PDF-1.7 ...", None), Err("a PDF document"));
        assert_eq!(decode(b"one\0two three", None), Err("it holds zero bytes"));
        assert_eq!(decode(&[1, 2, 3, 4, 200, 201, 7, 8], None), Err("too many control characters"));
    }
}
