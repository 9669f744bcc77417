//! The chosen days run through time.

use egui::Context;

use super::dateline_app::DatelineApp;
use super::timeline::play;

impl DatelineApp {
    /// Lets the chosen days run, or stops them.
    pub(super) fn play(&mut self) {
        self.now.playing = !self.now.playing;
        if self.now.playing {
            self.advance(true);
            self.stepped = f64::NEG_INFINITY;
        }
    }

    fn advance(&mut self, starting: bool) {
        let bins = self.found.timeline.bins(self.view.timeline.unit);
        let next = play::next(bins, self.view.filter.period, starting);
        self.now.playing = next.is_some();
        self.view.filter.period = next.or(self.view.filter.period);
    }

    /// The next step of days that run, once the map shows the last.
    pub(super) fn play_on(&mut self, ctx: &Context) {
        if !self.now.playing {
            return;
        }
        let now = ctx.input(|i| i.time);
        if self.stepped == f64::NEG_INFINITY {
            self.stepped = now;
        }
        let wait = self.stepped + play::STEP - now;
        if wait <= 0.0 && self.is_fresh() {
            self.stepped = now;
            self.advance(false);
            self.refresh();
        }
        ctx.request_repaint_after_secs(wait.max(0.02) as f32);
    }
}
