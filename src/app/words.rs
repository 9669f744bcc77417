//! Dates and kinds of places in words, for the panels.

use jiff::civil::Date;

use crate::events::{DatePrecision, EventDate};
use crate::places::Precision;

/// A count with a comma before each three digits: "128,000".
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "15 Aug 2021".
pub fn day_words(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// The date of an event: a day, a span, a month or a year.
pub fn date_words(date: &EventDate) -> String {
    match date.precision {
        DatePrecision::Year => date.start.strftime("%Y").to_string(),
        DatePrecision::Month => date.start.strftime("%b %Y").to_string(),
        DatePrecision::Week => format!("week of {}", day_words(date.start)),
        DatePrecision::Day | DatePrecision::Days if date.start == date.end => day_words(date.start),
        DatePrecision::Day | DatePrecision::Days => {
            format!("{} – {}", date.start.strftime("%-d %b"), day_words(date.end))
        }
    }
}

/// What a GeoNames kind `class.code` is called.
pub fn kind_words(kind: &str) -> &'static str {
    let (class, code) = kind.split_once('.').unwrap_or((kind, ""));
    match (class, code) {
        ("P", "PPLC") => "capital",
        ("P", "PPLX") => "part of a town",
        ("P", _) => "town",
        ("A", c) if c.starts_with("PCL") => "country",
        ("A", "TERR") => "territory",
        ("A", c) if c.starts_with("ADM1") => "province",
        ("A", c) if c.starts_with("ADM2") => "district",
        ("A", _) => "area",
        ("S", "AIRB") => "air base",
        ("S", "AIRP" | "AIRF" | "AIRH") => "airport",
        ("S", "CMP" | "CMPREF" | "CMPRF") => "camp",
        ("S", "PSTB" | "CSTM") => "border crossing",
        ("S", "BDG") => "bridge",
        ("S", _) => "site",
        ("T", "PASS") => "pass",
        ("T", "MT" | "PK") => "mountain",
        ("T", "MTS") => "mountains",
        ("T", "ISL" | "ISLS") => "island",
        ("T", "VAL") => "valley",
        ("T", _) => "landform",
        ("H", "SEA" | "OCN" | "GULF" | "STRT" | "BAY") => "sea",
        ("H", "LK" | "LKS") => "lake",
        ("H", _) => "water",
        ("L", "CONT") => "continent",
        ("L", _) => "region",
        ("R", _) => "road",
        _ => "place",
    }
}

/// The English name of a language from its code (BCP 47); the code itself where it is a rare one.
pub fn language_words(code: &str) -> &str {
    match code.split(['-', '_']).next().unwrap_or(code) {
        "ar" => "Arabic",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fa" => "Persian",
        "fr" => "French",
        "he" => "Hebrew",
        "hi" => "Hindi",
        "it" => "Italian",
        "ja" => "Japanese",
        "pl" => "Polish",
        "ps" => "Pashto",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "tr" => "Turkish",
        "uk" => "Ukrainian",
        "ur" => "Urdu",
        "zh" => "Chinese",
        _ => code,
    }
}

/// What a precision class means on the map.
pub const fn precision_words(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "exact point",
        Precision::Settlement => "town",
        Precision::Near => "near here",
        Precision::Admin2 => "known to the district only",
        Precision::Admin1 => "known to the province only",
        Precision::Region => "known to the region only",
        Precision::Country => "known to the country only",
        Precision::Sea => "at sea",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::DateBasis;
    use jiff::civil::date;

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let of = |start, end, precision| {
            date_words(&EventDate { start, end, precision, basis: DateBasis::Explicit })
        };
        let (a, b) = (date(2021, 8, 15), date(2021, 8, 17));
        assert_eq!(of(a, a, DatePrecision::Day), "15 Aug 2021");
        assert_eq!(of(a, b, DatePrecision::Days), "15 Aug – 17 Aug 2021");
        assert_eq!(of(a, b, DatePrecision::Month), "Aug 2021");
        assert_eq!(of(a, b, DatePrecision::Year), "2021");
        assert_eq!(of(a, b, DatePrecision::Week), "week of 15 Aug 2021");
    }

    #[test]
    fn thousands_are_set_apart() {
        for (n, words) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (128_000, "128,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(n), words);
        }
    }

    #[test]
    fn kinds_have_names() {
        for (kind, name) in [
            ("P.PPL", "town"),
            ("A.ADM1", "province"),
            ("S.AIRB", "air base"),
            ("T.PASS", "pass"),
            ("", "place"),
        ] {
            assert_eq!(kind_words(kind), name);
        }
        assert_eq!((language_words("en-GB"), language_words("xx")), ("English", "xx"));
    }
}
