use std::cmp::Reverse;

use serde_json::Value;

use super::{Error, msgpack};

/// The actions of a transition system, indexed by their number in the file.
pub(super) const PARSER_ACTIONS: &[&str] = &["S", "D", "L", "R", "B"];
/// The same of the entity recogniser.
pub(super) const ENTITY_ACTIONS: &[&str] = &["M", "B", "I", "L", "U", "O"];

/// Reads a `moves` file: (action, label) in the order of the scores.
///
/// The file has a frequency for each action and label. Moves that came with training data (frequency from 0 up)
/// stand first: by action, then descending frequency, then descending label; those added later follow.
pub(super) fn parse(part: &str, bytes: &[u8], actions: &[&str]) -> Result<Vec<(String, String)>, Error> {
    let value = msgpack::parse(part, bytes)?;
    let top = msgpack::map(part, &value)?;
    let text = msgpack::str(part, msgpack::need(part, top, "moves")?)?;
    let table: Value = serde_json::from_str(text).map_err(|e| Error::damaged(part, e.to_string()))?;
    let table = table.as_object().ok_or_else(|| Error::damaged(part, "`moves` is no object"))?;
    let mut by_action: Vec<(&String, &Value)> = table.iter().collect();
    by_action.sort_by_key(|(action, _)| *action);

    let mut moves = Vec::new();
    let mut later = Vec::new();
    for (action, labels) in by_action {
        let name = action.parse().ok().and_then(|i: usize| actions.get(i));
        let name = *name.ok_or_else(|| Error::damaged(part, format!("unknown action {action}")))?;
        let labels = labels.as_object().ok_or_else(|| Error::damaged(part, "labels are no object"))?;
        let mut sorted = Vec::new();
        for (label, frequency) in labels {
            let frequency = frequency.as_i64().ok_or_else(|| Error::damaged(part, "no frequency"))?;
            sorted.push((frequency, label.as_str()));
        }
        sorted.sort_by_key(|&entry| Reverse(entry));
        let (new, known): (Vec<_>, Vec<_>) = sorted.into_iter().partition(|&(frequency, _)| frequency < 0);
        moves.extend(known.into_iter().map(|(_, label)| (name, label)));
        later.extend(new.into_iter().map(|(frequency, label)| (frequency, label, name)));
    }
    later.sort_by_key(|&(frequency, label, _)| Reverse((frequency, label)));
    let labels: Vec<&str> = later.iter().map(|&(_, label, _)| label).collect();
    for label in labels {
        let of_label = later.iter().filter(|(_, l, _)| *l == label);
        moves.extend(of_label.map(|&(_, label, name)| (name, label)));
    }
    let mut distinct: Vec<(String, String)> = Vec::new();
    for (action, label) in moves {
        let never_used = action == "M" || (action == "O" && !label.is_empty());
        let same = |(a, l): &(String, String)| a == action && l == label;
        if !never_used && !distinct.iter().any(same) {
            distinct.push((action.to_owned(), label.to_owned()));
        }
    }
    Ok(distinct)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves_of(json: &str) -> Vec<(String, String)> {
        let mut bytes = Vec::new();
        let map = rmpv::Value::Map(vec![("moves".into(), json.into())]);
        rmpv::encode::write_value(&mut bytes, &map).unwrap();
        parse("ner/moves", &bytes, ENTITY_ACTIONS).unwrap()
    }

    #[test]
    fn moves_are_ordered_by_action_frequency_and_label() {
        let moves = moves_of(r#"{"0":{},"1":{"A":2,"C":5,"B":5},"4":{"A":2,"":1},"5":{"":1,"X":1}}"#);
        let names: Vec<String> = moves.iter().map(|(action, label)| format!("{action}-{label}")).collect();
        assert_eq!(names, ["B-C", "B-B", "B-A", "U-A", "U-", "O-"]);
    }

    #[test]
    fn labels_that_were_added_later_follow_all_others() {
        let moves = moves_of(r#"{"1":{"A":2,"N":-1,"M":-2},"4":{"A":2,"N":-1,"M":-2},"5":{"":1}}"#);
        let names: Vec<String> = moves.iter().map(|(action, label)| format!("{action}-{label}")).collect();
        assert_eq!(names, ["B-A", "U-A", "O-", "B-N", "U-N", "B-M", "U-M"]);
    }
}
