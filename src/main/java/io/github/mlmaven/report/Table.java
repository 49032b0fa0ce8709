package io.github.mlmaven.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows of text whose columns are aligned by spaces. */
public final class Table {

    private static final String GAP = "  ";
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final String indent;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param indent what every line starts with
     */
    public Table(String indent) {
        this.indent = indent;
    }

    /** Adds a row; rows may have different numbers of cells. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** Every row as a line without trailing spaces. */
    public List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                int width = width(row.get(c));
                if (c == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(c, Math.max(widths.get(c), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder(indent);
        for (int c = 0; c < row.size(); c++) {
            String cell = row.get(c);
            line.append(cell);
            if (c < row.size() - 1) {
                line.append(" ".repeat(widths.get(c) - width(cell))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    /** Without colours, which take no place. */
    private static int width(String cell) {
        String shown = COLOUR.matcher(cell).replaceAll("");
        return shown.codePointCount(0, shown.length());
    }
}
