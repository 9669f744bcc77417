//! The picture as SVG.

use std::fmt::Write;

use super::image::{Image, LEGEND_ROW, UNREVIEWED, arrows};
use super::svg_basemap;
use crate::events::EventType;
use crate::map::labels::{Label, LabelStyle, ScreenBox};
use crate::map::shapes::{hatching, marker_radius, outline};
use crate::map::{Arc, Area, Arrow, Cluster, Color, LegendEntry, Palette, ScreenPoint, event_color};

/// Size of the title's letters in points.
pub(super) const TITLE_SIZE: f32 = 20.0;
/// Families tried where the bundled fonts are not at hand.
const FONTS: &str = "Inter, 'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/// Which part of a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    All,
    /// What lies over the basemap, for a picture whose basemap is drawn already.
    OverBasemap,
}

/// Writes a picture.
pub(super) fn write(image: &Image<'_>, part: Part) -> String {
    let mut out =
        Svg { image, palette: Palette::of(image.options.theme), text: String::with_capacity(1 << 18) };
    out.head();
    if part == Part::All {
        out.metadata();
        svg_basemap::write(image, out.palette, &mut out.text);
    }
    out.areas();
    out.arcs();
    out.labels();
    out.markers();
    out.cards();
    out.text.push_str("</svg>\n");
    out.text
}

struct Svg<'a> {
    image: &'a Image<'a>,
    palette: &'static Palette,
    text: String,
}

impl Svg<'_> {
    /// Appends formatted text; a `String` takes all that is written to it.
    fn put(&mut self, args: std::fmt::Arguments<'_>) {
        let _ = self.text.write_fmt(args);
    }

    fn head(&mut self) {
        let (options, view) = (self.image.options, self.image.view);
        let side = |n: u32| f64::from(n) * f64::from(options.scale);
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" \
             font-family=\"{FONTS}\">\n",
            Px(side(options.width)),
            Px(side(options.height)),
            Px(view.width),
            Px(view.height),
        ));
    }

    fn metadata(&mut self) {
        let image = self.image;
        let title = image.options.title.as_deref().unwrap_or("Map of events");
        let record = serde_json::to_string(image.sources.record).unwrap_or_default();
        let credits = image.credits();
        self.put(format_args!("<title>{}</title>\n<desc>{}</desc>\n", Xml(title), Xml(&credits)));
        self.put(format_args!("<metadata>{}</metadata>\n", Xml(&record)));
    }

    fn color(&self, kind: Option<EventType>) -> Color {
        kind.map_or(self.palette.plain_mention, |k| event_color(k, self.image.options.theme))
    }

    fn areas(&mut self) {
        // The widest first, so that a province is not lost under its country.
        for level in [crate::map::area::AreaLevel::Country, crate::map::area::AreaLevel::Province] {
            for area in self.image.scene.areas.iter().filter(|a| a.key.level == level) {
                self.area(area);
            }
        }
    }

    fn area(&mut self, area: &Area) {
        let basemap = self.image.sources.basemap;
        let Some(id) = basemap.area_of(&area.key) else { return };
        let rings = outline(basemap, id, &self.image.view);
        let color = self.color(area.kind).hex();
        let province = area.key.level == crate::map::area::AreaLevel::Province;
        let (spacing, strength) = if province { (6.0, 0.55) } else { (11.0, 0.28) };
        self.text.push_str("<path d=\"");
        rings.iter().for_each(|ring| self.ring(ring));
        let fill = if province { 0.12 } else { 0.05 };
        self.put(format_args!("\" fill=\"{color}\" fill-opacity=\"{fill}\" fill-rule=\"evenodd\" stroke=\"{color}\" stroke-opacity=\"0.8\" stroke-width=\"1.2\" stroke-dasharray=\"4 3\"/>\n<path d=\""));
        for [a, b] in hatching(&rings, spacing) {
            self.put(format_args!("M{} {}L{} {}", Px(a.x), Px(a.y), Px(b.x), Px(b.y)));
        }
        self.put(format_args!(
            "\" fill=\"none\" stroke=\"{color}\" stroke-opacity=\"{strength}\" stroke-width=\"1\"/>\n"
        ));
    }

    fn ring(&mut self, ring: &[ScreenPoint]) {
        for (i, p) in ring.iter().enumerate() {
            self.put(format_args!("{}{} {}", if i == 0 { 'M' } else { 'L' }, Px(p.x), Px(p.y)));
        }
        self.text.push('Z');
    }

    fn arcs(&mut self) {
        let image = self.image;
        for (arc, arrow) in arrows(&image.scene, &image.clusters, &image.view) {
            self.arc(arc, &arrow);
        }
    }

    fn arc(&mut self, arc: &Arc, arrow: &Arrow) {
        let color = self.color(Some(arc.kind)).hex();
        let halo = self.palette.halo.hex();
        let mut path = String::new();
        let (a, c, b) = (arrow.from, arrow.control, arrow.to);
        let _ = write!(path, "M{} {}Q{} {} {} {}", Px(a.x), Px(a.y), Px(c.x), Px(c.y), Px(b.x), Px(b.y));
        for (color, width, opacity) in [(&halo, 5.0, 0.7), (&color, 2.2, 1.0)] {
            self.put(format_args!("<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\" stroke-opacity=\"{opacity}\"/>\n"));
        }
        self.text.push_str("<path d=\"");
        self.ring(&arrow.head);
        self.put(format_args!(
            "\" fill=\"{color}\" stroke=\"{halo}\" stroke-width=\"1.2\" paint-order=\"stroke\"/>\n"
        ));
    }

    fn labels(&mut self) {
        let labels = &self.image.labels;
        let dot = self.palette.city_label.hex();
        for p in labels.iter().filter_map(|l| l.dot) {
            let ring = self.palette.halo.hex();
            self.put(format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"2.2\" fill=\"{dot}\" stroke=\"{ring}\" stroke-width=\"1.4\" paint-order=\"stroke\"/>\n", Px(p.x), Px(p.y)));
        }
        for label in labels {
            self.label(label);
        }
    }

    fn label(&mut self, label: &Label) {
        let color = match label.style {
            LabelStyle::Country => self.palette.country_label,
            LabelStyle::City | LabelStyle::Town => self.palette.city_label,
            LabelStyle::Marked => self.palette.ink,
        };
        let weight = if label.style.is_bold() { " font-weight=\"600\"" } else { "" };
        let spacing = if label.spacing > 0.0 {
            format!(" letter-spacing=\"{}\"", Px(f64::from(label.spacing)))
        } else {
            String::new()
        };
        // Half of the capitals' height under the middle: the baseline.
        let baseline = label.at.y + f64::from(label.size) * 0.36;
        self.put(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{spacing} fill=\"{}\" stroke=\"{}\" stroke-width=\"3\" \
             stroke-opacity=\"0.85\" stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>\n",
            Px(label.at.x),
            Px(baseline),
            label.size,
            color.hex(),
            self.palette.halo.hex(),
            Xml(&label.text),
        ));
    }

    /// The least first, so that the most reported lie on top.
    fn markers(&mut self) {
        for cluster in self.image.clusters.iter().rev() {
            self.marker(cluster);
        }
    }

    fn marker(&mut self, cluster: &Cluster) {
        let at = self.image.view.screen_from_geo(cluster.at);
        let marker = cluster.members.first().and_then(|&i| self.image.scene.markers.get(i));
        let color = self.color(cluster.kind).hex();
        let panel = self.palette.halo.hex();
        let (x, y, r) = (Px(at.x), Px(at.y), marker_radius(cluster.count));
        if cluster.members.len() > 1 {
            self.put(format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{color}\" fill-opacity=\"0.22\"/>\n",
                Px(r + 5.0)
            ));
        }
        let open = marker.is_some_and(|m| m.is_area()) && cluster.members.len() == 1;
        let (fill, edge, ink) = if open {
            (&panel, &color, color.clone())
        } else {
            (&color, &panel, self.palette.on_marker().hex())
        };
        self.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"2\"/>\n",
            Px(r)
        ));
        let size = if cluster.count > 99 { 10.0 } else { 11.5 };
        self.put(format_args!("<text x=\"{x}\" y=\"{}\" font-size=\"{size}\" font-weight=\"600\" text-anchor=\"middle\" fill=\"{ink}\">{}</text>\n", Px(at.y + size * 0.365), cluster.count));
    }

    fn cards(&mut self) {
        let layout = self.image.layout;
        if let (Some(b), Some(title)) = (layout.title, &self.image.options.title) {
            self.title(&b, title);
        }
        if let Some(b) = layout.legend {
            self.legend(&b);
        }
        if let Some(b) = layout.unreviewed {
            self.unreviewed(&b);
        }
        self.scale_bar(&layout.scale_bar);
        let credits = self.image.credits();
        let b = layout.credits;
        self.halo_text(b.left, b.bottom - 3.0, 11.0, &credits);
    }

    fn card(&mut self, b: &ScreenBox) {
        let (w, h) = (Px(b.right - b.left), Px(b.bottom - b.top));
        let [r, g, bl, a] = self.palette.shadow.0;
        let shade = f64::from(a) / 255.0;
        // A soft shadow of three rectangles: filters are slow and look different everywhere.
        for (grow, share) in [(3.0, 0.2), (1.8, 0.3), (0.8, 0.45)] {
            self.put(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"rgb({r},{g},{bl})\" fill-opacity=\"{:.3}\"/>\n",
                Px(b.left - grow), Px(b.top - grow + 1.5), Px(b.right - b.left + 2.0 * grow), Px(b.bottom - b.top + 2.0 * grow), Px(10.0 + grow), shade * share,
            ));
        }
        let panel = self.palette.panel.hex();
        self.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{w}\" height=\"{h}\" rx=\"10\" fill=\"{panel}\"/>\n",
            Px(b.left),
            Px(b.top)
        ));
    }

    fn plain_text(&mut self, x: f64, y: f64, size: f32, bold: bool, color: Color, text: &str) {
        let weight = if bold { " font-weight=\"600\"" } else { "" };
        self.put(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{size}\"{weight} fill=\"{}\">{}</text>\n",
            Px(x),
            Px(y),
            color.hex(),
            Xml(text)
        ));
    }

    fn halo_text(&mut self, x: f64, y: f64, size: f32, text: &str) {
        let (ink, halo) = (self.palette.muted.hex(), self.palette.halo.hex());
        self.put(format_args!("<text x=\"{}\" y=\"{}\" font-size=\"{size}\" fill=\"{ink}\" stroke=\"{halo}\" stroke-width=\"3\" stroke-opacity=\"0.85\" stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>\n", Px(x), Px(y), Xml(text)));
    }

    fn title(&mut self, b: &ScreenBox, title: &str) {
        self.card(b);
        let title = fitted(title, TITLE_SIZE, b.right - b.left - 34.0);
        self.plain_text(b.left + 18.0, b.top + 31.0, TITLE_SIZE, true, self.palette.ink, &title);
        let subtitle = self.image.subtitle();
        self.plain_text(b.left + 18.0, b.top + 53.0, 12.5, false, self.palette.muted, &subtitle);
    }

    fn unreviewed(&mut self, b: &ScreenBox) {
        self.card(b);
        let warning = self.palette.warning.hex();
        let middle = (b.top + b.bottom) / 2.0;
        self.put(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"3.5\" fill=\"{warning}\"/>\n",
            Px(b.left + 11.0),
            Px(middle)
        ));
        self.plain_text(b.left + 23.0, middle + 4.2, 11.5, false, self.palette.muted, UNREVIEWED);
    }

    fn legend(&mut self, b: &ScreenBox) {
        self.card(b);
        for (i, entry) in self.image.legend.iter().enumerate() {
            let y = b.top + 8.0 + (i as f64 + 0.5) * LEGEND_ROW;
            self.legend_sign(*entry, b.left + 20.0, y);
            self.plain_text(b.left + 38.0, y + 4.5, 12.5, false, self.palette.ink, entry.label());
        }
    }

    fn legend_sign(&mut self, entry: LegendEntry, x: f64, y: f64) {
        let color = match entry {
            LegendEntry::Events(kind) | LegendEntry::Movement(kind) => self.color(Some(kind)),
            LegendEntry::Area(kind) => self.color(kind),
            LegendEntry::AreaMarker | LegendEntry::Mention => self.palette.plain_mention,
        }
        .hex();
        let (px, py) = (Px(x), Px(y));
        match entry {
            LegendEntry::Events(_) | LegendEntry::Mention => {
                self.put(format_args!("<circle cx=\"{px}\" cy=\"{py}\" r=\"5.5\" fill=\"{color}\"/>\n"));
            }
            LegendEntry::AreaMarker => {
                self.put(format_args!("<circle cx=\"{px}\" cy=\"{py}\" r=\"5\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>\n"));
            }
            LegendEntry::Movement(_) => {
                let (left, right) = (Px(x - 8.0), Px(x + 3.0));
                self.put(format_args!(
                    "<path d=\"M{left} {py}H{right}\" stroke=\"{color}\" stroke-width=\"2\"/>\n"
                ));
                self.put(format_args!(
                    "<path d=\"M{} {py}L{right} {}L{right} {}Z\" fill=\"{color}\"/>\n",
                    Px(x + 9.0),
                    Px(y - 4.0),
                    Px(y + 4.0)
                ));
            }
            LegendEntry::Area(_) => self.hatched_sign(x, y, &color),
        }
    }

    fn hatched_sign(&mut self, x: f64, y: f64, color: &str) {
        let (a, b) = (x - 6.0, x + 6.0);
        let square = [(a, y - 6.0), (b, y - 6.0), (b, y + 6.0), (a, y + 6.0)]
            .map(|(x, y)| ScreenPoint::new(x, y))
            .to_vec();
        self.text.push_str("<path d=\"");
        self.ring(&square);
        self.put(format_args!("\" fill=\"{color}\" fill-opacity=\"0.12\" stroke=\"{color}\" stroke-dasharray=\"3 2\"/>\n<path d=\""));
        for [a, b] in hatching(&[square], 4.0) {
            self.put(format_args!("M{} {}L{} {}", Px(a.x), Px(a.y), Px(b.x), Px(b.y)));
        }
        self.put(format_args!("\" stroke=\"{color}\" stroke-opacity=\"0.6\"/>\n"));
    }

    fn scale_bar(&mut self, b: &ScreenBox) {
        let bar = &self.image.scale_bar;
        let y = b.bottom - 4.0;
        let (left, right, top) = (Px(b.left), Px(b.left + bar.points), Px(y - 6.0));
        let base = Px(y);
        let path = format!("M{left} {top}V{base}H{right}V{top}");
        let (ink, halo) = (self.palette.muted.hex(), self.palette.halo.hex());
        for (color, width) in [(halo, 3.6), (ink, 1.2)] {
            self.put(format_args!(
                "<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"/>\n"
            ));
        }
        let label = bar.label.clone();
        self.halo_text(b.left + bar.points + 8.0, y + 0.5, 11.5, &label);
    }
}

/// As much of a text as fits, with an ellipsis where it was cut.
fn fitted(text: &str, size: f32, width: f64) -> String {
    let wide = |t: &str| f64::from(crate::map::fonts::text_width(t, size, true));
    if wide(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if wide(&out) + f64::from(size) > width {
            break;
        }
    }
    out.trim_end().to_owned() + "…"
}

/// A number with at most two digits behind the point and nothing superfluous.
pub(super) struct Px(pub f64);

impl std::fmt::Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        let (sign, n) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
        match (n / 100, n % 100) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            (whole, part) => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

/// Text with what XML reserves written as entities and what it forbids left out.
pub(super) struct Xml<'a>(pub &'a str);

impl std::fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let of = |n: f64| Px(n).to_string();
        assert_eq!(
            [of(1.0), of(1.5), of(-0.256), of(12.04), of(-0.001)],
            ["1", "1.5", "-0.26", "12.04", "0"]
        );
    }

    #[test]
    fn text_cannot_break_out() {
        assert_eq!(Xml("a<b>&\"c\"\u{1}\n").to_string(), "a&lt;b&gt;&amp;&quot;c&quot; ");
    }

    #[test]
    fn a_long_title_is_cut() {
        let cut = fitted(&"Kabul ".repeat(50), 20.0, 200.0);
        assert!(cut.ends_with('…') && cut.chars().count() < 30);
        assert_eq!(fitted("Kabul", 20.0, 200.0), "Kabul");
    }
}
