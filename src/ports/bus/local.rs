//! The bus of a single node.

use tokio::sync::broadcast;

use super::{
    BELLS_KEPT, Bell, Bus,
    signals::{Signals, Switchboard},
};

/// Rings within this process.
#[derive(Debug, Clone)]
pub struct LocalBus {
    bells: broadcast::Sender<Bell>,
    switchboard: Switchboard,
}

impl Default for LocalBus {
    fn default() -> Self {
        Self {
            bells: broadcast::Sender::new(BELLS_KEPT),
            switchboard: Switchboard::default(),
        }
    }
}

impl Bus for LocalBus {
    fn ring(&self, bell: Bell) {
        if let Bell::Signal { topic, body } = &bell {
            self.switchboard.pass_on(topic, body);
        }
        // Sending fails only when nobody is listening, which is fine.
        let _ = self.bells.send(bell);
    }

    fn listen(&self) -> broadcast::Receiver<Bell> {
        self.bells.subscribe()
    }

    fn listen_to(&self, topic: &str) -> Signals {
        self.switchboard.listen(topic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_listener_hears_what_rings_after_it_came() {
        let bus = LocalBus::default();
        bus.ring(Bell::Log);
        let (mut first, mut second) = (bus.listen(), bus.listen());
        let signal = Bell::Signal {
            topic: "conversation_1".into(),
            body: "{}".into(),
        };
        bus.ring(signal.clone());
        assert_eq!(first.recv().await.unwrap(), signal);
        assert_eq!(second.recv().await.unwrap(), signal);
        assert!(first.try_recv().is_err());
    }
}
