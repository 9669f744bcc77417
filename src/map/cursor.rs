//! Reads numbers and shapes out of the basemap's bytes; past the end there is nothing.

/// A position in bytes, moved on by each reading.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    /// The next byte read.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at byte `at`.
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let out = self.bytes.get(self.at..self.at.checked_add(N)?)?.try_into().ok()?;
        self.at += N;
        Some(out)
    }

    /// The next byte.
    pub fn u8(&mut self) -> Option<u8> {
        self.take::<1>().map(|[b]| b)
    }

    /// The next two bytes.
    pub fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    /// The next four bytes.
    pub fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    /// The next two bytes as they stand.
    pub fn pair(&mut self) -> Option<[u8; 2]> {
        self.take()
    }

    /// Moves `bytes` on; `None` where the file ends before.
    pub fn skip(&mut self, bytes: usize) -> Option<()> {
        let to = self.at.checked_add(bytes).filter(|&to| to <= self.bytes.len())?;
        self.at = to;
        Some(())
    }

    fn varint(&mut self) -> Option<u32> {
        let mut out = 0_u32;
        for shift in (0..32).step_by(7) {
            let byte = self.u8()?;
            out |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(out);
            }
        }
        None
    }

    fn step(&mut self) -> Option<i32> {
        let n = self.varint()?;
        Some((n >> 1) as i32 ^ -((n & 1) as i32))
    }
}

/// Calls `draw` with each shape of a cell or an area; stops where the bytes make no sense.
pub(super) fn each_shape(bytes: &[u8], start: [i32; 2], draw: &mut dyn FnMut(&[[i32; 2]])) {
    let mut cursor = Cursor::new(bytes, 0);
    let (mut at, mut shape) = (start, Vec::new());
    while let Some(count) = cursor.varint() {
        shape.clear();
        for _ in 0..count {
            let (Some(dx), Some(dy)) = (cursor.step(), cursor.step()) else { return };
            at = [at[0].wrapping_add(dx), at[1].wrapping_add(dy)];
            shape.push(at);
        }
        draw(&shape);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_steps_from_the_point_before() {
        let bytes = [2, 20, 1, 0, 0x80, 0x02, 1, 1, 2];
        let mut seen = Vec::new();
        each_shape(&bytes, [100, 100], &mut |s| seen.push(s.to_vec()));
        assert_eq!(seen, [vec![[110, 99], [110, 227]], vec![[109, 228]]]);
    }

    #[test]
    fn a_shape_without_its_end_is_left_out() {
        let mut seen = 0;
        each_shape(&[200, 1, 2, 2], [0, 0], &mut |_| seen += 1);
        assert_eq!(seen, 0);
    }
}
