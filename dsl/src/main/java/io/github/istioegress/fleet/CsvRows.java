package io.github.istioegress.fleet;

import io.github.istioegress.manifest.PlacedValue;
import io.github.istioegress.manifest.SourceFile;
import java.util.ArrayList;
import java.util.List;

/** Splits a table into its cells, as RFC 4180 has it; rows without anything are left out. */
final class CsvRows {

  /**
   * One row.
   *
   * @param line where it begins, from 1
   */
  record Row(List<String> cells, int line) {}

  private final SourceFile file;
  private final List<Row> rows = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private List<String> cells = new ArrayList<>();
  private int line = 1;
  private int begun = 1;
  private boolean quoted;
  private boolean closed;

  private CsvRows(SourceFile file) {
    this.file = file;
  }

  static List<Row> read(SourceFile file) {
    CsvRows reader = new CsvRows(file);
    String text = file.text().startsWith("\uFEFF") ? file.text().substring(1) : file.text();
    for (int i = 0; i < text.length(); i++) {
      reader.next(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : '\n');
    }
    if (reader.quoted) {
      throw reader.refused("a quoted cell does not end", "close it with a quote");
    }
    reader.endRow();
    return reader.rows;
  }

  private void next(char c, char after) {
    if (quoted) {
      inside(c, after);
    } else if (c == ',') {
      endCell();
    } else if (c == '\n') {
      endRow();
      line++;
      begun = line;
    } else if (c == '\r' && after == '\n') {
      return;
    } else if (Character.isISOControl(c) || c == '\uFFFD') {
      throw refused("a cell has the control character U+%04X".formatted((int) c), "take it out");
    } else if (c == '"' && cell.isEmpty() && !closed) {
      quoted = true;
    } else if (c == '"' || closed) {
      throw refused("a quote stands inside a cell", "put the cell in quotes, and double the quote");
    } else {
      cell.append(c);
    }
  }

  /** Two quotes are one; the first of them only sets a mark. */
  private void inside(char c, char after) {
    if (c == '"' && after == '"' && !closed) {
      closed = true;
    } else if (c == '"' && closed) {
      cell.append('"');
      closed = false;
    } else if (c == '"') {
      quoted = false;
      closed = true;
    } else {
      line += c == '\n' ? 1 : 0;
      cell.append(c);
    }
  }

  private void endCell() {
    cells.add(closed ? cell.toString() : cell.toString().strip());
    cell.setLength(0);
    closed = false;
  }

  private void endRow() {
    endCell();
    if (cells.stream().anyMatch(text -> !text.isEmpty())) {
      rows.add(new Row(List.copyOf(cells), begun));
    }
    cells = new ArrayList<>();
  }

  private IllegalArgumentException refused(String problem, String remedy) {
    return Fields.refused(new PlacedValue("", file.name(), line), problem, remedy);
  }
}
