//! Animal Shelter Manager 3: its service (<https://sheltermanager.com/repo/asm3_help/serviceapi.html>).
//!
//! Gives all animals on the shelter each time, as the service cannot be asked for those that were changed since then; from the
//! second pull on also those that were changed within the last month (`json_recent_changes`), which is how one learns that an
//! animal left. Of an animal in both, the row that was changed last counts: the service keeps each answer for an hour. Without
//! `sensitive`, the service leaves people out. It answers 200 whatever happens, and says `ERROR:` in the text.

use std::collections::HashMap;

use entity::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::{
    http::{get, json},
    pages::Animal,
    source::{PullError, Pulled, Source},
};
use crate::ports::outbound::Outbound;

const SOFTWARE: &str = "ASM3";
/// When a row was changed last, in the time of the shelter.
const CHANGED: &str = "LASTCHANGEDDATE";

/// Fetches the animals on the shelter, and those that were changed lately.
pub(super) async fn pull(outbound: &Outbound, source: &Source, since: Option<Timestamp>) -> Result<Pulled, PullError> {
    let mut animals = call(outbound, source, "json_shelter_animals").await?;
    if since.is_some() {
        let changed = call(outbound, source, "json_recent_changes").await?;
        animals = latest(animals, changed);
    }
    let records = u32::try_from(animals.len()).unwrap_or(u32::MAX);
    let newest = animals.iter().filter_map(changed_at).max();
    Ok(Pulled {
        data: json!(animals).to_string().into_bytes(),
        records,
        newest,
    })
}

async fn call(outbound: &Outbound, source: &Source, method: &str) -> Result<Vec<Animal>, PullError> {
    let url = url(source, method)?;
    let answer = get(outbound, url.as_str(), Vec::new(), 0).await?;
    match said(&answer) {
        Some(said) => Err(refusal(&said)),
        None => json(&answer, SOFTWARE),
    }
}

/// The credentials are in the query, as the service wants them: nothing may log or show the address.
fn url(source: &Source, method: &str) -> Result<Url, PullError> {
    let mut url =
        Url::parse(&source.address).map_err(|_| PullError::Refused("the address is none: check it".to_owned()))?;
    if url.path() == "/" {
        url.set_path("/service");
    }
    let (account, user) = account(source.account.as_deref().unwrap_or_default());
    let mut query = url.query_pairs_mut();
    query.append_pair("method", method);
    if let Some(account) = account {
        query.append_pair("account", account);
    }
    query.append_pair("username", user);
    query.append_pair("password", &source.secret);
    drop(query);
    Ok(url)
}

/// `account/user`, or only the user for an installation of one's own, which has no accounts.
pub(super) fn account(text: &str) -> (Option<&str>, &str) {
    match text.split_once('/') {
        Some((account, user)) => (Some(account.trim()), user.trim()),
        None => (None, text.trim()),
    }
}

/// What the service says instead of giving animals.
fn said(answer: &[u8]) -> Option<String> {
    let beginning = answer.get(..answer.len().min(300))?;
    let text = String::from_utf8_lossy(beginning);
    let said = text.trim_start().strip_prefix("ERROR:")?;
    Some(said.trim().to_lowercase())
}

/// In words of our own: what is said could repeat what was asked.
fn refusal(said: &str) -> PullError {
    let words = if said.contains("disabled") {
        "the service API of ASM3 is switched off: switch it on in ASM3 under Settings, Options"
    } else if said.contains("database") || said.contains("alias") {
        "ASM3 does not know the account: enter account/user, as you log in there"
    } else if said.contains("password") || said.contains("permission") {
        "ASM3 does not accept the user with this password, or the user may not view animals: check them in ASM3"
    } else {
        return PullError::unavailable("ASM3 says that it cannot answer now: it is tried again later");
    };
    PullError::Refused(words.to_owned())
}

/// All animals of both lists, each as it was changed last; as on the shelter if nothing says which.
fn latest(on_shelter: Vec<Animal>, changed: Vec<Animal>) -> Vec<Animal> {
    let id = |animal: &Animal| animal.get("ID").map(Value::to_string);
    let mut animals = on_shelter;
    let places: HashMap<String, usize> = (animals.iter().enumerate())
        .filter_map(|(place, animal)| Some((id(animal)?, place)))
        .collect();
    for row in changed {
        let known = id(&row)
            .and_then(|id| places.get(&id))
            .and_then(|place| animals.get_mut(*place));
        match known {
            Some(known) if changed_at(known) < changed_at(&row) => *known = row,
            Some(_) => {}
            None => animals.push(row),
        }
    }
    animals
}

/// The time has no zone; it is compared with its like only, and read as if it were UTC.
fn changed_at(animal: &Animal) -> Option<Timestamp> {
    let text = animal.get(CHANGED)?.as_str()?;
    let time = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(time.and_utc().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn animals(rows: Value) -> Vec<Animal> {
        serde_json::from_value(rows).unwrap()
    }

    #[test]
    fn of_two_rows_of_an_animal_the_one_that_was_changed_last_counts() {
        let row = |id: u32, at: &str, name: &str| json!({ "ID": id, CHANGED: at, "ANIMALNAME": name });
        let on_shelter = animals(json!([
            row(1, "2026-11-01T10:00:00", "there"),
            row(2, "2026-11-03T10:00:00", "there"),
            row(3, "", "there"),
        ]));
        let changed = animals(json!([
            row(1, "2026-11-02T10:00:00", "changed"),
            row(2, "2026-11-02T10:00:00", "changed"),
            row(3, "", "changed"),
            row(4, "2026-11-02T10:00:00", "left"),
        ]));

        let latest = latest(on_shelter, changed);

        let names: Vec<_> = latest
            .iter()
            .map(|animal| animal["ANIMALNAME"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["changed", "there", "there", "left"]);
    }

    #[test]
    fn an_account_stands_before_the_user() {
        assert_eq!(account("zz0123/ann"), (Some("zz0123"), "ann"));
        assert_eq!(account(" ann "), (None, "ann"));
    }

    #[test]
    fn an_error_is_told_by_its_beginning_whatever_the_status() {
        assert_eq!(
            said(b"ERROR: Invalid username and password").unwrap(),
            "invalid username and password"
        );
        assert_eq!(said(b"[{\"ANIMALNAME\": \"ERROR:\"}]"), None);
        assert_eq!(said(b""), None);
    }
}
