//! What stands on and beside the map: title, legend, scale bar, north, caption, key.

use super::text::Words;
use super::{Px, Svg};
use crate::export::image::key::{INSET, KeyRow, NAME_SIZE, NUMBER, TEXT_LINE, TEXT_SIZE};
use crate::export::image::layout::{CAPTION_SIZE, LEGEND_ROW, MARGIN, TITLE_SIZE, caption_lines, fitted};
use crate::export::image::{LegendRow, UNREVIEWED};
use crate::map::labels::{Anchor, ScreenBox};
use crate::map::shapes::hatching;
use crate::map::{Color, LegendEntry, ScreenPoint};

impl Svg<'_> {
    /// Everything over the map and beside it.
    pub(super) fn cards(&mut self) {
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
        if let Some(b) = layout.scale_bar {
            self.scale_bar(&b);
        }
        if let Some(b) = layout.north {
            self.north(&b);
        }
        let credits = self.image.credits();
        let b = layout.credits;
        self.halo_text(b.left, b.bottom - 3.0, 11.0, credits);
        if let Some(b) = layout.key {
            self.key(&b);
        }
        if let Some(b) = layout.caption {
            self.caption(&b);
        }
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

    /// A strip beside the map, parted from it by a hairline.
    fn strip(&mut self, b: &ScreenBox) {
        self.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"{}\"/>\n",
            Px(b.left),
            Px(b.top),
            Px(b.right - b.left),
            Px(b.bottom - b.top),
            self.palette.panel.hex(),
            self.palette.hairline.hex()
        ));
    }

    fn plain_text(&mut self, x: f64, y: f64, size: f32, color: Color, text: &str) {
        self.words(&Words::new(text, x, y, size, color));
    }

    fn halo_text(&mut self, x: f64, y: f64, size: f32, text: &str) {
        let (ink, halo) = (self.palette.muted, self.palette.halo);
        self.words(&Words::new(text, x, y, size, ink).halo(halo));
    }

    fn title(&mut self, b: &ScreenBox, title: &str) {
        self.card(b);
        let width = b.right - b.left - 34.0;
        let title = fitted(title, TITLE_SIZE, width);
        let ink = self.palette.ink;
        self.words(&Words::new(&title, b.left + 18.0, b.top + 31.0, TITLE_SIZE, ink).bold());
        let subtitle = fitted(&self.image.subtitle, 12.5, width + 20.0);
        self.plain_text(b.left + 18.0, b.top + 53.0, 12.5, self.palette.muted, &subtitle);
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
        self.plain_text(b.left + 23.0, middle + 4.2, 11.5, self.palette.muted, UNREVIEWED);
    }

    fn legend(&mut self, b: &ScreenBox) {
        self.card(b);
        let image = self.image;
        for (i, row) in image.legend.iter().enumerate() {
            let y = b.top + 8.0 + (i as f64 + 0.5) * LEGEND_ROW;
            match row {
                LegendRow::Sign(entry) => self.legend_sign(*entry, b.left + 20.0, y),
                LegendRow::Shade(color, _) => self.shade_sign(*color, b.left + 20.0, y),
                LegendRow::Disputed => self.disputed_sign(b.left + 20.0, y),
            }
            self.plain_text(b.left + 38.0, y + 4.5, 12.5, self.palette.ink, row.label());
        }
    }

    fn shade_sign(&mut self, color: Color, x: f64, y: f64) {
        let (left, top, edge) = (Px(x - 8.0), Px(y - 6.0), self.palette.border.hex());
        self.put(format_args!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"16\" height=\"12\" rx=\"2\" fill=\"{}\" stroke=\"{edge}\" stroke-width=\"0.6\"/>\n",
            color.hex()
        ));
    }

    fn disputed_sign(&mut self, x: f64, y: f64) {
        let (left, right, border) = (Px(x - 8.0), Px(x + 8.0), self.palette.border.hex());
        self.put(format_args!(
            "<path d=\"M{left} {}H{right}\" stroke=\"{border}\" stroke-width=\"1.4\" stroke-dasharray=\"3.6 3\"/>\n",
            Px(y)
        ));
    }

    fn legend_sign(&mut self, entry: LegendEntry, x: f64, y: f64) {
        let color = match entry {
            LegendEntry::Events(kind) | LegendEntry::Movement(kind) | LegendEntry::MovementFrom(kind) => {
                self.color(Some(kind))
            }
            LegendEntry::Area(kind) => self.color(kind),
            _ => self.palette.plain_mention,
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
            LegendEntry::Doubtful => {
                self.put(format_args!("<circle cx=\"{px}\" cy=\"{py}\" r=\"2.5\" fill=\"{color}\"/>\n<circle cx=\"{px}\" cy=\"{py}\" r=\"6\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.2\" stroke-dasharray=\"2.5 2\"/>\n"));
            }
            LegendEntry::Movement(_) => self.arrow_sign(x, y, &color, ""),
            LegendEntry::MovementFrom(_) => self.arrow_sign(x, y, &color, " stroke-dasharray=\"3 2\""),
            LegendEntry::Area(_) => self.hatched_sign(x, y, &color),
        }
    }

    fn arrow_sign(&mut self, x: f64, y: f64, color: &str, dashes: &str) {
        let (left, right, middle) = (Px(x - 8.0), Px(x + 3.0), Px(y));
        self.put(format_args!(
            "<path d=\"M{left} {middle}H{right}\" stroke=\"{color}\" stroke-width=\"2\"{dashes}/>\n\
             <path d=\"M{} {middle}L{right} {}L{right} {}Z\" fill=\"{color}\"/>\n",
            Px(x + 9.0),
            Px(y - 4.0),
            Px(y + 4.0)
        ));
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
        self.halo_text(b.left + bar.points + 8.0, y + 0.5, 11.5, &bar.label);
    }

    /// Mercator's north is up everywhere.
    fn north(&mut self, b: &ScreenBox) {
        let (x, ink, halo) = (b.left + 9.0, self.palette.muted, self.palette.halo);
        let arrow = [(x, b.top), (x + 6.0, b.top + 18.0), (x, b.top + 14.0), (x - 6.0, b.top + 18.0)];
        self.text.push_str("<path d=\"");
        self.ring(&arrow.map(|(x, y)| ScreenPoint::new(x, y)));
        self.put(format_args!(
            "\" fill=\"{}\" stroke=\"{}\" stroke-width=\"2\" stroke-linejoin=\"round\" paint-order=\"stroke\"/>\n",
            ink.hex(),
            halo.hex()
        ));
        let words = Words::new("N", x, b.top + 31.0, 11.5, ink).bold().halo(halo);
        self.words(&Words { anchor: Anchor::Middle, ..words });
    }

    fn caption(&mut self, b: &ScreenBox) {
        self.strip(b);
        let lines = caption_lines(self.image.options, b.right - b.left);
        for (i, line) in lines.iter().enumerate() {
            let y = b.top + 22.0 + i as f64 * 17.0;
            self.plain_text(b.left + MARGIN, y, CAPTION_SIZE, self.palette.ink, line);
        }
    }

    fn key(&mut self, b: &ScreenBox) {
        self.strip(b);
        let image = self.image;
        for row in &image.key.rows {
            self.key_row(row);
        }
        if image.key.left_out > 0 {
            let places = if image.key.left_out == 1 { "place" } else { "places" };
            let told = format!("and {} more {places} without a number", image.key.left_out);
            self.plain_text(b.left + INSET, b.bottom - 6.0, TEXT_SIZE, self.palette.muted, &told);
        }
    }

    fn key_row(&mut self, row: &KeyRow) {
        let kind = self.image.clusters.get(row.cluster).and_then(|c| c.kind);
        let (x, y) = (row.left + 9.0, row.top + 9.0);
        let color = self.color(kind).hex();
        self.put(format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"9\" fill=\"{color}\"/>\n", Px(x), Px(y)));
        let number = row.number.to_string();
        let size = if row.number > 99 { 8.5 } else { 10.5 };
        let words = Words::new(&number, x, y + f64::from(size) * 0.365, size, self.palette.on_marker());
        self.words(&Words { anchor: Anchor::Middle, ..words.bold() });
        let left = row.left + NUMBER;
        self.words(&Words::new(&row.name, left, row.top + 13.5, NAME_SIZE, self.palette.ink).bold());
        for (i, line) in row.lines.iter().enumerate() {
            let y = row.top + 29.0 + i as f64 * TEXT_LINE;
            self.plain_text(left, y, TEXT_SIZE, self.palette.muted, line);
        }
    }
}
