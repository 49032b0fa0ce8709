package io.github.mlmaven.image.reproduce;

import io.github.mlmaven.model.Digest;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * What is known of one file in a layer.
 *
 * @param type the type flag of its header
 * @param content digest of its content
 * @param size its bytes
 * @param mode its permissions
 * @param time when it was changed
 * @param owner its user and group, by number and by name
 * @param link where it leads, if it is a link
 * @param extended the rest of its extended header
 */
record LayerFacts(
        byte type,
        Digest content,
        long size,
        int mode,
        FileTime time,
        String owner,
        String link,
        Map<String, String> extended)
        implements Facts {

    private static final int PERMISSIONS = 07777;

    LayerFacts {
        extended = Map.copyOf(extended);
    }

    static LayerFacts of(TarArchiveEntry entry, Digest content) {
        return new LayerFacts(
                entry.getLinkFlag(),
                content,
                entry.getSize(),
                entry.getMode() & PERMISSIONS,
                entry.getLastModifiedTime(),
                entry.getLongUserId() + ":" + entry.getLongGroupId() + " (" + entry.getUserName() + ":"
                        + entry.getGroupName() + ")",
                entry.getLinkName(),
                entry.getExtraPaxHeaders());
    }

    @Override
    public Map<String, String> aspects() {
        Map<String, String> aspects = new LinkedHashMap<>();
        aspects.put("type", String.valueOf((char) type));
        aspects.put("content", content.toString());
        aspects.put("size", size + " bytes");
        aspects.put("mode", "0" + Integer.toOctalString(mode));
        aspects.put("time", time.toString());
        aspects.put("owner", owner);
        aspects.put("link target", "\"" + link + "\"");
        aspects.put("extended header", new TreeMap<>(extended).toString());
        return aspects;
    }
}
