//! Demo data: a small town of pets for who tries the server out.
//!
//! Everything goes through the use cases, so that matches, map and notifications come by themselves. Log in as
//! `ann@example.org`, `bob@example.org` or `cleo@example.org` (who works for a verified shelter) with the password
//! `sweetie-demo`.

mod animals;

use std::{
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use entity::{
    id::{MemberId, SessionId, ShelterId},
    vocabulary::{PetKind, Role, ShelterType},
};

use self::animals::{ANIMALS, Animal};
use crate::{
    deps::Deps,
    domain::{
        accounts::{self, Register},
        pets::{self, BreedWords, Change, Details, LocationInput, ReportPet},
        shelters::{self, RegisterShelter},
        staff::Standing,
    },
    kernel::{
        Error, Result, Viewer,
        geo::{self, Point},
        viewer::Origin,
    },
};

/// Password of every demo account.
const PASSWORD: &str = "sweetie-demo";
/// The middle of the town: Austin, Texas.
const TOWN: (f64, f64) = (30.2672, -97.7431);

/// The people of the demo.
struct Cast {
    ann: Viewer,
    bob: Viewer,
    cleo: Viewer,
    shelter: ShelterId,
}

/// Adds demo data unless there are members already. A run that was cut off is completed by the next one.
pub async fn add(deps: &Deps) -> Result<()> {
    let has_begun = accounts::member_by_email(deps.db.read(), &address("ann"))
        .await?
        .is_some();
    if !has_begun && accounts::has_members(deps.db.read()).await? {
        return Ok(());
    }
    let cast = assemble(deps).await?;
    // Reports are made one after the other, so their number says where the last run ended.
    let there = cast.reports(deps).await?;
    for (number, animal) in (0..).zip(ANIMALS).skip(there) {
        pets::report_pet(deps, cast.reporter(animal, number), report(deps, &cast, animal)?).await?;
    }
    if there < ANIMALS.len() {
        tracing::info!("demo data is there: log in as ann@example.org with the password {PASSWORD}");
    }
    Ok(())
}

async fn assemble(deps: &Deps) -> Result<Cast> {
    let (ann, bob, cleo) = (
        member(deps, "ann").await?,
        member(deps, "bob").await?,
        member(deps, "cleo").await?,
    );
    let memberships = Standing::of(deps.db.read(), &cleo).await?.memberships;
    let shelter = match memberships.first() {
        Some(membership) => membership.shelter_id,
        None => shelters::register_shelter(deps, &cleo, shelter()).await?.id,
    };
    shelters::verify_shelter(deps, &Viewer::System, shelter, true).await?;
    Ok(Cast {
        ann,
        bob,
        cleo,
        shelter,
    })
}

fn shelter() -> RegisterShelter {
    RegisterShelter {
        name: "Riverside Animal Shelter".to_owned(),
        kind: ShelterType::Shelter,
        location: LocationInput::PostalCode("78702".to_owned()),
        phone: None,
        email: Some("hello@riverside.example.org".to_owned()),
        website: None,
        capacity: Some(120),
        time_zone: None,
        idempotency_key: None,
    }
}

/// The member of that name, with an account made if there is none.
async fn member(deps: &Deps, name: &str) -> Result<Viewer> {
    let (id, session_id) = match accounts::member_by_email(deps.db.read(), &address(name)).await? {
        Some(member) => (member.id, SessionId(deps.ids.uuid(deps.clock.now()))),
        None => register(deps, name).await?,
    };
    Ok(Viewer::Member {
        id,
        role: Role::Member,
        session_id,
    })
}

async fn register(deps: &Deps, name: &str) -> Result<(MemberId, SessionId)> {
    let origin = Origin {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        user_agent: None,
        request_id: "demo".to_owned(),
    };
    let input = Register {
        email: address(name),
        password: PASSWORD.to_owned(),
        display_name: name.to_owned(),
    };
    let done = accounts::register(deps, &origin, input).await?;
    Ok((done.member.id, done.session_id))
}

fn address(name: &str) -> String {
    format!("{name}@example.org")
}

impl Cast {
    /// The shelter reports what it holds; ann and bob report in turn.
    fn reporter(&self, animal: &Animal, number: u32) -> &Viewer {
        match animal.kind {
            PetKind::Sheltered => &self.cleo,
            _ if number.is_multiple_of(2) => &self.ann,
            _ => &self.bob,
        }
    }

    /// How many reports the three have made.
    async fn reports(&self, deps: &Deps) -> Result<usize> {
        let mut there = 0;
        for viewer in [&self.ann, &self.bob, &self.cleo] {
            there += pets::count_pets_by(deps.db.read(), viewer, viewer.require_member()?).await?;
        }
        Ok(usize::try_from(there).unwrap_or(usize::MAX))
    }
}

fn report(deps: &Deps, cast: &Cast, animal: &Animal) -> Result<ReportPet> {
    let (latitude, longitude) = TOWN;
    let town = Point::new(latitude, longitude).map_err(Error::internal)?;
    let place = geo::destination(town, f64::from(animal.bearing), animal.miles * 1_609.344);
    let age = Duration::from_secs(u64::from(animal.hours_ago) * 3600);
    let text = |text: &str| match text {
        "" => Change::Keep,
        text => Change::To(text.to_owned()),
    };
    let breed = BreedWords {
        primary: Some(animal.breed.to_owned()),
        ..BreedWords::default()
    };
    Ok(ReportPet {
        kind: animal.kind,
        species: animal.species,
        seen_at: deps.clock.now().minus(age),
        location: LocationInput::Point(place.latitude, place.longitude),
        shelter_id: (animal.kind == PetKind::Sheltered).then_some(cast.shelter),
        idempotency_key: None,
        details: Details {
            name: text(animal.name),
            breed: Change::To(breed),
            sex: Some(animal.sex),
            size: Some(animal.size),
            colors: Some(animal.colors.to_vec()),
            markings: text(animal.markings),
            urgent: Some(animal.urgent),
            ..Details::default()
        },
    })
}
