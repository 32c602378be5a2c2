//! RescueGroups' API v5.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use super::{Answer, Asked, Software};

/// Kinds of resources that may be asked for beside animals.
const RELATED: [&str; 9] = [
    "breeds",
    "colors",
    "patterns",
    "species",
    "statuses",
    "pictures",
    "locations",
    "orgs",
    "videos",
];

/// An animal that is public at RescueGroups.
pub struct Listed {
    /// Its number.
    pub id: u32,
    /// Its organisation.
    pub org: u32,
    /// Its status.
    pub status: &'static str,
    /// When it was changed.
    pub updated: String,
}

/// All organisations, and the key of a client.
pub struct RescueGroups {
    /// The key.
    pub key: &'static str,
    /// Their animals.
    pub animals: Vec<Listed>,
}

impl RescueGroups {
    /// So many available animals of organisation 1234, and one of another.
    pub fn with_animals(count: u32, updated: &str) -> Self {
        let listed = |id, org| Listed {
            id,
            org,
            status: "Available",
            updated: updated.to_owned(),
        };
        let own = (1..=count).map(|number| listed(9_000 + number, 1234));
        Self {
            key: "rg-key-1",
            animals: own.chain([listed(1, 99)]).collect(),
        }
    }
}

impl Listed {
    fn resource(&self) -> Value {
        json!({
            "type": "animals", "id": self.id.to_string(),
            "attributes": {
                "name": format!("Sweetie {}", self.id), "ageGroup": "Adult", "sex": "Male", "sizeGroup": "Large",
                "breedPrimary": "Boxer", "breedString": "Boxer (short coat)", "isBreedMixed": false,
                "birthDate": "2023-02-28T00:00:00Z", "updatedDate": self.updated, "createdDate": "2026-01-05T10:00:00Z",
                "descriptionText": "Loves to run", "rescueId": format!("HV-{}", self.id), "pictureCount": 1,
            },
            "relationships": {
                "species": { "data": [{ "type": "species", "id": "8" }] },
                "statuses": { "data": [{ "type": "statuses", "id": self.status }] },
                "colors": { "data": [{ "type": "colors", "id": "13" }] },
                "breeds": { "data": [{ "type": "breeds", "id": "41" }] },
            },
        })
    }
}

impl Software for RescueGroups {
    /// 100 requests a minute.
    const LEAST_PAUSE: Duration = Duration::from_millis(600);

    fn answer(&mut self, asked: &Asked) -> Result<Answer, String> {
        let is_available = asked.path == "/v5/public/animals/search/available/";
        if !is_available {
            asked.is(&Method::POST, "/v5/public/animals/search/")?;
        }
        asked.has_only(&["limit", "page", "sort", "include"])?;
        if asked.header("authorization") != self.key {
            let refusal = json!({ "errors": [{ "status": 401, "title": "Unauthorized", "detail": "The API key is not valid." }] });
            return Ok(Answer {
                status: 401,
                ..Answer::json(&refusal)
            });
        }
        for name in ["content-type", "accept"] {
            if asked.header(name) != "application/vnd.api+json" {
                return Err(format!("{name} is not that of JSON:API"));
            }
        }
        let whole = |name: &str| {
            asked
                .parameter(name)
                .parse::<usize>()
                .map_err(|_| format!("{name} is no number"))
        };
        let (limit, page) = (whole("limit")?, whole("page")?);
        if !(1..=250).contains(&limit) || page == 0 || asked.parameter("sort") != "animals.id" {
            return Err(format!("limit {limit}, page {page} or sort is not possible"));
        }
        if let Some(odd) = asked
            .parameter("include")
            .split(',')
            .find(|kind| !RELATED.contains(kind))
        {
            return Err(format!("{odd} cannot be included"));
        }
        let (org, since) = filters(&asked.body)?;
        let found: Vec<&Listed> = (self.animals.iter())
            .filter(|animal| animal.org == org && (animal.status == "Available" || !is_available))
            .filter(|animal| since.as_ref().is_none_or(|since| *since < animal.updated))
            .collect();
        let data: Vec<Value> = (found.iter().skip((page - 1) * limit).take(limit))
            .map(|animal| animal.resource())
            .collect();
        let included = json!([
            { "type": "species", "id": "8", "attributes": { "singular": "Dog", "plural": "Dogs", "youngSingular": "Puppy" } },
            { "type": "statuses", "id": "Available", "attributes": { "name": "Available" } },
            { "type": "statuses", "id": "Adopted", "attributes": { "name": "Adopted" } },
            { "type": "colors", "id": "13", "attributes": { "name": "Brindle" } },
            { "type": "breeds", "id": "41", "attributes": { "name": "Boxer" } },
        ]);
        Ok(Answer::json(&json!({
            "meta": {
                "count": found.len(), "countReturned": data.len(), "pageReturned": page, "limit": limit,
                "pages": found.len().div_ceil(limit), "transactionId": "x",
            },
            "data": data, "included": included,
        })))
    }
}

/// The organisation and the time of a search.
fn filters(body: &[u8]) -> Result<(u32, Option<String>), String> {
    let body: Value = serde_json::from_slice(body).map_err(|_| "the body is no JSON".to_owned())?;
    let filters = body["data"]["filters"].as_array().ok_or("there are no filters")?;
    let (mut org, mut since) = (None, None);
    for filter in filters {
        let [field, operation, criteria] =
            ["fieldName", "operation", "criteria"].map(|name| filter[name].as_str().unwrap_or_default());
        match (field, operation) {
            ("orgs.id", "equal") => org = criteria.parse().ok(),
            // Anything but whole seconds in UTC is an error of the system there.
            ("animals.updatedDate", "greaterthan") if criteria.len() == 20 && criteria.ends_with('Z') => {
                since = Some(criteria.to_owned());
            }
            _ => return Err(format!("{filter} is no filter")),
        }
    }
    Ok((org.ok_or("whose animals?")?, since))
}
