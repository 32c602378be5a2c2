//! Fetches the photos that imports want.

use std::time::Duration;

use entity::{
    Timestamp,
    id::{MemberId, PetId, ShelterId},
    photo_fetch,
};

use super::{
    attach::{CLOSED, Got, attach},
    placeholders::take_off_placeholders,
    store,
};
use crate::{
    deps::Deps,
    domain::{
        pets,
        photos::{FetchedPhoto, image::MAX_BYTES},
    },
    kernel::{Error, Outcome, Result, Viewer, secret::fingerprint},
    ports::outbound::{Limits, OutboundError},
};

/// What one photo may take: as many bytes as an upload, and long enough for them on a slow line.
const LIMITS: Limits = Limits {
    most_bytes: MAX_BYTES,
    timeout: Duration::from_secs(20),
    redirects: 3,
};
/// Pauses after the first failures; after one more, the photo is given up. Together a day, in which somebody starts a server
/// again that is down.
const PAUSES: [Duration; 3] = [
    Duration::from_secs(10 * 60),
    Duration::from_secs(2 * 60 * 60),
    Duration::from_secs(20 * 60 * 60),
];
/// How long a run fetches before it gives its worker to others: a slow server must not hold up other shelters.
const TURN: Duration = Duration::from_secs(5);

/// Job: fetches the photos of these reports that are due, and shows them. It goes on until none of them is waiting.
pub async fn fetch_photos(deps: &Deps, shelter: ShelterId, pets: &[PetId]) -> Result<Outcome> {
    let begun = deps.clock.now();
    let mut due = store::due(deps.db.read(), pets, begun).await?;
    while let Some(pet) = due.first().map(|row| row.pet_id)
        && !is_turn_over(deps, begun)
    {
        let others = due.split_off(due.partition_point(|row| row.pet_id == pet));
        let rows = std::mem::replace(&mut due, others);
        fetch_for(deps, pet, rows, begun).await?;
    }
    take_off_placeholders(deps, shelter, pets).await?;
    let next = store::next_try(deps.db.read(), pets).await?;
    Ok(next.map_or(Outcome::Done, |next| Outcome::Snooze(next.since(deps.clock.now()))))
}

fn is_turn_over(deps: &Deps, begun: Timestamp) -> bool {
    TURN <= deps.clock.now().since(begun)
}

/// Fetches photos of one report, at least one of them, and shows them together.
async fn fetch_for(deps: &Deps, pet: PetId, rows: Vec<photo_fetch::Model>, begun: Timestamp) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let owner = store::owner_of(deps.db.read(), first.import_id).await?;
    let found = pets::find_many(deps.db.read(), &Viewer::System, &[pet]).await?;
    let is_open = found.iter().any(|pet| pets::is_live(pet.status));
    let mut got = Vec::with_capacity(rows.len());
    for row in rows {
        if is_turn_over(deps, begun) && !got.is_empty() {
            break;
        }
        let result = match is_open {
            true => get(deps, &row, owner).await?,
            false => Got::Refused(CLOSED.to_owned()),
        };
        got.push((row, result));
    }
    let made = deps.write(async |tx| attach(tx, pet, &got).await).await?;
    for (_, got) in got {
        if let Got::Photo(photo, _) = got
            && !made.contains(&photo.id())
        {
            photo.discard(deps).await;
        }
    }
    Ok(())
}

async fn get(deps: &Deps, row: &photo_fetch::Model, owner: MemberId) -> Result<Got> {
    let bytes = match deps.outbound.get(&row.url, LIMITS).await {
        Ok(fetched) => fetched.bytes,
        Err(error) => return Ok(failed(deps, row, &error)),
    };
    let digest = fingerprint(&bytes);
    if row.photo_id.is_some() && row.digest.as_ref() == Some(&digest) {
        return Ok(Got::Same);
    }
    if store::is_placeholder(deps.db.read(), row.shelter_id, &digest).await? {
        return Ok(Got::Placeholder(digest));
    }
    match FetchedPhoto::develop(deps, owner, bytes).await {
        Ok(photo) => Ok(Got::Photo(Box::new(photo), digest)),
        Err(Error::Invalid(faults)) => {
            let faults = faults.into_iter().map(|fault| fault.message);
            Ok(Got::Refused(faults.collect::<Vec<_>>().join("; ")))
        }
        Err(error) => Err(error),
    }
}

/// What a failure means: a server that asks for time gets it, and one that is down is asked again.
fn failed(deps: &Deps, row: &photo_fetch::Model, error: &OutboundError) -> Got {
    let tries = usize::try_from(row.tries).unwrap_or(0);
    match PAUSES.get(tries) {
        Some(pause) if !error.is_final() => {
            let pause = error.retry_after().unwrap_or_default().max(*pause);
            Got::NotYet(error.to_string(), deps.clock.now().plus(pause))
        }
        _ => Got::Refused(error.to_string()),
    }
}
