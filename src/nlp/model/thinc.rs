use rmpv::ValueRef;

use super::{Error, msgpack};

/// A `model` file of thinc: the layers, flattened in breadth-first order.
pub(super) struct Layers<'a> {
    part: String,
    nodes: Vec<Layer<'a>>,
}

/// One layer.
pub(super) struct Layer<'a> {
    name: String,
    refs: Vec<(String, usize)>,
    attrs: Vec<(String, &'a [u8])>,
    params: Vec<(String, Array<'a>)>,
}

/// A parameter of 32-bit floats.
struct Array<'a> {
    shape: Vec<usize>,
    data: &'a [u8],
}

impl<'a> Layers<'a> {
    pub(super) fn parse(part: &str, bytes: &'a [u8]) -> Result<Self, Error> {
        let value = msgpack::parse(part, bytes)?;
        let top = msgpack::map(part, &value)?;
        let list = |key| msgpack::array(part, msgpack::need(part, top, key)?);
        let (infos, attrs, params) = (list("nodes")?, list("attrs")?, list("params")?);
        if attrs.len() != infos.len() || params.len() != infos.len() {
            return Err(Error::damaged(part, "layers, attributes and parameters differ in number"));
        }
        let mut nodes = Vec::new();
        for ((info, attrs), params) in infos.iter().zip(attrs).zip(params) {
            nodes.push(Layer::parse(part, info, attrs, params)?);
        }
        Ok(Self { part: part.to_owned(), nodes })
    }

    /// All layers of exactly this name, in order.
    pub(super) fn named(&self, name: &str) -> Vec<&Layer<'a>> {
        self.nodes.iter().filter(|node| node.name == name).collect()
    }

    /// The only layer of this name.
    pub(super) fn only(&self, name: &str) -> Result<&Layer<'a>, Error> {
        match self.named(name)[..] {
            [layer] => Ok(layer),
            ref found => Err(self.damaged(format!("{} layers `{name}` where one was expected", found.len()))),
        }
    }

    /// The layer that the first one refers to by this name.
    pub(super) fn reference(&self, name: &str) -> Option<&Layer<'a>> {
        let (_, index) = self.nodes.first()?.refs.iter().find(|(n, _)| n == name)?;
        self.nodes.get(*index)
    }

    /// The parameter and its shape, which must have `N` dimensions.
    pub(super) fn param<const N: usize>(
        &self,
        layer: &Layer<'_>,
        name: &str,
    ) -> Result<([usize; N], Vec<f32>), Error> {
        let found = layer.params.iter().find(|(n, _)| n == name);
        let (_, array) = found.ok_or_else(|| self.damaged(format!("`{}` has no `{name}`", layer.name)))?;
        let shape = <[usize; N]>::try_from(&array.shape[..]).map_err(|_| {
            self.damaged(format!(
                "`{name}` of `{}` has {} dimensions, expected {N}",
                layer.name,
                array.shape.len()
            ))
        })?;
        let (values, _) = array.data.as_chunks::<4>();
        Ok((shape, values.iter().map(|v| f32::from_le_bytes(*v)).collect()))
    }

    pub(super) fn damaged(&self, reason: String) -> Error {
        Error::damaged(&self.part, reason)
    }
}

impl<'a> Layer<'a> {
    fn parse(
        part: &str,
        info: &ValueRef<'a>,
        attrs: &ValueRef<'a>,
        params: &ValueRef<'a>,
    ) -> Result<Self, Error> {
        let info = msgpack::map(part, info)?;
        let name = msgpack::str(part, msgpack::need(part, info, "name")?)?.to_owned();
        let mut layer = Self { name, refs: Vec::new(), attrs: Vec::new(), params: Vec::new() };
        for (key, value) in msgpack::map(part, msgpack::need(part, info, "refs")?)? {
            if let Some(index) = msgpack::as_u64(value) {
                layer.refs.push((msgpack::str(part, key)?.to_owned(), index as usize));
            }
        }
        for (key, value) in msgpack::map(part, attrs)? {
            if let ValueRef::Binary(bytes) = value {
                layer.attrs.push((msgpack::str(part, key)?.to_owned(), bytes));
            }
        }
        for (key, value) in msgpack::map(part, params)? {
            if !matches!(value, ValueRef::Nil) {
                layer.params.push((msgpack::str(part, key)?.to_owned(), Array::parse(part, value)?));
            }
        }
        Ok(layer)
    }

    /// The attribute, which is itself in `MessagePack`.
    pub(super) fn attr(&self, name: &str) -> Option<ValueRef<'a>> {
        let (_, bytes) = self.attrs.iter().find(|(n, _)| n == name)?;
        msgpack::parse("", bytes).ok()
    }

    /// The attribute as a size or seed.
    pub(super) fn attr_u64(&self, name: &str) -> Option<u64> {
        msgpack::as_u64(&self.attr(name)?)
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl<'a> Array<'a> {
    fn parse(part: &str, value: &ValueRef<'a>) -> Result<Self, Error> {
        let pairs = msgpack::map(part, value)?;
        let kind = msgpack::as_str(msgpack::need(part, pairs, "type")?);
        if kind != Some("<f4") {
            return Err(Error::damaged(part, format!("parameters of type {kind:?}, expected `<f4`")));
        }
        let mut shape = Vec::new();
        for n in msgpack::array(part, msgpack::need(part, pairs, "shape")?)? {
            let n = msgpack::as_u64(n).ok_or_else(|| Error::damaged(part, "a shape holds no number"))?;
            shape.push(n as usize);
        }
        let ValueRef::Binary(data) = msgpack::need(part, pairs, "data")? else {
            return Err(Error::damaged(part, "parameters are not bytes"));
        };
        let size = shape.iter().try_fold(4usize, |size, &n| size.checked_mul(n));
        if size != Some(data.len()) {
            return Err(Error::damaged(
                part,
                format!("{} bytes of parameters for shape {shape:?}", data.len()),
            ));
        }
        Ok(Self { shape, data })
    }
}
