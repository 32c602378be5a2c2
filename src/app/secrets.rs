//! The secret of an installation.

use std::path::Path;

use anyhow::Context;

use crate::{
    config::Config,
    kernel::secret::{Secret, hex},
    ports::ids::{Ids, RandomIds},
};

/// The configured secret and the previous one, if that is still configured.
pub fn secrets(config: &Config) -> anyhow::Result<Secret> {
    let secret = installation_secret(config)?;
    Ok(match &config.old_secret {
        Some(former) => secret.instead_of(Secret::new(former.clone().into_bytes())),
        None => secret,
    })
}

/// The configured secret, or one that is generated once and kept in the data folder.
fn installation_secret(config: &Config) -> anyhow::Result<Secret> {
    if let Some(secret) = &config.secret {
        return Ok(Secret::new(secret.clone().into_bytes()));
    }
    let path = config.data_dir.join("secret");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(_) => make_secret(&path).with_context(|| format!("SWEETIE_SECRET: cannot write {}", path.display()))?,
    };
    anyhow::ensure!(
        32 <= text.trim().len(),
        "SWEETIE_SECRET: {} is damaged: it must hold 32 characters",
        path.display()
    );
    Ok(Secret::new(text.trim().as_bytes().to_vec()))
}

/// Writes a new secret that only the owner can read; if two processes do so at once, the second uses the first's.
fn make_secret(path: &Path) -> std::io::Result<String> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let fresh = hex(&RandomIds::default().secret());
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(fresh.as_bytes())?;
    file.sync_all()?;
    // A hard link fails if the name is taken, whereas a rename would replace the file.
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Ok(()) => Ok(fresh),
        Err(_) => std::fs::read_to_string(path),
    }
}
