use std::path::PathBuf;

use clap::Args;
use tidings::kb::Kb;

/// Which knowledge bases to use.
#[derive(Args)]
pub(crate) struct KbFiles {
    /// Knowledge base made by `tidings kb build`, used before the built-in one; may be given several times
    ///
    /// What an earlier one says of an entity comes first. Entities with the same Q-id are one.
    #[arg(long, value_name = "FILE")]
    kb: Vec<PathBuf>,

    /// Uses only the knowledge bases that are given
    #[arg(long, requires = "kb")]
    no_builtin_kb: bool,
}

impl KbFiles {
    /// Opens them.
    pub(crate) fn open(&self) -> anyhow::Result<Kb> {
        const MOST: usize = 200;
        anyhow::ensure!(self.kb.len() <= MOST, "at most {MOST} knowledge bases can be used together");
        let mut all: Option<Kb> = None;
        for path in &self.kb {
            let kb = Kb::open(path)?;
            all = Some(match all {
                Some(before) => before.before(&kb),
                None => kb,
            });
        }
        Ok(match all {
            Some(own) if self.no_builtin_kb => own,
            Some(own) => own.before(Kb::builtin()),
            None => Kb::builtin().clone(),
        })
    }
}
