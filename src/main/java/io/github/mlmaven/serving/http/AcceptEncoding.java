package io.github.mlmaven.serving.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client says that it can decompress (RFC 9110 §12.5.3). */
final class AcceptEncoding {

    private AcceptEncoding() {}

    /** The coding that the client likes best; empty when it likes none, or no coding better than any. */
    static Optional<ContentCoding> preferred(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Map<ContentCoding, Double> weights = new EnumMap<>(ContentCoding.class);
        double identity = 0;
        double others = 0;
        for (String element : header.split(",", -1)) {
            String[] parts = element.split(";", -1);
            double weight = weight(parts);
            String token = parts[0].strip();
            Optional<ContentCoding> coding = ContentCoding.named(token);
            if (coding.isPresent()) {
                weights.put(coding.get(), weight);
            } else if (token.equals("*")) {
                others = weight;
            } else if (token.equalsIgnoreCase("identity")) {
                identity = weight;
            }
        }
        Optional<ContentCoding> best = Optional.empty();
        double most = identity;
        for (ContentCoding coding : ContentCoding.values()) {
            double weight = weights.getOrDefault(coding, others);
            boolean better = best.isEmpty() ? weight >= most : weight > most;
            if (weight > 0 && better) {
                best = Optional.of(coding);
                most = weight;
            }
        }
        return best;
    }

    /** 1 without a weight; 0 for one that is none. */
    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
                String value = parameter.substring(2);
                return value.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(value) : 0;
            }
        }
        return 1;
    }
}
