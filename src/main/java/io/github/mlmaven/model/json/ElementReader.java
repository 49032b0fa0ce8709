package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Datatype;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads one tensor's {@code data}, flat or nested as its shape, straight into raw elements. */
final class ElementReader {

    private final JsonParser json;
    private final String tensor;
    private final long[] shape;
    private final long expected;
    private final ElementBuffer elements;

    /**
     * @param expected the number of elements that the shape asks for; not to be trusted before they are there
     * @param bytesLeft the bytes of the document that can hold elements, at least two bytes each
     */
    ElementReader(
            JsonParser json,
            String tensor,
            Datatype datatype,
            long[] shape,
            long expected,
            int bytesLeft,
            ElementMemory memory)
            throws TensorFormatException {
        this.json = json;
        this.tensor = tensor;
        this.shape = shape;
        this.expected = expected;
        long bytes = datatype == Datatype.BYTES
                ? Math.min(bytesLeft, 256)
                : Math.min(expected, bytesLeft / 2 + 1L) * datatype.size();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new TensorFormatException(tensor + ": " + expected + " elements are more than a request can hold");
        }
        this.elements = new ElementBuffer(tensor, datatype, (int) bytes, memory);
    }

    /** The parser stands at the value and is left at its last token. */
    ByteBuffer read() throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            boolean nested = json.nextToken() == JsonToken.START_ARRAY && shape.length > 1;
            if (nested) {
                readNested(0);
            } else {
                while (json.currentToken() != JsonToken.END_ARRAY) {
                    readElement();
                    json.nextToken();
                }
            }
        } else if (shape.length == 0) {
            readElement();
        } else {
            throw new TensorFormatException(tensor + ": data: expected an array, found " + ElementBuffer.found(json));
        }
        if (elements.count() != expected) {
            throw new TensorFormatException(tensor + ": data holds " + elements.count() + " elements; expected "
                    + expected + " for shape " + text(shape));
        }
        return elements.finish();
    }

    /** The parser stands at the first token inside the array of this level. */
    private void readNested(int level) throws IOException {
        long children = 0;
        for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
            if (level + 1 == shape.length) {
                readElement();
            } else if (json.currentToken() == JsonToken.START_ARRAY) {
                json.nextToken();
                readNested(level + 1);
            } else {
                throw new TensorFormatException(tensor + ": data: expected flat elements or arrays nested "
                        + shape.length + " deep as shape " + text(shape) + ", found " + ElementBuffer.found(json)
                        + " at depth "
                        + (level + 1));
            }
            children++;
        }
        if (children != shape[level]) {
            throw new TensorFormatException(tensor + ": data: expected arrays of " + shape[level] + " at depth "
                    + (level + 1) + " as shape " + text(shape) + ", found one of " + children);
        }
    }

    private void readElement() throws IOException {
        if (elements.count() == expected) {
            throw new TensorFormatException(
                    tensor + ": data holds more than the " + expected + " elements of shape " + text(shape));
        }
        elements.add(json);
    }

    static String text(long[] shape) {
        return Arrays.toString(shape).replace(" ", "");
    }
}
