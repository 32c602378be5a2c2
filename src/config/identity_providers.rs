//! The file of the providers of OpenID Connect.

use std::{fs, net::IpAddr};

use serde_json::{Map, Value};
use url::{Host, Url};

const MOST: usize = 20;

/// The setting that names the file.
pub const PROVIDERS: &str = "SWEETIE_IDENTITY_PROVIDERS";

const FIELDS: [&str; 5] = ["id", "name", "issuer", "clientId", "clientSecret"];

/// A provider with whose accounts people may sign in.
#[derive(Clone)]
pub struct IdentityProvider {
    /// Our name of it, in the API and in the tables.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its address, letter by letter as its tokens say it.
    pub issuer: String,
    /// The name under which it knows this installation.
    pub client_id: String,
    /// The password under which it knows this installation; public clients have none.
    pub client_secret: Option<String>,
}

/// Reads and checks the file, if there is one. The reason of a refusal names the file, the entry and the field.
pub fn providers(file: Option<String>) -> Result<Vec<IdentityProvider>, String> {
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    let text = fs::read_to_string(&file).map_err(|error| format!("{file} cannot be read: {error}"))?;
    parse(&text).map_err(|reason| format!("{file}: {reason}"))
}

fn parse(text: &str) -> Result<Vec<IdentityProvider>, String> {
    let entries: Vec<Map<String, Value>> =
        serde_json::from_str(text).map_err(|error| format!("this is not a list of objects in JSON: {error}"))?;
    if MOST < entries.len() {
        return Err(format!("there are more than {MOST} entries"));
    }
    let mut providers: Vec<IdentityProvider> = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let provider = provider(entry).map_err(|reason| format!("entry {}: {reason}", place + 1))?;
        if providers.iter().any(|other| other.id == provider.id) {
            let (place, id) = (place + 1, provider.id);
            return Err(format!("entry {place}: id: another entry is called \"{id}\" too"));
        }
        providers.push(provider);
    }
    Ok(providers)
}

fn provider(entry: &Map<String, Value>) -> Result<IdentityProvider, String> {
    if let Some(unknown) = entry.keys().find(|key| !FIELDS.contains(&key.as_str())) {
        return Err(format!(
            "{unknown}: there is no such field; known are {}",
            FIELDS.join(", ")
        ));
    }
    let id = words(entry, "id", 32)?;
    let is_plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    if !id.bytes().all(is_plain) {
        return Err("id: must be small letters, digits and hyphens".to_owned());
    }
    let issuer = words(entry, "issuer", 2000)?;
    check_issuer(&issuer).map_err(|reason| format!("issuer: {reason}"))?;
    let is_secret = entry.get("clientSecret").is_some_and(|value| !value.is_null());
    Ok(IdentityProvider {
        id,
        name: words(entry, "name", 50)?,
        issuer,
        client_id: words(entry, "clientId", 500)?,
        client_secret: is_secret.then(|| words(entry, "clientSecret", 2000)).transpose()?,
    })
}

fn words(entry: &Map<String, Value>, field: &str, most: usize) -> Result<String, String> {
    let value = entry.get(field).ok_or_else(|| format!("{field}: is missing"))?;
    let text = value.as_str().ok_or_else(|| format!("{field}: must be a text"))?;
    let is_clean = text.trim() == text && !text.chars().any(char::is_control);
    match (1..=most).contains(&text.chars().count()) && is_clean {
        true => Ok(text.to_owned()),
        false => Err(format!(
            "{field}: must be 1 to {most} characters in one line, without blanks around it"
        )),
    }
}

/// Without TLS anybody on the way could say who somebody is; on this machine, nobody is on the way.
fn check_issuer(text: &str) -> Result<(), String> {
    let url = Url::parse(text).map_err(|error| format!("is not an address: {error}"))?;
    let is_plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    match url.scheme() {
        "https" | "http" if !is_plain => Err("must be an address without ?, # and @".to_owned()),
        "https" => Ok(()),
        "http" if is_loopback(&url) => Ok(()),
        _ => Err("must begin with https://; http:// is for providers on this machine only".to_owned()),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn google() -> Value {
        json!({ "id": "google", "name": "Google", "issuer": "https://accounts.google.com", "clientId": "a", "clientSecret": "b" })
    }

    fn with(field: &str, value: Value) -> Value {
        let mut entry = google();
        entry[field] = value;
        entry
    }

    fn refusal(entries: Value) -> String {
        parse(&entries.to_string()).map(|found| found.len()).unwrap_err()
    }

    #[test]
    fn providers_with_and_without_a_secret_are_read() {
        let local =
            json!({ "id": "kc-1", "name": "Staff", "issuer": "http://127.0.0.1:8080/realms/a", "clientId": "sweetie" });
        let found = parse(&json!([google(), local]).to_string()).unwrap_or_default();
        let secrets: Vec<_> = found.iter().map(|one| one.client_secret.as_deref()).collect();
        assert_eq!(secrets, [Some("b"), None]);
        assert_eq!(parse("[]").map(|found| found.len()), Ok(0));
    }

    #[test]
    fn a_refusal_names_entry_and_field() {
        for (field, value, expected) in [
            ("id", json!("Google"), "entry 1: id: must be"),
            ("name", json!(" Google"), "entry 1: name: must be"),
            ("clientId", json!(""), "entry 1: clientId: must be"),
            ("clientSecret", json!("a\nb"), "entry 1: clientSecret: must be"),
            ("issuer", json!("accounts.google.com"), "entry 1: issuer: is not"),
            (
                "issuer",
                json!("http://accounts.google.com"),
                "entry 1: issuer: must begin with https://",
            ),
            (
                "issuer",
                json!("http://127.0.0.1.example.org"),
                "entry 1: issuer: must begin with https://",
            ),
            (
                "issuer",
                json!("https://example.org?a=b"),
                "entry 1: issuer: must be an address without",
            ),
            ("secret", json!("b"), "entry 1: secret: there is no such field"),
            ("name", json!(1), "entry 1: name: must be a text"),
        ] {
            let reason = refusal(json!([with(field, value)]));
            assert!(reason.starts_with(expected), "{reason}");
        }
        assert!(refusal(json!([google(), {}])).starts_with("entry 2: id: is missing"));
        assert!(refusal(json!({ "google": google() })).starts_with("this is not a list"));
        assert!(
            providers(Some("/nowhere/providers.json".to_owned()))
                .is_err_and(|reason| reason.starts_with("/nowhere/providers.json cannot be read"))
        );
    }

    #[test]
    fn two_entries_do_not_have_one_id() {
        let reason = refusal(json!([google(), google()]));
        assert_eq!(reason, "entry 2: id: another entry is called \"google\" too");
    }
}
