//! A directory of files, and the binary run in it.

use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Two rated criteria, X (60) and Y (40), from 0 to 5.
pub const TWO: &str = r#"
id = "two"
title = "Two criteria"
version = "7"
weights = "points"
[scale]
min = 0
max = 5
[[category]]
id = "all"
title = "All there is"
[[criterion]]
id = "X"
category = "all"
title = "Ease"
weight = 60
[[criterion]]
id = "Y"
category = "all"
title = "Reach"
weight = 40
"#;

/// A quality from 0 to 100 and a price, half and half.
pub fn quality_and_price(quality: &str, price: &str) -> String {
    format!(
        r#"
id = "value"
title = "Value for money"
version = "1"
weights = "points"
[scale]
min = 0
max = 100
[[category]]
id = "quality"
title = "Quality"
[[category]]
id = "cost"
title = "Cost"
[[criterion]]
id = "Q"
category = "quality"
title = "Quality of work"
weight = 50
{quality}
[[criterion]]
id = "P"
category = "cost"
title = "Price"
weight = 50
price = {{ {price} }}
"#
    )
}

/// A directory to run the binary in.
pub struct Bench {
    directory: TempDir,
}

/// What a run left behind.
pub struct Done {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub bytes: Vec<u8>,
}

impl Bench {
    /// A directory with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(directory.path().join(name), text).unwrap();
        }
        Self { directory }
    }

    /// A file written here by the binary or for it.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.directory.path().join(name), bytes).unwrap();
    }

    /// The binary with a line of words as arguments, to be run here without any settings in the environment.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scorecard"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.directory.path())
            .env_clear()
            .stdin(Stdio::null());
        command
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.directory.path().join(name)
    }

    pub fn run(&self, arguments: &str) -> Done {
        Done::of(&mut self.command(arguments))
    }

    /// The JSON of `rank`, which must succeed.
    pub fn json(&self, arguments: &str) -> Value {
        let done = self.run(&format!("rank --format json {arguments}"));
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        serde_json::from_str(&done.stdout).unwrap()
    }
}

impl Done {
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            bytes: output.stdout,
        }
    }

    /// The run failed with this code and left nothing on standard output.
    pub fn fails_with(&self, code: i32) {
        assert_eq!(self.code, Some(code), "{}", self.stderr);
        assert_eq!(self.stdout, "");
    }
}

/// One vendor of a result.
pub fn vendor<'a>(result: &'a Value, name: &str) -> &'a Value {
    let vendors = result["vendors"].as_array().unwrap();
    vendors.iter().find(|one| one["vendor"] == name).unwrap()
}

/// One entry of a list, by its id.
pub fn by_id<'a>(list: &'a Value, id: &str) -> &'a Value {
    let list = list.as_array().unwrap();
    list.iter().find(|one| one["id"] == id).unwrap()
}
