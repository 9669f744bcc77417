//! What kinds of event there are.

use serde::{Deserialize, Serialize};

/// What kind of event: the PLOVER types, then the extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names are PLOVER's own and told there")]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    /// Territory or a site changes hands, a border opens or closes.
    Control,
    /// People travel, flee, are displaced.
    Move,
    Disaster,
    Accident,
    Crime,
    Outbreak,
    Election,
}

impl EventType {
    /// Every type, in the order of the enum.
    pub const ALL: [Self; 23] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
        Self::Control,
        Self::Move,
        Self::Disaster,
        Self::Accident,
        Self::Crime,
        Self::Outbreak,
        Self::Election,
    ];

    /// The name the data formats use: PLOVER's capitals.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
            Self::Control => "CONTROL",
            Self::Move => "MOVE",
            Self::Disaster => "DISASTER",
            Self::Accident => "ACCIDENT",
            Self::Crime => "CRIME",
            Self::Outbreak => "OUTBREAK",
            Self::Election => "ELECTION",
        }
    }

    /// The name people read: "Control", "Move".
    pub fn label(self) -> &'static str {
        match self {
            Self::Agree => "Agree",
            Self::Consult => "Consult",
            Self::Support => "Support",
            Self::Concede => "Concede",
            Self::Cooperate => "Cooperate",
            Self::Aid => "Aid",
            Self::Retreat => "Retreat",
            Self::Request => "Request",
            Self::Accuse => "Accuse",
            Self::Reject => "Reject",
            Self::Threaten => "Threaten",
            Self::Protest => "Protest",
            Self::Sanction => "Sanction",
            Self::Mobilize => "Mobilize",
            Self::Coerce => "Coerce",
            Self::Assault => "Assault",
            Self::Control => "Control",
            Self::Move => "Move",
            Self::Disaster => "Disaster",
            Self::Accident => "Accident",
            Self::Crime => "Crime",
            Self::Outbreak => "Outbreak",
            Self::Election => "Election",
        }
    }
}
