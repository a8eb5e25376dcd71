//! `scorecard bundle`: the evidence of one evaluation in one archive, while the service may go on.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::record::EvaluationId;
use crate::service;
use crate::store::Backup;

use super::settings::DataSetting;
use super::{Failure, Streams, failed, misuse};

#[derive(Debug, Args)]
pub(super) struct Bundle {
    #[command(flatten)]
    data: DataSetting,
    /// The id of the evaluation, as it stands in the address of its pages.
    #[arg(value_name = "EVALUATION")]
    evaluation: String,
    /// The archive to make; one that is there is not overwritten.
    #[arg(value_name = "FILE.zip")]
    file: PathBuf,
}

impl Bundle {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let id = self.evaluation.parse::<EvaluationId>();
        let id = id.map_err(|why| misuse(format!("\"{}\": {why}", self.evaluation)))?;
        let evidence = self.evidence(&id);
        let evidence = evidence.map_err(|why| failed(streams, why.as_ref()))?;
        let file = self.file.display();
        Ok(writeln!(
            streams.stdout,
            "{file} is the evidence of \"{}\", not for bidders. Its record ends with {}.",
            evidence.title, evidence.head
        )?)
    }

    fn evidence(
        &self,
        id: &EvaluationId,
    ) -> Result<service::Evidence, Box<dyn std::error::Error + Send + Sync>> {
        if self.file.exists() {
            return Err(format!("{} exists already", self.file.display()).into());
        }
        // A copy of one moment, which is removed again, so that the service may go on.
        let copy = Backup::of(self.data.path(), &draft(&self.file))?;
        let evidence = service::evidence(copy.archive(), id, false)?;
        drop(copy);
        let mut file = std::fs::File::create_new(&self.file)?;
        std::io::Write::write_all(&mut file, &evidence.bytes)?;
        file.sync_all()?;
        Ok(evidence)
    }
}

fn draft(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".draft");
    PathBuf::from(name)
}
