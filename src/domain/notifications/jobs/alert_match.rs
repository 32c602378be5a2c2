//! Job: alerts the members affected by a match.

use entity::{
    id::{MatchId, MemberId},
    match_alert, pet, pet_match,
    vocabulary::{MatchAlertKind, MatchBand, MatchState, PetKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    called::called,
    match_people::{MatchNews, alert, answering_for, want_to_hear},
};
use crate::{
    deps::{Deps, Tx},
    domain::{
        matching,
        pets::{self, policy::is_seen_by_all},
    },
    kernel::{OrGone, Outcome, Result},
};

/// Alerts the owner and whoever found, saw or shelters the other animal; a shelter's staff as its settings say. Each
/// member is alerted once per pair and band, and nobody to a match of two reports of their own.
pub async fn alert_match(deps: &Deps, id: MatchId) -> Result<Outcome> {
    deps.write(async |tx| {
        let found = matching::with_id(tx, id).await?;
        let sides = matching::sides(tx, &found).await?;
        let is_due = found.state == MatchState::New
            && MatchBand::Possible <= found.band
            && sides.iter().all(|pet| pets::is_live(pet.status) && is_seen_by_all(pet));
        let [one, two] = sides.as_slice() else {
            return Ok(());
        };
        if !is_due || (one.reporter_id.is_some() && one.reporter_id == two.reporter_id) {
            return Ok(());
        }
        for (own, other) in [(one, two), (two, one)] {
            if !want_to_hear(tx, own, found.band).await? {
                continue;
            }
            for member_id in answering_for(tx, own).await? {
                if !is_told_of_it(tx, member_id, found.band, (own, other)).await? {
                    alert(deps, tx, member_id, &found, news(&found, own)).await?;
                }
            }
        }
        Ok(())
    })
    .await
    .or_gone("the match is gone")
}

/// Whether the member was already alerted about the same shelter animal under another id, as surely as now, in a match that
/// goes on.
async fn is_told_of_it(
    tx: &Tx,
    member_id: MemberId,
    band: MatchBand,
    (own, other): (&pet::Model, &pet::Model),
) -> Result<bool> {
    let Some(shelter) = other.shelter_id else {
        return Ok(false);
    };
    let copies = pets::copies_among(tx, shelter, &[pets::Traits::of(other)]).await?;
    let copies = copies.iter().map(|pet| pet.id).filter(|id| *id != other.id);
    let pairs = pet_match::Entity::find()
        .filter(pet_match::COLUMN.lost_id.eq(own.id))
        .filter(pet_match::COLUMN.other_id.is_in(copies))
        .filter(pet_match::Column::EndedAt.is_null())
        .all(tx)
        .await?;
    let told = match_alert::Entity::find()
        .filter(match_alert::COLUMN.member_id.eq(member_id))
        .filter(match_alert::COLUMN.kind.eq(MatchAlertKind::Found))
        .filter(match_alert::COLUMN.match_id.is_in(pairs.iter().map(|pair| pair.id)))
        .all(tx)
        .await?;
    Ok(told.iter().any(|alert| band <= alert.band))
}

const SAME_PICTURE: &str = "Another report shows the same picture as yours. It may be the same animal, or somebody has \
                            copied the picture: ask for a new photo before you meet, and never pay first.";

fn news(found: &pet_match::Model, own: &pet::Model) -> MatchNews {
    let sure = match found.band {
        MatchBand::Chip => "The microchip numbers match",
        MatchBand::Strong => "This is very likely the same animal",
        MatchBand::Possible | MatchBand::Weak => "This may be the same animal",
    };
    let place = match own.kind {
        PetKind::Lost => "someone reported an animal that looks like yours",
        PetKind::Found | PetKind::Sighted | PetKind::Sheltered => "someone is looking for an animal like it",
    };
    let body = match found.same_picture {
        true => SAME_PICTURE.to_owned(),
        false => format!("{sure}: {place}. Have a look, then confirm or dismiss it."),
    };
    MatchNews {
        kind: MatchAlertKind::Found,
        title: format!("A match for {}", called(own)),
        body,
    }
}
