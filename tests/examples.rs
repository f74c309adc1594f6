//! Runs an example whose output tells a story.

#[path = "../examples/follow_claim.rs"]
#[expect(dead_code, reason = "its `main` reads the arguments of a command line")]
mod follow_claim;

use std::path::Path;

use tidings::source::Input;

#[test]
fn a_claim_is_followed_through_four_days() {
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/claim");
    let days = ["2020-08-04", "2020-08-05", "2020-08-07", "2020-08-10"];
    let inputs = days.map(|day| Input::new(&articles.join(format!("{day}.txt")))).into();
    let mut out = Vec::new();
    follow_claim::follow("td:Attack", "Beirut", inputs, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap().replace('"', "");
    let told: Vec<Vec<&str>> = text.lines().skip(1).map(|row| row.split('\t').collect()).collect();
    let claims: Vec<(&str, [&str; 3])> =
        told.iter().map(|row| (row[0].get(..10).unwrap(), [row[1], row[3], row[4]])).collect();
    for claim in [
        ("2020-08-04", ["Donald Trump", "Probable", "Affirmed"]),
        ("2020-08-04", ["Israel", "Certain", "Negated"]),
        ("2020-08-05", ["Donald Trump", "Possible", "Affirmed"]),
    ] {
        assert!(claims.contains(&claim), "{claim:?}\n{text}");
    }
    assert!(!claims.iter().any(|(_, [source, ..])| *source == "the article"), "{text}");
}
