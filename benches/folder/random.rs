//! Random numbers that depend on nothing but a seed.

/// `SplitMix` (Steele, Lea, Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    /// The numbers of a seed; `kind` keeps those of different uses apart.
    pub(crate) fn of(seed: u32, kind: u32) -> Self {
        let mut random = Self(u64::from(seed) << 32 | u64::from(kind));
        random.0 = random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    pub(crate) fn below(&mut self, count: u32) -> u32 {
        (self.next() % u64::from(count)) as u32
    }

    /// A rank below `count`, by Zipf's law with exponent 1.
    #[expect(clippy::cast_sign_loss, reason = "a power of a count is at least 1")]
    pub(crate) fn zipf(&mut self, count: u32) -> u32 {
        (f64::from(count).powf(self.share()) - 1.0) as u32
    }

    /// One of a list in which each has a weight.
    pub(crate) fn weighed<'a, T>(&mut self, list: &'a [(u32, T)]) -> &'a T {
        let mut at = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, item) in list {
            if at < *weight {
                return item;
            }
            at -= weight;
        }
        unreachable!("a number below the sum of the weights falls on one of them")
    }

    pub(crate) fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u32) as usize]
    }
}
