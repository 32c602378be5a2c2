//! Files on a server of SFTP.

use serde_json::{Value, json};

use super::{
    super::{Stage, host::Host},
    connected, faults, refused,
    stubs::SftpServer,
};
use crate::{
    shelters::{dogs, shelter},
    support::TestApp,
};

const OTHER_KEY: &str = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8";

async fn server() -> SftpServer {
    SftpServer::start(dogs(1, 3).into_bytes()).await
}

fn settings(server: &SftpServer, secret: &str) -> Value {
    json!({
        "kind": "CSV_SFTP", "address": server.url("/out/pets.csv"), "account": "ann", "secret": secret,
        "hostKey": server.host_key,
    })
}

#[tokio::test]
async fn a_file_is_read_with_a_password_or_a_private_key() {
    for with in ["password", "key"] {
        let (stage, server) = (Stage::set().await, server().await);
        let secret = match with {
            "password" => "sftp word".to_owned(),
            _ => server.key_of_user.clone(),
        };
        let id = connected(&stage, settings(&server, &secret)).await;
        let seen = stage.seen(&id).await;
        assert_eq!(
            (&seen["lastError"], &seen["lastImport"]["created"]),
            (&Value::Null, &json!(3)),
            "{seen}"
        );
        assert_eq!(server.tried(), [with]);
    }
}

#[tokio::test]
async fn a_server_with_another_key_never_sees_the_password() {
    let (stage, server) = (Stage::set().await, server().await);
    let mut wrong = settings(&server, "sftp word");
    wrong["hostKey"] = json!(OTHER_KEY);

    let error = refused(&stage, wrong).await;

    assert!(error.contains("is not the one that is entered here"), "{error}");
    assert_eq!(server.tried(), [""; 0]);
}

#[tokio::test]
async fn what_keeps_a_file_from_being_read_is_told() {
    for (secret, path, words) in [
        ("wrong word", "/out/pets.csv", "does not accept the user"),
        ("sftp word", "/out/cats.csv", "no file at this path"),
        ("sftp word", "/out/secret.csv", "may not read"),
    ] {
        let (stage, server) = (Stage::set().await, server().await);
        let mut given = settings(&server, secret);
        given["address"] = json!(server.url(path));
        let error = refused(&stage, given).await;
        assert!(error.contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_read_to_its_end() {
    let (stage, server) = (Stage::set().await, SftpServer::start(vec![b'a'; 64_000_001]).await);

    let error = refused(&stage, settings(&server, "sftp word")).await;

    assert!(error.contains("larger than 64 MB"), "{error}");
}

#[tokio::test]
async fn without_the_key_of_the_server_there_is_no_connector() {
    let (stage, server) = (Stage::set().await, server().await);
    for host_key in [Value::Null, json!("SHA256:abc"), json!("MD5:16:27:ac:a5:76:28:2d:36")] {
        let mut given = settings(&server, "sftp word");
        given["hostKey"] = host_key;
        let faults = faults(&stage, given).await;
        assert_eq!(faults.len(), 1, "{faults:?}");
    }
}

#[tokio::test]
async fn servers_in_private_networks_are_not_reached_in_any_spelling() {
    let server = server().await;
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelter(&app, &ann).await;
    let closed = Stage {
        app,
        ann,
        shelter,
        host: Host::start().await,
    };
    let port = server.address.port();

    for host in ["127.0.0.1", "127.1", "0x7f000001", "localhost"] {
        let mut given = settings(&server, "sftp word");
        given["address"] = json!(format!("sftp://{host}:{port}/out/pets.csv"));
        let error = refused(&closed, given).await;
        assert!(error.contains("private network"), "{host}: {error}");
    }
    assert_eq!(server.tried(), [""; 0]);
}
