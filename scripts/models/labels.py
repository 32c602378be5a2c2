"""The labels of the breed model, each with the classes of ImageNet that it stands for.

The server reads labels as people write breeds. A class has a label of its own here if its name would not be read, or
would be read as something else: `Eskimo dog` is a husky, and `Angora` a rabbit. Cats have the three names that a
picture can tell: coats are no breeds, and the class `Egyptian cat` holds spotted cats of any kind.
"""

RENAMED = {
    "Maltese": [153],
    "Pekingese": [154],
    "Cavalier King Charles Spaniel": [156],
    "Staffordshire Bull Terrier": [179],
    "Wire Fox Terrier": [188],
    "Boston Terrier": [195],
    "Scottish Terrier": [199],
    "Clumber Spaniel": [216],
    "English Springer Spaniel": [217],
    "Appenzell Mountain Dog": [240],
    "Siberian Husky": [248, 250],
    "Leonberger": [255],
    "Brussels Griffon": [262],
    "Pembroke Welsh Corgi": [263],
    "Cardigan Welsh Corgi": [264],
    "Domestic Shorthair": [281, 282, 285],
    "Persian": [283],
    "Siamese": [284],
    "Goldfish": [1],
    "Chicken": [7, 8],
    "Turtle": [35, 36, 37],
    "Iguana": [39],
    "Chameleon": [47],
    "Boa Constrictor": [61],
    "Python": [62],
    "African Grey": [87],
    "Macaw": [88],
    "Cockatoo": [89],
    "Lory": [90],
    "Duck": [97],
    "Goose": [99],
    "Rabbit": [330, 331, 332],
    "Hamster": [333],
    "Guinea Pig": [338],
    "Horse": [339],
    "Pig": [341],
    "Cow": [345],
    "Sheep": [348],
    "Llama": [355],
    "Ferret": [358, 359],
}
DOGS = range(151, 269)
NO_PET = "something else"


def labels(class_names):
    """The classes of each label, in the order of the label file; the last label has all that are no pets."""
    renamed = {number for numbers in RENAMED.values() for number in numbers}
    dogs = {class_names[number]: [number] for number in DOGS if number not in renamed}
    pets = RENAMED | dogs
    known = {number for numbers in pets.values() for number in numbers}
    return pets | {NO_PET: [number for number in range(len(class_names)) if number not in known]}
