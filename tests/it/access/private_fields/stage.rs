//! The things whose private fields are asked for: what the owner has, what is between the owner and the partner, and
//! what the shelter of the town has.

use serde_json::{Value, json};

use super::Question;
use crate::{
    access::{
        accounts,
        cast::{Cast, SCOPES, key},
        claims, connectors, matching, pets, shelters, sms, transfers, webhooks,
    },
    matching::{dog, report, with},
    searches::save,
};

/// The true point of all reports here.
const POINT: (f64, f64) = (30.2672, -97.7431);

/// Whether it is told exactly.
pub fn is_true_point(point: &Value) -> bool {
    *point == json!({ "latitude": POINT.0, "longitude": POINT.1 })
}

/// Global ids.
pub struct Stage {
    lost: String,
    sheltered: String,
    /// The report of the partner, whose place an accepted claim has opened to the owner.
    claimed: String,
    claim: String,
    sighting: String,
    transfer: String,
    session: String,
    identity: String,
    invitation: String,
    key: String,
    connector: String,
    entry: String,
    sms: String,
    search: String,
    shelter: String,
}

impl Stage {
    /// Makes them.
    pub async fn set(cast: &Cast) -> Self {
        let app = &cast.app;
        let private = json!({
            "microchip": "985112004567893", "privateMarks": ["A scar"], "collar": "Red", "reward": 100,
        });
        let lost = with(dog("LOST", POINT.0, "2026-05-30T10:00:00Z"), private.clone());
        let animal = json!({ "shelterId": cast.shelter, "microchip": "985112004567894", "reward": null });
        let animal = with(with(dog("SHELTERED", POINT.0, "2026-05-30T10:00:00Z"), private), animal);
        let lost = report(app, &cast.owner, lost).await;
        let sheltered = report(app, &cast.staff, animal).await;
        for told in [
            "UPDATE pets SET address = 'Congress Avenue 1100'",
            "UPDATE shelter_animals SET original_text = 'Call'",
            "UPDATE stays SET intake_type = 'stray'",
        ] {
            app.execute(told, []).await;
        }
        let (claim, claimed) = accepted_claim(cast).await;
        let sms = sms::sent(cast).await;
        let made = key(app, &cast.staff, &cast.shelter, &SCOPES).await["createApiKey"].take();
        app.execute("UPDATE api_keys SET last_used_address = '192.0.2.1'", [])
            .await;
        let invitation = shelters::invitation(cast).await;
        webhooks::webhook(cast).await;
        let public =
            "UPDATE shelters SET phone = '+15125550100', email = 'desk@haven.example', address = 'Main Street 1',
            latitude = 30.2672, longitude = -97.7431";
        app.execute(public, []).await;
        let change =
            "mutation($input: ChangeEmailInput!) { changeEmail(input: $input) { userErrors { field message } } }";
        let input = json!({ "email": "new.owner@example.org", "password": cast.owner.password() });
        app.ok(&cast.owner, change, json!({ "input": input })).await;
        Self {
            lost,
            sheltered,
            claimed,
            claim,
            sighting: pets::sighting(cast).await,
            transfer: answered_transfer(cast).await,
            session: accounts::session(cast).await,
            identity: accounts::identity(cast).await,
            invitation,
            key: text(&made["apiKey"]["id"]),
            connector: connectors::connector(cast).await,
            entry: accounts::audit_entry(cast).await,
            sms,
            search: save(
                app,
                &cast.owner,
                json!({ "name": "dogs", "filter": { "microchipped": true } }),
            )
            .await,
            shelter: cast.shelter.clone(),
        }
    }

    /// What is asked, on every way.
    pub fn questions(&self) -> Vec<Question> {
        let questions = [
            self.about_pets(),
            self.about_claims(),
            self.about_members(),
            self.about_shelters(),
        ];
        questions.into_iter().flatten().collect()
    }

    fn about_pets(&self) -> Vec<Question> {
        let pet = |way: &'static str, document, id: &str| Question {
            of: "Pet",
            way,
            fields: vec![
                ("collar", "/pet/collar"),
                ("intakeType", "/pet/intakeType"),
                ("shelterAnimal", "/pet/shelterAnimal/species"),
                ("stay", "/pet/stay/stage"),
                ("microchip", "/pet/microchip"),
                ("microchipped", "/pet/microchipped"),
                ("originalText", "/pet/originalText"),
                ("privateMarks", "/pet/privateMarks"),
                ("reward", "/pet/reward"),
                ("rewardOffered", "/pet/rewardOffered"),
            ],
            document,
            variables: json!({ "id": id }),
        };
        let place = |way: &'static str, document, id: &str| Question {
            of: "Place",
            way,
            fields: vec![
                ("address", "/it/place/address"),
                ("coordinates", "/it/place/coordinates"),
                ("exact", "/it/place/exact"),
            ],
            document,
            variables: json!({ "id": id }),
        };
        let inside = |of, field| Question {
            of,
            way: "of the shelter's animal",
            fields: vec![field],
            document: "query($id: ID!) { pet(id: $id) { stay { intakeType animal { microchips } } } }",
            variables: json!({ "id": self.sheltered }),
        };
        vec![
            Question {
                of: "Transfer",
                way: "by node",
                fields: vec![("answeredAt", "/node/answeredAt")],
                document: "query($id: ID!) { node(id: $id) { ... on Transfer { answeredAt } } }",
                variables: json!({ "id": self.transfer }),
            },
            inside("Stay", ("intakeType", "/pet/stay/intakeType")),
            inside("ShelterAnimal", ("microchips", "/pet/stay/animal/microchips")),
            pet("of the owner's report", PET, &self.lost),
            pet("of the owner's report by node", PET_NODE, &self.lost),
            pet("of the shelter's animal", PET, &self.sheltered),
            pet("of the shelter's animal by node", PET_NODE, &self.sheltered),
            place("of the owner's report", PLACE, &self.lost),
            place("of the owner's report by node", PLACE_NODE, &self.lost),
            place("of the shelter's animal", PLACE, &self.sheltered),
            place("of the partner's report that the owner claimed", PLACE, &self.claimed),
            place("of the partner's sighting", SIGHTING_NODE, &self.sighting),
            place("of the shelter", SHELTER_NODE, &self.shelter),
            Question {
                of: "PetCluster",
                way: "on the map",
                fields: vec![("coordinates", "/petMap/clusters/0/coordinates")],
                document: "{ petMap(bounds: { south: 29, west: -99, north: 32, east: -96 }, zoom: 5) {
                    clusters { coordinates { latitude longitude } } } }",
                variables: json!({}),
            },
        ]
    }

    fn about_claims(&self) -> Vec<Question> {
        let claim = |of, fields| Question {
            of,
            way: "of the owner's accepted claim by node",
            fields,
            document: "query($id: ID!) { node(id: $id) { ... on Claim {
                phone mayAnswerAt questions { answer expected } } } }",
            variables: json!({ "id": self.claim }),
        };
        vec![
            claim(
                "Claim",
                vec![("phone", "/node/phone"), ("mayAnswerAt", "/node/mayAnswerAt")],
            ),
            claim(
                "ClaimQuestion",
                vec![
                    ("answer", "/node/questions/0/answer"),
                    ("expected", "/node/questions/0/expected"),
                ],
            ),
        ]
    }

    fn about_members(&self) -> Vec<Question> {
        let node = |of, fields, document, id: &str| Question {
            of,
            way: "of the owner by node",
            fields,
            document,
            variables: json!({ "id": id }),
        };
        let own = |of, fields, document| Question {
            of,
            way: "of oneself",
            fields,
            document,
            variables: json!({}),
        };
        vec![
            node(
                "Session",
                vec![("address", "/node/address"), ("userAgent", "/node/userAgent")],
                "query($id: ID!) { node(id: $id) { ... on Session { address userAgent } } }",
                &self.session,
            ),
            node(
                "Identity",
                vec![("email", "/node/email")],
                "query($id: ID!) { node(id: $id) { ... on Identity { email } } }",
                &self.identity,
            ),
            own(
                "Identity",
                vec![("email", "/viewer/identities/0/email")],
                "{ viewer { identities { email } } }",
            ),
            node(
                "SmsMessage",
                vec![("to", "/node/to")],
                "query($id: ID!) { node(id: $id) { ... on SmsMessage { to } } }",
                &self.sms,
            ),
            node(
                "SearchFilter",
                vec![("microchipped", "/node/filter/microchipped")],
                "query($id: ID!) { node(id: $id) { ... on SavedSearch { filter { microchipped } } } }",
                &self.search,
            ),
            own(
                "Viewer",
                vec![
                    ("email", "/viewer/email"),
                    ("emailVerified", "/viewer/emailVerified"),
                    ("pendingEmail", "/viewer/pendingEmail"),
                    ("sessions", "/viewer/sessions/0"),
                ],
                "{ viewer { email emailVerified pendingEmail sessions { address userAgent } } }",
            ),
            own(
                "SmsAccount",
                vec![("phone", "/viewer/sms/phone")],
                "{ viewer { sms { phone } } }",
            ),
            own(
                "Query",
                vec![("auditLog", "/auditLog/nodes/0")],
                "{ auditLog(first: 1) { nodes { address } } }",
            ),
            Question {
                of: "AuditEntry",
                way: "by node",
                fields: vec![("address", "/node/address")],
                document: "query($id: ID!) { node(id: $id) { ... on AuditEntry { address } } }",
                variables: json!({ "id": self.entry }),
            },
        ]
    }

    fn about_shelters(&self) -> Vec<Question> {
        let node = |of, fields, document, id: &str| Question {
            of,
            way: "by node",
            fields,
            document,
            variables: json!({ "id": id }),
        };
        let inside = |of, fields| {
            Question {
            of,
            way: "of the shelter",
            fields,
            document: "query($id: ID!) { shelter(id: $id) { phone email apiKeys { lastUsedAddress } invitations { email } webhooks { url }
                connectors { address account } dashboard { connectors { name } } } }",
            variables: json!({ "id": self.shelter }),
        }
        };
        vec![
            node(
                "ApiKey",
                vec![("lastUsedAddress", "/node/lastUsedAddress")],
                "query($id: ID!) { node(id: $id) { ... on ApiKey { lastUsedAddress } } }",
                &self.key,
            ),
            node(
                "StaffInvitation",
                vec![("email", "/node/email")],
                "query($id: ID!) { node(id: $id) { ... on StaffInvitation { email } } }",
                &self.invitation,
            ),
            inside(
                "Shelter",
                vec![
                    ("apiKeys", "/shelter/apiKeys/0"),
                    ("connectors", "/shelter/connectors/0"),
                    ("email", "/shelter/email"),
                    ("invitations", "/shelter/invitations/0"),
                    ("phone", "/shelter/phone"),
                    ("webhooks", "/shelter/webhooks/0"),
                ],
            ),
            inside(
                "ApiKey",
                vec![("lastUsedAddress", "/shelter/apiKeys/0/lastUsedAddress")],
            ),
            inside("StaffInvitation", vec![("email", "/shelter/invitations/0/email")]),
            inside(
                "Connector",
                vec![
                    ("account", "/shelter/connectors/0/account"),
                    ("address", "/shelter/connectors/0/address"),
                ],
            ),
            inside(
                "ShelterDashboard",
                vec![("connectors", "/shelter/dashboard/connectors/0")],
            ),
            node(
                "Connector",
                vec![("account", "/node/account"), ("address", "/node/address")],
                "query($id: ID!) { node(id: $id) { ... on Connector { account address } } }",
                &self.connector,
            ),
        ]
    }
}

const PET: &str = "query($id: ID!) { pet(id: $id) {
    collar intakeType shelterAnimal { species } stay { stage } microchip microchipped originalText privateMarks reward rewardOffered } }";
const PET_NODE: &str = "query($id: ID!) { pet: node(id: $id) { ... on Pet {
    collar intakeType shelterAnimal { species } stay { stage } microchip microchipped originalText privateMarks reward rewardOffered } } }";
const PLACE: &str =
    "query($id: ID!) { it: pet(id: $id) { place { address exact coordinates { latitude longitude } } } }";
const PLACE_NODE: &str = "query($id: ID!) { it: node(id: $id) { ... on Pet {
    place { address exact coordinates { latitude longitude } } } } }";
const SIGHTING_NODE: &str = "query($id: ID!) { it: node(id: $id) { ... on Sighting {
    place { address exact coordinates { latitude longitude } } } } }";
const SHELTER_NODE: &str = "query($id: ID!) { it: node(id: $id) { ... on Shelter {
    place { address exact coordinates { latitude longitude } } } } }";

/// An animal of the shelter's that the other one has answered for.
async fn answered_transfer(cast: &Cast) -> String {
    let offered = transfers::offered(cast).await;
    cast.app.execute("UPDATE transfers SET answered_at = 1", []).await;
    offered
}

/// A claim of the owner that the partner has accepted, and the partner's report.
async fn accepted_claim(cast: &Cast) -> (String, String) {
    let app = &cast.app;
    let pair = matching::pair_at(cast, POINT.0).await;
    let claim = claims::answered_for(cast, &pair).await;
    let judge = "mutation($id: ID!) { judgeClaim(input: { id: $id, accept: true }) {
        claim { match { other { id } } } userErrors { field code message } } }";
    let judged = app.ok(&cast.partner, judge, claim.clone()).await;
    let other = text(&judged["judgeClaim"]["claim"]["match"]["other"]["id"]);
    (text(&claim["id"]), other)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
