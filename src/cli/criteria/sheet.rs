//! `scorecard criteria sheet`: a blank score sheet to fill in.

use clap::{Args, ValueEnum};

use crate::cli::input::named_set;
use crate::cli::settings::{SeparatorSetting, SetLimitSettings, name};
use crate::cli::{Failure, Streams, demand_file, misuse};
use crate::service::{Clock as _, SystemClock};
use crate::sheets::{Blank, Shape};
use crate::table::{Name, NameList};

#[derive(Debug, Args)]
pub(in crate::cli) struct Sheet {
    /// The criteria set: the id of a shipped one, or a TOML file.
    #[arg(
        long,
        env = "SCORECARD_CRITERIA",
        value_name = "ID-OR-FILE",
        hide_env_values = true
    )]
    criteria: String,
    /// The vendors, in the order of the sheet; one a line in the variable.
    #[arg(long, env = "SCORECARD_VENDOR", value_name = "NAME", hide_env_values = true, required = true,
          num_args = 1.., value_delimiter = '\n', value_parser = name)]
    vendor: Vec<Name>,
    /// Who will score.
    #[arg(long, env = "SCORECARD_EVALUATOR", value_name = "NAME", hide_env_values = true, value_parser = name)]
    evaluator: Option<Name>,
    /// How the sheet is laid out.
    #[arg(
        long,
        env = "SCORECARD_SHAPE",
        hide_env_values = true,
        value_enum,
        default_value_t
    )]
    shape: ShapeSetting,
    /// What stands between the cells.
    #[arg(
        long,
        env = "SCORECARD_SEPARATOR",
        hide_env_values = true,
        value_enum,
        default_value_t
    )]
    separator: SeparatorSetting,
    /// What kind of file to make.
    #[arg(id = "blank_format", long = "format", value_enum, default_value_t)]
    format: FileKind,
    #[command(flatten)]
    set_limits: SetLimitSettings,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum ShapeSetting {
    /// One row per vendor and criterion.
    #[default]
    Long,
    /// One row per criterion, one column per vendor.
    Wide,
}

/// No setting, for `SCORECARD_FORMAT` says what a ranking is printed as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum FileKind {
    /// A text that any spreadsheet opens.
    #[default]
    Csv,
    /// A workbook in which only the answers can be typed, and each cell says what it takes.
    Xlsx,
}

impl Sheet {
    pub(in crate::cli) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        if self.format == FileKind::Xlsx {
            demand_file(streams)?;
        }
        let vendors = distinct(&self.vendor)?;
        let set = named_set(&self.criteria, &self.set_limits.limits(), streams)?;
        let shape = match self.shape {
            ShapeSetting::Long => Shape::Long,
            ShapeSetting::Wide => Shape::Wide,
        };
        let blank = Blank {
            criteria: set.indexed_criteria().map(|(index, _)| index).collect(),
            set: &set,
            vendors: &vendors,
            evaluator: self.evaluator.as_ref(),
        };
        let bytes = match self.format {
            FileKind::Csv => blank.to_csv(shape, self.separator.into()),
            FileKind::Xlsx => blank.to_xlsx(shape, SystemClock.now())?,
        };
        Ok(streams.stdout.write_all(&bytes)?)
    }
}

/// Each vendor once; two that look alike and are not the same are told apart by nobody.
fn distinct(vendors: &[Name]) -> Result<Vec<Name>, Failure> {
    let mut list = NameList::default();
    let mut distinct: Vec<Name> = Vec::new();
    for vendor in vendors {
        match list.find_or_add(vendor) {
            Ok(at) if at == distinct.len() => distinct.push(vendor.clone()),
            Ok(_) => {}
            Err(like) => {
                let like = list.get(like).map_or("", Name::shown);
                return Err(misuse(format!(
                    "the vendor \"{}\" looks like \"{like}\" but is written with other characters; write it the same way, \
                     or give it a name of its own",
                    vendor.shown()
                )));
            }
        }
    }
    Ok(distinct)
}
