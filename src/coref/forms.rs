use std::ops::{BitAnd, BitOr};

/// The third-person pronouns that can stand for something: number, gender and animacy in one set, which is all that
/// English pronouns tell of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Forms(u8);

impl Forms {
    pub(super) const NONE: Self = Self(0);
    pub(super) const HE: Self = Self(1);
    pub(super) const SHE: Self = Self(2);
    pub(super) const IT: Self = Self(4);
    pub(super) const THEY: Self = Self(8);
    pub(super) const PERSON: Self = Self(3);
    pub(super) const COLLECTIVE: Self = Self(12);

    pub(super) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    pub(super) fn meets(self, other: Self) -> bool {
        !(self & other).is_empty()
    }

    /// Whether it can only be one person.
    pub(super) fn is_person(self) -> bool {
        !self.is_empty() && self & Self::PERSON == self
    }

    /// What is left of it once more is known; what contradicts is not believed.
    pub(super) fn narrowed(self, other: Self) -> Self {
        if self.meets(other) { self & other } else { self }
    }
}

impl BitAnd for Forms {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Forms {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
