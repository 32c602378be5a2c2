//! What docs/API.md shows for services that verify access tokens by themselves.

use finding_sweetie::ports::clock::{Clock, SystemClock};

use super::script::{Script, piece_in};
use crate::support::TestApp;

const VERIFY: &str = "
import { verifier } from './verifier.mjs';

const verify = verifier(process.env.SERVER);
for (const token of process.argv.slice(2)) {
  console.log(await verify(token).then(({ sub }) => sub, ({ code }) => code));
}
";

#[tokio::test]
async fn a_service_verifies_tokens_as_the_documentation_shows() {
    let app = TestApp::new().await;
    // The library goes by the clock of the machine.
    app.clock.set(SystemClock.now());
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (message, _) = ann.token.rsplit_once('.').unwrap();
    let (_, of_bob) = bob.token.rsplit_once('.').unwrap();
    let forged = format!("{message}.{of_bob}");
    let files = [
        ("verify.mjs", VERIFY),
        ("verifier.mjs", &piece_in("docs/API.md", "javascript")),
    ];

    let mut script = Script::start(&files, &app.url, &[&ann.token, &bob.token, &forged]);

    assert_eq!(
        script.said(3).await,
        [&*ann.id, &*bob.id, "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"]
    );
}
