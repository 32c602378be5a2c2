//! A file, as it is read from the tables.

use std::mem;

use entity::id::ShelterId;

use super::{
    address::{Export, lets_in},
    inventory::InventoryPages,
    monthly::MonthlyPage,
    pet_fbi::PetFbiPages,
};
use crate::{
    deps::Deps,
    domain::{custody::zone_or_utc, shelters::store},
    kernel::{Error, Result, secret::ticket::Ticket},
};

/// The text of a file, a page at a time.
pub struct ExportPages {
    deps: Deps,
    rows: Rows,
    is_begun: bool,
}

enum Rows {
    Inventory(InventoryPages),
    PetFbi(PetFbiPages),
    Monthly(MonthlyPage),
}

/// A file, for whoever holds a ticket for it.
pub async fn open_export(deps: &Deps, id: ShelterId, export: Export, ticket: &Ticket) -> Result<ExportPages> {
    if !lets_in(deps, ticket, id, &export) {
        return Err(Error::NotFound("export"));
    }
    let shelter = store::find(deps.db.read(), id).await?;
    let rows = match export {
        Export::Inventory { places, chips } => {
            Rows::Inventory(InventoryPages::new(id, zone_or_utc(&shelter), (places, chips)))
        }
        Export::PetFbi { organization } => Rows::PetFbi(PetFbiPages::new(id, organization)),
        Export::Monthly(month) => Rows::Monthly(MonthlyPage::new(id, zone_or_utc(&shelter), month)),
    };
    Ok(ExportPages {
        deps: deps.clone(),
        rows,
        is_begun: false,
    })
}

impl ExportPages {
    /// The next lines; `None` at the end.
    pub async fn next_page(&mut self) -> Result<Option<String>> {
        let deps = &self.deps;
        if !mem::replace(&mut self.is_begun, true) {
            return Ok(Some(match &self.rows {
                Rows::Inventory(pages) => pages.header(),
                Rows::PetFbi(_) => PetFbiPages::header(),
                Rows::Monthly(_) => MonthlyPage::header(),
            }));
        }
        match &mut self.rows {
            Rows::Inventory(pages) => pages.next_page(deps).await,
            Rows::PetFbi(pages) => pages.next_page(deps).await,
            Rows::Monthly(page) => page.next_page(deps).await,
        }
    }
}
