//! Shelterluv: the list of animals of its API v1 (<https://help.shelterluv.com>, "API").
//!
//! Without `status_type`, the list has every animal that ever was in the shelter; `in custody` has those that are there now.
//! The second is read as a whole each time, so that an animal which was changed and is not on it is known to have left; how
//! it left is what its status says, as the API has no outcomes. What has not been changed since the last pull is left out.
//!
//! The documentation says that `since` is about intakes; measured, it is about updates, if `sort` is `updated_at`. Answers are
//! up to 30 minutes old, so that each pull goes back further than that. Numbers come as numbers or as text.

use std::{collections::HashSet, time::Duration};

use entity::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::sleep;
use url::Url;

use super::{
    http::{Headers, get, json, secret_header},
    pages::{Animal, Page, Pages, number, whole},
    source::{PullError, Pulled, Source},
};
use crate::ports::outbound::Outbound;

const SOFTWARE: &str = "Shelterluv";
/// Most animals of a page.
const LIMIT: u32 = 100;
/// Before each request: 240 a minute, where 300 are allowed for a key.
const PAUSE: Duration = Duration::from_millis(250);
/// How far a pull goes back behind the newest change that is known: more than the age of an answer.
const OVERLAP: Duration = Duration::from_secs(45 * 60);
/// When an animal was changed last, in seconds since 1970.
const UPDATED: &str = "LastUpdatedUnixTime";

/// Fetches the animals in custody, and those that have left since then.
pub(super) async fn pull(outbound: &Outbound, source: &Source, since: Option<Timestamp>) -> Result<Pulled, PullError> {
    let list = |status_type, since| List {
        outbound,
        source,
        status_type,
        since,
    };
    let since = since.map(|since| since.minus(OVERLAP));
    // In this order: an animal that arrives in between is in custody, and never taken for one that has left.
    let changed = match since {
        Some(_) => whole(&list(None, since)).await?,
        None => Vec::new(),
    };
    let in_custody = whole(&list(Some("in custody"), None)).await?;
    let there: HashSet<&str> = in_custody.iter().map(|(id, _)| id.as_str()).collect();
    let left = changed.into_iter().filter(|(id, _)| !there.contains(id.as_str()));
    let left: Vec<Animal> = left.map(|(_, animal)| gone(animal)).collect();
    let is_new = |animal: &Animal| since.is_none_or(|since| updated_at(animal).is_none_or(|at| since <= at));
    let stay = in_custody.into_iter().map(|(_, animal)| animal).filter(is_new);
    let animals: Vec<Animal> = stay.chain(left).map(without_private).collect();
    let newest = animals.iter().filter_map(updated_at).max();
    let records = u32::try_from(animals.len()).unwrap_or(u32::MAX);
    Ok(Pulled {
        data: json!({ "animals": animals }).to_string().into_bytes(),
        records,
        newest,
    })
}

struct List<'a> {
    outbound: &'a Outbound,
    source: &'a Source,
    status_type: Option<&'static str>,
    since: Option<Timestamp>,
}

/// The envelope of a page, which its documentation does not have.
#[derive(Deserialize)]
struct Answer {
    animals: Vec<Animal>,
    success: Option<Value>,
    has_more: Option<Value>,
    total_count: Option<Value>,
}

#[async_trait::async_trait]
impl Pages for List<'_> {
    async fn page(&self, number_of_page: u32) -> Result<Page, PullError> {
        sleep(PAUSE).await;
        let url = self.url(number_of_page)?;
        let answer = get(self.outbound, url.as_str(), authorization(&self.source.secret)?, 0).await?;
        let page: Answer = json(&answer, SOFTWARE)?;
        if page.success.as_ref().is_some_and(|success| !is_yes(success)) {
            return Err(PullError::unavailable(
                "Shelterluv says that it did not succeed: it is tried again later",
            ));
        }
        Ok(Page {
            animals: page.animals.into_iter().map(|animal| (id(&animal), animal)).collect(),
            total: number(page.total_count.as_ref()).and_then(|total| u64::try_from(total).ok()),
            has_more: page.has_more.as_ref().is_some_and(is_yes),
            bytes: answer.len(),
        })
    }
}

impl List<'_> {
    fn url(&self, number_of_page: u32) -> Result<Url, PullError> {
        let address = format!("{}/api/v1/animals", self.source.address.trim_end_matches('/'));
        let mut url =
            Url::parse(&address).map_err(|_| PullError::Refused("the address is none: check it".to_owned()))?;
        let offset = number_of_page.saturating_mul(LIMIT);
        let mut query = url.query_pairs_mut();
        if let Some(status_type) = self.status_type {
            query.append_pair("status_type", status_type);
        }
        if let Some(since) = self.since {
            query.append_pair("sort", "updated_at");
            query.append_pair("since", &since.0.div_euclid(1_000).max(0).to_string());
        }
        query.append_pair("limit", &LIMIT.to_string());
        query.append_pair("offset", &offset.to_string());
        drop(query);
        Ok(url)
    }
}

fn authorization(key: &str) -> Result<Headers, PullError> {
    Ok(vec![secret_header("authorization", &format!("Bearer {key}"))?])
}

/// `true`, 1, or one of these as text.
fn is_yes(value: &Value) -> bool {
    match value {
        Value::Bool(is) => *is,
        Value::String(text) if text.eq_ignore_ascii_case("true") => true,
        value => number(Some(value)).is_some_and(|number| number != 0),
    }
}

/// By what an animal is told from others: the id that every animal has. One without any is like none but itself.
fn id(animal: &Animal) -> String {
    let named = ["Internal-ID", "ID"].into_iter().filter_map(|name| animal.get(name));
    let mut ids = named.filter_map(|id| match id {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    });
    ids.next().unwrap_or_else(|| Value::Object(animal.clone()).to_string())
}

fn updated_at(animal: &Animal) -> Option<Timestamp> {
    Some(Timestamp(number(animal.get(UPDATED))?.checked_mul(1_000)?))
}

/// An animal that is not in custody, which the API does not say of a single one.
fn gone(mut animal: Animal) -> Animal {
    animal.insert("InCustody".to_owned(), Value::from("No"));
    animal
}

/// Without people, and without what the shelter keeps to itself, such as that an animal bites.
fn without_private(mut animal: Animal) -> Animal {
    animal.remove("AssociatedPerson");
    if let Some(Value::Array(attributes)) = animal.get_mut("Attributes") {
        attributes.retain(|attribute| attribute.get("Publish").and_then(Value::as_str) == Some("Yes"));
    }
    animal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn animal(fields: Value) -> Animal {
        serde_json::from_value(fields).unwrap()
    }

    #[test]
    fn what_the_shelter_keeps_to_itself_is_dropped() {
        let kept = without_private(animal(json!({
            "Name": "Biscuit",
            "AssociatedPerson": { "FirstName": "Ann" },
            "Attributes": [
                { "AttributeName": "Bite history", "Publish": "No" },
                { "AttributeName": "Stranger danger" },
                { "AttributeName": "Likes cats", "Publish": "Yes" },
                { "AttributeName": "Escapes", "Publish": "yes" },
            ],
        })));
        let expected =
            json!({ "Name": "Biscuit", "Attributes": [{ "AttributeName": "Likes cats", "Publish": "Yes" }] });
        assert_eq!(Value::Object(kept), expected);
    }

    #[test]
    fn types_are_not_what_they_are_said_to_be() {
        for yes in [json!(true), json!(1), json!("1"), json!("true"), json!("True")] {
            assert!(is_yes(&yes), "{yes}");
        }
        for no in [
            json!(false),
            json!(0),
            json!("0"),
            json!("false"),
            json!(null),
            json!(""),
        ] {
            assert!(!is_yes(&no), "{no}");
        }
        for at in [json!(1_793_636_340), json!("1793636340")] {
            assert_eq!(
                updated_at(&animal(json!({ UPDATED: at }))),
                Some(Timestamp(1_793_636_340_000))
            );
        }
        for none in [json!(null), json!(""), json!("soon"), json!(i64::MAX)] {
            assert_eq!(updated_at(&animal(json!({ UPDATED: none }))), None, "{none}");
        }
        assert_eq!(id(&animal(json!({ "ID": "A-1", "Internal-ID": 77 }))), "77");
        assert_eq!(id(&animal(json!({ "ID": "A-1", "Internal-ID": "" }))), "A-1");
    }
}
