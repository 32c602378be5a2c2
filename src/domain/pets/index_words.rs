//! Writes the words of reports anew, after the way in which they are cut has changed.

use entity::{id::PetId, pet};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::{search_text::search_text, store::visible_to};
use crate::{
    deps::Deps,
    kernel::{Result, Viewer},
};

/// Reports that are read at once.
const BATCH: u64 = 500;

/// Gives every report the words that it would be stored with today. May be interrupted and run again at any time, and beside
/// people who write: what they have changed meanwhile has its new words already.
pub async fn index_words_anew(deps: &Deps) -> Result<()> {
    let mut last = PetId(Uuid::nil());
    loop {
        let next = visible_to(&Viewer::System).filter(pet::COLUMN.id.gt(last));
        let next = next.order_by_asc(pet::Column::Id).limit(BATCH);
        let pets = next.all(deps.db.read()).await?;
        let Some(end) = pets.last() else { return Ok(()) };
        last = end.id;
        let changes: Vec<(PetId, String, String)> = pets.into_iter().filter_map(change).collect();
        if !changes.is_empty() {
            write(deps, &changes).await?;
        }
    }
}

/// A report, its words, and those that it should have; nothing where they are the same.
fn change(pet: pet::Model) -> Option<(PetId, String, String)> {
    let (id, known) = (pet.id, pet.search_text.clone());
    let words = search_text(&pet.into_active_model());
    (words != known).then_some((id, known, words))
}

async fn write(deps: &Deps, changes: &[(PetId, String, String)]) -> Result<()> {
    deps.write(async |tx| {
        for (id, known, words) in changes {
            pet::Entity::update_many()
                .col_expr(pet::Column::SearchText, Expr::value(words.as_str()))
                .filter(pet::COLUMN.id.eq(*id))
                .filter(pet::Column::SearchText.eq(known.as_str()))
                .exec(tx)
                .await?;
        }
        Ok(())
    })
    .await
}
