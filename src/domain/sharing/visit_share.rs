//! Follows a shared link.

use std::net::IpAddr;

use entity::{
    id::{PetId, ShareId},
    share_visit,
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{link::is_code, store};
use crate::{
    deps::Deps,
    domain::pets,
    kernel::{
        Error, Result, Viewer,
        network::subscriber_network,
        secret::{hex, keyed_hash},
    },
};

/// Substrings of the User-Agent headers of programs.
const PROGRAMS: [&str; 20] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "facebookexternalhit",
    "facebot",
    "whatsapp",
    "telegram",
    "embedly",
    "headless",
    "monitor",
    "curl",
    "wget",
    "python",
    "java/",
    "okhttp",
    "go-http",
    "axios",
    "scan",
];

/// A visitor who follows a link.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// IP address.
    pub address: IpAddr,
    /// User-Agent header.
    pub user_agent: Option<&'a str>,
}

/// The pet that a link leads to, if a visitor may see it. People are counted, once per day and link; programs are not.
/// If counting fails, the page is still shown.
pub async fn visit_share(deps: &Deps, code: &str, visit: Visit<'_>) -> Result<PetId> {
    if !is_code(code) {
        return Err(Error::NotFound("link"));
    }
    let share = store::share_with_code(deps.db.read(), code).await?;
    let share = share.ok_or(Error::NotFound("link"))?;
    pets::find(deps.db.read(), &Viewer::Visitor, share.pet_id).await?;
    if let Some(agent) = visit.user_agent.filter(|agent| !is_program(agent))
        && let Err(error) = count(deps, share.id, visit.address, agent).await
    {
        tracing::warn!(error = ?error, share.id = %share.id, "a visit was not counted");
    }
    Ok(share.pet_id)
}

fn is_program(agent: &str) -> bool {
    let agent = agent.to_lowercase();
    agent.trim().is_empty() || PROGRAMS.iter().any(|program| agent.contains(program))
}

/// A visitor's stored key changes every day, and reveals neither address nor browser. It uses the network, because
/// phones often change their address within it.
async fn count(deps: &Deps, share: ShareId, address: IpAddr, agent: &str) -> Result<()> {
    let day = deps.clock.now().to_utc().date_naive();
    let key = deps.secret.key("share visitor");
    let network = subscriber_network(address);
    let visitor = hex(&keyed_hash(&key, format!("{day}|{network}|{agent}").as_bytes()));
    deps.write(async |tx| {
        let row = share_visit::ActiveModel {
            share_id: Set(share),
            visitor: Set(visitor),
            visited_at: Set(tx.now()),
        };
        let key = [share_visit::Column::ShareId, share_visit::Column::Visitor];
        share_visit::Entity::insert(row)
            .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::is_program;

    #[test]
    fn programs_are_told_from_people() {
        for program in [
            "",
            "facebookexternalhit/1.1",
            "Mozilla/5.0 (compatible; Googlebot/2.1)",
            "Twitterbot/1.0",
            "WhatsApp/2.23",
            "curl/8.5.0",
            "Slackbot-LinkExpanding 1.0",
        ] {
            assert!(is_program(program), "{program}");
        }
        for person in [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        ] {
            assert!(!is_program(person), "{person}");
        }
    }
}
