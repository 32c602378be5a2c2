//! The recipes of docs/COOKBOOK.md: one shell runs all of them in their order, beside the demo, and they say what the document
//! shows.

use std::{
    fs::File,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::json;

use crate::{
    resilience::{Installation, Node, free_address},
    support::{FreshDatabase, Scratch, until},
};

/// How long all recipes may take on a busy machine.
const LONGEST: Duration = Duration::from_secs(300);
/// Of somebody who works for the shelter of the demo.
const EMAIL: &str = "cleo@example.org";
const PASSWORD: &str = "sweetie-demo";

/// A piece of the document between fences.
struct Block {
    language: String,
    /// The file that the reader saves it as.
    saved_as: Option<String>,
    text: String,
}

fn blocks(document: &str) -> Vec<Block> {
    let parts: Vec<&str> = document.split("\n```").collect();
    let pairs = parts.chunks_exact(2);
    pairs
        .map(|pair| {
            let (language, text) = pair[1].split_once('\n').unwrap();
            let paragraph = pair[0].trim_end().rsplit("\n\n").next().unwrap();
            let name = paragraph.rsplit_once("as `").and_then(|(_, rest)| rest.split_once('`'));
            Block {
                language: language.to_owned(),
                saved_as: name.map(|(name, _)| name.to_owned()).filter(|name| name.contains('.')),
                text: format!("{text}\n"),
            }
        })
        .collect()
}

/// What the reader would do: files are saved, and recipes run in one shell. Gives what each recipe is to say.
fn lay_out(folder: &Path) -> Vec<Option<String>> {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/COOKBOOK.md");
    let mut script =
        "set -e\nRECEIVER=\ntrap '[ -z \"$RECEIVER\" ] || kill \"$RECEIVER\" 2>/dev/null || :' EXIT\n".to_owned();
    let mut expected: Vec<Option<String>> = Vec::new();
    for block in blocks(&std::fs::read_to_string(document).unwrap()) {
        match (&*block.language, block.saved_as) {
            (_, Some(name)) => std::fs::write(folder.join(name), block.text).unwrap(),
            ("sh", None) => {
                script += &format!("{{\n{}}} >said.{}\n", block.text, expected.len());
                expected.push(None);
            }
            ("text", None) => *expected.last_mut().unwrap() = Some(block.text),
            ("crontab", None) => {}
            (other, None) => panic!("nobody knows what to do with a block of {other}"),
        }
    }
    std::fs::write(folder.join("recipes.sh"), script).unwrap();
    expected
}

/// Whether something was said as it is shown, where `…` stands for anything.
fn is_as_shown(shown: &str, said: &str) -> bool {
    let mut pieces = shown.split('…');
    let Some(mut rest) = pieces.next().and_then(|first| said.strip_prefix(first)) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else {
        return rest.is_empty();
    };
    for piece in middle {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

/// The demo's shelter imports a file itself.
async fn wait_for_the_demo(node: &Node) {
    let log_in = "mutation($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }";
    let input = json!({ "input": { "email": EMAIL, "password": PASSWORD } });
    let answer = node.run(None, log_in, input).await.unwrap();
    let token = answer["data"]["logIn"]["tokens"]["accessToken"]
        .as_str()
        .unwrap()
        .to_owned();
    let imports = "{ viewer { staffOf { shelter { imports(first: 1) { nodes { state } } } } } }";
    until(LONGEST, "the import of the demo is done", async || {
        let answer = node.run(Some(&token), imports, json!({})).await.unwrap();
        answer["data"]["viewer"]["staffOf"][0]["shelter"]["imports"]["nodes"][0]["state"] == "DONE"
    })
    .await;
}

fn start(folder: &Path, url: &str) -> Child {
    let port = free_address().port().to_string();
    Command::new("sh")
        .arg("recipes.sh")
        .current_dir(folder)
        .envs([("SWEETIE_URL", url), ("EMAIL", EMAIL), ("PASSWORD", PASSWORD)])
        .env("HOOK_URL", format!("http://127.0.0.1:{port}/"))
        .env("HOOK_PORT", port)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(folder.join("stderr")).unwrap())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn its_recipes_run_as_they_stand_and_say_what_it_shows() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let url = format!("http://{}", free_address());
    let installation = Installation::new(scratch.path(), &database.url)
        .with("SWEETIE_PUBLIC_URL", &url)
        .with("SWEETIE_OUTBOUND_NETWORKS", "127.0.0.0/8");
    installation.command(&["demo"]);
    let node = installation.start_at(&url).await;
    wait_for_the_demo(&node).await;
    let folder = Scratch::new();
    let expected = lay_out(folder.path());

    let mut shell = start(folder.path(), &node.url);
    until(LONGEST, "the recipes end", async || shell.try_wait().unwrap().is_some()).await;

    let status = shell.wait().unwrap();
    let complaints = std::fs::read_to_string(folder.path().join("stderr")).unwrap();
    for (number, shown) in expected.iter().enumerate() {
        let said = std::fs::read_to_string(folder.path().join(format!("said.{number}"))).unwrap_or_default();
        // Lines of CSV end as in RFC 4180, which a terminal does not show.
        let said = said.replace("\r\n", "\n");
        let shown = shown.as_deref().unwrap_or_default();
        assert!(
            is_as_shown(shown, &said),
            "recipe {number} said\n{said}\ninstead of\n{shown}\n{complaints}"
        );
    }
    assert!(status.success(), "{status}: {complaints}");
    assert!(10 < expected.len());
}

#[test]
fn an_ellipsis_stands_for_anything() {
    for (shown, said) in [
        ("a…", "abc"),
        ("…c", "abc"),
        ("a…c…e", "abcde"),
        ("abc", "abc"),
        ("a…c", "ac"),
    ] {
        assert!(is_as_shown(shown, said), "{shown} {said}");
    }
    for (shown, said) in [("a…", "bc"), ("abc", "abcd"), ("a…c", "abcd"), ("a…x…e", "abcde")] {
        assert!(!is_as_shown(shown, said), "{shown} {said}");
    }
}
