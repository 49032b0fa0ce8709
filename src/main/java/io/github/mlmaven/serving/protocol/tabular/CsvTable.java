package io.github.mlmaven.serving.protocol.tabular;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.json.ElementBuffer;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Requests as comma-separated values, RFC 4180, whose first line names the columns; empty lines are skipped. */
public final class CsvTable {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private CsvTable() {}

    /**
     * Reads a request.
     *
     * @param document in UTF-8, with an array
     * @throws TensorFormatException which names the line
     */
    public static TabularRequest read(ByteBuffer document, Contract contract, ElementMemory memory)
            throws TensorFormatException {
        List<InputBuilder> inputs = InputBuilder.of(contract.inputs(), document.remaining(), memory);
        InputBuilder.requireBatch(inputs);
        Rows rows = new Rows(inputs);
        try (CsvReader<Boolean> csv =
                CsvReader.builder().allowUnclosedQuote(false).build(rows, characters(document))) {
            csv.forEach(row -> {});
        } catch (CsvParseException e) {
            if (e.getCause() instanceof UncheckedIOException unfit
                    && unfit.getCause() instanceof TensorFormatException format) {
                throw format;
            }
            throw new TensorFormatException("not CSV: " + e.getMessage(), e);
        } catch (UncheckedIOException | IOException e) {
            boolean encoding =
                    e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
            throw new TensorFormatException(encoding ? "not CSV in UTF-8" : "not CSV: " + e.getMessage(), e);
        }
        return rows.request();
    }

    private static Reader characters(ByteBuffer document) {
        ByteBuffer start = document.slice();
        int skipped = 0;
        if (start.remaining() >= BYTE_ORDER_MARK.length
                && start.limit(BYTE_ORDER_MARK.length).equals(ByteBuffer.wrap(BYTE_ORDER_MARK))) {
            skipped = BYTE_ORDER_MARK.length;
        }
        // Such a decoder reports what is not UTF-8; one made from the charset alone would replace it.
        return new InputStreamReader(
                new ByteArrayInputStream(
                        document.array(),
                        document.arrayOffset() + document.position() + skipped,
                        document.remaining() - skipped),
                StandardCharsets.UTF_8.newDecoder());
    }

    /** Takes the fields as they come, so that none becomes a string without need. */
    private static final class Rows extends AbstractBaseCsvCallbackHandler<Boolean> {

        private final List<InputBuilder> inputs;
        private final List<String> names = new ArrayList<>();
        private @Nullable Columns columns;
        private int rows;

        Rows(List<InputBuilder> inputs) {
            this.inputs = inputs;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            Columns known = columns;
            try {
                if (known == null) {
                    if (index == Columns.MAX) {
                        throw new TensorFormatException(line() + "expected at most " + Columns.MAX + " columns");
                    }
                    names.add(new String(buffer, offset, length));
                } else if (index < known.size()) {
                    cell(known, index, buffer, offset, length);
                }
            } catch (TensorFormatException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Boolean buildRecord() {
            if (getRecordType() == RecordType.EMPTY) {
                return true;
            }
            Columns known = columns;
            try {
                if (known == null) {
                    columns = header();
                } else if (getFieldCount() != known.size()) {
                    throw new TensorFormatException(
                            line() + "expected " + known.size() + " values as columns, found " + getFieldCount());
                } else {
                    known.endRow();
                    rows++;
                }
            } catch (TensorFormatException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        }

        TabularRequest request() throws TensorFormatException {
            Columns known = columns;
            if (known == null || rows == 0) {
                throw new TensorFormatException(
                        "CSV: expected a line with the columns' names and at least one row, found "
                                + (known == null ? "nothing" : "no row"));
            }
            return new TabularRequest(known.build(), TabularForm.DATAFRAME_SPLIT);
        }

        private Columns header() throws TensorFormatException {
            if (names.stream().allMatch(CsvCells::isNumber) && !names.stream().allMatch(Rows::isWhole)) {
                // Otherwise the first row would be lost in silence.
                throw new TensorFormatException(line() + "expected the columns' names, found numbers");
            }
            Columns bound = Columns.bind("CSV", names, inputs);
            for (int i = 0; i < bound.size(); i++) {
                if (!bound.isElement(i) && !bound.target(i).hasScalarRows()) {
                    throw new TensorFormatException("CSV: column " + ElementBuffer.shortened(bound.name(i))
                            + ": a cell holds one value, too little for input "
                            + bound.target(i).spec());
                }
            }
            return bound;
        }

        /** Columns may have numbers for names. */
        private static boolean isWhole(String name) {
            return name.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        private void cell(Columns known, int index, char[] buffer, int offset, int length)
                throws TensorFormatException {
            InputBuilder input = known.target(index);
            try {
                CsvCells.add(input.elements(), input.spec().datatype(), new String(buffer, offset, length));
            } catch (TensorFormatException e) {
                throw new TensorFormatException(
                        line() + "column " + ElementBuffer.shortened(known.name(index)) + ": " + e.getMessage(), e);
            }
            if (!known.isElement(index)) {
                input.endRow(1);
            }
        }

        private String line() {
            return String.format(Locale.ROOT, "CSV, line %d: ", getStartingLineNumber());
        }
    }
}
