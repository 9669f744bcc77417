//! Names of places in the script of their country: "Москва", "کابل".
//!
//! The gazetteer does not tell of which language a name is. Of those in the right script the one
//! is taken whose consonants are most like those of its name in Latin letters: "Самара", not
//! "Куйбышев"; where none is alike there is none.

use std::cmp::Reverse;

use crate::places::gazetteer::{Gazetteer, NameFlags, PlaceIndex, fold};

/// Least likeness of consonants, in thousandths.
const LEAST: u32 = 700;

/// The letters of a script with the Latin consonant of each; other letters of it are vowels.
struct Script {
    range: (char, char),
    consonants: &'static str,
    /// Its vowels in the same way; empty where they are not told apart.
    vowels: &'static str,
}

const ARABIC: Script = Script {
    range: ('\u{600}', '\u{6ff}'),
    consonants: "بb پp تt ثs جz چc حh خh دd ذz رr زz ژz سs شs صs ضz طt ظz فf قk كk کk گg لl مm نn هh",
    vowels: "",
};
const CYRILLIC: Script = Script {
    range: ('\u{400}', '\u{4ff}'),
    consonants: "бb вv гg ґg дd жz зz кk лl мm нn пp рr сs тt фf хh цs чc шs щs қk ғg ҳh ҷz ңn љl њn џz ўv",
    vowels: "аa яa оo ёo уu юu ыi иi іi їi йi еe эe єe",
};
const DEVANAGARI: Script = Script {
    range: ('\u{900}', '\u{97f}'),
    consonants: "कk खk गg घg चc छc जz झz टt ठt डd ढd णn तt थt दd धd नn पp फp बb भb मm रr लl वv शs षs सs हh",
    vowels: "",
};
const GREEK: Script = Script {
    range: ('\u{370}', '\u{3ff}'),
    consonants: "βv γg δd ζz θt κk λl μm νn ξk πp ρr σs ςs τt φf χh ψp",
    vowels: "αa άa οo όo ωo ώo ιi ίi ηi ήi υi ύi εe έe",
};
const HEBREW: Script = Script {
    range: ('\u{590}', '\u{5ff}'),
    consonants: "בv גg דd זz חh טt כk ךk לl מm םm נn ןn סs פf ףf צs ץs קk רr שs תt",
    vowels: "",
};

/// The script on a country's road signs, with letters that only its own languages use; `None` for
/// Latin letters and for scripts that the bundled fonts lack.
fn script_of(country: &str) -> Option<(&'static Script, &'static str)> {
    Some(match country {
        "AF" | "IR" | "PK" => (&ARABIC, "کیگپچژ"),
        "AE" | "BH" | "DZ" | "EG" | "EH" | "IQ" | "JO" | "KW" | "LB" | "LY" | "MA" | "MR" | "OM" | "PS"
        | "QA" | "SA" | "SD" | "SY" | "TN" | "YE" => (&ARABIC, "كيىة"),
        "BG" | "MK" | "RS" | "RU" => (&CYRILLIC, ""),
        "BY" => (&CYRILLIC, "ўі"),
        "KG" | "KZ" | "MN" => (&CYRILLIC, "қңғүұөәі"),
        "TJ" => (&CYRILLIC, "қғҳҷӣӯ"),
        "UA" => (&CYRILLIC, "іїєґ"),
        "IN" | "NP" => (&DEVANAGARI, ""),
        "CY" | "GR" => (&GREEK, ""),
        "IL" => (&HEBREW, ""),
        _ => return None,
    })
}

impl Script {
    fn writes(&self, name: &str) -> bool {
        let letters = || name.chars().filter(|c| c.is_alphabetic());
        letters().next().is_some() && letters().all(|c| (self.range.0..=self.range.1).contains(&c))
    }

    fn consonants(&self, name: &str) -> Vec<char> {
        in_latin(&[self.consonants], name)
    }

    fn letters(&self, name: &str) -> Vec<char> {
        in_latin(&[self.consonants, self.vowels], name)
    }
}

/// A name's letters by tables of pairs; others are left out.
fn in_latin(tables: &[&str], name: &str) -> Vec<char> {
    let latin = |c: char| {
        let mut pairs = tables.iter().flat_map(|table| table.split(' '));
        pairs.find_map(|pair| pair.strip_prefix(c)?.chars().next())
    };
    name.to_lowercase().chars().filter_map(latin).collect()
}

/// The letters of a name in Latin letters, written as those of the scripts are.
fn latin_letters(folded: &str) -> Vec<char> {
    let mut text = folded.to_owned();
    let pairs = [
        ("kh", "h"),
        ("zh", "z"),
        ("sh", "s"),
        ("ch", "ç"),
        ("ts", "s"),
        ("ph", "f"),
        ("th", "t"),
        ("gh", "g"),
    ];
    for (many, one) in pairs {
        text = text.replace(many, one);
    }
    let one = |c: char| match c {
        'c' | 'q' | 'x' => Some('k'),
        'ç' => Some('c'),
        'w' => Some('v'),
        'j' => Some('z'),
        'y' => Some('i'),
        c => c.is_ascii_lowercase().then_some(c),
    };
    text.chars().filter_map(one).collect()
}

fn is_vowel(c: char) -> bool {
    "aeiou".contains(c)
}

/// Likeness of two rows of consonants: 1 less the share of edits (Levenshtein 1966).
fn likeness(a: &[char], b: &[char]) -> f32 {
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 0.0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        let mut next = vec![i + 1];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or(0);
            next.push((corner + usize::from(x != y)).min(above + 1).min(left + 1));
            corner = *above;
        }
        row = next;
    }
    1.0 - row.last().copied().unwrap_or(longest) as f32 / longest as f32
}

/// A place's name in the script of its country; `None` where the gazetteer has none that is alike
/// or the fonts cannot write it.
pub(super) fn native_name(gazetteer: &Gazetteer, place: PlaceIndex) -> Option<String> {
    const NOT: NameFlags = NameFlags::HISTORIC.with(NameFlags::ABBREVIATION);
    let (script, own) = script_of(gazetteer.place(place)?.country)?;
    let names: Vec<String> = gazetteer
        .names(place)
        .into_iter()
        .filter(|name| !name.flags.intersects(NOT))
        .map(|name| name.text)
        .collect();
    let native: Vec<&String> = names.iter().filter(|name| script.writes(name)).collect();
    // The name people use first, so that a town renamed is not called as it was; then any name.
    let first = gazetteer.place_name(place);
    let others = || names.iter().filter(|name| name.is_ascii()).map(String::as_str);
    let most_alike = |latin: &str| most_alike(script, own, &native, latin);
    most_alike(first).or_else(|| others().find_map(most_alike))
}

/// Of the names in the script the one most like a Latin name; of equals the one with a letter of the
/// country's own, then the one with vowels more alike, then the first by its letters.
fn most_alike(script: &Script, own: &str, native: &[&String], latin: &str) -> Option<String> {
    let letters = latin_letters(&fold(latin));
    let wanted: Vec<char> = letters.iter().copied().filter(|&c| !is_vowel(c)).collect();
    let share = |a: &[char], b: &[char]| (likeness(a, b) * 1000.0) as u32;
    let key = |name: &&&String| {
        let alike = share(&wanted, &script.consonants(name));
        let vowels = share(&letters, &script.letters(name));
        let owns = name.to_lowercase().contains(|c| own.contains(c));
        (alike, owns, vowels, Reverse((**name).clone()))
    };
    let best = native.iter().max_by_key(key)?;
    (key(&best).0 >= LEAST).then(|| (*best).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn native(name: &str) -> Option<String> {
        let gazetteer = Gazetteer::bundled().unwrap();
        let hits = gazetteer.lookup(&fold(name)).map(|hit| hit.place);
        native_name(gazetteer, hits.max_by_key(|&place| gazetteer.population(place)).unwrap())
    }

    #[test]
    fn towns_have_names_of_their_own() {
        let starts =
            |name: &str, with: [char; 2]| native(name).is_some_and(|native| native.starts_with(with));
        assert!(starts("Moscow", ['М', 'М']), "{:?}", native("Moscow"));
        assert!(starts("Samara", ['С', 'С']), "{:?}", native("Samara"));
        assert!(starts("Kyiv", ['К', 'К']), "{:?}", native("Kyiv"));
        assert!(starts("Kabul", ['ک', 'ك']), "{:?}", native("Kabul"));
    }

    #[test]
    fn where_letters_are_latin_or_unknown_to_the_fonts_there_is_none() {
        assert_eq!((native("Paris"), native("Tokyo")), (None, None));
    }

    #[test]
    fn consonants_tell_names_apart() {
        let (samara, old) = (CYRILLIC.consonants("Самара"), CYRILLIC.consonants("Куйбышев"));
        let latin: Vec<char> = latin_letters("samara").into_iter().filter(|&c| !is_vowel(c)).collect();
        assert_eq!(likeness(&latin, &samara), 1.0);
        assert!(likeness(&latin, &old) < 0.5);
    }
}
