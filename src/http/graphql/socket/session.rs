//! The life of one socket.

use std::{collections::HashMap, sync::Arc, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use tokio::{
    sync::{Semaphore, mpsc},
    task::{AbortHandle, JoinSet},
    time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until, timeout},
};

use super::{
    super::{Admitted, Code, Credentials, Envelope, GraphqlEndpoint, Problem, Refused, telemetry::Counted},
    SocketSettings,
    close::{End, farewell},
    member::{Member, Place},
    message::{self, FromClient},
    operation::{Operation, Outgoing, What},
};
use crate::deps::OfAnotherHistory;

/// Serves a socket until it ends, and closes it properly.
pub(super) async fn serve(endpoint: Arc<GraphqlEndpoint>, socket: WebSocket, credentials: Credentials, speaks: bool) {
    let _counted = Counted::socket();
    let mut session = Session::new(endpoint, socket, credentials);
    let end = match speaks {
        true => session.run().await,
        false => End::SUBPROTOCOL,
    };
    tracing::debug!(request.id = session.credentials.request_id, ?end, "socket closed");
    // Stops the operations and frees the permit before the farewell, which a peer may draw out.
    let Session {
        socket, tasks, member, ..
    } = session;
    drop((tasks, member));
    farewell(socket, end).await;
}

struct Running {
    serial: u64,
    task: AbortHandle,
}

struct Session {
    endpoint: Arc<GraphqlEndpoint>,
    socket: WebSocket,
    credentials: Credentials,
    member: Option<Member>,
    running: HashMap<String, Running>,
    tasks: JoinSet<()>,
    serial: u64,
    outbox: mpsc::Sender<Box<Outgoing>>,
    inbox: mpsc::Receiver<Box<Outgoing>>,
    /// Bytes that may still be put into the outbox.
    room: Arc<Semaphore>,
    last_sign: Instant,
}

/// The next thing that happens to a socket.
enum Happening {
    Tick,
    Reaped,
    Outgoing(Option<Box<Outgoing>>),
    Incoming(Option<Result<Message, axum::Error>>),
    End(End),
}

impl Session {
    fn new(endpoint: Arc<GraphqlEndpoint>, socket: WebSocket, credentials: Credentials) -> Self {
        let settings = &endpoint.sockets.settings;
        let (outbox, inbox) = mpsc::channel(settings.queue.max(1));
        Self {
            room: Arc::new(Semaphore::new(settings.queue_bytes as usize)),
            endpoint,
            socket,
            credentials,
            member: None,
            running: HashMap::new(),
            tasks: JoinSet::new(),
            serial: 0,
            outbox,
            inbox,
            last_sign: Instant::now(),
        }
    }

    fn settings(&self) -> &SocketSettings {
        &self.endpoint.sockets.settings
    }

    async fn run(&mut self) -> End {
        let now = Instant::now();
        let init_by = now + self.settings().init_timeout;
        let period = self.settings().ping_interval.max(Duration::from_millis(1));
        let mut ticks = interval_at(now + period, period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let happening = self.next(init_by, &mut ticks).await;
            // In a box, so that a socket that waits does not take the room that this takes.
            if let Err(end) = Box::pin(self.handle(happening)).await {
                return end;
            }
        }
    }

    async fn next(&mut self, init_by: Instant, ticks: &mut Interval) -> Happening {
        let leave = async {
            match &mut self.member {
                Some(member) => member.leave().await,
                None => {
                    sleep_until(init_by).await;
                    End::INIT_TIMEOUT
                }
            }
        };
        tokio::select! {
            () = self.endpoint.sockets.closing.cancelled() => Happening::End(End::SHUTDOWN),
            end = leave => Happening::End(end),
            _ = ticks.tick() => Happening::Tick,
            Some(_) = self.tasks.join_next(), if !self.tasks.is_empty() => Happening::Reaped,
            outgoing = self.inbox.recv() => Happening::Outgoing(outgoing),
            incoming = self.socket.recv() => Happening::Incoming(incoming),
        }
    }

    async fn handle(&mut self, happening: Happening) -> Result<(), End> {
        match happening {
            Happening::End(end) => Err(end),
            Happening::Reaped | Happening::Outgoing(None) => Ok(()),
            Happening::Tick => self.tick().await,
            Happening::Outgoing(Some(outgoing)) => self.deliver(*outgoing).await,
            Happening::Incoming(incoming) => {
                self.last_sign = Instant::now();
                match incoming {
                    Some(Ok(Message::Text(text))) => self.hear(&text).await,
                    Some(Ok(Message::Binary(_))) => Err(End::invalid("a binary frame")),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
                    Some(Ok(Message::Close(_))) | None => Err(End::Gone),
                    Some(Err(error)) => Err(error.into()),
                }
            }
        }
    }

    async fn tick(&mut self) -> Result<(), End> {
        if self.settings().ping_interval * 2 < self.last_sign.elapsed() {
            return Err(End::SILENT);
        }
        self.check_token()?;
        self.send(Message::Ping(Default::default())).await
    }

    async fn hear(&mut self, text: &str) -> Result<(), End> {
        match FromClient::parse(text).map_err(End::invalid)? {
            FromClient::Init { authorization, epoch } => self.init(authorization, epoch).await,
            FromClient::Ping { authorization } => {
                if let Some(authorization) = authorization {
                    self.renew(authorization).await?;
                }
                self.say(message::pong()).await
            }
            FromClient::Pong => Ok(()),
            FromClient::Subscribe { id, envelope } => self.subscribe(id, envelope).await,
            FromClient::Complete { id } => {
                if let Some(running) = self.running.remove(&id) {
                    running.task.abort();
                }
                Ok(())
            }
        }
    }

    async fn init(&mut self, authorization: Option<String>, known: Option<String>) -> Result<(), End> {
        if self.member.is_some() {
            return Err(End::SECOND_INIT);
        }
        if authorization.is_some() {
            self.credentials.authorization = authorization;
        }
        let gate = Arc::clone(&self.endpoint.gate);
        let mut admitted = self.admit().await?;
        let epoch = in_time(self.settings().send_timeout, gate.epoch()).await?;
        if known.is_some_and(|known| known != epoch) {
            let attach = admitted.attach;
            admitted.attach = Arc::new(move |request| attach(request).data(OfAnotherHistory));
        }
        let place = self
            .place(&admitted)
            .ok_or(End::too_many_sockets(self.settings().ping_interval))?;
        self.member = Some(Member::new(admitted, place, &*gate));
        self.say(message::acknowledgement(&epoch)).await
    }

    /// Whoever the credentials belong to. Clients take 4401 as final, so a wrong token is told at once instead of being
    /// tried again and again; 4403, for a token that ends later, they answer with a new one.
    async fn admit(&mut self) -> Result<Admitted, End> {
        let (gate, credentials) = (Arc::clone(&self.endpoint.gate), self.credentials.clone());
        match in_time(self.settings().send_timeout, gate.admit(credentials)).await {
            Err(Refused::Unauthenticated(message)) => Err(End::Close(4401, message.into())),
            admitted => Ok(admitted?),
        }
    }

    /// Goes on with a new token of the same account.
    async fn renew(&mut self, authorization: String) -> Result<(), End> {
        self.credentials.authorization = Some(authorization);
        let renewed = self.admit().await?;
        let gate = Arc::clone(&self.endpoint.gate);
        let member = self.member.as_mut().ok_or(End::UNAUTHORIZED)?;
        member.renew(renewed, &*gate)
    }

    /// Members and keys are counted by their account, visitors by their address.
    fn place(&self, admitted: &Admitted) -> Option<Place> {
        let sockets = &self.endpoint.sockets;
        match &admitted.account {
            Some(account) => sockets
                .accounts
                .take(account)
                .map(|permit| Place::Account { _permit: permit }),
            None => {
                let permit = sockets.visitors.take(self.credentials.address);
                permit.map(|permit| Place::Visitor { _permit: permit })
            }
        }
    }

    async fn subscribe(&mut self, id: String, envelope: Envelope) -> Result<(), End> {
        self.check_token()?;
        let member = self.member.as_ref().ok_or(End::UNAUTHORIZED)?;
        if self.running.contains_key(&id) {
            return Err(End::duplicate(&id));
        }
        let most = self.settings().operations;
        if most <= self.running.len() {
            let message = format!("more than {most} operations on one socket");
            let problem = Problem::new(Code::RateLimited, message).with("limit", most as u64);
            return self.say(message::error(&id, &[problem])).await;
        }
        self.serial += 1;
        let operation = Operation {
            endpoint: Arc::clone(&self.endpoint),
            admitted: member.admitted.clone(),
            request_id: self.credentials.request_id.clone(),
            id: id.clone(),
            serial: self.serial,
            outbox: self.outbox.clone(),
            room: (Arc::clone(&self.room), self.settings().queue_bytes),
        };
        let task = self.tasks.spawn(operation.perform(envelope));
        self.running.insert(
            id,
            Running {
                serial: self.serial,
                task,
            },
        );
        Ok(())
    }

    /// Sends what an operation has to say, unless the client has stopped it meanwhile.
    async fn deliver(&mut self, outgoing: Outgoing) -> Result<(), End> {
        // The room is free again when the message is sent.
        let Outgoing {
            id,
            serial,
            what,
            room: _room,
        } = outgoing;
        if self.running.get(&id).is_none_or(|running| running.serial != serial) {
            return Ok(());
        }
        self.check_token()?;
        match what {
            What::Message(text) => self.say(text).await,
            What::Last(text) => {
                self.running.remove(&id);
                self.say(text).await
            }
            What::End(end) => Err(end),
        }
    }

    fn check_token(&self) -> Result<(), End> {
        match &self.member {
            Some(member) if member.has_ended(self.endpoint.gate.now()) => Err(End::EXPIRED),
            _ => Ok(()),
        }
    }

    async fn say(&mut self, text: String) -> Result<(), End> {
        self.send(Message::Text(text.into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.settings().send_timeout, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }
}

/// What the gate answers, which may take so long.
async fn in_time<T>(limit: Duration, answer: impl Future<Output = Result<T, Refused>>) -> Result<T, Refused> {
    timeout(limit, answer).await.unwrap_or(Err(Refused::Unavailable))
}
