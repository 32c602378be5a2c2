//! A quadtree of positions in the projection, with buckets at its leaves.
//!
//! The entries of a bucket are in the order of their zooms. So whoever looks for the few seeds of a coarse zoom need not
//! read thousands of reports that have the same position.

use std::ops::ControlFlow;

use crate::{
    projection::{Tile, Zone},
    reports::column::Column,
};

/// A bucket with more entries is quartered, unless they all have the same position.
const MOST_IN_BUCKET: u32 = 48;

/// The capacity of a bucket is a multiple of this many entries.
const STEP: u32 = 8;

/// The `room` of a node that has quarters.
const QUARTERED: u32 = u32::MAX;

/// A report in a quadtree: its position, its slot, and the coarsest zoom at which it is a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Column and row.
    pub at: (u32, u32),
    /// 27 bits for the slot and 5 for the zoom.
    tag: u32,
}

impl Entry {
    const BLANK: Self = Self { at: (0, 0), tag: 0 };

    /// Packs slot and zoom into an entry.
    pub fn new(at: (u32, u32), slot: u32, top: u8) -> Self {
        Self {
            at,
            tag: slot << 5 | u32::from(top),
        }
    }

    /// The slot of the report.
    #[inline]
    pub fn slot(self) -> u32 {
        self.tag >> 5
    }

    /// The coarsest zoom at which it is a seed.
    #[inline]
    pub fn top(self) -> u8 {
        (self.tag & 31) as u8
    }
}

/// A node of the tree.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// Number of entries below this node.
    count: u32,
    /// Index of the first of four child nodes, or of the first entry in the bucket.
    first: u32,
    /// Capacity of the bucket, or [`QUARTERED`].
    room: u32,
}

impl Node {
    const EMPTY: Self = Self {
        count: 0,
        first: 0,
        room: 0,
    };

    fn is_quartered(self) -> bool {
        self.room == QUARTERED
    }
}

/// A position in a walk through the quadtree: a node and its tile.
#[derive(Debug, Clone, Copy)]
pub struct Corner {
    /// The tile.
    pub tile: Tile,
    node: u32,
}

impl Corner {
    /// The root.
    pub const ALL: Self = Self {
        tile: Tile::WORLD,
        node: 0,
    };

    #[inline]
    fn quarter(self, node: &Node, number: u32) -> Self {
        Self {
            tile: self.tile.quarter(number),
            node: node.first + number,
        }
    }
}

/// The contents of a node.
#[derive(Debug)]
pub enum Content<'a> {
    /// Four child nodes.
    Quarters([Corner; 4]),
    /// The entries of a leaf.
    Bucket(&'a [Entry]),
}

/// A quadtree over the world with entries in buckets.
#[derive(Debug, Clone)]
pub struct Quadtree {
    nodes: Column<Node>,
    entries: Column<Entry>,
    /// Free buckets, by capacity in steps.
    free: Vec<Vec<u32>>,
}

impl Default for Quadtree {
    fn default() -> Self {
        Self::of(Vec::new())
    }
}

impl Quadtree {
    /// Builds a quadtree. The entries must be ordered so that those of any tile are contiguous.
    pub fn of(mut entries: Vec<Entry>) -> Self {
        let mut nodes = vec![Node::EMPTY];
        lay_out(&mut entries, 0, (0, Tile::WORLD), &mut nodes);
        Self {
            nodes: Column::of(nodes, Node::EMPTY),
            entries: Column::of(entries, Entry::BLANK),
            free: Vec::new(),
        }
    }

    /// Calls `take` for every seed of a zoom in a zone until it breaks off.
    #[inline]
    pub fn visit<B>(&self, zoom: u8, zone: &Zone, mut take: impl FnMut(Entry) -> ControlFlow<B>) -> ControlFlow<B> {
        let mut corner = Corner::ALL;
        while let Some(number) = zone.only_quarter(corner.tile) {
            let node = self.nodes.at(corner.node);
            if !node.is_quartered() {
                break;
            }
            corner = corner.quarter(node, number);
        }
        self.visit_below(corner, (zoom, zone), &mut take)
    }

    fn visit_below<B>(
        &self,
        corner: Corner,
        (zoom, zone): (u8, &Zone),
        take: &mut impl FnMut(Entry) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        match self.content(corner) {
            Content::Bucket(entries) => entries
                .iter()
                .take_while(|entry| entry.top() <= zoom)
                .filter(|entry| zone.holds(entry.at))
                .try_for_each(|entry| take(*entry)),
            Content::Quarters(quarters) => quarters
                .into_iter()
                .filter(|quarter| zone.meets(quarter.tile))
                .try_for_each(|quarter| self.visit_below(quarter, (zoom, zone), take)),
        }
    }

    /// The contents of a node.
    #[inline]
    pub fn content(&self, corner: Corner) -> Content<'_> {
        let node = self.nodes.at(corner.node);
        if node.is_quartered() {
            return Content::Quarters([0, 1, 2, 3].map(|number| corner.quarter(node, number)));
        }
        Content::Bucket(self.entries.run(node.first, node.count))
    }

    /// Estimated number of entries in a zone. Nodes that are small or partly outside are not counted exactly.
    pub fn about(&self, zone: &Zone) -> usize {
        self.about_below(Corner::ALL, zone, self.nodes.at(0).count / 256)
    }

    fn about_below(&self, corner: Corner, zone: &Zone, small: u32) -> usize {
        let count = self.nodes.at(corner.node).count;
        if zone.covers(corner.tile) || count == 0 {
            return count as usize;
        }
        match self.content(corner) {
            Content::Quarters(quarters) if small < count => quarters
                .into_iter()
                .filter(|quarter| zone.meets(quarter.tile))
                .map(|quarter| self.about_below(quarter, zone, small))
                .sum(),
            _ => count as usize / 2,
        }
    }

    /// Adds an entry that is not in the tree yet.
    pub fn insert(&mut self, entry: Entry) {
        let leaf = self.descend(entry.at, 1);
        self.push(leaf.node, entry);
        self.quarter_if_full(leaf);
    }

    /// Removes an entry.
    pub fn remove(&mut self, entry: Entry) {
        if let Some((node, place)) = self.find(entry) {
            let leaf = self.descend(entry.at, -1);
            let bucket = self.entries.run_mut(node.first, node.count);
            if let Some(later) = bucket.get_mut(place..) {
                later.rotate_left(1);
            }
            self.count(leaf.node, -1);
        }
    }

    /// Changes the zoom of an entry.
    pub fn retag(&mut self, entry: Entry, top: u8) {
        let Some((node, place)) = self.find(entry) else {
            return;
        };
        let bucket = self.entries.run_mut(node.first, node.count);
        if let Some(found) = bucket.get_mut(place) {
            *found = Entry::new(entry.at, entry.slot(), top);
        }
        let (before, after) = bucket.split_at_mut(place);
        let earlier = before.partition_point(|other| other.top() <= top);
        let later = place + after.iter().skip(1).take_while(|other| other.top() < top).count();
        if let Some(behind) = bucket.get_mut(earlier..=place) {
            behind.rotate_right(1);
        }
        if let Some(ahead) = bucket.get_mut(place..=later) {
            ahead.rotate_left(1);
        }
    }

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        let free: usize = self.free.iter().map(Vec::capacity).sum();
        self.nodes.bytes() + self.entries.bytes() + free * size_of::<u32>()
    }

    /// The leaf that contains an entry, and the place in its bucket.
    fn find(&self, entry: Entry) -> Option<(Node, usize)> {
        let mut corner = Corner::ALL;
        let mut node = *self.nodes.at(0);
        while node.is_quartered() {
            let number = corner.tile.quarter_of(entry.at);
            corner = corner.quarter(&node, number);
            node = *self.nodes.at(corner.node);
        }
        let bucket = self.entries.run(node.first, node.count);
        let place = bucket.iter().position(|other| other.slot() == entry.slot());
        place.map(|place| (node, place))
    }

    /// Walks to the bucket of a position and adds `change` to the counts of all nodes on the way.
    fn descend(&mut self, at: (u32, u32), change: i32) -> Corner {
        let mut corner = Corner::ALL;
        loop {
            let node = *self.nodes.at(corner.node);
            if !node.is_quartered() {
                return corner;
            }
            self.count(corner.node, change);
            let number = corner.tile.quarter_of(at);
            corner = corner.quarter(&node, number);
        }
    }

    fn count(&mut self, node: u32, change: i32) {
        if let Some(node) = self.nodes.at_mut(node) {
            node.count = node.count.saturating_add_signed(change);
        }
    }

    /// Adds an entry to a bucket, which moves if it is full.
    fn push(&mut self, leaf: u32, entry: Entry) {
        let mut node = *self.nodes.at(leaf);
        if node.count == node.room {
            let room = room_for(node.count + 1);
            let place = self.bucket(room);
            for index in 0..node.count {
                let moved = *self.entries.at(node.first + index);
                self.entries.set(place + index, moved);
            }
            self.give_back(node);
            (node.first, node.room) = (place, room);
        }
        self.entries.set(node.first + node.count, entry);
        let bucket = self.entries.run(node.first, node.count);
        let place = bucket.partition_point(|other| other.top() <= entry.top());
        node.count += 1;
        if let Some(later) = self.entries.run_mut(node.first, node.count).get_mut(place..) {
            later.rotate_right(1);
        }
        self.nodes.set(leaf, node);
    }

    fn quarter_if_full(&mut self, leaf: Corner) {
        let node = *self.nodes.at(leaf.node);
        if node.count <= MOST_IN_BUCKET || leaf.tile.depth == Tile::DEEPEST {
            return;
        }
        let first = self.nodes.extend([Node::EMPTY; 4].into_iter());
        let quartered = Node {
            count: node.count,
            first,
            room: QUARTERED,
        };
        self.nodes.set(leaf.node, quartered);
        for index in 0..node.count {
            let entry = *self.entries.at(node.first + index);
            self.push(first + leaf.tile.quarter_of(entry.at), entry);
        }
        self.give_back(node);
        for number in 0..4 {
            self.quarter_if_full(Corner {
                tile: leaf.tile.quarter(number),
                node: first + number,
            });
        }
    }

    /// Allocates a bucket with this capacity.
    fn bucket(&mut self, room: u32) -> u32 {
        let free = self.free.get_mut((room / STEP) as usize).and_then(Vec::pop);
        free.unwrap_or_else(|| self.entries.extend(std::iter::repeat_n(Entry::BLANK, room as usize)))
    }

    fn give_back(&mut self, node: Node) {
        // A bucket built without spare room is reused as the next smaller step.
        let steps = (node.room / STEP) as usize;
        if 0 < steps {
            let most = self.free.len().max(steps + 1);
            self.free.resize_with(most, Vec::new);
            self.free
                .get_mut(steps)
                .into_iter()
                .for_each(|free| free.push(node.first));
        }
    }
}

/// Capacity of a bucket with this many entries: whole steps, with an eighth of spare room for large buckets.
fn room_for(count: u32) -> u32 {
    (count + count / 8).next_multiple_of(STEP)
}

/// Builds a node from entries; `first` is the index of its first entry in the whole list.
fn lay_out(entries: &mut [Entry], first: u32, (node, tile): (usize, Tile), nodes: &mut Vec<Node>) {
    let count = entries.len() as u32;
    let is_leaf = count <= MOST_IN_BUCKET || tile.depth == Tile::DEEPEST;
    let quarters = nodes.len();
    if let Some(node) = nodes.get_mut(node) {
        let (first, room) = if is_leaf {
            (first, count)
        } else {
            (quarters as u32, QUARTERED)
        };
        *node = Node { count, first, room };
    }
    if is_leaf {
        entries.sort_unstable_by_key(|entry| entry.top());
        return;
    }
    nodes.extend([Node::EMPTY; 4]);
    let (mut rest, mut first) = (entries, first);
    for number in 0..4 {
        let end = rest.partition_point(|entry| tile.quarter_of(entry.at) <= number);
        let (quarter, others) = rest.split_at_mut(end);
        let next = first + quarter.len() as u32;
        lay_out(
            quarter,
            first,
            (quarters + number as usize, tile.quarter(number)),
            nodes,
        );
        (rest, first) = (others, next);
    }
}
