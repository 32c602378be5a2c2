//! Public addresses around a report.

use std::collections::HashMap;

use entity::id::PetId;

use crate::{deps::Deps, domain::photos, kernel::Result};

/// The addresses of the pictures in those reports that everybody may see, the cover first.
pub(super) async fn photo_urls(deps: &Deps, reports: &[PetId]) -> Result<HashMap<PetId, Vec<String>>> {
    let photos = photos::load_for(deps.db.read(), reports).await?;
    let urls = photos.into_iter().map(|(id, photos)| {
        let public = photos.iter().filter(|photo| photos::is_public(photo));
        (id, public.map(|photo| photos::url(deps, photo)).collect())
    });
    Ok(urls.collect())
}

/// The address of a report's public page.
pub(super) fn page_url(deps: &Deps, report: PetId) -> String {
    format!("{}/p/{report}", deps.public_url)
}
