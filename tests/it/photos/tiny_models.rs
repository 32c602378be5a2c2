//! Tiny image models, written by hand as the protocol buffers that ONNX files are (onnx.proto of ONNX 1.14).

/// A message under construction.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn number(mut self, field: u64, value: u64) -> Self {
        self.varint(field << 3);
        self.varint(value);
        self
    }

    fn bytes(mut self, field: u64, bytes: &[u8]) -> Self {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
        self
    }

    fn message(self, field: u64, message: Message) -> Self {
        self.bytes(field, &message.0)
    }

    fn varint(&mut self, mut value: u64) {
        while 0x80 <= value {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

/// The shape of a tensor; `None` for a length that is open.
type Shape<'a> = &'a [Option<u64>];

fn tensor(name: &str, shape: Shape<'_>) -> Message {
    const FLOAT: u64 = 1;
    let lengths = shape.iter().fold(Message::default(), |shape, length| {
        let length = match length {
            Some(length) => Message::default().number(1, *length),
            None => Message::default().bytes(2, b"any"),
        };
        shape.message(1, length)
    });
    let kind = Message::default().number(1, FLOAT).message(2, lengths);
    Message::default()
        .bytes(1, name.as_bytes())
        .message(2, Message::default().message(1, kind))
}

fn numbers(name: &str, values: &[u64]) -> Message {
    const NUMBERS: u64 = 7;
    let named = Message::default().bytes(1, name.as_bytes());
    values
        .iter()
        .fold(named, |attribute, value| attribute.number(8, *value))
        .number(20, NUMBERS)
}

fn node(operator: &str, from: &str, to: &str, attributes: Vec<Message>) -> Message {
    let node = Message::default()
        .bytes(1, from.as_bytes())
        .bytes(2, to.as_bytes())
        .bytes(4, operator.as_bytes());
    attributes
        .into_iter()
        .fold(node, |node, attribute| node.message(5, attribute))
}

fn model(nodes: Vec<Message>, input: Message, output: Message) -> Vec<u8> {
    let graph = nodes
        .into_iter()
        .fold(Message::default(), |graph, node| graph.message(1, node));
    let graph = graph.bytes(2, b"tiny").message(11, input).message(12, output);
    let operators = Message::default().bytes(1, b"").number(2, 13);
    Message::default()
        .number(1, 8)
        .message(7, graph)
        .message(8, operators)
        .0
}

/// Answers the mean red, green and blue of a picture of 32 × 32.
pub fn mean_color() -> Vec<u8> {
    let nodes = vec![
        node("GlobalAveragePool", "picture", "mean", Vec::new()),
        node("Flatten", "mean", "vector", Vec::new()),
    ];
    let picture = tensor("picture", &[None, Some(3), Some(32), Some(32)]);
    model(nodes, picture, tensor("vector", &[None, Some(3)]))
}

/// Answers the mean colors of the four quarters of a picture of any size: 12 numbers.
pub fn quarters() -> Vec<u8> {
    let squares = || vec![numbers("kernel_shape", &[112, 112]), numbers("strides", &[112, 112])];
    let nodes = vec![
        node("AveragePool", "picture", "quarters", squares()),
        node("Flatten", "quarters", "vector", Vec::new()),
    ];
    let picture = tensor("picture", &[Some(1), Some(3), None, None]);
    model(nodes, picture, tensor("vector", &[Some(1), Some(12)]))
}

/// Takes a vector of ten numbers and no picture.
pub fn without_picture() -> Vec<u8> {
    let nodes = vec![node("Relu", "vector", "answer", Vec::new())];
    let vector = || tensor("vector", &[Some(1), Some(10)]);
    model(nodes, vector(), tensor("answer", &[Some(1), Some(10)]))
}

/// Answers another picture and no vector.
pub fn without_vector() -> Vec<u8> {
    let picture = |name| tensor(name, &[Some(1), Some(3), Some(32), Some(32)]);
    model(
        vec![node("Relu", "picture", "answer", Vec::new())],
        picture("picture"),
        picture("answer"),
    )
}

/// Has an operator that nobody knows.
pub fn unknown_operator() -> Vec<u8> {
    let picture = |name| tensor(name, &[Some(1), Some(3), Some(32), Some(32)]);
    model(
        vec![node("Bark", "picture", "answer", Vec::new())],
        picture("picture"),
        picture("answer"),
    )
}
