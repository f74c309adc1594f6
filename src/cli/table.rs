//! Rows as an aligned table for a terminal.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::QuerySolution;
use tidings::store::shorten;

/// The table, with the number of rows below it. A row without columns is the answer yes.
pub(crate) fn render(variables: &[Variable], rows: &[QuerySolution]) -> String {
    if variables.is_empty() {
        return if rows.is_empty() { "no\n" } else { "yes\n" }.to_owned();
    }
    let header: Vec<String> = variables.iter().map(|variable| variable.as_str().to_owned()).collect();
    let cells = rows.iter().map(|row| {
        variables
            .iter()
            .map(|variable| row.get(variable).map_or_else(|| Cell::new(""), cell))
            .collect::<Vec<_>>()
    });
    let count = rows.len();
    let plural = if count == 1 { "" } else { "s" };
    format!("{}\n{count} row{plural}\n", of_cells(header, cells))
}

/// A table of a header and rows, as wide as the terminal at most.
pub(crate) fn of_cells(header: Vec<String>, rows: impl Iterator<Item = Vec<Cell>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size() {
        table.set_width(width);
    }
    table.set_header(header);
    for row in rows {
        table.add_row(row);
    }
    table.to_string()
}

/// A term as people read it: short names, values without quotes; numbers stand to the right.
fn cell(term: &Term) -> Cell {
    match term {
        Term::NamedNode(node) => {
            Cell::new(shorten(node.as_str()).unwrap_or_else(|| format!("<{}>", node.as_str())))
        }
        Term::Literal(literal) => {
            let cell = Cell::new(literal.value());
            if literal.value().parse::<f64>().is_ok() {
                cell.set_alignment(CellAlignment::Right)
            } else {
                cell
            }
        }
        other => Cell::new(other),
    }
}
