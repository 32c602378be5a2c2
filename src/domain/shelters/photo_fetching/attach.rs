//! Puts what was fetched into a report.

use entity::{
    Timestamp,
    id::{PetId, PhotoId},
    pet, photo_fetch,
    vocabulary::PhotoFetchState,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    arrange::{Fetches, show},
    store,
};
use crate::{
    deps::Tx,
    domain::{
        pets::{self, MOST_PHOTOS},
        photos::FetchedPhoto,
    },
    events::ShelterEvent,
    kernel::{Error, Result, Viewer},
};

/// Said of photos of reports that are over, or that moderators have hidden.
pub(super) const CLOSED: &str = "the report was closed or hidden before the photo was fetched";

/// Said of pictures that many animals of the shelter share.
const STANDS_FOR_MANY: &str = "many animals of the shelter have this very picture: it was taken for a placeholder";

/// What came of fetching a photo.
pub(super) enum Got {
    /// A photo, and the digest of its picture.
    Photo(Box<FetchedPhoto>, String),
    /// The picture that the report shows already.
    Same,
    /// A picture with this digest, which stands for many animals.
    Placeholder(String),
    /// Nothing, for good.
    Refused(String),
    /// Nothing yet: it is tried again at that time.
    NotYet(String, Timestamp),
}

/// A report whose photos are replaced.
struct Report {
    id: PetId,
    /// The report, if it may have photos: it is open, and not hidden.
    open: Option<pet::Model>,
    present: Vec<PhotoId>,
    new: Vec<PhotoId>,
    taken_off: Vec<PhotoId>,
}

/// Writes what was fetched for a report, each under the address that was asked; an import may have replaced it meanwhile, or
/// another run of the job may have been faster. Returns the photos that were made.
pub(super) async fn attach(tx: &Tx, id: PetId, got: &[(photo_fetch::Model, Got)]) -> Result<Vec<PhotoId>> {
    let mut report = Report::locked(tx, id).await?;
    let mut rows = store::of_pets(tx, &[id]).await?;
    for (asked, got) in got {
        let same = |row: &&mut photo_fetch::Model| {
            row.position == asked.position && row.url == asked.url && row.state == PhotoFetchState::Waiting
        };
        let Some(row) = rows.iter_mut().find(same) else {
            continue;
        };
        report.take(tx, row, got).await?;
        row.updated_at = tx.now();
        let row = row.clone().into_active_model().reset_all();
        photo_fetch::Entity::update(row).exec(tx).await?;
    }
    report.show(tx, &rows).await?;
    Ok(report.new)
}

/// Takes photos off a report that stand for many animals.
pub(super) async fn take_off(tx: &Tx, id: PetId, digest: &str) -> Result<()> {
    let mut report = Report::locked(tx, id).await?;
    let mut rows = store::of_pets(tx, &[id]).await?;
    let is_it =
        |row: &&mut photo_fetch::Model| row.state == PhotoFetchState::Fetched && row.digest.as_deref() == Some(digest);
    for row in rows.iter_mut().filter(is_it) {
        report.stands_for_many(row, digest);
        row.updated_at = tx.now();
        let row = row.clone().into_active_model().reset_all();
        photo_fetch::Entity::update(row).exec(tx).await?;
    }
    report.show(tx, &rows).await
}

impl Report {
    /// With a lock until the transaction ends.
    async fn locked(tx: &Tx, id: PetId) -> Result<Self> {
        let open = match pets::find_for_update(tx, &Viewer::System, id).await {
            Ok(pet) => Some(pet).filter(|pet| pets::is_live(pet.status)),
            Err(Error::NotFound(_)) => None,
            Err(error) => return Err(error),
        };
        Ok(Self {
            id,
            open,
            present: pets::photos_shown(tx, id).await?,
            new: Vec::new(),
            taken_off: Vec::new(),
        })
    }

    /// Changes a row as what was fetched for it demands.
    async fn take(&mut self, tx: &Tx, row: &mut photo_fetch::Model, got: &Got) -> Result<()> {
        row.next_try_at = None;
        match got {
            Got::NotYet(why, at) => {
                row.tries += 1;
                row.next_try_at = Some(*at);
                row.error = Some(why.clone());
            }
            Got::Refused(why) => refuse(row, why.clone()),
            Got::Placeholder(digest) => self.stands_for_many(row, digest),
            Got::Photo(..) | Got::Same if self.open.is_none() => refuse(row, CLOSED.to_owned()),
            Got::Same => fetched(row),
            Got::Photo(..) if !self.has_room(row) => {
                let message = format!("the report has {MOST_PHOTOS} photos already: take some off with updatePet");
                refuse(row, message);
            }
            Got::Photo(photo, digest) => {
                let id = photo.insert(tx).await?;
                self.new.push(id);
                self.taken_off.extend(row.photo_id.replace(id));
                row.digest = Some(digest.clone());
                fetched(row);
            }
        }
        Ok(())
    }

    fn stands_for_many(&mut self, row: &mut photo_fetch::Model, digest: &str) {
        self.taken_off.extend(row.photo_id.take());
        row.digest = Some(digest.to_owned());
        row.state = PhotoFetchState::Placeholder;
        row.error = Some(STANDS_FOR_MANY.to_owned());
    }

    /// Whether the report takes one more photo, in place of that of the row if it shows it.
    fn has_room(&self, row: &photo_fetch::Model) -> bool {
        let goes = |id: &&PhotoId| self.taken_off.contains(id) || row.photo_id == Some(**id);
        let stay = self.present.iter().filter(|id| !goes(id)).count();
        stay + self.new.len() < MOST_PHOTOS
    }

    /// Shows the photos of the rows. The report has another version then, and is compared with others again, as after an import.
    async fn show(&mut self, tx: &Tx, rows: &[photo_fetch::Model]) -> Result<()> {
        let photos: Vec<PhotoId> = rows.iter().filter_map(|row| row.photo_id).collect();
        let fetches = Fetches {
            photos: &photos,
            new: &self.new,
            taken_off: &self.taken_off,
        };
        let has_changed = !(self.new.is_empty() && self.taken_off.is_empty()) && show(tx, self.id, fetches).await?;
        let (true, Some(first), Some(pet)) = (has_changed, rows.first(), self.open.take()) else {
            return Ok(());
        };
        let version = pet.version + 1;
        let mut row = pet.into_active_model();
        (row.version, row.updated_at) = (Set(version), Set(tx.now()));
        pet::Entity::update(row).exec(tx).await?;
        tx.announce(ShelterEvent::PetsImported {
            import_id: first.import_id,
            shelter_id: Some(first.shelter_id),
            pet_ids: vec![self.id],
        });
        Ok(())
    }
}

fn fetched(row: &mut photo_fetch::Model) {
    row.state = PhotoFetchState::Fetched;
    row.error = None;
}

fn refuse(row: &mut photo_fetch::Model, why: String) {
    row.state = PhotoFetchState::Failed;
    row.error = Some(why);
}
