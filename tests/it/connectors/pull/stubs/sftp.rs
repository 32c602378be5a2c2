//! A server of SFTP with one file.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use russh::{
    Channel, ChannelId,
    keys::{Algorithm, HashAlg, PrivateKey, ssh_key::LineEnding},
    server::{self, Auth, ChannelOpenHandle, Config, Msg, Session, VerifiedPublicKey},
};
use russh_sftp::protocol::{Data, FileAttributes, Handle, OpenFlags, Status, StatusCode, Version};
use tokio::net::TcpListener;

/// The file, and the user who may read it with this password or her key.
const PATH: &str = "/out/pets.csv";
const USER: &str = "ann";
const PASSWORD: &str = "sftp word";

/// The server.
pub struct SftpServer {
    /// Where it is.
    pub address: SocketAddr,
    /// What ssh-keygen writes about its key.
    pub host_key: String,
    /// The private key of the user.
    pub key_of_user: String,
    logged_in: Arc<Mutex<Vec<String>>>,
}

impl SftpServer {
    /// Starts it with that file.
    pub async fn start(file: Vec<u8>) -> Self {
        let new_key = || PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).unwrap();
        let (key, key_of_user) = (new_key(), new_key());
        let host_key = format!("256 {} files (ED25519)", print(&key));
        let config = Arc::new(Config {
            keys: vec![key],
            auth_rejection_time: Duration::ZERO,
            auth_rejection_time_initial: Some(Duration::ZERO),
            ..Config::default()
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let logged_in = Arc::<Mutex<Vec<String>>>::default();
        let (file, inside, known) = (Arc::new(file), logged_in.clone(), print(&key_of_user));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let client = Client {
                    file: file.clone(),
                    known: known.clone(),
                    logged_in: inside.clone(),
                    channels: HashMap::new(),
                };
                let config = config.clone();
                tokio::spawn(async move { server::run_stream(config, stream, client).await?.await });
            }
        });
        Self {
            address,
            host_key,
            key_of_user: key_of_user.to_openssh(LineEnding::LF).unwrap().to_string(),
            logged_in,
        }
    }

    /// With what somebody tried to log in so far.
    pub fn tried(&self) -> Vec<String> {
        self.logged_in.lock().unwrap().clone()
    }

    /// The address of a file.
    pub fn url(&self, path: &str) -> String {
        format!("sftp://{}{path}", self.address)
    }
}

fn print(key: &PrivateKey) -> String {
    key.public_key().fingerprint(HashAlg::Sha256).to_string()
}

struct Client {
    file: Arc<Vec<u8>>,
    /// Fingerprint of the user's key.
    known: String,
    logged_in: Arc<Mutex<Vec<String>>>,
    channels: HashMap<ChannelId, Channel<Msg>>,
}

impl Client {
    fn tries(&self, with: &str, is_right: bool) -> Auth {
        self.logged_in.lock().unwrap().push(with.to_owned());
        match is_right {
            true => Auth::Accept,
            false => Auth::reject(),
        }
    }
}

impl server::Handler for Client {
    type Error = russh::Error;

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Self::Error> {
        Ok(self.tries("password", (user, password) == (USER, PASSWORD)))
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Self::Error> {
        let is_hers = key.public_key.fingerprint(HashAlg::Sha256).to_string() == self.known;
        Ok(self.tries("key", user == USER && is_hers))
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Self::Error> {
        self.channels.insert(channel.id(), channel);
        reply.accept().await;
        Ok(())
    }

    async fn subsystem_request(
        &mut self,
        channel: ChannelId,
        name: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        match self.channels.remove(&channel).filter(|_| name == "sftp") {
            Some(opened) => {
                session.channel_success(channel)?;
                russh_sftp::server::run(opened.into_stream(), Files(self.file.clone())).await;
            }
            None => session.channel_failure(channel)?,
        }
        Ok(())
    }
}

struct Files(Arc<Vec<u8>>);

impl russh_sftp::server::Handler for Files {
    type Error = StatusCode;

    fn unimplemented(&self) -> Self::Error {
        StatusCode::OpUnsupported
    }

    async fn init(&mut self, _: u32, _: HashMap<String, String>) -> Result<Version, Self::Error> {
        Ok(Version::new())
    }

    async fn open(
        &mut self,
        id: u32,
        path: String,
        flags: OpenFlags,
        _: FileAttributes,
    ) -> Result<Handle, Self::Error> {
        match (path.as_str(), flags.bits() == OpenFlags::READ.bits()) {
            (PATH, true) => Ok(Handle {
                id,
                handle: "1".to_owned(),
            }),
            ("/out/secret.csv", true) => Err(StatusCode::PermissionDenied),
            (_, true) => Err(StatusCode::NoSuchFile),
            (_, false) => Err(StatusCode::BadMessage),
        }
    }

    async fn read(&mut self, id: u32, _: String, offset: u64, length: u32) -> Result<Data, Self::Error> {
        let begin = usize::try_from(offset).unwrap().min(self.0.len());
        let end = (begin + usize::try_from(length).unwrap()).min(self.0.len());
        match begin == end {
            true => Err(StatusCode::Eof),
            false => Ok(Data {
                id,
                data: self.0[begin..end].to_vec(),
            }),
        }
    }

    async fn close(&mut self, id: u32, _: String) -> Result<Status, Self::Error> {
        Ok(Status {
            id,
            status_code: StatusCode::Ok,
            error_message: String::new(),
            language_tag: String::new(),
        })
    }
}
