//! Random words from a counter: any word of any draw is known without the ones before it.

/// 2^64 over the golden ratio, odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
/// 2^-52.
const UNIT: f64 = 1.0 / 4_503_599_627_370_496.0;

/// What words are drawn for. Weights and scores never share a word.
#[derive(Debug, Clone, Copy)]
pub(super) enum Domain {
    Weights = 1,
    Scores = 2,
}

/// The words of one draw.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Words(u64);

impl Words {
    pub(super) fn of(seed: u64, domain: Domain, draw: usize) -> Self {
        let start = mix(seed.wrapping_add(STEP.wrapping_mul(domain as u64)));
        Self(nth(start, draw))
    }

    pub(super) fn word(self, at: usize) -> u64 {
        nth(self.0, at)
    }
}

/// The output at a place of the sequence that starts there: `SplitMix64` (Steele, Lea and Flood 2014).
fn nth(start: u64, at: usize) -> u64 {
    let count = (at as u64).wrapping_add(1);
    mix(start.wrapping_add(STEP.wrapping_mul(count)))
}

fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// A number between 0 and 1, neither of them.
#[expect(
    clippy::cast_precision_loss,
    reason = "52 bits and a half fit in the 53 of a float"
)]
pub(super) fn unit(word: u64) -> f64 {
    ((word >> 12) as f64 + 0.5) * UNIT
}

/// A whole number below `count`.
pub(super) fn below(word: u64, count: u64) -> u64 {
    (u128::from(word).saturating_mul(u128::from(count)) >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_the_published_one() {
        // The first outputs of SplitMix64 from 1234567, as its reference implementation in C gives them.
        let first: Vec<u64> = (0..5).map(|at| nth(1_234_567, at)).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn numbers_lie_strictly_between_the_ends() {
        assert!(unit(0) > 0.0);
        assert!(unit(u64::MAX) < 1.0);
        assert_eq!((below(0, 7), below(u64::MAX, 7)), (0, 6));
    }

    #[test]
    fn draws_and_domains_have_words_of_their_own() {
        let words = [
            Words::of(1, Domain::Weights, 0).word(0),
            Words::of(1, Domain::Weights, 1).word(0),
            Words::of(1, Domain::Scores, 0).word(0),
            Words::of(2, Domain::Weights, 0).word(0),
            Words::of(1, Domain::Weights, 0).word(1),
        ];
        for (at, word) in words.iter().enumerate() {
            assert!(!words[..at].contains(word));
        }
    }
}
