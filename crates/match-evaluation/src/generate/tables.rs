//! How common traits are, about as in the intakes of American shelters.

use entity::vocabulary::{
    CoatLength::{self, Long, Medium, Short, Wire},
    CoatPattern::{
        self, Bicolor, Brindle, Calico, Merle, Point, Sable, Solid, Tabby, Torbie, Tortoiseshell, Tricolor, Tuxedo,
    },
    Color::{self, Black, Brown, Cream, Golden, Gray, Green, Red, Tan, White, Yellow},
    PetSize::{self, ExtraLarge, ExtraSmall, Large, Medium as Middle, Small},
    Species,
};

/// Species and their shares.
pub const SPECIES: [(Species, f64); 9] = [
    (Species::Dog, 0.55),
    (Species::Cat, 0.37),
    (Species::Rabbit, 0.02),
    (Species::Bird, 0.025),
    (Species::SmallMammal, 0.01),
    (Species::Reptile, 0.01),
    (Species::Equine, 0.005),
    (Species::Farm, 0.005),
    (Species::Other, 0.005),
];

/// A breed, its share, size, coat, and the row of breeds that look like it.
pub type Breed = (&'static str, f64, PetSize, CoatLength, u8);

/// Breeds of dogs.
pub const DOGS: [Breed; 34] = [
    ("American Pit Bull Terrier", 15.0, Large, Short, 1),
    ("Staffordshire Bull Terrier", 2.0, Middle, Short, 1),
    ("American Bulldog", 1.5, Large, Short, 1),
    ("Boxer", 2.5, Large, Short, 1),
    ("Labrador Retriever", 14.0, Large, Short, 2),
    ("Golden Retriever", 1.2, Large, Long, 2),
    ("Great Pyrenees", 1.5, ExtraLarge, Long, 2),
    ("Black Mouth Cur", 1.0, Large, Short, 2),
    ("Chihuahua", 12.0, ExtraSmall, Short, 3),
    ("Miniature Pinscher", 1.0, ExtraSmall, Short, 3),
    ("Rat Terrier", 1.5, Small, Short, 3),
    ("Jack Russell Terrier", 1.4, Small, Short, 3),
    ("Dachshund", 3.5, Small, Short, 3),
    ("German Shepherd", 7.0, Large, Medium, 4),
    ("Siberian Husky", 2.5, Large, Medium, 4),
    ("Belgian Malinois", 0.5, Large, Short, 4),
    ("Australian Cattle Dog", 3.5, Middle, Short, 5),
    ("Australian Shepherd", 1.5, Middle, Medium, 5),
    ("Border Collie", 2.2, Middle, Medium, 5),
    ("Catahoula Leopard Dog", 1.4, Middle, Short, 5),
    ("Miniature Poodle", 2.2, Small, Wire, 6),
    ("Shih Tzu", 1.6, Small, Long, 6),
    ("Maltese", 1.0, ExtraSmall, Long, 6),
    ("Yorkshire Terrier", 1.6, ExtraSmall, Long, 6),
    ("Cairn Terrier", 1.0, Small, Wire, 6),
    ("Miniature Schnauzer", 1.5, Small, Wire, 6),
    ("Beagle", 1.8, Small, Short, 7),
    ("Basset Hound", 0.5, Middle, Short, 7),
    ("Pointer", 1.1, Large, Short, 7),
    ("Plott Hound", 0.8, Large, Short, 7),
    ("Rottweiler", 1.2, Large, Short, 8),
    ("Doberman Pinscher", 0.6, Large, Short, 8),
    ("Pug", 0.8, Small, Short, 9),
    ("French Bulldog", 0.8, Small, Short, 9),
];

/// Breeds of cats.
pub const CATS: [Breed; 8] = [
    ("Domestic Shorthair", 80.0, Middle, Short, 1),
    ("Domestic Medium Hair", 9.0, Middle, Medium, 1),
    ("Domestic Longhair", 5.0, Middle, Long, 2),
    ("Siamese", 3.0, Middle, Short, 3),
    ("Maine Coon", 1.0, Large, Long, 2),
    ("Russian Blue", 0.7, Middle, Short, 1),
    ("Ragdoll", 0.6, Large, Long, 3),
    ("Bengal", 0.5, Middle, Short, 1),
];

/// Colours, a pattern, and their share.
pub type Coat = (&'static [Color], CoatPattern, f64);

/// Coats of dogs.
pub const DOG_COATS: [Coat; 24] = [
    (&[Black, White], Bicolor, 15.0),
    (&[Brown, White], Bicolor, 11.0),
    (&[Tan, White], Bicolor, 9.0),
    (&[Black, Brown], Bicolor, 6.0),
    (&[Black, Tan], Bicolor, 6.0),
    (&[Tan], Solid, 5.5),
    (&[White], Solid, 5.5),
    (&[Black], Solid, 5.5),
    (&[Black, White, Brown], Tricolor, 5.5),
    (&[Brown], Solid, 5.0),
    (&[Gray, White], Bicolor, 4.3),
    (&[Brown, White], Brindle, 3.6),
    (&[Red, White], Bicolor, 2.3),
    (&[Red], Solid, 2.0),
    (&[Brown], Brindle, 1.6),
    (&[Brown, Tan], Bicolor, 1.3),
    (&[Golden], Solid, 1.2),
    (&[Cream], Solid, 1.0),
    (&[Gray], Solid, 1.0),
    (&[Gray, White], Merle, 0.9),
    (&[Brown, Black], Sable, 0.9),
    (&[Yellow], Solid, 1.0),
    (&[Black, Gray], Bicolor, 0.6),
    (&[Red, White], Merle, 0.4),
];

/// Coats of cats.
pub const CAT_COATS: [Coat; 20] = [
    (&[Brown], Tabby, 15.6),
    (&[Black], Solid, 13.4),
    (&[Black, White], Bicolor, 7.0),
    (&[Black, White], Tuxedo, 4.0),
    (&[Brown, White], Tabby, 8.9),
    (&[Red], Tabby, 7.7),
    (&[Gray], Tabby, 4.8),
    (&[Black, White, Red], Calico, 4.6),
    (&[Black, Red], Tortoiseshell, 4.6),
    (&[Gray], Solid, 4.0),
    (&[Red, White], Tabby, 3.9),
    (&[Gray, White], Bicolor, 3.7),
    (&[Brown, Red], Torbie, 2.9),
    (&[Gray, White], Tabby, 2.4),
    (&[Cream], Tabby, 1.7),
    (&[Cream], Point, 1.3),
    (&[Brown, Cream], Point, 1.1),
    (&[White], Solid, 1.5),
    (&[Cream, White], Tabby, 0.8),
    (&[Gray, Cream], Point, 0.5),
];

/// Coats of other animals.
pub const OTHER_COATS: [Coat; 8] = [
    (&[White], Solid, 2.0),
    (&[Brown], Solid, 2.0),
    (&[Gray], Solid, 2.0),
    (&[Black, White], Bicolor, 2.0),
    (&[Green], Solid, 2.0),
    (&[Yellow], Solid, 1.0),
    (&[Green, Yellow], Bicolor, 1.0),
    (&[Black], Solid, 1.0),
];

/// Colours that people call by each other's names.
pub const CONFUSED: [(Color, Color); 9] = [
    (Brown, Red),
    (Brown, Tan),
    (Brown, Black),
    (Red, Golden),
    (Red, Tan),
    (Tan, Cream),
    (Yellow, Golden),
    (Cream, White),
    (Gray, Black),
];

/// Patterns that people take for each other.
pub const CONFUSED_PATTERNS: [(CoatPattern, CoatPattern); 6] = [
    (Tabby, Torbie),
    (Tortoiseshell, Torbie),
    (Tortoiseshell, Calico),
    (Bicolor, Tuxedo),
    (Bicolor, Tricolor),
    (Bicolor, Solid),
];

/// Marks, each in two wordings.
pub const MARKS: [[&str; 2]; 16] = [
    ["white left front paw", "left front foot is white"],
    ["white right front paw", "right front paw white"],
    ["white chest", "white patch on chest"],
    ["white tip on tail", "tail has a white tip"],
    ["scar on nose", "scarred nose"],
    ["notch in right ear", "right ear torn"],
    ["notch in left ear", "left ear tipped"],
    ["docked tail", "stub tail"],
    ["black spot on tongue", "spotted tongue"],
    ["one blue eye", "blue left eye"],
    ["limps on left rear leg", "limping, rear left leg"],
    ["missing right eye", "right eye is missing"],
    ["white stripe on face", "striped face"],
    ["crooked tail", "kinked tail"],
    ["gray muzzle", "grey face and muzzle"],
    ["white socks", "all paws white"],
];

/// Collars, each in two wordings.
pub const COLLARS: [[&str; 2]; 8] = [
    ["red collar", "wearing a red collar with tag"],
    ["blue collar with bell", "blue collar"],
    ["black leather collar", "black collar"],
    ["pink harness", "pink harness, no tag"],
    ["purple collar", "purple nylon collar"],
    ["green bandana", "bandana, green"],
    ["orange collar", "bright orange collar"],
    ["brown leather collar", "brown collar"],
];

/// Names.
pub const NAMES: [&str; 20] = [
    "Bella", "Max", "Luna", "Charlie", "Lucy", "Cooper", "Daisy", "Rocky", "Sadie", "Buddy", "Molly", "Bear", "Lola",
    "Duke", "Sophie", "Tucker", "Chloe", "Jack", "Coco", "Biscuit",
];
