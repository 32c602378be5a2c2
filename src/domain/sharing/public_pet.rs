//! What the public page of a pet shows.

use entity::{id::PetId, pet, photo};

use crate::{
    deps::Deps,
    domain::{pets, photos},
    kernel::{Result, Viewer},
};

/// Width of the picture on the page and in link previews, in pixels.
const PICTURE_WIDTH: u32 = 1200;

/// A pet as somebody sees it who is not logged in.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicPet {
    /// The report; the page shows nothing of it but what is public.
    pub pet: pet::Model,
    /// Its first photo with the address of its picture.
    pub photo: Option<(photo::Model, String)>,
    /// Address of the page.
    pub url: String,
}

/// The pet as a visitor sees it; not found if a visitor may not see it.
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
