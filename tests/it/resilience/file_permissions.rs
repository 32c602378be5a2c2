//! What the server keeps is for its own account alone.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::node::Installation;
use crate::support::{FreshDatabase, LIMIT, Scratch, until};

/// Everything in that folder, and the folder.
fn all_in(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![folder.to_owned()];
    for inside in fs::read_dir(folder).unwrap() {
        let path = inside.unwrap().path();
        match path.is_dir() {
            true => all.extend(all_in(&path)),
            false => all.push(path),
        }
    }
    all
}

fn is_open(path: &Path) -> bool {
    // The server may be done with a file in the meantime.
    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

#[tokio::test]
async fn what_the_server_keeps_is_closed_to_other_accounts_also_what_was_open_before() {
    let scratch = Scratch::new();
    let data = scratch.path().join("data");
    fs::create_dir(&data).unwrap();
    let database = FreshDatabase::file(&data);
    let installation = Installation::new(scratch.path(), &database.url);
    let node = installation.start().await;
    node.member("ann").await;
    let outbox = data.join("outbox/mail");
    until(LIMIT, "a mail is in the outbox", async || {
        fs::read_dir(&outbox).is_ok_and(|mut mails| mails.next().is_some())
    })
    .await;

    let open: Vec<_> = all_in(&data).into_iter().filter(|path| is_open(path)).collect();
    assert_eq!(open, Vec::<PathBuf>::new());
    assert!(node.terminate().await);
    for path in all_in(&data) {
        let mode = if path.is_dir() { 0o777 } else { 0o666 };
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    let _node = installation.start().await;

    let open: Vec<_> = all_in(&data).into_iter().filter(|path| is_open(path)).collect();
    assert_eq!(open, Vec::<PathBuf>::new());
}
