//! Facts about matches.

use entity::id::{MatchId, MemberId, PetId, ShelterId};
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MatchEvent {
    /// Two reports may be one animal, or are surer than before to be.
    MatchFound { match_id: MatchId },
    /// That report of the two was closed, or one was changed so that they cannot be one animal.
    MatchEnded { match_id: MatchId, pet_id: PetId },
    /// So many matches of these lost reports ended that they are to be compared with all candidates again.
    MatchesThinned { pet_ids: Vec<PetId> },
    /// Pairs have left the lists of these lost reports, or score less than before: others may enter.
    ListsShortened { pet_ids: Vec<PetId> },
    /// The number of open matches of these shelters may have changed.
    ShelterMatchesChanged { shelter_ids: Vec<ShelterId> },
    /// A side confirmed or dismissed a match.
    MatchDecided {
        match_id: MatchId,
        member_ids: Vec<MemberId>,
    },
}

impl MatchEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MatchFound { .. } => "match_found",
            Self::MatchEnded { .. } => "match_ended",
            Self::MatchesThinned { .. } => "matches_thinned",
            Self::ListsShortened { .. } => "lists_shortened",
            Self::ShelterMatchesChanged { .. } => "shelter_matches_changed",
            Self::MatchDecided { .. } => "match_decided",
        }
    }

    /// The topics whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        match self {
            Self::ShelterMatchesChanged { shelter_ids } => shelter_ids.iter().copied().map(Topic::Shelter).collect(),
            Self::MatchDecided { member_ids, .. } => Topic::of_members(member_ids),
            Self::MatchFound { .. }
            | Self::MatchEnded { .. }
            | Self::MatchesThinned { .. }
            | Self::ListsShortened { .. } => Vec::new(),
        }
    }
}
