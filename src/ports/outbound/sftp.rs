//! Reads one file of a server of SFTP.
//!
//! Before anything is said of who asks, the server has to show the key that the caller knows: a password sent to a server
//! that stands in for another one is a password lost. Keys of RSA are not taken, as there is no implementation of them in
//! Rust that is known to be safe; every server has one of Ed25519 or ECDSA beside it, or can make one.

use std::{sync::Arc, time::Duration};

use russh::{
    client::{self, AuthResult, Handle},
    keys::{HashAlg, PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate, decode_secret_key},
};
use russh_sftp::{
    client::{Config, SftpSession, error::Error as FileError},
    protocol::StatusCode,
};
use tokio::{io::AsyncReadExt, time::timeout};

use super::{error::OutboundError, limits::Limits, requests::Outbound};
use crate::ports::BoxError;

/// The usual port of SSH.
const PORT: u16 = 22;
/// A server that says nothing for so long has gone.
const SILENCE: Duration = Duration::from_secs(30);
/// What ssh-keygen writes before a fingerprint.
const SHA256: &str = "SHA256:";
/// Length of a SHA-256 in Base64 without padding.
const FINGERPRINT: usize = 43;

/// A file, and how to get at it.
pub struct SftpFile {
    /// Name or address of the server.
    pub host: String,
    /// Its port; the usual one if there is none.
    pub port: Option<u16>,
    /// Path of the file, from the root of what the server shows.
    pub path: String,
    /// The user there.
    pub user: String,
    /// How the user logs in.
    pub secret: SftpSecret,
    /// Fingerprint of the server's key, as [`host_key`] gives it.
    pub host_key: String,
}

/// How a user logs in.
pub enum SftpSecret {
    /// With a password.
    Password(String),
    /// With a private key without a passphrase.
    Key(Box<PrivateKey>),
}

/// Why a file was not read. The words may be shown to whoever named it, and contain neither its address nor a secret.
#[derive(Debug, thiserror::Error)]
pub enum SftpError {
    /// There is no connection.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// The server is another one, or has another key.
    #[error(
        "the server shows the key {0}, which is not the one that is entered here: ask whoever runs it whether the key was \
         changed, and enter the new one only if they say so"
    )]
    HostKey(String),
    /// It speaks no SSH, or none that is safe today.
    #[error("no secure connection to the server can be made: it must speak SSH 2 and have a key of Ed25519 or ECDSA")]
    Insecure(#[source] BoxError),
    /// It does not let the user in.
    #[error("the server does not accept the user with this password or key: check both")]
    LogIn,
    /// It lets the user in, but not to files.
    #[error("the server offers no files over SFTP to this user: ask whoever runs it")]
    NoFiles(#[source] BoxError),
    /// There is no such file.
    #[error("there is no file at this path on the server: check the path in the address")]
    NoSuchFile,
    /// The user may not read it.
    #[error("the user may not read the file: give the user the right to")]
    Forbidden,
    /// The connection ended before the file did, or the server has a fault.
    #[error("the server broke off while the file was read: try again later")]
    BrokenOff(#[source] BoxError),
}

impl SftpError {
    /// Whether trying again is of no use until somebody changes the settings or the server.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Outbound(error) => error.is_final(),
            Self::HostKey(_) | Self::LogIn | Self::NoFiles(_) | Self::NoSuchFile | Self::Forbidden => true,
            Self::Insecure(_) | Self::BrokenOff(_) => false,
        }
    }
}

impl SftpSecret {
    /// A private key if the text looks like one, otherwise a password. `None` for a key that cannot be used: one of RSA, one
    /// with a passphrase, or one that is not whole.
    pub fn parse(secret: &str) -> Option<Self> {
        if !secret.contains("-----BEGIN ") {
            return Some(Self::Password(secret.to_owned()));
        }
        let key = decode_secret_key(secret, None).ok()?;
        let is_usable = !key.is_encrypted() && !key.algorithm().is_rsa();
        is_usable.then(|| Self::Key(Box::new(key)))
    }
}

/// The fingerprint of a key in what ssh-keygen writes about it, such as `256 SHA256:… host (ED25519)`.
pub fn host_key(text: &str) -> Option<String> {
    let word = text.split_whitespace().find(|word| word.starts_with(SHA256))?;
    let digits = word.strip_prefix(SHA256)?.trim_end_matches('=');
    let is_digit = |digit: char| digit.is_ascii_alphanumeric() || matches!(digit, '+' | '/');
    (digits.len() == FINGERPRINT && digits.chars().all(is_digit)).then(|| format!("{SHA256}{digits}"))
}

impl Outbound {
    /// Reads the file. The address is judged like those of requests.
    ///
    /// # Errors
    ///
    /// If the server may not be reached, is not the one that is known, does not let the user read the file, or a limit is
    /// reached.
    pub async fn read_sftp(&self, file: SftpFile, limits: Limits) -> Result<Vec<u8>, SftpError> {
        let port = file.port.unwrap_or(PORT);
        let connected = self.connect(&file.host, port, PORT).await?;
        // Kept until the file is read: others wait for the host.
        let _turn = connected.turn;
        let reading = async {
            let mut session = Box::pin(connect(connected.stream, &file.host_key)).await?;
            log_in(&mut session, &file).await?;
            let bytes = read(&session, &file.path, limits).await?;
            // The file is there; whether the server takes leave politely is of no interest.
            drop(session.disconnect(russh::Disconnect::ByApplication, "", "").await);
            Ok(bytes)
        };
        let done = timeout(limits.timeout, reading).await;
        done.map_err(|_| OutboundError::Timeout(limits.timeout))?
    }
}

/// The other side of the connection, until it has shown its key.
struct KnownKey(String);

/// Why there is no session.
#[derive(Debug)]
enum NoSession {
    Key(String),
    Protocol(russh::Error),
}

impl From<russh::Error> for NoSession {
    fn from(error: russh::Error) -> Self {
        Self::Protocol(error)
    }
}

impl client::Handler for KnownKey {
    type Error = NoSession;

    async fn check_server_key(&mut self, shown: &PublicKeyOrCertificate) -> Result<bool, NoSession> {
        let shown = shown.public_key().fingerprint(HashAlg::Sha256).to_string();
        match shown == self.0 {
            true => Ok(true),
            false => Err(NoSession::Key(shown)),
        }
    }
}

async fn connect(stream: tokio::net::TcpStream, host_key: &str) -> Result<Handle<KnownKey>, SftpError> {
    let config = client::Config {
        inactivity_timeout: Some(SILENCE),
        ..client::Config::default()
    };
    let session = client::connect_stream(Arc::new(config), stream, KnownKey(host_key.to_owned())).await;
    session.map_err(|error| match error {
        NoSession::Key(shown) => SftpError::HostKey(shown),
        NoSession::Protocol(error) => SftpError::Insecure(error.into()),
    })
}

async fn log_in(session: &mut Handle<KnownKey>, file: &SftpFile) -> Result<(), SftpError> {
    let user = file.user.as_str();
    let answer = match &file.secret {
        SftpSecret::Password(password) => session.authenticate_password(user, password.as_str()).await,
        SftpSecret::Key(key) => {
            let key = PrivateKeyWithHashAlg::new(Arc::new((**key).clone()), None);
            session.authenticate_publickey(user, key).await
        }
    };
    match answer {
        Ok(AuthResult::Success) => Ok(()),
        Ok(AuthResult::Failure { .. }) => Err(SftpError::LogIn),
        Err(error) => Err(SftpError::BrokenOff(error.into())),
    }
}

async fn read(session: &Handle<KnownKey>, path: &str, limits: Limits) -> Result<Vec<u8>, SftpError> {
    let refused = |error: russh::Error| SftpError::NoFiles(error.into());
    let channel = session.channel_open_session().await.map_err(refused)?;
    channel.request_subsystem(true, "sftp").await.map_err(refused)?;
    let config = Config {
        request_timeout_secs: SILENCE.as_secs(),
        ..Config::default()
    };
    let files = SftpSession::new_with_config(channel.into_stream(), config).await;
    let files = files.map_err(|error| SftpError::NoFiles(error.into()))?;
    let file = files.open(path).await.map_err(not_read)?;
    // One byte more than is granted, to tell a file that has just as many from one that has more.
    let most = u64::try_from(limits.most_bytes).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let mut granted = file.take(most.saturating_add(1));
    let read = granted.read_to_end(&mut bytes).await;
    read.map_err(|error| SftpError::BrokenOff(error.into()))?;
    match bytes.len() <= limits.most_bytes {
        true => Ok(bytes),
        false => Err(OutboundError::TooLarge(limits.most_bytes).into()),
    }
}

fn not_read(error: FileError) -> SftpError {
    match &error {
        FileError::Status(status) if status.status_code == StatusCode::NoSuchFile => SftpError::NoSuchFile,
        FileError::Status(status) if status.status_code == StatusCode::PermissionDenied => SftpError::Forbidden,
        _ => SftpError::BrokenOff(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_found_in_what_ssh_keygen_writes() {
        let print = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8";
        for text in [
            print.to_owned(),
            format!("  {print}=\n"),
            format!("256 {print} files.example.org (ED25519)"),
        ] {
            assert_eq!(host_key(&text).as_deref(), Some(print), "{text}");
        }
        for text in [
            "",
            "SHA256:",
            "SHA256:abc",
            "MD5:16:27:ac",
            &print[7..],
            &format!("{print}0"),
        ] {
            assert_eq!(host_key(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_key_is_a_password_and_a_broken_key_is_neither() {
        assert!(matches!(SftpSecret::parse("hunter2"), Some(SftpSecret::Password(_))));
        let broken = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
        assert!(SftpSecret::parse(broken).is_none());
    }
}
