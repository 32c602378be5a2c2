//! Shelterluv's API v1.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use super::{Answer, Asked, Software};

/// An animal that was ever in the shelter.
pub struct Kept {
    /// Whether it is there now.
    pub in_custody: bool,
    /// Its fields.
    pub animal: Value,
}

/// A shelter with its key.
pub struct Shelterluv {
    /// The key.
    pub key: &'static str,
    /// Its animals.
    pub animals: Vec<Kept>,
}

impl Shelterluv {
    /// So many dogs that were taken in a minute after each other, the last at that time.
    pub fn with_dogs(count: i64, last: i64) -> Self {
        let animals = (1..=count).map(|number| Kept {
            in_custody: true,
            animal: Self::dog(number, last - 60 * (count - number)),
        });
        Self {
            key: "luv-key-1",
            animals: animals.collect(),
        }
    }

    /// A dog that was changed then, in seconds since 1970.
    pub fn dog(number: i64, updated: i64) -> Value {
        json!({
            "ID": number.to_string(), "Internal-ID": (70_000 + number).to_string(), "Name": format!("Biscuit {number}"),
            "Type": "Dog", "Sex": "Female", "Status": "Available For Adoption", "InFoster": false, "Altered": "Yes",
            "CurrentWeightPounds": "41", "Size": "Medium (20-59)", "Age": 30, "DOBUnixTime": null, "Breed": "Beagle /Mix",
            "Color": "Black/White", "Pattern": null, "Description": "Likes tyres", "Photos": [], "CoverPhoto": "",
            "CurrentLocation": { "Tier1": "Main Building" }, "PreviousIds": [], "Microchips": [],
            "LastIntakeUnixTime": "1779900000", "LastUpdatedUnixTime": updated.to_string(),
            "AssociatedPerson": { "FirstName": "Hidden", "LastName": "Person" },
            "Attributes": [{ "Internal-ID": "1", "AttributeName": "Bite history", "Publish": "No" }],
        })
    }

    /// Changes an animal at that time.
    pub fn update(&mut self, number: i64, updated: i64, in_custody: bool, status: &str) {
        let id = json!((70_000 + number).to_string());
        let kept = self
            .animals
            .iter_mut()
            .find(|kept| kept.animal["Internal-ID"] == id)
            .unwrap();
        kept.in_custody = in_custody;
        kept.animal["Status"] = json!(status);
        kept.animal["LastUpdatedUnixTime"] = json!(updated.to_string());
    }
}

fn updated(kept: &Kept) -> i64 {
    kept.animal["LastUpdatedUnixTime"].as_str().unwrap().parse().unwrap()
}

impl Software for Shelterluv {
    /// 300 requests a minute.
    const LEAST_PAUSE: Duration = Duration::from_millis(200);

    fn answer(&mut self, asked: &Asked) -> Result<Answer, String> {
        asked.is(&Method::GET, "/api/v1/animals")?;
        asked.has_only(&["status_type", "sort", "since", "limit", "offset"])?;
        if asked.header("authorization") != format!("Bearer {}", self.key) {
            let refusal = json!({ "success": 0, "error_message": "Invalid API key" });
            return Ok(Answer {
                status: 401,
                ..Answer::json(&refusal)
            });
        }
        let is_current = match asked.parameter("status_type") {
            "" => false,
            "in custody" => true,
            other => return Err(format!("status_type {other} is not expected")),
        };
        let whole = |name: &str| {
            asked
                .parameter(name)
                .parse::<usize>()
                .map_err(|_| format!("{name} is no number"))
        };
        let (limit, offset) = (whole("limit")?, whole("offset")?);
        if !(1..=100).contains(&limit) {
            return Err(format!("limit {limit} is not from 1 to 100"));
        }
        let since = match (asked.parameter("since"), asked.parameter("sort")) {
            ("", "" | "updated_at") => 0,
            (since, "updated_at") => since.parse().map_err(|_| "since is no time".to_owned())?,
            _ => return Err("since without sort=updated_at is about the creation".to_owned()),
        };
        let mut found: Vec<&Kept> = (self.animals.iter())
            .filter(|kept| (kept.in_custody || !is_current) && since <= updated(kept))
            .collect();
        if asked.parameter("sort") == "updated_at" {
            found.sort_by_key(|kept| updated(kept));
        }
        let page: Vec<&Value> = found.iter().skip(offset).take(limit).map(|kept| &kept.animal).collect();
        Ok(Answer::json(&json!({
            "success": 1, "animals": page, "has_more": offset + limit < found.len(), "total_count": found.len(),
        })))
    }
}
