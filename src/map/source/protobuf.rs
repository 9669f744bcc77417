//! The little of Protocol Buffers that vector tiles need; past the end there is nothing.

/// A message being read, field by field.
#[derive(Debug, Clone)]
pub(super) struct Message<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    /// A whole number.
    Number(u64),
    /// Four bytes.
    Four([u8; 4]),
    /// Eight bytes.
    Eight([u8; 8]),
    /// Text, a message, or packed numbers.
    Bytes(&'a [u8]),
}

impl<'a> Message<'a> {
    /// The message that these bytes are.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next whole number.
    pub fn varint(&mut self) -> Option<u64> {
        let mut out = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            out |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(out);
            }
        }
        None
    }

    /// Whether all is read.
    pub fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length)?;
        let out = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(out)
    }

    /// The next field: its number and what it holds. `None` at the end, and where the bytes make
    /// no sense.
    pub fn field(&mut self) -> Option<(u64, Value<'a>)> {
        if self.is_done() {
            return None;
        }
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Number(self.varint()?),
            1 => Value::Eight(self.take(8)?.try_into().ok()?),
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Four(self.take(4)?.try_into().ok()?),
            _ => return None,
        };
        Some((key >> 3, value))
    }
}

/// The whole numbers packed into a field.
pub(super) fn packed(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let mut message = Message::new(bytes);
    std::iter::from_fn(move || message.varint().map(|n| n as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_turn() {
        let mut message = Message::new(&[0x08, 0x96, 0x01, 0x12, 2, b'a', b'b', 0x1d, 0, 0, 0, 0]);
        assert_eq!(message.field(), Some((1, Value::Number(150))));
        assert_eq!(message.field(), Some((2, Value::Bytes(b"ab"))));
        assert_eq!(message.field(), Some((3, Value::Four([0; 4]))));
        assert_eq!(message.field(), None);
    }

    #[test]
    fn bytes_without_sense_end_the_message() {
        for bytes in [[0x12, 200].as_slice(), &[0x0b], &[0x08], &[0xff; 12], &[0x09, 1]] {
            assert_eq!(Message::new(bytes).field(), None, "{bytes:?}");
        }
        assert_eq!(packed(&[1, 0x80, 1, 0xff]).collect::<Vec<_>>(), [1, 128]);
    }
}
