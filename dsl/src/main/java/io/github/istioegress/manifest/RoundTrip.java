package io.github.istioegress.manifest;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.resource.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads back what was written, as a cluster would, each form of a document once: of two that differ
 * only in words, which every reader of YAML takes for themselves, the second reads back as the
 * first did.
 */
public final class RoundTrip {

  private final ManifestReader reader = new ManifestReader();
  private final ManifestWriter writer = new ManifestWriter();
  private final Set<Long> known = new HashSet<>();

  /** Nothing was read back yet. */
  public RoundTrip() {}

  /**
   * A resource as it is read back from its text, or as it was made where its form was read back
   * before.
   *
   * @param made the resource
   * @param file the file it lies in
   * @param text its text, one document
   * @throws IllegalStateException when the text reads back as anything else, or with findings
   */
  public Resource read(Resource made, String file, String text) {
    if (!known.add(DocumentForm.of(text))) {
      return made;
    }
    ReadManifests read = reader.read(List.of(new SourceFile(file, text)));
    List<Finding> lost = read.findings();
    if (!lost.isEmpty()) {
      throw new IllegalStateException("what was written does not read back: " + lost);
    }
    Resource back = read.resources().all().get(0);
    String again = writer.write(List.of(back.object()));
    if (!again.equals(text)) {
      throw new IllegalStateException(
          "%s reads back as something else:%n%s%nwritten was:%n%s"
              .formatted(made.key(), again, text));
    }
    return back;
  }
}
