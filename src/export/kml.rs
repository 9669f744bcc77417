//! KML 2.2 (OGC 07-147r2): a folder a type of event, for globes and maps.

use std::fmt::Write as _;

use super::table::{Cell, Table, events};
use crate::events::EventType;
use crate::places::Gazetteer;
use crate::project::{Project, RunRecord};

/// The events of a project: a folder for each type that occurs, a placemark an event with its time
/// and all columns of the table of events as extended data. What has no place has no point.
pub fn render(project: &Project, gazetteer: &Gazetteer, record: &RunRecord) -> String {
    let table = events(project, gazetteer);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n",
    );
    let _ = writeln!(out, "<name>Dateline: {} events</name>", table.rows.len());
    let _ = writeln!(out, "<ExtendedData>{}</ExtendedData>", data("dateline", &to_json(record)));
    for kind in EventType::ALL {
        folder(&mut out, &table, kind);
    }
    out.push_str("</Document>\n</kml>\n");
    out
}

fn to_json(record: &RunRecord) -> String {
    serde_json::to_string(record).unwrap_or_default()
}

fn folder(out: &mut String, table: &Table, kind: EventType) {
    let of_kind = |row: &Vec<Cell>| cell(table, row, "type") == kind.name();
    let rows: Vec<usize> =
        table.rows.iter().enumerate().filter(|(_, row)| of_kind(row)).map(|(i, _)| i).collect();
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "<Folder>\n<name>{}</name>", kind.label());
    for i in rows {
        placemark(out, table, i);
    }
    out.push_str("</Folder>\n");
}

fn placemark(out: &mut String, table: &Table, at: usize) {
    let Some(row) = table.rows.get(at) else { return };
    let value = |column| cell(table, row, column);
    let _ = writeln!(out, "<Placemark id=\"{}\">", escape(&value("event_id")));
    let _ = writeln!(out, "<name>{}</name>", escape(&value("summary")));
    let _ = writeln!(out, "<description>{}</description>", escape(&value("passage")));
    out.push_str(&time(&value("date_start"), &value("date_end")));
    out.push_str("<ExtendedData>\n");
    for ((name, _), cell) in table.columns.iter().zip(row) {
        if *cell != Cell::Null {
            let _ = writeln!(out, "{}", data(name, &plain(cell)));
        }
    }
    out.push_str("</ExtendedData>\n");
    if let Some((lon, lat)) = table.points.get(at).copied().flatten() {
        let _ = writeln!(out, "<Point><coordinates>{lon},{lat}</coordinates></Point>");
    }
    out.push_str("</Placemark>\n");
}

fn time(start: &str, end: &str) -> String {
    match (start, end) {
        ("", _) => String::new(),
        (start, end) if start == end => format!("<TimeStamp><when>{start}</when></TimeStamp>\n"),
        (start, end) => format!("<TimeSpan><begin>{start}</begin><end>{end}</end></TimeSpan>\n"),
    }
}

fn data(name: &str, value: &str) -> String {
    format!("<Data name=\"{name}\"><value>{}</value></Data>", escape(value))
}

fn cell(table: &Table, row: &[Cell], column: &str) -> String {
    let at = table.columns.iter().position(|(name, _)| *name == column);
    at.and_then(|i| row.get(i)).map(plain).unwrap_or_default()
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Real(number) => number.to_string(),
        Cell::Int(number) => number.to_string(),
    }
}

/// Text for XML 1.0; characters that it cannot hold are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c < ' ' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn a_folder_a_type_and_a_point_where_there_is_a_place() {
        let text = render(&fixture::project(), fixture::gazetteer(), &fixture::record());
        assert!(
            text.contains("<Folder>\n<name>Assault</name>") && text.contains("<name>Move</name>"),
            "{text}"
        );
        assert_eq!((text.matches("<Placemark").count(), text.matches("<Point>").count()), (2, 1));
        assert!(text.contains("<TimeStamp><when>2021-08-15</when></TimeStamp>"));
        assert!(text.contains("Fünf Bomben &amp; &lt;Raketen&gt; hit Kabul"));
        assert!(text.contains("<Data name=\"dateline\"><value>{&quot;program&quot;"));
    }

    #[test]
    fn text_is_safe_in_xml() {
        assert_eq!(escape("a < \"b\" & c\u{1}\u{fffe}"), "a &lt; &quot;b&quot; &amp; c");
    }

    #[test]
    fn one_day_is_a_stamp_and_several_are_a_span() {
        assert!(time("2021-08-15", "2021-08-15").starts_with("<TimeStamp>"));
        assert!(time("2021-08-14", "2021-08-15").starts_with("<TimeSpan><begin>2021-08-14<"));
        assert_eq!(time("", ""), "");
    }
}
