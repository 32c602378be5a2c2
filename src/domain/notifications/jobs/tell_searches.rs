//! Job: notifies members immediately of reports that match their saved searches.

use entity::{
    id::{ImportId, MemberId, PetId, SavedSearchId},
    pet, saved_search,
    vocabulary::{NotificationKind, SearchNotify},
};

use crate::{
    deps::Deps,
    domain::{
        notifications::notify::{News, notify},
        pets::{self, breed_label},
        searches::{self, kind_word, singular},
        shelters,
    },
    kernel::{Error, Result, Viewer},
};

/// Sends one notification per search about new or changed reports, however many of them match, and each pair of search
/// and report once. Members are not notified of reports that they made, or that came with an import they started.
pub async fn tell_searches(deps: &Deps, pet_ids: &[PetId], import_id: Option<ImportId>) -> Result<()> {
    let db = deps.db.read();
    let pets = pets::find_many(db, &Viewer::System, pet_ids).await?;
    let importer = match import_id {
        Some(id) => importer(deps, id).await?,
        None => None,
    };
    let mut after = None;
    while !pets.is_empty() {
        let page = searches::listening(db, &pets, after).await?;
        for search in page.searches.iter().filter(|search| Some(search.member_id) != importer) {
            if !searches::fitting(search, &pets)?.is_empty() {
                tell(deps, search.id, &pets).await?;
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(())
}

/// The member who started an import; `None` if an API key did, or if the import no longer exists.
async fn importer(deps: &Deps, id: ImportId) -> Result<Option<MemberId>> {
    match shelters::find_import(deps.db.read(), &Viewer::System, id, deps.clock.now()).await {
        Ok(import) => Ok(import.started_by.parse().ok()),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Notifies the owner of a search, using its current settings.
async fn tell(deps: &Deps, id: SavedSearchId, pets: &[pet::Model]) -> Result<()> {
    deps.write(async |tx| {
        let held = searches::hold(tx, id).await?;
        let Some(search) = held.filter(|search| search.notify == SearchNotify::Instantly) else {
            return Ok(());
        };
        let hits = searches::note_hits(tx, id, searches::fitting(&search, pets)?).await?;
        match news(&search, &hits) {
            Some(news) => notify(deps, tx, search.member_id, news).await,
            None => Ok(()),
        }
    })
    .await
}

fn news(search: &saved_search::Model, hits: &[&pet::Model]) -> Option<News> {
    let first = hits.iter().min_by_key(|pet| pet.id)?;
    let (title, body, subject) = match hits {
        [pet] => (
            format!("A new report matches “{}”", search.name),
            sentence(pet),
            pet.id.to_string(),
        ),
        _ => (
            format!("{} new reports match “{}”", hits.len(), search.name),
            format!("They came in together. One of them: {}", sentence(first)),
            search.id.to_string(),
        ),
    };
    Some(News {
        kind: NotificationKind::SavedSearch,
        title,
        body,
        subject: Some(subject),
        unique_key: format!("search:{}:{}", search.id, first.id),
    })
}

/// `Lost dog Sweetie, Beagle, Austin, TX.`
fn sentence(pet: &pet::Model) -> String {
    let mut kind = kind_word(pet.kind).to_owned();
    if let Some(first) = kind.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let name = pet.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    let (animal, breed, place) = (singular(pet.species), breed_label(pet), &pet.place_label);
    format!("{kind} {animal}{name}, {breed}, {place}.")
}
