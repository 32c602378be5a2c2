//! The SMTP adapter against a small mail server.

use finding_sweetie::ports::mail::{DeliveryError, Mail, Mailer, SmtpMailer, SmtpSettings};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{
        TcpListener,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
};

/// What the server took: the envelope and the text of the message.
#[derive(Debug, PartialEq)]
struct Received {
    from: String,
    to: String,
    data: String,
}

/// Takes mails; answers to the receivers `busy@` and `unknown@` as a server in trouble does.
struct MailServer {
    url: String,
    received: mpsc::UnboundedReceiver<Received>,
}

impl MailServer {
    async fn start() -> Self {
        Self::greeting("220 sink\r\n").await
    }

    /// One that answers a connection with that line.
    async fn greeting(line: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let (sender, received) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (reader, writer) = stream.into_split();
                let lines = BufReader::new(reader).lines();
                tokio::spawn(converse(line, lines, writer, sender.clone()));
            }
        });
        Self { url, received }
    }

    fn mailer(&self) -> SmtpMailer {
        mailer(&self.url)
    }
}

async fn converse(
    greeting: &'static str,
    mut lines: Lines<BufReader<OwnedReadHalf>>,
    mut writer: OwnedWriteHalf,
    received: mpsc::UnboundedSender<Received>,
) {
    let (mut from, mut to) = (String::new(), String::new());
    let mut answer = greeting;
    loop {
        if writer.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        let Ok(Some(line)) = lines.next_line().await else {
            return;
        };
        answer = match line.split(['<', '>']).collect::<Vec<_>>()[..] {
            ["MAIL FROM:", address, ..] => {
                from = address.to_owned();
                "250 ok\r\n"
            }
            ["RCPT TO:", address, ..] if address.starts_with("busy@") => "451 4.3.0 try later\r\n",
            ["RCPT TO:", address, ..] if address.starts_with("unknown@") => "550 5.1.1 no such mailbox\r\n",
            ["RCPT TO:", address, ..] => {
                to = address.to_owned();
                "250 ok\r\n"
            }
            ["DATA"] => {
                writer.write_all(b"354 go on\r\n").await.unwrap();
                let data = data(&mut lines).await;
                let (from, to) = (from.clone(), to.clone());
                received.send(Received { from, to, data }).unwrap();
                "250 taken\r\n"
            }
            _ if line.starts_with("EHLO") => "250-sink\r\n250 8BITMIME\r\n",
            _ => "250 ok\r\n",
        };
    }
}

async fn data(lines: &mut Lines<BufReader<OwnedReadHalf>>) -> String {
    let mut data = String::new();
    while let Some(line) = lines.next_line().await.unwrap().filter(|line| line != ".") {
        data.push_str(&line);
        data.push('\n');
    }
    data
}

fn mailer(url: &str) -> SmtpMailer {
    let from = "Finding Sweetie <no-reply@sweetie.example>".to_owned();
    SmtpMailer::new(&SmtpSettings { url: url.into(), from }).unwrap()
}

fn mail_to(to: &str) -> Mail {
    Mail {
        id: "mail_7".into(),
        to: to.into(),
        subject: "Sweetie may be near".into(),
        text: "A dog like Sweetie was seen.\n".into(),
        html: "<p>A dog like Sweetie was seen.</p>".into(),
    }
}

#[tokio::test]
async fn a_mail_arrives_with_its_envelope_subject_and_id() {
    let mut server = MailServer::start().await;
    server.mailer().send(&mail_to("ann@example.com")).await.unwrap();

    let mail = server.received.recv().await.unwrap();
    assert_eq!(
        (mail.from.as_str(), mail.to.as_str()),
        ("no-reply@sweetie.example", "ann@example.com")
    );
    for line in [
        "Message-ID: <mail_7@sweetie.example>",
        "Subject: Sweetie may be near",
        "A dog like Sweetie was seen.",
    ] {
        assert!(
            mail.data.lines().any(|found| found == line),
            "{line:?} is missing in\n{}",
            mail.data
        );
    }
}

#[tokio::test]
async fn a_busy_server_is_worth_another_try_and_an_unknown_mailbox_is_not() {
    let mut server = MailServer::start().await;
    let mailer = server.mailer();
    let busy = mailer.send(&mail_to("busy@example.com")).await;
    let unknown = mailer.send(&mail_to("unknown@example.com")).await;
    assert!(matches!(busy, Err(DeliveryError::Temporary(_))), "{busy:?}");
    assert!(matches!(unknown, Err(DeliveryError::Permanent(_))), "{unknown:?}");
    assert!(server.received.try_recv().is_err());

    mailer.send(&mail_to("ann@example.com")).await.unwrap();
    assert_eq!(
        server.received.recv().await.unwrap().to,
        "ann@example.com",
        "the mailer still works"
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_is_worth_another_try() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused = mailer(&format!("smtp://{port}"))
        .send(&mail_to("ann@example.com"))
        .await;
    assert!(matches!(refused, Err(DeliveryError::Temporary(_))), "{refused:?}");
}

#[tokio::test]
async fn a_server_that_refuses_the_connection_has_not_refused_the_mail() {
    let server = MailServer::greeting("554 5.3.2 not for you today\r\n").await;
    let refused = server.mailer().send(&mail_to("ann@example.com")).await;
    assert!(matches!(refused, Err(DeliveryError::Temporary(_))), "{refused:?}");
}
