//! What shapes are drawn with: a class for the pages, whose style sheet knows light and dark, and the same for a file that
//! stands alone, on white.

/// How a shape looks.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ink {
    pub(crate) class: &'static str,
    pub(crate) fill: &'static str,
    pub(crate) stroke: Option<&'static str>,
    pub(crate) width: &'static str,
    pub(crate) dash: Option<&'static str>,
    pub(crate) weight: Option<&'static str>,
}

/// The ground that pictures stand on.
const PAPER: &str = "#fff";
const BLACK: &str = "#16191d";
const GREY: &str = "#545d68";

const fn filled(class: &'static str, fill: &'static str) -> Ink {
    Ink {
        class,
        fill,
        stroke: None,
        width: "1",
        dash: None,
        weight: None,
    }
}

const fn bold(class: &'static str, fill: &'static str) -> Ink {
    Ink {
        weight: Some("650"),
        ..filled(class, fill)
    }
}

const fn stroked(class: &'static str, stroke: &'static str, width: &'static str) -> Ink {
    Ink {
        stroke: Some(stroke),
        width,
        ..filled(class, "none")
    }
}

const fn dashed(class: &'static str, stroke: &'static str, width: &'static str) -> Ink {
    Ink {
        dash: Some("4 3"),
        ..stroked(class, stroke, width)
    }
}

const fn ringed(class: &'static str, fill: &'static str) -> Ink {
    Ink {
        stroke: Some(BLACK),
        width: "2",
        ..filled(class, fill)
    }
}

impl Ink {
    pub(super) const TEXT: Self = filled("p-text", BLACK);
    pub(super) const SOFT: Self = filled("p-soft", GREY);
    pub(super) const BOLD: Self = bold("p-bold", BLACK);
    /// Text on dark ground.
    pub(super) const LIGHT: Self = bold("p-light", PAPER);
    pub(super) const AXIS: Self = stroked("p-axis", "#7b8490", "1");
    pub(super) const GRID: Self = stroked("p-grid", "#dde1e6", "1");
    pub(super) const BREAK: Self = dashed("p-break", GREY, "1");
    /// The line of whoever comes first somewhere, and of everybody else.
    pub(super) const LEAD: Self = stroked("p-lead", "#1f5a94", "3");
    pub(super) const REST: Self = stroked("p-rest", "#7b8490", "1.5");
    /// The line of who is out of the running.
    pub(super) const OUT: Self = dashed("p-out", "#7b8490", "1.5");
    pub(super) const MARK: Self = ringed("p-mark", BLACK);
    pub(super) const HOLLOW: Self = ringed("p-hollow", PAPER);
    pub(super) const OPEN: Self = Self {
        dash: Some("3 2"),
        ..ringed("p-open", PAPER)
    };
    /// What holds, between its ends.
    pub(super) const BAND: Self = filled("p-band", "#4f83b9");
    pub(super) const TRACK: Self = filled("p-track", "#eceff2");
    pub(super) const FOR: Self = filled("p-for", "#1c6b3c");
    pub(super) const AGAINST: Self = filled("p-against", "#a3211c");
    pub(super) const SUM: Self = filled("p-sum", BLACK);
    /// What is missing.
    pub(super) const GAP: Self = dashed("p-gap", "#7b8490", "1");
    /// From the least to the most.
    pub(super) const HEAT: [Self; 5] = [
        filled("p-h0", "#eef3f8"),
        filled("p-h1", "#cfdfee"),
        filled("p-h2", "#9dbfdf"),
        filled("p-h3", "#3b73a8"),
        filled("p-h4", "#1b4a78"),
    ];
    /// What is written on each of them.
    pub(super) const ON_HEAT: [Self; 5] = [
        filled("p-on0", BLACK),
        filled("p-on1", BLACK),
        filled("p-on2", BLACK),
        filled("p-on3", PAPER),
        filled("p-on4", PAPER),
    ];
    /// The colours of the top-level categories; each also has its number.
    pub(super) const CATEGORY: [Self; 8] = [
        filled("c0", "#2f5d8a"),
        filled("c1", "#3f7355"),
        filled("c2", "#9a5c28"),
        filled("c3", "#70529a"),
        filled("c4", "#2c7277"),
        filled("c5", "#9d4757"),
        filled("c6", "#6c6536"),
        filled("c7", "#566170"),
    ];
}
