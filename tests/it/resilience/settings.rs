//! Settings that are wrong are refused at the start, by name.

use sea_orm::{ConnectionTrait, Database};

use super::node::{Installation, sweetie};
use crate::support::{FreshDatabase, Scratch};

/// The exit and the last words of a start with these settings.
fn start_with(settings: &[(&str, &str)]) -> (bool, String) {
    let scratch = Scratch::new();
    let mut command = sweetie();
    command
        .arg("serve")
        .env("SWEETIE_DATA_DIR", scratch.path())
        .env("SWEETIE_LISTEN", "127.0.0.1:0");
    let output = command.envs(settings.iter().copied()).output().unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_wrong_setting_is_refused_by_its_name() {
    let table = [
        ("SWEETIE_LISTEN", "here"),
        ("SWEETIE_LISTEN", "203.0.113.1:80"),
        ("SWEETIE_METRICS_LISTEN", "here"),
        ("SWEETIE_METRICS_LISTEN", "203.0.113.1:80"),
        ("SWEETIE_PUBLIC_URL", "example.org"),
        ("SWEETIE_PUBLIC_URL", "https://example.org/path"),
        ("SWEETIE_DATABASE_URL", "mysql://localhost/sweetie"),
        ("SWEETIE_DATABASE_URL", "sqlite::memory:"),
        ("SWEETIE_DATABASE_URL", "sqlite://:memory:"),
        ("SWEETIE_DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing"),
        ("SWEETIE_DATABASE_CONNECTIONS", "0"),
        ("SWEETIE_SQLITE_SYNC", "sometimes"),
        ("SWEETIE_REDIS_URL", "localhost"),
        ("SWEETIE_REDIS_CLUSTER", "localhost"),
        ("SWEETIE_REDIS_CLUSTER", "redis://127.0.0.1:1,127.0.0.1:2"),
        ("SWEETIE_REDIS_CLUSTER", "redis://127.0.0.1:1/2"),
        ("SWEETIE_REDIS_CLUSTER", "redis://127.0.0.1:1 redis://127.0.0.1:2"),
        ("SWEETIE_DATA_DIR", "/dev/null/data"),
        ("SWEETIE_SECRET", "short"),
        ("SWEETIE_LOG", "=="),
        ("SWEETIE_LOG_FORMAT", "xml"),
        ("SWEETIE_ALLOWED_ORIGINS", "https://app.example.org/path"),
        ("SWEETIE_TRUST_PROXY", "true"),
        ("SWEETIE_TRUSTED_PROXIES", "true"),
        ("SWEETIE_TRUSTED_PROXIES", "0.0.0.0/0"),
        ("SWEETIE_TRUSTED_DOCUMENTS", "/nowhere/list.json"),
        ("SWEETIE_ONLY_TRUSTED_DOCUMENTS", "true"),
        ("SWEETIE_ONLY_TRUSTED_DOCUMENTS", "perhaps"),
        ("SWEETIE_OUTBOUND_NETWORKS", "10.0.0.0/33"),
        ("SWEETIE_OUTBOUND_NETWORKS", "10.0.0.0/8, ::/0"),
        ("SWEETIE_RATE_LIMIT", "-1"),
        ("SWEETIE_SOCKETS_PER_ADDRESS", "many"),
        ("SWEETIE_SMTP_URL", "mail.example.org"),
        ("SWEETIE_MAIL_FROM", "nobody at all"),
        ("SWEETIE_TWILIO_AUTH_TOKEN", ""),
        ("SWEETIE_SMS_COUNTRIES", "USA"),
        ("SWEETIE_SMS_COUNTRIES", "US,XX"),
        ("SWEETIE_SMS_COUNTRIES", ","),
        ("SWEETIE_EMBEDDING_MODEL", "/nowhere/model.onnx"),
        ("SWEETIE_EMBEDDING_MODEL", "/dev/null"),
        ("SWEETIE_BREED_MODEL", "/nowhere/model.onnx"),
        ("SWEETIE_BREED_LABELS", "/nowhere/labels.txt"),
        ("SWEETIE_NOMINATIM_URL", "nominatim.example.org"),
        ("SWEETIE_NOMINATIM_URL", "https://"),
        ("SWEETIE_NOMINATIM_CONTACT", ""),
        ("SWEETIE_NOMINATIM_CONTACT", "ann at example.org"),
        ("SWEETIE_CONFIG", "/nowhere/sweetie.toml"),
        ("SWEETIE_TYPO", "1"),
    ];
    for (name, value) in table {
        let account = ("SWEETIE_TWILIO_ACCOUNT_SID", "AC0");
        let public = ("SWEETIE_NOMINATIM_URL", "https://nominatim.openstreetmap.org");
        let settings: &[_] = match name {
            "SWEETIE_TWILIO_AUTH_TOKEN" => &[(name, value), account],
            "SWEETIE_NOMINATIM_CONTACT" => &[(name, value), public],
            _ => &[(name, value)],
        };
        let (started, said) = start_with(settings);
        assert!(!started && said.contains(name), "{name}={value}: {said}");
        assert!(!said.contains("panicked"), "{name}={value}: {said}");
    }
}

#[test]
fn the_former_word_for_proxies_is_refused_with_the_new_one() {
    let (started, said) = start_with(&[("SWEETIE_TRUST_PROXY", "true")]);
    assert!(!started && said.contains("SWEETIE_TRUSTED_PROXIES=1"), "{said}");
}

#[test]
fn a_list_with_a_document_that_does_not_fit_the_api_stops_the_start() {
    let scratch = Scratch::new();
    let path = scratch.path().join("list.json");
    let apollo = r#"{ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [
        { "id": "q2", "name": "A", "type": "query", "body": "query A { nothing }" } ] }"#;
    for (list, word) in [
        (r#"{ "q1": "{ pets { colour } }" }"#, "\"q1\""),
        (apollo, "\"q2\""),
        ("[]", "manifest"),
    ] {
        std::fs::write(&path, list).unwrap();
        let (started, said) = start_with(&[("SWEETIE_TRUSTED_DOCUMENTS", path.to_str().unwrap())]);
        assert!(
            !started && said.contains("SWEETIE_TRUSTED_DOCUMENTS") && said.contains(word),
            "{said}"
        );
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn one_redis_and_a_cluster_are_not_both() {
    let (started, said) = start_with(&[
        ("SWEETIE_REDIS_URL", "redis://127.0.0.1:1"),
        ("SWEETIE_REDIS_CLUSTER", "redis://127.0.0.1:2"),
    ]);
    assert!(
        !started && said.contains("SWEETIE_REDIS_CLUSTER") && said.contains("SWEETIE_REDIS_URL"),
        "{said}"
    );
}

#[tokio::test]
async fn a_pooler_that_forgets_prepared_statements_is_named_with_its_cure() {
    let scratch = Scratch::new();
    let Some(database) = FreshDatabase::for_several_nodes(scratch.path()).await else {
        return;
    };
    // What PostgreSQL answers behind such a pooler, as soon as the list of migrations is read.
    let db = Database::connect(&database.url).await.unwrap();
    db.execute_unprepared(
        "DROP TABLE seaql_migrations;
         CREATE FUNCTION forgotten() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
             RAISE EXCEPTION 'prepared statement \"sqlx_s_1\" already exists' USING ERRCODE = '42P05';
         END $$;
         CREATE VIEW seaql_migrations AS SELECT forgotten() AS version, 0::bigint AS applied_at;",
    )
    .await
    .unwrap();

    let (started, said) = Installation::new(scratch.path(), &database.url).run(&["migrate"]);

    assert!(!started && said.contains("SWEETIE_DATABASE_URL"), "{said}");
    assert!(
        said.contains("max_prepared_statements") && !said.contains("sqlx"),
        "{said}"
    );
}

#[test]
fn the_value_of_a_secret_is_never_said() {
    let (_, said) = start_with(&[("SWEETIE_SECRET", "hunter2")]);
    assert!(!said.contains("hunter2"), "{said}");
    let (_, said) = start_with(&[("SWEETIE_DATABASE_URL", "postgres://sweetie:hunter2@127.0.0.1:1/sweetie")]);
    assert!(!said.contains("hunter2"), "{said}");
    for cluster in [
        "redis://:hunter2@one,redis://:other@two",
        "redis://:hunter2@one:port",
        "hunter2@one",
    ] {
        let (started, said) = start_with(&[("SWEETIE_REDIS_CLUSTER", cluster)]);
        assert!(!started && !said.contains("hunter2"), "{said}");
    }
}
