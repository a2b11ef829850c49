package io.github.istioegress.manifest;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.resource.Resource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads back what was written, as a cluster would, each form of a document once: of two that differ
 * only in words, which every reader of YAML takes for themselves, the second reads back as the
 * first did. An instance may be shared between threads.
 */
public final class RoundTrip {

  private final ManifestReader reader = new ManifestReader();
  private final ManifestWriter writer = new ManifestWriter();
  private final Set<Long> known = ConcurrentHashMap.newKeySet();

  /** Nothing was read back yet. */
  public RoundTrip() {}

  /**
   * Makes sure that the text of a resource reads back as the resource.
   *
   * @param made the resource
   * @param file the file it lies in
   * @param text its text, one document
   * @return whether it was read, which is so for the first of its form
   * @throws IllegalStateException when the text reads back as anything else, or with findings
   */
  public boolean check(Resource made, String file, String text) {
    if (!known.add(DocumentForm.of(text))) {
      return false;
    }
    ReadManifests read = reader.read(List.of(new SourceFile(file, text)));
    List<Finding> lost = read.findings();
    if (!lost.isEmpty()) {
      throw new IllegalStateException("what was written does not read back: " + lost);
    }
    String again = writer.write(List.of(read.resources().all().get(0).object()));
    if (!again.equals(text)) {
      throw new IllegalStateException(
          "%s reads back as something else:%n%s%nwritten was:%n%s"
              .formatted(made.key(), again, text));
    }
    return true;
  }
}
