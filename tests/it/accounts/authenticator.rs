//! A device that keeps passkeys, as far as the standard (WebAuthn Level 3) says what it signs: ES256, no attestation.

use base64ct::{Base64UrlUnpadded, Encoding};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Actor, TestApp};

/// First step of adding a passkey.
pub const START: &str = "mutation($input: StartPasskeyRegistrationInput!) { startPasskeyRegistration(input: $input) {
    optionsJson userErrors { field code message } } }";
/// Second step.
pub const ADD: &str = "mutation($input: AddPasskeyInput!) { addPasskey(input: $input) {
    passkey { id name createdAt lastUsedAt } userErrors { field code message } } }";

const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const WITH_KEY: u8 = 64;

/// The device with its one passkey.
pub struct Authenticator {
    key: EcdsaKeyPair,
    id: [u8; 16],
    /// Whose account it opens, once that was told.
    user: Option<String>,
    /// The site, as the browser tells it; wrong on a site that only looks like ours.
    pub origin: String,
    /// Whether the device asks its holder for a finger, a face or a PIN.
    pub verifies: bool,
    /// How often the key was used; 0 stays 0.
    pub uses: u32,
}

impl Authenticator {
    /// A new device whose browser shows that server.
    pub fn at(app: &TestApp) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap();
        Self {
            key,
            id: rand::random(),
            user: None,
            origin: app.url.replace("127.0.0.1", "localhost"),
            verifies: true,
            uses: 0,
        }
    }

    /// What `navigator.credentials.create` answers to these options.
    pub fn create(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        self.user = options["user"]["id"].as_str().map(str::to_owned);
        let mut data = self.data(options["rp"]["id"].as_str().unwrap(), WITH_KEY);
        // No model of a device, then the length of the credential's id.
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        data.extend(self.cose_key());
        let mut object = vec![0xa3];
        object.extend(cbor_text("fmt"));
        object.extend(cbor_text("none"));
        object.extend(cbor_text("attStmt"));
        object.push(0xa0);
        object.extend(cbor_text("authData"));
        object.extend([0x58, u8::try_from(data.len()).unwrap()]);
        object.extend(data);
        let response = json!({
            "clientDataJSON": text(&self.client_data("webauthn.create", &options)),
            "attestationObject": text(&object),
            "transports": ["internal"],
        });
        self.credential(response)
    }

    /// What `navigator.credentials.get` answers to these options.
    pub fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        if self.uses > 0 {
            self.uses += 1;
        }
        let data = self.data(options["rpId"].as_str().unwrap(), 0);
        let client_data = self.client_data("webauthn.get", &options);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client_data));
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let response = json!({
            "clientDataJSON": text(&client_data),
            "authenticatorData": text(&data),
            "signature": text(signature.as_ref()),
            "userHandle": self.user,
        });
        self.credential(response)
    }

    fn credential(&self, response: Value) -> String {
        let id = text(&self.id);
        let credential = json!({
            "id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {}, "response": response,
        });
        credential.to_string()
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data = json!({
            "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    fn data(&self, site: &str, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = Sha256::digest(site).to_vec();
        data.push(PRESENT | verified | flags);
        data.extend(self.uses.to_be_bytes());
        data
    }

    /// An EC2 key of ES256 on P-256 (RFC 9053).
    fn cose_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
        for (label, half) in [(0x21, &point[1..33]), (0x22, &point[33..])] {
            key.extend([label, 0x58, 32]);
            key.extend(half);
        }
        key
    }
}

/// Adds a passkey to a member's account; its id, and the device that keeps it.
pub async fn with_passkey(app: &TestApp, member: &Actor) -> (String, Authenticator) {
    let mut device = Authenticator::at(app);
    let options = app.ok(member, START, json!({ "input": {} })).await;
    let credential = device.create(options["startPasskeyRegistration"]["optionsJson"].as_str().unwrap());
    let input = json!({ "credentialJson": credential, "name": "Phone" });
    let added = app.ok(member, ADD, json!({ "input": input })).await;
    let id = added["addPasskey"]["passkey"]["id"].as_str().unwrap().to_owned();
    (id, device)
}

fn text(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

fn cbor_text(text: &str) -> Vec<u8> {
    let mut bytes = vec![0x60 + u8::try_from(text.len()).unwrap()];
    bytes.extend(text.as_bytes());
    bytes
}
