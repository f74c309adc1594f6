#![no_main]

#[path = "../../tests/properties/times.rs"]
mod properties;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| properties::times_are_sound(text, Some("2025-05-20")));
