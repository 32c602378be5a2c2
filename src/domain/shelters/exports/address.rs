//! The signed addresses of files.

use std::{collections::HashMap, time::Duration};

use entity::id::ShelterId;
use shelter_exports::{
    inventory::{Chips, Places},
    monthly::Month,
};
use url::form_urlencoded::Serializer;

use crate::{
    deps::{Deps, HOUR, Limit},
    domain::{accounts::audit, staff::Actor},
    kernel::{Error, Result, Scope, secret::ticket::Ticket, text},
};

/// Entries of the audit log for addresses of files with secrets in them, per viewer and shelter.
pub(in crate::domain::shelters) const NOTES: Limit =
    Limit::new("inventory-export", 1, "note", HOUR).of("of the same inventory");

/// How long an address can be used.
const LASTS: Duration = HOUR;
/// Maximum length of an organisation's id at Pet FBI in characters.
const ORGANIZATION: usize = 40;
const PURPOSE: &str = "shelter exports";

const INVENTORY: &str = "inventory.csv";
const PET_FBI: &str = "pet-fbi.csv";
const MONTHLY: &str = "monthly.csv";
const TOLD: &str = "told";
const OMITTED: &str = "omitted";

/// The file that an address gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Export {
    /// All animals with all their stays.
    Inventory {
        /// Whether it says where they were found.
        places: Places,
        /// Whether it says the numbers of their chips.
        chips: Chips,
    },
    /// The open reports that Pet FBI lists.
    PetFbi {
        /// What Pet FBI calls the shelter.
        organization: String,
    },
    /// The figures of a month.
    Monthly(Month),
}

impl Export {
    /// The file with that name and those arguments of an address.
    pub fn named(file: &str, arguments: &HashMap<String, String>) -> Option<Self> {
        let argument = |name: &str| arguments.get(name).map(String::as_str);
        match file {
            INVENTORY => Some(Self::Inventory {
                places: match argument("places")? {
                    TOLD => Places::Told,
                    OMITTED => Places::Omitted,
                    _ => return None,
                },
                chips: match argument("chips")? {
                    TOLD => Chips::Told,
                    OMITTED => Chips::Omitted,
                    _ => return None,
                },
            }),
            PET_FBI => Some(Self::PetFbi {
                organization: argument("organization")?.to_owned(),
            }),
            MONTHLY => Month::parse(argument("month")?).map(Self::Monthly),
            _ => None,
        }
    }

    /// The name under which people save it.
    pub fn saved_as(&self) -> String {
        match self {
            Self::Monthly(month) => format!("monthly-{month}.csv"),
            Self::Inventory { .. } | Self::PetFbi { .. } => self.file().to_owned(),
        }
    }

    fn file(&self) -> &'static str {
        match self {
            Self::Inventory { .. } => INVENTORY,
            Self::PetFbi { .. } => PET_FBI,
            Self::Monthly(_) => MONTHLY,
        }
    }

    /// The arguments as they stand in an address.
    fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        match self {
            Self::Inventory { places, chips } => {
                query.append_pair("places", if *places == Places::Told { TOLD } else { OMITTED });
                query.append_pair("chips", if *chips == Chips::Told { TOLD } else { OMITTED });
            }
            Self::PetFbi { organization } => {
                query.append_pair("organization", organization);
            }
            Self::Monthly(month) => {
                query.append_pair("month", &month.to_string());
            }
        }
        query.finish()
    }

    /// What a ticket for it is bound to.
    fn subject(&self, shelter: ShelterId) -> String {
        format!("{shelter}/{}?{}", self.file(), self.query())
    }
}

/// The address of the inventory. Those who work there and keys with `pets:read` get places with it, and those who take care of
/// the animals their chips: then the audit log says so.
pub async fn inventory_url(deps: &Deps, actor: &Actor, shelter: ShelterId) -> Result<String> {
    refuse_others(actor, shelter)?;
    let works_there = actor.staff_role(shelter).is_some() || actor.viewer.is_key_for(shelter, Scope::PetsRead);
    let takes_care = actor.takes_care_of_animals(shelter);
    if works_there || takes_care {
        note(deps, actor, shelter).await?;
    }
    let export = Export::Inventory {
        places: if works_there { Places::Told } else { Places::Omitted },
        chips: if takes_care { Chips::Told } else { Chips::Omitted },
    };
    Ok(url(deps, shelter, &export))
}

/// The address of the file for Pet FBI, where the shelter is called `organization`; without it, by its id here.
pub fn pet_fbi_url(deps: &Deps, actor: &Actor, shelter: ShelterId, organization: Option<&str>) -> Result<String> {
    refuse_others(actor, shelter)?;
    let organization = text::optional_line("organization", organization, ORGANIZATION)
        .map_err(|fault| Error::BadInput(fault.message.into()))?;
    let organization = organization.unwrap_or_else(|| shelter.to_string());
    Ok(url(deps, shelter, &Export::PetFbi { organization }))
}

/// The address of the figures of a month, such as `2026-11`.
pub fn monthly_url(deps: &Deps, actor: &Actor, shelter: ShelterId, month: &str) -> Result<String> {
    refuse_others(actor, shelter)?;
    Ok(url(deps, shelter, &Export::Monthly(month_called(month)?)))
}

/// The month that a client writes so.
pub(super) fn month_called(text: &str) -> Result<Month> {
    let refusal = "month: write the year and the number of the month, such as 2026-11";
    Month::parse(text).ok_or(Error::BadInput(refusal.into()))
}

/// Refuses those who may not see the animals of the shelter.
pub(super) fn refuse_others(actor: &Actor, shelter: ShelterId) -> Result<()> {
    if actor.may_see_animals(shelter) {
        return Ok(());
    }
    let refusal = "only those who work for the shelter, its keys with pets:read and admins can export its animals";
    Err(Error::Forbidden(refusal.into()))
}

/// Whether we issued the ticket for that file, and it has not expired.
pub(super) fn lets_in(deps: &Deps, ticket: &Ticket, shelter: ShelterId, export: &Export) -> bool {
    deps.clock.now() < ticket.expires_at && ticket.is_genuine(&deps.secret, PURPOSE, &export.subject(shelter))
}

fn url(deps: &Deps, shelter: ShelterId, export: &Export) -> String {
    let ends = deps.clock.now().plus(LASTS);
    let ticket = Ticket::issue(&deps.secret, PURPOSE, &export.subject(shelter), ends).query();
    let (host, file, arguments) = (&deps.public_url, export.file(), export.query());
    format!("{host}/shelters/{shelter}/exports/{file}{ticket}&{arguments}")
}

/// Notes in the audit log that somebody got an address with secrets behind it.
async fn note(deps: &Deps, actor: &Actor, shelter: ShelterId) -> Result<()> {
    let who = actor.viewer.actor();
    if deps.hit(&NOTES, format!("{who}:{shelter}")).await.is_err() {
        return Ok(());
    }
    let subject = Some(shelter.to_string());
    deps.write(async |tx| audit(deps, tx, who, "inventory_exported", subject, None).await)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_again_by_its_address() {
        for export in [
            Export::Inventory {
                places: Places::Told,
                chips: Chips::Omitted,
            },
            Export::PetFbi {
                organization: "TX 12&month=1\n".to_owned(),
            },
            Export::Monthly(Month::new(2026, 11).unwrap()),
        ] {
            let arguments = url::form_urlencoded::parse(export.query().as_bytes())
                .into_owned()
                .collect();
            assert_eq!(Export::named(export.file(), &arguments), Some(export));
        }
        assert_eq!(Export::named("inventory.csv", &HashMap::new()), None);
        assert_eq!(Export::named("people.csv", &HashMap::new()), None);
    }
}
