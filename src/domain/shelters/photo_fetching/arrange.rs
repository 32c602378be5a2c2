//! The order of fetched photos among those that people have added.

use entity::id::{PetId, PhotoId};

use crate::{deps::Tx, domain::pets, kernel::Result};

/// What became of the fetched photos of a report.
pub(super) struct Fetches<'a> {
    /// All of them, in the order of the file.
    pub(super) photos: &'a [PhotoId],
    /// Those among them that the report has not shown yet.
    pub(super) new: &'a [PhotoId],
    /// Those that it is to show no longer.
    pub(super) taken_off: &'a [PhotoId],
}

/// Shows the fetched photos in the report. Returns whether anything changed. The caller has locked the report, and has checked
/// that there is room.
pub(super) async fn show(tx: &Tx, pet: PetId, fetches: Fetches<'_>) -> Result<bool> {
    let present = pets::photos_shown(tx, pet).await?;
    let arranged = arranged(&present, &fetches);
    if arranged == present {
        return Ok(false);
    }
    pets::show_photos(tx, pet, &present, &arranged).await?;
    Ok(true)
}

/// The photos that people added stay where they are. The fetched ones take the places of fetched ones; those that find none
/// follow the last of them. What people took off does not come back.
fn arranged(present: &[PhotoId], fetches: &Fetches<'_>) -> Vec<PhotoId> {
    let is_fetched = |id: &PhotoId| fetches.photos.contains(id) || fetches.taken_off.contains(id);
    let is_shown = |id: &&PhotoId| present.contains(id) || fetches.new.contains(id);
    let mut fetched = fetches.photos.iter().filter(is_shown).copied();
    let (mut arranged, mut end) = (Vec::with_capacity(present.len()), None);
    for id in present {
        if is_fetched(id) {
            arranged.extend(fetched.next());
            end = Some(arranged.len());
        } else {
            arranged.push(*id);
        }
    }
    let rest = arranged.split_off(end.unwrap_or(arranged.len()));
    arranged.extend(fetched);
    arranged.extend(rest);
    arranged
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn ids(numbers: &[u128]) -> Vec<PhotoId> {
        numbers.iter().map(|number| PhotoId(Uuid::from_u128(*number))).collect()
    }

    fn after(present: &[u128], photos: &[u128], new: &[u128], taken_off: &[u128]) -> Vec<PhotoId> {
        let [photos, new, taken_off] = [photos, new, taken_off].map(ids);
        let fetches = Fetches {
            photos: &photos,
            new: &new,
            taken_off: &taken_off,
        };
        arranged(&ids(present), &fetches)
    }

    #[test]
    fn fetched_photos_keep_the_order_of_the_file_whenever_they_come() {
        assert_eq!(after(&[], &[10, 11], &[10, 11], &[]), ids(&[10, 11]));
        assert_eq!(after(&[11], &[10, 11], &[10], &[]), ids(&[10, 11]));
        assert_eq!(after(&[10, 12], &[10, 11, 12], &[11], &[]), ids(&[10, 11, 12]));
        assert_eq!(after(&[10, 11], &[11, 10], &[], &[]), ids(&[11, 10]));
    }

    #[test]
    fn what_people_added_stays_where_it_is() {
        assert_eq!(after(&[1, 2], &[10], &[10], &[]), ids(&[1, 2, 10]));
        assert_eq!(after(&[1, 10, 2], &[10, 11], &[11], &[]), ids(&[1, 10, 11, 2]));
        assert_eq!(after(&[1, 10, 2], &[20], &[20], &[10]), ids(&[1, 20, 2]));
        assert_eq!(after(&[1, 10, 2], &[], &[], &[10]), ids(&[1, 2]));
    }

    #[test]
    fn what_people_took_off_does_not_come_back() {
        assert_eq!(after(&[11], &[10, 11, 12], &[12], &[]), ids(&[11, 12]));
        assert_eq!(after(&[], &[10], &[], &[]), ids(&[]));
    }
}
