//! The table of settings, shared by `--help`, `.env.example` and the parser.

/// One setting.
pub struct Setting {
    /// Environment variable; in the TOML file, the same name in lower case without `SWEETIE_`.
    pub name: &'static str,
    /// Value used if it is not set; empty for none.
    pub default: &'static str,
    /// Description for `--help` and `.env.example`.
    pub help: &'static str,
}

const fn setting(name: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, default, help }
}

/// Every setting, in the order in which they are listed.
pub const SETTINGS: [Setting; 39] = [
    setting("SWEETIE_LISTEN", "127.0.0.1:8080", "Address and port to listen on."),
    setting(
        "SWEETIE_METRICS_LISTEN",
        "",
        "Address and port of /metrics; default: 127.0.0.1:9464, or nowhere when that is taken.",
    ),
    setting(
        "SWEETIE_PUBLIC_URL",
        "",
        "Where clients reach the server, such as https://sweetie.example.org; default: http:// and the listen address.",
    ),
    setting(
        "SWEETIE_APP_URL",
        "",
        "Where people reach the app; the buttons of mails lead to its pages; default: the public address.",
    ),
    setting(
        "SWEETIE_DATABASE_URL",
        "",
        "sqlite://PATH or postgres://USER:PASSWORD@HOST:PORT/NAME; default: sqlite in the data folder.",
    ),
    setting(
        "SWEETIE_SQLITE_SYNC",
        "normal",
        "normal, or full: every commit waits for the disk, so that a power cut loses nothing (a killed process never does).",
    ),
    setting(
        "SWEETIE_DATABASE_CONNECTIONS",
        "16",
        "Most connections of this node to PostgreSQL, 2 to 500.",
    ),
    setting(
        "SWEETIE_REDIS_URL",
        "",
        "redis://HOST:PORT when several nodes run; without it this is the only node.",
    ),
    setting(
        "SWEETIE_REDIS_CLUSTER",
        "",
        "Instead of SWEETIE_REDIS_URL: addresses of nodes of a Redis Cluster, separated by commas; some are enough, or one that knows the others.",
    ),
    setting(
        "SWEETIE_DATA_DIR",
        "./data",
        "Folder for the database, uploaded files, outboxes and the generated secret.",
    ),
    setting(
        "SWEETIE_SECRET",
        "",
        "At least 32 characters, the same on every node; default: generated once and kept in the data folder.",
    ),
    setting(
        "SWEETIE_OLD_SECRET",
        "",
        "After a change of SWEETIE_SECRET: the secret before it, for two days, so that what it has signed stays valid.",
    ),
    setting(
        "SWEETIE_LOG",
        "info",
        "Log filter: error, warn, info, debug, trace, or per module as in info,finding_sweetie=debug.",
    ),
    setting("SWEETIE_LOG_FORMAT", "text", "text or json."),
    setting(
        "SWEETIE_ALLOWED_ORIGINS",
        "",
        "Web origins besides the public address that may call the API, separated by commas.",
    ),
    setting(
        "SWEETIE_TRUSTED_PROXIES",
        "",
        "Proxies whose X-Forwarded-For is believed: the number that every request comes through, such as 1, or their networks, such as \
         10.0.0.0/8, 2001:db8::/32; default: the header is ignored.",
    ),
    setting(
        "SWEETIE_TRUSTED_DOCUMENTS",
        "",
        "JSON file of documents that clients may name instead of sending them: a manifest of Apollo's, or an object of ids and documents as \
         Relay writes it.",
    ),
    setting(
        "SWEETIE_ONLY_TRUSTED_DOCUMENTS",
        "false",
        "true: no other documents are taken, which closes GraphiQL and introspection too.",
    ),
    setting(
        "SWEETIE_NETWORK_PLACES",
        "",
        "MaxMind DB file of cities, such as GeoLite2-City.mmdb, that says roughly where a log-in came from; default: that is not told.",
    ),
    setting(
        "SWEETIE_OUTBOUND_NETWORKS",
        "",
        "Networks that photos, webhooks and connectors may be at although they are not public, such as 10.20.0.0/16, separated by commas; default: none.",
    ),
    setting(
        "SWEETIE_RATE_LIMIT",
        "1200",
        "Requests a minute of one visitor's address and of one account, 1 to 10,000,000; all accounts behind one address may send 20 times as many.",
    ),
    setting(
        "SWEETIE_SOCKETS_PER_ADDRESS",
        "200",
        "WebSockets that the visitors of one address may hold open, 1 to 1,000,000; with its members 20 times as many.",
    ),
    setting(
        "SWEETIE_PRESENCE_LEASE",
        "60",
        "Seconds that a member counts as online after a node with their socket has vanished, 3 to 3,600.",
    ),
    setting(
        "SWEETIE_NEW_ACCOUNT_HOURS",
        "24",
        "Hours for which a new account may open few conversations and write little in them, 0 to 8,760.",
    ),
    setting(
        "SWEETIE_SHUTDOWN_NOTICE",
        "0",
        "Seconds between SIGTERM, when /health/ready turns to 503, and the last new connection, 0 to 300.",
    ),
    setting(
        "SWEETIE_SHUTDOWN_GRACE",
        "20",
        "Seconds that requests and jobs under way may then take before they are given up or handed back, 0 to 3,600.",
    ),
    setting(
        "SWEETIE_SMTP_URL",
        "",
        "smtp://USER:PASSWORD@HOST:PORT or smtps://…; without it mails are written to DATA_DIR/outbox/mail.",
    ),
    setting(
        "SWEETIE_MAIL_FROM",
        "Finding Sweetie <no-reply@localhost>",
        "Sender of mails.",
    ),
    setting(
        "SWEETIE_TWILIO_ACCOUNT_SID",
        "",
        "Twilio account; without it SMS are written to DATA_DIR/outbox/sms.",
    ),
    setting("SWEETIE_TWILIO_AUTH_TOKEN", "", "Its token."),
    setting(
        "SWEETIE_TWILIO_FROM",
        "",
        "Sender's number in E.164, or a messaging service (MG…).",
    ),
    setting(
        "SWEETIE_TWILIO_BASE_URL",
        "https://api.twilio.com",
        "Base address of Twilio's REST API, or of one compatible with it.",
    ),
    setting(
        "SWEETIE_SMS_COUNTRIES",
        "US,PR,CA,MX",
        "Countries whose mobile phones text messages go to, as ISO 3166 codes, separated by commas. A phone number without a country code is of the first.",
    ),
    setting(
        "SWEETIE_EMBEDDING_MODEL",
        "",
        "ONNX file of an image model: finds other photos of an animal, not only copies of one photo; default: DATA_DIR/models/embedding.onnx, if `make models` has put it there.",
    ),
    setting(
        "SWEETIE_BREED_MODEL",
        "",
        "ONNX file of a breed classifier, for suggestBreed; default: DATA_DIR/models/breeds.onnx, if it is there.",
    ),
    setting(
        "SWEETIE_BREED_LABELS",
        "",
        "Text file with the classifier's labels, one a line, in the order of its outputs; default: DATA_DIR/models/breeds.txt.",
    ),
    setting(
        "SWEETIE_NOMINATIM_URL",
        "",
        "Base address of a Nominatim server for places that the table of US postal codes does not know; without it nobody is asked. \
         The public one is https://nominatim.openstreetmap.org: see its usage policy.",
    ),
    setting(
        "SWEETIE_NOMINATIM_CONTACT",
        "",
        "E-mail or web address at which Nominatim's operators can reach you; needed for the public server.",
    ),
    setting(
        "SWEETIE_IDENTITY_PROVIDERS",
        "",
        "JSON file with the providers of OpenID Connect with whose accounts people may sign in, such as Google or Keycloak; see \
         docs/OPERATIONS.md.",
    ),
];

/// The text at the end of `--help`.
pub fn help() -> String {
    let lines = SETTINGS.iter().map(|setting| {
        let default = if setting.default.is_empty() {
            String::new()
        } else {
            format!(" [default: {}]", setting.default)
        };
        format!("  {}{default}\n      {}\n", setting.name, setting.help)
    });
    format!(
        "Settings are environment variables; SWEETIE_CONFIG names a TOML file with the same words in lower case and \
         without SWEETIE_. The environment wins.\n\n{}",
        lines.collect::<String>()
    )
}

/// The text of `.env.example`.
pub fn env_example() -> String {
    let lines = SETTINGS
        .iter()
        .map(|setting| format!("# {}\n#{}={}\n\n", setting.help, setting.name, setting.default));
    format!(
        "# Settings of Finding Sweetie; remove the # in front of a name to change it.\n\n{}",
        lines.collect::<String>()
    )
    .trim_end()
    .to_owned()
        + "\n"
}
