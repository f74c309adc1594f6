use super::format::u64_at;
use super::fuzzy::Near;

/// Bytes after the root: number of keys, address of the root, checksum.
const FOOTER: usize = 20;
/// Nodes of which a fuzzy look-up sees at most so many.
const MOST_VISITS: usize = 200_000;
/// Nodes with more transitions have an index of them.
const INDEXED: usize = 32;

/// Reads the finite-state maps that the `fst` crate writes (its format 3).
///
/// That crate trusts the bytes: it panics on damaged ones. Here a map is used as it lies in a file, too large to be
/// compared with its checksum beforehand, so every access is checked; damaged nodes lead nowhere.
#[derive(Clone, Copy)]
pub(super) struct NameMap<'a> {
    bytes: &'a [u8],
}

/// A node, which is read from its last byte backwards.
struct Node<'a> {
    bytes: &'a [u8],
    shape: Shape,
    /// Address of its first byte: where it leads is counted from there.
    first: usize,
    is_final: bool,
    final_output: u64,
}

enum Shape {
    /// No transitions.
    Leaf,
    /// One transition to the node just before.
    Next { input: u8 },
    /// One transition.
    One { input: u8, output: u64, to: u64 },
    /// Several: one past the last input, and the sizes of addresses and outputs.
    Any { count: usize, inputs: usize, to_size: usize, output_size: usize },
}

/// Where a transition leads.
struct Step {
    input: u8,
    output: u64,
    address: usize,
}

impl<'a> NameMap<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Whether it may be a map: it has a header and a footer.
    pub(super) fn is_plausible(&self) -> bool {
        u64_at(self.bytes, 0) == Some(3) && self.root().is_some()
    }

    /// Number of names.
    pub(super) fn len(&self) -> Option<u64> {
        u64_at(self.bytes, self.bytes.len().checked_sub(FOOTER)?)
    }

    fn root(&self) -> Option<Node<'a>> {
        let address = u64_at(self.bytes, self.bytes.len().checked_sub(FOOTER - 8)?)?;
        self.node(usize::try_from(address).ok()?)
    }

    /// The value of a name.
    pub(super) fn get(&self, name: &str) -> Option<u64> {
        let mut node = self.root()?;
        let mut value = 0u64;
        for &byte in name.as_bytes() {
            let step = node.find(byte)?;
            value = value.checked_add(step.output)?;
            node = self.node(step.address)?;
        }
        node.is_final.then(|| value.checked_add(node.final_output))?
    }

    /// The names that are accepted, in alphabetical order, with their numbers of edits.
    pub(super) fn near(&self, near: &Near) -> Vec<(String, u8)> {
        let (mut found, mut visits) = (Vec::new(), 0);
        let mut stack: Vec<_> =
            self.root().map(|node| (node, near.start(), Vec::new())).into_iter().collect();
        while let Some((node, rows, name)) = stack.pop() {
            visits += 1;
            if visits > MOST_VISITS {
                break;
            }
            if let (true, Some(edits), Ok(text)) =
                (node.is_final, near.edits(&rows), std::str::from_utf8(&name))
            {
                found.push((text.to_owned(), edits));
            }
            for step in (0..node.len()).rev().filter_map(|i| node.step(i)) {
                let rows = near.accept(&rows, step.input);
                if near.can_match(&rows)
                    && let Some(next) = self.node(step.address)
                {
                    let mut name = name.clone();
                    name.push(step.input);
                    stack.push((next, rows, name));
                }
            }
        }
        found
    }

    fn node(&self, address: usize) -> Option<Node<'a>> {
        Node::read(self.bytes, address)
    }
}

impl<'a> Node<'a> {
    fn read(bytes: &'a [u8], address: usize) -> Option<Self> {
        let plain = |shape, first| Node { bytes, shape, first, is_final: false, final_output: 0 };
        if address == 0 {
            return Some(Node { is_final: true, ..plain(Shape::Leaf, 0) });
        }
        let state = *bytes.get(address)?;
        if state & 0x80 == 0 {
            return Self::with_several(bytes, address, state);
        }
        let (input, at) = match usize::from(state & 0x3F) {
            0 => (*bytes.get(address.checked_sub(1)?)?, address - 1),
            common => (COMMON[common - 1], address),
        };
        if state & 0x40 != 0 {
            return Some(plain(Shape::Next { input }, at));
        }
        let (to_size, output_size) = sizes(*bytes.get(at.checked_sub(1)?)?);
        let to_at = at.checked_sub(1 + to_size)?;
        let output_at = to_at.checked_sub(output_size)?;
        let (to, output) = (number(bytes, to_at, to_size)?, number(bytes, output_at, output_size)?);
        Some(plain(Shape::One { input, output, to }, output_at))
    }

    fn with_several(bytes: &'a [u8], address: usize, state: u8) -> Option<Self> {
        let is_final = state & 0x40 != 0;
        let (count, at) = match state & 0x3F {
            0 => (usize::from(*bytes.get(address.checked_sub(1)?)?), address - 1),
            count => (usize::from(count), address),
        };
        // A count that does not fit into the state is never 1, which stands for 256.
        let count = if count == 1 && at < address { 256 } else { count };
        let (to_size, output_size) = sizes(*bytes.get(at.checked_sub(1)?)?);
        let index = if count > INDEXED { 256 } else { 0 };
        let inputs = at.checked_sub(1 + index)?;
        let outputs = inputs.checked_sub(count * (1 + to_size + output_size))?;
        let (first, final_output) = if is_final {
            let at = outputs.checked_sub(output_size)?;
            (at, number(bytes, at, output_size)?)
        } else {
            (outputs, 0)
        };
        let shape = Shape::Any { count, inputs, to_size, output_size };
        Some(Node { bytes, shape, first, is_final, final_output })
    }

    /// Number of transitions.
    fn len(&self) -> usize {
        match self.shape {
            Shape::Leaf => 0,
            Shape::Next { .. } | Shape::One { .. } => 1,
            Shape::Any { count, .. } => count,
        }
    }

    fn find(&self, byte: u8) -> Option<Step> {
        if let Shape::Any { count, inputs, .. } = self.shape {
            let i = if count > INDEXED {
                usize::from(*self.bytes.get(inputs + usize::from(byte))?)
            } else {
                let inputs = self.bytes.get(inputs.checked_sub(count)?..inputs)?;
                count - 1 - inputs.iter().position(|&input| input == byte)?
            };
            return self.step(i);
        }
        self.step(0).filter(|step| step.input == byte)
    }

    /// The transition of this number; they are in the order of their inputs.
    fn step(&self, i: usize) -> Option<Step> {
        match self.shape {
            Shape::Leaf => None,
            Shape::Next { input } => Some(Step { input, output: 0, address: self.first.checked_sub(1)? }),
            Shape::One { input, output, to } => Some(Step { input, output, address: self.before(to)? }),
            Shape::Any { count, inputs, to_size, output_size } => {
                if i >= count {
                    return None;
                }
                let tos = inputs.checked_sub(count)?;
                let to = number(self.bytes, tos.checked_sub((i + 1) * to_size)?, to_size)?;
                let outputs = tos.checked_sub(count * to_size)?;
                let output = number(self.bytes, outputs.checked_sub((i + 1) * output_size)?, output_size)?;
                let input = *self.bytes.get(inputs.checked_sub(i + 1)?)?;
                Some(Step { input, output, address: self.before(to)? })
            }
        }
    }

    /// The address so many bytes before this node; 0 is the last node of all.
    fn before(&self, distance: u64) -> Option<usize> {
        let distance = usize::try_from(distance).ok()?;
        if distance == 0 { Some(0) } else { self.first.checked_sub(distance) }
    }
}

/// Sizes of addresses and outputs.
fn sizes(byte: u8) -> (usize, usize) {
    (usize::from(byte >> 4), usize::from(byte & 0xF))
}

/// A number of so many bytes, 0 to 8.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<u64> {
    let mut number = [0; 8];
    number.get_mut(..size)?.copy_from_slice(bytes.get(at..at.checked_add(size)?)?);
    Some(u64::from_le_bytes(number))
}

/// Inputs so common that the state of a node names them, by that number less one: those of the crate that writes the maps,
/// as a test sees to.
static COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of many shapes: rare bytes, many transitions from one node, values of all sizes.
    fn names() -> Vec<(String, u64)> {
        let mut names: Vec<String> = (0..2000u32).map(|n| format!("name {}", n * n % 7919)).collect();
        names.extend((' '..='~').map(|c| format!("{c}x")));
        names.extend((' '..='~').map(|c| format!("many{c}")));
        names.extend(["tehran", "teheran", "téhéran", "東京", "東", ""].map(str::to_owned));
        names.sort();
        names.dedup();
        names.into_iter().enumerate().map(|(i, name)| (name, (i as u64).pow(3) * 5)).collect()
    }

    fn map(names: &[(String, u64)]) -> Vec<u8> {
        let mut builder = fst::MapBuilder::memory();
        for (name, value) in names {
            builder.insert(name, *value).unwrap();
        }
        builder.into_inner().unwrap()
    }

    #[test]
    fn every_name_leads_to_its_value_and_no_other_to_any() {
        let (names, bytes) = (names(), map(&names()));
        let map = NameMap::new(&bytes);
        assert_eq!(map.len(), Some(names.len() as u64));
        for (name, value) in &names {
            assert_eq!(map.get(name), Some(*value), "{name}");
        }
        for absent in ["nam", "name 0x", "many", "zzz", "東京都"] {
            assert_eq!(map.get(absent), None, "{absent}");
        }
        let near = map.near(&Near::new("tehran", 1));
        assert_eq!(near, [("teheran".to_owned(), 1), ("tehran".to_owned(), 0)]);
    }

    #[test]
    fn the_common_inputs_are_those_of_the_crate_that_writes_maps() {
        let mut common = [0; 63];
        for byte in 0..=u8::MAX {
            let mut builder = fst::raw::Builder::memory();
            builder.insert([byte], 0).unwrap();
            let map = builder.into_inner().unwrap();
            let state = map[map.len() - FOOTER - 1];
            if state & 0x3F != 0 {
                common[usize::from(state & 0x3F) - 1] = byte;
            }
        }
        assert_eq!(common.escape_ascii().to_string(), COMMON.escape_ascii().to_string());
    }

    #[test]
    fn damaged_maps_end_in_some_answer() {
        let (names, whole) = (names(), map(&names()));
        let mut state = 7u64;
        for _ in 0..300 {
            let mut bytes = whole.clone();
            for _ in 0..20 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = (state >> 33) as usize % bytes.len();
                bytes[at] = (state >> 20) as u8;
            }
            let map = NameMap::new(&bytes);
            for (name, _) in names.iter().step_by(97) {
                map.get(name);
            }
            map.near(&Near::new("name 4477", 1));
        }
        for end in 0..40 {
            NameMap::new(&whole[..end]).get("name 1");
        }
    }
}
