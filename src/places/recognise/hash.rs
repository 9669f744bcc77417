//! Hashes of words and of features: stable for ever, since the models' files hold them.

/// FNV-1a over the lower-cased characters, 32 bits.
///
/// ```
/// use dateline::places::recognise::hash::word_hash;
/// assert_eq!(word_hash("Kabul"), word_hash("KABUL"));
/// ```
pub const fn word_hash_ascii(word: &[u8]) -> u32 {
    let mut hash = FNV_START;
    let mut at = 0;
    while at < word.len() {
        hash = fnv(hash, word[at].to_ascii_lowercase());
        at += 1;
    }
    hash
}

/// FNV-1a over the lower-cased characters of any script, 32 bits.
pub fn word_hash(word: &str) -> u32 {
    if word.is_ascii() {
        return word_hash_ascii(word.as_bytes());
    }
    let mut hash = FNV_START;
    let mut buffer = [0; 4];
    for c in word.chars().flat_map(char::to_lowercase) {
        // The curly apostrophe is the straight one to a model.
        let c = if c == '’' { '\'' } else { c };
        hash = c.encode_utf8(&mut buffer).bytes().fold(hash, fnv);
    }
    hash
}

const FNV_START: u32 = 0x811c_9dc5;

const fn fnv(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// One hash of a feature: its template and two values (murmur3's finaliser).
#[inline]
pub const fn feature_hash(template: u32, a: u32, b: u32) -> u32 {
    let mut h = a.wrapping_mul(0x9E37_79B1) ^ b.rotate_left(15).wrapping_mul(0x85EB_CA77);
    h = h.wrapping_add(template.wrapping_mul(0xC2B2_AE3D));
    h ^= h >> 16;
    h = h.wrapping_mul(0x85EB_CA6B);
    h ^= h >> 13;
    h = h.wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_curly_apostrophes_do_not_count() {
        assert_eq!(word_hash("N’Djamena"), word_hash("n'djamena"));
        assert_eq!(word_hash("ŁÓDŹ"), word_hash("łódź"));
        assert_ne!(word_hash("Kabul"), word_hash("Kabu"));
    }

    #[test]
    fn the_values_never_change() {
        assert_eq!(word_hash("kabul"), word_hash_ascii(b"kabul"));
        assert_eq!(feature_hash(1, 2, 3), feature_hash(1, 2, 3));
        assert_ne!(feature_hash(1, 2, 3), feature_hash(1, 3, 2));
        assert_ne!(feature_hash(1, 2, 3), feature_hash(2, 2, 3));
    }
}
