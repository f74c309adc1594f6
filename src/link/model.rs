use super::features::{FEATURES, Feature, Values};
use super::weights::WEIGHTS;

/// What each feature counts: a log-linear model over the candidates of a name and the possibility that none is meant.
///
/// The odds of a candidate against none are `exp(weights · values)`; so the probabilities of all candidates and of none
/// add up to 1. Trained by maximum likelihood, by `examples/train_linker.rs`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model(pub [f64; FEATURES.len()]);

impl Model {
    /// The one that links are made by.
    pub fn trained() -> Self {
        Self(WEIGHTS)
    }

    /// What a feature counts.
    pub fn weight(&self, feature: Feature) -> f64 {
        self.0[feature as usize]
    }

    /// The logarithm of the odds of a candidate against none.
    pub fn log_odds(&self, values: &Values) -> f64 {
        self.0.iter().zip(values.0).map(|(weight, value)| weight * value).sum()
    }

    /// The probability of each candidate.
    pub fn probabilities(&self, candidates: &[Values]) -> Vec<f64> {
        let mut odds: Vec<f64> = candidates.iter().map(|values| self.log_odds(values)).collect();
        let highest = odds.iter().copied().fold(0.0, f64::max);
        for o in &mut odds {
            *o = (*o - highest).exp();
        }
        let total = odds.iter().sum::<f64>() + (-highest).exp();
        for o in &mut odds {
            *o /= total;
        }
        odds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_of_all_candidates_and_of_none_add_up_to_one() {
        let mut model = Model([0.0; FEATURES.len()]);
        let values = Values([1.0; FEATURES.len()]);
        assert_eq!(model.probabilities(&[values, values, values]), [0.25, 0.25, 0.25]);
        model.0[0] = 1000.0;
        assert_eq!(model.probabilities(&[values]), [1.0]);
        model.0[0] = -1000.0;
        assert_eq!(model.probabilities(&[values]), [0.0]);
        assert!(model.probabilities(&[]).is_empty());
    }
}
