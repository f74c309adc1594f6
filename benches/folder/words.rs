//! The words of the articles. Weights are how often the real output has the like.

/// A made-up name of a number: syllables, shorter for small numbers.
pub(crate) fn name(number: u32) -> String {
    const FIRST: [&str; 20] = [
        "B", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Br", "St", "Kh", "Gr", "Sh",
        "Z",
    ];
    const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
    const LATER: [&str; 24] = [
        "ba", "den", "fi", "gor", "ha", "ker", "lo", "man", "ni", "per", "ra", "son", "te", "vi", "burg",
        "sta", "kha", "gar", "shi", "zu", "lin", "mor", "né", "rö",
    ];
    let mut rest = number;
    let mut name = FIRST[(rest % 20) as usize].to_owned() + VOWELS[(rest / 20 % 5) as usize];
    rest /= 100;
    loop {
        name.push_str(LATER[(rest % 24) as usize]);
        rest /= 24;
        if rest == 0 {
            return name;
        }
        rest -= 1;
    }
}

/// What an article speaks of without a name: the words, and the class.
pub(crate) const THINGS: [(u32, (&str, &str)); 24] = [
    (8, ("the plan", "td:Entity")),
    (8, ("the report", "td:Work")),
    (8, ("a vehicle", "td:Entity")),
    (8, ("the weapons", "td:Entity")),
    (8, ("the money", "td:Entity")),
    (8, ("the game", "td:Entity")),
    (8, ("the law", "td:Entity")),
    (8, ("the results", "td:Entity")),
    (8, ("the system", "td:Entity")),
    (8, ("new measures", "td:Entity")),
    (8, ("the damage", "td:Entity")),
    (8, ("a vaccine", "td:Entity")),
    (8, ("the water", "td:Entity")),
    (8, ("officials", "td:Group")),
    (8, ("soldiers", "td:Group")),
    (8, ("the protesters", "td:Group")),
    (8, ("residents", "td:Group")),
    (8, ("local workers", "td:Group")),
    (8, ("the students", "td:Group")),
    (6, ("a spokesperson", "td:Person")),
    (6, ("the suspect", "td:Person")),
    (6, ("the building", "td:Facility")),
    (4, ("the area", "td:Place")),
    (4, ("the airport", "td:Facility")),
];

/// Verbs: class of the event, its PLOVER class, the word in the past.
pub(crate) const VERBS: [(u32, (&str, &str, &str)); 32] = [
    (60, ("td:Announcement", "", "announced")),
    (10, ("td:Assessment", "", "reviewed")),
    (14, ("td:Movement", "", "reached")),
    (12, ("td:Attack", "ASSAULT", "attacked")),
    (12, ("td:Killing", "ASSAULT", "killed")),
    (11, ("td:Plan", "", "planned")),
    (8, ("td:Change", "", "changed")),
    (7, ("td:Attempt", "", "tried")),
    (7, ("td:Investigation", "ACCUSE", "investigated")),
    (7, ("td:Beginning", "", "began")),
    (6, ("td:Use", "", "used")),
    (6, ("td:Injuring", "ASSAULT", "wounded")),
    (6, ("td:Appeal", "REQUEST", "urged")),
    (5, ("td:Endorsement", "SUPPORT", "backed")),
    (5, ("td:Gathering", "", "gathered")),
    (5, ("td:Decision", "", "decided")),
    (5, ("td:Continuation", "", "continued")),
    (5, ("td:Destruction", "ASSAULT", "destroyed")),
    (5, ("td:Vote", "", "elected")),
    (4, ("td:Publication", "", "published")),
    (4, ("td:Ban", "COERCE", "banned")),
    (4, ("td:Dismissal", "", "dismissed")),
    (4, ("td:Meeting", "CONSULT", "met")),
    (4, ("td:Aid", "AID", "helped")),
    (4, ("td:Sentence", "COERCE", "sentenced")),
    (4, ("td:Demand", "REQUEST", "demanded")),
    (3, ("td:Appointment", "", "appointed")),
    (3, ("td:Arrest", "COERCE", "arrested")),
    (3, ("td:Criticism", "ACCUSE", "criticised")),
    (3, ("td:Accusation", "ACCUSE", "accused")),
    (3, ("td:Threat", "THREATEN", "threatened")),
    (3, ("td:Promise", "AGREE", "promised")),
];

/// Words of saying, with their stances.
pub(crate) const CUES: [(u32, (&str, &str)); 9] = [
    (104, ("said", "td:Says")),
    (20, ("reported", "td:Reports")),
    (11, ("claimed", "td:Claims")),
    (10, ("demanded", "td:Demands")),
    (5, ("promised", "td:Promises")),
    (3, ("confirmed", "td:Confirms")),
    (2, ("believed", "td:Believes")),
    (2, ("denied", "td:Denies")),
    (1, ("warned", "td:Warns")),
];

/// Words between the rest, which nothing is made of.
pub(crate) const FILLERS: [&str; 16] = [
    "after",
    "long",
    "and",
    "difficult",
    "hours",
    "with",
    "little",
    "warning",
    "despite",
    "many",
    "earlier",
    "doubts",
    "about",
    "its",
    "further",
    "course",
];

pub(crate) const PUBLISHERS: u32 = 60;
