package io.github.istioegress.layout;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files were generated, and with which bytes. What is not in it is not ours and is never
 * touched.
 *
 * @param hashes path to SHA-256, sorted by path
 */
record Inventory(Map<String, String> hashes) {

  /** Where it lies in the output folder. */
  static final String FILE = ".istio-egress-inventory";

  private static final String HEADER = "istio-egress inventory 1";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S+)");

  Inventory {
    hashes = Collections.unmodifiableMap(new TreeMap<>(hashes));
  }

  /** The inventory of files to write. */
  static Inventory of(Texts texts) {
    Map<String, String> hashes = new TreeMap<>();
    texts.paths().forEach(path -> hashes.put(path, texts.hash(path)));
    return new Inventory(hashes);
  }

  /** The same with those lines of another one whose path passes. */
  Inventory with(Inventory other, Predicate<String> path) {
    Map<String, String> all = new TreeMap<>(hashes);
    other.hashes.entrySet().stream()
        .filter(line -> path.test(line.getKey()))
        .forEach(line -> all.put(line.getKey(), line.getValue()));
    return new Inventory(all);
  }

  /** Reads its own text; nothing where a line is not as it was written. */
  static Optional<Inventory> parse(String text) {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(HEADER) || !lines[lines.length - 1].isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> hashes = new TreeMap<>();
    for (int i = 1; i < lines.length - 1; i++) {
      Matcher line = LINE.matcher(lines[i]);
      if (!line.matches() || PortablePath.refusal(line.group(2)).isPresent()) {
        return Optional.empty();
      }
      hashes.put(line.group(2), line.group(1));
    }
    Inventory inventory = new Inventory(hashes);
    // Also refuses lines that are out of order or stand twice: somebody edited it.
    return inventory.text().equals(text) ? Optional.of(inventory) : Optional.empty();
  }

  /** Its text, the same for the same files. */
  String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    hashes.forEach((path, hash) -> text.append(hash).append("  ").append(path).append('\n'));
    return text.toString();
  }

  /** The hash of a file's bytes. */
  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
