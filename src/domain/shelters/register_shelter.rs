//! Adds a shelter to the directory.

use entity::{
    id::{MemberId, ShelterId},
    shelter, shelter_staff,
    vocabulary::StaffRole,
};
use geometry::Point;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    Settings,
    model::{Details, RegisterShelter, search_text, unknown_place},
    store,
};
use crate::{
    deps::{Deps, HOUR, Limit, Remembered, Tx, is_repeat, once},
    domain::{
        accounts::audit,
        pets::{self, Located},
    },
    events::ShelterEvent,
    kernel::{AtField, Error, Result, Viewer},
};

/// Maximum number of shelters registered per member and hour.
pub(super) const REGISTRATIONS: Limit = Limit::new("register-shelter", 5, "shelters", HOUR);

/// Registers a shelter, unverified, with the viewer as its ADMIN. Its location is public and exact.
pub async fn register_shelter(deps: &Deps, viewer: &Viewer, input: RegisterShelter) -> Result<shelter::Model> {
    let member_id = viewer.require_member()?;
    let details = input.details(deps.settings::<Settings>().country)?;
    let RegisterShelter {
        kind,
        location,
        idempotency_key,
        ..
    } = input;
    let place = pets::locate(deps, location).at("location")?;
    let point = place.point.ok_or_else(|| Error::Invalid(vec![unknown_place()]))?;
    let key = idempotency_key.as_ref();
    if !is_repeat(deps, viewer, "registerShelter", key).await? {
        deps.limit(&REGISTRATIONS, member_id).await?;
    }
    deps.write(async |tx| {
        let reservation = match once(tx, viewer, "registerShelter", key).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(first) => return store::find(tx, first.parse().map_err(Error::internal)?).await,
        };
        let mut row = row(deps, tx, details, &place, point);
        row.kind = Set(kind);
        row.created_by = Set(member_id);
        let shelter = shelter::Entity::insert(row).exec_with_returning(tx).await?;
        employ(tx, shelter.id, member_id).await?;
        let subject = Some(shelter.id.to_string());
        audit(deps, tx, viewer.actor(), "shelter_registered", subject, None).await?;
        reservation.fulfil(tx, shelter.id).await?;
        Ok(shelter)
    })
    .await
}

fn row(deps: &Deps, tx: &Tx, details: Details, place: &Located, point: Point) -> shelter::ActiveModel {
    let Details {
        name,
        phone,
        email,
        website,
        capacity,
        time_zone,
    } = details;
    let search_text = search_text(&name, &place.label);
    shelter::ActiveModel {
        id: Set(ShelterId(deps.ids.uuid(tx.now()))),
        name: Set(name),
        verified: Set(false),
        latitude: Set(Some(point.latitude)),
        longitude: Set(Some(point.longitude)),
        precision: Set(Some(place.precision)),
        place_label: Set(place.label.clone()),
        address: Set(place.address.clone()),
        city: Set(place.city.clone()),
        region: Set(place.region.clone()),
        postal_code: Set(place.postal_code.clone()),
        country: Set(place.country.clone()),
        phone: Set(phone),
        email: Set(email),
        website: Set(website),
        capacity: Set(capacity),
        time_zone: Set(time_zone),
        search_text: Set(search_text),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
        ..Default::default()
    }
}

async fn employ(tx: &Tx, shelter_id: ShelterId, member_id: MemberId) -> Result<()> {
    let first = shelter_staff::ActiveModel {
        shelter_id: Set(shelter_id),
        member_id: Set(member_id),
        role: Set(StaffRole::Admin),
        created_at: Set(tx.now()),
    };
    shelter_staff::Entity::insert(first).exec_without_returning(tx).await?;
    tx.announce(ShelterEvent::StaffChanged { shelter_id, member_id });
    Ok(())
}
