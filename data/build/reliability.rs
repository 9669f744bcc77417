//! The reliability plot: how often answers are right, by the score they were given.

use std::fmt::Write as _;

use dateline::places::evaluate::Figures;
use dateline::places::evaluate::calibration::bins;

/// Side of a panel, space between panels, and space around them for the words.
const SIDE: f64 = 180.0;
const GAP: f64 = 28.0;
const LEFT: f64 = 48.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 44.0;

/// One panel a corpus.
pub fn svg(corpora: &[(String, Figures)]) -> String {
    let width = LEFT + (SIDE + GAP) * corpora.len() as f64;
    let height = TOP + SIDE + BOTTOM;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"11\" fill=\"#333\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    for (at, (name, figures)) in corpora.iter().enumerate() {
        panel(&mut out, LEFT + (SIDE + GAP) * at as f64, name, figures);
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">score given</text>\n\
         <text transform=\"translate(14 {:.0}) rotate(-90)\" text-anchor=\"middle\">share right</text>\n</svg>",
        width / 2.0,
        height - 8.0,
        TOP + SIDE / 2.0
    );
    out
}

fn panel(out: &mut String, left: f64, name: &str, figures: &Figures) {
    let (x, y) = (|v: f64| left + v * SIDE, |v: f64| TOP + (1.0 - v) * SIDE);
    let _ = writeln!(
        out,
        "<text x=\"{left:.0}\" y=\"{:.0}\" font-weight=\"bold\">{name}</text>\n\
         <text x=\"{left:.0}\" y=\"{:.0}\">calibration error {:.3}</text>\n\
         <rect x=\"{left:.0}\" y=\"{TOP}\" width=\"{SIDE}\" height=\"{SIDE}\" fill=\"none\" stroke=\"#999\"/>\n\
         <path d=\"M{:.1} {:.1} L{:.1} {:.1}\" stroke=\"#bbb\" stroke-dasharray=\"4 3\"/>",
        TOP - 22.0,
        TOP - 7.0,
        figures.calibration_error(),
        x(0.0),
        y(0.0),
        x(1.0),
        y(1.0)
    );
    for tick in [0.0, 0.5, 1.0] {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{tick}</text>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{tick}</text>",
            x(tick),
            TOP + SIDE + 15.0,
            left - 5.0,
            y(tick) + 4.0
        );
    }
    points(out, &x, &y, figures);
}

/// A bar for the share of the answers in each bin, a dot for how many of them are right.
fn points(out: &mut String, x: &dyn Fn(f64) -> f64, y: &dyn Fn(f64) -> f64, figures: &Figures) {
    let all = figures.judged.len().max(1) as f64;
    let mut line = String::new();
    let mut dots = String::new();
    for (at, bin) in bins(&figures.judged).iter().enumerate().filter(|(_, bin)| bin.answers > 0) {
        let share = bin.answers as f64 / all;
        let _ = writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#e6eef5\"/>",
            x(at as f64 / 10.0) + 1.0,
            y(share),
            SIDE / 10.0 - 2.0,
            share * SIDE
        );
        let (px, py) = (x(bin.score()), y(bin.share_right()));
        let _ = write!(line, "{}{px:.1} {py:.1}", if line.is_empty() { "M" } else { " L" });
        let _ = writeln!(
            dots,
            "<circle cx=\"{px:.1}\" cy=\"{py:.1}\" r=\"3.5\" fill=\"#1d5f8f\"><title>{} answers</title></circle>",
            bin.answers
        );
    }
    let _ = write!(out, "<path d=\"{line}\" fill=\"none\" stroke=\"#1d5f8f\" stroke-width=\"1.5\"/>\n{dots}");
}
