//! The content of a pet's public page.

use entity::{id::PetId, pet, photo};

use crate::{
    deps::Deps,
    domain::{pets, photos},
    kernel::{Result, Viewer},
};

/// Width of the picture on the page and in link previews, in pixels.
const PICTURE_WIDTH: u32 = 1200;

/// A pet as visible to anonymous visitors.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicPet {
    /// The report; the page shows only public parts of it.
    pub pet: pet::Model,
    /// Its first photo and the URL of that photo's picture.
    pub photo: Option<(photo::Model, String)>,
    /// URL of the page.
    pub url: String,
}

/// The pet as visible to a visitor; `NotFound` if visitors may not see it.
pub async fn public_pet(deps: &Deps, id: PetId) -> Result<PublicPet> {
    let db = deps.db.read();
    let pet = pets::find(db, &Viewer::Visitor, id).await?;
    let photos = photos::load_for(db, &[id]).await?.remove(&id).unwrap_or_default();
    let photo = photos.into_iter().next().map(|photo| {
        let url = photos::thumbnail_url(deps, &photo, PICTURE_WIDTH);
        (photo, url)
    });
    Ok(PublicPet {
        pet,
        photo,
        url: format!("{}/p/{id}", deps.public_url),
    })
}
