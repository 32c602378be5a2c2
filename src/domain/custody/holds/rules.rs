//! The rules of a shelter about holds, ready to be applied to its animals.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use entity::{
    id::ShelterId,
    shelter, shelter_animal, stay,
    vocabulary::{IntakeKind, NoticeMethod},
};
use import_reader::zone::Zone;
use sea_orm::ActiveEnum;
use stray_hold::{Computed, Facts, Length, Notice, Opening, Place, Rule, ShelterKind, Unit, rules_from_json};

use crate::{
    deps::Tx,
    domain::custody::{store, time_zone::time_zone},
    kernel::{Error, Result},
};

/// Country of shelters that do not say theirs.
const COUNTRY: &str = "US";

/// The rules of one shelter. Reading them costs more than applying them: they are prepared once for many animals.
#[derive(Debug, Clone)]
pub struct HoldRules {
    rules: Vec<Rule>,
    /// Names of the rules by their ids.
    names: HashMap<String, String>,
    /// What is alike for all animals of the shelter.
    shared: Facts,
    /// How long a stray is kept where no rule fits.
    default: Length,
}

impl HoldRules {
    /// Those of a shelter, as they are now.
    pub fn of(shelter: &shelter::Model) -> Result<Self> {
        let rules = stored_rules(shelter)?;
        let closed_days: BTreeSet<NaiveDate> = match &shelter.closed_days {
            Some(days) => serde_json::from_str(days)?,
            None => BTreeSet::new(),
        };
        let zone = time_zone(shelter).unwrap_or(Zone::UTC);
        let closes_at = shelter.closes_at.as_deref();
        let opening = Opening {
            closes_at: closes_at.and_then(|time| NaiveTime::parse_from_str(time, "%H:%M").ok()),
            ..Opening::default()
        };
        let shared = Facts {
            species: String::new(),
            intake_kind: String::new(),
            shelter: ShelterKind::Public,
            found_in: place_of_rules(&rules, shelter),
            impounded_at: DateTime::UNIX_EPOCH,
            zone: zone.name().parse().unwrap_or(Tz::UTC),
            identified_at: None,
            notice: Notice::default(),
            age_weeks: None,
            flags: BTreeSet::new(),
            opening,
            closed_days,
            default_hold: None,
        };
        Ok(Self {
            names: rules.iter().map(|rule| (rule.id.clone(), rule.name.clone())).collect(),
            rules,
            shared,
            default: Length {
                n: u16::try_from(shelter.hold_days).unwrap_or(0),
                unit: Unit::CalendarDays,
            },
        })
    }

    /// How long the animal of a stay is kept, by the rules alone. Where no rule fits, only strays are kept.
    pub(super) fn compute(&self, stay: &stay::Model, animal: &shelter_animal::Model) -> Computed {
        let told = |method| {
            let is_so = stay.notice_method == Some(method);
            stay.notice_at.filter(|_| is_so).map(|at| at.to_utc())
        };
        let facts = Facts {
            species: animal.species.to_value(),
            intake_kind: stay.intake_kind.to_value(),
            impounded_at: stay.intake_at.to_utc(),
            identified_at: stay.identified_at.map(|at| at.to_utc()),
            notice: Notice {
                owner_notified_at: stay.owner_notified_at.map(|at| at.to_utc()),
                mailed_at: told(NoticeMethod::Mail),
                posted_at: told(NoticeMethod::Posted),
                method: stay.notice_method.map(notice_word),
            },
            default_hold: (stay.intake_kind == IntakeKind::Stray).then_some(self.default),
            ..self.shared.clone()
        };
        stray_hold::compute(&self.rules, &facts)
    }

    /// What people call the rule with that id.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        self.names.get(id).map(String::as_str)
    }
}

/// The rules of a shelter, which nobody changes until the transaction ends.
pub async fn hold_rules_of(tx: &Tx, shelter: ShelterId) -> Result<HoldRules> {
    HoldRules::of(&store::shelter_to_read(tx, shelter).await?)
}

/// The rules of a shelter as they are stored.
pub(super) fn stored_rules(shelter: &shelter::Model) -> Result<Vec<Rule>> {
    let stored = shelter.hold_rules.as_deref().map(rules_from_json);
    Ok(stored.transpose().map_err(Error::internal)?.unwrap_or_default())
}

/// Where the rules of a shelter are for. A shelter has the rules that it must follow, so they are taken at their word: what
/// the shelter's own place does not say, such as the county, is what they name first.
pub(super) fn place_of_rules(rules: &[Rule], shelter: &shelter::Model) -> Place {
    let named = |part: fn(&Place) -> &Option<String>| rules.iter().find_map(|rule| part(&rule.jurisdiction).clone());
    Place {
        country: country_of(shelter),
        region: named(|place| &place.region).or_else(|| shelter.region.clone()),
        county: named(|place| &place.county),
        city: named(|place| &place.city).or_else(|| shelter.city.clone()),
    }
}

/// The country of a shelter.
pub(super) fn country_of(shelter: &shelter::Model) -> String {
    shelter.country.clone().unwrap_or_else(|| COUNTRY.to_owned())
}

/// How an owner was told, as rules name it.
pub(super) fn notice_word(method: NoticeMethod) -> String {
    method.to_value()
}
