//! Searching for reports. Only public columns are ever filtered, sorted or measured by: with the true point in any of
//! them, a series of questions would find the home.

mod area;
mod breed;
mod condition;
mod filter;
mod fits;
mod index_filter;
mod memory;
mod order;
mod summary;
mod text;
mod words;

use entity::id::ShelterId;

use super::policy::sees_hidden_in;
use crate::{
    deps::Deps,
    domain::{places::Asker, staff::Actor},
    kernel::Result,
};

pub use area::Area;
pub(super) use area::within;
pub use condition::{SEARCHES, Search};
pub use filter::Filter;
pub use fits::fitting;
pub use order::Sort;
pub use summary::PetSummary;

/// The animals of a shelter, last reported first; includes the hidden ones for those who may see them.
pub async fn in_shelter(
    deps: &Deps,
    (asker, actor): (&Asker, &Actor),
    shelter: ShelterId,
    filter: Filter,
) -> Result<Search> {
    let filter = Filter {
        shelter_id: Some(shelter),
        ..filter
    };
    let search = Search::asked(deps, asker, filter, Sort::Newest).await?;
    Ok(match sees_hidden_in(actor, shelter) {
        true => search.seen_by(&actor.viewer),
        false => search,
    })
}
