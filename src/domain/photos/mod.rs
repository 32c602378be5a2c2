//! Skeleton.

use std::collections::HashMap;

use crate::{deps::Deps, kernel::Result};
use entity::{id::*, photo};
use sea_orm::ConnectionTrait;

pub mod image;

pub async fn load_for(_db: &impl ConnectionTrait, _pets: &[PetId]) -> Result<HashMap<PetId, Vec<photo::Model>>> {
    Ok(HashMap::new())
}
pub fn thumbnail_url(_deps: &Deps, _photo: &photo::Model, _width: u32) -> String {
    String::new()
}
