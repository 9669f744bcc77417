//! The English months.

/// Their names; news writes them whole or with the first three or four letters.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month of this name, 1 to 12: whole or cut to three or four letters, in any case, with or
/// without a dot behind it.
///
/// ```
/// use dateline::article::months::month_named;
/// assert_eq!(month_named("Sept."), Some(9));
/// assert_eq!(month_named("mayor"), None);
/// ```
pub fn month_named(word: &str) -> Option<i8> {
    let stem = word.trim_end_matches('.');
    let at = MONTHS.iter().position(|full| {
        (matches!(stem.len(), 3 | 4) || stem.len() == full.len())
            && full.get(..stem.len()).is_some_and(|head| head.eq_ignore_ascii_case(stem))
    })?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_whole_or_cut() {
        for (word, month) in [("August", 8), ("aug", 8), ("Sept", 9), ("MAY", 5), ("Dec.", 12), ("febr", 2)] {
            assert_eq!(month_named(word), Some(month), "{word}");
        }
        for word in ["", "ma", "Augus", "mayor", "septe"] {
            assert_eq!(month_named(word), None, "{word}");
        }
    }
}
