//! Precision as the two great conflict data sets code it.
//!
//! UCDP GED codebook 23.1: `where_prec` 1 exact to 7 international waters, `date_prec` 1 day to 5
//! year. ACLED codebook 2023: `geo_precision` and `time_precision` 1 to 3, nothing coarser.

use crate::events::DatePrecision;
use crate::places::Precision;

/// A precision in both codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Codes {
    /// UCDP's `where_prec` or `date_prec`.
    pub ucdp: u8,
    /// ACLED's `geo_precision` or `time_precision`; `None` where ACLED has no such class.
    pub acled: Option<u8>,
}

impl Codes {
    /// The codes of a place's precision.
    pub const fn of_place(precision: Precision) -> Self {
        match precision {
            Precision::Exact | Precision::Settlement => Self::both(1, 1),
            Precision::Near => Self::both(2, 2),
            Precision::Admin2 => Self::both(3, 2),
            Precision::Admin1 => Self::both(4, 3),
            Precision::Region => Self::both(5, 3),
            Precision::Country => Self { ucdp: 6, acled: None },
            Precision::Sea => Self { ucdp: 7, acled: None },
        }
    }

    /// The codes of a date's precision.
    pub const fn of_date(precision: DatePrecision) -> Self {
        match precision {
            DatePrecision::Day => Self::both(1, 1),
            DatePrecision::Days => Self::both(2, 2),
            DatePrecision::Week => Self::both(3, 2),
            DatePrecision::Month => Self::both(4, 3),
            DatePrecision::Year => Self { ucdp: 5, acled: None },
        }
    }

    const fn both(ucdp: u8, acled: u8) -> Self {
        Self { ucdp, acled: Some(acled) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_6_and_has_no_acled_code() {
        assert_eq!(Codes::of_place(Precision::Country), Codes { ucdp: 6, acled: None });
        assert_eq!(Codes::of_place(Precision::Near), Codes { ucdp: 2, acled: Some(2) });
        assert_eq!(Codes::of_date(DatePrecision::Month), Codes { ucdp: 4, acled: Some(3) });
    }
}
