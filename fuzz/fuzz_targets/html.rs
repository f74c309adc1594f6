#![no_main]

#[path = "../../tests/properties/mod.rs"]
mod properties;

use libfuzzer_sys::fuzz_target;
use tidings::source::Format;

fuzz_target!(|bytes: &[u8]| properties::reader_ends_well(bytes, Some(Format::Html)));
