//! The archive as a stream of JSON, read page by page so that its length does not matter.

use std::{future::ready, io};

use bytes::Bytes;
use entity::{id::MemberId, member};
use futures_util::{Stream, StreamExt, stream};
use serde_json::json;

use super::sections::{PAGE, SECTIONS, Section};
use crate::{deps::Deps, kernel::Result, ports::blobs::ByteStream};

/// Version of the archive's form.
const VERSION: u32 = 1;

/// Everything that is kept of a member, as one JSON object: who they are, then a list for each kind of thing.
pub fn archive(deps: &Deps, member: member::Model) -> ByteStream<'static> {
    let id = member.id;
    let account = json!({
        "id": member.id,
        "email": member.email,
        "emailVerified": member.email_verified,
        "displayName": member.display_name,
        "role": member.role,
        "locale": member.locale,
        "timeZone": member.time_zone,
        "joinedAt": member.created_at.to_string(),
    });
    let about = json!({
        "source": deps.public_url,
        "exportedAt": deps.clock.now().to_string(),
        "version": VERSION,
        "account": account,
    });
    // The sections go on inside the same object.
    let mut head = about.to_string();
    head.truncate(head.len() - "}".len());
    let deps = deps.clone();
    let sections = stream::iter(SECTIONS).flat_map(move |section| rows(deps.clone(), id, section));
    let once = |text: String| stream::once(ready(Ok(Bytes::from(text))));
    Box::pin(once(head).chain(sections).chain(once("\n}\n".to_owned())))
}

/// One section: its name and its rows, a page at a time.
fn rows(deps: Deps, member: MemberId, section: &'static Section) -> impl Stream<Item = io::Result<Bytes>> {
    let begin = format!(",\n\"{}\": [", section.name);
    let head = stream::once(ready(Ok(Bytes::from(begin))));
    let pages = stream::try_unfold(Some(0), move |page| {
        let deps = deps.clone();
        async move {
            let Some(number) = page else { return Ok(None) };
            let (text, is_last) = page_of(&deps, member, section, number)
                .await
                .map_err(io::Error::other)?;
            Ok(Some((Bytes::from(text), (!is_last).then_some(number + 1))))
        }
    });
    head.chain(pages)
        .chain(stream::once(ready(Ok(Bytes::from_static(b"]")))))
}

async fn page_of(deps: &Deps, member: MemberId, section: &Section, number: u64) -> Result<(String, bool)> {
    let found = (section.page)(deps, member, number).await?;
    let is_last = (found.len() as u64) < PAGE;
    let mut text = String::new();
    for (place, row) in found.iter().enumerate() {
        text.push_str(if number == 0 && place == 0 { "\n" } else { ",\n" });
        text.push_str(&row.to_string());
    }
    Ok((text, is_last))
}
