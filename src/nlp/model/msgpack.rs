//! Reading `MessagePack` values that should have a certain shape.

use rmpv::ValueRef;

use super::Error;

/// Reads one value.
pub(super) fn parse<'a>(part: &str, mut bytes: &'a [u8]) -> Result<ValueRef<'a>, Error> {
    rmpv::decode::read_value_ref(&mut bytes).map_err(|e| Error::damaged(part, e.to_string()))
}

/// The pairs of a map.
pub(super) fn map<'v, 'a>(
    part: &str,
    value: &'v ValueRef<'a>,
) -> Result<&'v [(ValueRef<'a>, ValueRef<'a>)], Error> {
    match value {
        ValueRef::Map(pairs) => Ok(pairs),
        _ => Err(Error::damaged(part, "a map was expected")),
    }
}

/// The elements of an array.
pub(super) fn array<'v, 'a>(part: &str, value: &'v ValueRef<'a>) -> Result<&'v [ValueRef<'a>], Error> {
    match value {
        ValueRef::Array(elements) => Ok(elements),
        _ => Err(Error::damaged(part, "an array was expected")),
    }
}

/// Text, which older writers give as bytes.
pub(super) fn as_str<'v>(value: &'v ValueRef<'_>) -> Option<&'v str> {
    match value {
        ValueRef::String(text) => text.as_str(),
        ValueRef::Binary(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// Text, where nothing else will do.
pub(super) fn str<'v>(part: &str, value: &'v ValueRef<'_>) -> Result<&'v str, Error> {
    as_str(value).ok_or_else(|| Error::damaged(part, "a string was expected"))
}

/// A count or number of 64 bits.
pub(super) fn as_u64(value: &ValueRef<'_>) -> Option<u64> {
    match value {
        ValueRef::Integer(n) => n.as_u64(),
        _ => None,
    }
}

/// The value of a key, if there is one and it is not nil.
pub(super) fn get<'v, 'a>(pairs: &'v [(ValueRef<'a>, ValueRef<'a>)], key: &str) -> Option<&'v ValueRef<'a>> {
    let found = pairs.iter().find(|(k, _)| as_str(k) == Some(key));
    found.map(|(_, value)| value).filter(|value| !matches!(value, ValueRef::Nil))
}

/// The value of a key, where nothing can be done without it.
pub(super) fn need<'v, 'a>(
    part: &str,
    pairs: &'v [(ValueRef<'a>, ValueRef<'a>)],
    key: &str,
) -> Result<&'v ValueRef<'a>, Error> {
    get(pairs, key).ok_or_else(|| Error::damaged(part, format!("`{key}` is not there")))
}
