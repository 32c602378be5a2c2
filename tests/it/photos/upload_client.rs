//! What a client does to send a file.

use std::path::PathBuf;

use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::*;

pub const CREATE_UPLOAD: &str = "mutation($input: CreateUploadInput!) { createUpload(input: $input) {
    upload { id url method headers { name value } expiresAt } userErrors { field code message } } }";

pub const UPLOAD_PHOTO: &str = "mutation($input: UploadPhotoInput!) { uploadPhoto(input: $input) {
    photo { id url thumbnailUrl width height alt } userErrors { field code message } } }";

/// An upload that was announced.
pub struct Announced {
    pub id: String,
    pub url: String,
}

impl TestApp {
    /// Announces a file of that size.
    pub async fn announce(&self, caller: &impl Caller, purpose: &str, size: usize) -> Announced {
        let kind = if purpose == "IMPORT" { "text/csv" } else { "image/jpeg" };
        let input = json!({ "purpose": purpose, "contentType": kind, "byteSize": size });
        let data = self.ok(caller, CREATE_UPLOAD, json!({ "input": input })).await;
        let upload = &data["createUpload"]["upload"];
        let text = |name: &str| upload[name].as_str().unwrap().to_owned();
        Announced {
            id: text("id"),
            url: text("url"),
        }
    }

    /// Announces a file and sends it.
    pub async fn send(&self, caller: &impl Caller, purpose: &str, bytes: Vec<u8>) -> Announced {
        let announced = self.announce(caller, purpose, bytes.len()).await;
        assert_eq!(self.put(&announced.url, bytes).await.status(), 204);
        announced
    }

    /// A photo of the caller.
    pub async fn photo(&self, caller: &impl Caller, purpose: &str, bytes: Vec<u8>) -> Value {
        let upload = self.send(caller, purpose, bytes).await;
        let input = json!({ "uploadId": upload.id });
        let mut data = self.ok(caller, UPLOAD_PHOTO, json!({ "input": input })).await;
        data["uploadPhoto"]["photo"].take()
    }

    /// Sends bytes to an address of this server.
    pub async fn put(&self, url: &str, bytes: Vec<u8>) -> Response {
        let request = self.request(Method::PUT, self.path(url));
        request.body(bytes).send().await.unwrap()
    }

    /// The path and query of an address of this server.
    pub fn path<'a>(&self, url: &'a str) -> &'a str {
        url.strip_prefix(&self.url).expect("an address of this server")
    }

    /// A connection on which a PUT has begun: headers and the first bytes.
    pub async fn begin_put(&self, url: &str, header: &str, bytes: &[u8]) -> TcpStream {
        let host = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).await.unwrap();
        let head = format!("PUT {} HTTP/1.1\r\nhost: {host}\r\n{header}\r\n\r\n", self.path(url));
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.flush().await.unwrap();
        stream
    }

    /// The names of the files in a folder of the blobs.
    pub fn blobs(&self, folder: &str) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.folder().join("blobs").join(folder));
        let mut names: Vec<PathBuf> = entries
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .collect();
        names.sort();
        names
    }
}

/// The status of the answer to a PUT that was begun by hand.
pub async fn status(stream: &mut TcpStream) -> u16 {
    let mut line = [0; 12];
    stream.read_exact(&mut line).await.unwrap();
    std::str::from_utf8(&line[9..]).unwrap().parse().unwrap()
}

/// The code of a refusal over plain HTTP.
pub async fn refusal(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    assert!(!body["error"]["message"].as_str().unwrap().is_empty());
    (status, body["error"]["code"].as_str().unwrap().to_owned())
}
