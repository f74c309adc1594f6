//! How the examples that train a model find the best weights.

const STEPS: i32 = 500;
const RATE: f64 = 0.05;

/// The weights at the top of a concave function, uphill from `weights` by Adam (Kingma & Ba 2015) on the whole gradient, with
/// steps that get shorter.
pub(super) fn climb<W: AsRef<[f64]> + AsMut<[f64]>>(mut weights: W, gradient: impl Fn(&W) -> W) -> W {
    let (mut mean, mut square) = (vec![0.0; weights.as_ref().len()], vec![0.0; weights.as_ref().len()]);
    for step in 1..=STEPS {
        let gradient = gradient(&weights);
        let rate = RATE * (1.0 - f64::from(step) / f64::from(STEPS + 1));
        for (i, &g) in gradient.as_ref().iter().enumerate() {
            mean[i] = 0.9 * mean[i] + 0.1 * g;
            square[i] = 0.999 * square[i] + 0.001 * g * g;
            let m = mean[i] / (1.0 - 0.9f64.powi(step));
            let s = square[i] / (1.0 - 0.999f64.powi(step));
            weights.as_mut()[i] += rate * m / (s.sqrt() + 1e-8);
        }
    }
    weights
}
