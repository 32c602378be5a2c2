//! Demo data: a small town of pets for people who try the server out.
//!
//! Everything goes through the use cases, so matches, map and notifications come about by themselves: reports with
//! sightings, conversations and a reunion ([`stories`]), strays on hold, and a shelter's import. Log in as
//! `ann@example.org`, `bob@example.org` or `cleo@example.org` (who works for a verified shelter) with the password
//! `sweetie-demo`.

mod animals;
mod descriptions;
mod import;
mod stories;

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use entity::{
    id::{MemberId, SessionId, ShelterId},
    vocabulary::{PetKind, Role, ShelterType},
};

use self::{
    animals::{ANIMALS, Animal},
    descriptions::description,
};
use crate::{
    deps::Deps,
    domain::{
        accounts::{self, Register},
        custody,
        pets::{self, BreedWords, Change, Details, LocationInput, ReportPet},
        shelters::{self, RegisterShelter},
        staff::Actor,
    },
    kernel::{Error, Result, Viewer, viewer::Origin},
};
use geometry::Point;

/// Password of every demo account.
const PASSWORD: &str = "sweetie-demo";
/// The shelter that cleo works for.
const SHELTER: &str = "Riverside Animal Shelter";
/// The centre of the town: Austin, Texas.
const TOWN: (f64, f64) = (30.2672, -97.7431);

/// The people of the demo.
struct Cast {
    ann: Viewer,
    bob: Viewer,
    cleo: Viewer,
    shelter: ShelterId,
}

/// Result of adding the demo data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was added.
    Added,
    /// It had been added before.
    ThereAlready,
    /// The database holds other members' data.
    Refused,
}

impl Outcome {
    /// Whether the demo's members can log in.
    pub fn is_there(self) -> bool {
        self != Self::Refused
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Added => "demo data was added",
            Self::ThereAlready => "the demo data is there already, and nothing was added",
            Self::Refused => {
                return text.write_str(
                    "no demo data was added, because there are other members already: name an empty folder as SWEETIE_DATA_DIR",
                );
            }
        };
        write!(
            text,
            "{what}: log in as {}, {} or {} (of the shelter {SHELTER}) with the password {PASSWORD}",
            address("ann"),
            address("bob"),
            address("cleo")
        )
    }
}

/// Demo accounts and their password, for a page that displays them.
pub fn log_ins() -> serde_json::Value {
    serde_json::json!({
        "password": PASSWORD,
        "members": [address("ann"), address("bob")],
        "shelter": { "name": SHELTER, "staff": address("cleo") },
    })
}

/// Adds demo data unless there are members already. A run that was interrupted is completed by the next one.
pub async fn add(deps: &Deps) -> Result<Outcome> {
    let has_begun = accounts::member_by_email(deps.db.read(), &address("ann"))
        .await?
        .is_some();
    if !has_begun && accounts::has_members(deps.db.read()).await? {
        return Ok(Outcome::Refused);
    }
    let cast = assemble(deps).await?;
    // Reports are made one after the other, so their number tells where the last run stopped.
    let there = cast.reports(deps).await?;
    if ANIMALS.len() <= there {
        return Ok(Outcome::ThereAlready);
    }
    // Before the last report, so that it exists once all reports do; a repeat returns the first one.
    import::request(deps, &cast).await?;
    for (number, animal) in (0..).zip(ANIMALS).skip(there) {
        let input = report(deps, &cast, (animal, number))?;
        let reported = custody::report_pet(deps, cast.reporter(animal, number), input).await?;
        stories::tell(deps, &cast, number, &reported.pet).await?;
    }
    Ok(Outcome::Added)
}

async fn assemble(deps: &Deps) -> Result<Cast> {
    let (ann, bob, cleo) = (
        member(deps, "ann").await?,
        member(deps, "bob").await?,
        member(deps, "cleo").await?,
    );
    let memberships = Actor::of(deps.db.read(), &cleo).await?.memberships;
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
        name: SHELTER.to_owned(),
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

/// The member with that name; the account is created if it does not exist.
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
    /// The shelter reports the animals in its care; ann and bob report in turn.
    fn reporter(&self, animal: &Animal, number: u32) -> &Viewer {
        match animal.kind {
            PetKind::Sheltered => &self.cleo,
            _ if number.is_multiple_of(2) => &self.ann,
            _ => &self.bob,
        }
    }

    /// Number of reports that the three have made.
    async fn reports(&self, deps: &Deps) -> Result<usize> {
        let mut there = 0;
        for viewer in [&self.ann, &self.bob, &self.cleo] {
            there += pets::count_pets_by(deps.db.read(), viewer, viewer.require_member()?).await?;
        }
        Ok(usize::try_from(there).unwrap_or(usize::MAX))
    }
}

/// The place at a given bearing and distance from the centre of the town.
fn from_town(bearing: u16, miles: f64) -> Result<Point> {
    let (latitude, longitude) = TOWN;
    let town = Point::new(latitude, longitude).map_err(Error::internal)?;
    Ok(geometry::destination(town, f64::from(bearing), miles * 1_609.344))
}

fn report(deps: &Deps, cast: &Cast, (animal, number): (&Animal, u32)) -> Result<ReportPet> {
    let place = from_town(animal.bearing, animal.miles)?;
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
        upload_ids: Vec::new(),
        idempotency_key: None,
        details: Details {
            name: text(animal.name),
            description: Change::To(description(animal.kind, number).to_owned()),
            intake_type: match animal.kind {
                PetKind::Sheltered => Change::To("Stray".to_owned()),
                _ => Change::Keep,
            },
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
