//! The sheet as a whole, once every row was read.

use crate::evaluation::{Answer, Entry, Line, Lines, Sheet};
use crate::exact;

use super::super::duplicates::{Extent, repeated};
use super::super::{DecimalSign, OtherRows, Problem, Rule};
use super::Reading;

impl Reading<'_> {
    /// The sheet, its decimal sign and what was noticed; or everything that is wrong with it.
    pub(in crate::sheets) fn finish(
        mut self,
    ) -> Result<(Sheet, DecimalSign, Vec<Problem>), Vec<Problem>> {
        for doubts in std::mem::take(&mut self.points).unsettled(self.signs) {
            self.problems.append(doubts);
        }
        self.compare_said_above();
        self.doubt_names();
        self.doubt_evaluator();
        self.find_repeated();
        if self.lines.is_empty() && self.problems.is_empty() {
            self.problems.push(Problem::of_file(Rule::EmptySheet));
        }
        if !self.problems.is_empty() {
            return Err(self.problems.into_list());
        }
        let sheet = Sheet::new(
            self.form.file_name.clone(),
            self.vendors.into_names(),
            self.evaluators.into_names(),
            self.names_evaluator,
            self.lines,
            self.notes,
        );
        Ok((sheet, self.signs, self.warnings.into_list()))
    }

    fn find_repeated(&mut self) {
        let extent = Extent {
            criteria: self.set().criteria().len(),
            evaluators: self.evaluators.len(),
            vendors: self.vendors.len(),
        };
        let lines = std::mem::take(&mut self.lines);
        for group in repeated(&lines, extent) {
            self.report_repeated(&lines, &group);
        }
        self.lines = lines;
    }

    fn report_repeated(&mut self, lines: &Lines, group: &[usize]) {
        let members: Vec<Line<'_>> = group.iter().filter_map(|at| lines.get(*at)).collect();
        let mut neighbours = members.iter().zip(members.iter().skip(1));
        let same =
            neighbours.all(|(line, next)| line.entry == next.entry && line.comment == next.comment);
        for line in &members {
            let others = OtherRows::but(line.row, members.iter().map(|other| other.row));
            let value = written(line.entry);
            let column = usize::from(line.column);
            if same {
                self.warning(line.row, column, &value, Rule::SameAnswerTwice(others));
            } else {
                self.problem(line.row, column, &value, Rule::DuplicateAnswer(others));
            }
        }
    }
}

/// How an entry is written in a sheet.
fn written(entry: Entry) -> String {
    match entry {
        Entry::Answer(Answer::Scored(value)) => exact::plain(value),
        Entry::Answer(Answer::Passed) => "pass".to_owned(),
        Entry::Answer(Answer::Failed) => "fail".to_owned(),
        Entry::Answer(Answer::NoResponse) => "no response".to_owned(),
        Entry::Answer(Answer::NotApplicable) => "N/A".to_owned(),
        Entry::NotScored => String::new(),
        Entry::Clear => "clear".to_owned(),
    }
}
