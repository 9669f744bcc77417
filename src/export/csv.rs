//! Comma-separated values (RFC 4180), safe to open in a spreadsheet.

use super::table::{Cell, Table};

/// `table` with its header: lines end in CR LF, text is UTF-8 without a mark, not-known is empty.
pub fn render(table: &Table) -> String {
    let mut out = String::new();
    let header: Vec<String> = table.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    push_line(&mut out, &header);
    for row in &table.rows {
        push_line(&mut out, &row.iter().map(field).collect::<Vec<_>>());
    }
    out
}

fn push_line(out: &mut String, fields: &[String]) {
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Real(number) => number.to_string(),
        Cell::Int(number) => number.to_string(),
        Cell::Text(text) => quoted(&defused(text)),
    }
}

/// A spreadsheet takes text that begins with one of these for a formula; an apostrophe in front
/// makes it text again (OWASP, "CSV Injection").
fn defused(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r', '\n']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::ColumnKind;
    use super::*;

    fn one(cell: Cell) -> String {
        let table = Table {
            name: "t",
            columns: vec![("c", ColumnKind::Text)],
            rows: vec![vec![cell]],
            points: vec![None],
        };
        render(&table)
    }

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"] {
            assert_eq!(one(Cell::Text(formula.to_owned())), format!("c\r\n'{formula}\r\n"));
        }
        assert_eq!(one(Cell::Real(-98.5)), "c\r\n-98.5\r\n");
    }

    #[test]
    fn quotes_commas_and_breaks_are_quoted() {
        assert_eq!(one(Cell::Text("a \"b\", c\nd".to_owned())), "c\r\n\"a \"\"b\"\", c\nd\"\r\n");
        assert_eq!(
            one(Cell::Text("=HYPERLINK(\"x\",\"y\")".to_owned())),
            "c\r\n\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n"
        );
        assert_eq!(one(Cell::Null), "c\r\n\r\n");
    }
}
