//! What lies on the basemap: areas, movements, names, markers.

use std::fmt::Write;

use super::text::Words;
use super::{Px, Svg};
use crate::export::image::arrows;
use crate::map::area::AreaLevel;
use crate::map::heat::{LEAST, ramp};
use crate::map::labels::{Anchor, Label, LabelStyle};
use crate::map::outline::outline;
use crate::map::shading::class_color;
use crate::map::shapes::{DOUBT_RING, END_RADIUS, hatching, marker_radius};
use crate::map::{Arc, Area, Arrow, Cluster, Heat, Shading};

impl Svg<'_> {
    /// Everything between the basemap and the cards.
    pub(super) fn marks(&mut self) {
        let image = self.image;
        if let Some(heat) = &image.heat {
            self.heat(heat);
        } else if let Some(shading) = &image.shading {
            self.shading(shading);
        } else {
            self.areas();
            for (arc, arrow) in arrows(&image.scene, &image.clusters, &image.view) {
                self.arc(arc, &arrow);
            }
        }
        self.labels();
        // The least first, so that the most reported lie on top.
        for (index, cluster) in image.clusters.iter().enumerate().rev() {
            self.marker(index, cluster);
        }
    }

    /// Bands of rising density, each laid over the one before.
    fn heat(&mut self, heat: &Heat) {
        const BANDS: u8 = 12;
        for band in 0..BANDS {
            let share = f32::from(band) / f32::from(BANDS);
            let level = LEAST + (1.0 - LEAST) * share;
            let color = ramp(share, self.image.options.theme).hex();
            let opacity = if band == 0 { 0.22 } else { 0.38 };
            self.text.push_str("<path d=\"");
            heat.rings(level).iter().for_each(|ring| self.ring(ring));
            self.put(format_args!(
                "\" fill=\"{color}\" fill-opacity=\"{opacity}\" fill-rule=\"evenodd\"/>\n"
            ));
        }
    }

    fn shading(&mut self, shading: &Shading) {
        let edge = self.palette.border.hex();
        for shade in &shading.areas {
            let rings = outline(self.image.sources.basemap, shade.area, &self.image.view);
            let color = class_color(shade.class, shading.breaks.len(), self.image.options.theme).hex();
            self.text.push_str("<path d=\"");
            rings.iter().for_each(|ring| self.ring(ring));
            self.put(format_args!("\" fill=\"{color}\" fill-opacity=\"0.85\" fill-rule=\"evenodd\" stroke=\"{edge}\" stroke-width=\"0.8\"/>\n"));
        }
    }

    fn areas(&mut self) {
        // The widest first, so that a province is not lost under its country.
        for level in [AreaLevel::Country, AreaLevel::Province] {
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
        let province = area.key.level == AreaLevel::Province;
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

    fn arc(&mut self, arc: &Arc, arrow: &Arrow) {
        let color = self.color(Some(arc.kind)).hex();
        let halo = self.palette.halo.hex();
        let mut path = String::new();
        let (a, c, b) = (arrow.from, arrow.control, arrow.to);
        let _ = write!(path, "M{} {}Q{} {} {} {}", Px(a.x), Px(a.y), Px(c.x), Px(c.y), Px(b.x), Px(b.y));
        let dashes = if arc.inferred { " stroke-dasharray=\"6 4\"" } else { "" };
        for (color, width, more) in [(&halo, 5.0, " stroke-opacity=\"0.7\""), (&color, 2.2, dashes)] {
            self.put(format_args!(
                "<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"{more}/>\n"
            ));
        }
        self.text.push_str("<path d=\"");
        self.ring(&arrow.head);
        self.put(format_args!(
            "\" fill=\"{color}\" stroke=\"{halo}\" stroke-width=\"1.2\" paint-order=\"stroke\"/>\n"
        ));
        if arrow.ringed {
            self.put(format_args!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"{END_RADIUS}\" fill=\"{halo}\" stroke=\"{color}\" stroke-width=\"2\"/>\n",
                Px(arrow.end.x),
                Px(arrow.end.y)
            ));
        }
    }

    fn labels(&mut self) {
        let labels = &self.image.labels;
        for (p, style) in labels.iter().filter_map(|l| Some((l.dot?, l.style))) {
            let dot = style.color(self.palette).hex();
            let (ring, r) = (self.palette.halo.hex(), style.dot_radius());
            self.put(format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"{r}\" fill=\"{dot}\" stroke=\"{ring}\" stroke-width=\"1.4\" paint-order=\"stroke\"/>\n", Px(p.x), Px(p.y)));
        }
        for label in labels {
            self.label(label);
        }
    }

    fn label(&mut self, label: &Label) {
        let color = label.style.color(self.palette);
        // Half of the capitals' height under the middle: the baseline.
        let baseline = label.at.y + f64::from(label.size) * 0.36;
        let x = label.at.x + f64::from(label.width) * label.anchor.share();
        let words = Words::new(&label.text, x, baseline, label.size, color);
        let face = label.style.face();
        let halo = if label.style == LabelStyle::Water { self.palette.water } else { self.palette.halo };
        self.words(&Words { face, anchor: label.anchor, spacing: label.spacing, ..words.halo(halo) });
    }

    fn marker(&mut self, index: usize, cluster: &Cluster) {
        let at = self.image.view.screen_from_geo(cluster.at);
        let marker = cluster.members.first().and_then(|&i| self.image.scene.markers.get(i));
        let color = self.color(cluster.kind);
        let panel = self.palette.halo;
        let (x, y, r) = (Px(at.x), Px(at.y), marker_radius(cluster.count));
        if cluster.members.len() > 1 {
            self.put(format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{}\" fill-opacity=\"0.22\"/>\n",
                Px(r + 5.0),
                color.hex()
            ));
        }
        let open = marker.is_some_and(|m| m.is_area()) && cluster.members.len() == 1;
        let (fill, edge, ink) =
            if open { (panel, color, color) } else { (color, panel, self.palette.on_marker()) };
        self.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"2\"/>\n",
            Px(r),
            fill.hex(),
            edge.hex()
        ));
        if cluster.members.len() == 1 && marker.is_some_and(|m| m.is_doubtful()) {
            self.put(format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.4\" stroke-dasharray=\"3 2.6\"/>\n",
                Px(r + DOUBT_RING),
                color.hex()
            ));
        }
        let number = if self.image.options.key { self.image.key.number(index) } else { Some(cluster.count) };
        if let Some(number) = number {
            let size = if number > 99 { 10.0 } else { 11.5 };
            let text = number.to_string();
            let words = Words::new(&text, at.x, at.y + f64::from(size) * 0.365, size, ink).bold();
            self.words(&Words { anchor: Anchor::Middle, ..words });
        }
    }
}
