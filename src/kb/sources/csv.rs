use std::io::BufRead;
use std::path::Path;

use super::super::Error;
use super::table::{self, Columns};
use super::{Intake, read_error};

/// Reads a table with a header whose values are separated by commas or semicolons and may be quoted (RFC 4180). The columns
/// are those of the project's own table, and other names of them.
pub(super) fn read(path: &Path, mut input: impl BufRead, intake: &mut Intake<'_>) -> Result<(), Error> {
    let start = input.fill_buf().map_err(|error| read_error(path, error))?;
    let header = start.split(|&byte| byte == b'\n').next().unwrap_or(start);
    let count = |separator| header.split(|&byte| byte == separator).count();
    let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
    let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).from_reader(input);
    let failed = |error: ::csv::Error| match error.into_kind() {
        ::csv::ErrorKind::Io(error) => Err(read_error(path, error)),
        ::csv::ErrorKind::Utf8 { pos, .. } => Ok((pos, "it is not UTF-8".to_owned())),
        ::csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            Ok((pos, format!("it has {len} columns, and the header {expected_len}")))
        }
        other => Ok((None, format!("{other:?}"))),
    };
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            let (_, problem) = failed(error)?;
            return Err(Error::Row { path: path.to_owned(), line: 1, problem });
        }
    };
    let columns = Columns::new(header.iter());
    if !columns.has("label") {
        let problem = "the header has no column `label` or `name`".to_owned();
        return Err(Error::Row { path: path.to_owned(), line: 1, problem });
    }
    let mut record = ::csv::StringRecord::new();
    for n in 0u64.. {
        if n.is_multiple_of(4096) {
            intake.progress();
        }
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let field =
                    |name: &str| columns.index(name).and_then(|i| record.get(i)).map_or("", str::trim);
                match table::row(&field) {
                    Ok(row) => intake.add(row)?,
                    Err(problem) => {
                        intake.problem(path, record.position().map_or(0, ::csv::Position::line), problem)?;
                    }
                }
            }
            Err(error) => {
                let (position, problem) = failed(error)?;
                intake.problem(path, position.map_or(0, |position| position.line()), problem)?;
            }
        }
    }
    Ok(())
}
