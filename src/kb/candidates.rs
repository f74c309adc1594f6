use super::format::{flag, write_varint};

/// Most entities of one name; the least popular are dropped.
const MOST: usize = 200;

/// A candidate of a name while it is built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Draft {
    pub(super) entity: u32,
    pub(super) flags: u8,
    /// How likely the name is to mean the entity, compared with others.
    pub(super) weight: f64,
}

impl Draft {
    /// A well-known entity is meant more often than in proportion to its popularity, and by other names than its
    /// label less often.
    pub(super) fn new(entity: u32, flags: u8, popularity: f64) -> Self {
        let weight = popularity.max(0.5).powi(2) * if flags & flag::LABEL != 0 { 1.0 } else { 0.35 };
        Self { entity, flags, weight }
    }

    /// Full names, parts of names and metonyms have priors among themselves.
    fn group(&self) -> u8 {
        self.flags & (flag::PARTIAL | flag::METONYM)
    }
}

/// Appends the list of a name's candidates, the most popular first.
pub(super) fn write_list(lists: &mut Vec<u8>, mut drafts: Vec<Draft>) {
    drafts.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.entity.cmp(&b.entity)));
    let mut totals = [0.0; 256];
    for draft in &drafts {
        totals[usize::from(draft.group())] += draft.weight;
    }
    drafts.truncate(MOST);
    write_varint(lists, drafts.len() as u32);
    for draft in drafts {
        write_varint(lists, draft.entity);
        let share = draft.weight / totals[usize::from(draft.group())];
        lists.push(quantized(share * 255.0, 255.0).max(1) as u8);
        lists.push(draft.flags);
    }
}

/// The nearest whole number from 0 to `max`.
#[expect(clippy::cast_sign_loss, reason = "the value is clamped to what is not negative")]
pub(super) fn quantized(value: f64, max: f64) -> u32 {
    value.round().clamp(0.0, max) as u32
}
