//! Where does a text stand in a list? An index by hash: built at once, without a copy, and the same on every machine.

/// Positions of texts by hash. What stands together is not always the same text, so that a caller compares what it is given;
/// whoever makes texts collide gains nothing but a longer walk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    /// Where the places of each bucket start, and at last where all end.
    starts: Vec<u32>,
    /// Hashes and positions, by bucket and then in order.
    places: Vec<(u32, u32)>,
    /// The hashes that stand more than once.
    repeated: Vec<u32>,
}

impl Index {
    /// The index of these texts, each at its position.
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        Self::at((0..).zip(texts))
    }

    /// The index of texts at positions, of which several may be the same.
    pub(crate) fn at<'t>(texts: impl Iterator<Item = (u32, &'t str)>) -> Self {
        let found: Vec<(u32, u32)> = texts.map(|(at, text)| (hash(text), at)).collect();
        let buckets = found.len().next_power_of_two();
        let mut starts = vec![0_u32; buckets + 1];
        let bucket = |hash: u32| position(hash) & (buckets - 1);
        for (hash, _) in &found {
            starts.get_mut(bucket(*hash) + 1).into_iter().for_each(|count| *count += 1);
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut places = vec![(0, 0); found.len()];
        let mut next = starts.clone();
        let mut repeated = Vec::new();
        for (hash, at) in found {
            let (Some(first), Some(free)) = (starts.get(bucket(hash)), next.get_mut(bucket(hash))) else { continue };
            let before = places.get(position(*first)..position(*free)).unwrap_or_default();
            if before.iter().any(|(other, _)| *other == hash) && !repeated.contains(&hash) {
                repeated.push(hash);
            }
            places.get_mut(position(*free)).into_iter().for_each(|place| *place = (hash, at));
            *free += 1;
        }
        Self { starts, places, repeated }
    }

    /// The positions of everything that could be this text, in order.
    pub(crate) fn find(&self, text: &str) -> impl Iterator<Item = usize> + use<'_> {
        self.with_hash(hash(text))
    }

    /// The positions of what could be the same text as something else, together.
    pub(crate) fn alike(&self) -> impl Iterator<Item = impl Iterator<Item = usize> + use<'_>> {
        self.repeated.iter().map(|hash| self.with_hash(*hash))
    }

    /// Whether any text could stand twice.
    pub(crate) fn may_repeat(&self) -> bool {
        !self.repeated.is_empty()
    }

    fn with_hash(&self, wanted: u32) -> impl Iterator<Item = usize> + use<'_> {
        let bucket = position(wanted) & self.starts.len().saturating_sub(2);
        let start = |bucket: usize| self.starts.get(bucket).map_or(0, |start| position(*start));
        let places = self.places.get(start(bucket)..start(bucket + 1)).unwrap_or_default();
        places.iter().filter(move |(hash, _)| *hash == wanted).map(|(_, at)| position(*at))
    }
}

fn position(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// Eight bytes at a time, much as rustc's own tables do (`FxHasher`): quick, and good enough to tell apart what is not made to collide.
fn hash(text: &str) -> u32 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let add = |hash: u64, word: u64| {
        let product = (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
        // A product carries differences upwards only.
        product ^ product >> 29
    };
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let hash = words.iter().fold(0, |hash, word| add(hash, u64::from_le_bytes(*word)));
    let hash = add(hash, rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    u32::try_from(hash >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_wherever_it_stands() {
        let texts = ["b", "a", "", "b", "https://school.example/modules/1"];
        let index = Index::of(texts.iter().copied());
        assert_eq!(index.find("b").collect::<Vec<_>>(), [0, 3]);
        assert_eq!(index.find("").collect::<Vec<_>>(), [2]);
        assert_eq!(index.find("https://school.example/modules/1").collect::<Vec<_>>(), [4]);
        assert_eq!(index.find("https://school.example/modules/2").next(), None);
        let alike: Vec<Vec<usize>> = index.alike().map(Vec::from_iter).collect();
        assert_eq!((alike, index.may_repeat()), (vec![vec![0, 3]], true));
    }

    #[test]
    fn an_index_of_nothing_finds_nothing() {
        assert_eq!(Index::of(std::iter::empty()).find("a").next(), None);
        assert_eq!(Index::default().find("a").next(), None);
        assert_eq!(Index::default().alike().count(), 0);
    }

    #[test]
    fn texts_that_differ_in_one_byte_rarely_share_a_hash() {
        let mut hashes: Vec<u32> =
            (0..10_000).map(|at| hash(&format!("https://school.example/modules/{at}"))).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert!(hashes.len() > 9_990, "{}", hashes.len());
    }

    #[test]
    fn nothing_is_alike_where_all_differ() {
        let texts: Vec<String> = (0..500).map(|at| format!("urn:m:{at}")).collect();
        assert!(!Index::of(texts.iter().map(String::as_str)).may_repeat());
    }
}
