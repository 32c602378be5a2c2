//! Looks things up in the index.

use std::collections::HashMap;

use entity::{id::PetId, pet, vocabulary::PetStatus};

use crate::{
    deps::Deps,
    domain::{
        pets::{live::is_live, store::find_many},
        photos,
    },
    kernel::{Result, Viewer},
};
use ::visual_similarity::{Alike, Evidence, PhotoFeatures, SimilarityIndex, SimilarityQuery};

/// Maximum number of reports that show a picture of another one.
const MOST_COPIES: usize = 50;

/// Open reports with photos that are like one of these, with how much, the most alike first; those that the viewer may
/// see. By fingerprint only what shows one picture counts; by a model, if there is one, the most alike animals.
pub async fn most_alike(
    deps: &Deps,
    viewer: &Viewer,
    looks: Vec<PhotoFeatures>,
    query: SimilarityQuery,
) -> Result<Vec<(pet::Model, Alike)>> {
    let found = search(deps, looks, query, SimilarityIndex::most_alike).await?;
    let pets = seen(deps, viewer, found).await?;
    Ok(pets.into_iter().filter(|(pet, _)| is_live(pet.status)).collect())
}

/// Open reports of the same species anywhere that show a picture of this one, the surest first, at most `most`.
pub async fn near_duplicates(deps: &Deps, viewer: &Viewer, pet: &pet::Model, most: usize) -> Result<Vec<pet::Model>> {
    let looks = photos::features_of(deps, pet.id).await?;
    if looks.is_empty() {
        return Ok(Vec::new());
    }
    let query = SimilarityQuery {
        species: Some(pet.species),
        except: Some(pet.id),
        most,
    };
    let found = search(deps, looks, query, SimilarityIndex::same_pictures).await?;
    let pets = seen(deps, viewer, found).await?.into_iter().map(|(pet, _)| pet);
    Ok(pets.filter(|pet| pet.status == PetStatus::Open).collect())
}

/// What the photos of a report and of each of these others say about whether they show the same animal. Reports without
/// photos that were looked at are left out, and so are closed and hidden ones. No model runs: pictures were looked at
/// when they came.
pub async fn photo_evidence(deps: &Deps, one: PetId, others: &[PetId]) -> Result<HashMap<PetId, Evidence>> {
    if others.is_empty() {
        return Ok(HashMap::new());
    }
    let others = others.to_vec();
    deps.read_model::<SimilarityIndex>()
        .look_long(deps, move |index| {
            let evidence = |other: PetId| Some((other, index.evidence(one, other)?));
            others.into_iter().filter_map(evidence).collect()
        })
        .await
}

/// Open reports that everybody may see and that show a picture of this one, whatever they say of it, the surest first,
/// at most [`MOST_COPIES`].
pub async fn copies_among_open(deps: &Deps, pet_id: PetId) -> Result<Vec<PetId>> {
    let looks = photos::features_of(deps, pet_id).await?;
    if looks.is_empty() {
        return Ok(Vec::new());
    }
    let query = SimilarityQuery {
        species: None,
        except: Some(pet_id),
        most: MOST_COPIES,
    };
    let found = search(deps, looks, query, SimilarityIndex::same_pictures).await?;
    Ok(found.into_iter().map(|alike| alike.pet_id).collect())
}

/// The open reports that show a copy of one of these pictures, at most `most`. For the server's own use.
pub async fn reports_with_copies(deps: &Deps, looks: Vec<PhotoFeatures>, most: usize) -> Result<Vec<PetId>> {
    let query = SimilarityQuery {
        species: None,
        except: None,
        most,
    };
    let found = search(deps, looks, query, SimilarityIndex::same_pictures).await?;
    Ok(found.into_iter().map(|alike| alike.pet_id).collect())
}

/// Asks the index, away from the threads that answer requests: it takes milliseconds for a million photos.
async fn search(
    deps: &Deps,
    looks: Vec<PhotoFeatures>,
    query: SimilarityQuery,
    ask: fn(&SimilarityIndex, &[PhotoFeatures], SimilarityQuery) -> Vec<Alike>,
) -> Result<Vec<Alike>> {
    deps.read_model::<SimilarityIndex>()
        .look_long(deps, move |index| ask(index, &looks, query))
        .await
}

/// The reports that were found, in their order.
async fn seen(deps: &Deps, viewer: &Viewer, found: Vec<Alike>) -> Result<Vec<(pet::Model, Alike)>> {
    let ids: Vec<PetId> = found.iter().map(|alike| alike.pet_id).collect();
    let pets = find_many(deps.db.read(), viewer, &ids).await?;
    let mut pets: HashMap<PetId, pet::Model> = pets.into_iter().map(|pet| (pet.id, pet)).collect();
    let pets = found
        .into_iter()
        .filter_map(|alike| Some((pets.remove(&alike.pet_id)?, alike)));
    Ok(pets.collect())
}
