//! Reading and checking settings.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use figment::{
    Figment,
    providers::{Format, Toml},
    value::Value,
};
use ipnet::IpNet;
use phonenumber::country;

use super::{
    BreedModel, Config, Nominatim, Redis, SETTINGS, Twilio,
    identity_providers::{PROVIDERS, providers},
    networks::network,
    values::{ConfigError, Result, Values, fault, has_scheme, key_of},
};

/// A setting of the past, and what takes its place.
const FORMER: (&str, &str) = (
    "trust_proxy",
    "is no setting any more: where it was true, write SWEETIE_TRUSTED_PROXIES=1 (trusted_proxies in a file), or the networks of \
     the proxies; where it was false, leave it out",
);

/// Reads the file named by `SWEETIE_CONFIG`, then the environment, and checks every value.
pub fn load() -> Result<Config> {
    let mut environment = environment();
    let file = environment.remove("config");
    let mut values = file.as_deref().map(from_file).transpose()?.unwrap_or_default();
    values.retain(|key, _| !environment.contains_key(key));
    let of_the_file: Vec<String> = values.keys().cloned().collect();
    // Kept as strings: a secret made of digits must not become a number and lose its zeros.
    values.extend(environment.into_iter().map(|(key, text)| (key, Value::from(text))));
    from_values(&values).map_err(|error| match file {
        Some(file) if of_the_file.contains(&key_of(&error.name)) => in_file(&file, &key_of(&error.name), error.reason),
        _ => error,
    })
}

fn from_file(file: &str) -> Result<BTreeMap<String, Value>> {
    if !std::path::Path::new(file).is_file() {
        return Err(fault("SWEETIE_CONFIG", format!("there is no file {file}")));
    }
    let parsed = Figment::from(Toml::file(file)).extract();
    let values: BTreeMap<String, Value> = parsed.map_err(|error| fault("SWEETIE_CONFIG", error.to_string()))?;
    match values.keys().find(|key| !is_known(key)) {
        Some(former) if former == FORMER.0 => Err(in_file(file, former, FORMER.1)),
        Some(unknown) => Err(in_file(
            file,
            unknown,
            "there is no such setting: keys are the names that sweetie --help lists, in lower case and without SWEETIE_",
        )),
        None => Ok(values),
    }
}

/// An error in a value from the file, under the key used there.
fn in_file(file: &str, key: &str, reason: impl Into<String>) -> ConfigError {
    fault(&format!("{key} in {file}"), reason)
}

fn is_known(key: &str) -> bool {
    SETTINGS.iter().any(|setting| key_of(setting.name) == key)
}

/// The variables with our prefix, with the prefix removed and in lower case.
#[allow(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
fn environment() -> BTreeMap<String, String> {
    let ours = |(name, value): (String, String)| Some((name.strip_prefix("SWEETIE_")?.to_lowercase(), value));
    std::env::vars().filter_map(ours).collect()
}

fn from_values(values: &BTreeMap<String, Value>) -> Result<Config> {
    // Variables of the test suite share the prefix and do not concern the server.
    if values.contains_key(FORMER.0) {
        return Err(fault(&format!("SWEETIE_{}", FORMER.0.to_uppercase()), FORMER.1));
    }
    if let Some(unknown) = values.keys().find(|key| !is_known(key) && !key.starts_with("test_")) {
        return Err(fault(
            &format!("SWEETIE_{}", unknown.to_uppercase()),
            "there is no such setting: see sweetie --help",
        ));
    }
    let values = Values(values);
    let listen = values.parse("SWEETIE_LISTEN", "an address and a port such as 127.0.0.1:8080")?;
    let data_dir = PathBuf::from(values.text("SWEETIE_DATA_DIR"));
    Ok(Config {
        listen,
        metrics_listen: values
            .optional("SWEETIE_METRICS_LISTEN")
            .map(|_| values.parse("SWEETIE_METRICS_LISTEN", "an address and a port such as 127.0.0.1:9464"))
            .transpose()?,
        app_url: app_url(&values, listen)?,
        public_url: public_url(&values, listen)?,
        database_url: database_url(&values, &data_dir)?,
        sqlite_sync_full: values.choice("SWEETIE_SQLITE_SYNC", ["normal", "full"])?,
        database_connections: values.number("SWEETIE_DATABASE_CONNECTIONS", 2, 500)?,
        redis: redis(&values)?,
        data_dir,
        secret: secret(&values, "SWEETIE_SECRET")?,
        old_secret: secret(&values, "SWEETIE_OLD_SECRET")?,
        log: values.text("SWEETIE_LOG"),
        log_json: values.choice("SWEETIE_LOG_FORMAT", ["text", "json"])?,
        allowed_origins: origins(&values)?,
        trusted_proxies: values.parse(
            "SWEETIE_TRUSTED_PROXIES",
            "the number of proxies that every request comes through, 1 to 16, or their networks such as 10.0.0.0/8, separated by commas",
        )?,
        trusted_documents: values.optional("SWEETIE_TRUSTED_DOCUMENTS").map(PathBuf::from),
        network_places: values.optional("SWEETIE_NETWORK_PLACES").map(PathBuf::from),
        outbound_networks: outbound_networks(&values)?,
        only_trusted_documents: only_trusted_documents(&values)?,
        rate_limit: values.number("SWEETIE_RATE_LIMIT", 1, 10_000_000)?,
        sockets_per_address: values.number("SWEETIE_SOCKETS_PER_ADDRESS", 1, 1_000_000)?,
        presence_lease: Duration::from_secs(values.number("SWEETIE_PRESENCE_LEASE", 3, 3_600)?.into()),
        new_account_for: Duration::from_secs(3600 * u64::from(values.number("SWEETIE_NEW_ACCOUNT_HOURS", 0, 8_760)?)),
        shutdown_notice: Duration::from_secs(values.number("SWEETIE_SHUTDOWN_NOTICE", 0, 300)?.into()),
        shutdown_grace: Duration::from_secs(values.number("SWEETIE_SHUTDOWN_GRACE", 0, 3_600)?.into()),
        smtp_url: values.address("SWEETIE_SMTP_URL", &["smtp://", "smtps://"])?,
        mail_from: values.text("SWEETIE_MAIL_FROM"),
        twilio: twilio(&values)?,
        sms_countries: sms_countries(&values)?,
        embedding_model: values.optional("SWEETIE_EMBEDDING_MODEL").map(PathBuf::from),
        breed_model: breed_model(&values)?,
        nominatim: nominatim(&values)?,
        identity_providers: providers(values.optional(PROVIDERS)).map_err(|reason| fault(PROVIDERS, reason))?,
    })
}

fn public_url(values: &Values<'_>, listen: std::net::SocketAddr) -> Result<String> {
    let given = values.address("SWEETIE_PUBLIC_URL", &["http://", "https://"])?;
    let url = given.unwrap_or_else(|| format!("http://{listen}"));
    match url::Url::parse(&url) {
        Ok(parsed) if parsed.path() == "/" && parsed.query().is_none() => Ok(url.trim_end_matches('/').to_owned()),
        _ => Err(fault(
            "SWEETIE_PUBLIC_URL",
            "must be a scheme, a host and perhaps a port, without a path",
        )),
    }
}

/// The server's own pages serve, unless another app is named. It may lie under a path.
fn app_url(values: &Values<'_>, listen: std::net::SocketAddr) -> Result<String> {
    match values.address("SWEETIE_APP_URL", &["http://", "https://"])? {
        None => public_url(values, listen),
        Some(url) if url.contains(['?', '#']) => Err(fault("SWEETIE_APP_URL", "must be an address without ? and #")),
        Some(url) => Ok(url.trim_end_matches('/').to_owned()),
    }
}

fn database_url(values: &Values<'_>, data_dir: &std::path::Path) -> Result<String> {
    let given = values.address("SWEETIE_DATABASE_URL", &["sqlite://", "postgres://", "postgresql://"])?;
    if given.as_deref().is_some_and(|url| url.contains(":memory:")) {
        return Err(fault(
            "SWEETIE_DATABASE_URL",
            "a database in memory forgets everything: name a file",
        ));
    }
    Ok(given.unwrap_or_else(|| format!("sqlite://{}", data_dir.join("sweetie.db").display())))
}

fn redis(values: &Values<'_>) -> Result<Option<Redis>> {
    const SCHEMES: [&str; 2] = ["redis://", "rediss://"];
    const CLUSTER: &str = "SWEETIE_REDIS_CLUSTER";
    let server = values.address("SWEETIE_REDIS_URL", &SCHEMES)?;
    let nodes = values.list(CLUSTER);
    match server {
        Some(_) if !nodes.is_empty() => Err(fault(
            CLUSTER,
            "is for a Redis Cluster, SWEETIE_REDIS_URL for a single server: set one of them",
        )),
        Some(url) => Ok(Some(Redis::Server(url))),
        None if nodes.is_empty() => Ok(None),
        None if nodes.iter().all(|url| has_scheme(url, &SCHEMES)) => Ok(Some(Redis::Cluster(nodes))),
        None => Err(fault(
            CLUSTER,
            "every address must begin with redis:// or rediss://; commas separate them",
        )),
    }
}

fn secret(values: &Values<'_>, name: &str) -> Result<Option<String>> {
    let text = values.optional(name);
    if text.as_ref().is_some_and(|text| text.len() < 32) {
        return Err(fault(
            name,
            "must have at least 32 characters; `openssl rand -hex 32` makes one",
        ));
    }
    Ok(text)
}

fn origins(values: &Values<'_>) -> Result<Vec<String>> {
    let list = values.list("SWEETIE_ALLOWED_ORIGINS").into_iter();
    list.map(|origin| match url::Url::parse(&origin) {
        Ok(url) if url.origin().ascii_serialization() == origin => Ok(origin),
        _ => Err(fault(
            "SWEETIE_ALLOWED_ORIGINS",
            format!("{origin} is not an origin such as https://app.example.org"),
        )),
    })
    .collect()
}

fn outbound_networks(values: &Values<'_>) -> Result<Vec<IpNet>> {
    const NAME: &str = "SWEETIE_OUTBOUND_NETWORKS";
    let list = values.list(NAME).into_iter();
    list.map(|item| network(&item).ok_or_else(|| fault(NAME, format!("{item} is not a network such as 10.0.0.0/8"))))
        .collect()
}

fn only_trusted_documents(values: &Values<'_>) -> Result<bool> {
    let only: bool = values.parse("SWEETIE_ONLY_TRUSTED_DOCUMENTS", "true or false")?;
    match values.optional("SWEETIE_TRUSTED_DOCUMENTS") {
        None if only => Err(fault(
            "SWEETIE_TRUSTED_DOCUMENTS",
            "is needed when SWEETIE_ONLY_TRUSTED_DOCUMENTS is true: it names the file of those documents",
        )),
        _ => Ok(only),
    }
}

fn twilio(values: &Values<'_>) -> Result<Option<Twilio>> {
    let Some(account_sid) = values.optional("SWEETIE_TWILIO_ACCOUNT_SID") else {
        return Ok(None);
    };
    let needed = |name: &str| {
        values
            .optional(name)
            .ok_or_else(|| fault(name, "is needed when SWEETIE_TWILIO_ACCOUNT_SID is set"))
    };
    Ok(Some(Twilio {
        base_url: values
            .address("SWEETIE_TWILIO_BASE_URL", &["https://", "http://"])?
            .unwrap_or_default()
            .trim_end_matches('/')
            .to_owned(),
        account_sid,
        auth_token: needed("SWEETIE_TWILIO_AUTH_TOKEN")?,
        from: needed("SWEETIE_TWILIO_FROM")?,
    }))
}

fn sms_countries(values: &Values<'_>) -> Result<Vec<country::Id>> {
    const NAME: &str = "SWEETIE_SMS_COUNTRIES";
    let list = values.list(NAME).into_iter();
    let countries: Vec<country::Id> = list
        .map(|code| {
            let known = code.to_ascii_uppercase().parse();
            known.map_err(|_| {
                fault(
                    NAME,
                    format!("{code} is not the ISO 3166 code of a country, such as US"),
                )
            })
        })
        .collect::<Result<_>>()?;
    match countries.is_empty() {
        true => Err(fault(NAME, "must name a country such as US")),
        false => Ok(countries),
    }
}

fn breed_model(values: &Values<'_>) -> Result<Option<BreedModel>> {
    let path = |name: &str| values.optional(name).map(PathBuf::from);
    let needed = |name, other| Err(fault(name, format!("is needed when {other} is set")));
    match (path("SWEETIE_BREED_MODEL"), path("SWEETIE_BREED_LABELS")) {
        (None, None) => Ok(None),
        (Some(model), Some(labels)) => Ok(Some(BreedModel { model, labels })),
        (Some(_), None) => needed("SWEETIE_BREED_LABELS", "SWEETIE_BREED_MODEL"),
        (None, Some(_)) => needed("SWEETIE_BREED_MODEL", "SWEETIE_BREED_LABELS"),
    }
}

/// The operators of the public server want a contact, so that they can write before they block somebody.
fn nominatim(values: &Values<'_>) -> Result<Option<Nominatim>> {
    const CONTACT: &str = "SWEETIE_NOMINATIM_CONTACT";
    let Some(url) = values.address("SWEETIE_NOMINATIM_URL", &["https://", "http://"])? else {
        return Ok(None);
    };
    let parsed = url::Url::parse(&url).ok().filter(|url| url.query().is_none());
    let parsed =
        parsed.ok_or_else(|| fault("SWEETIE_NOMINATIM_URL", "is not an address such as https://example.org"))?;
    let contact = values.optional(CONTACT).map(contact).transpose()?;
    let is_public = parsed
        .host_str()
        .is_some_and(|host| host.ends_with("openstreetmap.org"));
    if is_public && contact.is_none() {
        return Err(fault(
            CONTACT,
            "is needed for the public server: an e-mail or web address",
        ));
    }
    Ok(Some(Nominatim { url, contact }))
}

/// It becomes part of a header.
fn contact(text: String) -> Result<String> {
    let is_address = text.contains('@') || text.starts_with("https://") || text.starts_with("http://");
    let is_plain = text
        .chars()
        .all(|character| character.is_ascii_graphic() && !"()".contains(character));
    if is_address && is_plain && text.len() <= 200 {
        Ok(text)
    } else {
        Err(fault(
            "SWEETIE_NOMINATIM_CONTACT",
            "must be an e-mail or web address, at most 200 characters",
        ))
    }
}
